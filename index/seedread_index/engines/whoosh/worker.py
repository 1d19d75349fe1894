"""The program of a building process: turns batches of documents into segments.

It writes a segment whenever enough documents have come, or no more will, and answers with the segment, its
words and its documents' ids.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from whoosh.filedb import filestore

from seedread_index.engines.document import Document
from seedread_index.engines.whoosh.analyzed_document import cut
from seedread_index.engines.whoosh.segment_writer import SegmentBuilder
from seedread_index.processes.serving import Link, serve

_storage_at: Any = filestore.FileStorage
FIRST, LATER = 150_000, 3_000_000
"""Terms of the first segment, soon searchable, and of those that follow."""
_LONG = 2_000_000
"""Characters of a text that is not put on top of a segment half full."""


class Worker:
    """Gathers documents and writes segments."""

    def __init__(self, folder: str, index_name: str) -> None:
        self._storage = _storage_at(folder)
        self._index_name = index_name
        self._builder = SegmentBuilder()
        self._ids: list[str] = []
        self._room = FIRST

    def take(self, batch: Sequence[Document]) -> Generator[Any, None, None]:
        """Take documents in; yields the segments that are full."""
        for document in batch:
            if len(document.text) > _LONG:
                yield from self.write()
            self._builder.add(cut(document))
            self._ids.append(document.id)
            if self._builder.size >= self._room:
                yield from self.write()

    def write(self) -> Iterator[Any]:
        """The segment of what was gathered."""
        if self._ids:
            segment = self._builder.write(self._storage, self._index_name)
            yield segment, self._builder.words(), self._ids
            self._builder, self._ids = SegmentBuilder(), []
            self._room = min(self._room * 4, LATER)


def main() -> None:
    """Serve batches until there are no more."""
    os.umask(0o077)
    link = Link()
    worker = Worker(*link.first())
    serve(link, worker.take, worker.write)


if __name__ == "__main__":
    main()
