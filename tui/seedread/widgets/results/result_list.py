"""The result list: shows the rows that have been supplied, and requests those that are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from seedread.widgets.rendering.cells import clipped, glyphs, sanitized
from seedread.widgets.rendering.painting import strip_of
from seedread.widgets.results.result_row import MARKS, Brush, RowState, row_segments
from seedread.widgets.results.row_pane import RowPane
from seedread.widgets.results.supplied_rows import SuppliedRows
from seedread_index.model.results import Hit

_STRIPS = 512
_ROOM_FOR_TITLES = 76  # cells of a list that show most titles, and a date, in one line
_LEAST_PREVIEW = 9  # lines that a preview needs to be of use
_COMPONENTS = (
    *("bar", "cursor", "tick", "unread", "title", "read", "inferred"),
    *("facts", "snippet", "mark", "missing", "notice"),
)


class ResultList(RowPane, inherit_bindings=False):
    """A title line and some lines of snippet to a hit, and a blank line where there is room for all of it.

    New results take the place of the old ones when the rows in view have been supplied, so nothing flickers.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"result-list--{name}" for name in _COMPONENTS}
    DEFAULT_CSS = """
    ResultList {
        & > .result-list--bar { color: $accent; text-style: bold; }
        & > .result-list--cursor { text-style: bold; }
        &:focus > .result-list--cursor { text-style: bold reverse; }
        & > .result-list--tick { color: $warning; text-style: bold; }
        & > .result-list--unread { color: $accent; text-style: bold; }
        & > .result-list--title { text-style: bold; }
        & > .result-list--read { text-style: none; }
        & > .result-list--inferred { text-style: italic; }
        & > .result-list--facts, & > .result-list--snippet { text-style: dim; }
        & > .result-list--mark { color: $warning; text-style: bold underline; }
        &:ansi > .result-list--mark { background: ansi_black; text-style: reverse underline not bold; }
        & > .result-list--missing { text-style: dim; }
        & > .result-list--notice { text-style: bold; }
    }
    """

    ticked: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)
    """Ids of the articles that are ticked."""
    read_ids: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)
    """Ids of the articles that were read."""
    kept_signs: reactive[Mapping[str, str]] = reactive({}, repaint=False)
    """What rows show of what is kept of their articles, by the ids of these."""
    snippet_lines: reactive[int] = reactive(1, repaint=False)
    """How many lines of snippet stand under a title."""
    ascii_only: reactive[bool] = reactive(False, repaint=False)
    """Whether the list's own signs keep to ASCII."""
    beside_text: reactive[bool] = reactive(False)
    """Whether the list stands beside the text: long titles take two lines, and only few rows blank ones."""
    notice: reactive[tuple[str, ...]] = reactive((), repaint=False)
    """Lines that stand in the place of rows where there are none: what is so, and what to do about it."""

    @dataclass
    class RowsRequested(Message):
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
        self._rows = SuppliedRows()
        self._held: list[Strip] | None = None
        self._opening = False
        self._strips: LRUCache[tuple[int, int, RowState], list[Strip]] = LRUCache(_STRIPS)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._rows.total

    @property
    def row_height(self) -> int:
        """How many lines a row has."""
        compact, height = self.compact_height, self.size.height
        room = height // 2 if self.beside_text else height + 1  # where text scrolls rows are drawn too
        return compact + (0 < self.total * (compact + 1) <= room)

    @property
    def compact_height(self) -> int:
        """How many lines a row has where there is no room for blank ones."""
        return self.title_lines + max(0, self.snippet_lines)

    @property
    def title_lines(self) -> int:
        """How many lines a title may take: two in a narrow list beside the text."""
        return 2 if self.beside_text and self.size.width < _ROOM_FOR_TITLES else 1

    def height_beside_preview(self, available: int) -> int | None:
        """The lines of all rows, where so many lines have room for a preview below them; else None."""
        for each in (self.compact_height + 1, self.compact_height):
            if 0 < self.total * each <= available - _LEAST_PREVIEW:
                return self.total * each
        return None

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor, where it has come."""
        return self._rows.get(self.cursor)

    def set_results(self, total: int, *, key: object, cursor: int = 0, same: bool = False) -> None:
        """List other results; what is in view stays until their rows have come by `supply`."""
        line = self.line_of_cursor if same else None
        if self._held is None:
            self._held = [self.render_line(y) for y in range(self.size.height)]
        self._rows.replace(total, key)
        self._strips.clear()
        self._opening = False
        self.set_reactive(ResultList.cursor, max(0, min(cursor, total - 1)))
        self.place_cursor(line)
        if total == 0:
            self._release()
            self.post_message(self.Highlighted(0, None))
        if self.is_attached:
            # Whoever has the first rows at hand supplies them before that.
            self.call_later(self._request_missing)

    def supply(self, key: object, start: int, hits: Sequence[Hit]) -> None:
        """Take the rows from `start` on; those of other results than the last `key` are dropped."""
        if key != self._rows.key:
            return
        new = self._rows.supply(start, hits, self.top)
        if self._held is None:
            for row in new:
                self.repaint(row)
        elif not self._rows.missing(*self.view):
            self._release()
        if self.cursor in new:
            self.post_message(self.Highlighted(self.cursor, self.hit))
            if self._opening:
                self.action_open()
        self._request_missing()

    def action_open(self) -> None:
        """Open the row under the cursor, as soon as it is there."""
        hit = self.hit
        self._opening = hit is None and self.total > 0
        if hit is not None:
            self.post_message(self.Opened(self.cursor, hit))

    # -- drawing -----------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width = self.size.width
        if self._held is not None:
            return self._held[y] if y < len(self._held) else Strip.blank(width, self.rich_style)
        row, part = self.row_at(y)
        if not self.total and self.notice:
            return self._notice_line(y, width)
        if row >= self.total or part >= self.compact_height:
            return Strip.blank(width, self.rich_style)
        hit = self._rows.get(row)
        if hit is None:
            return self._placeholder(row == self.cursor, part, width)
        state = RowState(
            row == self.cursor,
            hit.id in self.ticked,
            hit.id in self.read_ids,
            self.kept_signs.get(hit.id, ""),
        )
        strips = self._strips.get((row, width, state))
        if strips is None:
            strips = self._strips[(row, width, state)] = self._drawn(hit, state, width)
        return strips[part]

    def _drawn(self, hit: Hit, state: RowState, width: int) -> list[Strip]:
        """The lines of a row."""
        brush = Brush(self.rich_style, self._part_style, glyphs(self.ascii_only))
        titles, snippets = self.title_lines, max(0, self.snippet_lines)
        lines = row_segments(hit, state, width, brush, titles=titles, snippets=snippets)
        return [strip_of(line, width, brush.blank) for line in lines]

    def _placeholder(self, cursor: bool, part: int, width: int) -> Strip:
        """A line of a row that has not come yet."""
        own, blank = glyphs(self.ascii_only), self.rich_style
        if part:
            return Strip.blank(width, blank)
        bar = Segment(own.cursor if cursor else " ", blank + self._part_style("bar"))
        return strip_of(
            [bar, Segment(f"  {own.ellipsis}", blank + self._part_style("missing"))], width, blank
        )

    def _notice_line(self, y: int, width: int) -> Strip:
        """A line of the notice: a head, then what to do, from the second line of the pane on."""
        blank, own = self.rich_style, glyphs(self.ascii_only)
        if not 0 < y <= len(self.notice):
            return Strip.blank(width, blank)
        style = blank + self._part_style("notice" if y == 1 else "missing")
        text = clipped(sanitized(self.notice[y - 1]), max(0, width - MARKS), own.ellipsis)
        return strip_of([Segment(" " * MARKS, blank), Segment(text, style)], width, blank)

    def _part_style(self, name: str) -> Style:
        """The style of a component, without what lies below it."""
        return self.get_component_rich_style(f"result-list--{name}", partial=True)

    def redraw(self) -> None:
        """Draw everything again."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._strips.clear()

    # -- changes -----------------------------------------------------------------------------------------

    def view_moved(self) -> None:
        """Other rows are in view: show them, and request those that are missing."""
        self._release()
        self._request_missing()

    def _release(self) -> None:
        """Show the new rows."""
        self._held = None
        self.refresh()

    def _request_missing(self) -> None:
        """Request the rows in view and a page around that are neither supplied nor requested."""
        start, stop = self.view
        if start < stop and (
            wanted := self._rows.to_request(start - self.rows_in_view, stop + self.rows_in_view)
        ):
            self.post_message(self.RowsRequested(self._rows.key, *wanted))

    def watch_cursor(self, before: int, after: int) -> None:
        """Redraw the two rows and post `Highlighted`."""
        self._opening = False
        if self._held is not None:
            self._release()
        super().watch_cursor(before, after)
        self.post_message(self.Highlighted(after, self.hit))

    def watch_ticked(self, before: frozenset[str], after: frozenset[str]) -> None:
        """Draw the rows again whose tick changed."""
        self._repaint_ids(before ^ after)

    def watch_read_ids(self, before: frozenset[str], after: frozenset[str]) -> None:
        """Draw the rows again that were read."""
        self._repaint_ids(before ^ after)

    def watch_kept_signs(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Draw the rows again of which something else is kept."""
        self._repaint_ids(frozenset(each for each, _ in before.items() ^ after.items()))

    def watch_snippet_lines(self) -> None:
        """Rows of another height."""
        self._strips.clear()
        self.bring_cursor_into_view()
        self.view_moved()

    def watch_notice(self) -> None:
        """Another notice."""
        if not self.total:
            self.refresh()

    def watch_ascii_only(self) -> None:
        """Other signs."""
        self.redraw()

    def _repaint_ids(self, ids: frozenset[str]) -> None:
        for row in range(*self.view):
            hit = self._rows.get(row)
            if hit is not None and hit.id in ids:
                self.repaint(row)
