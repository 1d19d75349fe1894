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
_KEPT = 1_000_000
"""How many shingles of articles looked at before are kept at hand, some 60 MB."""


def group_duplicates(catalogue: Catalogue, stopped: Callable[[], bool] = lambda: False) -> int:
    """Look for the near-duplicates of new articles, then make the groups; how many articles changed group."""
    waiting = ungrouped(catalogue)
    at_hand = _AtHand(catalogue)
    for start in range(0, len(waiting), _BATCH):
        if stopped():
            return 0
        with catalogue.transaction():
            for number in waiting[start : start + _BATCH]:
                put_pairs(catalogue, number, _alike(catalogue, number, at_hand))
    return _regroup(catalogue)


def _alike(catalogue: Catalogue, number: int, at_hand: _AtHand) -> list[tuple[int, float]]:
    mine = sketch_of(catalogue, number)
    if not mine:
        return []
    found = []
    for other in candidates(catalogue, number, bands(mine)):
        if may_be_alike(mine, sketch_of(catalogue, other)):
            like = likeness(at_hand.shingles(number), at_hand.shingles(other))
            if like:
                found.append((other, like))
    return found


class _AtHand:
    """The shingles of the articles looked at last."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._found: dict[int, frozenset[int]] = {}
        self._count = 0

    def shingles(self, number: int) -> frozenset[int]:
        """An article's shingles."""
        if (known := self._found.get(number)) is not None:
            return known
        made = shingles(self._catalogue.by_number([number])[number])
        self._count += len(made)
        while self._count > _KEPT and self._found:
            self._count -= len(self._found.pop(next(iter(self._found))))
        self._found[number] = made
        return made


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
