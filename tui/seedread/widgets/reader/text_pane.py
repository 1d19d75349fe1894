"""A pane that shows an article as lines and moves through it; what the lines look like is the reader's."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from seedread.widgets.reader.blocks import LineKind
from seedread.widgets.reader.document import Document
from seedread.widgets.reader.layout import Layout, Line, LinePosition
from seedread.widgets.rendering.cells import glyphs, offset_at_column
from seedread_index.model.article import Article, Span

_NARROW = 24
GUTTER = 2
"""Cells left of the text, the first of them for the sign at the current hit."""
_WHEEL = 3


class TextPane(ScrollView, inherit_bindings=False):
    """Lays out only the lines that are looked at, so that an article of any size opens at once.

    What stays is the top line's place in the text, not a scroll offset: nothing above it is ever counted, and
    the same words stay on top at any size.
    """

    can_focus = True
    ALLOW_SELECT = False
    DEFAULT_CSS = "TextPane { overflow: hidden hidden; }"

    boilerplate_shown: reactive[bool] = reactive(False)
    """Whether boilerplate is unfolded."""
    measure: reactive[int] = reactive(72)
    """The widest that a line of text may be, in cells."""
    centred: reactive[bool] = reactive(False)
    """Whether the text stands in the middle of the pane."""
    ascii_only: reactive[bool] = reactive(False)
    """Whether the pane's own signs keep to ASCII."""

    @dataclass
    class Moved(Message):
        """Another line is on top; `fraction` of the text lies above the pane's lower edge."""

        top_offset: int
        fraction: float

        def can_replace(self, message: Message) -> bool:
            """Only the last place counts."""
            return isinstance(message, TextPane.Moved)

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.document: Document | None = None
        self._layout: Layout | None = None
        self._top = LinePosition(0, 0)
        self._anchor = 0
        self._window: list[Line] | None = None
        self._pending: tuple[int, bool] | None = None
        self._reported: tuple[int, float] | None = None

    # -- position ----------------------------------------------------------------------------------------

    @property
    def top_offset(self) -> int:
        """The code point that the top line starts with, for `goto`; 0 at the header."""
        if self._pending is not None:
            return self._pending[0]
        layout = self.current_layout()
        return layout.line(self._top).start if layout and self._top.section else 0

    @property
    def fraction(self) -> float:
        """How much of the text lies above the lower edge, from 0 to 1."""
        layout = self.current_layout()
        if layout is None or not layout.document.text or self.at_end:
            return 1.0
        return min(1.0, self.visible_span.end / len(layout.document.text))

    @property
    def at_end(self) -> bool:
        """Whether the last line can be seen."""
        layout = self.current_layout()
        return layout is None or self._top >= layout.top_for_end(self.size.height)

    @property
    def visible_span(self) -> Span:
        """The stretch of the text that can be seen; the header's headline where nothing else can."""
        lines = [line for line in self.visible_lines() if line.end > line.start]
        title = self.document.title_span if self.document else None
        shown = [
            line for line in lines if title is None or not title.start <= line.start < title.end
        ] or lines
        if not shown:
            return Span(0, 0)
        return Span(min(line.start for line in shown), max(line.end for line in shown))

    def shows(self, offset: int) -> bool:
        """Whether an offset can be seen, or the fold that hides it."""
        return any(line.start <= offset < line.end for line in self.visible_lines())

    def visible_lines(self) -> list[Line]:
        """The lines that can be seen, from the top."""
        if self._window is None:
            layout = self.current_layout()
            self._window = layout.window(self._top, self.size.height) if layout else []
        return self._window

    def paragraph(self, offset: int) -> Span:
        """The source line that holds an offset, without the white space around it."""
        return self.document.paragraph(offset) if self.document else Span(0, 0)

    def offset_at(self, x: int, y: int) -> int | None:
        """The code point of the text that is drawn at a cell of the pane; None where there is none."""
        lines = self.visible_lines()
        if self.document is None or not 0 <= y < len(lines):
            return None
        line = lines[y]
        column = x - self.inset - line.indent
        if column < 0 or line.label or line.kind is LineKind.FOLD:
            return None
        offset = line.start + offset_at_column(self.document.shown(line.start, line.end), column)
        return offset if offset < line.end else None

    # -- moving ------------------------------------------------------------------------------------------

    def goto(self, offset: int) -> None:
        """Put the line that shows an offset on top; 0 is the header."""
        layout = self.current_layout()
        if layout is None:
            self._pending = (offset, True) if self.document else None
            return
        fold = layout.document.fold_at(offset)
        if fold is None or fold.start != offset:  # the line of the fold itself may be on top
            layout = self._unfolded_for(offset, layout)
        self._set_top(layout.first if offset <= 0 else layout.locate(offset))

    def reveal(self, offset: int) -> None:
        """Bring the line that shows an offset into view: a third from the top, where it is not there yet."""
        layout = self.current_layout()
        if layout is None:
            self._pending = (offset, False) if self.document else None
            return
        layout = self._unfolded_for(offset, layout)
        position = layout.locate(offset)
        height = self.size.height
        if not self._top <= position <= layout.forward(self._top, height - 1):
            self._set_top(layout.back(position, height // 3))

    def scroll_lines(self, count: int) -> bool:
        """Move by lines, up when negative; whether anything moved."""
        layout = self.current_layout()
        if layout is None:
            return False
        position = layout.forward(self._top, count) if count > 0 else layout.back(self._top, -count)
        return self._set_top(position)

    def action_line_down(self, count: int = 1) -> None:
        """Lines down."""
        self.scroll_lines(count)

    def action_line_up(self, count: int = 1) -> None:
        """Lines up."""
        self.scroll_lines(-count)

    def action_page_down(self, count: int = 1) -> None:
        """Pages down; one line stays in sight."""
        self.scroll_lines(count * self._page())

    def action_page_up(self, count: int = 1) -> None:
        """Pages up; one line stays in sight."""
        self.scroll_lines(-count * self._page())

    def action_half_page_down(self, count: int = 1) -> None:
        """Half pages down."""
        self.scroll_lines(count * max(1, self.size.height // 2))

    def action_half_page_up(self, count: int = 1) -> None:
        """Half pages up."""
        self.scroll_lines(-count * max(1, self.size.height // 2))

    def action_home(self) -> None:
        """To the header."""
        self.goto(0)

    def action_end(self) -> None:
        """To the last line."""
        layout = self.current_layout()
        if layout is not None:
            self._set_top(layout.top_for_end(self.size.height))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves lines."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves lines."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(-_WHEEL)

    def on_resize(self) -> None:
        """Keep the same words on top."""
        self.relayout()

    # -- for the reader ----------------------------------------------------------------------------------

    @property
    def inset(self) -> int:
        """Cells left of the text; narrow panes have none."""
        width = self.size.width
        middle = (width - self.measure) // 2 if self.centred else 0
        return max(GUTTER, middle) if width >= _NARROW else 0

    def open_document(self, article: Article | None) -> None:
        """Take another article, from its start."""
        self.document = Document(article) if article is not None else None
        self._layout = self._pending = self._reported = self._window = None
        self._top, self._anchor = LinePosition(0, 0), 0

    def relayout(self) -> None:
        """Lay out again after a change of size or folding; the same words stay on top."""
        self._layout = self._window = None
        layout = self.current_layout()
        if layout is not None:
            if self._pending is not None:
                (offset, on_top), self._pending = self._pending, None
                (self.goto if on_top else self.reveal)(offset)
            else:
                self._top = layout.first if self._anchor <= 0 else layout.locate(self._anchor)
        self.redraw()

    def redraw(self) -> None:
        """Draw everything again."""
        self._window = None
        self.refresh()
        self._report()

    watch_boilerplate_shown = watch_measure = watch_centred = watch_ascii_only = relayout

    def _page(self) -> int:
        return max(1, self.size.height - 1)

    def current_layout(self) -> Layout | None:
        """The layout at the current size; None without a document or while the pane has no size."""
        if self.document is None or not self.size.height or not self.size.width:
            return None
        if self._layout is None:
            margin = 1 if self.inset else 0
            self._layout = Layout(
                self.document,
                self.measure,
                self.size.width - self.inset - margin,
                not self.boilerplate_shown,
                glyphs(self.ascii_only),
            )
        return self._layout

    def _unfolded_for(self, offset: int, layout: Layout) -> Layout:
        """The layout, with boilerplate unfolded when the offset lies in it."""
        if not layout.folded or not layout.hides(offset):
            return layout
        self.boilerplate_shown = True
        return self.current_layout() or layout

    def _set_top(self, position: LinePosition) -> bool:
        """Put a line on top, as far as the last line stays at the lower edge; whether anything moved."""
        layout = self.current_layout()
        if layout is None:
            return False
        position = max(layout.first, min(position, layout.top_for_end(self.size.height)))
        if position == self._top:
            return False
        self._top = position
        self._anchor = layout.line(position).start if position.section else 0
        self._window = None
        self.refresh()
        self._report()
        return True

    def _report(self) -> None:
        """Post `Moved` when the position has changed."""
        if self.document is None or not self.is_attached or not self.size.height:
            return
        status = (self.top_offset, self.fraction)
        if status != self._reported:
            self._reported = status
            self.post_message(self.Moved(*status))
