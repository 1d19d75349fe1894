"""Connections to the catalogue: their settings, and errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from seedread_index.files.error_translation import translate_sqlite_error
from seedread_index.files.trusted_folders import unswapped

WAIT_MS = 15_000
"""How long to wait for another process's commit; commits take milliseconds, on network disks seconds."""


def _raised(error: sqlite3.DatabaseError) -> Exception:
    return translate_sqlite_error(error) or error


class _Cursor(sqlite3.Cursor):
    """A cursor whose errors are the archive's."""

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        try:
            return super().execute(sql, parameters)
        except sqlite3.DatabaseError as error:
            raise _raised(error) from error

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
        try:
            return super().executemany(sql, parameters)
        except sqlite3.DatabaseError as error:
            raise _raised(error) from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except sqlite3.DatabaseError as error:
            raise _raised(error) from error

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except sqlite3.DatabaseError as error:
            raise _raised(error) from error

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.DatabaseError as error:
            raise _raised(error) from error


class Connection(sqlite3.Connection):
    """A connection whose cursors raise ArchiveError for a full disk, damage and the like."""

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
