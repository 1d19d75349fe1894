"""The sketches by which near-duplicates are found, the pairs found, and the groups they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seedread_index.catalogue.catalogue import Catalogue

_BUCKET = 40
"""How many articles of one band are looked at: the first ones, so that any number of copies pairs up."""


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
    """Every pair of near-duplicates with its likeness."""
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
