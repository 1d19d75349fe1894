"""The files of a Whoosh index: what they are called, whether they are there, and what damage looks like."""

from __future__ import annotations

import os
import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from seedread_index.engines.index_files import Check, damaged_fulltext
from seedread_index.files.error_translation import is_shortage, translate_os_error
from seedread_index.model import versions
from seedread_index.model.errors import DamagedError

INDEX_NAME = f"articles{versions.FULL_TEXT}"
"""The name of the index in its folder."""


def exists(folder: Path) -> bool:
    """Whether a full text of today's version is in a folder; says nothing of what it holds.

    Raises ShortageError where the folder cannot be opened now.
    """
    try:
        names = os.listdir(folder)
    except OSError as error:
        if is_shortage(error):
            raise translate_os_error(error, folder) from error
        return False
    return any(name.startswith(f"_{INDEX_NAME}_") and name.endswith(".toc") for name in names)


@contextmanager
def translate_damage(check: Check) -> Iterator[None]:
    """Raise DamagedError for an error in the block where `check` confirms damage; else let the error through.

    FileNotFoundError goes through at once: a writer may have replaced the files, as the caller will see.
    Raises ShortageError where no more files can be opened.
    """
    try:
        yield
    except (DamagedError, FileNotFoundError):
        raise
    except _symptoms() as error:
        if isinstance(error, OSError) and is_shortage(error):
            raise translate_os_error(error, Path()) from error
        if damaged := check():
            raise damaged_fulltext(damaged) from error
        raise


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
