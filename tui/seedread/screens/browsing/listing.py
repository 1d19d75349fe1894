"""What the keys of the result list do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from seedread.screens.browsing.reading import set_read, show_row
from seedread.screens.command_screen import Call, Handlers

if TYPE_CHECKING:
    from seedread.screens.browse import BrowseScreen


async def preview_down(screen: BrowseScreen, call: Call) -> None:
    """Show the preview, then page it."""
    if await toggle_on(screen):
        screen.reader.action_page_down(call.times)


async def preview_up(screen: BrowseScreen, call: Call) -> None:
    """Page the preview back."""
    if await toggle_on(screen):
        screen.reader.action_page_up(call.times)


async def toggle_on(screen: BrowseScreen) -> bool:
    """Whether the preview of this row was there already; shows it otherwise."""
    there = screen.article is not None and screen.article.id == screen.current_id
    if there and (screen.preview or screen.wide):
        return True
    screen.preview = True
    await show_row(screen, screen.row)
    return False


async def preview(screen: BrowseScreen, _call: Call) -> None:
    """Show or hide the preview."""
    screen.preview = not screen.preview
    if screen.preview:
        await show_row(screen, screen.row)


def mark(screen: BrowseScreen, _call: Call) -> None:
    """Mark the ticked articles, or this one, as read or unread."""
    ids = sorted(screen.articles.ticked) or ([screen.current_id] if screen.current_id else [])
    if ids:
        read = not set(ids) <= screen.session.read_ids
        set_read(screen, ids, read)
        screen.say(f"{len(ids)} marked as {'read' if read else 'unread'}")


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
        screen.say("no more unread articles" if step > 0 else "no unread articles before")


def tick(screen: BrowseScreen, call: Call) -> None:
    """Tick or untick articles, downwards."""
    for _ in range(call.times):
        if screen.current_id is None:
            return
        screen.articles.ticked ^= {screen.current_id}
        if not screen.reading:
            screen.articles.action_cursor_down(1)
    screen.say(f"{len(screen.articles.ticked)} ticked" if screen.articles.ticked else "")


def tick_all(screen: BrowseScreen, _call: Call) -> None:
    """Tick every result, or none."""
    everything = frozenset(screen.results.ids) if screen.results else frozenset()
    screen.articles.ticked = frozenset() if everything <= screen.articles.ticked else everything
    screen.say(f"{len(screen.articles.ticked)} ticked")


async def information(screen: BrowseScreen, _call: Call) -> None:
    """The facts of the article under the cursor."""
    from seedread.screens.information import InformationScreen

    archive, article_id = screen.session.archive, screen.current_id
    article = await asyncio.to_thread(archive.article, article_id) if article_id else None
    if article is None:
        screen.say("there is no article here")
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
