"""Every person, place, organisation and group of the archive, with the keys to follow and to correct them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.reactive import reactive

from seedread.actions.handlers import Call, command
from seedread.screens.entities.rows import EntityTable
from seedread.screens.entities.ticked_list import TickedList
from seedread.screens.panel import Hints
from seedread.session import Session
from seedread.widgets.line_list import TICK_CELLS, Line, LineList
from seedread.wording import counted, named_or_next
from seedread_index.model.entity import Entity, Months
from seedread_index.shared_archive import SharedArchive

SORTS = {
    "count": "most mentioned",
    "articles": "most articles",
    "name": "name",
    "first": "newest",
    "rising": "rising",
}
_MOST = 20_000


class EntitiesScreen(TickedList):
    """The entities panel."""

    HINTS: ClassVar[Hints] = (
        ("follow", "card"),
        ("search-selection", "articles"),
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
        super().__init__(session, "Names in all articles")
        self.entities: dict[str, Entity] = {}
        self._months: dict[str, Months] = {}
        self._loads = 0
        self._columns = ""

    def on_mount(self) -> None:
        """Fetch the names."""
        self.reload()

    def reload(self) -> None:
        """Fetch the names again, in the background."""
        self.in_background(self.load, "load", exclusive=True)

    def watch_filter_text(self) -> None:
        """The archive filters, by every spelling of a name."""

    def names(self) -> dict[str, Entity]:
        """The names by their ids, as they are sorted."""
        return self.entities

    def show_ticked(self) -> None:
        """Show in the title how many are ticked, since the rows may be out of sight."""
        count = len(self.lines.ticked)
        self.set_heading(f"{self.heading}   {count} ticked" if count else self.heading)
        self.columns = f"{' ' * TICK_CELLS if count else ''}{self._columns}"

    async def load(self, *, cursor: int | None = None) -> None:
        """Fetch the names again; without a row for the cursor it stays on its name."""
        self._loads += 1
        this = self._loads
        entities = self.session.archive.entities
        found = await asyncio.to_thread(entities, filter=self.filter_text, sort=self.sort, limit=_MOST)
        if this != self._loads or not self.is_attached:  # a newer load, or nobody, wants to know
            return
        here = self.entity
        self.entities = {entity.id: entity for entity in found}
        self._months.clear()
        width = self.lines.size.width - TICK_CELLS  # the rows move to the right where some are ticked
        table = EntityTable(found, width, self.session.glyphs, self._months_here)
        most = f"first {_MOST:,}, / finds the others" if len(found) == _MOST else SORTS[self.sort]
        self.set_facts(f"{counted(len(found), 'name')}{self.so_far}, {most}")
        self._columns = table.columns if found else ""
        self.show_ticked()
        if cursor is None and here is not None and here.id in self.entities:
            cursor = list(self.entities).index(here.id)
        self.put(table if found else [self._nothing()], cursor=cursor)
        self._fetch_months()

    @property
    def _months_here(self) -> dict[str, Months] | None:
        """The months of the names as they come; None of a shared archive, which gives none."""
        return None if isinstance(self.session.archive, SharedArchive) else self._months

    @on(LineList.Moved)
    def _fetch_months(self) -> None:
        """Fetch the months of the names in view, in the background."""
        if self._months_here is None:
            return
        first, height = self.lines.scroll_offset.y, self.lines.size.height
        ids = [str(line.target) for line in self.lines.lines[first : first + 2 * height] if line.target]
        if missing := [each for each in ids if each not in self._months]:
            self.in_background(partial(self._load_months, missing), "months", exclusive=True)

    async def _load_months(self, ids: list[str]) -> None:
        self._months.update(await asyncio.to_thread(self.session.archive.months, ids))
        self.lines.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Columns for another width."""
        if self.entities:
            self.reload()

    # -- commands ----------------------------------------------------------------------------------------

    @command("sort")
    async def choose_order(self, call: Call) -> None:
        """The named order, or the next one."""
        self.sort = named_or_next(call.argument, tuple(SORTS), self.sort)
        await self.load()
        self.notify_user(f"Sorted by {SORTS[self.sort]}")

    @command("filter-panel")
    async def ask_for_filter(self, call: Call) -> None:
        """Ask for the words that a name, or another spelling of it, must hold."""
        words = call.argument or await self.ask("Filter: ", self.filter_text)
        if words is not None:
            self.filter_text = words.strip()
            await self.load(cursor=0)

    @command("back")
    def go_back(self, call: Call) -> Awaitable[None] | None:
        """First take the filter off, then leave."""
        if not self.filter_text:
            return super().go_back(call)
        self.filter_text = ""
        return self.load(cursor=0)

    def _filtered(self) -> Sequence[Line]:
        return self.all_lines

    def _nothing(self) -> Line:
        if self.filter_text:
            return Line(f"No name{self.so_far} contains {self.filter_text} (q clears the filter)", kind="dim")
        return self.no_names
