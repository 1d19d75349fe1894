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


def _raised(error: sqlite3.DatabaseError) -> Exception:
    return translate_sqlite_error(error) or error


class _Cursor(sqlite3.Cursor):
    """A cursor whose errors are the archive's; while it works, its connection is not closed."""

    connection: Connection

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        with self.connection.in_use:
            try:
                return super().execute(sql, parameters)
            except sqlite3.DatabaseError as error:
                raise _raised(error) from error

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
        with self.connection.in_use:
            try:
                return super().executemany(sql, parameters)
            except sqlite3.DatabaseError as error:
                raise _raised(error) from error

    def fetchone(self) -> Any:
        with self.connection.in_use:
            try:
                return super().fetchone()
            except sqlite3.DatabaseError as error:
                raise _raised(error) from error

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        with self.connection.in_use:
            try:
                return super().fetchmany(size)
            except sqlite3.DatabaseError as error:
                raise _raised(error) from error

    def fetchall(self) -> list[Any]:
        with self.connection.in_use:
            try:
                return super().fetchall()
            except sqlite3.DatabaseError as error:
                raise _raised(error) from error

    def __next__(self) -> Any:
        with self.connection.in_use:
            try:
                return super().__next__()
            except sqlite3.DatabaseError as error:
                raise _raised(error) from error


class Connection(sqlite3.Connection):
    """A connection whose cursors raise ArchiveError for a full disk, damage and the like.

    `in_use` is held by the thread that asks something: a connection that is closed by another one meanwhile
    ends the whole process (sqlite3 of Python 3.11 frees the statement under it).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_use = threading.RLock()

    def end(self) -> None:
        """Close it, whichever thread uses it: what that asks is interrupted, and raises ArchiveError."""
        if not self.in_use.acquire(blocking=False):
            self.interrupt()
            if not self.in_use.acquire(timeout=_LAST_WAIT):
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
