"""Takes files and their articles into the catalogue, exact copies folded into one, and lets them go."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from seedread_index.catalogue.article_rows import (
    packed,
    packed_passages,
    seal_metadata,
    stored_fields,
    text_checksum,
    words_of,
)
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.article import Article, SeenIds, content_hash
from seedread_index.model.status import SkipStatus


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file as a sync found it: `size` in bytes, `changed_ns` since the epoch.

    `hash` is None where its content was not read; `status` and `reason` say why it gave no article, or not
    all of its articles. `salt` makes the ids of its articles (`model.article.article_id`).
    """

    root: int
    relative: bytes
    shown: str
    size: int
    changed_ns: int
    hash: bytes | None = None
    salt: bytes = b""
    status: SkipStatus | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """How many articles of a file went, and how many live on in an exact copy elsewhere."""

    gone: int = 0
    inherited: int = 0

    def __add__(self, other: Removed) -> Removed:
        return Removed(self.gone + other.gone, self.inherited + other.inherited)


@dataclass(frozen=True, slots=True)
class Upserted:
    """What became of articles: the numbers of those written, by id, and what went for them."""

    written: dict[str, int]
    removed: Removed


class OpenFile:
    """A file whose articles are being stored; all methods are called inside transactions.

    Each article takes the place of its own old version; the others stay until `close`, so that a reading
    that ends halfway loses nothing. Until then the file counts as one to be tried again.
    """

    def __init__(self, catalogue: Catalogue, scanned: ScannedFile) -> None:
        connection = catalogue.connection()
        where = (scanned.root, scanned.relative)
        row = connection.execute("SELECT number FROM files WHERE root = ? AND relative = ?", where).fetchone()
        self._catalogue = catalogue
        self.known = row is not None
        self._number: int = row[0] if row else _inserted(connection, _NEW_FILE, where)
        self._drafts: dict[str, bytes] = {}
        self._here = SeenIds()
        """Of articles and copies that have been taken in or kept."""
        self._stale: set[str] = set()
        """Ids of articles and copies that were here before and have not been read again."""
        if row:
            self._stale = set(_ids_of(connection, self._number))
        self._note(scanned, SkipStatus.RETRY, "was not read completely; the next update tries again")

    def keep(self, kept: Sequence[tuple[str, str | None]]) -> None:
        """Leave articles and copies as they are, but for the part of the file that each is now."""
        connection = self._catalogue.connection()
        for each, part in kept:
            self._stale.discard(each)
            self._here.add(each)
            moved = connection.execute(
                "UPDATE articles SET part = ?2 WHERE id = ?1 AND part IS NOT ?2 RETURNING number",
                (each, part),
            ).fetchall()
            seal_metadata(connection, [row[0] for row in moved])
            connection.execute("UPDATE copies SET part = ?2 WHERE id = ?1 AND part IS NOT ?2", (each, part))

    def put(self, articles: Iterable[Article], drafts: Sequence[bytes] = ()) -> Upserted:
        """Store articles in place of their old versions, with the hashes of their drafts."""
        fresh = {article.id: article for article in articles}
        self._drafts = dict(zip(fresh, drafts, strict=False)) if len(fresh) == len(drafts) else {}
        written: dict[str, int] = {}
        removed = self._release([each for each in fresh if each in self._stale or each in self._here])
        for each in fresh:
            self._here.add(each)
        for article in fresh.values():
            number = self._insert(article)
            if isinstance(number, str):
                removed += self._release([number])
                number = self._insert(article)
            if isinstance(number, int):
                written[article.id] = number
        return Upserted(written, removed)

    def close(self, scanned: ScannedFile, *, keep: bool = False) -> Removed:
        """Note what became of the file; articles that it does not have any more go, unless all are kept."""
        removed = Removed() if keep else self._release(list(self._stale))
        self._note(scanned, scanned.status, scanned.reason, whole=True)
        return removed

    def _note(
        self, scanned: ScannedFile, status: SkipStatus | None, reason: str, *, whole: bool = False
    ) -> None:
        self._catalogue.connection().execute(
            "UPDATE files SET salt=?, size=?, changed_ns=?, hash=?, status=?, reason=?, shown=? "
            "WHERE number=?",
            (
                scanned.salt,
                scanned.size,
                scanned.changed_ns if whole else -1,
                scanned.hash if whole else None,
                status.value if status else None,
                reason,
                scanned.shown if status else "",
                self._number,
            ),
        )

    def _release(self, ids: Sequence[str]) -> Removed:
        self._stale.difference_update(ids)
        return _release(self._catalogue, self._number, ids)

    def _insert(self, article: Article) -> int | str | None:
        """Store an article. None when it is an exact copy of one that is there; the id of that one where it
        is an old article of this file."""
        connection = self._catalogue.connection()
        same = identity(article)
        found = connection.execute("SELECT number, id FROM articles WHERE identity = ?", (same,)).fetchone()
        if found is not None and found[1] in self._stale:
            old: str = found[1]
            return old
        if found is not None:
            connection.execute(
                "INSERT OR REPLACE INTO copies(id, file, part, path, article, draft) VALUES(?,?,?,?,?,?)",
                (
                    article.id,
                    self._number,
                    article.part,
                    article.path,
                    found[0],
                    self._drafts.get(article.id),
                ),
            )
            return None
        number = _inserted(
            connection,
            "INSERT INTO articles(id, file, part, path, title, title_inferred, date, date_from, source, "
            "author, origin, draft, lang, neutralised, words, content_hash, identity) "
            "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                article.id,
                self._number,
                article.part,
                article.path,
                *stored_fields(article),
                self._drafts.get(article.id),
                article.lang,
                article.neutralised,
                words_of(article),
                content_hash(article.text),
                same,
            ),
        )
        text, passages = packed(article.text), packed_passages(article)
        connection.execute(
            "INSERT INTO texts VALUES(?,?,?,?)", (number, text, passages, text_checksum(text, passages))
        )
        seal_metadata(connection, [number])
        connection.execute("DELETE FROM dropped WHERE id = ?", (article.id,))
        return number


