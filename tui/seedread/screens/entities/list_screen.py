"""Every person, place, organisation and group of the archive, with the keys to follow and to mend them."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from seedread.actions.keymap import bindings
from seedread.actions.table import Place
from seedread.naming import counted
from seedread.screens import panel
from seedread.screens.command_screen import Call, Handlers
from seedread.screens.entities import corrections, navigation
from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.panel import Hints, PanelScreen
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread_index.model.entity import Entity

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
        screen.notify_user(f"the orders are {', '.join(names)}", problem=True)
        return
    screen.sort = matching[0] if matching else names[(names.index(screen.sort) + 1) % len(names)]
    await screen.load()
    screen.notify_user(f"sorted by {SORTS[screen.sort]}")


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
    lines = screen.lines
    rows = lines.lines[lines.cursor : lines.cursor + call.times]
    lines.ticked ^= {line.target for line in rows if line.target}
    lines.move(call.times)
    screen.show_ticked()


def card(screen: EntitiesScreen, _call: Call) -> None:
    """Who or what it is."""
    if screen.entity is not None:
        screen.app.push_screen(EntityCardScreen(screen.session, screen.entity.id))


class EntitiesScreen(PanelScreen, inherit_bindings=False):
    """The entities panel."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.ENTITIES), *bindings(Place.ANYWHERE)]
    HANDLERS: ClassVar[Handlers] = {
        **panel.HANDLERS,
        **corrections.HANDLERS,
        **navigation.HANDLERS,
        "filter-panel": filter_names,
        "back": back,
        "sort": sort,
        "tick": tick,
        "entity-mentions": navigation.mentions,
        "entity-card": card,
    }
    PLACE = Place.ENTITIES
    HINTS: ClassVar[Hints] = (
        ("entity-mentions", "mentions"),
        ("entity-card", "card"),
        ("filter-panel", "filter"),
        ("sort", "sort"),
        ("tick", "tick"),
        ("merge", "merge"),
        ("help", "help"),
        ("back", "back"),
    )

    sort: reactive[str] = reactive("count")
    """The order of the names."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Entities")
        self.entities: dict[str, Entity] = {}
        self._loads = 0

    def on_mount(self) -> None:
        """Fetch the names."""
        self.in_background(self.load, "load")

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
        """Fetch the names anew; without a row for the cursor it stays on its name."""
        self._loads += 1
        this = self._loads
        asked = (self.filter_text, self.sort)
        found = await asyncio.to_thread(
            self.session.archive.entities, filter=asked[0], sort=asked[1], limit=_MOST
        )
        if this != self._loads or not self.is_attached:  # a newer load, or nobody, wants to know
            return
        here = self.entity
        self.entities = {entity.id: entity for entity in found}
        rows = [Line(entity.name, _counts(entity), target=entity.id) for entity in found]
        if len(found) == _MOST:
            rows.append(Line(f"only the first {_MOST:,} are listed; / finds the others", kind="dim"))
        if cursor is None and here is not None and here.id in self.entities:
            cursor = list(self.entities).index(here.id)
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
