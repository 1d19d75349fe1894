"""Articles that the user corrected: as they were read, and as they are stored; and the names of articles."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from seedread_index.catalogue.article_rows import (
    date_of,
    origin_of,
    packed,
    packed_passages,
    passages_of,
    seal_metadata,
    stored_fields,
    text_checksum,
    words_of,
)
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.article import Article, article_id
from seedread_index.model.correction import ArticleName
from seedread_index.text.sanitize import clean_line


class CorrectedState(NamedTuple):
    """Which corrections were applied to an article, by their digests, and why some could not be."""

    applied: tuple[str, ...]
    problems: Mapping[str, str]


def corrected_states(catalogue: Catalogue) -> dict[int, CorrectedState]:
    """The articles that were corrected, by number."""
    rows = catalogue.connection().execute("SELECT article, applied, problems FROM corrected")
    return {
        number: CorrectedState(tuple(applied.split()), json.loads(problems) if problems else {})
        for number, applied, problems in rows.fetchall()
    }


def as_read(catalogue: Catalogue, articles: Mapping[int, Article]) -> dict[int, Article]:
    """Those of some articles that were corrected, as they were read, by number."""
    found = {}
    for number, article in articles.items():
        row = (
            catalogue.connection()
            .execute("SELECT original FROM corrected WHERE article = ?", (number,))
            .fetchone()
        )
        if row is not None:
            title, inferred, date, date_from, source, author, origin, passages = json.loads(row[0])
            laid_out, unseen = passages_of(passages)
            found[number] = replace(
                article,
                title=title,
                title_inferred=inferred,
                date=date_of(date),
                date_from=date_from,
                source=source,
                author=author,
                origin=origin_of(origin),
                passages=laid_out,
                unseen=unseen,
            )
    return found


def put_as_read(catalogue: Catalogue, number: int, article: Article, state: CorrectedState) -> None:
    """Keep an article as it was read, and what was applied to it; call it inside a transaction."""
    original = [*stored_fields(article), packed_passages(article)]
    catalogue.connection().execute(
        "INSERT OR REPLACE INTO corrected VALUES(?, ?, ?, ?)",
        (
            number,
            json.dumps(original),
            " ".join(state.applied),
            json.dumps(dict(state.problems)) if state.problems else "",
        ),
    )


def put_read_again(catalogue: Catalogue, number: int, article: Article) -> None:
    """Keep a corrected article as it is read now; its corrections are to be applied to that again."""
    put_as_read(catalogue, number, article, CorrectedState((), {}))


def forget_as_read(catalogue: Catalogue, number: int) -> None:
    """Note that an article is stored as it was read; call it inside a transaction."""
    catalogue.connection().execute("DELETE FROM corrected WHERE article = ?", (number,))


def store_corrected(catalogue: Catalogue, number: int, article: Article, *, passages: bool) -> None:
    """Store other fields of an article, and its passages if they are others; it is to be indexed again."""
    connection = catalogue.connection()
    if passages:
        laid_out = packed_passages(article)
        connection.execute(
            "UPDATE texts SET passages = ?, checksum = ? WHERE article = ?",
            (laid_out, text_checksum(packed(article.text), laid_out), number),
        )
        for table, column in (("bands", "article"), ("pairs", "first"), ("pairs", "second")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
        connection.execute("UPDATE articles SET grouped = 0 WHERE number = ?", (number,))
    connection.execute(
        "UPDATE articles SET title = ?, title_inferred = ?, date = ?, date_from = ?, source = ?, author = ?, "
        "origin = ?, words = ?, indexed = 0 WHERE number = ?",
        (*stored_fields(article), words_of(article), number),
    )
    seal_metadata(connection, [number])


def names_of(catalogue: Catalogue, numbers: Iterable[int]) -> list[ArticleName]:
    """What names some articles and their exact copies outside the index."""
    names = []
    for number in numbers:
        rows = catalogue.connection().execute(
            "SELECT articles.id, relative, part, origin FROM articles JOIN files ON files.number = file "
            "WHERE articles.number = ?1 UNION ALL "
            "SELECT id, relative, part, NULL FROM copies JOIN files ON files.number = file "
            "WHERE article = ?1",
            (number,),
        )
        for found, relative, part, origin in rows.fetchall():
            names.append(_name(found, bytes(relative), origin_of(origin).part_id or part))
    return names


def _name(found: str, relative: bytes, part: str | None) -> ArticleName:
    path = os.fsdecode(relative)
    if article_id(relative, part) == found and clean_line(path) == path:
        return ArticleName(path, part)
    return ArticleName(clean_line(path), None, found)
