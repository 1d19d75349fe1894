"""Reading processes at work: each file has its time; a process that takes longer is ended and replaced."""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import seedread_index
from seedread_index.errors import ArchiveError
from seedread_index.settings import EngineSettings
from seedread_index.status import SkipStatus
from seedread_index.syncing.jobs import HEAD, Job, Outcome, StudyJob, frame_head, framed, unframed

_AHEAD = 8
"""How many jobs a process is given at once: enough that it never waits, few enough that no pipe fills."""
_START_LIMIT = 60.0
"""How many seconds a process may take to start: a network disk may hold the program."""
_BACKLOG = 32 * 1024 * 1024
"""How many bytes of outcomes may wait to be stored before no more jobs are given."""
_BACKLOG_COUNT = 2000


def child_command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package; never one from the current folder."""
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """The environment of a child: this package is found in it wherever it was found here."""
    home = str(Path(seedread_index.__file__).parent.parent)
    known = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join([home, known] if known else [home])}


class _Process:
    """One reading process with the jobs that it has been given."""

    def __init__(self, settings: EngineSettings) -> None:
        self._process = subprocess.Popen(
            child_command("seedread_index.syncing.read_worker", str(os.getpid())),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            cwd="/",
            process_group=0,
        )
        self.jobs: deque[Job | StudyJob] = deque()
        self.ready = False
        self.partial: bytes | None = None
        self.since = time.monotonic()
        self._buffer = bytearray()
        self._send(framed(settings))

    def fileno(self) -> int:
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def give(self, job: Job | StudyJob) -> None:
        """Give it one more job."""
        if not self.jobs:
            self.since = time.monotonic()
        self.jobs.append(job)
        self._send(framed(job))

    def frames(self) -> list[tuple[bytes, bool]] | None:
        """The frames that have come, each a body and whether it is final; None when the process has ended."""
        data = os.read(self.fileno(), 1 << 20)
        if not data:
            return None
        self._buffer += data
        found = []
        while len(self._buffer) >= HEAD:
            length, final = frame_head(self._buffer[:HEAD])
            end = HEAD + length
            if len(self._buffer) < end:
                break
            found.append((bytes(self._buffer[HEAD:end]), final))
            del self._buffer[:end]
        return found

    def end(self) -> int:
        """Kill it; the exit code that it had before, if any."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        return self._process.wait()

    def _send(self, frame: bytes) -> None:
        assert self._process.stdin is not None
        # Where it has ended, that is seen when its outcomes are read.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(frame)
            self._process.stdin.flush()


class Readers:
    """Several processes that read files; outcomes come in the order of the jobs."""

    def __init__(self, jobs: Sequence[Job | StudyJob], settings: EngineSettings, processes: int) -> None:
        self._todo = deque(jobs)
        self._order = [job.number for job in jobs]
        self._settings = settings
        self._count = max(1, min(processes, len(jobs)))
        self._processes: list[_Process] = []
        self._done: dict[int, bytes | Outcome] = {}
        self._waiting = 0
        self._news = threading.Condition()
        self._closing = False
        self._failure: BaseException | None = None
        self._wake_out, self._wake_in = os.pipe()
        self._thread = threading.Thread(target=self._run, name="readers", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        os.write(self._wake_in, b".")
        self._thread.join()
        os.close(self._wake_in)
        os.close(self._wake_out)

    def outcomes(self, patience: float = 0.5) -> Iterator[tuple[int, Outcome | None]]:
        """How many are done, and the next outcome in order; None where none came for `patience` seconds."""
        for done, number in enumerate(self._order):
            while True:
                with self._news:
                    if number not in self._done:
                        self._news.wait(patience)
                    if self._failure is not None:
                        raise self._failure
                    found = self._done.pop(number, None)
                    if found is not None:
                        self._waiting -= len(found) if isinstance(found, bytes) else 0
                if found is not None:
                    break
                yield done, None
            if self._waiting < _BACKLOG // 2:
                os.write(self._wake_in, b".")
            yield done + 1, unframed(found) if isinstance(found, bytes) else found

    # -- in the thread -----------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self._wake_out, selectors.EVENT_READ, None)
                while not self._closing and (self._todo or any(p.jobs for p in self._processes)):
                    self._feed(selector)
                    for key, _ in selector.select(self._until_deadline()):
                        if key.data is None:
                            os.read(self._wake_out, 4096)
                        else:
                            self._hear(key.data, selector)
                    self._end_late(selector)
        except (OSError, ArchiveError) as error:
            self._failure = error
        finally:
            for process in self._processes:
                process.end()
            with self._news:
                self._news.notify_all()

    def _feed(self, selector: selectors.BaseSelector) -> None:
        """Start processes while there is work for them, and keep each in jobs."""
        while len(self._processes) < self._count and self._todo:
            process = _Process(self._settings)
            self._processes.append(process)
            selector.register(process, selectors.EVENT_READ, process)
        if self._waiting > _BACKLOG or len(self._done) > _BACKLOG_COUNT:
            return
        for depth in range(_AHEAD):
            for process in self._processes:
                if self._todo and len(process.jobs) <= depth:
                    process.give(self._todo.popleft())

    def _until_deadline(self) -> float:
        ends = [process.since + self._limit(process) for process in self._processes if process.jobs]
        return max(0.0, min(ends) - time.monotonic()) if ends else 1.0

    def _limit(self, process: _Process) -> float:
        return self._settings.file_time_limit if process.ready else _START_LIMIT

    def _hear(self, process: _Process, selector: selectors.BaseSelector) -> None:
        frames = process.frames()
        if frames is None:
            self._replace(
                process, selector, "ended the reading process; it may be damaged, or made to do harm"
            )
            return
        for body, final in frames:
            process.since = time.monotonic()
            if not process.ready:
                process.ready = True
            elif not final:
                process.partial = body
            else:
                process.partial = None
                self._tell(process.jobs.popleft(), body)

    def _end_late(self, selector: selectors.BaseSelector) -> None:
        now = time.monotonic()
        for process in list(self._processes):
            if process.jobs and now - process.since >= self._limit(process):
                limit = f"{self._settings.file_time_limit:g}"
                self._replace(
                    process,
                    selector,
                    f"took longer than {limit} s to read; raise file_time_limit to wait longer",
                )

    def _replace(self, process: _Process, selector: selectors.BaseSelector, reason: str) -> None:
        """End a process; the job that it was at is told as lost, the others go back to be done."""
        selector.unregister(process)
        self._processes.remove(process)
        process.end()
        if not process.ready:
            raise ArchiveError("the reading process does not start", "install seedread again")
        if not process.jobs:
            return
        job = process.jobs.popleft()
        self._todo.extendleft(reversed(process.jobs))
        self._tell(job, process.partial or Outcome(job.number, status=SkipStatus.BROKEN, reason=reason))

    def _tell(self, job: Job | StudyJob, found: bytes | Outcome) -> None:
        with self._news:
            self._done[job.number] = found
            self._waiting += len(found) if isinstance(found, bytes) else 0
            self._news.notify_all()
