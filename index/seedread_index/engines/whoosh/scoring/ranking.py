"""Puts the articles that were found in order, near-duplicates under the best of them.

Before that articles are raised in which words that stand side by side in a question do so, too: term
proximity, after Rasolofo and Savoy, "Term Proximity Scoring for Keyword-Based Retrieval Systems" (ECIR 2003).
A pair of neighbouring words of the query, at a distance of d words in an article (1 where one follows the
other), gains

    weight * min(idf of both) / d²        idf = ln(1 + N / (n + 1))

with N articles, n of them with the word. Unlike there only neighbours in the query make a pair, only its
nearest place counts, and a place in the other order is one word further apart.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from typing import Generic, Protocol, TypeVar, overload

from seedread_index.engines.base import AllOf, AnyOf, Plan, Terms
from seedread_index.engines.whoosh.postings import ALL
from seedread_index.engines.whoosh.scoring.evaluator import Scores
from seedread_index.engines.whoosh.scoring.index_reader import IndexReader
from seedread_index.model.deadline import Deadline
from seedread_index.model.results import Sort
from seedread_index.text.folding import folded

_Value = TypeVar("_Value")
_Value_co = TypeVar("_Value_co", covariant=True)
_FIRST = 500
"""Rows that are in order at once."""


class Header(Protocol):
    """What the order of results goes by."""

    @property
    def id(self) -> str:
        """The article's id."""

    @property
    def title(self) -> str:
        """Its headline."""

    @property
    def path(self) -> str:
        """Its path relative to its root."""


Headers = Callable[[Sequence[str]], Sequence[Header]]
"""Gives the headers of articles by their ids."""


def grouped(scores: Scores, view: IndexReader) -> dict[int, list[int]]:
    """Takes near-duplicates out of the scores, all but the best of each group; what stands under which."""
    found: dict[int, list[int]] = {}
    by_representative: dict[int, list[int]] = {}
    for rank in scores.keys() & view.groups.keys():
        by_representative.setdefault(view.groups[rank], []).append(rank)
    for representative, members in by_representative.items():
        if len(members) > 1:
            members.sort(key=lambda rank: (-scores[rank], rank != representative, rank))
            best, *others = members
            found[best] = others
            for rank in others:
                del scores[rank]
    return found


def ordered(scores: Scores, view: IndexReader, sort: Sort, headers: Headers) -> Sequence[int]:
    """Ranks in the wanted order. Ties of relevance go to the newer article."""
    if sort == "relevance":
        return BestFirst(scores)
    newest = sorted(scores)
    if sort == "date":
        return newest
    keys: dict[str, tuple[str, ...]] = {}
    for header in headers([view.ids[rank] for rank in newest]):
        title = folded(header.title).strip("\"'“”‘’«» ")
        keys[header.id] = (title, header.path) if sort == "title" else (header.path,)
    return sorted(newest, key=lambda rank: keys.get(view.ids[rank], ("",)))


class BestFirst(Sequence[int]):
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


class _Table(Protocol[_Value_co]):
    """What is looked up in: a list or a dict by rank."""

    def __getitem__(self, rank: int, /) -> _Value_co:
        """The value of a rank."""


class Lookup(Sequence[_Value], Generic[_Value]):
    """A list of what ranks stand for, looked up when it is read: most rows never are."""

    __slots__ = ("_ranks", "_table")

    def __init__(self, ranks: Sequence[int], table: _Table[_Value]) -> None:
        self._ranks = ranks
        self._table = table

    def __len__(self) -> int:
        return len(self._ranks)

    @overload
    def __getitem__(self, index: int) -> _Value: ...
    @overload
    def __getitem__(self, index: slice) -> list[_Value]: ...
    def __getitem__(self, index: int | slice) -> _Value | list[_Value]:
        if isinstance(index, slice):
            return [self._table[rank] for rank in self._ranks[index]]
        return self._table[self._ranks[index]]

    def __iter__(self) -> Iterator[_Value]:
        return map(self._table.__getitem__, self._ranks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much nearness is worth, and where it is looked for.

    `weight` was set by hand by what four collections agreed on; see `bm25.Weights` for the two that can be
    measured by benchmarks/check_ranking.py --vary, where a quarter less and more of it gives a MAP of 0.710
    and 0.705 (0.707 as it is). `reach` and `depth` were chosen by hand: a quarter changes nothing there.
    """

    weight: float = 0.8
    """What two words next to each other are worth, in parts of the rarer one's idf."""
    reach: int = 8
    """Words further apart than this gain nothing."""
    depth: int = 100
    """How many of the best articles by BM25 are looked at."""


WEIGHTS = Weights()


def boost_proximity(scores: Scores, plan: Plan, view: IndexReader, deadline: Deadline) -> None:
    """Add to the best articles' scores for pairs of neighbouring query words that stand near each other."""
    words = _words(plan)
    if len(words) < 2 or not scores:
        return
    best = set(nlargest(WEIGHTS.depth, scores, key=scores.__getitem__))
    positions = {
        word: view.positions(ALL, word, best) for word in dict.fromkeys(words) if not deadline.over()
    }
    weights = {
        word: math.log1p(view.documents / (1 + len(view.scored(ALL, word).ranks))) for word in positions
    }
    for left, right in dict.fromkeys(pairwise(words)):
        if left == right or deadline.over():
            continue
        weight = WEIGHTS.weight * min(weights[left], weights[right])
        for rank in best:
            if rank not in positions[left] or rank not in positions[right]:
                continue
            if (apart := _nearest(positions[left][rank], positions[right][rank])) <= WEIGHTS.reach:
                scores[rank] += weight / apart**2


def _words(plan: Plan) -> list[str]:
    """The plain words of a question, in its order."""
    parts = plan.parts if isinstance(plan, AnyOf | AllOf) else ()
    if parts and isinstance(parts[0], AnyOf):
        parts = parts[0].parts
    return [
        next(iter(part.slots[0]))
        for part in parts
        if isinstance(part, Terms) and part.field is None and len(part.slots) == 1 and len(part.slots[0]) == 1
    ]


def _nearest(left: Sequence[int], right: Sequence[int]) -> int:
    """The smallest distance between a position of one and of the other; a step back counts as one more."""
    nearest = WEIGHTS.reach + 1
    for at in left:
        index = bisect_left(right, at)
        if index < len(right) and right[index] > at:
            nearest = min(nearest, right[index] - at)
        if index:
            nearest = min(nearest, at - right[index - 1] + 1)
    return nearest
