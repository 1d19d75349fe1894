"""The article in the reader: fetching it, walking its hits on into the next article and exactly back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Literal

from seedread.actions.handlers import Call, command
from seedread.screens.browse.background import BackgroundController
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.search import SearchController
from seedread.screens.corrections import correct
from seedread.screens.requests import InformationRequested
from seedread.userdata.session_log import SessionLog
from seedread.widgets.reader.document import Document, quote_at
from seedread_index.archive import Archive
from seedread_index.model.article import OF_HEADER, Article, PassageKind, Span
from seedread_index.model.correction import ArticleCorrection, ArticleCorrectionKind
from seedread_index.model.results import Matches, Results, SearchRequest

_REST = 0.15
"""Seconds without a key after which the preview follows the query."""
Where = Literal["first", "last"]


class ReadingController:
    """Owns the article in the reader, and notes which articles were read and how far."""

    def __init__(
        self, frame: BrowseFrame, search: SearchController, background: BackgroundController
    ) -> None:
        self._frame = frame
        self._search = search
        self._background = background
        self._source = ("", "", True)
        self.article: Article | None = None
        """The article in the reader."""
        self._unfolded = False  # whether boilerplate is shown because the hits are in it
        self.fraction = 0.0
        """How much of it lies above the lower edge of the reader, from 0 to 1."""

    @property
    def current_id(self) -> str | None:
        """The id of the current article: the open one, else the one under the cursor."""
        if self._frame.is_reading and self.article is not None:
            return self.article.id
        return self._search.id_at(self._frame.row)

    @property
    def is_shown(self) -> bool:
        """Whether the reader holds the article under the cursor, with the hits of the newest results."""
        same = self.article is not None and self.article.id == self._search.id_at(self._frame.row)
        return same and self._source == self._search.source

    # -- showing -----------------------------------------------------------------------------------------

    async def show_row(self, row: int, where: Where | int = "first", *, only_if_new: bool = False) -> bool:
        """Put the cursor on a row and show its article: at its first or last hit, or at an offset.

        False when it cannot be shown, or is not wanted any more by the time it was fetched: the cursor stands
        on another article then, or, with `only_if_new`, something else has shown it in the meantime.
        """
        frame, results = self._frame, self._search.results
        article_id = self._search.id_at(row)
        if article_id is None or results is None:
            return False
        frame.articles.cursor = row
        article, matches = await asyncio.to_thread(_loaded, frame.session.archive, results, article_id)
        if article is None:
            frame.notify_user("That article is gone (R scans the folders again)", problem=True)
            return False
        if self._search.id_at(frame.row) != article_id or (only_if_new and self.is_shown):
            return False
        self._put(article, matches.spans, where)
        if matches.partial:
            frame.notify_user("The query takes too long; this article may have more hits than are marked")
        self._background.prioritise(article.id)
        return True

    def _put(self, article: Article, hits: tuple[Span, ...], where: Where | int) -> None:
        """Give an article to the reader."""
        reader = self._frame.reader
        hidden = any(_is_boilerplate(article, hit) for hit in hits)
        if hidden or self._unfolded:
            reader.boilerplate_shown = hidden
        self._unfolded = hidden
        if isinstance(where, int):
            reader.show(article, hits, at=where)
        elif where == "last" and hits:
            reader.show(article, hits)
            reader.last_hit()
        elif hits:
            reader.show(article, hits)
        else:
            reader.show(article, hits, at=self._frame.session.place.offsets.get(article.id))
        self.article, self._source = article, self._search.source
        self._frame.refresh_state()

    def clear(self) -> None:
        """Show no article, beside results that hold none."""
        self._frame.reader.show(None)
        self.article, self._source = None, self._search.source
        self._frame.refresh_state()

    def follow_cursor(self) -> None:
        """Show the article under the cursor where there is room for a preview."""
        frame = self._frame
        if frame.is_reading or not frame.shows_article:
            return
        if self.current_id is None:
            self.clear()
        elif not self.is_shown:
            frame.in_background(self._preview, "preview", exclusive=True)

    async def _preview(self) -> None:
        """Show the article under the cursor; while a query is typed, only after a rest."""
        if self._frame.focused is self._frame.input:
            await asyncio.sleep(_REST)
        if not self.is_shown:
            await self.show_row(self._frame.row, only_if_new=True)

    async def show_in_focused_reader(self) -> None:
        """Show the row under the cursor in a focused reader: its preview may still be loading."""
        if self._frame.focused is self._frame.reader and not self.is_shown:
            await self.show_row(self._frame.row, only_if_new=True)

    def reload(self) -> None:
        """Show the names that were found since in the article, in the background."""
        self._frame.in_background(self._reload, "look", exclusive=True)

    async def _reload(self) -> None:
        before = self.article
        if before is None:
            return
        article = await asyncio.to_thread(self._frame.session.archive.article, before.id)
        if article is not None and self.article is before and article.text == before.text:
            self.article = article
            self._frame.reader.renew(article)
            self._frame.refresh_state()

    # -- what was read -----------------------------------------------------------------------------------

    def note_position(self) -> None:
        """Note how far down the article the reader is, and remember it while the article is being read."""
        self.fraction = self._frame.reader.fraction
        if self._frame.is_reading:
            self._remember_offset()
        self._frame.refresh_state()

    def _remember_offset(self) -> None:
        reader = self._frame.reader
        if reader.article is not None:
            self._frame.session.place.remember_offset(reader.article.id, reader.top_offset)

    def mark_read(self) -> None:
        """Remember that the open article was read."""
        log, article, results = self._frame.session.log, self.article, self._search.results
        if log.wanted and article is not None and results is not None:
            request = self._search.request
            self._frame.in_background(
                partial(asyncio.to_thread, _log_opened, log, request, results, article), "log"
            )
        if self.article is not None and self.article.id not in self._frame.session.read_ids:
            self.set_read([self.article.id], read=True)

    def set_read(self, ids: Sequence[str], *, read: bool) -> None:
        """Mark articles as read or unread, here and in the state folder."""
        session = self._frame.session
        self._search.count_seen(session.set_read(ids, read=read))
        self._frame.in_background(partial(asyncio.to_thread, session.store.flush), "state")
        self._frame.refresh_state()

    # -- commands ----------------------------------------------------------------------------------------

    @command("next-hit", "previous-hit")
    async def walk_hits(self, call: Call) -> None:
        """On to the next hit or back to the previous one, through the articles."""
        forward, times, reader = call.name == "next-hit", call.times, self._frame.reader
        if not self._frame.is_reading and await self._ensure_preview():
            times -= 1
        reader.forget_mention()
        for _ in range(times):
            moved = reader.next_hit() if forward else reader.previous_hit()
            if not moved and not await self._cross(forward=forward):
                break
        self._frame.refresh_state()

    async def _ensure_preview(self) -> bool:
        """Show the preview of the row where it is not shown yet; whether that was needed."""
        if self.is_shown and self._frame.shows_article:
            return False
        self._frame.show_preview()
        await self.show_row(self._frame.row)
        return True

    async def _cross(self, *, forward: bool) -> bool:
        """Show the next or previous article at its first or last hit; False at the end of the results."""
        frame, total = self._frame, self._search.total
        row = frame.row + (1 if forward else -1)
        if not 0 <= row < total:
            end = "Last hit of the last article" if forward else "First hit of the first article"
            frame.notify_user(end)
            return False
        if not await self.show_row(row, "first" if forward else "last"):
            return False
        frame.notify_user(f"{'Next' if forward else 'Previous'} article: {row + 1} of {total}")
        if frame.is_reading:
            self.mark_read()
        return True

    @command("next-article", "previous-article")
    async def open_neighbour(self, call: Call) -> None:
        """Open a later or an earlier article of the results."""
        frame, forward = self._frame, call.name == "next-article"
        if self._search.results is None:
            return
        row = frame.row + (call.times if forward else -call.times)
        row = max(0, min(row, self._search.total - 1))
        if row == frame.row:
            frame.notify_user("This is the last article" if forward else "This is the first article")
        elif await self.show_row(row):
            self.mark_read()

    @command("preview")
    async def toggle_preview(self, _call: Call) -> None:
        """Show or hide the preview."""
        self._frame.show_preview(shown=not (self._frame.preview or self._frame.room))
        if self._frame.preview:
            await self.show_row(self._frame.row)

    @command("preview-down", "preview-up")
    async def turn_preview(self, call: Call) -> None:
        """Page the preview; the first time shows it where it is not shown."""
        frame, times = self._frame, call.times
        if not (self.is_shown and frame.shows_article):
            frame.show_preview()
            if not await self.show_row(frame.row):
                return
            times -= 1
        if times:
            down = call.name == "preview-down"
            (frame.reader.action_page_down if down else frame.reader.action_page_up)(times)
            self._remember_offset()

    @command("information")
    async def show_information(self, _call: Call) -> None:
        """Show the facts of the current article."""
        archive, article_id, results = self._frame.session.archive, self.current_id, self._search.results
        article = await asyncio.to_thread(archive.article, article_id) if article_id else None
        if article is None:
            self._frame.notify_user("No article selected")
            return
        variants = results.variants(article.id) if results is not None else ()
        headers = await asyncio.to_thread(archive.headers, variants)
        paths = [header.path for header in headers]
        self._frame.post_message(InformationRequested(article, paths, sorted(self._frame.ticked)))

    @command("toggle-passage")
    async def toggle_passage(self, _call: Call) -> None:
        """The paragraph of the current hit or name, else the one on top, is boilerplate, or body again."""
        frame, reader = self._frame, self._frame.reader
        article = reader.article
        folded = not reader.boilerplate_shown
        quote = quote_at(Document(article), reader.current_offset, folded=folded) if article else None
        if article is None or quote is None:
            frame.notify_user("No paragraph here")
            return
        span, reader.selection = frame.selection or quote.line, None
        do: ArticleCorrectionKind = "body" if _is_boilerplate(article, span) else "boilerplate"
        await correct(frame, ArticleCorrection(do, (article.id,), span=span))


def _is_boilerplate(article: Article, span: Span) -> bool:
    """Whether all of a stretch is boilerplate, the headline, date and byline in it left out."""
    inside = {each.kind for each in article.passages if each.start < span.end and each.end > span.start}
    return inside - OF_HEADER == {PassageKind.BOILERPLATE}


def _log_opened(log: SessionLog, request: SearchRequest, results: Results, article: Article) -> None:
    """Note the search that led to an article, unless it is the last one noted, and the article."""
    log.note_search(request, results)
    log.note_opened(article)


def _loaded(archive: Archive, results: Results, article_id: str) -> tuple[Article | None, Matches]:
    article = archive.article(article_id)
    return article, archive.matches(results, article_id) if article is not None else Matches()
