"""The main screen: the query line, the results and the article."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.reactive import reactive, var
from textual.widgets import Input

from seedread.actions.keymap import keys_of, shown
from seedread.actions.table import BY_NAME, Place
from seedread.screens import global_commands
from seedread.screens.browse import handlers, navigation, reading, status
from seedread.screens.browse.background_work import Work
from seedread.screens.browse.frame import BrowseFrame
from seedread.screens.browse.jumps import Jumps
from seedread.screens.browse.offers import Offers
from seedread.screens.browse.panes import Articles, ArticleView
from seedread.screens.browse.recall import Recall
from seedread.screens.browse.search_controller import Answer, Request, Searches
from seedread.screens.command_screen import Handlers
from seedread.session import Session
from seedread.widgets.status_line import StatusLine
from seedread_index.model.article import Article
from seedread_index.model.results import Results
from seedread_index.model.search_request import Sort


class BrowseScreen(BrowseFrame):
    """Search as you type, walk the results, read; list and text side by side where there is room."""

    HANDLERS: ClassVar[Handlers] = {**global_commands.HANDLERS, **handlers.HANDLERS}
    AUTO_FOCUS: ClassVar[str | None] = "#query"

    query_text: reactive[str] = reactive("", init=False)
    """What stands in the query line."""
    filter_text: reactive[str] = reactive("", init=False)
    """The filter that narrows every query; empty for none."""
    sort: reactive[Sort] = reactive[Sort]("relevance", init=False)
    """The order of the results."""
    results: reactive[Results | None] = reactive(None, init=False)
    """The last good results."""
    seen: reactive[int] = reactive(0)
    """How many of the results were read."""
    article: reactive[Article | None] = reactive(None, init=False)
    """The article in the reader."""
    activity: reactive[str] = reactive("")
    """What the background work is doing, empty when all is done."""
    syncing: var[bool] = var(True)
    """Whether the folders are still being looked at, so that more may be found soon."""
    fraction: var[float] = var(0.0)
    """How far down the article the reader is."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.results_key = 0
        self.jumps = Jumps()
        self.recall = Recall()
        self.offers = Offers()
        self.finds: list[str] = []
        self.pipes: list[str] = []
        self.restored = False
        self._looking = False
        self.typing = True
        self.shown_for = ("", True)
        self.searches = Searches(session.archive, self._answered)
        self.work = Work(session.archive)
        session.rest, session.go_on = self.pause_work, self.start_work
        session.keep = partial(handlers.keep_place_at_once, self)

    @property
    def place(self) -> Place:
        """Query line, list or reader."""
        if self.focused is self.input:
            return Place.INPUT
        return Place.READER if self.reading else Place.LIST

    @property
    def row(self) -> int:
        """The row the cursor is on, this very moment."""
        return self.articles.cursor

    # -- start -------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Come back to where one was, and start the background work."""
        ascii_only, chosen = self.session.glyphs.ascii_only, self.session.settings.keys
        if folding := keys_of(BY_NAME["boilerplate"], chosen):
            self.reader.fold_key = shown(folding[0])
        self.articles.ascii_only = self.reader.ascii_only = ascii_only
        self.set_class(ascii_only, "-ascii")
        self.in_background(partial(handlers.restore, self), "restore")
        self.set_interval(0.5, self.work_tick)
        self.set_interval(2, self.save_place)
        self.call_after_refresh(self.start_work)

    def pause_work(self) -> None:
        """Ask the child process to end after its next commit."""
        self.work.cancel()

    def start_work(self, notify_user: Callable[[str], None] | None = None) -> None:
        """Look for new files, and run the entity model, in a child process; `say` is told when that is."""
        self.in_background(partial(handlers.start_work, self, notify_user), "work")

    def work_tick(self) -> None:
        """Look how far the background work is, unless the last look still waits for the disk."""
        if not self._looking:
            self._looking = True
            self.in_background(self._look_at_work, "work")

    async def _look_at_work(self) -> None:
        try:
            await self._apply_update()
        finally:
            self._looking = False

    async def _apply_update(self) -> None:
        shown = self.results.generation if self.results is not None else None
        update = await asyncio.to_thread(self.work.poll, shown)
        self.activity = update.activity
        if update.problem:
            self.notify_user(update.problem, problem=True)
        elif update.report:
            self.notify_user(update.report)
        if not (update.syncing or update.changed or self.searches.running):
            handlers.sync_ended(self)
        if update.changed:
            self.search_again()
            self.in_background(partial(reading.look_again, self), "look", exclusive=True)

    def cancel_work(self) -> bool:
        """Stop the command that runs, else the background work."""
        return self.cancel_command() or self.work.cancel()

    async def on_unmount(self) -> None:
        """End the background work, without waiting for it: it ends when this process does, at the latest."""
        threading.Thread(target=self.work.close, name="end of work", daemon=True).start()
        await asyncio.to_thread(self.session.archive.close)

    def on_key(self, event: events.Key) -> None:
        """Escape goes back, but out of habit; it never ends the program."""
        at_top = self.focused is self.articles and not self.zen and self._next_key is None
        if event.key == "escape" and at_top:
            event.stop()
            event.prevent_default()
            self.notify_user("q quits")

    def save_place(self) -> None:
        """Keep where one is, so that a crash loses seconds."""
        handlers.keep_place(self)

    # -- search ------------------------------------------------------------------------------------------

    def search(self, *, typing: bool = True, stay_at: str | None = None, enter: bool = False) -> None:
        """Search for what stands in the query line."""
        self._want(Request(self.query_text, self.filter_text, self.sort, typing, stay_at, enter))

    def _want(self, request: Request) -> None:
        self.typing = request.typing
        if self.searches.want(request):
            self.in_background(partial(self.searches.run, lambda: self.session.read_ids), "search")

    async def search_for(
        self, query: str, *, filter: str = "", stay_at: str | None = None, typing: bool = False
    ) -> None:
        """Put another query and filter in place and wait for its results."""
        with self.prevent(Input.Changed):
            self.input.value = query
        self.set_reactive(BrowseScreen.query_text, query)
        self.set_reactive(BrowseScreen.filter_text, filter)
        self.notify_user("")
        self.search(typing=typing, stay_at=stay_at)
        await self.searches.idle()

    def search_again(self) -> None:
        """The same search over what the archive now holds; the cursor stays on its article."""
        words = (self.query_text, self.filter_text, self.sort, self.typing)
        self._want(Request(*words, stay_at=self.current_id, follow=True))

    @property
    def current_id(self) -> str | None:
        """The id of the article one is at: the open one, else the one under the cursor."""
        if self.reading and self.article is not None:
            return self.article.id
        return self.id_at(self.row)

    def id_at(self, row: int) -> str | None:
        """The id of the article in a row."""
        if self.results is None or not 0 <= row < self.results.total:
            return None
        return self.results.ids[row]

    def row_of(self, article_id: str | None) -> int | None:
        """The row of an article; None when it is not among the results."""
        if self.results is None or article_id is None or article_id not in self.results.ids:
            return None
        return self.results.ids.index(article_id)

    def leave_place(self) -> None:
        """Note where one is, before a leap."""
        self.jumps.leave(navigation.here(self))

    def _answered(self, answer: Answer) -> None:
        if not self.is_attached:
            return
        if answer.results is None:
            if answer.error is not None and not answer.request.typing:
                handlers.show_query_error(self, answer)
            return
        if answer.request.begun and not answer.results.total and self.results is not None:
            return
        self.query_one("#caret").remove_class("-shown")
        here = self.current_id if answer.request.follow else None
        self.results_key += 1
        self.seen = answer.seen
        self.results = answer.results
        self.articles.read_ids = self.session.read_ids
        followed = self.row_of(here)
        cursor = answer.cursor if followed is None else followed
        self.articles.set_results(answer.results.total, key=self.results_key, cursor=cursor)
        self.articles.supply(self.results_key, answer.start, answer.rows)
        self.refresh_status()
        handlers.after_answer(self, answer)

    @on(Input.Changed, "#query")
    def _query_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_text = self.input.value

    def watch_query_text(self) -> None:
        """Search as you type."""
        self.notify_user("")
        self.search()

    def watch_filter_text(self) -> None:
        """Search with the other filter."""
        self.search_again()

    def watch_sort(self) -> None:
        """Search in the other order."""
        self.search_again()

    @on(Articles.RowsRequested)
    def _rows_requested(self, event: Articles.RowsRequested) -> None:
        self.in_background(
            partial(handlers.supply_rows, self, event.key, event.start, event.stop_row), "rows"
        )

    @on(Articles.Highlighted)
    def _highlighted(self, event: Articles.Highlighted) -> None:
        event.stop()
        self.refresh_status()
        handlers.after_highlight(self)

    @on(Articles.Opened)
    def _opened(self, event: Articles.Opened) -> None:
        event.stop()
        self.call_command("open-article", handlers.HERE)

    @on(ArticleView.MentionOpened)
    def _mention_opened(self, event: ArticleView.MentionOpened) -> None:
        event.stop()
        self.call_command("card", handlers.HERE)

    @on(ArticleView.Moved)
    def _moved(self, event: ArticleView.Moved) -> None:
        event.stop()
        handlers.reader_moved(self)

    def refresh_status(self) -> None:
        """Write the status line and the hints anew."""
        lines = self.query(StatusLine)
        if not self.is_mounted or len(lines) < 2:  # not there yet, or gone already
            return
        line, below = lines
        line.left, line.right, line.problem = status.left(self), status.right(self), self.problem
        below.left = status.hints(self)

    watch_said = watch_problem = watch_results = watch_seen = refresh_status
    watch_article = watch_activity = watch_count = refresh_status
