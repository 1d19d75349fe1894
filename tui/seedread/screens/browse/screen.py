"""The main screen: the query line, the results and the article; and its place from session to session."""

from __future__ import annotations

import asyncio
from collections.abc import Set
from functools import partial
from typing import ClassVar

from textual import on
from textual.widgets import Input

from seedread.actions.handlers import Call, command
from seedread.screens.browse.background_work import BackgroundController, WorkUpdated
from seedread.screens.browse.mentions import MentionsController
from seedread.screens.browse.navigation import NavigationController
from seedread.screens.browse.offers import OffersController
from seedread.screens.browse.panes import Articles, ArticleView, BrowseFrame
from seedread.screens.browse.query_line import QueryLine
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread.screens.browse.sending import SendingController
from seedread.screens.browse.status_text import StatusText
from seedread.screens.global_commands import GlobalCommands
from seedread.session import Session
from seedread.userdata.session_state import dumped

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
        self.mentions = MentionsController(self, self.reading)
        self.sending = SendingController(self, self.search, self.reading)
        self.session_place = SessionPlace(self, self.search, self.reading)
        self._status = StatusText(self, self.search, self.reading, self.background)
        self.add_commands(GlobalCommands(self), self.search, self.query_line, self.reading)
        self.add_commands(self.navigation, self.offers, self.mentions, self.sending, self)

    # -- start and end -----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Restore the place of the last session, and start the background work."""
        self.in_background(self.session_place.restore, "restore")
        self.set_timer(_POLL_EVERY, self._poll_work)
        self.set_interval(_SAVE_EVERY, self.session_place.save)
        self.call_after_refresh(self.background.start)

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
        self.status_left, self.status_right = self._status.left(), self._status.right()
        self.hints = self._status.hints()

    # -- messages come up --------------------------------------------------------------------------------

    def _results_changed(self) -> None:
        self.reading.follow_cursor()

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
            self.search.repeat()
            self.reading.reload()
        self.refresh_state()

    @on(Input.Changed, "#query")
    def _query_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.search.type_query(self.input.value)

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

    # -- commands ----------------------------------------------------------------------------------------

    @command("back", "close-reader", "input-back")
    def go_back(self, call: Call) -> None:
        """From the article or the query line to the list; from the list out.

        Escape, which is pressed out of habit, never ends the program, nor does a key that leads to the list
        and was pressed once more before the first one was answered.
        """
        if self.zen:
            self.leave_zen()
        elif self.focused is not self.articles:
            self.focus_on(self.articles)
        elif call.name == "back" and call.key != "escape":
            self.leave(0)
        elif call.name == "back":
            self.notify_user("q quits")

    @command("zen")
    async def toggle_zen(self, call: Call) -> None:
        """Nothing but the text, and back; from the list the article under the cursor is opened."""
        if not self.zen and not self.is_reading:
            await self.navigation.open_current(call)
            if not self.is_reading:
                self.notify_user("there is no article here")
                return
        self.zen = not self.zen


class SessionPlace:
    """Owns the stored place: until it is restored, nothing else takes its place."""

    def __init__(self, frame: BrowseFrame, search: SearchController, reading: ReadingController) -> None:
        self._frame = frame
        self._search = search
        self._reading = reading
        self.restored = False
        """Whether the place of the last session was restored, or whatever is left of it."""

    def save(self) -> None:
        """Store the current place, if it has changed, in a thread."""
        content, store = self._current(), self._frame.session.store
        if content != store.saved:
            store.want(content)
            self._frame.in_background(partial(asyncio.to_thread, store.flush), "state")

    def save_now(self) -> None:
        """Store the current place before the program ends; a small file, written where it stands."""
        self._frame.session.store.save(self._current())

    def _current(self) -> str:
        """The current place as it is stored; the stored one while it is still being restored."""
        session, frame, search = self._frame.session, self._frame, self._search
        if not self.restored:
            return session.store.saved
        place, settings = session.place, session.settings
        place.query = search.query_text
        place.filter = search.filter_text
        place.sort = search.sort
        place.typing = search.typing
        place.article = self._reading.current_id
        place.reading = frame.is_reading
        place.preview = frame.preview
        place.split = frame.split if frame.split != settings.split else None
        place.measure = frame.measure if frame.measure != settings.measure else None
        if frame.is_reading:
            reader = frame.reader
            place.offset = reader.top_offset
            hit = reader.current_hit
            place.hit = hit.start if hit is not None and not reader.find else None
        return dumped(place)

    async def restore(self) -> None:
        """Come back to the place of the last session; it stays stored until that is done."""
        try:
            await self._restore()
        finally:
            self.restored = True
        await self._follow_moves(self._frame.session.read_ids)

    async def follow_moves(self) -> None:
        """Keep what was kept for ids of an earlier version for those that the articles have now."""
        session = self._frame.session
        await self._follow_moves(session.placed_ids() | session.read_ids)

    async def _follow_moves(self, ids: Set[str]) -> None:
        session = self._frame.session
        if moved := await asyncio.to_thread(session.archive.moved_ids, ids):
            session.follow_moves(moved)

    async def _restore(self) -> None:
        """Run the search again, find the row, and open the paragraph where the article was open.

        From the list the preview, and Enter, go on where reading the article was left.

        A user who has begun something else in the meantime is left alone.
        """
        frame, search, place = self._frame, self._search, self._frame.session.place
        settings, offset = frame.session.settings, place.offset

        def untouched() -> bool:
            return frame.focused is frame.input and frame.input.value == place.query

        frame.restore_layout(
            split=place.split or settings.split,
            measure=place.measure or settings.measure,
            preview=place.preview,
        )
        await search.search_for(
            place.query, filter=place.filter, sort=place.sort, stay_at=place.article, typing=place.typing
        )
        article = place.article
        await self._follow_moves(frame.session.placed_ids())
        row = search.row_of(place.article)
        if row is not None and place.article != article and untouched():
            frame.articles.cursor = row
        if row is not None and place.reading and untouched():
            shown = await self._reading.show_row(row, offset if place.hit is None else place.hit)
            if shown and untouched():
                frame.reader.goto(offset)
                frame.focus_on(frame.reader)
        elif not place.reading and untouched():
            if place.query:
                frame.input.select_all()
            left_at = place.offsets.get(place.article or "", 0)
            if row is not None and left_at:
                await self._reading.show_row(row, left_at)
