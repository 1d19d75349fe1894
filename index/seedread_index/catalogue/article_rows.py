"""How articles are stored in the catalogue's rows: headers, the encoding of texts and passages, checksums.

SQLite has no checksums of its own.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from seedread_index.model.article import Article, DateFrom, Header, Origin, Passage, PassageKind, Span
from seedread_index.model.errors import REPAIR_HINT, DamagedError
from seedread_index.text.chunks import words_in


class Metadata(NamedTuple):
    """What is stored of an article beside its text, in the order in which its checksum covers it."""

    id: str
    path: str
    part: str | None
    title: str
    title_inferred: int
    date: str | None
    date_from: DateFrom | None
    source: str | None
    lang: str
    neutralised: int
    words: int
    author: str | None
    origin: str | None


_AT_ONCE = 200
_METADATA = ", ".join(Metadata._fields)
_METADATA_COLUMNS = ", ".join(("articles.checksum", *(f"articles.{name}" for name in Metadata._fields)))
HEADER_COLUMNS = f"articles.number, {_METADATA_COLUMNS}"
ARTICLE_COLUMNS = (
    f"articles.number, files.relative, texts.text, texts.passages, texts.checksum, {_METADATA_COLUMNS}"
)


def header_of(row: tuple[Any, ...]) -> Header:
    """A row of HEADER_COLUMNS as a Header. Raises DamagedError where it is not as it was written."""
    number, checksum, *values = row
    stored = Metadata(*values)
    confirm(checksum, metadata_checksum(stored))
    return Header(
        id=stored.id,
        number=number,
        path=stored.path,
        title=stored.title,
        title_inferred=bool(stored.title_inferred),
        date=date_of(stored.date),
        source=stored.source,
        lang=stored.lang,
        neutralised=stored.neutralised,
        words=stored.words,
        author=stored.author,
        origin=origin_of(stored.origin),
    )


def article_of(row: tuple[Any, ...], copies: Mapping[int, Sequence[str]]) -> tuple[int, Article]:
    """A row of ARTICLE_COLUMNS as its number and an Article without mentions; `copies` are paths by number.

    Raises DamagedError where the row is not as it was written.
    """
    number, relative, text, passages, checksum_of_text, checksum, *values = row
    stored = Metadata(*values)
    confirm(checksum, metadata_checksum(stored))
    confirm(checksum_of_text, text_checksum(text, passages))
    laid_out, unseen = passages_of(passages)
    return number, Article(
        id=stored.id,
        path=stored.path,
        path_bytes=bytes(relative),
        part=stored.part,
        title=stored.title,
        title_inferred=bool(stored.title_inferred),
        date=date_of(stored.date),
        date_from=stored.date_from,
        source=stored.source,
        lang=stored.lang,
        text=unpacked(text),
        passages=laid_out,
        neutralised=stored.neutralised,
        copies=tuple(sorted(copies.get(number, ()))),
        author=stored.author,
        origin=origin_of(stored.origin),
        unseen=unseen,
    )


def stored_fields(article: Article) -> tuple[object, ...]:
    """The fields that corrections change, as the catalogue stores them, title to origin."""
    return (
        article.title,
        article.title_inferred,
        article.date.isoformat() if article.date else None,
        article.date_from,
        article.source,
        article.author,
        packed_origin(article.origin),
    )


def packed_origin(origin: Origin) -> str | None:
    """An origin as it is stored: JSON of what is known of it."""
    known = {name: value for name, value in dataclasses.asdict(origin).items() if value is not None}
    return json.dumps(known, ensure_ascii=False) if known else None


def origin_of(stored: str | None) -> Origin:
    """An origin as it was stored."""
    return Origin(**json.loads(stored)) if stored else Origin()


def date_of(text: str | None) -> dt.date | None:
    """A date as it is stored."""
    return dt.date.fromisoformat(text) if text else None


def packed(text: str) -> bytes:
    """A text as it is stored."""
    return text.encode("utf-8", "surrogatepass")


def unpacked(stored: bytes) -> str:
    """A stored text."""
    return stored.decode("utf-8", "surrogatepass")


def packed_passages(article: Article) -> str:
    """An article's passages as they are stored, with what in them is unseen where something is."""
    passages = [(p.start, p.end, p.kind.value) for p in article.passages]
    value = {"passages": passages, "unseen": article.unseen} if article.unseen else passages
    return json.dumps(value, separators=(",", ":"))


def passages_of(stored: str) -> tuple[tuple[Passage, ...], tuple[Span, ...]]:
    """Stored passages, and what in them is unseen."""
    value = json.loads(stored)
    passages, unseen = (value["passages"], value["unseen"]) if isinstance(value, dict) else (value, ())
    return (
        tuple(Passage(start, end, PassageKind(kind)) for start, end, kind in passages),
        tuple(Span(start, end) for start, end in unseen),
    )


def words_of(article: Article) -> int:
    """How many words there are to read, boilerplate left out."""
    text = article.visible_text
    unread = sum(words_in(text, p.start, p.end) for p in article.of_kind(PassageKind.BOILERPLATE))
    return max(0, words_in(text, 0, len(text)) - unread)


def metadata_checksum(metadata: Metadata) -> bytes:
    """The checksum (BLAKE2b, 8 bytes) of an article's metadata, in the order of the columns it covers.

    The author and the origin, the last of them, count only where there is one: older rows hold good.
    """
    values = tuple(metadata)
    while values and values[-1] is None:
        values = values[:-1]
    return hashlib.blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def text_checksum(text: bytes, passages: str) -> bytes:
    """The checksum of a stored text with its stored passages."""
    hashed = hashlib.blake2b(text, digest_size=8)
    hashed.update(b"\0" + passages.encode())
    return hashed.digest()


def confirm(sealed: bytes | None, actual: bytes) -> None:
    """Raise DamagedError where a row's checksum is not the one it was stored with; None means none was."""
    if sealed is not None and sealed != actual:
        raise DamagedError("the catalogue of the index is damaged", REPAIR_HINT)


def seal_metadata(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Store the checksums of articles' metadata as it is now; call it in the transaction of the change."""
    for number in numbers:
        row = connection.execute(f"SELECT {_METADATA} FROM articles WHERE number = ?", (number,)).fetchone()
        connection.execute(
            "UPDATE articles SET checksum = ? WHERE number = ?", (metadata_checksum(Metadata(*row)), number)
        )


def seal_some(connection: sqlite3.Connection) -> int:
    """Give checksums to some of the rows that have none yet; how many. Call it inside a transaction."""
    rows = connection.execute(
        "SELECT article, text, passages FROM texts WHERE checksum IS NULL LIMIT ?", (_AT_ONCE,)
    ).fetchall()
    connection.executemany(
        "UPDATE texts SET checksum = ? WHERE article = ?",
        [(text_checksum(text, passages), number) for number, text, passages in rows],
    )
    seal_metadata(connection, [number for number, _, _ in rows])
    return len(rows)


def unlike_their_checksums(connection: sqlite3.Connection) -> str:
    """Which article's row is not as it was written, in words; empty where all are."""
    rows = connection.execute(
        f"SELECT number, articles.checksum, texts.checksum, text, passages, {_METADATA} "
        "FROM articles JOIN texts ON texts.article = articles.number"
    )
    for number, sealed, text_sealed, text, passages, *values in rows:
        try:
            confirm(sealed, metadata_checksum(Metadata(*values)))
            confirm(text_sealed, text_checksum(text, passages))
        except DamagedError:
            return f"article {number} does not match its checksum"
    return ""
