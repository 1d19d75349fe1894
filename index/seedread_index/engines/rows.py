"""The rows of an answer of an engine on this machine: articles by rank, near-duplicates under the best.

What is shared by the engines that stand beside a catalogue: the order of rows and their grouping.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import filterfalse
from typing import overload

from seedread_index.engines.article_keys import keys_of
from seedread_index.engines.base import DocValues, Order
from seedread_index.model.results import Row, Sort

_FIRST = 500
"""Rows that are in order at once."""
Scores = dict[int, float]
"""Articles by rank, with what they are worth for a query."""
_NO_SCORES: Mapping[int, float] = {}
_NO_VARIANTS: Mapping[int, Sequence[int]] = {}


class RankedRows:
    """Articles by rank in the order of an answer; implements `Rows`."""

    exact = True

    def __init__(
        self,
        values: DocValues,
        ranks: Sequence[int],
        scores: Mapping[int, float] = _NO_SCORES,
        variants: Mapping[int, Sequence[int]] = _NO_VARIANTS,
    ) -> None:
        self._values = values
        self._ranks = ranks
        self._scores = scores
        self._variants = variants
        self._rows_of: array[int] | None = None

    def __len__(self) -> int:
        return len(self._ranks)

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows [start, stop), as far as there are any."""
        ranks = self._ranks[start:stop]
        below = [self._variants.get(rank, ()) for rank in ranks]
        names = iter(self._values.ids([*ranks, *(rank for each in below for rank in each)]))
        ids = [next(names) for _ in ranks]
        return [
            Row(article_id, self.score(rank), tuple(next(names) for _ in variants))
            for rank, article_id, variants in zip(ranks, ids, below, strict=True)
        ]

    def score(self, rank: int) -> float:
        """What an article is worth."""
        return self._scores.get(rank, 0.0)

    def position_of(self, article_id: str) -> int | None:
        """The row of an article, None where it has none of its own."""
        row = next(self._rows_among([article_id]))
        return None if row < 0 else row

    def count_among(self, ids: Iterable[str]) -> int:
        """How many of some articles have a row of their own."""
        return sum(row >= 0 for row in self._rows_among(list(dict.fromkeys(ids))))

    def _rows_among(self, ids: Sequence[str]) -> Iterator[int]:
        """The row of each article, -1 where it has none."""
        if self._rows_of is None:
            rows_of = array("i", (-1,)) * len(self._values)
            for row, rank in enumerate(self._ranks):
                rows_of[rank] = row
            self._rows_of = rows_of
        for rank in self._values.ranks(keys_of(ids)):
            yield self._rows_of[rank] if rank >= 0 else -1


class NewestFirst:
    """Every article of a commit, newest first; near-duplicates under their representatives, or not."""

    def __init__(self, values: DocValues) -> None:
        self._values = values
        self._grouped: RankedRows | None = None

    def rows(self, order: Order) -> RankedRows:
        """The rows; near-duplicates are grouped where the order wants it."""
        if order.sort in ("title", "path"):
            return answer(self._values, dict.fromkeys(range(len(self._values)), 0.0), order)
        if not order.group:
            return RankedRows(self._values, range(len(self._values)))
        if self._grouped is None:
            below: dict[int, list[int]] = {}
            for member, representative in self._values.groups().items():
                if member != representative:
                    below.setdefault(representative, []).append(member)
            hidden = {member for members in below.values() for member in members}
            ranks = array("i", filterfalse(hidden.__contains__, range(len(self._values))))
            variants = {best: sorted(members) for best, members in below.items()}
            self._grouped = RankedRows(self._values, ranks, variants=variants)
        return self._grouped


def answer(values: DocValues, scores: Scores, order: Order) -> RankedRows:
    """The rows of articles with scores, which it changes. Ties of relevance go to the newer article."""
    variants = group(scores, values.groups()) if order.group else {}
    return RankedRows(values, _ordered(scores, values, order.sort), scores, variants)


def group(scores: Scores, groups: Mapping[int, int]) -> dict[int, list[int]]:
    """Take near-duplicates out of the scores, all but the best of each group; what stands under which."""
    found: dict[int, list[int]] = {}
    by_representative: dict[int, list[int]] = {}
    for rank in scores.keys() & groups.keys():
        by_representative.setdefault(groups[rank], []).append(rank)
    for representative, members in by_representative.items():
        if len(members) > 1:
            members.sort(key=lambda rank: (-scores[rank], rank != representative, rank))
            best, *others = members
            found[best] = others
            for rank in others:
                del scores[rank]
    return found


def _ordered(scores: Scores, values: DocValues, sort: Sort) -> Sequence[int]:
    """Ranks in the wanted order."""
    if sort == "relevance":
        return BestFirst(scores)
    ranks = array("i", sorted(scores))
    if sort == "date":
        return ranks
    return array("i", sorted(ranks, key=values.order(sort).__getitem__))


class OnDemand(Sequence[int]):
    """Ranks of which only the first ones are put in order until others are asked for."""

    __slots__ = ()

    def _up_to(self, stop: int) -> list[int]:
        """The ranks in order, at least the first `stop`."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            rows = range(*index.indices(len(self)))
            return self._up_to(max(rows[0], rows[-1]) + 1)[index] if rows else []
        return self._up_to(index + 1 if index >= 0 else len(self))[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._up_to(len(self)))


class BestFirst(OnDemand):
    """Ranks by falling scores, the newer first where these are the same; the rows behind the first ones,
    which are seldom looked at, are put in order when they are."""

    __slots__ = ("_ranks", "_scores")

    def __init__(self, scores: Scores) -> None:
        self._scores = scores
        least = nlargest(_FIRST, scores.values())[-1] if len(scores) > 2 * _FIRST else float("-inf")
        self._ranks = self._in_order(rank for rank, score in scores.items() if score >= least)

    def _in_order(self, ranks: Iterable[int]) -> list[int]:
        found = sorted(ranks)
        found.sort(key=self._scores.__getitem__, reverse=True)
        return found

    def _up_to(self, stop: int) -> list[int]:
        if stop > len(self._ranks) < len(self._scores):
            self._ranks = self._in_order(self._scores)
        return self._ranks

    def __len__(self) -> int:
        return len(self._scores)
