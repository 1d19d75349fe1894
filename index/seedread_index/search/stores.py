"""What search needs of the catalogue: ArticleStore and EntityStore, and the doc values made of them.

Doc values are what is known of every article of one commit, in columns by rank: its place in the order newest
first, undated ones last, then by path. Ids are kept as 64-bit numbers (`keys_of`) and values as ordinals, so
that an article costs some tens of bytes and no object. The catalogue implements the protocols.
"""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, compress, repeat
from typing import Any, NamedTuple, Protocol

from seedread_index.engines.article_keys import keys_of, plain_keys
from seedread_index.engines.base import FacetCount, Facets
from seedread_index.engines.document import Document, document_of
from seedread_index.model.deadline import Deadline
from seedread_index.model.results import Sort
from seedread_index.search.facets import Counted, by_type, each_author, most_frequent
from seedread_index.search.sources import ArticleSource, EntitySource
from seedread_index.text.folding import title_order

_AT_ONCE = 100
"""Documents that are read at once."""
_COUNTED = 10_000
"""Articles that are counted between two looks at the clock."""


class ArticleStore(ArticleSource, Protocol):
    """The articles of a catalogue."""

    def ids(self) -> list[str]:
        """Every article once, newest first, undated ones last, then by path."""

    def order(self) -> list[tuple[int, str]]:
        """Number and id of every article, in the same order."""

    def dropped(self) -> list[str]:
        """Ids that the full text may still hold."""

    def values(self, names: Sequence[str], /) -> Iterator[tuple[Any, ...]]:
        """The number and the named values (title, path, source, author, lang, date) of every article."""

    def groups(self) -> dict[str, str]:
        """Near-duplicates: an article's id to the id of its group's representative, which is left out."""


class EntityStore(EntitySource, Protocol):
    """The entities of a catalogue."""

    def articles_of(self, entity_ids: Iterable[str], /) -> set[int]:
        """The articles that mention any of the entities outside boilerplate and credits."""

    def entities_by_article(self) -> tuple[list[tuple[str, str]], Iterator[tuple[int, Sequence[int]]]]:
        """The entities that are not hidden, each by id and type, and for each article with some of them its
        number and which of these it mentions where it counts, each once."""


class _Column(NamedTuple):
    """A value for each rank as an ordinal of `values`, of which the first stands for none."""

    ordinals: array[int]
    values: list[str]


class _Entities(NamedTuple):
    """The entities of articles: those of a rank are numbers[starts[rank]:ends[rank]], ordinals of `known`."""

    starts: array[int]
    ends: array[int]
    numbers: array[int]
    known: Sequence[tuple[str, str]]
    """Id and type."""


