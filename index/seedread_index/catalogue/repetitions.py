"""What stored articles repeat of each other: near-duplicates, and paragraphs at their edges.

Of the first the sketches by which they are found, the pairs found, and the groups they make; of the second
the fingerprints, which of them are boilerplate, and the articles that this touches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from seedread_index.catalogue.article_rows import (
    packed,
    packed_passages,
    seal_metadata,
    text_checksum,
    words_of,
)
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.article import Article

_BUCKET = 40
"""How many articles of one band are looked at: the first ones, so that any number of copies pairs up."""

_SETTLED, _TO_SEGMENT = 1, 2


def put_sketch(catalogue: Catalogue, article: int, sketch: bytes, bands: Sequence[int]) -> None:
    """Store an article's sketch; call it inside a transaction."""
    connection = catalogue.connection()
    connection.execute("INSERT OR REPLACE INTO signatures VALUES(?, ?)", (article, sketch))
    connection.executemany(
        "INSERT OR IGNORE INTO bands VALUES(?, ?)", [(band, article) for band in sorted(bands)]
    )


def ungrouped(catalogue: Catalogue) -> list[int]:
    """Numbers of the articles whose near-duplicates have not been looked for."""
    rows = catalogue.connection().execute("SELECT number FROM articles WHERE grouped = 0 ORDER BY number")
    return [row[0] for row in rows.fetchall()]


def sketch_of(catalogue: Catalogue, article: int) -> bytes:
    """The sketch of an article; empty where it has none."""
    row = (
        catalogue.connection()
        .execute("SELECT signature FROM signatures WHERE article = ?", (article,))
        .fetchone()
    )
    return row[0] if row else b""


def candidates(catalogue: Catalogue, article: int, bands: Iterable[int]) -> list[int]:
    """Other articles that share a band with this one."""
    connection = catalogue.connection()
    found: set[int] = set()
    for band in bands:
        rows = connection.execute("SELECT article FROM bands WHERE band = ? LIMIT ?", (band, _BUCKET))
        found.update(row[0] for row in rows.fetchall())
    found.discard(article)
    return sorted(found)


def put_pairs(catalogue: Catalogue, article: int, pairs: Iterable[tuple[int, float]]) -> None:
    """Store the near-duplicates of an article, and that they were looked for."""
    connection = catalogue.connection()
    connection.executemany(
        "INSERT OR REPLACE INTO pairs VALUES(?, ?, ?)",
        [(min(article, other), max(article, other), like) for other, like in pairs],
    )
    connection.execute("UPDATE articles SET grouped = 1 WHERE number = ?", (article,))


def pairs(catalogue: Catalogue) -> list[tuple[int, int, float]]:
    """Every pair of near-duplicates, by their numbers, with its likeness from 0 to 1."""
    return catalogue.connection().execute("SELECT first, second, likeness FROM pairs").fetchall()


def representatives(catalogue: Catalogue) -> dict[int, int]:
    """Members of groups to their leaders, as stored."""
    rows = catalogue.connection().execute("SELECT number, leader FROM articles WHERE leader IS NOT NULL")
    return dict(rows.fetchall())


def set_representatives(catalogue: Catalogue, changed: dict[int, int | None]) -> None:
    """Store the leaders of these articles; None for one that is in no group any more."""
    catalogue.connection().executemany(
        "UPDATE articles SET leader = ? WHERE number = ?",
        [(representative, n) for n, representative in changed.items()],
    )


def put_fingerprints(catalogue: Catalogue, article: int, fingerprints: Iterable[int]) -> None:
    """Store the fingerprints of an article's edges; call it inside a transaction."""
    connection = catalogue.connection()
    connection.execute("DELETE FROM edges WHERE article = ?", (article,))
    connection.executemany(
        "INSERT OR IGNORE INTO edges VALUES(?, ?)", [(article, each) for each in sorted(fingerprints)]
    )


def fingerprints_by_group(catalogue: Catalogue, least: int) -> list[tuple[int, int]]:
    """Fingerprints that stand in `least` articles or more, each with its article's group of near-duplicates.

    Every group has one more pair, with a negative number of its own, so that groups can be counted.
    """
    rows = catalogue.connection().execute(
        "SELECT fingerprint, coalesce(leader, number) FROM edges JOIN articles ON number = edges.article "
        "WHERE fingerprint IN (SELECT fingerprint FROM edges GROUP BY fingerprint HAVING count(*) >= ?) "
        "UNION ALL SELECT -number, coalesce(leader, number) FROM articles",
        (least,),
    )
    return rows.fetchall()


def boilerplate(catalogue: Catalogue) -> set[int]:
    """The fingerprints that are boilerplate."""
    return {
        row[0] for row in catalogue.connection().execute("SELECT fingerprint FROM boilerplate").fetchall()
    }


def set_boilerplate(catalogue: Catalogue, known: Collection[int], now: Collection[int]) -> None:
    """Store which fingerprints are boilerplate, and note the articles that this touches, new ones too."""
    connection = catalogue.connection()
    gone, come = set(known) - set(now), set(now) - set(known)
    connection.executemany("DELETE FROM boilerplate WHERE fingerprint = ?", [(each,) for each in gone])
    connection.executemany("INSERT INTO boilerplate VALUES(?)", [(each,) for each in come])
    connection.executemany(
        f"UPDATE articles SET settled = {_TO_SEGMENT} "
        "WHERE number IN (SELECT article FROM edges WHERE fingerprint = ?)",
        [(each,) for each in gone | come],
    )
    connection.execute(
        f"UPDATE articles SET settled = {_TO_SEGMENT} WHERE settled = 0 AND number IN "
        "(SELECT article FROM edges JOIN boilerplate USING(fingerprint))"
    )
    connection.execute(f"UPDATE articles SET settled = {_SETTLED} WHERE settled = 0 AND studied = 1")


def to_segment(catalogue: Catalogue) -> list[int]:
    """Numbers of the articles whose passages are to be found anew."""
    rows = catalogue.connection().execute(
        f"SELECT number FROM articles WHERE settled = {_TO_SEGMENT} ORDER BY number"
    )
    return [row[0] for row in rows.fetchall()]


def queue_segmentation(catalogue: Catalogue, number: int, article: Article | None) -> None:
    """Store an article as it is laid out now, None for as it was; one that changed is indexed again."""
    connection = catalogue.connection()
    if article is not None:
        passages = packed_passages(article)
        connection.execute(
            "UPDATE texts SET passages = ?, checksum = ? WHERE article = ?",
            (passages, text_checksum(packed(article.text), passages), number),
        )
        connection.execute(
            "UPDATE articles SET title = ?, words = ?, indexed = 0 WHERE number = ?",
            (article.title, words_of(article), number),
        )
        seal_metadata(connection, [number])
    connection.execute(f"UPDATE articles SET settled = {_SETTLED} WHERE number = ?", (number,))
