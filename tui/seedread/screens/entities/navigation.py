"""From an entity to its articles, and to those named in the same articles."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from seedread.actions.command_table import Place
from seedread.actions.handlers import Call, command
from seedread.screens.command_screen import CommandScreen
from seedread.screens.desk.commands import ask_and_compare
from seedread.screens.entities.rows import company_rows
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import (
    CardRequested,
    CoMentionsRequested,
    ComparisonRequested,
    ConcordanceRequested,
    QuotationsRequested,
    SearchRequested,
    TimelineRequested,
)
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.wording import named
from seedread_index.model.entity import Entity
from seedread_index.model.results import SearchRequest

_MOST = 500


class CoMentionsScreen(PanelScreen):
    """The names that share articles with one."""

    PLACE = Place.PANEL
    HINTS: ClassVar[Hints] = (
        ("follow", "card"),
        ("search-selection", "articles with both"),
        ("filter-panel", "filter"),
        ("back", "back"),
    )

    def __init__(self, session: Session, entity_id: str) -> None:
        super().__init__(session, "Mentioned with")
        self._entity_id = entity_id
        self.entity: Entity | None = None

    def on_mount(self) -> None:
        """Fetch the names."""
        self.reload()

    def reload(self) -> None:
        """Fetch the names again, in the background."""
        self.in_background(self._load, "load", exclusive=True)

    async def _load(self) -> None:
        archive = self.session.archive
        self.entity = await asyncio.to_thread(archive.entity, self._entity_id)
        found = await asyncio.to_thread(archive.co_mentions, self._entity_id, _MOST)
        if self.entity is not None:
            self.set_heading(f"Mentioned with {self.entity.name}")
        self.set_facts("")
        rows = list(company_rows(found, self.session.glyphs, self.lines.size.width))
        self.put(rows or [Line("No other name in its articles", kind="dim")])

    @command("follow")
    def show_card(self, _call: Call) -> None:
        """Show the card of the name under the cursor."""
        line = self.lines.line
        if line is not None and isinstance(line.target, Entity):
            self.post_message(CardRequested(line.target.id))

    @command("search-selection")
    def search_for_both(self, _call: Call) -> None:
        """Search for the articles that name both."""
        line = self.lines.line
        if line is not None and isinstance(line.target, Entity) and self.entity is not None:
            both = (self.entity, line.target)
            self.post_message(SearchRequested(" ".join(named(each.name, each.type) for each in both)))


class EntityNavigation:
    """The commands that follow the current entity of a screen."""

    def __init__(
        self,
        screen: CommandScreen,
        entity: Callable[[], Entity | None],
        chosen: Callable[[], Sequence[Entity]] = tuple,
    ) -> None:
        self._screen = screen
        self._entity = entity
        self._chosen = chosen

    @command("search-selection")
    def search_mentions(self, _call: Call) -> None:
        """Search for the articles that mention it."""
        self._search(exclude=False)

    @command("exclude-selection")
    def exclude_mentions(self, _call: Call) -> None:
        """Leave out the articles that mention it."""
        self._search(exclude=True)

    @command("list-quotations")
    def show_quotations(self, _call: Call) -> None:
        """Show what it says."""
        if (entity := self._entity()) is not None:
            self._screen.post_message(QuotationsRequested(f"by {entity.name}", entity_id=entity.id))

    @command("co-mentions")
    def show_co_mentions(self, _call: Call) -> None:
        """Show who is named in the same articles."""
        if (entity := self._entity()) is not None:
            self._screen.post_message(CoMentionsRequested(entity.id))

    @command("concordance")
    def show_concordance(self, _call: Call) -> None:
        """Show every mention of it in its context."""
        if (entity := self._entity()) is not None:
            query = named(entity.name, entity.type)
            self._screen.post_message(ConcordanceRequested(query, SearchRequest(query)))

    @command("timeline")
    def show_timeline(self, _call: Call) -> None:
        """Show the articles that mention it over time."""
        if (entity := self._entity()) is not None:
            query = named(entity.name, entity.type)
            self._screen.post_message(TimelineRequested(query, SearchRequest(query)))

    @command("compare")
    async def compare(self, call: Call) -> None:
        """Compare the articles that mention it with those of another query, or of the other ticked entity."""
        entity = self._entity()
        others = [each for each in self._chosen() if entity is None or each.id != entity.id]
        if entity is None:
            return
        a = SearchRequest(named(entity.name, entity.type))
        if len(others) == 1 and not call.argument:
            b = SearchRequest(named(others[0].name, others[0].type))
            self._screen.post_message(ComparisonRequested(a, b))
        else:
            await ask_and_compare(self._screen, a, call)

    def _search(self, *, exclude: bool) -> None:
        if (entity := self._entity()) is not None:
            query = named(entity.name, entity.type)
            self._screen.post_message(SearchRequested(query, exclude=exclude))
