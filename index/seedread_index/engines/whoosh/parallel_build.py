"""Builds segments in several processes at once; also the program of such a process.

A process writes a segment whenever enough documents have come, or no more will, and answers with the segment,
its words and its documents' ids.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.filedb import filestore

from seedread_index.engines.document import Document, analyze
from seedread_index.engines.whoosh.segment_writer import SegmentBuilder
from seedread_index.processes.child import Program
from seedread_index.processes.frames import Link, serve
from seedread_index.processes.jobs import Answer, Event, Job, PoolLimits
from seedread_index.processes.pool import Pool

_storage_at: Any = filestore.FileStorage

_LIMIT = 120.0
"""Seconds for a batch of documents, the writing of a segment included."""
_FIRST, _LATER = 150_000, 3_000_000
"""Terms of the first segment, soon searchable, and of those that follow."""
_LONG = 2_000_000
"""Characters of a text that is not put on top of a segment half full."""


class Built(NamedTuple):
    """A segment that lies ready, the words of its documents and their ids."""

    segment: Any
    words: Counter[str]
    ids: list[str]


def build_segments(
    folder: Path, index_name: str, batches: Iterable[Sequence[Document]], processes: int
) -> Iterator[Built]:
    """Segments of the documents as they come to lie ready; those that a process ended over are in none."""
    count = max(1, processes)
    program = Program(
        "seedread_index.engines.whoosh.parallel_build",
        (str(folder.absolute()), index_name),
        start_limit=_LIMIT,
    )
    with Pool(program, PoolLimits(processes=count, ahead=2), farewell=True) as pool:
        for number, batch in enumerate(batches):
            pool.submit(Job(number, list(batch), limit=_LIMIT))
            # As long as each child has work, the next batch is not asked for.
            while (
                event := pool.take(0.05 if pool.queued > count else 0.0)
            ) is not None or pool.queued > count:
                yield from _built(event)
        pool.finish()
        while (event := pool.take(1.0)) is not None or not pool.is_over:
            yield from _built(event)


def _built(event: Event | None) -> Iterator[Built]:
    if isinstance(event, Answer) and not event.final:
        yield Built(*event.value())


class _Worker:
    """Gathers documents and writes segments."""

    def __init__(self, folder: str, index_name: str) -> None:
        self._storage = _storage_at(folder)
        self._index_name = index_name
        self._builder = SegmentBuilder()
        self._ids: list[str] = []
        self._room = _FIRST

    def take(self, batch: Sequence[Document]) -> Generator[Any, None, None]:
        """Take documents in; yields the segments that are full."""
        for document in batch:
            if len(document.text) > _LONG:
                yield from self.write()
            self._builder.add(analyze(document))
            self._ids.append(document.id)
            if self._builder.size >= self._room:
                yield from self.write()

    def write(self) -> Iterator[Any]:
        """The segment of what was gathered."""
        if self._ids:
            segment = self._builder.write(self._storage, self._index_name)
            yield segment, self._builder.words(), self._ids
            self._builder, self._ids = SegmentBuilder(), []
            self._room = min(self._room * 4, _LATER)


def main() -> None:
    """Serve batches of documents until there are no more: the program of a process."""
    os.umask(0o077)
    link = Link()
    worker = _Worker(*link.first())
    serve(link, worker.take, worker.write)


if __name__ == "__main__":
    main()
