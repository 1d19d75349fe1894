"""The commands that open the desk's screens from the list and the reader."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from seedread.actions.handlers import Call, command
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread.screens.command_screen import CommandScreen
from seedread.screens.requests import (
    ComparisonRequested,
    ConcordanceRequested,
    NamesRequested,
    TimelineRequested,
)
from seedread.widgets.rendering.cells import clipped, sanitized
from seedread.wording import whole_query
from seedread_index.model.errors import SeedreadError
from seedread_index.model.results import SearchRequest

_MOST_COMPLETIONS = 12


class DeskController:
    """Opens a screen of the desk for the name under the cursor of the text, else for the current search."""

    def __init__(
        self,
        frame: BrowseFrame,
        search: SearchController,
        reading: ReadingController,
        current_name: Callable[[], Awaitable[tuple[str, str] | None]],
    ) -> None:
        self._frame = frame
        self._search = search
        self._reading = reading
        self._current_name = current_name

    async def _subject(self, call: Call) -> tuple[str, SearchRequest]:
        """What a screen is of: the query that was given, the name under the cursor, or the search."""
        if call.argument:
            return call.argument, SearchRequest(call.argument)
        name = await self._current_name() if self._frame.is_reading else None
        if name is not None:
            return name[1], SearchRequest(name[1])
        return self._search.whole_query, self._search.request

    @command("concordance")
    async def show_concordance(self, call: Call) -> None:
        """Show every hit in its context."""
        of, search = await self._subject(call)
        if not of:
            raise SeedreadError("nothing to show in context", "type a query, or select a name with ]")
        self._frame.post_message(ConcordanceRequested(of, search))

    @command("timeline")
    async def show_timeline(self, call: Call) -> None:
        """Show the articles over time."""
        of, search = await self._subject(call)
        self._frame.post_message(TimelineRequested(of or "All articles", search))

    @command("compare")
    async def compare(self, call: Call) -> None:
        """Compare the search, or the name under the cursor, with another query."""
        of, search = await self._subject(Call("compare"))
        if not of:
            raise SeedreadError("nothing to compare", "type a query, or select a name with ]")
        await ask_and_compare(self._frame, search, call)

    @command("list-names")
    def show_names(self, _call: Call) -> None:
        """Show the names in the open article, else those in the results."""
        if self._frame.is_reading and (article := self._reading.article) is not None:
            self._frame.post_message(NamesRequested("in this article", self._search.request, article))
        else:
            self._frame.post_message(NamesRequested("in these results", self._search.request))


async def ask_and_compare(screen: CommandScreen, search: SearchRequest, call: Call) -> None:
    """Ask for the query to compare a search with, and show the comparison. Raises QueryError."""
    archive = screen.session.archive

    async def complete(text: str) -> Sequence[str]:
        found = await asyncio.to_thread(archive.complete, text, len(text), _MOST_COMPLETIONS)
        return [f"{text[: each.start]}{each.text}{text[each.end :]}" for each in found]

    words = " with another query, such as person:name"
    query, room = whole_query(search.query, search.filter), screen.size.width - len(words) - 1
    about = clipped(f"Compare {sanitized(query)}", room, screen.session.glyphs.ellipsis) + words
    other = call.argument or await screen.ask("Compare with: ", complete=complete, about=about)
    if other and other.strip():
        wanted = SearchRequest(other.strip())
        await asyncio.to_thread(archive.search, wanted)
        screen.post_message(ComparisonRequested(search, wanted))
