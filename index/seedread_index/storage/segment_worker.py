"""A child process that turns documents into segments; it ends with its parent.

It reads pickled batches of documents from its standard input, writes a segment whenever enough have come,
and answers on its standard output with the pickled segment, its words and its documents' ids. The end of its
input ends it, so that it never outlives its parent.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any, BinaryIO

from whoosh.filedb import filestore

from seedread_index.storage.cutting import cut
from seedread_index.storage.segments import SegmentBuilder

_storage_at: Any = filestore.FileStorage
FIRST, LATER = 150_000, 3_000_000
"""Terms of the first segment, soon searchable, and of those that follow."""
_LONG = 2_000_000
"""Characters of a text that is not put on top of a segment half full."""


def work(folder: str, index_name: str, source: BinaryIO, answers: BinaryIO) -> int:
    """Serve until the input ends; the exit status."""
    storage = _storage_at(folder)
    builder, ids, room = SegmentBuilder(), list[str](), FIRST

    def write() -> None:
        nonlocal builder, ids, room
        if ids:
            segment = builder.write(storage, index_name)
            pickle.dump((segment, builder.words(), ids), answers)
            answers.flush()
            builder, ids, room = SegmentBuilder(), [], min(room * 4, LATER)

    while True:
        try:
            batch = pickle.load(source)
        except (EOFError, pickle.UnpicklingError):
            return 1
        if batch is None:
            write()
            return 0
        for document in batch:
            if len(document.text) > _LONG:
                write()
            builder.add(cut(document))
            ids.append(document.id)
            if builder.size >= room:
                write()
        del batch


def main() -> int:
    """Run as `python -m seedread_index.storage.segment_worker FOLDER INDEX`."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.umask(0o077)
    try:
        return work(sys.argv[1], sys.argv[2], sys.stdin.buffer, answers)
    except (BrokenPipeError, KeyboardInterrupt):
        return 1


if __name__ == "__main__":
    sys.exit(main())
