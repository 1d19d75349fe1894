"""One commit of the index in the order of the catalogue: documents ranked newest first, scores of terms."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from seedread_index.engines.base import DocValues
from seedread_index.engines.document import ALL, TITLE
from seedread_index.engines.whoosh.scoring import bm25
from seedread_index.engines.whoosh.snapshot import Positions, Snapshot

_MOST_CACHED = 3_000_000
"""Postings kept from earlier searches, eight bytes each."""


class Scored(NamedTuple):
    """Ranks of the articles that have a term, and what the term is worth in each."""

    ranks: array[int]
    scores: array[float]


class PositionsByRank:
    """The positions of a term by the rank of an article, cut out when they are asked for."""

    __slots__ = ("_at", "_every", "_starts")

    def __init__(self, positions: Positions, ranks: Sequence[int]) -> None:
        documents = positions.documents
        self._at = dict(zip(map(ranks.__getitem__, documents), range(len(documents)), strict=True))
        self._starts = positions.starts
        self._every = positions.every

    def __contains__(self, rank: int) -> bool:
        return rank in self._at

    def __getitem__(self, rank: int) -> array[int]:
        at = self._at[rank]
        return self._every[self._starts[at] : self._starts[at + 1]]


class View:
    """A snapshot in which documents are known by the ranks of their articles; those without are hidden."""

    def __init__(self, snapshot: Snapshot, values: DocValues) -> None:
        self.snapshot = snapshot
        self.values = values
        self.ranks = values.ranks(snapshot.columns.keys)
        for number in snapshot.deleted:
            self.ranks[number] = -1
        self._numbers = array("i", (-1,)) * len(values)
        for number, rank in enumerate(self.ranks):
            if rank >= 0:
                self._numbers[rank] = number
        self.documents = len(self.ranks) - self.ranks.count(-1)
        self._norms = {
            ALL: array("d", bm25.length_norms(snapshot.columns.sizes)),
            TITLE: array("d", bm25.length_norms(snapshot.columns.title_sizes)),
        }
        self._cache: OrderedDict[tuple[str, str], Scored] = OrderedDict()
        self._cached = 0
        self._lock = threading.Lock()

    def every(self, among: Iterable[int] | None) -> Iterable[int]:
        """The ranks of all documents, or of those among some."""
        if among is None:
            return filter((-1).__lt__, self.ranks)
        return (rank for rank in among if self._numbers[rank] >= 0)

    def between(self, first: int, last: int, among: Iterable[int] | None) -> list[int]:
        """The ranks of the documents, among some or all, dated from one day's ordinal to another's."""
        days = self.snapshot.columns.days
        if among is None:
            pairs = zip(self.ranks, days, strict=True)
            return [rank for rank, day in pairs if first <= day <= last and rank >= 0]
        numbers = self._numbers
        return [rank for rank in among if numbers[rank] >= 0 and first <= days[numbers[rank]] <= last]

    def body(self, rank: int) -> tuple[int, int]:
        """The positions of an article between which its body lies."""
        number, columns = self._numbers[rank], self.snapshot.columns
        return columns.heads[number], columns.sizes[number]

    def scored(self, field: str, term: str) -> Scored:
        """Where a term stands and its BM25 in each; kept for the next search."""
        key = (field, term)
        with self._lock:
            if (found := self._cache.get(key)) is not None:
                self._cache.move_to_end(key)
                return found
        found = self._score(field, term)
        with self._lock:
            if key not in self._cache:
                self._cache[key] = found
                self._cached += len(found.ranks)
                while self._cached > _MOST_CACHED and len(self._cache) > 1:
                    _, dropped = self._cache.popitem(last=False)
                    self._cached -= len(dropped.ranks)
        return found

    def having(self, field: str, term: str) -> array[int]:
        """The ranks of the articles that have a term, in the order of the index."""
        ranks = array("i", map(self.ranks.__getitem__, self.snapshot.having(field, term)))
        return array("i", filter((-1).__lt__, ranks)) if self.documents < len(self.ranks) else ranks

    def _score(self, field: str, term: str) -> Scored:
        documents, frequencies = self.snapshot.postings(field, term)
        known = self.ranks
        ranks = array("i", map(known.__getitem__, documents))
        scores = array("f", self.weight(field, len(ranks), documents, frequencies))
        if self.documents < len(known) and -1 in ranks:
            pairs = [(rank, score) for rank, score in zip(ranks, scores, strict=True) if rank >= 0]
            ranks, scores = array("i", [rank for rank, _ in pairs]), array("f", [score for _, score in pairs])
        return Scored(ranks, scores)

    def weight(
        self, field: str, articles: int, documents: Iterable[int], frequencies: Sequence[float]
    ) -> Iterator[float]:
        """BM25 of a term that is in so many articles, for documents in which it is so often; fields such as
        the source tell nothing."""
        if (norms := self._norms.get(field)) is None:
            return repeat(0.0, len(frequencies))
        return bm25.scores(self.documents, articles, frequencies, map(norms.__getitem__, documents))

    def positions(self, field: str, term: str, wanted: Iterable[int]) -> PositionsByRank:
        """Positions of a term in the articles of the wanted ranks."""
        numbers = set(map(self._numbers.__getitem__, wanted))
        return PositionsByRank(self.snapshot.positions(field, term, numbers), self.ranks)
