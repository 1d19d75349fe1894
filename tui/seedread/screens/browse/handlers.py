"""All commands of the browse screen, and what follows an answer or a move of the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.widgets import Static

from seedread.screens.browse import (
    display,
    following,
    movement,
    navigation,
    query_commands,
    reading,
    results_commands,
    sending,
)
from seedread.screens.browse.search_controller import Answer
from seedread.screens.command_screen import Call, Handlers
from seedread.userdata.session_state import dumped
from seedread.widgets.rendering.cells import sanitized
from seedread_index.model.errors import QueryError

if TYPE_CHECKING:
    from seedread.screens.browse.screen import BrowseScreen

_REST = 0.15
"""Seconds without a key after which the preview follows the query."""

_LATER = "new and changed files are looked for as soon as the present step is done"

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
    **movement.HANDLERS,
    **results_commands.HANDLERS,
    **query_commands.HANDLERS,
    **navigation.HANDLERS,
    **following.HANDLERS,
    **display.HANDLERS,
    **sending.HANDLERS,
    "next-pane": reading.next_pane,
    "previous-pane": reading.previous_pane,
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
    if not reading.is_shown(screen):
        screen.in_background(partial(_preview, screen), "preview", exclusive=True)


async def _preview(screen: BrowseScreen) -> None:
    """Show the article under the cursor; while a query is typed, only after a rest."""
    if screen.focused is screen.input:
        await asyncio.sleep(_REST)
    if not reading.is_shown(screen):
        await reading.show_row(screen, screen.row, only_if_new=True)


async def start_work(screen: BrowseScreen, notify_user: Callable[[str], None] | None) -> None:
    """Look for new and changed files, at once or as soon as the work under way lets it."""
    begun = await asyncio.to_thread(screen.work.start)
    if notify_user is not None:
        notify_user("looking for new and changed files" if begun else _LATER)


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
        column = max(0, cell_len(sanitized(before)) - screen.input.scroll_offset.x)
        caret = screen.query_one("#caret", Static)
        caret.update(" " * (len("Search ") + column) + screen.session.glyphs.caret)
        caret.add_class("-shown")
    if answer.request.enter and screen.focused is screen.articles:
        screen.focus_on(screen.input)
    screen.say_error(error)


def reader_moved(screen: BrowseScreen) -> None:
    """Tell where the reader is, and remember it when it is being read."""
    screen.fraction = screen.reader.fraction
    if screen.reading:
        reading.note_offset(screen)
    screen.refresh_status()


def keep_place(screen: BrowseScreen) -> None:
    """Store where one is, if that has changed, in a thread."""
    content = _place_now(screen)
    store = screen.session.store
    if content != store.saved:
        store.want(content)
        screen.in_background(partial(asyncio.to_thread, store.flush), "state")


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
    """Come back to where the last session was; what is left of that is kept aside until it is done."""
    try:
        await _come_back(screen)
    finally:
        screen.restored = True


async def _come_back(screen: BrowseScreen) -> None:
    """Run the search again, find the row, and open the paragraph when it was in one.

    Whoever has begun something else in the meantime is left alone.
    """
    place = screen.session.place
    offset = place.offset

    def untouched() -> bool:
        return screen.focused is screen.input and screen.input.value == place.query

    screen.split = place.split or screen.session.settings.split
    screen.reader.measure = place.measure or screen.session.settings.measure
    screen.preview = place.preview
    screen.set_reactive(type(screen).sort, place.sort)
    await screen.search_for(place.query, filter=place.filter, stay_at=place.article, typing=place.typing)
    row = screen.row_of(place.article) if place.reading else None
    if row is not None and untouched():
        shown = await reading.show_row(screen, row, offset if place.hit is None else place.hit)
        if shown and untouched():
            screen.reader.goto(offset)
            screen.focus_on(screen.reader)
    elif place.query and not place.reading and untouched():
        screen.input.select_all()
