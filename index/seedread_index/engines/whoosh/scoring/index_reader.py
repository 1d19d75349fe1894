"""One commit of the index in the order of the catalogue: rows ranked newest first, scores of terms."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from seedread_index.engines.whoosh.postings import ALL, TITLE, Row
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


class IndexReader:
    """A snapshot of the full text in which every document is known by its rank: its place in `ids`."""

    def __init__(
        self, snapshot: Snapshot, ids: Sequence[str], groups: Mapping[str, str], generation: int
    ) -> None:
        self.snapshot = snapshot
        self.generation = generation
        self.ids = ids
        self.rank_of = {article_id: rank for rank, article_id in enumerate(ids)}
        get = self.rank_of.get
        self.ranks = [get(row.id, -1) for row in snapshot.rows]
        for number in snapshot.deleted:
            self.ranks[number] = -1
        self.rows: list[Row | None] = [None] * len(ids)
        self._numbers = array("i", [-1]) * len(ids)
        for number, (rank, row) in enumerate(zip(self.ranks, snapshot.rows, strict=True)):
            if rank >= 0:
                self.rows[rank] = row
                self._numbers[rank] = number
        self.documents = sum(row is not None for row in self.rows)
        self.groups = {
            self.rank_of[member]: self.rank_of[representative]
            for member, representative in groups.items()
            if member in self.rank_of and representative in self.rank_of
        }
        self.groups |= {representative: representative for representative in self.groups.values()}
        self._norms = {
            ALL: bm25.length_norms([row.size for row in snapshot.rows]),
            TITLE: bm25.length_norms([row.title_size for row in snapshot.rows]),
        }
        self._cache: OrderedDict[tuple[str, str], Scored] = OrderedDict()
        self._cached = 0
        self._lock = threading.Lock()
        self.users = 0
        self.retired = False

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

    def _score(self, field: str, term: str) -> Scored:
        documents, frequencies = self.snapshot.postings(field, term)
        known = self.ranks
        ranks = array("i", map(known.__getitem__, documents))
        scores = array("f", self.weight(field, len(ranks), documents, frequencies))
        if self.documents < len(self.snapshot.rows) and -1 in ranks:
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

    def close(self) -> None:
        """Close the snapshot."""
        self.snapshot.close()
