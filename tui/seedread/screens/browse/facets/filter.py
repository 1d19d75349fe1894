"""The filter that narrows every query, as it is edited and cleared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from seedread.actions.handlers import Call, command
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.search import SearchController
from seedread_index.model.results import SearchRequest

_MOST_COMPLETIONS = 8


class FilterController:
    """Edits the filter that narrows every query; `leave_place` notes the filter before."""

    def __init__(self, frame: BrowseFrame, search: SearchController, leave_place: Callable[[], None]) -> None:
        self._frame = frame
        self._search = search
        self._leave_place = leave_place

    @property
    def text(self) -> str:
        """The filter in force."""
        return self._search.filter_text

    async def put(self, filter: str) -> None:
        """Search with another filter. Raises QueryError for one that cannot be read; the old one stays."""
        await asyncio.to_thread(self._frame.session.archive.search, SearchRequest(filter))
        if filter.strip() != self._search.filter_text:
            self._leave_place()
        self._search.set_filter(filter.strip())
        await self._search.idle()

    @command("filter")
    async def edit(self, call: Call) -> None:
        """Edit the filter; Tab completes. After an error the old filter stays."""
        answer = call.argument or await self._frame.ask(
            "Filter: ", self._search.filter_text, complete=self._complete
        )
        if answer is not None:
            await self.put(answer)

    @command("clear-filter")
    async def clear(self, _call: Call) -> None:
        """Clear the filter."""
        await self.put("")

    async def _complete(self, text: str) -> Sequence[str]:
        archive = self._frame.session.archive
        found = await asyncio.to_thread(archive.complete, text, len(text), _MOST_COMPLETIONS)
        return [f"{text[: each.start]}{each.text}{text[each.end :]}" for each in found]
