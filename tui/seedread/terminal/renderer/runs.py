"""Runs: the stretches of a row in which a terminal may put characters elsewhere than Textual does."""

from __future__ import annotations

from seedread.terminal.renderer.widths import most_cells, sure

_GAP = 2
"""Blank cells from which on what follows is taken for a column of its own and not for the next word."""

Run = tuple[int, int]


def runs(cells: list[str]) -> list[Run]:
    """The (start, end) of each run in a row, which is written whole and in one go, or not at all.

    A run starts with the first character of uncertain width, or the one before, which that may be drawn into.
    It goes on up to the next column of the row: to a character after so many blank cells that those before it
    cannot have come so far, wherever the terminal put them. So the cursor is never placed on a character that
    is to stay, and what stands outside of runs is where it should be.
    """
    if "".join(cells).isascii():
        return []
    found: list[Run] = []
    x, end = 0, 0
    while x < len(cells):
        if cells[x] == "" or sure(cells[x]):
            x += 1
            continue
        start, end = _start(cells, x, end), _end(cells, x)
        found.append((start, end))
        x = end
    return found


def _start(cells: list[str], x: int, free_from: int) -> int:
    """Where a run starts whose first uncertain character is at `x`."""
    before = x - 1
    while before > free_from and cells[before] == "":
        before -= 1
    return before if before >= free_from and cells[before] != " " else x


def _end(cells: list[str], x: int) -> int:
    """The next column after an uncertain character at `x`, or the end of the row."""
    further = blanks = 0
    while x < len(cells):
        cell = cells[x]
        if cell == " ":
            blanks += 1
        elif cell:
            if blanks >= _GAP and blanks > further:
                break
            blanks = 0
            width = 2 if cells[x + 1 : x + 2] == [""] else 1
            further += most_cells(cell, width) - width
        x += 1
    return x


def spread(other: list[bool], old: list[Run], new: list[Run]) -> None:
    """Mark all cells of runs in which something changes, and of runs that no longer stand as they stood."""
    kept = set(old) & set(new)
    for start, end in [run for run in old if run not in kept] + new:
        if (start, end) not in kept or True in other[start:end]:
            other[start:end] = [True] * (end - start)
