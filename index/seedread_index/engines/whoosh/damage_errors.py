"""Tells a damaged full text from a fault of the program: only a check of the files on disk decides."""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from whoosh import reading
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import IndexError as WhooshError
from whoosh.index import IndexVersionError

from seedread_index.model.errors import REPAIR_HINT, DamagedError

_SYMPTOMS = (
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
"""What Whoosh may raise over bytes that are not those once written: it trusts them all."""

Check = Callable[[], Sequence[str]]
"""Hashes the files in full and gives the names of those that are damaged."""


@contextmanager
def translate_damage(check: Check) -> Iterator[None]:
    """Raise DamagedError for an error in the block where `check` confirms damage; else let the error through.

    FileNotFoundError goes through at once: a writer may have replaced the files, as the caller will see.
    """
    try:
        yield
    except (DamagedError, FileNotFoundError):
        raise
    except _SYMPTOMS as error:
        if damaged := check():
            raise damaged_fulltext(damaged) from error
        raise


def damaged_fulltext(names: Sequence[str]) -> DamagedError:
    """The error that names damaged files of the full text."""
    return DamagedError(f"the full-text index is damaged ({', '.join(sorted(names)[:3])})", REPAIR_HINT)
