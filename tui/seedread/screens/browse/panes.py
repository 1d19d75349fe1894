"""The panes of the browse screen: its widgets, how they share the room, and how the text is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.reactive import reactive, var
from textual.widget import Widget
from textual.widgets import Static

from seedread.actions.chosen_keys import bindings
from seedread.actions.command_table import Place
from seedread.actions.handlers import Call, command
from seedread.screens.command_screen import CommandScreen
from seedread.session import Session
from seedread.terminal.early_paint import ROWS_FOR_HEADER
from seedread.widgets.facet_list import FacetList
from seedread.widgets.reader.selection import SelectingReader
from seedread.widgets.results.result_list import ResultList
from seedread.widgets.single_line import LineInput, StatusLine
from seedread_index.model.article import NAMED_TYPES, EntityType, Span

_LABEL = "Search "
CANDIDATES_FROM = len(_LABEL)
"""The cell under the query line where completions begin."""
_PLACEHOLDER = 'words, "a phrase", person:name, date:2020-02'
_WIDTH_STEP, _SPLIT_STEP = 4, 5


class Articles(ResultList, inherit_bindings=False):
    """The result list with the keys of the list."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LIST)


class ArticleView(SelectingReader, inherit_bindings=False):
    """The reader with the keys of the reader."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.READER)


class Facets(FacetList, inherit_bindings=False):
    """The list of facets with its keys."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.FACETS)


