"""Takes files and their articles into the catalogue, exact copies folded into one, and lets them go."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seedread_index.article import Article, content_hash
from seedread_index.status import SkipStatus
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.rows import packed, packed_passages, words_of


@dataclass(frozen=True, slots=True)
class Intake:
    """A file that was looked at, with the articles found in it."""

    root: int
    relative: bytes
    shown: str
    size: int
    changed_ns: int
    hash: bytes | None = None
    salt: bytes = b""
    articles: Sequence[Article] = ()
    status: SkipStatus | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Went:
    """How many articles of a file went, and how many live on in an exact copy elsewhere."""

    gone: int = 0
    inherited: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an intake: the numbers of the articles written, by id, and what went for them."""

    written: dict[str, int]
    went: Went


def identity(article: Article) -> bytes:
    """What makes two articles exact copies: text, title, date and source."""
    told = "\0".join(("", article.title, str(article.date), article.source or ""))
    hashed = hashlib.blake2b(packed(article.text), digest_size=16)
    hashed.update(packed(told))
    return hashed.digest()


def take(catalogue: Catalogue, intake: Intake) -> Taken:
    """Store a file and its articles in place of what was known of it; call it inside a transaction."""
    connection = catalogue.connection()
    went = Went()
    written: dict[str, int] = {}
    row = connection.execute(
        "SELECT number FROM files WHERE root = ? AND relative = ?", (intake.root, intake.relative)
    ).fetchone()
    values = (
        intake.salt,
        intake.size,
        intake.changed_ns,
        intake.hash,
        intake.status.value if intake.status else None,
        intake.reason,
        intake.shown if intake.status else "",
    )
    if row is None:
        number = _inserted(
            connection,
            "INSERT INTO files(salt, size, changed_ns, hash, status, reason, shown, root, relative) "
            "VALUES(?,?,?,?,?,?,?,?,?)",
            (*values, intake.root, intake.relative),
        )
    else:
        number = row[0]
        went = release(catalogue, number)
        connection.execute(
            "UPDATE files SET salt=?, size=?, changed_ns=?, hash=?, status=?, reason=?, shown=? "
            "WHERE number=?",
            (*values, number),
        )
    for article in {article.id: article for article in intake.articles}.values():
        if (inserted := _insert(catalogue, number, article)) is not None:
            written[article.id] = inserted
    return Taken(written, went)


def _insert(catalogue: Catalogue, file: int, article: Article) -> int | None:
    """Store an article; None when it is an exact copy of one that is there."""
    connection = catalogue.connection()
    same = identity(article)
    found = connection.execute("SELECT number FROM articles WHERE identity = ?", (same,)).fetchone()
    if found is not None:
        connection.execute(
            "INSERT OR REPLACE INTO copies(id, file, part, path, article) VALUES(?,?,?,?,?)",
            (article.id, file, article.part, article.path, found[0]),
        )
        return None
    number = _inserted(
        connection,
        "INSERT INTO articles(id, file, part, path, title, title_inferred, date, date_from, source, lang, "
        "neutralised, words, content_hash, identity) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            article.id,
            file,
            article.part,
            article.path,
            article.title,
            article.title_inferred,
            article.date.isoformat() if article.date else None,
            article.date_from,
            article.source,
            article.lang,
            article.neutralised,
            words_of(article),
            content_hash(article.text),
            same,
        ),
    )
    connection.execute(
        "INSERT INTO texts VALUES(?,?,?)", (number, packed(article.text), packed_passages(article.passages))
    )
    connection.execute("DELETE FROM dropped WHERE id = ?", (article.id,))
    return number


def _inserted(connection: sqlite3.Connection, sql: str, values: tuple[Any, ...]) -> int:
    """The number of the row that an INSERT makes."""
    number: int = connection.execute(sql + " RETURNING number", values).fetchone()[0]
    return number


def release(catalogue: Catalogue, file: int) -> Went:
    """Let the articles of a file go, a copy taking the place of one where it can; the file's row stays."""
    connection = catalogue.connection()
    connection.execute("DELETE FROM copies WHERE file = ?", (file,))
    rows = connection.execute("SELECT number, id FROM articles WHERE file = ?", (file,)).fetchall()
    inherited = 0
    for number, gone in rows:
        connection.execute("INSERT OR REPLACE INTO dropped VALUES(?)", (gone,))
        heir = connection.execute(
            "SELECT id, file, part, path FROM copies WHERE article = ? ORDER BY path, id LIMIT 1", (number,)
        ).fetchone()
        if heir is None:
            connection.execute("DELETE FROM articles WHERE number = ?", (number,))
        else:
            inherited += 1
            connection.execute("DELETE FROM copies WHERE id = ?", (heir[0],))
            connection.execute(
                "UPDATE articles SET id=?, file=?, part=?, path=?, indexed=0 WHERE number=?", (*heir, number)
            )
    return Went(len(rows) - inherited, inherited)


def remove(catalogue: Catalogue, file: int) -> Went:
    """Forget a file that is gone, and its articles; call it inside a transaction."""
    went = release(catalogue, file)
    catalogue.connection().execute("DELETE FROM files WHERE number = ?", (file,))
    return went
