"""The names in an article or in results, with their types and counts: to follow, or to filter by."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from typing import ClassVar

from textual.binding import BindingType

from seedread.actions.chosen_keys import bindings
from seedread.actions.command_table import Place
from seedread.actions.handlers import Call, command
from seedread.screens.corrections import EntityCorrections
from seedread.screens.entities.navigation import EntityNavigation
from seedread.screens.entities.rows import ranked_rows
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import CardRequested, NamesRequested, SearchRequested
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.wording import counted, named, narrowed
from seedread_index.model.article import NAMED_TYPES, Article, PassageKind
from seedread_index.model.entity import Entity

MOST = 500
"""Names of each type that are counted in results."""
_SORTS = ("count", "name", "type")


class NamesScreen(PanelScreen, inherit_bindings=False):
    """Names with counts; Enter searches for one, or narrows the search to those that are ticked."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.ENTITIES), *bindings(Place.ANYWHERE)]
    PLACE = Place.ENTITIES
    HINTS: ClassVar[Hints] = (
        ("entity-mentions", "follow"),
        ("tick", "tick"),
        ("entity-card", "card"),
        ("filter-panel", "find"),
        ("sort", "sort"),
        ("back", "back"),
    )

    def __init__(self, session: Session, request: NamesRequested) -> None:
        super().__init__(session, f"Names {request.of}")
        self._request = request
        self.sort = _SORTS[0]
        self.counts: Sequence[tuple[Entity, int]] = ()
        """The names, each with how often it stands in the article, or in how many results."""
        self._navigation = EntityNavigation(self, lambda: self.entity, lambda: self.chosen)
        corrections = EntityCorrections(self, lambda: self.chosen)
        self.add_commands(self._navigation, corrections, self)

    def on_mount(self) -> None:
        """Count the names."""
        self.put([Line("Counting names…", kind="dim")])
        self.reload()

    def reload(self) -> None:
        """Count again, in the background."""
        self.in_background(self._load, "load", exclusive=True)

    async def _load(self) -> None:
        counts = await asyncio.to_thread(self._count)
        archive = self.session.archive
        found = await asyncio.to_thread(
            lambda: [(entity, n) for each, n in counts if (entity := archive.entity(each)) is not None]
        )
        self.counts = found
        self._show()

    def _count(self) -> Sequence[tuple[str, int]]:
        """The ids of the names with their counts, most first."""
        archive, shown = self.session.archive, self._request.article
        if shown is not None:
            article = archive.article(shown.id)
            return _counts_in(article).most_common() if article is not None else ()
        facets = archive.facets(archive.search(self._request.search), MOST)
        every = (*facets.people, *facets.places, *facets.orgs, *facets.groups)
        return [(each.id, each.articles) for each in every if each.id is not None]

    def _show(self) -> None:
        keys = {
            "count": lambda row: (-row[1], row[0].name.casefold()),
            "name": lambda row: row[0].name.casefold(),
            "type": lambda row: (NAMED_TYPES.index(row[0].type), -row[1]),
        }
        self.counts = sorted(self.counts, key=keys[self.sort])
        rows = list(ranked_rows(self.counts, self.session.glyphs, self.lines.size.width))
        self._show_heading()
        self.put(rows or [Line("No names yet; they appear as articles are read", kind="dim")])

    def _show_heading(self) -> None:
        ticked = f"   {len(self.lines.ticked)} ticked" if self.lines.ticked else ""
        self.set_heading(
            f"{self.heading} {self.session.glyphs.dash} {counted(len(self.counts), 'name')}{ticked}"
        )

    def _entity_of(self, target: object) -> Entity | None:
        return next((entity for entity, _ in self.counts if entity.id == target), None)

    @property
    def entity(self) -> Entity | None:
        """The entity under the cursor."""
        return self._entity_of(self.lines.line.target) if self.lines.line is not None else None

    @property
    def ticked(self) -> list[Entity]:
        """The ticked entities."""
        return [entity for entity, _ in self.counts if entity.id in self.lines.ticked]

    @property
    def chosen(self) -> list[Entity]:
        """The ticked entities, else the one under the cursor."""
        return self.ticked or ([self.entity] if self.entity is not None else [])

    def untick(self) -> None:
        """Take every tick off."""
        self.lines.ticked = frozenset()
        self._show_heading()

    # -- commands ----------------------------------------------------------------------------------------

    @command("entity-mentions")
    def follow(self, call: Call) -> None:
        """Search for the name under the cursor; with ticks, narrow the search to all that are ticked."""
        if not self.ticked:
            self._navigation.search_mentions(call)
            return
        search = self._request.search
        pieces = (named(each.name, each.type) for each in self.ticked)
        self.post_message(SearchRequested(search.query, filter=reduce(narrowed, pieces, search.filter)))

    @command("entity-card")
    def show_card(self, _call: Call) -> None:
        """Show the card of the name under the cursor."""
        if self.entity is not None:
            self.post_message(CardRequested(self.entity.id))

    @command("tick")
    def tick(self, call: Call) -> None:
        """Tick or untick, downwards."""
        lines = self.lines
        rows = lines.lines[lines.cursor : lines.cursor + call.times]
        lines.ticked ^= {line.target for line in rows if line.target}
        lines.move(call.times)
        self._show_heading()

    @command("sort")
    def choose_order(self, call: Call) -> None:
        """The order that is named, or the next one: by count, name or type."""
        matching = [each for each in _SORTS if call.argument and each.startswith(call.argument)]
        if call.argument and not matching:
            self.notify_user(f"Sort by one of {', '.join(_SORTS)}", problem=True)
            return
        self.sort = matching[0] if matching else _SORTS[(_SORTS.index(self.sort) + 1) % len(_SORTS)]
        self._show()
        self.notify_user(f"Sorted by {self.sort}")


def _counts_in(article: Article) -> Counter[str]:
    """How often each entity is named in an article, outside boilerplate and credits."""
    left_out = article.of_kind(PassageKind.BOILERPLATE, PassageKind.CREDIT)
    return Counter(
        mention.entity
        for mention in article.mentions
        if mention.entity is not None
        and mention.type in NAMED_TYPES
        and not any(each.start <= mention.start < each.end for each in left_out)
    )
