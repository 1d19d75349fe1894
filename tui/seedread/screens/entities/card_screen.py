"""The card of an entity over or beside the article: counts, months, sentences, quotations, co-mentions."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from seedread.actions.chosen_keys import bindings
from seedread.actions.command_table import Place
from seedread.actions.handlers import Call, command
from seedread.screens.command_screen import CommandScreen
from seedread.screens.corrections import EntityCorrections, split_alias
from seedread.screens.entities.navigation import EntityNavigation
from seedread.screens.entities.rows import (
    company_rows,
    counts_and_dates,
    month_rows,
    sentence_rows,
    spelling_rows,
)
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import ArticleRequested, CardRequested
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.widgets.rendering.cells import clipped
from seedread.widgets.rendering.wrapping import wrap
from seedread.wording import counted, named
from seedread_index.archive import Archive
from seedread_index.model.article import Header
from seedread_index.model.entity import AliasShare, Entity, EntityCard
from seedread_index.model.quotation import Quotation
from seedread_index.model.results import Hit, SearchRequest

_MOST_CO_MENTIONS = 12
_LATEST = 20
_SENTENCES = 5
_SAID = 5
_LINES_SAID = 3
_LEAST, _LEAST_AFTER = 44, 36
"""Cells of a card at least: over what is below, and in the empty room right of the text."""
_AROUND = 4
"""Lines of an article's screen above and below its panes: header, query, status line and hints."""
_BESIDE = 110
"""Cells of a screen that has room for a card beside the article."""