def take(catalogue: Catalogue, scanned: ScannedFile, articles: Iterable[Article] = ()) -> Upserted:
    """Store a whole file in place of what was known of it; call it inside a transaction."""
    file = OpenFile(catalogue, scanned)
    taken = file.put(articles)
    return Upserted(taken.written, taken.removed + file.close(scanned))


def parts_of(catalogue: Catalogue, file: int) -> dict[str, bytes]:
    """The hashes of the drafts of a file's articles and copies, by id; none where it holds only one."""
    rows = catalogue.connection().execute(
        "SELECT id, draft FROM articles WHERE file = ?1 AND draft IS NOT NULL "
        "UNION ALL SELECT id, draft FROM copies WHERE file = ?1 AND draft IS NOT NULL",
        (file,),
    )
    found = dict(rows.fetchall())
    return found if len(found) > 1 else {}


_NEW_FILE = "INSERT INTO files(size, changed_ns, root, relative) VALUES(0, -1, ?, ?)"


def identity(article: Article) -> bytes:
    """What makes two articles exact copies: text, title, date and source."""
    described = "\0".join(("", article.title, str(article.date), article.source or ""))
    hashed = hashlib.blake2b(packed(article.text), digest_size=16)
    hashed.update(packed(described))
    return hashed.digest()


def _inserted(connection: sqlite3.Connection, sql: str, values: tuple[Any, ...]) -> int:
    """The number of the row that an INSERT makes."""
    number: int = connection.execute(sql + " RETURNING number", values).fetchone()[0]
    return number


def remove(catalogue: Catalogue, file: int) -> Removed:
    """Forget a file that is gone, and its articles; call it inside a transaction."""
    connection = catalogue.connection()
    removed = _release(catalogue, file, _ids_of(connection, file))
    connection.execute("DELETE FROM files WHERE number = ?", (file,))
    return removed


def _ids_of(connection: sqlite3.Connection, file: int) -> list[str]:
    """The ids of a file's articles and copies."""
    rows = connection.execute(
        "SELECT id FROM articles WHERE file = ?1 UNION ALL SELECT id FROM copies WHERE file = ?1", (file,)
    )
    return [row[0] for row in rows.fetchall()]


def _release(catalogue: Catalogue, file: int, ids: Sequence[str]) -> Removed:
    """Let articles and copies of a file go, a copy taking the place of an article where it can."""
    connection = catalogue.connection()
    connection.executemany("DELETE FROM copies WHERE id = ? AND file = ?", [(each, file) for each in ids])
    removed = Removed()
    for gone in ids:
        row = connection.execute(
            "SELECT number FROM articles WHERE id = ? AND file = ?", (gone, file)
        ).fetchone()
        if row is None:
            continue
        connection.execute("INSERT OR REPLACE INTO dropped VALUES(?)", (gone,))
        heir = connection.execute(
            "SELECT id, file, part, path, draft FROM copies WHERE article = ? ORDER BY path, id LIMIT 1", row
        ).fetchone()
        if heir is None:
            connection.execute("DELETE FROM articles WHERE number = ?", row)
            removed += Removed(gone=1)
        else:
            connection.execute("DELETE FROM copies WHERE id = ?", (heir[0],))
            connection.execute(
                "UPDATE articles SET id=?, file=?, part=?, path=?, draft=?, indexed=0 WHERE number=?",
                (*heir, *row),
            )
            connection.execute("INSERT OR IGNORE INTO stale_groups VALUES(?)", row)
            seal_metadata(connection, row)
            removed += Removed(inherited=1)
    return removed
