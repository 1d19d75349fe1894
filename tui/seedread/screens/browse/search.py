"""What is searched for, query, filter and order, and the results."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import get_args

from rich.cells import cell_len
from textual.widgets import Input

from seedread.actions.handlers import Call, command
from seedread.screens.browse.background import BackgroundController
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.search_thread import Answer, Request, Searches
from seedread.widgets.rendering.cells import sanitized
from seedread.wording import named_or_next, whole_query
from seedread_index.model.errors import QueryError, SeedreadError
from seedread_index.model.results import Offer, Results, SearchRequest, Sort

_SORTS: tuple[Sort, ...] = get_args(Sort)


class SearchController:
    """Owns the query, its filter and order, and the last good results.

    `current_id` is the article that a repeated search stays at; `results_changed` is called, before any
    command that waits for the search goes on, when other results are in the list.
    """

    def __init__(
        self,
        frame: BrowseFrame,
        background: BackgroundController,
        *,
        current_id: Callable[[], str | None],
        results_changed: Callable[[], None],
    ) -> None:
        self._frame = frame
        self._background = background
        self._current_id = current_id
        self._results_changed = results_changed
        self._searches = Searches(frame.session.archive, self.take_answer)
        self.query_text = ""
        """What is searched for: what stands in the query line."""
        self.filter_text = ""
        """The filter that narrows every query; empty for none."""
        self.sort: Sort = "relevance"
        """The order of the results."""
        self.typing = True
        """Whether the query is still being typed."""
        self.results: Results | None = None
        """The last good results."""
        self.results_key = 0
        """A number for each results, so that rows of earlier ones are dropped."""
        self.offers: tuple[Offer, ...] = ()
        """What is offered beside the results, the likeliest first."""
        self.seen = 0
        """How many of the results were read."""
        self.restored = False
        """Whether the query is the last session's, and was neither changed nor run since."""

    @property
    def whole_query(self) -> str:
        """The query with the filter in force, as one query."""
        return whole_query(self.query_text, self.filter_text)

    @property
    def request(self) -> SearchRequest:
        """The search as it was asked for."""
        return SearchRequest(self.query_text, sort=self.sort, typing=self.typing, filter=self.filter_text)

    # -- results -----------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many results there are."""
        return self.results.total if self.results is not None else 0

    @property
    def source(self) -> tuple[str, str, bool]:
        """Where the hits come from: query and filter of the results, and whether it is still being typed."""
        results = self.results
        return (results.query, results.filter, self.typing) if results is not None else ("", "", self.typing)

    def id_at(self, row: int) -> str | None:
        """The id of the article in a row."""
        if self.results is None or not 0 <= row < self.results.total:
            return None
        return next(iter(self.results.ids(row, row + 1)), None)

    def row_of(self, article_id: str | None) -> int | None:
        """The row of an article; None when it is not among the results."""
        if self.results is None or article_id is None:
            return None
        return self.results.rows.position_of(article_id)

    def count_seen(self, more: int) -> None:
        """More articles were read, or fewer."""
        self.seen += more

    # -- requests ----------------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether a search is running."""
        return self._searches.running

    async def idle(self) -> None:
        """Wait until every search is answered."""
        await self._searches.idle()

    def type_query(self, text: str) -> None:
        """Search for what is being typed."""
        if text != self.query_text:
            self.query_text, self.restored = text, False
            self._frame.notify_user("")
            self._search(typing=True)

    def run_query(self, text: str) -> None:
        """Search for a query that is complete, and report its errors."""
        self.query_text, self.restored = text, False
        self._search(typing=False, enter=True)

    def repeat(self) -> None:
        """The same search over what the archive now holds; the cursor stays on its article.

        In the query line, with no article shown, a cursor on the first result stays on the first: what comes
        may be better.
        """
        at = None if self._at_top() else self._current_id()
        request = Request(self.query_text, self.filter_text, self.sort, self.typing, stay_at=at, follow=True)
        self._request(request)

    def _at_top(self) -> bool:
        frame = self._frame
        return frame.focused is frame.input and not frame.articles.cursor and not frame.shows_article

    async def search_for(
        self,
        query: str,
        *,
        filter: str = "",
        sort: Sort | None = None,
        stay_at: str | None = None,
        typing: bool = False,
    ) -> None:
        """Put another query and filter in place and wait for the results."""
        line = self._frame.input
        with line.prevent(Input.Changed):
            line.value = query
        self.query_text, self.filter_text, self.restored = query, filter, False
        self.sort = sort or self.sort
        self._frame.notify_user("")
        self._search(typing=typing, stay_at=stay_at)
        await self.idle()

    def set_filter(self, text: str) -> None:
        """Search with another filter."""
        if text != self.filter_text:
            self.filter_text = text
            self.repeat()

    def set_sort(self, sort: Sort) -> None:
        """Search in another order."""
        if sort != self.sort:
            self.sort = sort
            self.repeat()

    def _search(self, *, typing: bool, stay_at: str | None = None, enter: bool = False) -> None:
        self._request(Request(self.query_text, self.filter_text, self.sort, typing, stay_at, enter))

    def _request(self, request: Request) -> None:
        self.typing = request.typing
        if self._searches.submit(request):
            run = partial(self._searches.run, lambda: self._frame.session.read_ids)
            self._frame.in_background(run, "search")

    # -- answers -----------------------------------------------------------------------------------------

    def take_answer(self, answer: Answer) -> None:
        """Show the results, or the error; the last good results stay where there are none."""
        frame, request, results = self._frame, answer.request, answer.results
        if not frame.is_attached:
            return
        if results is None:
            if answer.error is not None and not request.typing:
                self._show_error(answer, answer.error)
            return
        if request.begun and not results.total and self.results is not None:
            return
        frame.hide_caret()
        here = self._current_id() if request.follow and not self._at_top() else None
        self.results_key += 1
        self.results, self.seen, self.offers = results, answer.seen, answer.offers
        followed = self.row_of(here)
        cursor = answer.cursor if followed is None else followed
        same = followed is not None
        frame.articles.set_results(results.total, key=self.results_key, cursor=cursor, same=same)
        frame.articles.supply(self.results_key, answer.start, answer.rows)
        frame.refresh_state()
        self._results_changed()
        if not request.typing and not request.follow:
            self.log_search(results)
        if request.enter:
            self._note_in_history(request.text)
            if not results.total and not self._background.syncing:
                self.offer_correction()

    def offer_correction(self) -> None:
        """Move the keyboard from an empty list back to the query line."""
        if self._frame.focused is self._frame.articles:
            self._frame.focus_on(self._frame.input)

    def log_search(self, results: Results) -> None:
        """Note the search in the session log, where there is one."""
        log, request = self._frame.session.log, self.request
        if log.wanted:
            self._frame.in_background(partial(asyncio.to_thread, log.note_search, request, results), "log")

    def _note_in_history(self, query: str) -> None:
        history = self._frame.session.history
        if history.note(query):
            self._frame.in_background(partial(asyncio.to_thread, history.save, query), "state")

    def _show_error(self, answer: Answer, error: SeedreadError) -> None:
        """Report what is wrong with the query, with a caret under the place."""
        frame = self._frame
        if isinstance(error, QueryError):
            before = answer.request.text[: max(0, error.position)]
            frame.show_caret(max(0, cell_len(sanitized(before)) - frame.input.scroll_offset.x))
        if answer.request.enter:
            self.offer_correction()
        frame.notify_error(error)

    def supply_rows(self, key: object, start: int, stop: int) -> None:
        """Fetch rows [start, stop) of the results `key`, unless these were replaced in the meantime."""
        self._frame.in_background(partial(self._supply, key, start, stop), "rows")

    async def _supply(self, key: object, start: int, stop: int) -> None:
        results = self.results
        if results is None or key != self.results_key:
            return
        hits = await asyncio.to_thread(self._frame.session.archive.hits, results, start, stop)
        self._frame.articles.supply(key, start, hits)

    # -- commands ----------------------------------------------------------------------------------------

    @command("explain")
    def explain(self, _call: Call) -> None:
        """Show in words how the query was understood."""
        if self.results is not None:
            self._frame.notify_user(f"Query: {self.results.explained or 'all articles, newest first'}")

    @command("sort")
    async def choose_order(self, call: Call) -> None:
        """The named order, or the next one."""
        self.set_sort(named_or_next(call.argument, _SORTS, self.sort))
        self._frame.notify_user(f"Sorted by {self.sort}")
        await self.idle()
