"""A pane that shows an article as lines and moves through it; what the lines look like is the reader's."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from seedread.widgets.reader.blocks import Look
from seedread.widgets.reader.document import Document
from seedread.widgets.reader.layout import Layout, Line, Place
from seedread.widgets.rendering.cells import drawn_at
from seedread.widgets.rendering.glyphs import glyphs
from seedread_index.model.article import Article, Span

_NARROW = 24
_GUTTER = 2
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
        self._made: Layout | None = None
        self._top = Place(0, 0)
        self._anchor = 0
        self._window: list[Line] | None = None
        self._awaited: tuple[int, bool] | None = None
        self._told: tuple[int, float] | None = None

    # -- where one is ------------------------------------------------------------------------------------

    @property
    def top_offset(self) -> int:
        """The code point that the top line starts with, for `goto`; 0 at the header."""
        if self._awaited is not None:
            return self._awaited[0]
        layout = self.composed()
        return layout.line(self._top).start if layout and self._top.section else 0

    @property
    def fraction(self) -> float:
        """How much of the text lies above the lower edge, from 0 to 1."""
        layout = self.composed()
        if layout is None or not layout.document.text or self.at_end:
            return 1.0
        return min(
            1.0, max((line.end for line in self.visible_lines()), default=0) / len(layout.document.text)
        )

    @property
    def at_end(self) -> bool:
        """Whether the last line can be seen."""
        layout = self.composed()
        return layout is None or self._top >= layout.top_for_end(self.size.height)

    @property
    def visible_span(self) -> Span:
        """The stretch of the text that can be seen."""
        shown = [line for line in self.visible_lines() if line.end > line.start]
        if not shown:
            return Span(0, 0)
        return Span(min(line.start for line in shown), max(line.end for line in shown))

    def visible_lines(self) -> list[Line]:
        """The lines that can be seen, from the top."""
        if self._window is None:
            layout = self.composed()
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
        if column < 0 or line.label or line.look is Look.FOLD:
            return None
        offset = line.start + drawn_at(self.document.shown(line.start, line.end), column)
        return offset if offset < line.end else None

    # -- moving ------------------------------------------------------------------------------------------

    def goto(self, offset: int) -> None:
        """Put the line that shows an offset on top; 0 is the header."""
        layout = self.composed()
        if layout is None:
            self._awaited = (offset, True) if self.document else None
            return
        layout = self._unfolded_for(offset, layout)
        self._put_top(layout.first if offset <= 0 else layout.locate(offset))

    def reveal(self, offset: int) -> None:
        """Bring the line that shows an offset into view: a third from the top, where it is not there yet."""
        layout = self.composed()
        if layout is None:
            self._awaited = (offset, False) if self.document else None
            return
        layout = self._unfolded_for(offset, layout)
        place = layout.locate(offset)
        height = self.size.height
        if not self._top <= place <= layout.forward(self._top, height - 1):
            self._put_top(layout.back(place, height // 3))

    def scroll_lines(self, count: int) -> bool:
        """Move by lines, up when negative; whether anything moved."""
        layout = self.composed()
        if layout is None:
            return False
        place = layout.forward(self._top, count) if count > 0 else layout.back(self._top, -count)
        return self._put_top(place)

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
        layout = self.composed()
        if layout is not None:
            self._put_top(layout.top_for_end(self.size.height))

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
        self.compose_again()

    # -- for the reader ----------------------------------------------------------------------------------

    @property
    def inset(self) -> int:
        """Cells left of the text; narrow panes have none."""
        return _GUTTER if self.size.width >= _NARROW else 0

    def open_document(self, article: Article | None) -> None:
        """Take another article, from its start."""
        self.document = Document(article) if article is not None else None
        self._made = self._awaited = self._told = self._window = None
        self._top, self._anchor = Place(0, 0), 0

    def compose_again(self) -> None:
        """Lay out anew after a change of size or of what is folded; the same words stay on top."""
        self._made = self._window = None
        layout = self.composed()
        if layout is not None:
            if self._awaited is not None:
                (offset, on_top), self._awaited = self._awaited, None
                (self.goto if on_top else self.reveal)(offset)
            else:
                self._top = layout.first if self._anchor <= 0 else layout.locate(self._anchor)
        self.redraw()

    def redraw(self) -> None:
        """Draw everything again."""
        self._window = None
        self.refresh()
        self._tell()

    watch_boilerplate_shown = watch_measure = watch_ascii_only = compose_again

    def _page(self) -> int:
        return max(1, self.size.height - 1)

    def composed(self) -> Layout | None:
        """The layout at the present size; None while there is nothing to lay out or no room for it."""
        if self.document is None or not self.size.height or not self.size.width:
            return None
        if self._made is None:
            margin = 1 if self.inset else 0
            self._made = Layout(
                self.document,
                self.measure,
                self.size.width - self.inset - margin,
                not self.boilerplate_shown,
                glyphs(self.ascii_only),
            )
        return self._made

    def _unfolded_for(self, offset: int, layout: Layout) -> Layout:
        """The layout, with boilerplate unfolded when the offset lies in it."""
        if not layout.folded or not layout.hides(offset):
            return layout
        self.boilerplate_shown = True
        return self.composed() or layout

    def _put_top(self, place: Place) -> bool:
        """Put a line on top, as far as the last line stays at the lower edge; whether anything moved."""
        layout = self.composed()
        if layout is None:
            return False
        place = max(layout.first, min(place, layout.top_for_end(self.size.height)))
        if place == self._top:
            return False
        self._top = place
        self._anchor = layout.line(place).start if place.section else 0
        self._window = None
        self.refresh()
        self._tell()
        return True

    def _tell(self) -> None:
        """Say where the pane is, when that is news."""
        if self.document is None or not self.is_attached or not self.size.height:
            return
        news = (self.top_offset, self.fraction)
        if news != self._told:
            self._told = news
            self.post_message(self.Moved(*news))
