"""Counts over results that narrow them with one key: entities, sources, authors, years, languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedread_index.model.article import authors_of
from seedread_index.model.deadline import Deadline
from seedread_index.search.query.lexer import plain_quotes

if TYPE_CHECKING:
    from seedread_index.search.stores import ArticleStore, EntityStore

MOST = 20
_AT_ONCE = 2000
"""Results that are counted between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A value, how many of the results have it, and the piece of query that narrows to it."""

    label: str
    articles: int
    query: str


@dataclass(frozen=True, slots=True, eq=False)
class Facets:
    """The most frequent values over results, most first; years newest first."""

    entities: tuple[Facet, ...] = ()
    sources: tuple[Facet, ...] = ()
    authors: tuple[Facet, ...] = ()
    years: tuple[Facet, ...] = ()
    languages: tuple[Facet, ...] = ()
    partial: bool = False
    """Whether the time was over before all results were counted: every count is then at least so much."""


def facets_of(
    ids: Sequence[str], catalogue: ArticleStore, mentions: EntityStore, deadline: Deadline
) -> Facets:
    """Facets over the articles of these ids."""
    sources: Counter[str] = Counter()
    authors: Counter[str] = Counter()
    years: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    entities: Counter[str] = Counter()
    for start in range(0, len(ids), _AT_ONCE):
        if deadline.over():
            break
        chunk = ids[start : start + _AT_ONCE]
        for header in catalogue.headers(chunk):
            if header.source:
                sources[header.source] += 1
            authors.update(dict.fromkeys(authors_of(header.author), 1))
            if header.date:
                years[f"{header.date.year:04}"] += 1
            languages[header.lang] += 1
        entities.update(mentions.entities_of(catalogue.numbers(chunk).values()))
    return Facets(
        tuple(_named(entities, mentions)),
        tuple(Facet(name, count, f"source:{quoted(name)}") for name, count in sources.most_common(MOST)),
        tuple(Facet(name, count, f"author:{quoted(name)}") for name, count in authors.most_common(MOST)),
        tuple(
            Facet(year, count, f"date:{year}") for year, count in sorted(years.items(), reverse=True)[:MOST]
        ),
        tuple(Facet(lang, count, f"lang:{lang}") for lang, count in languages.most_common(MOST)),
        deadline.passed,
    )


def _named(counts: Counter[str], mentions: EntityStore) -> Iterable[Facet]:
    for entity_id, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]:
        entity = mentions.entity(entity_id)
        if entity is not None:
            yield Facet(entity.name, count, f"{entity.type}:{quoted(entity.name)}")


def quoted(name: str) -> str:
    """A name as one piece of a query; quotes in it, which would end the piece, are left out."""
    if name.isalnum():
        return name
    inside = plain_quotes(name).replace('"', " ")
    return f'"{inside}"'
