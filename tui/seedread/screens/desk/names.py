"""The names in an article or in results, with their types and counts: to follow, or to filter by."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from typing import ClassVar

from seedread.actions.handlers import Call, command
from seedread.screens.entities.rows import ranked_rows
from seedread.screens.entities.ticked_list import TickedList
from seedread.screens.panel import Hints
from seedread.screens.requests import NamesRequested, SearchRequested
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.wording import counted, named, named_or_next, narrowed
from seedread_index.model.article import NAMED_TYPES, Article, PassageKind
from seedread_index.model.entity import Entity

MOST = 500
"""Names of each type that are counted in results."""
_SORTS = ("count", "name", "type")


class NamesScreen(TickedList):
    """Names with counts; `*` searches for one, or narrows the search to those that are ticked."""

    HINTS: ClassVar[Hints] = (
        ("follow", "card"),
        ("search-selection", "articles"),
        ("tick", "tick"),
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
        self.show_ticked()
        self.set_facts("")
        self.put(rows or [self.no_names])

    def show_ticked(self) -> None:
        """Show how many names there are, and how many of them are ticked."""
        ticked = f"   {len(self.lines.ticked)} ticked" if self.lines.ticked else ""
        count = f"{counted(len(self.counts), 'name')}{self.so_far}"
        self.set_heading(f"{self.heading} {self.session.glyphs.dash} {count}{ticked}")

    def names(self) -> dict[str, Entity]:
        """The names by their ids, as they are sorted."""
        return {entity.id: entity for entity, _ in self.counts}

    # -- commands ----------------------------------------------------------------------------------------

    @command("search-selection")
    def search_names(self, call: Call) -> None:
        """Search for the name under the cursor; with ticks, narrow the search to all that are ticked."""
        if not self.ticked:
            self._navigation.search_mentions(call)
            return
        search = self._request.search
        pieces = (named(each.name, each.type) for each in self.ticked)
        self.post_message(SearchRequested(search.query, filter=reduce(narrowed, pieces, search.filter)))

    @command("sort")
    def choose_order(self, call: Call) -> None:
        """The order that is named, or the next one: by count, name or type."""
        self.sort = named_or_next(call.argument, _SORTS, self.sort)
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
