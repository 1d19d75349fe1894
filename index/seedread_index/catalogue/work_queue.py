"""What is yet to be done: articles to index, ids to drop from the full text, articles to enrich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from seedread_index.catalogue.catalogue import Catalogue

_NEIGHBOURS = 5_000
"""So many articles that were stored one after the other are studied before others."""


def unindexed(catalogue: Catalogue) -> list[int]:
    """Numbers of the articles that the full text does not hold."""
    rows = catalogue.connection().execute("SELECT number FROM articles WHERE indexed = 0 ORDER BY number")
    return [row[0] for row in rows.fetchall()]


def portions(catalogue: Catalogue, numbers: Sequence[int], most: int, size: int) -> Iterator[list[int]]:
    """Articles in portions of at most so many, and of so many bytes of text where they are not one."""
    for start in range(0, len(numbers), most):
        some = numbers[start : start + most]
        marks = ",".join("?" * len(some))
        sizes: dict[int, int] = dict(
            catalogue.connection()
            .execute(f"SELECT article, length(text) FROM texts WHERE article IN ({marks})", some)
            .fetchall()
        )
        portion: list[int] = []
        taken = 0
        for number in some:
            if portion and taken + sizes.get(number, 0) > size:
                yield portion
                portion, taken = [], 0
            portion.append(number)
            taken += sizes.get(number, 0)
        yield portion


def unindexed_count(catalogue: Catalogue) -> int:
    """How many articles the full text does not hold."""
    count: int = (
        catalogue.connection().execute("SELECT count(*) FROM articles WHERE indexed = 0").fetchone()[0]
    )
    return count


def indexed_count(catalogue: Catalogue) -> int:
    """How many articles the full text should hold."""
    count: int = (
        catalogue.connection().execute("SELECT count(*) FROM articles WHERE indexed = 1").fetchone()[0]
    )
    return count


def mark_indexed(catalogue: Catalogue, numbers: Iterable[int]) -> None:
    """Note that the full text holds these articles."""
    catalogue.connection().executemany(
        "UPDATE articles SET indexed = 1 WHERE number = ?", [(number,) for number in numbers]
    )


def unmark_all(catalogue: Catalogue) -> None:
    """Note that the full text is lost: every article is to be indexed again."""
    catalogue.connection().execute("UPDATE articles SET indexed = 0")


def unmark_described(catalogue: Catalogue) -> None:
    """Note that the full text lacks fields of the articles that have an author or an address."""
    catalogue.connection().execute(
        "UPDATE articles SET indexed = 0 WHERE author IS NOT NULL OR instr(origin, '\"url\"') > 0"
    )


def dropped(catalogue: Catalogue) -> list[str]:
    """Ids that the full text may still hold and must let go."""
    return catalogue.dropped()


def forget_dropped(catalogue: Catalogue, ids: Iterable[str]) -> None:
    """Note that the full text has let these ids go."""
    catalogue.connection().executemany("DELETE FROM dropped WHERE id = ?", [(i,) for i in ids])


def unenriched(catalogue: Catalogue) -> list[tuple[int, int]]:
    """Numbers and words of the articles that no names were looked for in: the last stored thousands first,
    and of these the newest, so that what changes in one commit lies together."""
    rows = catalogue.connection().execute(
        "SELECT number, words FROM articles WHERE studied = 0 ORDER BY number / ? DESC, date DESC, path",
        (_NEIGHBOURS,),
    )
    return rows.fetchall()


def mark_enriched(catalogue: Catalogue, numbers: Iterable[int]) -> None:
    """Note that names were looked for in these articles, whatever came of it."""
    catalogue.connection().executemany(
        "UPDATE articles SET studied = 1 WHERE number = ?", [(number,) for number in numbers]
    )


def unmark_enriched(catalogue: Catalogue, numbers: Iterable[int]) -> None:
    """Note that names are to be looked for in these articles again."""
    catalogue.connection().executemany(
        "UPDATE articles SET studied = 0 WHERE number = ?", [(number,) for number in numbers]
    )


def prune_spans(catalogue: Catalogue) -> int:
    """Delete the model's spans of texts that are gone; how many. Call it inside a transaction."""
    cursor = catalogue.connection().execute(
        "DELETE FROM model_spans WHERE content_hash NOT IN (SELECT content_hash FROM articles)"
    )
    return cursor.rowcount
