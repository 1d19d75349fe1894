"""pyte, made to know what terminals of today know: more styles, graphemes, halves of wide characters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import pyte
from pyte import modes
from wcwidth import wcwidth

from terminals.counting import Counting, as_textual

_UNKNOWN_TO_PYTE = re.compile(r"\x1b\[[<>=][\d;]*[a-zA-Z]|\x1b\[\?\d+\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_ATTRIBUTES = {
    1: "bold",
    2: "dim",
    3: "italics",
    4: "underscore",
    5: "blink",
    6: "blink",
    7: "reverse",
    8: "conceal",
    9: "strikethrough",
    21: "double",
    51: "framed",
    52: "framed",
    53: "overlined",
}
_ENDS = {
    22: ("bold", "dim"),
    23: ("italics",),
    24: ("underscore", "double"),
    25: ("blink",),
    27: ("reverse",),
    28: ("conceal",),
    29: ("strikethrough",),
    54: ("framed",),
    55: ("overlined",),
}


class Cell(NamedTuple):
    """A character on the screen with all that can be seen of it."""

    data: str
    fg: str = "default"
    bg: str = "default"
    bold: bool = False
    italics: bool = False
    underscore: bool = False
    strikethrough: bool = False
    reverse: bool = False
    blink: bool = False
    dim: bool = False
    conceal: bool = False
    double: bool = False
    framed: bool = False
    overlined: bool = False

    def seen(self) -> Cell:
        """The same without what cannot be seen: a space has no colour of its own, and no weight."""
        if self.data[:1] != " " or self.underscore or self.strikethrough or self.reverse:
            return self
        if self.double or self.framed or self.overlined:
            return self
        return _plain(self.data, self.bg)


@lru_cache(4096)
def _plain(data: str, bg: str) -> Cell:
    return Cell(data, bg=bg)


@lru_cache(16_384)
def _filled(look: Cell, data: str) -> Cell:
    """A cell of a style with a character; most cells of a screen were there before."""
    return look._replace(data=data)


class Emulator(pyte.Screen):
    """A screen that takes what is written to a terminal.

    How it cuts text into pieces and how wide these are is for `counting` to say.
    """

    def __init__(self, width: int, height: int, counting: Counting = as_textual) -> None:
        self._counting = counting
        self.in_doubt = False
        """Whether cells were blanked under a style, which some terminals give them and others do not."""
        super().__init__(width, height)
        self._stream = pyte.Stream(self)

    def feed(self, data: str) -> None:
        """Take output."""
        self._stream.feed(_UNKNOWN_TO_PYTE.sub("", data))

    def rows(self) -> list[list[Cell]]:
        """What can be seen, row by row."""
        return [[self.buffer[y][x].seen() for x in range(self.columns)] for y in range(self.lines)]  # type: ignore[attr-defined]

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Cut at the right and at the bottom, or fill."""
        columns, lines = columns or self.columns, lines or self.lines
        for y, row in list(self.buffer.items()):
            for x in [x for x in row if x >= columns or y >= lines]:
                del row[x]
            if columns < self.columns and row[columns - 1].data and wcwidth(row[columns - 1].data[0]) == 2:
                row[columns - 1] = row[columns - 1]._replace(data=" ")
        self.lines, self.columns = lines, columns
        self.margins = None

    @property
    def display(self) -> list[str]:
        """The text of each row."""
        rows = (self.buffer[y] for y in range(self.lines))
        return ["".join([row[x].data for x in range(self.columns)]) for row in rows]

    @property
    def default_char(self) -> Any:
        return Cell(" ")

    def report_device_status(self, mode: int) -> None:
        """Say nothing; who watches the screen answers, where it is wanted."""

    def reset(self) -> None:
        super().reset()
        self.cursor.attrs = self.default_char

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        super().set_margins(top, bottom or self.lines)
        self.cursor_position()

    def index(self) -> None:
        if self.cursor.y == (self.margins.bottom if self.margins else self.lines - 1):
            self._note_blank_cells()
        super().index()

    def reverse_index(self) -> None:
        if self.cursor.y == (self.margins.top if self.margins else 0):
            self._note_blank_cells()
        super().reverse_index()

    def insert_lines(self, count: int | None = None) -> None:
        self._note_blank_cells()
        super().insert_lines(count)

    def delete_lines(self, count: int | None = None) -> None:
        self._note_blank_cells()
        super().delete_lines(count)

    def erase_characters(self, count: int | None = None) -> None:
        self._note_blank_cells()
        super().erase_characters(count)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        self._note_blank_cells()
        super().erase_in_line(how, private)

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        self._note_blank_cells()
        super().erase_in_display(how, *args, **kwargs)

    def _look(self) -> Cell:
        return self.cursor.attrs  # type: ignore[return-value]  # pyte's type is its own Char; here it is a Cell

    def _note_blank_cells(self) -> None:
        if self._look()._replace(data=" ").seen() != self.default_char:
            self.in_doubt = True

    def select_graphic_rendition(self, *attrs: int, **_private: bool) -> None:
        look = self._look()
        codes = list(attrs) or [0]
        while codes:
            code = codes.pop(0)
            if code == 0:
                look = self.default_char
            elif code in _ATTRIBUTES:
                look = look._replace(**{_ATTRIBUTES[code]: True})  # type: ignore[arg-type]  # flags alone
            elif code in _ENDS:
                look = look._replace(**dict.fromkeys(_ENDS[code], False))  # type: ignore[arg-type]  # flags alone
            elif code in {38, 48}:
                length = 2 if codes[0] == 5 else 4
                colour = " ".join(map(str, codes[:length]))
                del codes[:length]
                look = look._replace(fg=colour) if code == 38 else look._replace(bg=colour)
            elif code // 10 in {3, 9}:
                look = look._replace(fg="default" if code == 39 else str(code))
            elif code // 10 in {4, 10}:
                look = look._replace(bg="default" if code == 49 else str(code))
        self.cursor.attrs = look  # type: ignore[assignment]  # as in _look

    def draw(self, data: str) -> None:
        for text, width in self._counting(data):
            self._draw(text, width)

    def _draw(self, text: str, width: int) -> None:
        row = self.buffer[self.cursor.y]
        if width == 0:
            at = self.cursor.x - 1
            while at > 0 and row[at].data == "":
                at -= 1
            if at >= 0:
                text = "".join(char for char in text if not wcwidth(char) and char not in "\u200d\ufe0f")
                row[at] = row[at]._replace(data=row[at].data + text)
            return
        if self.cursor.x + width > self.columns:
            if modes.DECAWM in self.mode:
                self.carriage_return()
                self.linefeed()
                row = self.buffer[self.cursor.y]
            else:
                self.cursor.x = self.columns - width
        x = self.cursor.x
        if row[x].data == "" and x:
            row[x - 1] = row[x - 1]._replace(data=" ")
        row[x] = _filled(self._look(), text)  # type: ignore[assignment]  # as in _look
        if width == 2:
            row[x + 1] = _filled(self._look(), "")  # type: ignore[assignment]  # as in _look
        if x + width < self.columns and row[x + width].data == "":
            row[x + width] = row[x + width]._replace(data=" ")
        self.cursor.x = min(x + width, self.columns)
