"""Opening articles and walking their hits, on into the next article and exactly back."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, Literal

from seedread.screens.command_screen import Call
from seedread_index.model.article import Article, Span
from seedread_index.model.results import Matches

if TYPE_CHECKING:
    from seedread.screens.browse.screen import BrowseScreen
    from seedread_index.archive import Archive
    from seedread_index.model.results import Results

_LOOK_EVERY = 0.1
_PATIENCE = 3.0
"""Seconds to wait for the first articles of an archive that is being read; other keys wait as long."""
Where = Literal["first", "last", "place"]


async def show_row(
    screen: BrowseScreen, row: int, where: Where | int = "first", *, only_if_new: bool = False
) -> bool:
    """Put the cursor on a row and show its article: at its first or last hit, or at an offset.

    False when it cannot be shown, or is not wanted any more by the time it was fetched: the cursor stands on
    another article then, or, with `only_if_new`, something else has shown it in the meantime.
    """
    article_id = screen.id_at(row)
    results = screen.results
    if article_id is None or results is None:
        return False
    screen.articles.cursor = row
    article, matches = await asyncio.to_thread(_loaded, screen.session.archive, results, article_id)
    if article is None:
        screen.notify_user("that article is gone; R looks at the folder again", problem=True)
        return False
    if screen.id_at(screen.row) != article_id or (only_if_new and is_shown(screen)):
        return False
    put(screen, article, matches.spans, where)
    if matches.partial:
        screen.notify_user("the query takes too long; this article may have more hits than are marked")
    screen.in_background(partial(asyncio.to_thread, screen.work.first, article.id), "first")
    return True


def _loaded(archive: Archive, results: Results, article_id: str) -> tuple[Article | None, Matches]:
    article = archive.article(article_id)
    return article, archive.matches(results, article_id) if article is not None else Matches()


def put(screen: BrowseScreen, article: Article, hits: tuple[Span, ...], where: Where | int) -> None:
    """Give an article to the reader."""
    reader = screen.reader
    if isinstance(where, int):
        reader.show(article, hits, at=where)
    elif where == "last" and hits:
        reader.show(article, hits)
        reader.last_hit()
    elif hits:
        reader.show(article, hits)
    else:
        reader.show(article, hits, at=screen.session.place.offsets.get(article.id))
    screen.article = article
    screen.shown_for = asked(screen)


def is_shown(screen: BrowseScreen) -> bool:
    """Whether the reader shows the article under the cursor, with the hits of the newest results."""
    shown = screen.article is not None and screen.article.id == screen.id_at(screen.row)
    return shown and screen.shown_for == asked(screen)


def note_offset(screen: BrowseScreen) -> None:
    """Remember how far the article in the reader was read."""
    if screen.reader.article is not None:
        screen.session.place.remember_offset(screen.reader.article.id, screen.reader.top_offset)


def clear(screen: BrowseScreen) -> None:
    """Show no article, beside results that hold none."""
    screen.reader.show(None)
    screen.article = None
    screen.shown_for = asked(screen)


def asked(screen: BrowseScreen) -> tuple[str, bool]:
    """What the hits come from: the query, and whether it is still being typed."""
    return screen.results.query if screen.results is not None else "", screen.typing


async def look_again(screen: BrowseScreen) -> None:
    """Show the names that were found since in the open article."""
    before = screen.article
    if before is None:
        return
    article = await asyncio.to_thread(screen.session.archive.article, before.id)
    if article is not None and screen.article is before and article.text == before.text:
        screen.article = article
        screen.reader.renew(article)


async def open_row(screen: BrowseScreen, _call: Call) -> None:
    """Open the article under the cursor at its first hit."""
    await screen.searches.idle()
    until = time.monotonic() + _PATIENCE
    while screen.current_id is None and screen.syncing and not screen.problem and time.monotonic() < until:
        await asyncio.sleep(_LOOK_EVERY)
    if screen.current_id is None or screen.problem:
        return
    screen.leave_place()
    if await show_row(screen, screen.row):
        screen.focus_on(screen.reader)
        mark_read(screen)


async def _show_in_reader(screen: BrowseScreen) -> None:
    """Have the reader show the row under the cursor, as its preview may still be on the way."""
    if screen.focused is screen.reader and not is_shown(screen):
        await show_row(screen, screen.row, only_if_new=True)


async def next_pane(screen: BrowseScreen, _call: Call) -> None:
    """The keyboard to the next pane."""
    screen.focus_next()
    await _show_in_reader(screen)


async def previous_pane(screen: BrowseScreen, _call: Call) -> None:
    """The keyboard to the previous pane."""
    screen.focus_previous()
    await _show_in_reader(screen)


def mark_read(screen: BrowseScreen) -> None:
    """Remember that the open article was read."""
    article = screen.article
    if article is None or article.id in screen.session.read_ids:
        return
    set_read(screen, [article.id], True)


def set_read(screen: BrowseScreen, ids: list[str], read: bool) -> None:
    """Mark articles as read or unread, here and in the state folder."""
    session = screen.session
    before = session.read_ids
    session.read_ids = before | frozenset(ids) if read else before - frozenset(ids)
    screen.articles.read_ids = session.read_ids
    screen.seen += len(session.read_ids) - len(before)
    session.store.want_read(ids, read)
    screen.in_background(partial(asyncio.to_thread, session.store.flush), "state")


async def next_hit(screen: BrowseScreen, call: Call) -> None:
    """On to the next hit, through the articles."""
    await _walk(screen, call.times, forward=True)


async def previous_hit(screen: BrowseScreen, call: Call) -> None:
    """Back to the previous hit, through the articles."""
    await _walk(screen, call.times, forward=False)


async def _walk(screen: BrowseScreen, times: int, *, forward: bool) -> None:
    if not screen.reading and await _shown_in_preview(screen):
        times -= 1
    screen.reader.forget_mention()
    for _ in range(times):
        moved = screen.reader.next_hit() if forward else screen.reader.previous_hit()
        if not moved and not await _cross(screen, forward=forward):
            break
    screen.refresh_status()


async def _shown_in_preview(screen: BrowseScreen) -> bool:
    """Show the preview of the row when it is not there yet; whether that was needed."""
    if is_shown(screen) and (screen.preview or screen.wide):
        return False
    screen.preview = True
    await show_row(screen, screen.row)
    return True


async def _cross(screen: BrowseScreen, *, forward: bool) -> bool:
    row = screen.row + (1 if forward else -1)
    if screen.results is None or not 0 <= row < screen.results.total:
        screen.notify_user(
            "no more hits: this is the last article" if forward else "no hits before: the first article"
        )
        return False
    if not await show_row(screen, row, "first" if forward else "last"):
        return False
    screen.notify_user(f"{'next' if forward else 'previous'} article: {row + 1} of {screen.results.total}")
    if screen.reading:
        mark_read(screen)
    return True


async def next_article(screen: BrowseScreen, call: Call) -> None:
    """Open a later article of the results."""
    await _step(screen, call.times)


async def previous_article(screen: BrowseScreen, call: Call) -> None:
    """Open an earlier article of the results."""
    await _step(screen, -call.times)


async def _step(screen: BrowseScreen, rows: int) -> None:
    if screen.results is None:
        return
    row = max(0, min(screen.row + rows, screen.results.total - 1))
    if row == screen.row:
        screen.notify_user("this is the last article" if rows > 0 else "this is the first article")
    elif await show_row(screen, row):
        mark_read(screen)
