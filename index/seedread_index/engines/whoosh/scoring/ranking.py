"""Puts the articles that were found in order, near-duplicates under the best of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from typing import Generic, Protocol, TypeVar, overload

from seedread_index.engines.whoosh.scoring.evaluator import Scores
from seedread_index.engines.whoosh.scoring.index_reader import IndexReader
from seedread_index.model.search_request import Sort
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
