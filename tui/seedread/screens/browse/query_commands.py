"""The query line: completion, earlier queries, the query in words, filter and order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, get_args

from seedread.screens.command_screen import Call, Handlers
from seedread.widgets.line_input import EDITS
from seedread_index.model.search_request import Sort

if TYPE_CHECKING:
    from seedread.screens.browse.screen import BrowseScreen

SORTS: tuple[Sort, ...] = get_args(Sort)
_OFFERS = 8
_OFFERS_EACH = 4


def to_query(screen: BrowseScreen, call: Call) -> None:
    """The keyboard to the query line; what stands there is selected, so that typing replaces it."""
    screen.zen = False
    if call.argument:
        put_query(screen, call.argument)
    screen.focus_on(screen.input)
    screen.input.select_all()


def put_query(screen: BrowseScreen, text: str) -> None:
    """Write a query into the line, the cursor behind it."""
    screen.input.value = text
    screen.input.cursor_position = len(text)


def run_query(screen: BrowseScreen, _call: Call) -> Awaitable[None]:
    """Search for what stands in the line, errors told, and go to the results; the next keys are for these."""
    screen.recall.stop()
    screen.set_reactive(type(screen).query_text, screen.input.value)
    screen.focus_on(screen.articles)
    screen.search(typing=False, enter=True)
    return screen.searches.idle()


async def complete(screen: BrowseScreen, _call: Call) -> None:
    """Complete the word at the cursor; again for the next completion; on to the list from an empty line."""
    line, offers = screen.input, screen.offers
    if not line.value:
        screen.focus_on(screen.articles)
        return
    if not offers.belong_to(line.value):
        archive = screen.session.archive
        typed = line.value
        found = await asyncio.to_thread(archive.complete, typed, line.cursor_position, _OFFERS)
        if line.value != typed:
            return
        offers.begin(typed, [(each.text, each.start, each.end) for each in found])
    completed = offers.following()
    if completed is None:
        screen.notify_user("nothing to complete")
        return
    put_query(screen, completed[0])
    line.cursor_position = completed[1]
    screen.show_message("  ".join(offers.texts), False)


def older(screen: BrowseScreen, _call: Call) -> None:
    """The query before."""
    if (query := screen.recall.older(screen.input.value, screen.session.history.queries)) is not None:
        put_query(screen, query)


def newer(screen: BrowseScreen, _call: Call) -> None:
    """The query after; at the newest one, down to the results."""
    query = screen.recall.newer()
    if query is None:
        screen.focus_on(screen.articles)
    else:
        put_query(screen, query)


def history_search(screen: BrowseScreen, _call: Call) -> None:
    """The newest earlier query that holds what is typed; again for the one before it."""
    found = screen.recall.holding(screen.input.value, screen.session.history)
    if found is None:
        screen.notify_user("no earlier query holds that")
    else:
        put_query(screen, found)


def explain(screen: BrowseScreen, _call: Call) -> None:
    """How the query was understood, in words."""
    if screen.results is not None:
        screen.notify_user(screen.results.explained or "everything, newest first")


async def filter_results(screen: BrowseScreen, call: Call) -> None:
    """Ask for a filter; Tab offers what the results hold most. A wrong one is told, the old one stays."""
    answer = call.argument or await screen.ask(
        "Filter: ", screen.filter_text, complete=lambda text: _offers(screen, text)
    )
    if answer is not None:
        await asyncio.to_thread(screen.session.archive.search, answer)
        screen.filter_text = answer.strip()
        await screen.searches.idle()


async def _offers(screen: BrowseScreen, text: str) -> Sequence[str]:
    archive = screen.session.archive
    if text.strip():
        found = await asyncio.to_thread(archive.complete, text, len(text), _OFFERS)
        return [f"{text[: each.start]}{each.text}{text[each.end :]}" for each in found]
    return await asyncio.to_thread(_facets, screen)


def _facets(screen: BrowseScreen) -> list[str]:
    results = screen.results
    facets = screen.session.archive.facets(results) if results is not None else None
    if facets is None:
        return []
    kinds = (facets.sources, facets.years, facets.languages, facets.entities)
    return [facet.query for kind in kinds for facet in kind[:_OFFERS_EACH]]


async def clear_filter(screen: BrowseScreen, _call: Call) -> None:
    """No filter any more."""
    screen.filter_text = ""
    await screen.searches.idle()


async def sort_results(screen: BrowseScreen, call: Call) -> None:
    """The named order, or the next one."""
    named = [sort for sort in SORTS if call.argument and sort.startswith(call.argument)]
    if call.argument and not named:
        screen.notify_user(f"the orders are {', '.join(SORTS)}", problem=True)
        return
    screen.sort = named[0] if named else SORTS[(SORTS.index(screen.sort) + 1) % len(SORTS)]
    screen.notify_user(f"sorted by {screen.sort}")
    await screen.searches.idle()


def _edit(name: str) -> Callable[[BrowseScreen, Call], None]:
    def edit(screen: BrowseScreen, _call: Call) -> None:
        screen.input.edit(name)

    return edit


HANDLERS: Handlers = {
    **{name: _edit(name) for name in EDITS},
    "search": to_query,
    "search-anew": to_query,
    "run": run_query,
    "complete": complete,
    "older": older,
    "newer": newer,
    "history-search": history_search,
    "explain": explain,
    "filter": filter_results,
    "clear-filter": clear_filter,
    "sort": sort_results,
}