class CatalogueValues:
    """The doc values of one commit; implements `engines.base.DocValues`."""

    def __init__(self, articles: ArticleStore, mentions: EntityStore, generation: int) -> None:
        self.generation = generation
        self._articles = articles
        self._mentions = mentions
        order = articles.order()
        numbers, ids = zip(*order, strict=True) if order else ((), ())
        self._numbers = array("q", numbers)
        plain = plain_keys("".join(ids)) if all(map((16).__eq__, map(len, ids))) else None
        self._keys = keys_of(ids) if plain is None else plain
        # The ids themselves, where keys do not tell them as those of a catalogue do.
        self._ids: Sequence[str] | None = ids if plain is None else None
        self._lock = threading.RLock()
        self._rank_of: array[int] | None = None
        self._sorted: array[int] | None = None
        self._groups: dict[int, int] | None = None
        self._orders: dict[Sort, array[int]] = {}
        self._columns: dict[str, _Column] | None = None
        self._entities: _Entities | None = None
        self._totals: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self._keys)

    def ids(self, ranks: Sequence[int]) -> list[str]:
        """Ids of articles."""
        if self._ids is not None:
            return [self._ids[rank] for rank in ranks]
        return _as_ids(map(self._keys.__getitem__, ranks))

    def ranks(self, keys: Sequence[int]) -> array[int]:
        """Ranks of articles by their keys; -1 where the catalogue has no such article."""
        if len(keys) < len(self) // 16:
            return array("i", map(self._rank, keys))
        rank_of = dict(zip(self._keys, range(len(self._keys)), strict=True))
        return array("i", map(rank_of.get, keys, repeat(-1)))

    def groups(self) -> Mapping[int, int]:
        """Near-duplicates: the rank of the representative of each in a group, its own included."""
        with self._lock:
            if self._groups is None:
                pairs = self._articles.groups()
                members = self.ranks(keys_of(list(pairs.keys()))) if pairs else ()
                representatives = self.ranks(keys_of(list(pairs.values()))) if pairs else ()
                groups = {
                    member: representative
                    for member, representative in zip(members, representatives, strict=True)
                    if member >= 0 and representative >= 0
                }
                self._groups = groups | {representative: representative for representative in groups.values()}
            return self._groups

    def order(self, sort: Sort) -> Sequence[int]:
        """A number for each rank, by which articles are sorted by title or path."""
        with self._lock:
            if sort not in self._orders:
                keys: list[tuple[str, ...]] = [("",)] * len(self)
                for rank, (title, path) in self._rows("title", "path"):
                    assert title is not None and path is not None
                    keys[rank] = (title_order(title), path) if sort == "title" else (path,)
                places = array("i", bytes(4 * len(self)))
                for place, rank in enumerate(sorted(range(len(self)), key=keys.__getitem__)):
                    places[rank] = place
                self._orders[sort] = places
            return self._orders[sort]

    def dropped(self) -> list[str]:
        """Ids that an index may still hold although the catalogue has let them go."""
        return self._articles.dropped()

    def mentioning(self, entities: Iterable[str]) -> Set[int]:
        """Ranks of the articles that mention any of some entities where it counts."""
        return set(self._ranked(self._mentions.articles_of(entities)))

    def documents(self, ranks: Sequence[int]) -> Iterator[tuple[int, Document]]:
        """The documents of articles with their ranks, in the order asked; gone ones are left out."""
        for start in range(0, len(ranks), _AT_ONCE):
            some = ranks[start : start + _AT_ONCE]
            rank_of = dict(zip(self.ids(some), some, strict=True))
            for article in self._articles.articles(list(rank_of)):
                yield rank_of[article.id], document_of(article)

    def load_facets(self) -> None:
        """Load what facets are counted from, where it is not there yet."""
        with self._lock:
            if self._columns is None:
                self._columns = self._loaded_columns()
            if self._entities is None:
                self._entities = self._loaded_entities()
                self._totals = Counter(self._entities.numbers).most_common()

    def facets(self, ranks: Sequence[int], fields: Sequence[str], most: int, deadline: Deadline) -> Facets:
        """The `most` most frequent values of each field over articles; exact where the deadline holds."""
        self.load_facets()
        assert self._columns is not None and self._entities is not None
        few, rest = ranks, 2 * len(ranks) > len(self)
        if rest:  # what the others have is taken off what all have
            others = bytearray(b"\1") * len(self)
            for rank in ranks:
                others[rank] = 0
            few = list(compress(range(len(self)), others))
        columns = {name: column for name, column in self._columns.items() if name in fields}
        counts: dict[str, Counter[int]] = {name: Counter() for name in columns}
        mentioned: Counter[int] = Counter()
        starts, ends, numbers, known = self._entities
        wanted = {kind for _, kind in known}.intersection(fields)
        for start in range(0, len(few), _COUNTED):
            if not rest and deadline.over():
                break
            some = few[start : start + _COUNTED]
            for name, column in columns.items():
                counts[name].update(map(column.ordinals.__getitem__, some))
            if wanted:
                mentioned.update(chain.from_iterable(numbers[starts[rank] : ends[rank]] for rank in some))
        if rest:
            counts = {name: Counter(columns[name].ordinals) - count for name, count in counts.items()}
        named = {
            name: [FacetCount(column.values[at], count) for at, count in counts[name].items() if at]
            for name, column in columns.items()
        }
        if "author" in named:
            named["author"] = each_author(named["author"])
        found = named | by_type(Counted(mentioned, self._totals, known, rest), wanted, most)
        return {name: most_frequent(name, found.get(name, []), most) for name in fields}

    # -- inside ------------------------------------------------------------------------------------------

    def _rank(self, key: int) -> int:
        if self._sorted is None:
            self._sorted = array("i", sorted(range(len(self)), key=self._keys.__getitem__))
        at = bisect_left(self._sorted, key, key=self._keys.__getitem__)
        return rank if at < len(self) and self._keys[rank := self._sorted[at]] == key else -1

    def _ranked(self, numbers: Iterable[int]) -> Iterator[int]:
        """The ranks of articles by the catalogue's numbers; others are left out."""
        rank_of = self._ranks_by_number()
        return (rank_of[number] for number in numbers if number < len(rank_of) and rank_of[number] >= 0)

    def _ranks_by_number(self) -> array[int]:
        with self._lock:
            if self._rank_of is None:
                rank_of = array("i", (-1,)) * (max(self._numbers, default=0) + 1)
                for rank, number in enumerate(self._numbers):
                    rank_of[number] = rank
                self._rank_of = rank_of
            return self._rank_of

    def _rows(self, *names: str) -> Iterator[tuple[int, tuple[str | None, ...]]]:
        """Values of every article by rank."""
        rank_of = self._ranks_by_number()
        for number, *values in self._articles.values(names):
            if number < len(rank_of) and rank_of[number] >= 0:
                yield rank_of[number], tuple(values)

    def _loaded_columns(self) -> dict[str, _Column]:
        names = ("source", "author", "lang", "year")
        ordinals = [array("i", bytes(4 * len(self))) for _ in names]
        known: list[dict[str, int]] = [{"": 0} for _ in names]
        for rank, (source, author, lang, date) in self._rows("source", "author", "lang", "date"):
            values = (source, author, lang, date and date[:4])
            for column, met, value in zip(ordinals, known, values, strict=True):
                column[rank] = met.setdefault(value or "", len(met))
        return dict(zip(names, map(_Column, ordinals, map(list, known)), strict=True))

    def _loaded_entities(self) -> _Entities:
        rank_of = self._ranks_by_number()
        starts, ends = (array("I", bytes(4 * len(self))) for _ in range(2))
        numbers = array("I")
        known, rows = self._mentions.entities_by_article()
        for article, entities in rows:
            if article < len(rank_of) and (rank := rank_of[article]) >= 0:
                starts[rank] = len(numbers)
                numbers.extend(entities)
                ends[rank] = len(numbers)
        return _Entities(starts, ends, numbers, known)


def _as_ids(keys: Iterable[int]) -> list[str]:
    return list(map("{:016x}".format, keys))
