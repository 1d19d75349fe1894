"""Searches in a thread, one at a time; of the requests that come meanwhile only the newest counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from seedread_index.archive import Archive
from seedread_index.model.errors import SeedreadError
from seedread_index.model.results import Hit, Offer, Results, SearchRequest, Sort

_FIRST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Request:
    """A search that is requested.

    `typing` accepts a query that is not complete yet, `stay_at` puts the cursor on an article, `follow`
    leaves it on its article of when the answer comes, `enter` is set where the query was run by Enter.
    """

    text: str
    filter: str = ""
    sort: Sort = "relevance"
    typing: bool = True
    stay_at: str | None = None
    enter: bool = False
    follow: bool = False

    @property
    def begun(self) -> bool:
        """Whether only the first letter of the last word is typed, which means little."""
        last = self.text.rpartition(" ")[2]
        return self.typing and len(last) == 1


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The answer to a request: results with some of their rows from `start` on and what is offered beside
    them, or an error."""

    request: Request
    results: Results | None
    start: int = 0
    cursor: int = 0
    rows: tuple[Hit, ...] = ()
    seen: int = 0
    error: SeedreadError | None = None
    offers: tuple[Offer, ...] = ()


class Searches:
    """Runs one search at a time in a thread; of the requests that come meanwhile only the newest one runs."""

    def __init__(self, archive: Archive, answered: Callable[[Answer], None]) -> None:
        self._archive = archive
        self._answered = answered
        self._next: Request | None = None
        self._current: Request | None = None
        self.running = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def idle(self) -> None:
        """Wait until every request is answered."""
        await self._idle.wait()

    def submit(self, request: Request) -> bool:
        """Take a request; True when `run` has to be started for it.

        It takes over what an unanswered request for the same query was to do.
        """
        unanswered = self._next or self._current
        if unanswered is not None and unanswered.text == request.text:
            request = replace(request, enter=request.enter or unanswered.enter)
            if request.follow:
                request = replace(request, stay_at=unanswered.stay_at, follow=unanswered.follow)
        self._next = request
        self._idle.clear()
        start, self.running = not self.running, True
        return start

    async def run(self, read_ids: Callable[[], frozenset[str]]) -> None:
        """Answer requests until none is left; an answer that a newer request overtook is dropped."""
        try:
            while (request := self._next) is not None:
                self._next, self._current = None, request
                answer = await asyncio.to_thread(self._search, request, read_ids())
                if self._next is None:
                    self._answered(answer)
        finally:
            self._current = None
            self.running = False
            self._idle.set()

    def _search(self, request: Request, read_ids: frozenset[str]) -> Answer:
        try:
            results = self._archive.search(
                SearchRequest(request.text, sort=request.sort, typing=request.typing, filter=request.filter)
            )
            cursor = _row_of(results, request.stay_at)
            start = max(0, cursor - _FIRST_ROWS // 2)
            rows = self._archive.hits(results, start, start + _FIRST_ROWS)
            if results.total == 0:
                results = _explained(self._archive, results, request)
            offers = self._archive.offers(results)
        except SeedreadError as error:
            return Answer(request, None, error=error)
        seen = results.rows.count_among(read_ids) if read_ids else 0
        return Answer(request, results, start, cursor, tuple(rows), seen, offers=offers)


def _row_of(results: Results, article_id: str | None) -> int:
    return (results.rows.position_of(article_id) or 0) if article_id else 0


def _explained(archive: Archive, results: Results, request: Request) -> Results:
    """The results with the reason why there are none, and how many the filter hides."""
    if not results.query.strip() and not request.filter:
        return results
    explanation = results.explanation or archive.explain(results)
    if request.filter and request.text.strip():
        unfiltered = archive.search(SearchRequest(request.text, typing=request.typing))
        explanation = replace(explanation, hidden_by_filter=0 if unfiltered.partial else unfiltered.total)
    return replace(results, explanation=explanation)
