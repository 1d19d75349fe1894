"""Takes what the message offers: the query with another spelling, in boilerplate, and so on."""

from __future__ import annotations

from collections.abc import Callable

from seedread.actions.handlers import Call, command
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.search import SearchController


class OffersController:
    """Runs the query that is offered; `leave_place` notes the place before."""

    def __init__(self, frame: BrowseFrame, search: SearchController, leave_place: Callable[[], None]) -> None:
        self._frame = frame
        self._search = search
        self._leave_place = leave_place

    @command("offer", "input-offer")
    async def take(self, _call: Call) -> None:
        """Run the first query that is offered, in the place of the one in the query line."""
        frame, search = self._frame, self._search
        await search.idle()
        if not search.offers:
            frame.notify_user("No suggestion to accept")
            return
        self._leave_place()
        if frame.is_reading:
            frame.focus_on(frame.articles)
        query = search.offers[0].query
        await search.search_for(query, filter=search.filter_text)
        frame.input.cursor_position = len(query)
