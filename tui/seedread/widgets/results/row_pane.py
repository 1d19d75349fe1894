"""A pane of rows of equal height with a cursor; a subclass draws the rows."""

from __future__ import annotations

from textual import events
from textual.geometry import Region
from textual.reactive import reactive
from textual.scroll_view import ScrollView


class RowPane(ScrollView, inherit_bindings=False):
    """Only rows in view cost anything, however many there are; a moved cursor draws two rows again."""

    can_focus = True
    ALLOW_SELECT = False
    DEFAULT_CSS = "RowPane { overflow: hidden hidden; }"

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row under the cursor."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._top = 0

    @property
    def total(self) -> int:
        """How many rows there are."""
        return 0

    @property
    def row_height(self) -> int:
        """How many lines a row has."""
        return 1

    @property
    def top(self) -> int:
        """The first row in view."""
        return self._top

    @property
    def rows_in_view(self) -> int:
        """How many whole rows fit, one at least."""
        return max(1, self.size.height // self.row_height)

    @property
    def line_of_cursor(self) -> int:
        """The line of the pane that the cursor's row begins on."""
        return (self.cursor - self._top) * self.row_height

    @property
    def view(self) -> tuple[int, int]:
        """The rows in view, end exclusive; one that is cut at the lower edge counts."""
        return self._top, min(self.total, self._top - (-self.size.height // self.row_height))

    def row_at(self, y: int) -> tuple[int, int]:
        """The row that line `y` of the pane belongs to, and the line's number in the row."""
        return self._top + y // self.row_height, y % self.row_height

    # -- moving ------------------------------------------------------------------------------------------

    def move(self, rows: int) -> None:
        """Move the cursor by rows, up when negative."""
        self.cursor += rows

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
        self.cursor = self.total - 1

    def action_open(self) -> None:
        """Open the row under the cursor."""

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
        """A click puts the cursor on a row, a double click opens it."""
        row, _ = self.row_at(event.y)
        if row < self.total:
            self.cursor = row
            if event.chain > 1:
                self.action_open()

    # -- for the list ------------------------------------------------------------------------------------

    def view_moved(self) -> None:
        """Other rows are in view."""
        self.refresh()

    def repaint(self, row: int) -> None:
        """Draw one row again, where it is in view."""
        y = (row - self._top) * self.row_height
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, min(self.row_height, self.size.height - y)))

    def bring_cursor_into_view(self) -> bool:
        """Move the view no further than needed for the cursor's whole row to be in it; whether it moved."""
        rows, before = self.rows_in_view, self._top
        top = max(self.cursor - rows + 1, min(before, self.cursor))
        self._top = max(0, min(top, self.total - rows))
        return self._top != before

    def place_cursor(self, line: int | None) -> None:
        """Move the view so that the cursor's row begins on a line of the pane, or is in its middle."""
        above = self.rows_in_view // 2 if line is None else round(line / self.row_height)
        self._top = self.cursor - above
        self.bring_cursor_into_view()

    def validate_cursor(self, cursor: int) -> int:
        """The cursor stays on a row."""
        return max(0, min(cursor, self.total - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows again, or all when the view moves."""
        if self.bring_cursor_into_view():
            self.view_moved()
        else:
            self.repaint(before)
            self.repaint(after)

    def on_resize(self) -> None:
        """Keep the cursor in view at any size."""
        self.bring_cursor_into_view()
        self.view_moved()

    def on_focus(self) -> None:
        """The cursor looks different where the keyboard is."""
        self.repaint(self.cursor)

    def on_blur(self) -> None:
        """The cursor looks different where the keyboard is not."""
        self.repaint(self.cursor)

    def _page(self, rows: int) -> None:
        """Move view and cursor together."""
        before = self._top
        self._top = max(0, min(before + rows, self.total - self.rows_in_view))
        cursor = self.cursor
        self.move(rows)
        if self._top != before:
            self.bring_cursor_into_view()
            self.view_moved()
        elif self.cursor != cursor:
            self.repaint(cursor)
