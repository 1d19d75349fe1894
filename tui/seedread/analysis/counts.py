"""How many articles there are by group, name and time; what two results have in common; samples of them.

Near-duplicates count one by one, as far as they are in the results.
"""

from __future__ import annotations

import datetime as dt
import random
import secrets
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, product
from typing import TYPE_CHECKING, Literal, get_args

from seedread_index.archive import Archive
from seedread_index.model.article import NAMED_TYPES, Article, PassageKind, authors_of
from seedread_index.model.results import Results

if TYPE_CHECKING:
    from seedread_index.model.article import Header
    from seedread_index.model.entity import Entity

UNKNOWN = "unknown"
"""The group of what has no date, source, author or language."""
_BATCH, _ARTICLES = 1000, 200
"""Headers, and whole articles, that are read at once."""

Unit = Literal["year", "month", "day"]
UNITS: tuple[Unit, ...] = get_args(Unit)
"""The periods that a timeline counts by, the coarsest first."""
_LENGTHS: dict[str, int] = {"year": 4, "month": 7, "day": 10}
_MOST_DAYS, _MOST_MONTHS = 62, 60


_UNCOUNTED = (PassageKind.BOILERPLATE, PassageKind.CREDIT)


def _day(header: Header | Article, length: int) -> tuple[str]:
    return (header.date.isoformat()[:length] if header.date else UNKNOWN,)


GROUPS: dict[str, Callable[[Header | Article], tuple[str, ...]]] = {
    "year": lambda header: _day(header, 4),
    "month": lambda header: _day(header, 7),
    "date": lambda header: _day(header, 10),
    "day": lambda header: _day(header, 10),
    "source": lambda header: (header.source or UNKNOWN,),
    "author": lambda header: tuple(dict.fromkeys(authors_of(header.author))) or (UNKNOWN,),
    "lang": lambda header: (header.lang or UNKNOWN,),
}
"""The groups that an article counts in: one of each kind, but one for each of its authors."""
NAME_GROUPS: tuple[str, ...] = tuple(kind.value for kind in NAMED_TYPES)
"""The types of names, each of which an article counts in where it mentions it; in none where it has none."""


def counted_by(archive: Archive, ids: Iterable[str], by: Sequence[str]) -> Counter[tuple[str, ...]]:
    """How many of some articles are of each group, or of each combination of groups of several kinds."""
    entity = cache(archive.entity)
    named = not frozenset(NAME_GROUPS).isdisjoint(by)
    groups: Counter[tuple[str, ...]] = Counter()
    left = iter(ids)
    while some := list(islice(left, _ARTICLES if named else _BATCH)):
        for each in archive.articles(some) if named else archive.headers(some):
            names = _names_in(each, entity) if isinstance(each, Article) else {}
            groups.update(product(*(names[kind] if kind in names else GROUPS[kind](each) for kind in by)))
    return groups


def entities_in(article: Article) -> Counter[str]:
    """The ids of the entities that an article mentions outside boilerplate and credits, and how often."""
    borders = [border for p in article.of_kind(*_UNCOUNTED) for border in (p.start, p.end)]
    return Counter(
        mention.entity
        for mention in article.mentions
        if mention.entity and bisect_right(borders, mention.start) % 2 == 0
    )


def _names_in(article: Article, entity: Callable[[str], Entity | None]) -> dict[str, list[str]]:
    """The names of the entities that an article mentions, by their type."""
    names: dict[str, list[str]] = {kind: [] for kind in NAME_GROUPS}
    for identity in entities_in(article):
        if (found := entity(identity)) is not None and found.type.value in names:
            names[found.type.value].append(found.name)
    return names


def count_by(archive: Archive, ids: Iterable[str], by: str) -> Counter[str | None]:
    """How many of some articles each group of a kind has, None for the unknown one."""
    counts = counted_by(archive, ids, [by])
    return Counter({None if name == UNKNOWN else name: count for (name,), count in counts.items()})


@dataclass(frozen=True, slots=True)
class Comparison:
    """The ids that A alone finds, that both find, and that B alone finds, each in the order of results."""

    only_a: tuple[str, ...]
    both: tuple[str, ...]
    only_b: tuple[str, ...]


def compared(a: Results, b: Results) -> Comparison:
    """What two results have in common and alone."""
    first, second = a.ids(), b.ids()
    in_first, in_second = frozenset(first), frozenset(second)
    return Comparison(
        tuple(each for each in first if each not in in_second),
        tuple(each for each in first if each in in_second),
        tuple(each for each in second if each not in in_first),
    )


@dataclass(frozen=True)
class Timeline:
    """How many articles there are of each day (YYYY-MM-DD), and how many have no date."""

    days: Mapping[str, int]
    undated: int = 0

    @cached_property
    def unit(self) -> Unit:
        """The unit that suits the span: days up to two months, months up to five years, else years."""
        if not self.days:
            return "year"
        first, last = (dt.date.fromisoformat(each) for each in (min(self.days), max(self.days)))
        if (last - first).days < _MOST_DAYS:
            return "day"
        months = (last.year - first.year) * 12 + last.month - first.month
        return "month" if months < _MOST_MONTHS else "year"

    def by(self, unit: Unit) -> Counter[str]:
        """The counts of the periods that have any; a period is named YYYY, YYYY-MM or YYYY-MM-DD."""
        counts: Counter[str] = Counter()
        for day, count in self.days.items():
            counts[day[: _LENGTHS[unit]]] += count
        return counts


def timeline(archive: Archive, ids: Iterable[str]) -> Timeline:
    """The timeline of some articles."""
    counts = count_by(archive, ids, "day")
    return Timeline({day: count for day, count in counts.items() if day is not None}, counts[None])


def periods(first: str, last: str, unit: Unit) -> Iterator[str]:
    """The names of all periods from the first to the last."""
    if unit == "year":
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
    elif unit == "month":
        begin, end = (int(each[:4]) * 12 + int(each[5:7]) - 1 for each in (first, last))
        yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end + 1))
    else:
        begin, end = (dt.date.fromisoformat(each).toordinal() for each in (first, last))
        yield from (dt.date.fromordinal(day).isoformat() for day in range(begin, end + 1))


def new_seed() -> int:
    """A seed by chance, short enough to be typed."""
    return secrets.randbelow(10**6)


def sampled_rows(total: int, size: int, seed: int) -> list[int]:
    """At most `size` of `total` rows, drawn without replacement, in their order."""
    return sorted(random.Random(seed).sample(range(total), min(size, total)))