class BrowseFrame(CommandScreen):
    """Query line, list, text and status line; stacked, or side by side where there is room.

    Controllers call its methods; only the screen itself writes its attributes.
    """

    is_reading: reactive[bool] = reactive(False)
    """Whether the reader has the keyboard."""
    preview: reactive[bool] = reactive(False)
    """Whether the reader shows the article under the list's cursor."""
    room: reactive[bool] = reactive(False)
    """Whether the preview is shown because the results leave room for it."""
    wide: reactive[bool] = reactive(False)
    """Whether list and text stand side by side."""
    facets_shown: reactive[bool] = reactive(False)
    """Whether the facets are shown, over the list or beside it."""
    zen: reactive[bool] = reactive(False)
    """Whether only the text is shown."""
    split: reactive[int] = reactive(40)
    """The list's share of the panes, in percent."""

    message: var[str] = var("")
    """What the status line shows instead of the counts, until the next command."""
    legend: var[Content] = var(Content(""))
    """What the types of names look like, instead of a message."""
    problem: var[bool] = var(False)
    """Whether the message is about something wrong."""
    status_left: var[str | Content] = var[str | Content]("")
    """The left part of the status line."""
    status_right: var[str] = var("")
    """The right part of the status line."""
    filter_line: var[str] = var("")
    """The filter in force, under the query line; empty for none."""
    explanation: var[str] = var("")
    """The query in words, under the query line; empty where it says nothing that the query does not."""
    candidates: var[str] = var("")
    """The completions that Tab goes through."""
    header_left: var[str | Content] = var[str | Content]("")
    """The left part of the header: which archive this is."""
    header_right: var[str | Content] = var[str | Content]("")
    """The right part of the header: what is being done to it."""
    notice: var[tuple[str, ...]] = var[tuple[str, ...]](())
    """What an empty list says instead of rows."""
    leads_back: var[bool] = var(False)
    """Whether the list was opened from another screen, to which `back` leads."""
    hints: var[str] = var("")
    """The keys under the status line."""
    ticked: var[frozenset[str]] = var(frozenset[str]())
    """The ids of the articles that the list shows as ticked."""
    read_ids: var[frozenset[str]] = var(frozenset[str]())
    """The ids of the articles that the list shows as read."""
    kept_signs: var[Mapping[str, str]] = var({})
    """What the list shows of what is kept of articles, by their ids."""
    measure: var[int] = var(72)
    """The widest that a line of text may be, in cells."""
    highlight: var[bool] = var(True)
    """Whether names and hits are marked in the text."""
    types_shown: var[frozenset[EntityType]] = var(frozenset(NAMED_TYPES))
    """The types of names that are marked in the text."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.input = LineInput(id="query", swallow_slash=True, takes_passages=True, placeholder=_PLACEHOLDER)
        """The query line; like the list and the reader it is kept, as work may end after the screen has."""
        self.articles = Articles(id="articles")
        """The result list."""
        self.reader = ArticleView(id="reader")
        """The reader."""
        self.facets = Facets(id="facets", ellipsis=session.glyphs.ellipsis)
        """The facets."""
        self._caret = Static("", id="caret", markup=False)
        self._panes = Container(id="panes")
        self._room_refused = False  # the user hid a preview that had opened by itself

    def compose(self) -> ComposeResult:
        """Query line, caret line, panes, status line, hints."""
        ascii_only = self.session.glyphs.ascii_only
        self.set_class(ascii_only, "-ascii")
        header = StatusLine(id="header", classes="-header")
        header.set_reactive(StatusLine.left, self.header_left)  # in the first frame, as in the one before it
        yield header.data_bind(left=BrowseFrame.header_left, right=BrowseFrame.header_right)
        with Horizontal(id="query-bar"):
            yield Static(_LABEL, id="query-label", markup=False)
            yield self.input
        yield self._caret
        yield StatusLine(id="filter", classes="-plain").data_bind(left=BrowseFrame.filter_line)
        yield StatusLine(id="explanation", classes="-hints").data_bind(left=BrowseFrame.explanation)
        with self._panes:
            self.articles.set_reactive(Articles.ascii_only, ascii_only)
            self.reader.set_reactive(ArticleView.ascii_only, ascii_only)
            self.reader.set_reactive(ArticleView.fold_key, self.key_of("boilerplate") or ":boilerplate")
            kept = (BrowseFrame.ticked, BrowseFrame.read_ids, BrowseFrame.kept_signs, BrowseFrame.notice)
            yield self.articles.data_bind(*kept)
            yield self.reader.data_bind(BrowseFrame.measure, BrowseFrame.highlight, BrowseFrame.types_shown)
            yield self.facets
        status = StatusLine(id="status")
        status.set_reactive(StatusLine.left, self.status_left)
        yield status.data_bind(
            BrowseFrame.problem, left=BrowseFrame.status_left, right=BrowseFrame.status_right
        )
        yield StatusLine(id="hints", classes="-hints").data_bind(left=BrowseFrame.hints)

    @property
    def place(self) -> Place:
        """Query line, facets, list or reader."""
        if self.focused is self.input:
            return Place.INPUT
        if self.focused is self.facets:
            return Place.FACETS
        return Place.READER if self.is_reading else Place.LIST

    @property
    def row(self) -> int:
        """The row that the cursor is on at this moment."""
        return self.articles.cursor

    @property
    def selection(self) -> Span | None:
        """What is selected in the open article."""
        return self.reader.selection if self.is_reading else None

    @property
    def shows_article(self) -> bool:
        """Whether an article is shown: the reader is open, or the preview beside or below the list."""
        return self.is_reading or ((self.preview or self.room or self.wide) and not self.facets_shown)

    # -- what the controllers call -----------------------------------------------------------------------

    def focus_on(self, pane: Widget) -> None:
        """Move the keyboard at once: the next key is for this pane; facets that hide it are hidden."""
        if pane is self.reader or (pane is self.articles and not self.wide):
            self.facets_shown = False
        self.set_focus(pane, scroll_visible=False)
        self.is_reading = pane is self.reader

    def show_preview(self, *, shown: bool = True) -> None:
        """Show or hide the preview."""
        self.preview = shown
        self._room_refused = not shown
        self.make_room()

    def make_room(self) -> None:
        """Show the preview by itself where the results leave room for it, unless a query is being typed."""
        fits = self.articles.height_beside_preview(self._panes.size.height) is not None
        moving = not self.room and self.focused is self.input
        self.room = fits and not (self.wide or self._room_refused or moving)
        self._lay_out()

    def show_types(self, types: frozenset[EntityType]) -> None:
        """Mark names of these types in the text."""
        self.types_shown = types

    def show_candidates(self, text: str) -> None:
        """Show completions under the query line, in the place of the query in words."""
        self.candidates = text

    def show_facets(self, *, shown: bool = True) -> None:
        """Show or hide the facets."""
        self.facets_shown = shown

    def leave_zen(self) -> None:
        """Show the list and the status line again."""
        self.zen = False

    def restore_layout(self, *, split: int, measure: int, preview: bool) -> None:
        """Lay the panes out as in the last session: `split` in percent of the screen, `measure` in cells."""
        self.split, self.measure, self.preview = split, measure, preview

    def show_message(self, text: str, *, problem: bool = False, legend: Content | None = None) -> None:
        """Show a message in the status line, or a legend."""
        self.legend = legend or Content("")
        self.message, self.problem = text, problem

    def show_caret(self, column: int) -> None:
        """Point at a cell of the query line, counted from the start of what is shown of the query."""
        self._caret.update(" " * (len(_LABEL) + column) + self.session.glyphs.caret)
        self._caret.add_class("-shown")

    def hide_caret(self) -> None:
        """Point at nothing."""
        self._caret.remove_class("-shown")

    def refresh_state(self) -> None:
        """Hand the state of the controllers down to the widgets."""

    # -- layout ------------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Side by side where there is room."""
        limit = self.session.settings.side_by_side
        self.wide = bool(limit) and event.size.width >= limit
        self.call_after_refresh(self.make_room)
        low = event.size.height < ROWS_FOR_HEADER
        self.set_class(low, "-low")
        self.set_class(low or not self.session.settings.hints, "-no-hints")

    def on_descendant_focus(self) -> None:
        """The reader takes the screen when it has the keyboard."""
        self.is_reading = self.focused is self.reader
        self.make_room()

    def _lay_out(self) -> None:
        self.set_class(self.wide, "-wide")
        self.set_class(self.is_reading, "-reading")
        self.set_class(self.preview or self.room, "-preview")
        self.set_class(self.zen, "-zen")
        self.set_class(self.facets_shown, "-facets")
        self.set_class(bool(self.filter_line), "-filtered")
        self.set_class(bool(self.explanation), "-explained")
        share = f"{self.split}%"
        if self.is_mounted:
            self.articles.styles.width = share if self.wide and not self.facets_shown else "1fr"
            below = (self.preview or self.room) and not self.wide
            needed = self.articles.height_beside_preview(self._panes.size.height)
            self.articles.styles.height = (needed or share) if below else "1fr"
            self.reader.centred, self.articles.beside_text = self.zen, self.wide
            self.refresh_state()

    watch_wide = watch_is_reading = watch_preview = watch_zen = watch_split = _lay_out
    watch_facets_shown = watch_filter_line = watch_explanation = _lay_out

    def _state_changed(self) -> None:
        self.refresh_state()

    watch_message = watch_legend = watch_problem = watch_count = watch_candidates = _state_changed

    # -- commands ----------------------------------------------------------------------------------------

    @command("narrower-list")
    def narrow_list(self, call: Call) -> None:
        """Less room for the list."""
        self.split = max(10, self.split - _SPLIT_STEP * call.times)

    @command("wider-list")
    def widen_list(self, call: Call) -> None:
        """More room for the list."""
        self.split = min(90, self.split + _SPLIT_STEP * call.times)

    @command("narrower-text", "wider-text")
    def change_measure(self, call: Call) -> None:
        """A narrower or wider text column."""
        step = _WIDTH_STEP if call.name == "wider-text" else -_WIDTH_STEP
        current = min(self.measure, max(20, self.reader.size.width - 2))
        self.measure = max(20, min(400, current + step * call.times))
        self.notify_user(f"Text {self.measure} columns wide")
