"""The catalogue's database: connections, transactions, the generation, and whether it is undamaged."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from seedread_index.catalogue.article_rows import seal_some, unlike_their_checksums
from seedread_index.catalogue.connection import Connection, connect
from seedread_index.catalogue.schema import create, needs_upgrade, sound, upgrade, verify
from seedread_index.files.checksums import ChecksumFile, checksum_of, clear_mark, is_marked, mark_damage
from seedread_index.files.error_translation import translated_errors
from seedread_index.files.trusted_folders import make_private, other_owner, refuse_foreign
from seedread_index.model.errors import REPAIR_HINT, ArchiveError, BusyError, DamagedError


def checksums_of(path: Path) -> ChecksumFile:
    """The file beside a catalogue that holds its checksum, once a sync has ended."""
    return ChecksumFile(path.with_suffix(".checksums"))


def discard(path: Path) -> None:
    """Delete a catalogue; nothing of the user's own lies in it."""
    with translated_errors(path.parent):
        for name in (path, path.with_name(path.name + "-journal")):
            name.unlink(missing_ok=True)
        checksums_of(path).remove()


class Database:
    """A catalogue's database; every method may be called from any thread, each with its own connection."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self._mine = threading.local()
        self._all: list[Connection] = []
        self._lock = threading.Lock()
        self._counter: Connection | None = None
        self._checksums = checksums_of(path)
        self._generation = 0

    @classmethod
    def open(cls, path: Path, *, writable: bool = False) -> Self:
        """Open the catalogue; a writer makes it where there is none.

        Raises ArchiveError, and of it DamagedError for one that can only be built again.
        """
        if writable:
            make_private(path.parent)
        refuse_foreign(path.parent)
        refuse_foreign(path)
        if not path.exists():
            if not writable:
                raise ArchiveError("no index yet", "run `seedread index`")
            create(path)
        catalogue = cls(path, writable=writable)
        try:
            catalogue._refuse_damaged()
            with catalogue._upgraded() as connection:
                verify(path, connection)
        except BaseException:
            catalogue.close()
            raise
        return catalogue

    @classmethod
    def open_or_renew(cls, path: Path) -> Self:
        """The catalogue at `path` for its one writer; an empty one where it is damaged or of another version.

        Everything is checked where a reader met damage.
        """
        try:
            catalogue = cls.open(path, writable=True)
        except DamagedError:
            discard(path)
            return cls.open(path, writable=True)
        if not is_marked(path.parent) or not catalogue._is_damaged():
            return catalogue
        catalogue.close()
        discard(path)
        return cls.open(path, writable=True)

    def close(self) -> None:
        """Close the connections of every thread; what one is just asking raises ArchiveError."""
        with self._lock:
            for connection in self._all:
                connection.end()
            self._all.clear()
            self._counter = None
            self._mine = threading.local()

    # -- for the other modules of storage ----------------------------------------------------------------

    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._connected()
            self._mine.connection = connection
        return connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do everything in the block in one commit, or nothing of it; nests."""
        connection = self.connection()
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN IMMEDIATE")
        before = connection.total_changes
        try:
            yield
            if connection.total_changes != before:
                self._checksums.remove()
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def seal_rows(self) -> Iterator[int]:
        """Give checksums to the rows of a catalogue that an earlier version wrote, a commit at a time."""
        while True:
            with self.transaction():
                count = seal_some(self.connection())
            if not count:
                return
            yield count

    def seal(self) -> None:
        """Note the checksum of the file as it is now; the next change takes it away. For the one writer."""
        with translated_errors(self.path.parent):
            if self._checksums.load() is None:
                self._checksums.store({self.path.name: checksum_of(self.path)})
            clear_mark(self.path.parent)

    def damaged(self) -> list[str]:
        """What of the file is not as it was written: its bytes, where they are noted, and its articles."""
        found = self._checksums.damaged(full=True)
        if not found and (what := sound(self.connection()) or unlike_their_checksums(self.connection())):
            found = [what]
        if found:
            mark_damage(self.path.parent)
        return found

    def generation(self) -> int:
        """A number that grows with every commit that readers can see; never waits for a writer."""
        with self._lock:
            if self._counter is None:
                with translated_errors(self.path.parent):
                    self._counter = connect(self.path, writable=False, wait_ms=0)
                self._all.append(self._counter)
            try:
                row = self._counter.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
            except BusyError:
                return self._generation
            self._generation = row[0]
            return self._generation

    def bump(self) -> None:
        """Note, inside a transaction, that what readers see has changed."""
        self.connection().execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        self.set_meta("changed_at", dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))

    def meta(self, key: str) -> Any:
        """A stored note; None where there is none."""
        row = self.connection().execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str | int | float | bytes | None) -> None:
        """Store a note."""
        self.connection().execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))

    # -- inside ------------------------------------------------------------------------------------------

    @contextmanager
    def _marking(self) -> Iterator[None]:
        """Leave the mark of damage where the block meets it."""
        try:
            yield
        except DamagedError:
            mark_damage(self.path.parent)
            raise

    def _is_damaged(self) -> bool:
        """Whether a check of everything finds damage."""
        try:
            return bool(self.damaged())
        except DamagedError:
            return True

    def _refuse_damaged(self) -> None:
        """Raise DamagedError where the file is not as it was sealed."""
        if self._checksums.damaged(full=self.writable and is_marked(self.path.parent)):
            mark_damage(self.path.parent)
            raise DamagedError("the catalogue of the index is damaged", REPAIR_HINT)

    @contextmanager
    def _upgraded(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection; a catalogue of the version before has the new columns first."""
        connection = self.connection()
        if needs_upgrade(connection):
            if (owner := other_owner(self.path)) is not None:
                hint = f"ask {owner} to run `seedread index{{archive}}`"
                raise ArchiveError("the index was made by an earlier version", hint)
            self._checksums.remove()
            writer = connection if self.writable else connect(self.path, writable=True)
            try:
                upgrade(writer)
            finally:
                if writer is not connection:
                    writer.close()
        yield connection

    def _connected(self) -> Connection:
        connection = self._connect()
        with self._lock:
            self._all.append(connection)
        return connection

    def _connect(self) -> Connection:
        with translated_errors(self.path.parent):
            return connect(self.path, writable=self.writable)
