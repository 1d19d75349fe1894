"""The result list: rows drawn where they are looked at, from hits that arrive in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from seedread.widgets.painting import strip_of
from seedread.widgets.result_row import Brush, RowState, snippet_segments, title_segments
from seedread.widgets.signs import signs
from seedread_index.results import Hit

_STRIPS = 512
_KEPT = 4096
_COMPONENTS = (
    *("bar", "cursor", "tick", "unread", "date", "title", "read", "inferred"),
    *("source", "snippet", "mark", "missing"),
)


class ResultList(ScrollView, inherit_bindings=False):
    """Rows of equal height; only those in view cost anything, however many there are.

    New results take the place of the old ones when the rows in view have been supplied, so nothing flickers.
    """

    can_focus = True
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"result-list--{name}" for name in _COMPONENTS}
    DEFAULT_CSS = """
    ResultList {
        overflow: hidden hidden;
        & > .result-list--bar { color: $accent; text-style: bold; }
        & > .result-list--cursor { text-style: bold; }
        &:focus > .result-list--cursor { text-style: bold reverse; }
        & > .result-list--tick { color: $warning; text-style: bold; }
        & > .result-list--unread { color: $accent; text-style: bold; }
        & > .result-list--date { color: $secondary; }
        & > .result-list--title { text-style: bold; }
        & > .result-list--read { text-style: none; }
        & > .result-list--inferred { text-style: italic; }
        & > .result-list--source { text-style: dim; }
        & > .result-list--snippet { text-style: none; }
        & > .result-list--mark { color: $warning; text-style: bold underline; }
        & > .result-list--missing { text-style: dim; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row under the cursor."""
    ticked: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)
    """Ids of the articles that are ticked."""
    read_ids: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)
    """Ids of the articles that were read."""
    snippet_lines: reactive[int] = reactive(1, repaint=False)
    """How many lines of snippet stand under a title."""
    ascii_only: reactive[bool] = reactive(False, repaint=False)
    """Whether the list's own signs keep to ASCII."""

    @dataclass
    class RowsWanted(Message):
        """Rows [start, stop_row) of the results `key` are in view or near it and not there yet."""

        key: object
        start: int
        stop_row: int

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row, or the row under it has arrived."""

        index: int
        hit: Hit | None

    @dataclass
    class Opened(Message):
        """The row under the cursor was opened."""

        index: int
        hit: Hit

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._total = 0
        self._key: object = None
        self._top = 0
        self._hits: dict[int, Hit] = {}
        self._asked = (0, 0)
        self._before: list[Strip] | None = None
        self._opening = False
        self._strips: LRUCache[tuple[int, int, int, RowState], Strip] = LRUCache(_STRIPS)

    # -- what is listed ----------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._total

    @property
    def top(self) -> int:
        """The first row in view."""
        return self._top

    @property
    def rows_in_view(self) -> int:
        """How many whole rows fit, one at least."""
        return max(1, self.size.height // self._row_height)

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor, where it is there."""
        return self._hits.get(self.cursor)

    def set_results(self, total: int, *, key: object, cursor: int = 0) -> None:
        """List other results; what is in view stays until their rows have come by `supply`."""
        if self._before is None:
            self._before = [self.render_line(y) for y in range(self.size.height)]
        self._total, self._key = total, key
        self._hits.clear()
        self._strips.clear()
        self._asked = (0, 0)
        self._opening = False
        self.set_reactive(ResultList.cursor, max(0, min(cursor, total - 1)))
        self._top = max(0, self.cursor - self.rows_in_view // 2)
        self._bring_cursor_into_view()
        if total == 0:
            self._settle()
            self.post_message(self.Highlighted(0, None))
        self._ask()

    def supply(self, key: object, start: int, hits: Sequence[Hit]) -> None:
        """Take the rows from `start` on; those of other results than the last `key` are dropped."""
        if key != self._key:
            return
        new = {row: hit for row, hit in enumerate(hits, start) if 0 <= row < self._total}
        self._hits.update(new)
        self._forget_far_rows()
        if self._before is not None:
            if not self._missing(*self._view()):
                self._settle()
        else:
            for row in new:
                self._repaint(row)
        if self.cursor in new:
            self.post_message(self.Highlighted(self.cursor, new[self.cursor]))
            if self._opening:
                self.action_open()
        self._ask()

    # -- moving ------------------------------------------------------------------------------------------

    def move(self, rows: int) -> None:
        """Move the cursor by rows, up when negative."""
        self.cursor = max(0, min(self.cursor + rows, self._total - 1))

    def action_cursor_down(self, count: int = 1) -> None:
        """Rows down."""
        self.move(count)

    def action_cursor_up(self, count: int = 1) -> None:
        """Rows up."""
        self.move(-count)

    def action_page_down(self, count: int = 1) -> None:
        """Pages down."""
        self._page(count * self.rows_in_view)

    def action_page_up(self, count: int = 1) -> None:
        """Pages up."""
        self._page(-count * self.rows_in_view)

    def action_half_page_down(self, count: int = 1) -> None:
        """Half pages down."""
        self._page(count * max(1, self.rows_in_view // 2))

    def action_half_page_up(self, count: int = 1) -> None:
        """Half pages up."""
        self._page(-count * max(1, self.rows_in_view // 2))

    def action_home(self) -> None:
        """To the first row."""
        self.cursor = 0

    def action_end(self) -> None:
        """To the last row."""
        self.cursor = max(0, self._total - 1)

    def action_open(self) -> None:
        """Open the row under the cursor, as soon as it is there."""
        hit = self.hit
        self._opening = hit is None and self._total > 0
        if hit is not None:
            self.post_message(self.Opened(self.cursor, hit))

    def _page(self, rows: int) -> None:
        """Move view and cursor together."""
        top = self._top
        self._top = max(0, min(self._top + rows, self._total - self.rows_in_view))
        self.move(rows)
        if self._top != top:
            self._bring_cursor_into_view()
            self._moved_view()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        event.prevent_default()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        event.prevent_default()
        self.move(-1)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row, a second one opens it."""
        row = self._top + event.y // self._row_height
        if row < self._total:
            if row == self.cursor and event.chain > 1:
                self.action_open()
            self.cursor = row

    # -- drawing -----------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width = self.size.width
        if self._before is not None:
            return self._before[y] if y < len(self._before) else Strip.blank(width, self.rich_style)
        row, part = self._top + y // self._row_height, y % self._row_height
        if row >= self._total:
            return Strip.blank(width, self.rich_style)
        hit = self._hits.get(row)
        state = RowState(
            row == self.cursor,
            hit is not None and hit.id in self.ticked,
            hit is not None and hit.id in self.read_ids,
        )
        if hit is None:
            return self._placeholder(state, part, width)
        strip = self._strips.get((row, part, width, state))
        if strip is None:
            for number, segments in enumerate(self._segments(hit, state, width)):
                self._strips[(row, number, width, state)] = strip_of(segments, width, self.rich_style)
            strip = self._strips[(row, part, width, state)]
        return strip

    def _segments(self, hit: Hit, state: RowState, width: int) -> list[list[Segment]]:
        brush = Brush(self.rich_style, self._look, signs(self.ascii_only))
        lines = [title_segments(hit, state, width, brush)]
        if self.snippet_lines:
            lines += snippet_segments(hit, self.snippet_lines, width, brush)
        return lines

    def _placeholder(self, state: RowState, part: int, width: int) -> Strip:
        """A line of a row that has not come yet."""
        sign = signs(self.ascii_only)
        blank = self.rich_style
        bar = Segment(sign.cursor if state.cursor and not part else " ", blank + self._look("bar"))
        words = f"   {sign.ellipsis}" if not part else ""
        return strip_of([bar, Segment(words, blank + self._look("missing"))], width, blank)

    def _look(self, name: str) -> Style:
        """The style of a component, without what lies below it."""
        return self.get_component_rich_style(f"result-list--{name}", partial=True)

    @property
    def _row_height(self) -> int:
        return 1 + self.snippet_lines

    def _repaint(self, row: int) -> None:
        """Draw one row again, where it is in view."""
        y = (row - self._top) * self._row_height
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, min(self._row_height, self.size.height - y)))

    def redraw(self) -> None:
        """Draw everything again."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._strips.clear()

    # -- inside ------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Let the new rows be seen."""
        self._before = None
        self.refresh()

    def _view(self) -> tuple[int, int]:
        """The rows in view, one that is cut at the lower edge included."""
        return self._top, min(self._total, self._top + -(-self.size.height // self._row_height))

    def _missing(self, start: int, stop: int) -> list[int]:
        return [row for row in range(max(0, start), min(stop, self._total)) if row not in self._hits]

    def _ask(self) -> None:
        """Ask for the rows in view and a page before and after that are neither there nor asked for."""
        start, stop = self._view()
        if start >= stop:
            return
        page = self.rows_in_view
        missing = self._missing(start - page, stop + page)
        if missing and not (self._asked[0] <= missing[0] and missing[-1] < self._asked[1]):
            self._asked = (missing[0], missing[-1] + 1)
            self.post_message(self.RowsWanted(self._key, *self._asked))

    def _forget_far_rows(self) -> None:
        if len(self._hits) > _KEPT:
            near = range(self._top - _KEPT // 4, self._top + _KEPT // 4)
            self._hits = {row: hit for row, hit in self._hits.items() if row in near}
            self._asked = (0, 0)

    def _bring_cursor_into_view(self) -> bool:
        """Move the view so that the cursor's row is in it; whether it moved."""
        rows, top = self.rows_in_view, self._top
        top = max(self.cursor - rows + 1, min(top, self.cursor))
        top = max(0, min(top, self._total - rows))
        moved, self._top = top != self._top, top
        return moved

    def _moved_view(self) -> None:
        self._before = None
        self.refresh()
        self._ask()

    def validate_cursor(self, cursor: int) -> int:
        """The cursor stays on a row."""
        return max(0, min(cursor, self._total - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows again, or all when the view moves."""
        self._opening = False
        if self._bring_cursor_into_view() or self._before is not None:
            self._moved_view()
        else:
            self._repaint(before)
            self._repaint(after)
        self.post_message(self.Highlighted(after, self._hits.get(after)))

    def watch_ticked(self, before: frozenset[str], after: frozenset[str]) -> None:
        """Draw the rows again whose tick changed."""
        self._repaint_ids(before ^ after)

    def watch_read_ids(self, before: frozenset[str], after: frozenset[str]) -> None:
        """Draw the rows again that were read."""
        self._repaint_ids(before ^ after)

    def _repaint_ids(self, ids: frozenset[str]) -> None:
        for row in range(*self._view()):
            hit = self._hits.get(row)
            if hit is not None and hit.id in ids:
                self._repaint(row)

    def watch_snippet_lines(self) -> None:
        """Rows of another height."""
        self._before = None
        self._bring_cursor_into_view()
        self.redraw()
        self._ask()

    def watch_ascii_only(self) -> None:
        """Other signs."""
        self.redraw()

    def on_resize(self) -> None:
        """Keep the cursor in view at any size."""
        self._before = None
        self._bring_cursor_into_view()
        self.redraw()
        self._ask()

    def on_focus(self) -> None:
        """The cursor looks different where the keyboard is."""
        self._repaint(self.cursor)

    def on_blur(self) -> None:
        """The cursor looks different where the keyboard is not."""
        self._repaint(self.cursor)
