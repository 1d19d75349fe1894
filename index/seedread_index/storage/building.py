"""Builds segments in several processes at once, which end with this one whatever ends it."""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from seedread_index.errors import ArchiveError
from seedread_index.storage.document import Document

_HOME = str(Path(__file__).resolve().parents[2])
"""Where this package lies: a child must not find another one in the folder it was started from."""


class Built(NamedTuple):
    """A segment that lies ready, the words of its documents and their ids."""

    segment: Any
    words: Counter[str]
    ids: list[str]


class _Builder:
    """One child process and the thread that hears it."""

    def __init__(self, folder: Path, index_name: str, built: queue.SimpleQueue[Built | None]) -> None:
        where = [str(folder.absolute()), index_name]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "seedread_index.storage.segment_worker", *where],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={**os.environ, "PYTHONPATH": _HOME},
            process_group=0,
        )
        self._built = built
        self._batches: queue.Queue[Sequence[Document] | None] = queue.Queue(2)
        self.failed = False
        self._threads = [
            threading.Thread(target=self._feed, daemon=True),
            threading.Thread(target=self._hear, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def give(self, batch: Sequence[Document] | None) -> bool:
        """Hand over a batch, None for the end; False when the queue is full."""
        try:
            self._batches.put(batch, timeout=0.05)
        except queue.Full:
            return False
        return True

    def _feed(self) -> None:
        assert self.process.stdin is not None
        try:
            while True:
                batch = self._batches.get()
                pickle.dump(batch, self.process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
                self.process.stdin.flush()
                if batch is None:
                    self.process.stdin.close()
                    return
        except (OSError, ValueError):
            self.failed = True
            while self._batches.get() is not None:
                pass

    def _hear(self) -> None:
        source: IO[bytes] | None = self.process.stdout
        assert source is not None
        try:
            while True:
                self._built.put(Built(*pickle.load(source)))
        except (EOFError, pickle.UnpicklingError, OSError, ValueError):
            pass
        self.failed = self.process.wait() != 0 or self.failed
        self._built.put(None)

    def stop(self) -> None:
        """End the process."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def build_segments(
    folder: Path, index_name: str, batches: Iterable[Sequence[Document]], processes: int
) -> Iterator[Built]:
    """Segments of all documents as they come to lie ready. Raises ArchiveError when a process fails."""
    built: queue.SimpleQueue[Built | None] = queue.SimpleQueue()
    builders = [_Builder(folder, index_name, built) for _ in range(max(1, processes))]
    ended = 0
    try:
        turn = 0
        for batch in _ended(batches, len(builders)):
            while not builders[turn % len(builders)].give(batch):
                turn += batch is not None
                if any(builder.failed for builder in builders):
                    raise ArchiveError("indexing stopped halfway", "run `seedread index` to go on")
            turn += 1
            while not built.empty():
                if (each := built.get()) is not None:
                    yield each
                else:
                    ended += 1
        while ended < len(builders):
            if (each := built.get()) is not None:
                yield each
            else:
                ended += 1
        if any(builder.failed for builder in builders):
            raise ArchiveError("indexing stopped halfway", "run `seedread index` to go on")
    finally:
        for builder in builders:
            builder.stop()


def _ended(batches: Iterable[Sequence[Document]], count: int) -> Iterator[Sequence[Document] | None]:
    """The batches and then the sign of the end for each process."""
    yield from batches
    for _ in range(count):
        yield None
