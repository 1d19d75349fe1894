"""The articles that tell of the same as one: near-duplicates, and those that share rare words and names."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import ClassVar

from seedread.actions.handlers import Call, command
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import ArticleRequested, WordDiffRequested
from seedread.session import Session
from seedread.widgets.line_list import Line


class RelatedScreen(PanelScreen):
    """Near-duplicates, then related articles, most first; Enter opens one, = shows what changed in it."""

    HINTS: ClassVar[Hints] = (
        ("follow", "open"),
        ("compare", "what changed"),
        ("filter-panel", "filter"),
        ("back", "back"),
    )

    def __init__(self, session: Session, article_id: str) -> None:
        super().__init__(session, "Related articles")
        self._article_id = article_id

    def on_mount(self) -> None:
        """Look for them."""
        self.put([Line("Looking for related articles…", kind="dim")])
        self.in_background(self._load, "load", exclusive=True)

    async def _load(self) -> None:
        self.put(await asyncio.to_thread(lambda: list(self._rows())))

    def _rows(self) -> Iterator[Line]:
        archive = self.session.archive
        nearly = archive.headers(archive.near_duplicates(self._article_id))
        if nearly:
            yield Line("Near-duplicates", f"{len(nearly):,}", kind="head")
        for header in nearly:
            day = header.date.isoformat() if header.date else ""
            yield Line(header.title, day, target=header.id, words=header.path)
            yield Line(f"  {header.path}", kind="dim", target=header.id)
        found = archive.related(self._article_id)
        if nearly and found:
            yield Line("The same story", f"{len(found):,}", kind="head")
        for each in found:
            hit = each.hit
            names = (archive.entity(entity) for entity in each.entities)
            both = ", ".join((*(entity.name for entity in names if entity is not None), *each.words))
            day = hit.date.isoformat() if hit.date else ""
            yield Line(hit.title, day, target=hit.id, words=both, spans=((0, len(hit.title), "strong"),))
            yield Line(f"  shares {both}", kind="dim", target=hit.id)
        if not found and not nearly:
            yield Line("No other article shares rare words or names with it", kind="dim")

    @command("follow")
    def open_line(self, _call: Call) -> None:
        """Open the article of the line."""
        line = self.lines.line
        if line is not None and isinstance(line.target, str):
            self.post_message(ArticleRequested(line.target))

    @command("compare")
    def show_changes(self, _call: Call) -> None:
        """Show what changed from this article to the one of the line."""
        line = self.lines.line
        if line is None or not isinstance(line.target, str):
            self.notify_user("select an article first")
        else:
            self.post_message(WordDiffRequested(self._article_id, line.target))
