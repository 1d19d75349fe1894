"""Every person, place, organisation and group of the archive, with the keys to follow and to mend them."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from seedread.commands import Place
from seedread.keymap import bindings
from seedread.naming import counted, named
from seedread.screens import mending, panel
from seedread.screens.co_mentions import CoMentionsScreen
from seedread.screens.command_screen import Call, Handlers
from seedread.screens.entity_card import EntityCardScreen
from seedread.screens.panel import PanelScreen
from seedread.screens.wishes import SearchWanted
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread_index.entity import Entity

SORTS = {
    "count": "most mentioned",
    "articles": "most articles",
    "name": "name",
    "first": "newest",
    "rising": "rising",
}
_MOST = 20_000


async def sort(screen: EntitiesScreen, call: Call) -> None:
    """The named order, or the next one."""
    names = list(SORTS)
    matching = [name for name in names if call.argument and name.startswith(call.argument)]
    if call.argument and not matching:
        screen.say(f"the orders are {', '.join(names)}", problem=True)
        return
    screen.sort = matching[0] if matching else names[(names.index(screen.sort) + 1) % len(names)]
    await screen.load()
    screen.say(f"sorted by {SORTS[screen.sort]}")


async def filter_names(screen: EntitiesScreen, call: Call) -> None:
    """Ask for the words that a name, or another spelling of it, must hold."""
    words = call.argument or await screen.ask("Filter: ", screen.filter_text)
    if words is not None:
        screen.filter_text = words.strip()
        await screen.load(cursor=0)


async def back(screen: EntitiesScreen, _call: Call) -> None:
    """First take the filter off, then leave."""
    if screen.filter_text:
        screen.filter_text = ""
        await screen.load(cursor=0)
    else:
        screen.dismiss(None)


def tick(screen: EntitiesScreen, call: Call) -> None:
    """Tick or untick, downwards."""
    for _ in range(call.times):
        entity = screen.entity
        if entity is not None:
            screen.lines.ticked ^= {entity.id}
            screen.lines.move(1)
    screen.show_ticked()


def mentions(screen: EntitiesScreen, _call: Call) -> None:
    """Search for the articles that mention it."""
    if screen.entity is not None:
        screen.post_message(SearchWanted(named(screen.entity.name, screen.entity.type)))


def exclude(screen: EntitiesScreen, _call: Call) -> None:
    """Leave out the articles that mention it."""
    if screen.entity is not None:
        screen.post_message(SearchWanted(named(screen.entity.name, screen.entity.type), exclude=True))


def card(screen: EntitiesScreen, _call: Call) -> None:
    """Who or what it is."""
    if screen.entity is not None:
        screen.app.push_screen(EntityCardScreen(screen.session, screen.entity.id))


def co_mentions(screen: EntitiesScreen, _call: Call) -> None:
    """Who is named in the same articles."""
    if screen.entity is not None:
        screen.app.push_screen(CoMentionsScreen(screen.session, screen.entity.id))


class EntitiesScreen(PanelScreen, inherit_bindings=False):
    """The entities panel."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.ENTITIES), *bindings(Place.ANYWHERE)]
    HANDLERS: ClassVar[Handlers] = {
        **panel.HANDLERS,
        **mending.HANDLERS,
        "filter-panel": filter_names,
        "back": back,
        "sort": sort,
        "tick": tick,
        "entity-mentions": mentions,
        "search-selection": mentions,
        "exclude-selection": exclude,
        "entity-card": card,
        "co-mentions": co_mentions,
    }
    PLACE = Place.ENTITIES
    HINT = (
        "Enter mentions  i card  / filter  s sort  x tick  M merge  A alias  T type  X hide  U undo  q back"
    )

    sort: reactive[str] = reactive("count")
    """The order of the names."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Entities")
        self.entities: dict[str, Entity] = {}

    def on_mount(self) -> None:
        """Fetch the names."""
        self.run_worker(self.load(), group="load")

    def watch_filter_text(self) -> None:
        """The archive filters, by every spelling of a name."""

    @property
    def entity(self) -> Entity | None:
        """The entity under the cursor."""
        line = self.lines.line
        return self.entities.get(str(line.target)) if line is not None and line.target else None

    @property
    def chosen(self) -> list[Entity]:
        """The ticked entities, else the one under the cursor."""
        ticked = [entity for entity in self.entities.values() if entity.id in self.lines.ticked]
        return ticked or ([self.entity] if self.entity is not None else [])

    def untick(self) -> None:
        """Take every tick off."""
        self.lines.ticked = frozenset()
        self.show_ticked()

    def show_ticked(self) -> None:
        """Say in the title how many are ticked, since the rows may be out of sight."""
        count = len(self.lines.ticked)
        self.set_heading(f"{self.heading}   {count} ticked" if count else self.heading)

    async def load(self, *, cursor: int | None = None) -> None:
        """Fetch the names anew."""
        found = await asyncio.to_thread(
            self.session.archive.entities, filter=self.filter_text, sort=self.sort, limit=_MOST
        )
        self.entities = {entity.id: entity for entity in found}
        rows = [Line(entity.name, _counts(entity), target=entity.id) for entity in found]
        self.put(rows or [self._nothing()], cursor=cursor)

    def _filtered(self) -> list[Line]:
        return list(self.all_lines)

    def _nothing(self) -> Line:
        if self.filter_text:
            return Line(f"no name holds {self.filter_text}; q takes the filter off", kind="dim")
        return Line("no names yet: they appear while the archive is read", kind="dim")


def _counts(entity: Entity) -> str:
    articles, times = counted(entity.articles, "article"), counted(entity.mentions, "time")
    return f"{entity.type:<7}{articles:>15}{times:>13}"
