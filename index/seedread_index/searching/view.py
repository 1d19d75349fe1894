"""One commit of the index in the order of the catalogue: rows ranked newest first, scores of terms."""

from __future__ import annotations

import math
import threading
from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from seedread_index.storage.postings import ALL, TITLE, Row
from seedread_index.storage.snapshot import Snapshot

K1, B = 1.2, 0.75
"""BM25's saturation and length parameters."""
TITLE_BOOST = 0.5
_MOST_CACHED = 3_000_000
"""Postings kept from earlier searches, eight bytes each."""


class Scored(NamedTuple):
    """Ranks of the articles that have a term, and what the term is worth in each."""

    ranks: array[int]
    scores: array[float]


class View:
    """A snapshot of the full text in which every document is known by its rank: its place in `ids`."""

    def __init__(
        self, snapshot: Snapshot, ids: Sequence[str], groups: Mapping[str, str], generation: int
    ) -> None:
        self.snapshot = snapshot
        self.generation = generation
        self.ids = ids
        self.rank_of = {article_id: rank for rank, article_id in enumerate(ids)}
        get = self.rank_of.get
        self.ranks = array("i", (get(row.id, -1) for row in snapshot.rows))
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
            self.rank_of[member]: self.rank_of[leader]
            for member, leader in groups.items()
            if member in self.rank_of and leader in self.rank_of
        }
        self.groups |= {leader: leader for leader in self.groups.values()}
        self._norms = {ALL: self._norm("size"), TITLE: self._norm("title_size")}
        self._cache: OrderedDict[tuple[str, str], Scored] = OrderedDict()
        self._cached = 0
        self._lock = threading.Lock()
        self.users = 0
        self.retired = False

    def _norm(self, name: str) -> array[float]:
        """What BM25 adds to a frequency for the length of each document."""
        sizes = [getattr(row, name) for row in self.snapshot.rows]
        average = (sum(sizes) / len(sizes) if sizes else 0) or 1
        flat, steep = K1 * (1 - B), K1 * B / average
        return array("f", [flat + steep * size for size in sizes])

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
        ranks = array("i", [known[number] for number in documents])
        norms = self._norms.get(field)
        if norms is None:
            scores = array("f", bytes(4 * len(ranks)))
        else:
            weight = (math.log(max(self.documents, 1) / (len(ranks) + 1)) + 1) * (K1 + 1)
            weight = max(weight, 0.01)
            scores = array(
                "f",
                [
                    weight * frequency / (frequency + norms[number])
                    for number, frequency in zip(documents, frequencies, strict=True)
                ],
            )
        if self.documents < len(self.snapshot.rows) and -1 in ranks:
            pairs = [(rank, score) for rank, score in zip(ranks, scores, strict=True) if rank >= 0]
            ranks, scores = array("i", [rank for rank, _ in pairs]), array("f", [score for _, score in pairs])
        return Scored(ranks, scores)

    def places(self, field: str, term: str, wanted: set[int]) -> dict[int, array[int]]:
        """Positions of a term in the articles of the wanted ranks."""
        known = self.ranks
        numbers = {self._numbers[rank] for rank in wanted}
        return {known[number]: at for number, at in self.snapshot.places(field, term, numbers).items()}

    def close(self) -> None:
        """Close the snapshot."""
        self.snapshot.close()
