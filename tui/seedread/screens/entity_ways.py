"""The ways on from an entity, the same from the panel and from a card: its articles, and its company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedread.naming import named
from seedread.screens.co_mentions import CoMentionsScreen
from seedread.screens.command_screen import Call, Handlers
from seedread.screens.wishes import SearchWanted

if TYPE_CHECKING:
    from seedread.screens.entities import EntitiesScreen
    from seedread.screens.entity_card import EntityCardScreen


def mentions(screen: EntitiesScreen | EntityCardScreen, _call: Call) -> None:
    """Search for the articles that mention it."""
    _search(screen, exclude=False)


def exclude(screen: EntitiesScreen | EntityCardScreen, _call: Call) -> None:
    """Leave out the articles that mention it."""
    _search(screen, exclude=True)


def _search(screen: EntitiesScreen | EntityCardScreen, *, exclude: bool) -> None:
    if screen.entity is not None:
        screen.post_message(SearchWanted(named(screen.entity.name, screen.entity.type), exclude=exclude))


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
