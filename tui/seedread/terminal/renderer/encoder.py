"""The encoder: the fewest bytes that turn one frame on a terminal into another."""

from __future__ import annotations

from operator import ne

from seedread.terminal.renderer.frame import Frame
from seedread.terminal.renderer.scrolling import find_scrolls
from seedread.terminal.renderer.styles import PLAIN
from seedread.terminal.renderer.widths import Run, extend_to_runs, is_certain_width, runs

_MIN_ERASED = 5
"""From this many blank cells at the end of a row on, erasing is shorter than spaces."""
_MIN_SKIPPED = 10
"""From this many blank cells inside a row on, erasing and jumping over them is."""
_ASCII = frozenset(map(chr, range(32, 127)))
_MAX_REWRITTEN = 8
"""At most so many unchanged cells are rewritten rather than jumped over."""


class Encoder:
    """Writes the differences between frames; knows the cursor and the pen (current style) of the terminal.

    Nothing that terminals disagree about is used: cells are erased and scrolled in with the default
    background only (with and without background colour erase it looks the same), runs of uncertain width are
    written in one go, the cursor is placed again after them and after the last column, margins are reset at
    once.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Forget cursor and pen."""
        self._x: int | None = None
        self._y: int | None = None
        self._pen: int | None = None
        self._out: list[str] = []

    def cleared(self) -> str:
        """The sequence that makes the screen blank, cursor and pen known."""
        self._x = self._y = 0
        self._pen = PLAIN
        return "\x1b[m\x1b[H\x1b[2J"

    def encode(self, shown: Frame, wanted: Frame, cursor: tuple[int, int]) -> str:
        """The bytes from one frame to another of the same size; `shown` becomes `wanted`."""
        self._out = []
        styles = wanted.styles
        changed = [
            y
            for y in range(wanted.height)
            if wanted.cells[y] != shown.cells[y] or wanted.style_ids[y] != shown.style_ids[y]
        ]
        if len(changed) > 2:
            for top, bottom, by in find_scrolls(shown, wanted, changed):
                self._scroll(shown, top, bottom, by)
            changed = list(range(changed[0], changed[-1] + 1))
        for y in changed:
            self._write_row(y, shown, wanted)
            shown.cells[y] = wanted.cells[y][:]
            shown.style_ids[y] = wanted.style_ids[y][:]
        x, y = min(cursor[0], wanted.width - 1), min(cursor[1], wanted.height - 1)
        if self._out or (self._x, self._y) != (x, y):
            self._move_to(x, y)
        if self._pen and styles[self._pen].link:
            self._emit_style(PLAIN, styles.change(self._pen, PLAIN))
        return "".join(self._out)

    def _emit_style(self, pen: int, sequence: str) -> None:
        self._out.append(sequence)
        self._pen = pen

    def _reset_style(self, frame: Frame) -> None:
        """Make sure that erased and scrolled-in cells get the default style."""
        if self._pen is None or frame.styles.on_blank[self._pen] != PLAIN:
            self._emit_style(PLAIN, "\x1b[m" if self._pen is None else frame.styles.change(self._pen, PLAIN))

    def _move_to(self, x: int, y: int) -> None:
        """Move the cursor with the fewest bytes."""
        self._out.append(self._cheapest_move(x, y))
        self._x, self._y = x, y

    def _cheapest_move(self, x: int, y: int) -> str:
        """The shortest sequence that moves the cursor."""
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

    def _scroll(self, shown: Frame, top: int, bottom: int, by: int) -> None:
        self._reset_style(shown)
        whole = top == 0 and bottom == shown.height
        if not whole:
            self._out.append(f"\x1b[{top + 1};{bottom}r")
            self._x = self._y = None
        if by == 1:
            self._move_to(0, bottom - 1)
            self._out.append("\n")
        else:
            self._move_to(0, top)
            self._out.append(f"\x1b[{by}M" if by > 0 else f"\x1b[{-by}L" if by < -1 else "\x1bM")
        if not whole:
            self._out.append("\x1b[r")
            self._x = self._y = None
        shown.shift(top, bottom, by)

    def _write_row(self, y: int, shown: Frame, wanted: Frame) -> None:
        old, new = shown.cells[y], wanted.cells[y]
        old_style_ids, style_ids = shown.style_ids[y], wanted.style_ids[y]
        width = wanted.width
        other = [a or b for a, b in zip(map(ne, old, new), map(ne, old_style_ids, style_ids), strict=True)]
        if True not in other:
            return
        before, uncertain = runs(old), runs(new)
        extend_to_runs(other, before, uncertain)
        end = width
        while end and new[end - 1] == " " and style_ids[end - 1] == PLAIN:
            end -= 1
        if uncertain and uncertain[-1][1] == width:
            end = width
        tail = [x for x in range(end, width) if other[x]]
        last = end if len(tail) >= _MIN_ERASED else width
        for start, stop in self._segments(y, other[:last], wanted):
            x = start
            for run in uncertain:
                if start <= run[0] < stop:
                    self._write_cells(y, x, run[0], wanted)
                    under = wanted.blanked(y)
                    if not _is_blank_already(shown, under, y, run, before):
                        self._write_cells(y, *run, under)
                    self._write_run(y, run, wanted)
                    x = run[1]
            self._write_cells(y, x, stop, wanted)
        if last < width:
            if self._y != y or self._x is None or not end <= self._x <= tail[0]:
                self._move_to(min(end, tail[0], key=lambda x: len(self._cheapest_move(x, y))), y)
            self._reset_style(wanted)
            self._out.append("\x1b[K")

    def _write_run(self, y: int, run: Run, frame: Frame) -> None:
        """Write a run in one go, over blank cells, since it may take fewer cells than it should, or more."""
        start, stop = run
        cells, style_ids = frame.cells[y], frame.style_ids[y]
        while stop > start and cells[stop - 1] == " ":
            stop -= 1
        self._move_to(start, y)
        for cell, style_id in zip(cells[start:stop], style_ids[start:stop], strict=True):
            self._set_style(style_id, cell, frame)
            self._out.append(cell)
        self._x = None

    def _segments(self, y: int, other: list[bool], wanted: Frame) -> list[tuple[int, int]]:
        """The parts of a row to write: what changed, and what is cheaper to rewrite than to jump over."""
        segments: list[tuple[int, int]] = []
        style_ids, x = wanted.style_ids[y], 0
        while True in other[x:]:
            start = other.index(True, x)
            x = other.index(False, start) if False in other[start:] else len(other)
            if segments:
                before = segments[-1][1]
                jump = 3 if start - before == 1 else 4
                if _is_cheaper_to_rewrite(wanted, y, (before, start), style_ids[before - 1], jump):
                    start = segments.pop()[0]
            elif start and self._y != y and self._pen is not None:
                jump = len(self._cheapest_move(start, y)) - len(self._cheapest_move(0, y))
                if _is_cheaper_to_rewrite(wanted, y, (0, start), self._pen, jump):
                    start = 0
            segments.append((start, x))
        return segments

    def _write_cells(self, y: int, start: int, stop: int, frame: Frame) -> None:
        cells, style_ids, width = frame.cells[y], frame.style_ids[y], frame.width
        out = self._out
        x = start
        while x < stop:
            cell, style_id = cells[x], style_ids[x]
            if self._x != x or self._y != y:
                self._move_to(x, y)
            if cell == " ":
                blanks = _blanks(cells, style_ids, x, stop) if style_id == PLAIN else 0
                if blanks >= _MIN_SKIPPED:
                    self._reset_style(frame)
                    out.append(f"\x1b[{blanks}X")
                    x += blanks
                    continue
            self._set_style(style_id, cell, frame)
            out.append(cell)
            x += 2 if x + 1 < width and cells[x + 1] == "" else 1
            self._x = x if x < width and (cell in _ASCII or is_certain_width(cell)) else None

    def _set_style(self, style_id: int, cell: str, frame: Frame) -> None:
        """Change the pen to a style, unless the cell is blank and looks the same without."""
        styles = frame.styles
        if self._pen == style_id or (
            cell == " " and self._pen is not None and styles.on_blank[self._pen] == style_id
        ):
            return
        if self._pen is None:
            self._emit_style(PLAIN, "\x1b[m")
        if self._pen != style_id:
            self._emit_style(style_id, styles.change(self._pen or PLAIN, style_id))


