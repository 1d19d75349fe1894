"""The background process of an archive as the program that starts it sees it."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from seedread_index.archive_folder import ArchiveFolder
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError, ForeignError, SeedreadError
from seedread_index.model.status import Progress, SyncReport, Writer
from seedread_index.processes.child import child_command, child_environment
from seedread_index.processes.frames import framed, read_frame

Event = Progress | SyncReport | Writer | SeedreadError
"""Progress; the report of a finished sync; who else writes, while it is waited for; what failed."""

_PATIENCE = 2.0
"""Seconds that the process has to end by itself."""


class Background:
    """Syncs an archive, and annotates it, in a process that ends with this one, however this one ends.

    Every method may be called from any thread; events are taken by `poll` or by iterating, once each.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        folder: ArchiveFolder,
        settings: EngineSettings,
        *,
        annotate: bool = True,
    ) -> None:
        self._options = (
            tuple(os.fspath(root) for root in roots),
            folder,
            settings,
            annotate,
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False

    def start(self) -> None:
        """Start the process; raises ArchiveError where the system refuses."""
        with self._lock:
            if self._process is not None or self._closed:
                return
            if (owner := self._options[1].owner()) is not None:
                self._events.put(ForeignError(owner))
                self._events.put(None)
                return
            try:
                self._process = subprocess.Popen(
                    child_command("seedread_index.sync.background_worker", str(os.getpid())),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=child_environment(),
                    cwd="/",
                    process_group=0,
                )
            except OSError as error:
                raise ArchiveError(
                    f"the background process cannot be started: {error.strerror}",
                    "run `seedread index` instead",
                ) from error
        threading.Thread(target=self._listen, args=(self._process,), name="background", daemon=True).start()
        self._say(self._options)

    @property
    def running(self) -> bool:
        """Whether the process is at work."""
        return self._process is not None and self._process.poll() is None

    def poll(self) -> list[Event]:
        """The events that have come since the last time; never waits."""
        events: list[Event] = []
        with contextlib.suppress(queue.Empty):
            while (event := self._events.get_nowait()) is not None:
                events.append(event)
            self._events.put(None)
        return events

    def __iter__(self) -> Iterator[Event]:
        """Events as they come, until the process has ended."""
        while (event := self._events.get()) is not None:
            yield event
        self._events.put(None)

    def prioritise(self, article_id: str) -> None:
        """Have the model read this article before the others."""
        self._say(("first", article_id))

    def cancel(self) -> None:
        """Ask the process to end after its next commit."""
        self._say(("cancel", ""))

    def close(self) -> None:
        """End the process; what is stored stays, the rest is done at the next start."""
        with self._lock:
            self._closed = True
            process = self._process
            if process is None or process.stdin is None:
                return
            with contextlib.suppress(BrokenPipeError, ValueError):
                process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _say(self, value: Any) -> None:
        with self._lock:
            process = self._process
            if process is None or process.stdin is None or self._closed:
                return
            with contextlib.suppress(BrokenPipeError, ValueError):
                process.stdin.write(framed(value))
                process.stdin.flush()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout as answers:
            while (frame := read_frame(answers)) is not None:
                self._events.put(frame.value())
        code = process.wait()
        if code and not self._closed:
            self._events.put(
                ArchiveError(f"the background process ended early ({code})", "it continues at the next start")
            )
        self._events.put(None)


class NoBackground(Background):
    """What there is to do for an archive that others write: nothing, which is done at once."""

    def start(self) -> None:
        """Report that nothing was to be done."""
        self._events.put(SyncReport())
        self._events.put(None)
