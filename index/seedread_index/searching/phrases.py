"""Finds exact phrases over a whole archive, in steps that each take all articles at once.

No line of Python runs for a single article before few are left: phrases of common words wait for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import compress, islice, pairwise, repeat
from operator import add, not_, sub

from seedread_index.searching.proximity import starts_of_phrase
from seedread_index.searching.view import View
from seedread_index.storage.snapshot import Places


def phrase(view: View, field: str, terms: Sequence[str], among: Set[int] | None = None) -> dict[int, float]:
    """The articles in which the terms follow each other, by rank, with the sum of their scores; of these
    alone `among` others where it is given."""
    known: dict[str, Places] = {}
    for term in sorted(set(terms), key=lambda each: view.snapshot.frequency(field, each)):
        known[term] = view.snapshot.places(field, term)
        if not known[term].documents:
            return {}
    rarest, *others = (places.documents for places in known.values())
    found: Set[int] = set(rarest).intersection(*others)
    if among is not None:
        found = {number for number in found if view.ranks[number] in among}
    for left, right in pairwise(terms):
        found = _followed(known[left], known[right], found)
    if len(terms) > 2:
        found = _in_a_row([known[term] for term in terms], found)
    return _scored(view, field, terms, known, found)


def _followed(left: Places, right: Places, among: Set[int]) -> set[int]:
    """Those documents in which a position of `right` comes right after one of `left`."""
    few, many, step = (left, right, 1) if len(left.every) <= len(right.every) else (right, left, -1)
    beside = list(map(add, few.every, repeat(step)))
    apart = map(set.isdisjoint, map(set, _cut(few, beside, among)), _cut(many, many.every, among))
    return set(compress(filter(among.__contains__, left.documents), map(not_, apart)))


def _cut(places: Places, every: Sequence[int], among: Set[int]) -> Iterator[Sequence[int]]:
    """The positions in each of the documents, in their order."""
    wanted = list(map(among.__contains__, places.documents))
    ends = compress(islice(places.starts, 1, None), wanted)
    return map(every.__getitem__, map(slice, compress(places.starts, wanted), ends))


def _in_a_row(each: Sequence[Places], among: Set[int]) -> set[int]:
    """Those documents in which all of the terms follow each other."""
    numbers = filter(among.__contains__, each[0].documents)
    rows = zip(*(_cut(places, places.every, among) for places in each), strict=True)
    return {number for number, row in zip(numbers, rows, strict=True) if starts_of_phrase(row)}


def _scored(
    view: View, field: str, terms: Sequence[str], known: dict[str, Places], found: Set[int]
) -> dict[int, float]:
    """BM25 of the terms in the documents, by rank; deleted ones are left out."""
    numbers = list(filter(found.__contains__, known[terms[0]].documents))
    totals: list[float] = [0.0] * len(numbers)
    for term in terms:
        documents, starts, _ = known[term]
        wanted = list(map(found.__contains__, documents))
        frequencies = list(map(sub, compress(islice(starts, 1, None), wanted), compress(starts, wanted)))
        count = len(documents) - len(view.snapshot.deleted.intersection(documents))
        totals = list(map(add, totals, view.worth(field, count, numbers, frequencies)))
    scores = dict(zip(map(view.ranks.__getitem__, numbers), totals, strict=True))
    scores.pop(-1, None)
    return scores
