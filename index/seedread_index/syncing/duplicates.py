"""Finds an archive's near-duplicates after a sync and groups them."""

from __future__ import annotations

from collections.abc import Callable

from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.grouping import (
    candidates,
    leaders,
    pairs,
    put_pairs,
    set_leaders,
    sketch_of,
    ungrouped,
)
from seedread_index.syncing.resemblance import bands, groups, likeness, may_be_alike, shingles

_BATCH = 200
_KEPT = 500
"""How many articles' shingles are kept at hand."""


def group_duplicates(catalogue: Catalogue, stopped: Callable[[], bool] = lambda: False) -> int:
    """Look for the near-duplicates of new articles, then make the groups; how many articles changed group."""
    waiting = ungrouped(catalogue)
    at_hand: dict[int, frozenset[int]] = {}
    for start in range(0, len(waiting), _BATCH):
        if stopped():
            return 0
        with catalogue.transaction():
            for number in waiting[start : start + _BATCH]:
                put_pairs(catalogue, number, _alike(catalogue, number, at_hand))
    return _regroup(catalogue)


def _alike(catalogue: Catalogue, number: int, at_hand: dict[int, frozenset[int]]) -> list[tuple[int, float]]:
    mine = sketch_of(catalogue, number)
    if not mine:
        return []
    found = []
    for other in candidates(catalogue, number, bands(mine)):
        if may_be_alike(mine, sketch_of(catalogue, other)):
            like = likeness(_shingles(catalogue, number, at_hand), _shingles(catalogue, other, at_hand))
            if like:
                found.append((other, like))
    return found


def _shingles(catalogue: Catalogue, number: int, at_hand: dict[int, frozenset[int]]) -> frozenset[int]:
    if number not in at_hand:
        while len(at_hand) >= _KEPT:
            del at_hand[next(iter(at_hand))]
        at_hand[number] = shingles(catalogue.by_number([number])[number])
    return at_hand[number]


def _regroup(catalogue: Catalogue) -> int:
    """Bring the stored groups level with the pairs."""
    found = pairs(catalogue)
    known = leaders(catalogue)
    if not found and not known:
        return 0
    names = catalogue.ids_of({number for one, other, _ in found for number in (one, other)})
    now = groups(found, names)
    changed = {
        number: now.get(number)
        for number in known.keys() | now.keys()
        if known.get(number) != now.get(number)
    }
    if changed:
        with catalogue.transaction():
            set_leaders(catalogue, changed)
            catalogue.bump()
    return len(changed)
