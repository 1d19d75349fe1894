"""The files of a full text: what they are called, whether they are there, and whether they are sound.

Only a check of the files on disk tells a damaged full text from a fault of the program.
"""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from seedread_index.engines.vocabulary import sound_vocabulary
from seedread_index.files.checksums import ChecksumFile, clear_mark, is_marked
from seedread_index.model import versions
from seedread_index.model.errors import REPAIR_HINT, DamagedError

INDEX_NAME = f"articles{versions.FULL_TEXT}"
"""The name of the index in its folder."""
CHECKSUMS = "checksums"
"""The file in the index's folder that holds the checksums of the others."""

Check = Callable[[], Sequence[str]]
"""Hashes the files in full and gives the names of those that are damaged."""


def exists(folder: Path) -> bool:
    """Whether a full text of today's version is in a folder; says nothing of what it holds."""
    return any(folder.glob(f"_{INDEX_NAME}_*.toc"))


def damaged_files(folder: Path) -> list[str]:
    """The files that are not as they were written, each hashed in full."""
    return ChecksumFile(folder / CHECKSUMS).damaged(full=True)


def is_sound(folder: Path) -> bool:
    """Whether the files are as they were written; notes those of which nothing is known."""
    marked = is_marked(folder)
    checksums = ChecksumFile(folder / CHECKSUMS)
    if checksums.damaged(full=marked):
        return False
    entries = checksums.load()
    if entries is None or None in entries.values():
        if not sound_vocabulary(folder):
            return False
        checksums.note_all()
    if marked:
        clear_mark(folder)
    return True


@contextmanager
def translate_damage(check: Check) -> Iterator[None]:
    """Raise DamagedError for an error in the block where `check` confirms damage; else let the error through.

    FileNotFoundError goes through at once: a writer may have replaced the files, as the caller will see.
    """
    try:
        yield
    except (DamagedError, FileNotFoundError):
        raise
    except _symptoms() as error:
        if damaged := check():
            raise damaged_fulltext(damaged) from error
        raise


def damaged_fulltext(names: Sequence[str]) -> DamagedError:
    """The error that names damaged files of the full text."""
    return DamagedError(f"the full-text index is damaged ({', '.join(sorted(names)[:3])})", REPAIR_HINT)


def _symptoms() -> tuple[type[BaseException], ...]:
    """What Whoosh may raise over bytes that are not those once written: it trusts them all."""
    from whoosh import reading
    from whoosh.filedb.filetables import FileFormatError
    from whoosh.index import IndexError as WhooshError
    from whoosh.index import IndexVersionError

    return (
        WhooshError,
        IndexVersionError,
        FileFormatError,
        getattr(reading, "CorruptIndexError", WhooshError),  # 2.7.4 has none
        pickle.UnpicklingError,
        struct.error,
        zlib.error,
        ArithmeticError,
        AssertionError,
        AttributeError,
        EOFError,
        ImportError,
        LookupError,
        MemoryError,
        OSError,
        TypeError,
        ValueError,
    )
