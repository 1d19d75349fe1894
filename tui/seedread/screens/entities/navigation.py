"""Who is named in the same articles as somebody; Enter shows the articles behind a pair."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from seedread.actions.table import Place
from seedread.naming import counted, named
from seedread.screens import panel
from seedread.screens.command_screen import Call, Handlers
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import SearchRequested
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread_index.model.entity import CoMention, Entity

if TYPE_CHECKING:
    from seedread.screens.entities.card_screen import EntityCardScreen
    from seedread.screens.entities.list_screen import EntitiesScreen

_MOST = 500


def follow(screen: CoMentionsScreen, _call: Call) -> None:
    """Search for the articles that name both."""
    line = screen.lines.line
    if line is not None and isinstance(line.target, Entity) and screen.entity is not None:
        both = (screen.entity, line.target)
        screen.post_message(SearchRequested(" ".join(named(each.name, each.type) for each in both)))


class CoMentionsScreen(PanelScreen):
    """The names that share articles with one."""

    HANDLERS: ClassVar[Handlers] = {**panel.HANDLERS, "follow": follow}
    PLACE = Place.PANEL
    HINTS: ClassVar[Hints] = (
        ("follow", "the articles that name both"),
        ("filter-panel", "filter"),
        ("back", "back"),
    )

    def __init__(self, session: Session, entity_id: str) -> None:
        super().__init__(session, "Named together")
        self._entity_id = entity_id
        self.entity: Entity | None = None

    def on_mount(self) -> None:
        """Fetch the names."""
        self.in_background(self._load, "load")

    async def _load(self) -> None:
        archive = self.session.archive
        self.entity = await asyncio.to_thread(archive.entity, self._entity_id)
        found = await asyncio.to_thread(archive.co_mentions, self._entity_id, _MOST)
        if self.entity is not None:
            self.set_heading(f"Named together with {self.entity.name}")
        self.put([_row(each) for each in found] or [Line("nobody is named with it", kind="dim")])


def _row(found: CoMention) -> Line:
    articles = counted(found.articles, "article")
    return Line(found.entity.name, f"{found.entity.type:<7}{articles:>15}", target=found.entity)


def mentions(screen: EntitiesScreen | EntityCardScreen, _call: Call) -> None:
    """Search for the articles that mention it."""
    _search(screen, exclude=False)


def exclude(screen: EntitiesScreen | EntityCardScreen, _call: Call) -> None:
    """Leave out the articles that mention it."""
    _search(screen, exclude=True)


def _search(screen: EntitiesScreen | EntityCardScreen, *, exclude: bool) -> None:
    if screen.entity is not None:
        screen.post_message(SearchRequested(named(screen.entity.name, screen.entity.type), exclude=exclude))


def co_mentions(screen: EntitiesScreen | EntityCardScreen, _call: Call) -> None:
    """Who is named in the same articles."""
    if screen.entity is not None:
        screen.app.push_screen(CoMentionsScreen(screen.session, screen.entity.id))


HANDLERS: Handlers = {
    "search-selection": mentions,
    "exclude-selection": exclude,
    "co-mentions": co_mentions,
}
"""What follows an entity."""
