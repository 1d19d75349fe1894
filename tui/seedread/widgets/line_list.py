"""A list of one-line rows drawn line by line: help, messages, entities, cards; instant at any length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from seedread.widgets.rendering.cells import clipped, max_cell_len, sanitized
from seedread.widgets.rendering.painting import painted
from seedread_index.model.article import NAMED_TYPES

TICK_CELLS = 2
"""The cells of the tick before each row, where any row is ticked."""

Kind = Literal["plain", "head", "dim", "problem"]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: text on the left, more on the right, and what it stands for (None: nothing to open).

    `words` are found by a filter besides what is shown; `spans` are stretches of the text with their looks,
    which are names of types or of component classes. Where `text_first`, what stands on the right is shown
    only beside all of the text.
    """

    text: str
    right: str = ""
    kind: Kind = "plain"
    target: object = None
    words: str = ""
    spans: tuple[tuple[int, int, str], ...] = ()
    text_first: bool = False

    def holds(self, words: Sequence[str]) -> bool:
        """Whether every one of the case-folded words is in the row."""
        text = f"{self.text} {self.right} {self.words}".casefold()
        return all(word in text for word in words)


class LineList(ScrollView, inherit_bindings=False):
    """Rows with a cursor; ticked rows are named by their target."""

    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        width: 1fr;
        scrollbar-size: 0 0;
        overflow-x: hidden;
        padding: 0 2;
        & > .line-list--person { color: $primary; text-style: bold; }
        & > .line-list--place { color: $secondary; text-style: underline; }
        & > .line-list--org { color: $accent; text-style: bold underline; }
        & > .line-list--group { color: $accent; text-style: italic; }
        & > .line-list--mark { color: $warning; text-style: bold underline; }
        &:ansi > .line-list--mark { background: ansi_black; text-style: reverse underline not bold; }
        & > .line-list--bars { color: $accent; }
        & > .line-list--strong { text-style: bold; }
        & > .line-list--cursor { text-style: reverse; }
        & > .line-list--head { text-style: bold; color: $primary; }
        & > .line-list--dim { text-style: dim; }
        & > .line-list--problem { color: $error; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--cursor",
        "line-list--head",
        "line-list--dim",
        "line-list--problem",
        *(f"line-list--{kind}" for kind in NAMED_TYPES),
        "line-list--mark",
        "line-list--bars",
        "line-list--strong",
    }
    can_focus = True

    cursor: reactive[int] = reactive(0)
    """The row the cursor is on."""
    ticked: reactive[frozenset[object]] = reactive(frozenset[object]())
    """The targets of the ticked rows."""

    class Moved(Message):
        """The cursor came to another row."""

        def __init__(self, line: Line | None) -> None:
            super().__init__()
            self.line = line

    class Chosen(Message):
        """A row was clicked while the cursor was on it."""

        def __init__(self, line: Line) -> None:
            super().__init__()
            self.line = line

    def __init__(self, *, tick: str = "x", ellipsis: str = "…", id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._tick = tick
        self.ellipsis = ellipsis
        """Marks where a row is cut."""

    @property
    def lines(self) -> Sequence[Line]:
        """The rows."""
        return self._lines

    @property
    def line(self) -> Line | None:
        """The row under the cursor."""
        return self._lines[self.cursor] if 0 <= self.cursor < len(self._lines) else None

    def set_lines(self, lines: Sequence[Line], *, cursor: int | None = None) -> None:
        """Replace the rows; the cursor stays where it is unless one is given."""
        self._lines = lines
        self.virtual_size = Size(self.size.width, len(lines))
        self.cursor = self.cursor if cursor is None else cursor
        self.call_after_refresh(self._show_cursor)
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.cursor += rows

    def page(self, pages: float) -> None:
        """Move the cursor by pages."""
        self.cursor += round(pages * max(1, self.size.height - 1))

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._lines) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two rows again and keep the cursor in view."""
        top = self.scroll_offset.y
        for row in (before, now):
            self.refresh(Region(0, row - top, self.outer_size.width, 1))
        self._show_cursor()
        self.post_message(self.Moved(self.line))

    def _show_cursor(self) -> None:
        height = self.size.height
        if height:
            top = min(max(self.scroll_offset.y, self.cursor - height + 1), self.cursor)
            if top != self.scroll_offset.y:
                self.scroll_to(y=top, animate=False, immediate=True)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        self.virtual_size = Size(event.size.width, len(self._lines))
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row; a second click opens it."""
        row = self.scroll_offset.y + event.y
        if row < len(self._lines):
            if row == self.cursor:
                self.post_message(self.Chosen(self._lines[row]))
            self.cursor = row

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        row = self.scroll_offset.y + y
        width = self.size.width
        base = self.rich_style
        if not 0 <= row < len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[row]
        style = base
        if line.kind != "plain" and row != self.cursor:
            style += self.get_component_rich_style(f"line-list--{line.kind}", partial=True)
        if row == self.cursor:
            style += self.get_component_rich_style("line-list--cursor", partial=True)
        return Strip(self.segments(line, style, width)).adjust_cell_length(width, style)

    def segments(self, line: Line, style: Style, width: int) -> list[Segment]:
        """A row in at most `width` cells."""
        lead = f"{self._tick if line.target in self.ticked else ' '} " if self.ticked else ""
        over = (
            Style.null() if style.reverse else self.get_component_rich_style("line-list--dim", partial=True)
        )
        right = Segment(f"  {sanitized(line.right)}" if line.right else "", style + over)
        text = lead + sanitized(line.text)
        if line.text_first and max_cell_len(text) + right.cell_length > width:
            right = Segment("", style)
        room = max(0, width - right.cell_length)
        cut = clipped(text, room, self.ellipsis)
        kept = len(cut) - cut.endswith(self.ellipsis)
        layers = [
            (start + len(lead), min(end + len(lead), kept), self._look(look))
            for start, end, look in line.spans
            if start + len(lead) < kept and not style.reverse
        ]
        left = Strip(painted(cut, style, layers)).adjust_cell_length(room, style)
        return [*left, right]

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"line-list--{name}", partial=True)
