"""The card of an entity: spellings, counts, months, co-mentions, latest articles."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import ClassVar

from textual.binding import BindingType

from seedread.actions.chosen_keys import bindings
from seedread.actions.command_table import Place
from seedread.actions.handlers import Call, command
from seedread.screens.corrections import EntityCorrections, split_alias
from seedread.screens.entities.navigation import EntityNavigation
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import ArticleRequested, CardRequested
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.wording import counted, named
from seedread_index.archive import Archive
from seedread_index.model.entity import AliasShare, Entity, EntityCard
from seedread_index.model.quotation import Quotation

_MOST_CO_MENTIONS = 12
_LATEST = 20
_SAID = 10


class EntityCardScreen(PanelScreen, inherit_bindings=False):
    """The card of one entity."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.CARD), *bindings(Place.ANYWHERE)]
    PLACE = Place.CARD
    HINTS: ClassVar[Hints] = (
        ("search-selection", "its mentions"),
        ("exclude-selection", "leave out"),
        ("co-mentions", "named together"),
        ("merge", "merge"),
        ("help", "help"),
        ("back", "back"),
    )

    def __init__(self, session: Session, entity_id: str) -> None:
        super().__init__(session, "Entity")
        self._entity_id = entity_id
        self.card: EntityCard | None = None
        self._navigation = EntityNavigation(self, lambda: self.entity)
        corrections = EntityCorrections(self, lambda: self.chosen)
        self.add_commands(self._navigation, corrections, self)

    def on_mount(self) -> None:
        """Fetch the card."""
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
            self.put([Line("it is not there any more; q goes back", kind="dim")])
            return
        headers = await asyncio.to_thread(archive.headers, self.card.latest[:_LATEST])
        said = await asyncio.to_thread(_said, archive, self.card.entity.id)
        articles = [(header.id, f"{header.date or ''!s:<10}  {header.title}") for header in headers]
        self.set_heading(f"{self.card.entity.name}  {self.card.entity.type}")
        self.put(list(self._rows(self.card, articles, said)))

    @command("follow")
    def open_line(self, call: Call) -> None:
        """Open the article, or the card of the entity, that the line stands for."""
        line = self.lines.line
        if line is None or self.entity is None:
            return
        if isinstance(line.target, Entity):
            self.post_message(CardRequested(line.target.id))
        elif isinstance(line.target, ArticleRequested):
            self.post_message(line.target)
        else:
            self._navigation.search_mentions(call)

    @command("split-alias")
    async def split_alias(self, call: Call) -> None:
        """Make an entity of its own of the spelling under the cursor."""
        line = self.lines.line
        share = line.target if line is not None and isinstance(line.target, AliasShare) else None
        spelling = call.argument or (share.text if share else "")
        if not spelling:
            self.notify_user("put the cursor on a spelling first")
            return
        await split_alias(self, spelling, self.entity.type if self.entity is not None else None)

    def _rows(
        self, card: EntityCard, articles: list[tuple[str, str]], said: Sequence[Quotation]
    ) -> Iterator[Line]:
        entity = card.entity
        yield Line(f"{counted(entity.articles, 'article')}, {counted(entity.mentions, 'mention')}")
        dash = self.session.glyphs.dash
        if entity.first and entity.last:
            yield Line(f"in articles of {entity.first} {dash} {entity.last}")
        if card.mentioned_first and card.mentioned_last:
            yield Line(f"with dates from {card.mentioned_first} to {card.mentioned_last} beside it")
        if card.months:
            yield from (Line(row) for row in strip(card.months, self.session.glyphs.bars, self.size.width))
        for relation in entity.related:
            yield Line(f"{relation.kind}: {relation.name or relation.id}")
        yield from self._aliases(card)
        if card.co_mentions:
            yield Line("Named together with", kind="head")
            for each in card.co_mentions[:_MOST_CO_MENTIONS]:
                yield Line(f"  {each.entity.name}", counted(each.articles, "article"), target=each.entity)
        if said:
            yield Line("Said lately", kind="head")
            for quotation in said:
                text = " ".join(quotation.text.split())
                place = ArticleRequested(quotation.article, at=quotation.start)
                yield Line(f"  {quotation.date or ''!s:<10}  {text}", quotation.source or "", target=place)
        if articles:
            yield Line("Latest articles", kind="head")
            query = named(entity.name, entity.type)
            for article_id, title in articles:
                yield Line(f"  {title}", target=ArticleRequested(article_id, query))

    def _aliases(self, card: EntityCard) -> Iterator[Line]:
        total = sum(share.mentions for share in card.aliases) or 1
        yield Line("Spellings", kind="head")
        for share in card.aliases:
            yield Line(
                f"  {share.text}",
                f"{counted(share.mentions, 'time')}, {share.mentions * 100 // total:>3} %",
                target=share,
            )
        if card.spelled_alike:
            yield Line("Spelled alike", kind="head")
            for other in card.spelled_alike:
                yield Line(f"  {other.name}", counted(other.articles, "article"), target=other)


def _said(archive: Archive, entity_id: str) -> list[Quotation]:
    """What an entity said last."""
    return list(islice(archive.quotations(by=[entity_id]), _SAID))


Months = Sequence[tuple[tuple[int, int], int]]
_FRAME = 24


def strip(months: Months, bars: str, width: int) -> list[str]:
    """One line: the first month, a bar for each month up to the last, the last month and the most articles.

    Too many months for the width are drawn as years.
    """
    if not months:
        return []
    counts = {year * 12 + month - 1: count for (year, month), count in months}
    first, last = min(counts), max(counts)
    series = [counts.get(index, 0) for index in range(first, last + 1)]
    unit = "a month"
    names = (f"{first // 12}-{first % 12 + 1:02}", f"{last // 12}-{last % 12 + 1:02}")
    if len(series) > max(1, width - _FRAME):
        years = range(first // 12, last // 12 + 1)
        series = [sum(count for index, count in counts.items() if index // 12 == year) for year in years]
        names, unit = (str(years[0]), str(years[-1])), "a year"
    most = max(series)
    drawn = "".join(_bar(count, most, bars) for count in series)
    if len(series) == 1:
        return [f"{names[0]}: {counted(most, 'article')}"]
    return [f"{names[0]} {drawn} {names[1]}, at most {counted(most, 'article')} {unit}"]


def _bar(count: int, most: int, bars: str) -> str:
    if count == 0:
        return " "
    return bars[min(len(bars) - 1, count * len(bars) // (most + 1))]
