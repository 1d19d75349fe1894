"""Builds segments in several processes at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from seedread_index.engines.document import Document
from seedread_index.processes.pool import Answer, Event, Job, Limits, Pool, Program

_LIMIT = 120.0
"""Seconds for a batch of documents, the writing of a segment included."""


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
        "seedread_index.engines.whoosh.worker", (str(folder.absolute()), index_name), start_limit=_LIMIT
    )
    with Pool(program, Limits(processes=count, ahead=2), farewell=True) as pool:
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
