"""The encoder: the fewest bytes that turn one picture on a terminal into another."""

from __future__ import annotations

from operator import ne

from seedread.terminal.renderer.frame import Picture
from seedread.terminal.renderer.scrolling import find_scrolls
from seedread.terminal.renderer.styles import PLAIN
from seedread.terminal.renderer.widths import Run, runs, spread, sure

_WORTH_ERASING = 5
"""Blank cells at the end of a row from which on erasing is shorter than spaces."""
_WORTH_SKIPPING = 10
"""Blank cells inside a row from which on erasing and jumping over them is."""
_SURE = frozenset(map(chr, range(32, 127)))
_BRIDGED = 8
"""Unchanged cells that may be written again rather than jumped over."""


class Encoder:
    """Writes the differences between pictures; knows where cursor and pen of the terminal are.

    Nothing that terminals disagree about is used: cells are erased and scrolled in with the default
    background only (with and without background colour erase it looks the same), runs of uncertain width are
    written in one go, the cursor is placed anew after them and after the last column, margins are reset at
    once.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Know nothing about cursor and pen."""
        self._x: int | None = None
        self._y: int | None = None
        self._pen: int | None = None
        self._out: list[str] = []

    def cleared(self) -> str:
        """The sequence that makes the screen blank, cursor and pen known."""
        self._x = self._y = 0
        self._pen = PLAIN
        return "\x1b[m\x1b[H\x1b[2J"

    def encode(self, shown: Picture, wanted: Picture, cursor: tuple[int, int]) -> str:
        """The bytes from one picture to the other, of the same size; `shown` becomes `wanted`."""
        self._out = []
        styles = wanted.styles
        changed = [
            y
            for y in range(wanted.height)
            if wanted.cells[y] != shown.cells[y] or wanted.looks[y] != shown.looks[y]
        ]
        if len(changed) > 2:
            for top, bottom, by in find_scrolls(shown, wanted, changed):
                self._scroll(shown, top, bottom, by)
            changed = list(range(changed[0], changed[-1] + 1))
        for y in changed:
            self._row(y, shown, wanted)
            shown.cells[y] = wanted.cells[y][:]
            shown.looks[y] = wanted.looks[y][:]
        x, y = min(cursor[0], wanted.width - 1), min(cursor[1], wanted.height - 1)
        if self._out or (self._x, self._y) != (x, y):
            self._go(x, y)
        if self._pen and styles[self._pen].link:
            self._use(PLAIN, styles.change(self._pen, PLAIN))
        return "".join(self._out)

    def _use(self, pen: int, sequence: str) -> None:
        self._out.append(sequence)
        self._pen = pen

    def _plain(self, picture: Picture) -> None:
        """Make sure that erased and scrolled-in cells get the default look."""
        if self._pen is None or picture.styles.on_blank[self._pen] != PLAIN:
            self._use(PLAIN, "\x1b[m" if self._pen is None else picture.styles.change(self._pen, PLAIN))

    def _go(self, x: int, y: int) -> None:
        """Move the cursor the shortest way."""
        self._out.append(self._way(x, y))
        self._x, self._y = x, y

    def _way(self, x: int, y: int) -> str:
        """The shortest movement of the cursor to a place."""
        if (self._x, self._y) == (x, y):
            return ""
        row, column = str(y + 1) if y else "", f";{x + 1}" if x else ""
        ways = [f"\x1b[{row}{column}H"]
        if self._y == y:
            if x == 0:
                ways.append("\r")
            ways.append(f"\x1b[{x + 1}G")
            if self._x is not None:
                away = x - self._x
                ways.append(f"\x1b[{abs(away) if abs(away) > 1 else ''}{'C' if away > 0 else 'D'}")
                if -3 < away < 0:
                    ways.append("\b" * -away)
        elif self._y is not None and x == 0 and 0 < y - self._y < 3:
            ways.append("\r" + "\n" * (y - self._y))
        elif self._y is not None and x == self._x:
            away = y - self._y
            ways.append(f"\x1b[{abs(away) if abs(away) > 1 else ''}{'B' if away > 0 else 'A'}")
        return min(ways, key=len)

    def _scroll(self, shown: Picture, top: int, bottom: int, by: int) -> None:
        self._plain(shown)
        whole = top == 0 and bottom == shown.height
        if not whole:
            self._out.append(f"\x1b[{top + 1};{bottom}r")
            self._x = self._y = None
        if by == 1:
            self._go(0, bottom - 1)
            self._out.append("\n")
        else:
            self._go(0, top)
            self._out.append(f"\x1b[{by}M" if by > 0 else f"\x1b[{-by}L" if by < -1 else "\x1bM")
        if not whole:
            self._out.append("\x1b[r")
            self._x = self._y = None
        shown.shift(top, bottom, by)

    def _row(self, y: int, shown: Picture, wanted: Picture) -> None:
        old, new = shown.cells[y], wanted.cells[y]
        old_looks, looks = shown.looks[y], wanted.looks[y]
        width = wanted.width
        other = [a or b for a, b in zip(map(ne, old, new), map(ne, old_looks, looks), strict=True)]
        if True not in other:
            return
        before, uncertain = runs(old), runs(new)
        spread(other, before, uncertain)
        end = width
        while end and new[end - 1] == " " and looks[end - 1] == PLAIN:
            end -= 1
        if uncertain and uncertain[-1][1] == width:
            end = width
        tail = [x for x in range(end, width) if other[x]]
        last = end if len(tail) >= _WORTH_ERASING else width
        for start, stop in self._pieces(y, other[:last], wanted):
            x = start
            for run in uncertain:
                if start <= run[0] < stop:
                    self._piece(y, x, run[0], wanted)
                    under = wanted.blanked(y)
                    if not _stands(shown, under, y, run, before):
                        self._piece(y, *run, under)
                    self._run(y, run, wanted)
                    x = run[1]
            self._piece(y, x, stop, wanted)
        if last < width:
            if self._y != y or self._x is None or not end <= self._x <= tail[0]:
                self._go(min(end, tail[0], key=lambda x: len(self._way(x, y))), y)
            self._plain(wanted)
            self._out.append("\x1b[K")

    def _run(self, y: int, run: Run, picture: Picture) -> None:
        """Write a run in one go, over blank cells, since it may take fewer cells than it should, or more."""
        start, stop = run
        cells, looks = picture.cells[y], picture.looks[y]
        while stop > start and cells[stop - 1] == " ":
            stop -= 1
        self._go(start, y)
        for cell, look in zip(cells[start:stop], looks[start:stop], strict=True):
            self._wear(look, cell, picture)
            self._out.append(cell)
        self._x = None

    def _pieces(self, y: int, other: list[bool], wanted: Picture) -> list[tuple[int, int]]:
        """The stretches of a row to write: what changed, and what is shorter written than jumped over."""
        pieces: list[tuple[int, int]] = []
        looks, x = wanted.looks[y], 0
        while True in other[x:]:
            start = other.index(True, x)
            x = other.index(False, start) if False in other[start:] else len(other)
            if pieces:
                before = pieces[-1][1]
                jump = 3 if start - before == 1 else 4
                if _bridged(wanted, y, (before, start), looks[before - 1], jump):
                    start = pieces.pop()[0]
            elif start and self._y != y and self._pen is not None:
                jump = len(self._way(start, y)) - len(self._way(0, y))
                if _bridged(wanted, y, (0, start), self._pen, jump):
                    start = 0
            pieces.append((start, x))
        return pieces

    def _piece(self, y: int, start: int, stop: int, picture: Picture) -> None:
        cells, looks, width = picture.cells[y], picture.looks[y], picture.width
        out = self._out
        x = start
        while x < stop:
            cell, look = cells[x], looks[x]
            if self._x != x or self._y != y:
                self._go(x, y)
            if cell == " ":
                blanks = _blanks(cells, looks, x, stop) if look == PLAIN else 0
                if blanks >= _WORTH_SKIPPING:
                    self._plain(picture)
                    out.append(f"\x1b[{blanks}X")
                    x += blanks
                    continue
            self._wear(look, cell, picture)
            out.append(cell)
            x += 2 if x + 1 < width and cells[x + 1] == "" else 1
            self._x = x if x < width and (cell in _SURE or sure(cell)) else None

    def _wear(self, look: int, cell: str, picture: Picture) -> None:
        """Change the pen to a style, unless the cell is blank and looks the same in what it wears."""
        styles = picture.styles
        if self._pen == look or (
            cell == " " and self._pen is not None and styles.on_blank[self._pen] == look
        ):
            return
        if self._pen is None:
            self._use(PLAIN, "\x1b[m")
        if self._pen != look:
            self._use(look, styles.change(self._pen or PLAIN, look))