def _is_blank_already(shown: Frame, under: Frame, y: int, run: Run, before: list[Run]) -> bool:
    """Whether the terminal already shows the blank cells that a run is to be written over."""
    start, stop = run
    return (
        not any(first < stop and start < last for first, last in before)
        and shown.cells[y][start:stop] == under.cells[y][start:stop]
        and shown.style_ids[y][start:stop] == under.style_ids[y][start:stop]
    )


def _blanks(cells: list[str], style_ids: list[int], x: int, stop: int) -> int:
    """How many plain spaces stand in a row."""
    end = x
    while end < stop and cells[end] == " " and style_ids[end] == PLAIN:
        end += 1
    return end - x


def _is_cheaper_to_rewrite(frame: Frame, y: int, gap: tuple[int, int], pen: int, jump: int) -> bool:
    """Whether rewriting a gap in a row takes no more bytes than a jump over it."""
    start, stop = gap
    if stop - start > _MAX_REWRITTEN or not all(map(_is_certain, frame.cells[y][max(start - 1, 0) : stop])):
        return False
    return _encoded_length(frame, y, start, stop + 1, pen) <= jump + _encoded_length(
        frame, y, stop, stop + 1, pen
    )


def _is_certain(cell: str) -> bool:
    return cell in _ASCII or not cell or is_certain_width(cell)


def _encoded_length(frame: Frame, y: int, start: int, stop: int, pen: int) -> int:
    """How many bytes cells of a row take when they are written."""
    styles, count = frame.styles, 0
    for cell, style_id in zip(frame.cells[y][start:stop], frame.style_ids[y][start:stop], strict=True):
        if pen != style_id and not (cell == " " and styles.on_blank[pen] == style_id):
            count += len(styles.change(pen, style_id))
            pen = style_id
        count += len(cell.encode("utf-8", "replace"))
    return count
