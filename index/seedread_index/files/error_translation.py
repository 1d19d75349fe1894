"""Says what SQLite and the disk complain of as an ArchiveError with a hint."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from seedread_index.model.errors import REPAIR_HINT, ArchiveError, BusyError, DamagedError, ShortageError

SPACE_HINT = "free some space, or move the cache with XDG_CACHE_HOME"
WRITE_HINT = "check its permissions, or move the cache with XDG_CACHE_HOME"

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
_LEFT_HALFWAY = (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_CANTLOCK)
"""What one who may only read meets where a journal is to be rolled back."""
_FULL = (errno.ENOSPC, errno.EDQUOT)
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
_SHORTAGES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)
_PASSING = (
    *_SHORTAGES,
    *(errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH),
    *(errno.ENODEV, errno.ENXIO, errno.EAGAIN, errno.EINTR),
)


def is_shortage(error: OSError) -> bool:
    """Whether an error is for want of open files or memory, and says nothing about what was to be read."""
    return error.errno in _SHORTAGES


def may_pass(error: OSError) -> bool:
    """Whether what cannot be read now may be readable later: a disk or a server that is not reached, a
    shortage."""
    return error.errno in _PASSING


def translate_sqlite_error(error: sqlite3.DatabaseError) -> ArchiveError | None:
    """The plain error for one of SQLite's; None for a fault of the program's own."""
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & 0xFF
    if extended in _LEFT_HALFWAY:
        return ArchiveError(
            "a crash left the index in the middle of a commit; only its owner can repair it",
            "ask its owner to run `seedread index{archive}`",
        )
    if code in _DAMAGED:
        return DamagedError("the index is damaged", REPAIR_HINT)
    if code == sqlite3.SQLITE_FULL:
        return ArchiveError("the disk is full; nothing more can be stored", SPACE_HINT)
    if code in _BUSY:
        return BusyError("the index is locked by another program", "try again in a moment")
    if code == sqlite3.SQLITE_CANTOPEN and (shortage := _shortage_now()):
        return shortage
    if code in _NOT_WRITABLE:
        return ArchiveError("the index cannot be opened or written", WRITE_HINT)
    if code == sqlite3.SQLITE_IOERR:
        return ArchiveError(f"a disk error interrupted the index: {error}", "check the disk, then try again")
    if code == sqlite3.SQLITE_INTERRUPT or "closed database" in str(error):
        return ArchiveError("the archive is closed", "open it again")
    if code == sqlite3.SQLITE_NOMEM:
        return ArchiveError("not enough memory for the index", "close other programs, then try again")
    return None


def translate_os_error(error: OSError, path: Path) -> ArchiveError:
    """The plain error for one of the operating system's about the cache."""
    if error.errno in _FULL:
        return ArchiveError("the disk is full; nothing more can be stored", SPACE_HINT)
    if error.errno == errno.ENOMEM:
        return ShortageError("not enough memory for the index", "close other programs, then run it again")
    if is_shortage(error):
        return ShortageError(
            "too many files are open",
            "close other programs or raise the limit (ulimit -n), then run it again",
        )
    if error.errno in _READ_ONLY:
        return ArchiveError(f"the cache folder {path} cannot be written", WRITE_HINT)
    return ArchiveError(f"the cache folder {path} cannot be used: {error.strerror}", WRITE_HINT)


def _shortage_now() -> ArchiveError | None:
    """What this process lacks to open one more file; SQLite does not say why it could not."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))
    except OSError as error:
        return translate_os_error(error, Path(os.devnull)) if is_shortage(error) else None
    return None


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn errors of the disk and of SQLite inside the block into ArchiveError."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        plain = translate_sqlite_error(error)
        if plain is None:
            raise
        raise plain from error
    except OSError as error:
        raise translate_os_error(error, path) from error
