"""Connections to the catalogue: settings, errors that say what to do, closing while they are in use."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from seedread_index.files.error_translation import translate_sqlite_error
from seedread_index.files.trusted_folders import unswapped

WAIT_MS = 15_000
"""How long to wait for another process's commit; commits take milliseconds, on network disks seconds."""


_LAST_WAIT = 2.0
"""Seconds that closing waits for what another thread asks, after it was interrupted."""


class _InUse:
    """Held by the thread that asks something of a connection; errors in it become the archive's.

    A connection that another thread closes meanwhile ends the whole process: sqlite3 of Python 3.11 frees the
    statement that runs.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()

    def acquire(self, *, wait: float = 0) -> bool:
        """Whether it is held now, after `wait` seconds at most."""
        return self._lock.acquire(timeout=wait)

    def release(self) -> None:
        """Let it go."""
        self._lock.release()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._lock.release()
        if isinstance(error, sqlite3.DatabaseError) and (plain := translate_sqlite_error(error)):
            raise plain from error


class _Cursor(sqlite3.Cursor):
    """A cursor whose errors are the archive's; while it works, its connection is not closed."""

    connection: Connection

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        with self.connection.in_use:
            return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
        with self.connection.in_use:
            return super().executemany(sql, parameters)

    def fetchone(self) -> Any:
        with self.connection.in_use:
            return super().fetchone()

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        with self.connection.in_use:
            return super().fetchmany(size)

    def fetchall(self) -> list[Any]:
        with self.connection.in_use:
            return super().fetchall()

    def __next__(self) -> Any:
        with self.connection.in_use:
            return super().__next__()


class Connection(sqlite3.Connection):
    """A connection whose cursors raise ArchiveError for a full disk, damage and the like."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_use = _InUse()

    def end(self) -> None:
        """Close it, whichever thread uses it: what that asks is interrupted, and raises ArchiveError."""
        if not self.in_use.acquire():
            self.interrupt()
            if not self.in_use.acquire(wait=_LAST_WAIT):
                return  # it waits for a lock: its last user frees it
        try:
            self.close()
        finally:
            self.in_use.release()

    def cursor(self, factory: Any = None) -> Any:
        """A cursor; `factory` is there for sqlite3's own sake."""
        return super().cursor(factory or _Cursor)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """A cursor over one statement."""
        cursor: sqlite3.Cursor = self.cursor()
        return cursor.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """One statement over many parameters."""
        cursor: sqlite3.Cursor = self.cursor()
        return cursor.executemany(sql, parameters)


def connect(path: Path, *, writable: bool, wait_ms: int = WAIT_MS) -> Connection:
    """A connection in autocommit mode; a reader may still roll back what a killed writer left.

    The journal is the rollback journal, not WAL: home folders lie on network disks. `wait_ms` is how
    many milliseconds to wait for another writer. Raises ArchiveError.
    """
    with ExitStack() as undo:
        with unswapped(path.parent):
            connection = undo.enter_context(closing(_connected(path, writable=writable, wait_ms=wait_ms)))
        undo.pop_all()
        return connection


def connect_in_memory() -> Connection:
    """A connection to a database of its own that is never written anywhere."""
    return sqlite3.connect(":memory:", factory=Connection, isolation_level=None, check_same_thread=False)


def _connected(path: Path, *, writable: bool, wait_ms: int) -> Connection:
    uri = f"file:{quote(bytes(path))}?mode={'rwc' if writable else 'rw'}"
    connection = sqlite3.connect(
        uri,
        uri=True,
        factory=Connection,
        isolation_level=None,
        check_same_thread=False,
        timeout=wait_ms / 1000,
    )
    try:
        _set_up(connection, writable=writable)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: Connection, *, writable: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    if writable:
        # A cache that spills takes the exclusive lock long before the commit, and readers would wait for it.
        connection.execute("PRAGMA cache_spill = OFF")
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
    else:
        connection.execute("PRAGMA query_only = ON")
