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
from seedread_index.catalogue.entities.schema import among
from seedread_index.model.article import Article

_BUCKET = 40
"""How many articles of one band are looked at: the first ones, so that any number of copies pairs up."""

_MANY = 1000
"""Articles that hang together are followed from one to the next up to so many."""

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
    wanted = list(bands)
    # One statement for all bands: there are many articles, and calls cost more than the rows.
    of_each = " UNION ".join(
        [f"SELECT article FROM (SELECT article FROM bands WHERE band = ? LIMIT {_BUCKET})"] * len(wanted)
    )
    rows = catalogue.connection().execute(f"{of_each} ORDER BY article", wanted) if wanted else ()
    return [found for (found,) in rows if found != article]


def put_pairs(catalogue: Catalogue, article: int, pairs: Iterable[tuple[int, float]]) -> None:
    """Store the near-duplicates of an article, and that they were looked for."""
    connection = catalogue.connection()
    found = list(pairs)
    connection.executemany(
        "INSERT OR REPLACE INTO pairs VALUES(?, ?, ?)",
        [(min(article, other), max(article, other), like) for other, like in found],
    )
    stale = [(number,) for number in (article, *(other for other, _ in found))] if found else ()
    connection.executemany("INSERT OR IGNORE INTO stale_groups VALUES(?)", stale)
    connection.execute("UPDATE articles SET grouped = 1 WHERE number = ?", (article,))


def stale_pairs(catalogue: Catalogue) -> tuple[set[int], set[tuple[int, int, float]]]:
    """The articles whose groups are to be made again: stale ones, and all that hang together with these; and
    every pair of them, by their numbers, with its likeness from 0 to 1."""
    connection = catalogue.connection()
    reached = {row[0] for row in connection.execute("SELECT article FROM stale_groups").fetchall()}
    pairs: set[tuple[int, int, float]] = set()
    new = reached
    while new and len(reached) <= _MANY:
        rows = [
            row
            for end in ("first", "second")
            for row in among(connection, f"SELECT first, second, likeness FROM pairs WHERE {end}", list(new))
        ]
        pairs.update((first, second, likeness) for first, second, likeness in rows)
        new = {number for first, second, _ in rows for number in (first, second)} - reached
        reached = reached | new
    if new:
        # What hangs together is much of the archive: one look at all is quicker.
        pairs.update(connection.execute("SELECT first, second, likeness FROM pairs").fetchall())
        reached.update(number for first, second, _ in pairs for number in (first, second))
    return reached, pairs


def representatives(catalogue: Catalogue, articles: Iterable[int]) -> dict[int, int]:
    """Those of some articles that are members of groups, to their representatives, as stored."""
    select = "SELECT number, leader FROM articles WHERE leader IS NOT NULL AND number"
    return dict(among(catalogue.connection(), select, list(articles)))


def set_representatives(catalogue: Catalogue, changed: dict[int, int | None]) -> None:
    """Store the representatives of these articles (None: in no group); no group is stale then."""
    connection = catalogue.connection()
    connection.executemany(
        "UPDATE articles SET leader = ? WHERE number = ?",
        [(representative, n) for n, representative in changed.items()],
    )
    connection.execute("DELETE FROM stale_groups")


def put_fingerprints(catalogue: Catalogue, article: int, fingerprints: Iterable[int]) -> None:
    """Store the fingerprints of an article's edges; call it inside a transaction."""
    connection = catalogue.connection()
    connection.execute("DELETE FROM edges WHERE article = ?", (article,))
    connection.executemany(
        "INSERT OR IGNORE INTO edges VALUES(?, ?)", [(article, each) for each in sorted(fingerprints)]
    )


def group_count(catalogue: Catalogue) -> int:
    """How many groups of near-duplicates there are; an article that has none is one of its own."""
    rows = catalogue.connection().execute("SELECT count(*) FROM articles WHERE leader IS NULL")
    return int(rows.fetchone()[0])


def repeated(catalogue: Catalogue, least: float) -> frozenset[int]:
    """The fingerprints that stand in `least` groups of near-duplicates or more."""
    rows = catalogue.connection().execute(
        "SELECT fingerprint FROM edges JOIN articles ON number = edges.article "
        "WHERE fingerprint IN (SELECT fingerprint FROM edges GROUP BY fingerprint HAVING count(*) >= ?1) "
        "GROUP BY fingerprint HAVING count(DISTINCT coalesce(leader, number)) >= ?1",
        (least,),
    )
    return frozenset(row[0] for row in rows.fetchall())


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
    """Numbers of the articles whose passages are to be found again."""
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
