"""Checksums of the catalogue's article rows: SQLite has none of its own."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from seedread_index.model.article import DateFrom
from seedread_index.model.errors import REPAIR_HINT, DamagedError

_AT_ONCE = 200


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


_METADATA = ", ".join(Metadata._fields)


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
            return f"article {number} is not as it was stored"
    return ""
