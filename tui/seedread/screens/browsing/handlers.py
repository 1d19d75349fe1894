"""All commands of the browse screen, and what follows an answer or a move of the cursor."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.widgets import Static

from seedread.resume import dumped
from seedread.screens.browsing import following, leaping, listing, looks, moving, querying, reading, sending
from seedread.screens.browsing.searching import Answer
from seedread.screens.command_screen import Call, Handlers
from seedread.widgets.cells import defused
from seedread_index.errors import QueryError

if TYPE_CHECKING:
    from seedread.screens.browse import BrowseScreen

_REST = 0.15
"""Seconds without a key after which the preview follows the query."""

HERE = Call()
"""A call without count or argument."""


def back(screen: BrowseScreen, _call: Call) -> None:
    """From the article or the query line to the list; from the list out."""
    if screen.zen:
        screen.zen = False
    elif screen.focused is screen.articles:
        screen.leave(0)
    else:
        screen.focus_on(screen.articles)


HANDLERS: Handlers = {
    **moving.HANDLERS,
    **listing.HANDLERS,
    **querying.HANDLERS,
    **leaping.HANDLERS,
    **following.HANDLERS,
    **looks.HANDLERS,
    **sending.HANDLERS,
    "open-article": reading.open_row,
    "next-hit": reading.next_hit,
    "previous-hit": reading.previous_hit,
    "next-article": reading.next_article,
    "previous-article": reading.previous_article,
    "back": back,
    "close-reader": back,
    "input-back": back,
}


async def supply_rows(screen: BrowseScreen, key: object, start: int, stop: int) -> None:
    """Make the rows that the list asked for."""
    results = screen.results
    if results is None or key != screen.results_key:
        return
    hits = await asyncio.to_thread(screen.session.archive.hits, results, start, stop)
    screen.articles.supply(key, start, hits)


def after_highlight(screen: BrowseScreen) -> None:
    """Show the article under the cursor where there is a place for it."""
    if screen.reading or not (screen.preview or screen.wide):
        return
    if screen.current_id is None:
        reading.clear(screen)
        return
    shown = screen.article is not None and screen.article.id == screen.current_id
    if not shown or screen.shown_for != reading.asked(screen):
        screen.in_background(partial(_preview, screen), "preview", exclusive=True)


async def _preview(screen: BrowseScreen) -> None:
    """Show the article under the cursor; while a query is typed, only after a rest."""
    if screen.focused is screen.input:
        await asyncio.sleep(_REST)
    await reading.show_row(screen, screen.row)


def sync_ended(screen: BrowseScreen) -> None:
    """Nothing more is to be expected: back to the query line when nothing was found."""
    if screen.syncing:
        screen.syncing = False
        nothing = screen.results is not None and not screen.results.total
        if nothing and screen.query_text and screen.focused is screen.articles:
            screen.focus_on(screen.input)


def after_answer(screen: BrowseScreen, answer: Answer) -> None:
    """Mark the hits of the new query in the preview; note a query that was run."""
    after_highlight(screen)
    if not answer.request.enter or answer.results is None:
        return
    session = screen.session
    if session.history.note(answer.request.text):
        screen.in_background(partial(asyncio.to_thread, session.history.save, answer.request.text), "state")
    if not answer.results.total and screen.focused is screen.articles and not screen.syncing:
        screen.focus_on(screen.input)


def show_query_error(screen: BrowseScreen, answer: Answer) -> None:
    """Say what is wrong with the query, with a caret under the place."""
    error = answer.error
    if error is None:
        return
    if isinstance(error, QueryError):
        before = answer.request.text[: max(0, error.position - answer.request.lead)]
        column = max(0, cell_len(defused(before)) - screen.input.scroll_offset.x)
        caret = screen.query_one("#caret", Static)
        caret.update(" " * (len("Search ") + column) + screen.session.glyphs.caret)
        caret.add_class("-shown")
    if answer.request.enter and screen.focused is screen.articles:
        screen.focus_on(screen.input)
    screen.say_error(error)


def note_offset(screen: BrowseScreen, offset: int) -> None:
    """Remember how far the article was read."""
    if screen.article is not None:
        screen.session.place.remember_offset(screen.article.id, offset)


def keep_place(screen: BrowseScreen) -> None:
    """Store where one is, if that has changed, in a thread."""
    content = _place_now(screen)
    if content != screen.session.store.saved:
        screen.in_background(partial(asyncio.to_thread, screen.session.store.save, content), "state")


def keep_place_at_once(screen: BrowseScreen) -> None:
    """Store where one is before the program ends; a small file, written where it stands."""
    screen.session.store.save(_place_now(screen))


def _place_now(screen: BrowseScreen) -> str:
    """Where one is, as it is stored; what was stored before while the screen is still coming back to it."""
    if not screen.restored:
        return screen.session.store.saved
    settings = screen.session.settings
    place = screen.session.place
    place.query = screen.query_text
    place.filter = screen.filter_text
    place.sort = screen.sort
    place.typing = screen.typing
    place.article = screen.current_id
    place.reading = screen.reading
    place.preview = screen.preview
    place.split = screen.split if screen.split != settings.split else None
    if screen.reading:
        reader = screen.reader
        place.offset = reader.top_offset
        place.hit = reader.current_hit.start if reader.current_hit is not None and not reader.find else None
    return dumped(place)


async def restore(screen: BrowseScreen) -> None:
    """Come back to where the last session was: the search, the row, and the paragraph when it was in one."""
    place = screen.session.place
    screen.split = place.split or screen.session.settings.split
    screen.reader.measure = place.measure or screen.session.settings.measure
    screen.preview = place.preview
    screen.set_reactive(type(screen).sort, place.sort)
    await screen.search_for(place.query, filter=place.filter, stay_at=place.article, typing=place.typing)
    screen.restored = True
    if place.reading and place.article is not None:
        offset = place.offset
        row = screen.row_of(place.article)
        if row is not None and screen.focused is screen.input and screen.query_text == place.query:
            await reading.show_row(screen, row, offset if place.hit is None else place.hit)
            screen.reader.goto(offset)
            screen.focus_on(screen.reader)
    elif place.query and screen.focused is screen.input:
        screen.input.select_all()
