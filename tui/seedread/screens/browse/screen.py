"""The main screen: the query line, the results, the facets and the article."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import ClassVar

from textual import on
from textual.widgets import Input

from seedread.actions.command_table import Place
from seedread.actions.handlers import Call, Handler, command, handlers_of
from seedread.screens.browse.background import BackgroundController, WorkUpdated
from seedread.screens.browse.facets.controller import FacetsController
from seedread.screens.browse.facets.filter import FilterController
from seedread.screens.browse.facets.keys import FacetKeys
from seedread.screens.browse.mentions import MentionsController
from seedread.screens.browse.navigation import NavigationController
from seedread.screens.browse.offers import OffersController
from seedread.screens.browse.panes import Articles, ArticleView, BrowseFrame
from seedread.screens.browse.query_line import QueryLine
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread.screens.browse.sending import SendingController
from seedread.screens.browse.session_place import SessionPlace
from seedread.screens.browse.texts.advice import Advice
from seedread.screens.browse.texts.header import HeaderText
from seedread.screens.browse.texts.status_text import StatusText
from seedread.screens.desk.commands import DeskController
from seedread.screens.global_commands import GlobalCommands
from seedread.screens.library.keeping import KeepingController
from seedread.screens.library.passages import PassagesController
from seedread.screens.requests import StepBackRequested
from seedread.session import Session
from seedread.terminal.early_paint import OPENING
from seedread.widgets.line_list import LineList
from seedread.widgets.single_line import LineInput

_POLL_EVERY = 0.5
_LOOK_EVERY = 2.0
"""Seconds between two looks at an index that nothing is at work on."""
_SAVE_EVERY = 2.0


class BrowseScreen(BrowseFrame):
    """Search as you type, walk the results, read: composes the controllers and hands their state down."""

    AUTO_FOCUS: ClassVar[str | None] = "#query"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.background = BackgroundController(self)
        self.search = SearchController(
            self,
            self.background,
            current_id=lambda: self.reading.current_id,
            results_changed=self._results_changed,
        )
        self.reading = ReadingController(self, self.search, self.background)
        self.query_line = QueryLine(self, self.search)
        self.navigation = NavigationController(self, self.search, self.reading, self.background)
        self.offers = OffersController(self, self.search, self.navigation.leave_place)
        self.mentions = MentionsController(self, self.reading, lambda: self.search.results)
        self.sending = SendingController(self, self.search, self.reading)
        self.keeping = KeepingController(self, self.search, self.reading, self.sending.chosen_ids)
        self.passages = PassagesController(
            self, self.reading, lambda: self.keeping.kept, self.mentions.show_card
        )
        self.desk = DeskController(self, self.search, self.reading, self.mentions.current_name)
        self.session_place = SessionPlace(self, self.search, self.reading)
        self._advice = Advice(self, self.search, self.reading, self.background)
        self._status = StatusText(self, self.search, self.reading, self.background, self._advice)
        self.header = HeaderText(self, self.background)
        self.filter = FilterController(self, self.search, self.navigation.leave_place)
        self.facets_controller = FacetsController(self, self.search, self.reading)
        keys = FacetKeys(self, self.facets_controller, self.filter, self.navigation)
        self._facet_handlers = handlers_of(keys)
        self.set_reactive(BrowseFrame.header_left, self.header.left())
        self.set_reactive(BrowseFrame.status_left, OPENING)
        self.add_commands(GlobalCommands(self), keys, self.filter, self.facets_controller, self.search)
        self.add_commands(self.query_line, self.reading, self.navigation, self.offers, self.mentions)
        self.add_commands(self.sending, self.keeping, self.passages, self.desk, self)

    def handler_of(self, name: str) -> Handler | None:
        """What handles a command where the keyboard is: among the facets some mean something else."""
        if self.place is Place.FACETS and name in self._facet_handlers:
            return self._facet_handlers[name]
        return super().handler_of(name)

    @property
    def cells_beside_text(self) -> int:
        """The width of the list beside the text."""
        return self.articles.outer_size.width + 1 if self.wide else 0

    @property
    def cells_after_text(self) -> int:
        """The width that the measure of the text leaves free in the reader, on its right."""
        return max(0, self.reader.size.width - self.reader.inset - self.reader.measure - 1)

    # -- start and end -----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Restore the place of the last session, and start the background work."""
        self.in_background(self.session_place.restore, "restore")
        self.in_background(self.keeping.reload, "library")
        self.set_timer(_POLL_EVERY, self._poll_work)
        self.set_interval(_SAVE_EVERY, self.session_place.save)
        self.call_after_refresh(self.background.start)

    def on_screen_resume(self) -> None:
        """What another screen changed shows here too."""
        self.refresh_state()

    async def on_unmount(self) -> None:
        """End the background work, and close the archive."""
        self.background.close()
        await asyncio.to_thread(self.session.archive.close)

    def cancel_work(self) -> bool:
        """Stop the command that is running, else the background work."""
        return self.cancel_command() or self.background.cancel()

    # -- state goes down ---------------------------------------------------------------------------------

    def refresh_state(self) -> None:
        """Hand down ticks and read marks, the status line and the hints, to the widgets bound to them."""
        if not self.is_mounted:
            return
        self.ticked, self.read_ids = self.sending.ticked, self.session.read_ids
        self.kept_signs = self.keeping.signs
        self.leads_back = bool(self.navigation.trail)
        self.passages.follow()
        self.status_left, self.status_right = self._status.left(), self._status.right()
        self.hints = self._status.hints()
        self.header_left, self.header_right = self.header.left(), self.header.right()
        self.notice = self._advice.notice()
        self.filter_line, self.explanation = self._status.filter_line(), self._status.explanation()

    # -- messages come up --------------------------------------------------------------------------------

    def watch_room(self) -> None:
        """Fill a preview that opens by itself."""
        self.reading.follow_cursor()

    def _results_changed(self) -> None:
        self.make_room()
        self.reading.follow_cursor()
        self.facets_controller.follow()

    def _poll_work(self) -> None:
        """Poll the background work; seldom while there is none, which a look at the index can tell."""
        self.in_background(self._poll, "work")

    async def _poll(self) -> None:
        results, busy = self.search.results, True
        try:
            busy = await self.background.poll(results.generation if results is not None else None)
        finally:
            if self.is_attached:
                self.set_timer(_POLL_EVERY if busy else _LOOK_EVERY, self._poll_work)

    @on(WorkUpdated)
    def _work_updated(self, event: WorkUpdated) -> None:
        update = event.update
        if update.problem:
            self.notify_user(update.problem, problem=True)
        elif update.report:
            self.notify_user(update.report)
            self.in_background(self.session_place.follow_moves, "moves")
        if not (update.syncing or update.changed or self.search.running) and self.background.end_sync():
            search = self.search
            if search.results is not None and not search.total and search.query_text:
                search.offer_correction()
        if update.changed:
            self.in_background(self.keeping.reload, "library")
            self.search.repeat()
            self.reading.reload()
        self.refresh_state()

    @on(LineInput.SelectionChanged)
    def _selection_changed(self) -> None:
        self.refresh_state()

    @on(LineInput.HelpAsked)
    def _help_asked(self) -> None:
        self.call_command(Call("input-help"))

    @on(Input.Changed, "#query")
    def _query_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_line.follow(self.input.value)
        self.search.type_query(self.input.value)

    @on(LineInput.PassagePasted, "#query")
    def _passage_pasted(self, event: LineInput.PassagePasted) -> None:
        event.stop()
        self.in_background(partial(self.query_line.search_like, event.text), "example")

    @on(Articles.RowsRequested)
    def _rows_requested(self, event: Articles.RowsRequested) -> None:
        self.search.supply_rows(event.key, event.start, event.stop_row)

    @on(Articles.Highlighted)
    def _highlighted(self, event: Articles.Highlighted) -> None:
        event.stop()
        self.refresh_state()
        self.reading.follow_cursor()

    @on(Articles.Opened)
    def _opened(self, event: Articles.Opened) -> None:
        event.stop()
        self.call_command(Call("open-article"))

    @on(ArticleView.MentionOpened)
    def _mention_opened(self, event: ArticleView.MentionOpened) -> None:
        event.stop()
        self.call_command(Call("card"))

    @on(ArticleView.Moved)
    def _moved(self, event: ArticleView.Moved) -> None:
        event.stop()
        self.reading.note_position()

    @on(LineList.Chosen)
    def _facet_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.call_command(Call("facet-narrow"))

    # -- commands ----------------------------------------------------------------------------------------

    @command("back", "close-reader", "input-back")
    def go_back(self, call: Call) -> Awaitable[None] | None:
        """One step back: to the list, to where list or article were opened from, from the first list out.

        Escape, which is pressed out of habit, never ends the program, nor does a key that leads to the list
        and was pressed once more before the first one was answered.
        """
        trail = self.navigation.trail
        if self.selection is not None:
            self.reader.selection = None
        elif self.zen:
            self.leave_zen()
        elif call.name == "back" and self.is_reading and trail.leads_out_of_article:
            return self._step_back()
        elif self.focused is not self.articles:
            trail.go_to_list()
            self.focus_on(self.articles)
        elif self.facets_shown:
            self.facets_controller.hide()
        elif call.name == "back" and trail:
            return self._step_back()
        elif call.name == "back" and call.key != "escape":
            self.leave_unless_failed()
        elif call.name == "back":
            self.notify_user("Press q to quit")
        return None

    async def _step_back(self) -> None:
        """Wait for what was left; the next key is for that."""
        done = asyncio.Event()
        self.post_message(StepBackRequested(done))
        await done.wait()

    def leave_unless_failed(self) -> None:
        """End the program; after a key that led to nothing the user may think that something is open."""
        if self.failed:
            self.failed = False
            self.notify_user("Press q again to quit")
        else:
            self.leave(0)

    @command("zen")
    async def toggle_zen(self, call: Call) -> None:
        """Nothing but the text, and back; from the list the article under the cursor is opened."""
        if not self.zen and not self.is_reading:
            await self.navigation.open_current(call)
            if not self.is_reading:
                self.notify_user("No article selected")
                return
        self.zen = not self.zen

    @command("boilerplate")
    def toggle_boilerplate(self, _call: Call) -> None:
        """Unfold or fold what is not the article's own text."""
        self.reader.boilerplate_shown = not self.reader.boilerplate_shown

    @command("highlighting")
    def toggle_highlight(self, _call: Call) -> None:
        """Mark names and hits, or do not."""
        self.highlight = not self.highlight
        self.notify_user(f"Highlighting {'on' if self.highlight else 'off'}")
