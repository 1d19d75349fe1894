"""What keys do while the facets have the keyboard."""

from __future__ import annotations

from collections.abc import Awaitable

from seedread.actions.handlers import Call, command
from seedread.screens.browse.facets.controller import FacetsController
from seedread.screens.browse.facets.filter import FilterController
from seedread.screens.browse.facets.rows import Group
from seedread.screens.browse.navigation import NavigationController
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.panel import PAGES, ROWS
from seedread.screens.requests import CardRequested
from seedread.wording import pieces, toggled


class FacetKeys:
    """What keys do while the facets have the keyboard."""

    def __init__(
        self,
        frame: BrowseFrame,
        facets: FacetsController,
        filter: FilterController,
        navigation: NavigationController,
    ) -> None:
        self._frame = frame
        self._facets = facets
        self._filter = filter
        self._navigation = navigation

    @command("facet-narrow", "facet-exclude")
    def choose(self, call: Call) -> Awaitable[None] | None:
        """Narrow to the value, or leave it out; again, and on a filter in force, take that off."""
        line = self._frame.facets.line
        target = line.target if line is not None and self._frame.facets_shown else None
        if isinstance(target, Group):
            self._facets.open_group(target.name)
        elif isinstance(target, str):
            current, exclude = self._filter.text, call.name == "facet-exclude"
            piece, in_force = target.removeprefix("-"), target in pieces(current)
            exclude = target.startswith("-") if in_force else exclude
            return self._filter.put(toggled(current, piece, exclude=exclude))
        else:
            self._frame.notify_user("Select a facet first (f)")
        return None

    @command("entity-card")
    def show_card(self, _call: Call) -> None:
        """Show the card of the name under the cursor."""
        entity = self._facets.entity_at()
        if entity is None:
            self._frame.notify_user("Select a name first")
        else:
            self._frame.post_message(CardRequested(entity))

    @command("filter-panel")
    async def look_for_rows(self, call: Call) -> None:
        """Ask for the words that rows must hold."""
        words = call.argument or await self._frame.ask("Filter: ", self._facets.filter_rows)
        if words is not None:
            self._facets.look_for(words)

    @command("back")
    def go_back(self, _call: Call) -> None:
        """First show all rows again, then hide the facets."""
        if self._facets.filter_rows:
            self._facets.look_for("")
        else:
            self._facets.hide()

    @command("jump-back", "jump-forward")
    async def step(self, call: Call) -> None:
        """Take the last step back, or forward again, and stay among the facets."""
        await (self._navigation.jump_back if call.name == "jump-back" else self._navigation.jump_forward)(
            call
        )
        if not self._frame.is_reading:
            self._facets.focus()
            self._facets.follow()

    @command(*ROWS)
    def move(self, call: Call) -> None:
        """Rows down or up."""
        self._frame.facets.move(ROWS[call.name] * call.times)

    @command(*PAGES)
    def page(self, call: Call) -> None:
        """Pages or half pages down or up."""
        self._frame.facets.page(PAGES[call.name] * call.times)
        self._frame.facets.leave_head()

    @command("first", "last")
    def go_to_end(self, call: Call) -> None:
        """To the first row, the last one, or the row of the count."""
        pane = self._frame.facets
        pane.cursor = (
            (len(pane.lines) if call.name == "last" else 1) - 1 if call.count is None else call.count - 1
        )
        pane.leave_head()

    @command("next-facet", "previous-facet")
    def change_group(self, call: Call) -> None:
        """To the next group, or the one before."""
        for _ in range(call.times):
            self._frame.facets.next_group(1 if call.name == "next-facet" else -1)