def _stands(shown: Picture, under: Picture, y: int, run: Run, before: list[Run]) -> bool:
    """Whether the terminal already shows the blank cells that a run is to be written over."""
    start, stop = run
    return (
        not any(first < stop and start < last for first, last in before)
        and shown.cells[y][start:stop] == under.cells[y][start:stop]
        and shown.looks[y][start:stop] == under.looks[y][start:stop]
    )


def _blanks(cells: list[str], looks: list[int], x: int, stop: int) -> int:
    """How many plain spaces stand in a row."""
    end = x
    while end < stop and cells[end] == " " and looks[end] == PLAIN:
        end += 1
    return end - x


def _bridged(picture: Picture, y: int, gap: tuple[int, int], pen: int, jump: int) -> bool:
    """Whether a gap in a row, with the pen as given, is written in no more bytes than a jump takes."""
    start, stop = gap
    if stop - start > _BRIDGED or not all(map(_certain, picture.cells[y][max(start - 1, 0) : stop])):
        return False
    return _written(picture, y, start, stop + 1, pen) <= jump + _written(picture, y, stop, stop + 1, pen)


def _certain(cell: str) -> bool:
    return cell in _SURE or not cell or sure(cell)


def _written(picture: Picture, y: int, start: int, stop: int, pen: int) -> int:
    """How many bytes cells of a row take when they are written."""
    styles, count = picture.styles, 0
    for cell, look in zip(picture.cells[y][start:stop], picture.looks[y][start:stop], strict=True):
        if pen != look and not (cell == " " and styles.on_blank[pen] == look):
            count += len(styles.change(pen, look))
            pen = look
        count += len(cell.encode("utf-8", "replace"))
    return count
