"""A frame: which grapheme is in which cell of the screen, in which style; and text cut into cells."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import get_character_cell_size, split_graphemes

from seedread.terminal.renderer.styles import PLAIN, Styles
from seedread_index.text import sanitize

_CACHED_TEXTS = 8192


class Frame:
    """The cells of a screen, in rows; a wide character is followed by an empty cell.

    Spaces carry the plainest style in which they look the same, so that cells that look equal are equal.
    """

    def __init__(self, width: int, height: int, styles: Styles) -> None:
        self.width = width
        self.height = height
        self.styles = styles
        self.cells: list[list[str]] = [[" "] * width for _ in range(height)]
        self.style_ids: list[list[int]] = [[PLAIN] * width for _ in range(height)]
        self._put: dict[tuple[str, int], tuple[list[str], list[int], str]] = {}

    def put(self, x: int, y: int, text: str, style: int) -> int:
        """Draw text from a cell on; return the column where it ends, at most the width.

        What does not fit goes over the last cells of the row, as on a terminal that does not wrap.
        """
        drawn = self._put.get((text, style))
        if drawn is None:
            drawn = self._drawn(text, style)
        new, style_ids, leading = drawn
        row, row_style_ids = self.cells[y], self.style_ids[y]
        if leading:
            self._append(y, x, leading, style)
        end = x + len(new)
        if end > self.width:
            return self._overflow(x, y, new, style_ids)
        if new:
            if row[x] == "" and x:
                self._halve(y, x - 1)
            if end < self.width and row[end] == "":
                self._halve(y, end)
            row[x:end] = new
            row_style_ids[x:end] = style_ids
        return end

    def _overflow(self, x: int, y: int, new: list[str], style_ids: list[int]) -> int:
        at = 0
        while at < len(new):
            wide = at + 1 < len(new) and new[at + 1] == ""
            step = 2 if wide else 1
            place = min(x, self.width - step)
            if place >= 0:
                self._place(place, y, new[at : at + step], style_ids[at])
            x = min(x + step, self.width)
            at += step
        return self.width

    def _place(self, x: int, y: int, cell: list[str], style_id: int) -> None:
        row, end = self.cells[y], x + len(cell)
        if row[x] == "" and x:
            self._halve(y, x - 1)
        if end < self.width and row[end] == "":
            self._halve(y, end)
        row[x:end] = cell
        self.style_ids[y][x:end] = [style_id] * len(cell)

    def _drawn(self, text: str, style: int) -> tuple[list[str], list[int], str]:
        found, leading = cells(text)
        blank = self.styles.on_blank[style]
        if blank == style:
            style_ids = [style] * len(found)
        else:
            style_ids = [blank if cell == " " else style for cell in found]
        if len(self._put) >= _CACHED_TEXTS:
            self._put.clear()
        drawn = self._put[text, style] = (found, style_ids, leading)
        return drawn

    def _halve(self, y: int, x: int) -> None:
        """Put a space where half of a wide character was overwritten."""
        self.cells[y][x] = " "
        self.style_ids[y][x] = self.styles.on_blank[self.style_ids[y][x]]

    def _append(self, y: int, x: int, marks: str, style: int) -> None:
        """Put marks on the character before a cell."""
        row, at = self.cells[y], x - 1
        if at > 0 and row[at] == "":
            at -= 1
        if at >= 0:
            if row[at] == " " and self.style_ids[y][at] == self.styles.on_blank[style]:
                self.style_ids[y][at] = style  # it looked the same, and the mark on it has its own colour
            row[at] += marks

    def clear(self, x: int, y: int, count: int) -> None:
        """Make cells of a row blank and plain."""
        if x < self.width and count > 0:
            self.put(x, y, " " * min(count, self.width - x), PLAIN)

    def blanked(self, y: int) -> Frame:
        """The same frame with a row of blanks in the styles that its cells have without text."""
        new = Frame(0, 0, self.styles)
        new.width, new.height, new.cells, new.style_ids = (
            self.width,
            self.height,
            self.cells[:],
            self.style_ids[:],
        )
        new.cells[y] = [" "] * self.width
        new.style_ids[y] = [self.styles.on_blank[style_id] for style_id in self.style_ids[y]]
        return new

    def shift(self, top: int, bottom: int, by: int) -> None:
        """Move rows [top, bottom) up by `by` (down where negative); blank rows come in."""
        new = [[" "] * self.width for _ in range(abs(by))]
        style_ids = [[PLAIN] * self.width for _ in range(abs(by))]
        if by > 0:
            self.cells[top:bottom] = self.cells[top + by : bottom] + new
            self.style_ids[top:bottom] = self.style_ids[top + by : bottom] + style_ids
        else:
            self.cells[top:bottom] = new + self.cells[top : bottom + by]
            self.style_ids[top:bottom] = style_ids + self.style_ids[top : bottom + by]

    def restyled(self, styles: Styles) -> Frame:
        """The same frame with its styles numbered by another table."""
        new = Frame(0, 0, styles)
        new.width, new.height, new.cells = self.width, self.height, self.cells
        numbers = {old: styles.number(self.styles[old]) for row in self.style_ids for old in row}
        new.style_ids = [[numbers[old] for old in row] for row in self.style_ids]
        return new

    def resized(self, width: int, height: int) -> Frame:
        """The same frame cut or filled to another size, in cells."""
        new = Frame(width, height, self.styles)
        for y in range(min(height, self.height)):
            row, style_ids = self.cells[y][:width], self.style_ids[y][:width]
            if width < self.width and row and self.cells[y][width] == "":
                row[-1] = " "
            new.cells[y][: len(row)] = row
            new.style_ids[y][: len(style_ids)] = style_ids
        return new


REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_NARROW = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0391-\u03a1\u03a3-\u03ff\u0400-\u0481\u2500-\u25fc]*"
)
_FORBIDDEN = re.compile(f"[{sanitize.ALL_UNSAFE}{sanitize.WHITESPACE_CONTROLS}]")
_WIDENING = re.compile("[\u200d\ufe0f\U0001f3fb-\U0001f3ff]")
"""What would change the width of a character that was drawn before: joiners, and the tones of emoji."""
_LONGEST_CLUSTER = 16


def cells(text: str) -> tuple[list[str], str]:
    """The cells of a text and the zero-width characters before the first.

    A wide character is followed by an empty cell. Control characters, lone surrogates, bidirectional
    marks and tags are left out where Textual gives them no width, and shown as U+FFFD where it does. What is
    left of an emoji whose beginning was drawn before, or is covered, is left out too.
    """
    if _NARROW.fullmatch(text):
        return list(text), ""
    return _clusters(text)


@lru_cache(maxsize=4096)
def _cached(text: str) -> tuple[tuple[str, ...], str]:
    spans, _ = split_graphemes(text)
    found: list[str] = []
    leading = ""
    for start, end, width in spans:
        cluster = text[start:end]
        if _FORBIDDEN.search(cluster):
            cluster = _FORBIDDEN.sub("", cluster) or (REPLACEMENT if width else "")
            if width == 2 and cluster == REPLACEMENT:
                found += [REPLACEMENT, " "]
                continue
        cluster = cluster[:_LONGEST_CLUSTER]
        if width:
            found += [cluster, ""] if width == 2 else [cluster]
        elif found:
            at = -1 if found[-1] else -2
            found[at] = (found[at] + cluster)[:_LONGEST_CLUSTER]
        else:
            leading += cluster
    marks = "".join(mark for mark in leading if not get_character_cell_size(mark))
    return tuple(found), _WIDENING.sub("", marks)[:_LONGEST_CLUSTER]


def _clusters(text: str) -> tuple[list[str], str]:
    found, leading = _cached(text)
    return list(found), leading
