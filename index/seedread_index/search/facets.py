"""Facets of results, as they are shown, with the query for each; `stores` and the engines count them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import heappush, heappushpop
from typing import NamedTuple

from seedread_index.engines import base
from seedread_index.engines.base import FacetCount
from seedread_index.model.article import NAMED_TYPES, authors_of
from seedread_index.model.entity import Entity
from seedread_index.search.query.lexer import plain_quotes

MOST = 20


@dataclass(frozen=True, slots=True)
class Facet:
    """A value, how many of the articles have it, and the piece of query that narrows to it; `id` is an
    entity's."""

    label: str
    articles: int
    query: str
    id: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Facets:
    """The most frequent values over the articles that match a query, most first; years newest first.

    Near-duplicates are articles of their own here. `total` is how many articles match the query.
    """

    people: tuple[Facet, ...] = ()
    places: tuple[Facet, ...] = ()
    orgs: tuple[Facet, ...] = ()
    groups: tuple[Facet, ...] = ()
    sources: tuple[Facet, ...] = ()
    authors: tuple[Facet, ...] = ()
    years: tuple[Facet, ...] = ()
    languages: tuple[Facet, ...] = ()
    total: int = 0
    partial: bool = False
    """Whether the time was over before all articles were counted: every count is then at least so much."""

    @property
    def entities(self) -> tuple[Facet, ...]:
        """The most frequent people, places, organisations and groups together."""
        every = (*self.people, *self.places, *self.orgs, *self.groups)
        return tuple(sorted(every, key=lambda each: (-each.articles, each.label))[:MOST])


def most_frequent(name: str, counts: list[FacetCount], most: int) -> list[FacetCount]:
    """The first values of a facet: the most frequent ones, of years the newest."""
    if name == "year":
        return sorted(counts, reverse=True)[:most]
    return sorted(counts, key=lambda each: (-each.articles, each.value))[:most]


class Counted(NamedTuple):
    """How often each of `known` (id and type) is in some articles, or, where they are the `rest`, in all
    others; `totals` are numbers of `known` and how many of all articles have each, most first."""

    counts: Mapping[int, int]
    totals: Sequence[tuple[int, int]]
    known: Sequence[tuple[str, str]]
    rest: bool


def by_type(counted: Counted, types: Set[str], most: int) -> dict[str, list[FacetCount]]:
    """At least the `most` most frequent entities of each type, and those as frequent as the last of them.

    What all articles have bounds what some have, so that few are looked at (the threshold algorithm, Fagin et
    al. 2001).
    """
    found: dict[str, list[FacetCount]] = {kind: [] for kind in types}
    best: dict[str, list[int]] = {kind: [] for kind in types}
    full: set[str] = set()
    for number, total in counted.totals:
        entity_id, kind = counted.known[number]
        if kind not in types or kind in full:
            continue
        if len(best[kind]) >= most and total < best[kind][0]:
            full.add(kind)
            if full == types:
                break
            continue
        here = counted.counts.get(number, 0)
        if articles := total - here if counted.rest else here:
            found[kind].append(FacetCount(entity_id, articles))
            (heappush if len(best[kind]) < most else heappushpop)(best[kind], articles)
    return found


def each_author(counts: Iterable[FacetCount]) -> list[FacetCount]:
    """The counts of authors one by one, who may stand several to an article."""
    found: Counter[str] = Counter()
    for value, articles in counts:
        for author in dict.fromkeys(authors_of(value)):
            found[author] += articles
    return [FacetCount(author, articles) for author, articles in found.items()]


def shown(
    counts: base.Facets, entity: Callable[[str], Entity | None], total: int, *, partial: bool
) -> Facets:
    """The facets of an engine's counts; `entity` gives the entities by their ids."""
    people, places, orgs, groups = (tuple(_named(counts[kind.value], entity)) for kind in NAMED_TYPES)
    return Facets(
        people=people,
        places=places,
        orgs=orgs,
        groups=groups,
        sources=tuple(Facet(name, count, f"source:{quoted(name)}") for name, count in counts["source"]),
        authors=tuple(Facet(name, count, f"author:{quoted(name)}") for name, count in counts["author"]),
        years=tuple(Facet(year, count, f"date:{year}") for year, count in counts["year"]),
        languages=tuple(Facet(lang, count, f"lang:{lang}") for lang, count in counts["lang"]),
        total=total,
        partial=partial,
    )


def _named(counts: Iterable[FacetCount], entity: Callable[[str], Entity | None]) -> list[Facet]:
    return [
        Facet(known.name, articles, f"{known.type}:{quoted(known.name)}", entity_id)
        for entity_id, articles in counts
        if (known := entity(entity_id)) is not None
    ]


def quoted(name: str) -> str:
    """A name as one piece of a query; quotes in it, which would end the piece, are left out."""
    if name.isalnum():
        return name
    inside = plain_quotes(name).replace('"', " ")
    return f'"{inside}"'
