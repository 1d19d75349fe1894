"""The frame of the browse screen: its widgets, how they share the room, and which one has the keyboard."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from seedread.screens.browse.panes import Articles, ArticleView
from seedread.screens.command_screen import CommandScreen
from seedread.widgets.line_input import LineInput
from seedread.widgets.status_line import StatusLine

_ROWS_FOR_HINTS = 16


class BrowseFrame(CommandScreen):
    """Query line, list, text and status line; stacked, or beside each other where there is room."""

    reading: reactive[bool] = reactive(False)
    """Whether the reader has the keyboard."""
    preview: reactive[bool] = reactive(False)
    """Whether the reader shows the article under the list's cursor."""
    wide: reactive[bool] = reactive(False)
    """Whether list and text stand beside each other."""
    zen: reactive[bool] = reactive(False)
    """Whether only the text is shown."""
    split: reactive[int] = reactive(40)
    """The list's share of the panes, in percent."""
    said: reactive[str] = reactive("")
    """What the status line says instead of the counts, until the next command."""
    problem: reactive[bool] = reactive(False)
    """Whether `said` tells of something wrong."""

    def compose(self) -> ComposeResult:
        """Query line, caret line, panes, status line, hints."""
        with Horizontal(id="query-bar"):
            yield Static("Search ", id="query-label", markup=False)
            yield LineInput(
                id="query", swallow_slash=True, placeholder='words, "a phrase", person:name, date:2020-02'
            )
        yield Static("", id="caret", markup=False)
        with Container(id="panes"):
            yield Articles(id="articles")
            yield ArticleView(id="reader")
        yield StatusLine(id="status")
        yield StatusLine(id="hints", classes="-hints")

    @property
    def input(self) -> LineInput:
        """The query line."""
        return self.query_one("#query", LineInput)

    @property
    def articles(self) -> Articles:
        """The result list."""
        return self.query_one(Articles)

    @property
    def reader(self) -> ArticleView:
        """The reader."""
        return self.query_one(ArticleView)

    def focus_on(self, pane: Widget) -> None:
        """Move the keyboard at once: the next key is for this pane."""
        self.set_focus(pane, scroll_visible=False)
        self.reading = pane is self.reader

    def on_resize(self, event: events.Resize) -> None:
        """Beside each other where there is room."""
        limit = self.session.settings.side_by_side
        self.wide = bool(limit) and event.size.width >= limit
        self.set_class(event.size.height < _ROWS_FOR_HINTS or not self.session.settings.hints, "-no-hints")

    def on_descendant_focus(self) -> None:
        """The reader takes the screen when it has the keyboard."""
        self.reading = self.focused is self.reader
        self.refresh_status()

    def _layout_changed(self) -> None:
        self.set_class(self.wide, "-wide")
        self.set_class(self.reading, "-reading")
        self.set_class(self.preview, "-preview")
        self.set_class(self.zen, "-zen")
        share = f"{self.split}%"
        if self.is_mounted:
            self.articles.styles.width = share if self.wide else "1fr"
            beside = self.preview and not self.wide
            self.articles.styles.height = share if beside else "1fr"
            self.refresh_status()

    watch_wide = watch_reading = watch_preview = watch_zen = watch_split = _layout_changed

    def show_message(self, text: str, problem: bool) -> None:
        """Say something in the status line."""
        self.said, self.problem = text, problem

    def refresh_status(self) -> None:
        """Write the status line and the hints anew."""
