"""The catalogue: an archive's articles, their files and metadata in one SQLite database."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from seedread_index.article import Article
from seedread_index.errors import ArchiveError
from seedread_index.status import Skipped, SkipStatus, Status
from seedread_index.storage.checksums import ChecksumFile, checksum_of, clear_mark, is_marked, mark_damage
from seedread_index.storage.connection import connect
from seedread_index.storage.guard import make_private, refuse_foreign
from seedread_index.storage.plainly import REPAIR_HINT, BusyError, DamagedError, said_plainly
from seedread_index.storage.row_checksums import seal_some, unlike_their_checksums
from seedread_index.storage.rows import ARTICLE_COLUMNS, HEADER_COLUMNS, Header, article_of, header_of
from seedread_index.storage.schema import create, needs_upgrade, sound, upgrade, verify

__all__ = ["Catalogue", "Header"]

CHECKSUMS = "catalogue.checksums"
"""The file beside the catalogue that holds its checksum, once a sync has ended."""
_AT_ONCE = 500
"""How many values one statement asks for; SQLite allows 999 on old builds."""


class Catalogue:
    """An archive's catalogue; every method may be called from any thread, each with its own connection."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._counter: sqlite3.Connection | None = None
        self._checksums = ChecksumFile(path.with_name(CHECKSUMS))
        self._generation = 0
        self._ids: tuple[int, list[str]] = (-1, [])

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
                raise ArchiveError("there is no index yet", "run `seedread index`")
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

    def close(self) -> None:
        """Close the connections of every thread."""
        with self._lock:
            for connection in self._all:
                connection.close()
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
        with said_plainly(self.path.parent):
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
                with said_plainly(self.path.parent):
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

    # -- articles ----------------------------------------------------------------------------------------

    def article(self, article_id: str) -> Article | None:
        """The article of that id, an exact copy's id included; without mentions."""
        found = self.articles([article_id])
        return found[0] if found else None

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles in the order asked, without mentions; missing ones are left out."""
        numbers = self.numbers(ids)
        found = self.by_number(numbers.values())
        return [found[numbers[i]] for i in ids if i in numbers and numbers[i] in found]

    def by_number(self, numbers: Iterable[int]) -> dict[int, Article]:
        """Articles by their numbers, without mentions."""
        rows = self._among(
            f"SELECT {ARTICLE_COLUMNS} FROM articles JOIN files ON files.number = articles.file "
            "JOIN texts ON texts.article = articles.number WHERE articles.number",
            numbers,
        )
        copies: dict[int, list[str]] = {}
        for number, path in self._among(
            "SELECT article, path FROM copies WHERE article", (row[1] for row in rows)
        ):
            copies.setdefault(number, []).append(path)
        with self._marking():
            return {row[1]: article_of(row, tuple(sorted(copies.get(row[1], ())))) for row in rows}

    def headers(self, ids: Sequence[str]) -> list[Header]:
        """What lists show, in the order asked; missing ones are left out."""
        rows = self._among(f"SELECT {HEADER_COLUMNS} FROM articles WHERE id", ids)
        with self._marking():
            found = {row[0]: header_of(row) for row in rows}
        return [found[i] for i in ids if i in found]

    def ids(self) -> list[str]:
        """Every article once (exact copies are folded), newest first, undated ones last, then by path."""
        generation = self.generation()
        known, ids = self._ids
        if known != generation:
            rows = (
                self.connection().execute("SELECT id FROM articles ORDER BY date DESC, path, id").fetchall()
            )
            ids = [row[0] for row in rows]
            self._ids = (generation, ids)
        return list(ids)

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """Numbers by id; an exact copy's id gives the number of the article that stands for it."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, int] = dict(self._among("SELECT id, number FROM articles WHERE id", wanted))
        missing = [i for i in wanted if i not in found]
        found.update(self._among("SELECT id, article FROM copies WHERE id", missing))
        return found

    def ids_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Ids by number."""
        return dict(self._among("SELECT number, id FROM articles WHERE number", numbers))

    def groups(self) -> dict[str, str]:
        """Near-duplicates: an article's id to the id of its group's leader; leaders are left out."""
        rows = self.connection().execute(
            "SELECT member.id, leader.id FROM articles AS member JOIN articles AS leader "
            "ON leader.number = member.leader WHERE member.leader IS NOT NULL"
        )
        return dict(rows.fetchall())

    def find(self, path: bytes) -> list[str]:
        """Ids of the articles in a file, named by its path relative to a root or by its absolute path."""
        where: list[tuple[str, tuple[Any, ...]]] = []
        if not path.startswith(b"/"):
            where.append(("relative = ?", (os.path.normpath(path),)))
        for number, root in self.connection().execute("SELECT number, path FROM roots").fetchall():
            for base in {bytes(root), os.path.dirname(root)}:
                prefix = base.rstrip(b"/") + b"/"
                if path.startswith(prefix):
                    where.append(("root = ? AND relative = ?", (number, path[len(prefix) :])))
        ids: dict[str, None] = {}
        for condition, values in where:
            rows = self.connection().execute(
                "SELECT articles.id FROM files JOIN articles ON articles.file = files.number "
                f"WHERE {condition} "
                "UNION ALL SELECT articles.id FROM files JOIN copies ON copies.file = files.number "
                f"JOIN articles ON articles.number = copies.article WHERE {condition}",
                values * 2,
            )
            ids.update((row[0], None) for row in rows.fetchall())
        return list(ids)

    # -- the archive as a whole --------------------------------------------------------------------------

    def status(self, folders: tuple[str, ...], *, engine: str) -> Status:
        """How much there is, how fresh, and what was skipped; annotation and writer are not known here."""
        counts = (
            self.connection().execute("SELECT count(*), coalesce(sum(indexed), 0) FROM articles").fetchone()
        )
        return Status(
            folders=folders,
            articles=counts[0],
            searchable=counts[1],
            annotated=0,
            engine=engine,
            changed_at=self.meta("changed_at"),
            writer=None,
            skipped=self.skipped(),
        )

    def skipped(self) -> tuple[Skipped, ...]:
        """The paths that gave no article, or only a part of one, with the reasons."""
        rows = self.connection().execute(
            "SELECT shown, relative, status, reason FROM files WHERE status IS NOT NULL "
            "ORDER BY relative, root"
        )
        return tuple(
            Skipped(shown, bytes(relative), SkipStatus(status), reason)
            for shown, relative, status, reason in rows.fetchall()
        )

    # -- inside ------------------------------------------------------------------------------------------

    @contextmanager
    def _marking(self) -> Iterator[None]:
        """Leave the mark of damage where the block meets it."""
        try:
            yield
        except DamagedError:
            mark_damage(self.path.parent)
            raise

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
            self._checksums.remove()
            writer = connection if self.writable else connect(self.path, writable=True)
            try:
                upgrade(writer)
            finally:
                if writer is not connection:
                    writer.close()
        yield connection

    def _connected(self) -> sqlite3.Connection:
        with said_plainly(self.path.parent):
            connection = connect(self.path, writable=self.writable)
        with self._lock:
            self._all.append(connection)
        return connection

    def _among(self, select: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        """The rows of `select … IN (values)`, in no order."""
        wanted = list(values)
        rows: list[tuple[Any, ...]] = []
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(chunk))
            rows += self.connection().execute(f"{select} IN ({marks})", chunk).fetchall()
        return rows
