"""Finds exact phrases over a whole archive, pair of neighbouring words by pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import compress, islice, pairwise, repeat
from operator import add

from seedread_index.engines.whoosh.scoring.view import View
from seedread_index.engines.whoosh.snapshot import Positions
from seedread_index.model.deadline import Deadline
from seedread_index.text.proximity import starts_of_phrase


def phrase(
    view: View, field: str, terms: Sequence[str], among: Set[int] | None, deadline: Deadline
) -> dict[int, float]:
    """The articles in which the terms follow each other, by rank, with the sum of their scores; with `among`
    others than these are left out. Raises Expired."""
    known: dict[str, Positions] = {}
    for term in sorted(set(terms), key=lambda each: view.snapshot.frequency(field, each)):
        deadline.check()
        known[term] = view.snapshot.positions(field, term)
        if not known[term].documents:
            return {}
    rarest, *others = (positions.documents for positions in known.values())
    found: Set[int] = set(rarest).intersection(*others)
    if among is not None:
        found = {number for number in found if view.ranks[number] in among}
    for left, right in dict.fromkeys(pairwise(terms)):
        deadline.check()
        found = _followed(known[left], known[right], found)
    if len(terms) > 2:
        found = _in_a_row([known[term] for term in terms], found, deadline)
    deadline.check()
    return _scored(view, field, terms, known, found)


def _followed(left: Positions, right: Positions, among: Set[int]) -> set[int]:
    """Those documents in which a position of `right` comes right after one of `left`."""
    few, many, step = (left, right, 1) if len(left.every) <= len(right.every) else (right, left, -1)
    beside, every = list(map(add, few.every, repeat(step))), many.every
    numbers = filter(among.__contains__, left.documents)
    return {
        number
        for number, (first, last), (start, end) in zip(
            numbers, _bounds(few, among), _bounds(many, among), strict=True
        )
        if (
            beside[first] in every[start:end]
            if last - first == 1
            else not set(beside[first:last]).isdisjoint(every[start:end])
        )
    }


def _bounds(positions: Positions, among: Set[int]) -> Iterator[tuple[int, int]]:
    """Where the positions of each of the documents start and end, in the order of the documents."""
    wanted = list(map(among.__contains__, positions.documents))
    ends = islice(positions.starts, 1, None)
    return zip(compress(positions.starts, wanted), compress(ends, wanted), strict=True)


def _in_a_row(each: Sequence[Positions], among: Set[int], deadline: Deadline) -> set[int]:
    """Those documents in which all of the terms follow each other. Raises Expired."""
    numbers = filter(among.__contains__, each[0].documents)
    unique = {id(positions): positions for positions in each}
    once = {key: list(_bounds(positions, among)) for key, positions in unique.items()}
    bounds = zip(*(once[id(positions)] for positions in each), strict=True)
    found = set()
    for number, at_each in zip(numbers, bounds, strict=True):
        deadline.check()
        here = (positions.every[start:end] for positions, (start, end) in zip(each, at_each, strict=True))
        if starts_of_phrase(here):
            found.add(number)
    return found


def _scored(
    view: View, field: str, terms: Sequence[str], known: dict[str, Positions], found: Set[int]
) -> dict[int, float]:
    """BM25 of the terms in the documents, by rank; deleted ones are left out."""
    numbers = sorted(found)
    often = {
        term: [end - start for start, end in _bounds(positions, found)] for term, positions in known.items()
    }
    totals: list[float] = [0.0] * len(numbers)
    for term, times in Counter(terms).items():
        count = len(known[term].documents)
        if view.snapshot.deleted:
            count -= len(view.snapshot.deleted.intersection(known[term].documents))
        weights = view.weight(field, count, numbers, often[term])
        totals = [total + times * weight for total, weight in zip(totals, weights, strict=True)]
    scores = dict(zip(map(view.ranks.__getitem__, numbers), totals, strict=True))
    scores.pop(-1, None)
    return scores
