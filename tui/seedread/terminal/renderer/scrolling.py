"""Finding whole-width regions of the screen that moved up or down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from seedread.terminal.renderer.frame import Frame

_COST = 24
"""A scroll must save more cells than this to be worth its bytes."""


def find_scrolls(shown: Frame, wanted: Frame, changed: list[int]) -> list[tuple[int, int, int]]:
    """Regions to scroll first, as (top, bottom, by): rows [top, bottom) move up by `by`.

    The best move of rows is looked for first, then one more in the rows that it left alone.
    """
    found: list[tuple[int, int, int]] = []
    left = set(changed)
    for _ in range(2):
        region = _best_region(shown, wanted, sorted(left))
        if region is None:
            break
        found.append(region)
        left -= set(range(region[0], region[1]))
    return found


def _best_region(shown: Frame, wanted: Frame, rows: list[int]) -> tuple[int, int, int] | None:
    if len(rows) < 2:
        return None
    places: dict[tuple[str, ...], list[int]] = {}
    for y in rows:
        if any(cell != " " for cell in shown.cells[y]):
            places.setdefault(tuple(shown.cells[y]), []).append(y)
    votes: Counter[int] = Counter()
    for y in rows:
        for old in places.get(tuple(wanted.cells[y]), ()):
            votes[old - y] += 1
    best: tuple[int, tuple[int, int, int]] | None = None
    for by, _ in votes.most_common(3):
        region = _region(shown, wanted, rows, by)
        if region is not None and (best is None or region[0] > best[0]):
            best = region
    return best[1] if best is not None and best[0] > _COST else None


def _region(shown: Frame, wanted: Frame, rows: list[int], by: int) -> tuple[int, tuple[int, int, int]] | None:
    """The cells that moving rows by `by` saves, and the region."""
    if by == 0:
        return None
    low, high = rows[0], rows[-1] + 1
    gain: dict[int, int] = {}
    for y in range(low, high):
        if low <= y + by < high:
            gain[y] = _cost(shown, y, wanted, y) - _cost(shown, y + by, wanted, y)
    best, best_range = 0, (0, 0)
    total, start = 0, None
    for y in sorted(gain):
        if start is None or total <= 0:
            total, start = 0, y
        total += gain[y]
        if total > best:
            best, best_range = total, (start, y + 1)
    if not best:
        return None
    top, stop = best_range
    coming = range(stop, stop + by) if by > 0 else range(top + by, top)
    region = (top, stop + by, by) if by > 0 else (top + by, stop, by)
    best -= sum(_blank_cost(wanted, y) - _cost(shown, y, wanted, y) for y in coming)
    return best - abs(by), region


def _cost(shown: Frame, old: int, wanted: Frame, new: int) -> int:
    cells, style_ids = shown.cells[old], shown.style_ids[old]
    if cells == wanted.cells[new] and style_ids == wanted.style_ids[new]:
        return 0
    return max(_different(cells, wanted.cells[new]), _different(style_ids, wanted.style_ids[new]))


def _different(one: Sequence[object], other: Sequence[object]) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _blank_cost(wanted: Frame, y: int) -> int:
    return sum(
        1
        for cell, style_id in zip(wanted.cells[y], wanted.style_ids[y], strict=True)
        if cell != " " or style_id
    )
