"""Where terms stand together: phrases, and words near each other in any order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from seedread_index.model.deadline import Deadline


def starts_of_phrase(places: Iterable[Sequence[int]]) -> list[int]:
    """The positions at which slot follows slot without a gap; it stops where none is left."""
    each = iter(places)
    starts = set(next(each))
    for offset, at_each in enumerate(each, 1):
        starts.intersection_update([at - offset for at in at_each])
        if not starts:
            return []
    return sorted(starts)


def near_windows(
    places: Sequence[Sequence[int]], counts: Sequence[int], slop: int, deadline: Deadline
) -> Iterator[tuple[int, ...]]:
    """The tightest sets of positions that end at each position, with at most `slop` others between.

    `places` are the positions of each different slot and `counts` how many of them are wanted, all of them
    different. The lists are merged and walked once; of each slot only the latest positions are remembered,
    so the cost grows with the number of positions, not with the ways to combine them.
    """
    wanted = sum(counts)
    slots_at: dict[int, list[int]] = {}
    for slot, at_each in enumerate(places):
        for at in at_each:
            slots_at.setdefault(at, []).append(slot)
    apart = all(len(slots) == 1 for slots in slots_at.values())
    latest = [deque[int](maxlen=count if apart else wanted) for count in counts]
    for at in sorted(slots_at):
        if deadline.over():
            return
        for slot in slots_at[at]:
            latest[slot].append(at)
        oldest = at - wanted - slop
        each_count = zip(latest, counts, strict=True)
        if any(len(each) < count or each[-count] <= oldest for each, count in each_count):
            continue
        chosen = {at for each in latest for at in each if at > oldest}
        if apart:
            yield tuple(sorted(chosen))
        elif window := _assigned(chosen, slots_at, counts):
            yield window


def _assigned(
    chosen: set[int], slots_at: Mapping[int, Sequence[int]], counts: Sequence[int]
) -> tuple[int, ...] | None:
    """The latest of the positions that give every slot its number of them, none of them twice.

    Positions are given out from the last one on, moved to another of their slots where that makes room: the
    greedy algorithm over a transversal matroid, so the tightest window is found wherever there is one.
    """
    taken: list[list[int]] = [[] for _ in counts]
    free = sum(counts)

    def give(position: int, tried: set[int]) -> bool:
        for slot in slots_at[position]:
            if slot in tried:
                continue
            tried.add(slot)
            if len(taken[slot]) < counts[slot]:
                taken[slot].append(position)
                return True
            for index, other in enumerate(taken[slot]):
                if give(other, tried):
                    taken[slot][index] = position
                    return True
        return False

    for position in sorted(chosen, reverse=True):
        free -= give(position, set())
        if not free:
            return tuple(sorted(at for each in taken for at in each))
    return None
