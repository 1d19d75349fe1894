"""What the keys of the result list do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from seedread.screens.browse.reading import is_shown, note_offset, set_read, show_row
from seedread.screens.command_screen import Call, Handlers

if TYPE_CHECKING:
    from seedread.screens.browse.screen import BrowseScreen


async def preview_down(screen: BrowseScreen, call: Call) -> None:
    """Show the preview, then page it."""
    await _page(screen, call.times, screen.reader.action_page_down)


async def preview_up(screen: BrowseScreen, call: Call) -> None:
    """Page the preview back."""
    await _page(screen, call.times, screen.reader.action_page_up)


async def _page(screen: BrowseScreen, times: int, turn: Callable[[int], None]) -> None:
    """Page the preview; the first time shows it where it is not there."""
    if not (is_shown(screen) and (screen.preview or screen.wide)):
        screen.preview = True
        if not await show_row(screen, screen.row):
            return
        times -= 1
    if times:
        turn(times)
        note_offset(screen)


async def preview(screen: BrowseScreen, _call: Call) -> None:
    """Show or hide the preview."""
    screen.preview = not screen.preview
    if screen.preview:
        await show_row(screen, screen.row)


def _from_here(screen: BrowseScreen, times: int) -> Sequence[str]:
    """The ids of this article and those below it."""
    here = screen.current_id
    if here is None or screen.results is None or screen.id_at(screen.row) != here:
        return [here] if here is not None else []
    return screen.results.ids[screen.row : screen.row + times]


def mark(screen: BrowseScreen, call: Call) -> None:
    """Mark the ticked articles, or this one and those below it, as read or unread."""
    ids = sorted(screen.articles.ticked) or list(_from_here(screen, call.times))
    if ids:
        read = not set(ids) <= screen.session.read_ids
        set_read(screen, ids, read)
        screen.notify_user(f"{len(ids)} marked as {'read' if read else 'unread'}")


def next_unread(screen: BrowseScreen, call: Call) -> None:
    """The cursor to a later article that was not read."""
    _unread(screen, call.times, 1)


def previous_unread(screen: BrowseScreen, call: Call) -> None:
    """The cursor to an earlier article that was not read."""
    _unread(screen, call.times, -1)


def _unread(screen: BrowseScreen, times: int, step: int) -> None:
    results = screen.results
    if results is None:
        return
    row = screen.row
    for _ in range(times):
        row += step
        while 0 <= row < results.total and results.ids[row] in screen.session.read_ids:
            row += step
    if 0 <= row < results.total:
        screen.articles.cursor = row
    else:
        screen.notify_user("no more unread articles" if step > 0 else "no unread articles before")


def tick(screen: BrowseScreen, call: Call) -> None:
    """Tick or untick articles, downwards."""
    screen.articles.ticked ^= frozenset(_from_here(screen, call.times))
    if not screen.reading:
        screen.articles.action_cursor_down(call.times)
    screen.notify_user(f"{len(screen.articles.ticked)} ticked" if screen.articles.ticked else "")


def tick_all(screen: BrowseScreen, _call: Call) -> None:
    """Tick every result, or none."""
    everything = frozenset(screen.results.ids) if screen.results else frozenset()
    screen.articles.ticked = frozenset() if everything <= screen.articles.ticked else everything
    screen.notify_user(f"{len(screen.articles.ticked)} ticked")


async def information(screen: BrowseScreen, _call: Call) -> None:
    """The facts of the article under the cursor."""
    from seedread.screens.information import InformationScreen

    archive, article_id = screen.session.archive, screen.current_id
    article = await asyncio.to_thread(archive.article, article_id) if article_id else None
    if article is None:
        screen.notify_user("there is no article here")
        return
    variants = screen.results.variants.get(article.id, ()) if screen.results else ()
    headers = await asyncio.to_thread(archive.headers, variants)
    paths = [header.path for header in headers]
    screen.app.push_screen(InformationScreen(screen.session, article, paths))


HANDLERS: Handlers = {
    "information": information,
    "preview-down": preview_down,
    "preview-up": preview_up,
    "preview": preview,
    "read": mark,
    "next-unread": next_unread,
    "previous-unread": previous_unread,
    "tick": tick,
    "tick-all": tick_all,
}