class EntityCardScreen(PanelScreen, inherit_bindings=False):
    """The card of one entity."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.CARD), *bindings(Place.ANYWHERE)]
    PLACE = Place.CARD
    HINTS: ClassVar[Hints] = (
        ("follow", "open"),
        ("search-selection", "articles"),
        ("exclude-selection", "exclude"),
        ("co-mentions", "mentioned with"),
        ("merge", "merge"),
        ("help", "help"),
        ("back", "back"),
    )

    def __init__(self, session: Session, entity_id: str) -> None:
        super().__init__(session, "Entity")
        self._entity_id = entity_id
        self.card: EntityCard | None = None
        self._found: _Found | None = None
        self._navigation = EntityNavigation(self, lambda: self.entity)
        corrections = EntityCorrections(self, lambda: self.chosen)
        self.add_commands(self._navigation, corrections, self)

    def compose(self) -> ComposeResult:
        """The sheet over the screen below, and the status line."""
        title, columns, rows, status = super().compose()
        yield Vertical(title, columns, rows, id="sheet")
        yield status

    def on_mount(self) -> None:
        """Fetch the card, and keep clear of an article that is being read."""
        self.query_one("#status").add_class("-hints")
        self.reload()

    def reload(self) -> None:
        """Fetch the card again, in the background."""
        self.in_background(self.load, "load", exclusive=True)

    @property
    def entity(self) -> Entity | None:
        """Whose card this is."""
        return self.card.entity if self.card is not None else None

    @property
    def chosen(self) -> list[Entity]:
        """What a correction is about."""
        return [self.entity] if self.entity is not None else []

    async def load(self) -> None:
        """Fetch the card again."""
        archive = self.session.archive
        self.card = await asyncio.to_thread(archive.card, self._entity_id)
        if self.card is None:
            self.put([Line("This entity no longer exists (q goes back)", kind="dim")])
            return
        self._found = await asyncio.to_thread(_found, archive, self.card)
        self.set_heading(self.card.entity.name)
        self.set_facts(str(self.card.entity.type))
        self._show()

    def _show(self) -> None:
        if self.card is not None and self._found is not None:
            self.reflow(list(self._rows(self.card, self._found)))

    def on_resize(self, event: events.Resize) -> None:
        """In the room right of the text, else over the list beside it, else over its lower part."""
        beside = event.size.width >= _BESIDE
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        reading = isinstance(below, CommandScreen) and below.place is Place.READER
        free = below.cells_beside_text if isinstance(below, CommandScreen) and beside and reading else 0
        after = below.cells_after_text if isinstance(below, CommandScreen) and beside and reading else 0
        self.set_class(beside, "-beside")
        self.set_class(reading, "-reading")
        self.set_class(after >= _LEAST_AFTER, "-after")
        sheet = self.query_one("#sheet").styles
        sheet.width = (after if after >= _LEAST_AFTER else max(free, _LEAST)) if beside else None
        sheet.height = event.size.height - _AROUND if beside and reading else None
        self.call_after_refresh(self._show)

    @command("follow")
    def open_line(self, _call: Call) -> None:
        """Open the article, or the card of the entity, that the line stands for."""
        line = self.lines.line
        if line is None or self.entity is None:
            return
        if isinstance(line.target, Entity):
            self.post_message(CardRequested(line.target.id))
        elif isinstance(line.target, ArticleRequested):
            self.post_message(replace(line.target))  # a message that was posted before is not handled again
        else:
            self.notify_user(
                f"Nothing to open on this line; {self.key_of('search-selection')} finds the articles"
            )

    @command("split-alias")
    async def split_alias(self, call: Call) -> None:
        """Make an entity of its own of the spelling under the cursor."""
        line = self.lines.line
        share = line.target if line is not None and isinstance(line.target, AliasShare) else None
        spelling = call.argument or (share.text if share else "")
        if not spelling:
            self.notify_user("Select a spelling first")
            return
        await split_alias(self, spelling, self.entity.type if self.entity is not None else None)

    def _rows(self, card: EntityCard, found: _Found) -> Iterator[Line]:
        entity, glyphs = card.entity, self.session.glyphs
        width = max(20, self.lines.size.width)
        yield Line(counts_and_dates(entity, width, glyphs), kind="dim")
        yield from month_rows(card.months, glyphs, width)
        if card.mentioned_first and card.mentioned_last:
            first, last = card.mentioned_first.year, card.mentioned_last.year
            years = f"{first}" if first == last else f"{first}{glyphs.dash}{last}"
            yield Line(f"Dates mentioned nearby: {years}", kind="dim")
        for relation in entity.related:
            yield Line(f"{relation.kind.capitalize()}: {relation.name or relation.id}", kind="dim")
        sections = (
            (
                "Latest sentences",
                sentence_rows(found.hits, named(entity.name, entity.type), width, glyphs.ellipsis),
            ),
            ("Quotations", _quotation_rows(found.said, width, glyphs.ellipsis)),
            ("Mentioned with", company_rows(card.co_mentions[:_MOST_CO_MENTIONS], glyphs, width, 2)),
            ("Spellings", spelling_rows(card.aliases)),
            ("Spelled alike", _others(card)),
            ("Latest articles", _article_rows(found.headers, named(entity.name, entity.type))),
        )
        for title, rows in sections:
            if lines := list(rows):
                yield Line("")
                yield Line(title, kind="head")
                yield from lines


@dataclass(frozen=True, slots=True)
class _Found:
    """What a card shows besides the card: the latest sentences and articles, and the latest quotations."""

    hits: Sequence[Hit]
    headers: Sequence[Header]
    said: Sequence[Quotation]


def _found(archive: Archive, card: EntityCard) -> _Found:
    entity = card.entity
    results = archive.search(SearchRequest(named(entity.name, entity.type), sort="date"))
    said = list(islice(archive.quotations(by=[entity.id]), _SAID))
    return _Found(archive.hits(results, 0, _SENTENCES), archive.headers(card.latest[:_LATEST]), said)


def _others(card: EntityCard) -> Iterator[Line]:
    for other in card.spelled_alike:
        text = f"  {other.name}  {counted(other.articles, 'article')}"
        yield Line(text, target=other, spans=((2 + len(other.name), len(text), "dim"),))


def _quotation_rows(said: Sequence[Quotation], width: int, ellipsis: str) -> Iterator[Line]:
    """What somebody said, wrapped, with date and source."""
    for quotation in said:
        room = max(20, width - 2)
        text = clipped(" ".join(quotation.text.split()), room * _LINES_SAID - room // 4, ellipsis)
        target = ArticleRequested(quotation.article, at=quotation.start)
        for start, end in wrap(text, room)[:_LINES_SAID]:
            yield Line(f"  {text[start:end]}", target=target)
        about = "  ".join(filter(None, (str(quotation.date or ""), quotation.source)))
        yield Line(f"  {about or quotation.title}", kind="dim", target=target)


def _article_rows(headers: Sequence[Header], query: str) -> Iterator[Line]:
    dated = any(header.date for header in headers)
    for header in headers:
        date = f"{header.date or ''!s:<10}  " if dated else ""
        text = f"  {date}{header.title}"
        yield Line(text, target=ArticleRequested(header.id, query), spans=((2, 2 + len(date), "dim"),))
