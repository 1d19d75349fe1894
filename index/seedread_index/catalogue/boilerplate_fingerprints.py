"""Fingerprints of the paragraphs at articles' edges, which are boilerplate, and the articles this touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from seedread_index.catalogue.article_rows import packed, packed_passages, words_of
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.row_checksums import seal_metadata, text_checksum
from seedread_index.model.article import Article

_SETTLED, _TO_SEGMENT = 1, 2


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
    """Numbers of the articles whose passages are to be told anew."""
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
