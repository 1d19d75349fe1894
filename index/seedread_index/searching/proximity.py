"""Where terms stand together: phrases, and words near each other in any order."""

from __future__ import annotations

from collections.abc import Sequence


def starts_of_phrase(places: Sequence[Sequence[int]]) -> list[int]:
    """The positions at which slot follows slot without a gap."""
    starts = set(places[0])
    for offset, at_each in enumerate(places[1:], 1):
        starts.intersection_update([at - offset for at in at_each])
        if not starts:
            return []
    return sorted(starts)


def near_windows(places: Sequence[Sequence[int]], slop: int) -> list[tuple[int, ...]]:
    """Smallest sets of positions, one a slot and all different, with at most `slop` others between."""
    events = sorted((at, slot) for slot, at_each in enumerate(places) for at in at_each)
    reach = len(places) + slop
    last = [-1] * len(places)
    found: list[tuple[int, ...]] = []
    for at, slot in events:
        chosen = _different(places, slot, at, last, reach)
        last[slot] = at
        if chosen is not None and (not found or found[-1] != chosen):
            found.append(chosen)
    return found


def _different(
    places: Sequence[Sequence[int]], slot: int, at: int, last: list[int], reach: int
) -> tuple[int, ...] | None:
    """Positions for every slot that end at `at`, the latest free ones; None when too far apart."""
    taken = {at}
    chosen = [-1] * len(places)
    chosen[slot] = at
    for other in sorted((each for each in range(len(places)) if each != slot), key=lambda each: -last[each]):
        position = last[other]
        if position in taken:
            position = max((each for each in places[other] if each < at and each not in taken), default=-1)
        if position < 0 or at - position >= reach:
            return None
        taken.add(position)
        chosen[other] = position
    return tuple(sorted(chosen))
