"""Rows of entities in lists and cards: names, types, counts, when seen, bars by month, sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import overload

from rich.cells import cell_len, set_cell_size

from seedread.screens.requests import ArticleRequested
from seedread.widgets.line_list import Line
from seedread.widgets.rendering.cells import Glyphs, clipped, sanitized
from seedread.widgets.rendering.wrapping import wrap
from seedread.widgets.results.result_row import Windowed, windowed
from seedread.wording import counted
from seedread_index.model.entity import AliasShare, CoMention, Entity, Months
from seedread_index.model.results import Hit, Snippet

TYPE_CELLS = 6
_COUNT_CELLS = 8
_LEAST_NAME, _MOST_NAME = 12, 40
_WIDE = 100
"""Cells from which on months are named, and the sparkline is longer."""
_BARS, _BARS_WIDE, _BARS_MOST = 8, 16, 72
_BARS_HEAD = "By month"
_LEAST_SHARE, _SHARE = 4, 20
"""The cells of the longest bar of names that are mentioned together; with fewer there are no bars."""
_COUNTS = 9
"""The cells of a count and of the gaps before type and count."""
_NAME_SHARE, _WHOLE_NAME = 9, 24
"""The cells that bars and their gap take from longer names than these; shorter names take them from bars."""


class EntityTable(Sequence[Line]):
    """The rows of a list of entities, made as they are looked at; `months` may be filled in later.

    Without months there is no sparkline.
    """

    def __init__(
        self, entities: Sequence[Entity], width: int, glyphs: Glyphs, months: Mapping[str, Months] | None
    ) -> None:
        self.entities = entities
        self.width = width
        self.glyphs = glyphs
        self.months = {} if months is None else months
        self._bar_cells = 0 if months is None else _BARS_WIDE if width >= _WIDE else _BARS
        first = min((each.first for each in entities if each.first), default=None)
        last = max((each.last for each in entities if each.last), default=None)
        self.span = (first, last) if first and last else None
        """The first and last day of all of them: what every sparkline is drawn over."""
        self._name_cells = self._cells_of_names()
        if self._bar_cells == _BARS_WIDE:
            room = width - cell_len(self.columns.removesuffix(_BARS_HEAD))
            self._bar_cells = max(_BARS_WIDE, min(_BARS_MOST, room))

    def __len__(self) -> int:
        return len(self.entities)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self._row(entity) for entity in self.entities[index]]
        return self._row(self.entities[index])

    def _cells_of_names(self) -> int:
        longest = max((cell_len(each.name) for each in self.entities[:500]), default=0)
        taken = TYPE_CELLS + 2 * _COUNT_CELLS + 5
        if self.span is not None:
            taken += self._seen_cells + self._bar_cells + 4
        return max(_LEAST_NAME, min(longest, _MOST_NAME, self.width - taken))

    @property
    def _seen_cells(self) -> int:
        return 17 if self.width >= _WIDE else 9

    @property
    def columns(self) -> str:
        """What the columns are."""
        head = f"{'Name':<{self._name_cells}}  {'Type':<{TYPE_CELLS}}{'Articles':>{_COUNT_CELLS + 1}}"
        head += f"{'Mentions':>{_COUNT_CELLS + 2}}"
        if self.span is not None:
            head += f"  {'Seen':<{self._seen_cells}}  {_BARS_HEAD if self._bar_cells else ''}"
        return head.rstrip()

    def _row(self, entity: Entity) -> Line:
        cells = self._name_cells
        name = set_cell_size(clipped(sanitized(entity.name), cells, self.glyphs.ellipsis), cells)
        start = f"{name}  {entity.type:<{TYPE_CELLS}}"
        text = f"{start}{entity.articles:>{_COUNT_CELLS + 1},}{entity.mentions:>{_COUNT_CELLS + 2},}"
        spans = [(0, len(name.rstrip()), str(entity.type)), (len(name), len(text), "dim")]
        if (span := self.span) is not None:
            seen = seen_between(entity, self.glyphs.dash, months=self.width >= _WIDE)
            at = len(text)
            text = f"{text}  {seen:<{self._seen_cells}}  "
            spans.append((at, len(text), "dim"))
            bars = sparkline(self.months.get(entity.id, ()), span, self._bar_cells, self.glyphs.bars)
            spans.append((len(text), len(text) + len(bars), "bars"))
            text += bars
        return Line(text.rstrip(), target=entity.id, words=" ".join(entity.aliases), spans=tuple(spans))


def seen_between(entity: Entity, dash: str, *, months: bool) -> str:
    """When an entity was first and last mentioned: 2012–2024, 2012-08 – 2024-04; empty where undated."""
    if entity.first is None or entity.last is None:
        return ""
    length = 7 if months else 4
    first, last = entity.first.isoformat()[:length], entity.last.isoformat()[:length]
    gap = " " if months else ""
    return first if first == last else f"{first}{gap}{dash}{gap}{last}"


def counts_and_dates(entity: Entity, width: int, glyphs: Glyphs) -> str:
    """How often an entity is mentioned, and when: in months where these fit into `width` cells."""
    facts = [counted(entity.articles, "article"), counted(entity.mentions, "mention")]
    lines = []
    for months in (True, False):
        seen = seen_between(entity, glyphs.dash, months=months)
        lines.append(glyphs.separator.join([*facts, f"seen {seen}"] if seen else facts))
    lines.append(glyphs.separator.join(facts))
    return next((line for line in lines if len(line) <= width), lines[-1])


def sparkline(months: Months, span: tuple[dt.date, dt.date], cells: int, bars: str) -> str:
    """Articles over a stretch of time in so many cells at most, the most of them as the highest bar."""
    first, last = (day.year * 12 + day.month - 1 for day in span)
    length = last - first + 1
    cells = min(cells, length)
    counts = [0] * cells
    for (year, month), count in months:
        at = (year * 12 + month - 1 - first) * cells // length
        if 0 <= at < cells:
            counts[at] += count
    most = max(counts, default=0)
    return "".join(bar_of(count, most, bars) for count in counts) if most else ""


def bar_of(count: int, most: int, bars: str) -> str:
    """One bar; none where there is nothing."""
    return bars[min(len(bars) - 1, count * len(bars) // (most + 1))] if count else " "


def month_rows(months: Months, glyphs: Glyphs, width: int) -> Iterator[Line]:
    """The articles of an entity by month: a bar for each, or for as many months as a cell must take."""
    if not months:
        return
    (first, last), most = (months[0][0], months[-1][0]), max(count for _, count in months)
    names = [f"{year}-{month:02}" for year, month in (first, last)]
    if first == last:
        yield Line(f"{names[0]}: {counted(most, 'article')}", kind="dim")
        return
    span = dt.date(*first, 1), dt.date(*last, 1)
    drawn = sparkline(months, span, max(8, width - 18), glyphs.bars)
    text = f"{names[0]} {drawn} {names[1]}"
    ends = (0, 7, "dim"), (len(text) - 7, len(text), "dim")
    yield Line(text, spans=(*ends, (8, 8 + len(drawn), "bars")))


def sentence_rows(
    hits: Sequence[Hit], query: str, width: int, ellipsis: str, lines: int = 2
) -> Iterator[Line]:
    """The sentences in which a name occurs, with their article's date and source; Enter opens the place."""
    for hit in hits:
        if not hit.snippets:
            continue
        room = max(20, width - 2)
        part, rows = _filling(hit.snippets[0], room, lines, ellipsis)
        target = ArticleRequested(hit.id, query, at=hit.spans[0].start if hit.spans else None)
        about = "  ".join(filter(None, (hit.date.isoformat() if hit.date else "", hit.source or "")))
        for start, end in rows:
            marks = tuple(
                (max(mark.start, start) - start + 2, min(mark.end, end) - start + 2, "mark")
                for mark in part.marks
                if mark.start < end and mark.end > start
            )
            yield Line(f"  {part.text[start:end]}", target=target, words=about, spans=marks)
        yield Line(f"  {about or hit.title}", kind="dim", target=target)


def _filling(
    snippet: Snippet, room: int, lines: int, ellipsis: str
) -> tuple[Windowed, Sequence[tuple[int, int]]]:
    """As much of a snippet as lines of `room` cells take, and where its lines start and end."""
    text = sanitized(snippet.text)
    for spare in range(room // 4 + 1):
        part = windowed(text, snippet.marks, room * lines - spare, ellipsis)
        rows = wrap(part.text, room)
        if len(rows) <= lines:
            break
    return part, rows[:lines]


def company_rows(found: Sequence[CoMention], glyphs: Glyphs, width: int, indent: int = 0) -> Iterator[Line]:
    """Names that share articles with one: name, type, how many articles, and a bar for these."""
    counts = [(each.entity, each.articles) for each in found]
    return (replace(row, target=entity) for row, entity in _ranked(counts, glyphs, width, indent))


def ranked_rows(counts: Sequence[tuple[Entity, int]], glyphs: Glyphs, width: int) -> Iterator[Line]:
    """Names with a count of whatever they are ranked by; the target of a row is the id of its entity."""
    return (replace(row, target=entity.id) for row, entity in _ranked(counts, glyphs, width, 0))


def _ranked(
    counts: Sequence[tuple[Entity, int]], glyphs: Glyphs, width: int, indent: int
) -> Iterator[tuple[Line, Entity]]:
    most = max((count for _, count in counts), default=1)
    longest = max((cell_len(entity.name) for entity, _ in counts), default=0)
    free = width - indent - TYPE_CELLS - _COUNTS
    cells = max(_LEAST_NAME, min(longest, _MOST_NAME, max(free - _NAME_SHARE, min(free, _WHOLE_NAME))))
    room = min(_SHARE, width - indent - cells - TYPE_CELLS - _COUNTS - 2)
    for entity, count in counts:
        name = set_cell_size(clipped(sanitized(entity.name), cells, glyphs.ellipsis), cells)
        start = f"{' ' * indent}{name}  {entity.type:<{TYPE_CELLS}}  "
        bar = glyphs.done * max(1, count * room // most) if room >= _LEAST_SHARE else ""
        text = f"{start}{count:>5,}  {bar}".rstrip()
        spans = (
            (indent, indent + len(name.rstrip()), str(entity.type)),
            (indent + len(name), len(text) - len(bar), "dim"),
            (len(text) - len(bar), len(text), "bars"),
        )
        yield Line(text, words=" ".join(entity.aliases), spans=spans), entity


def spelling_rows(shares: Sequence[AliasShare]) -> Iterator[Line]:
    """The spellings of a name with how many of its mentions use each."""
    total = sum(share.mentions for share in shares) or 1
    cells = max((cell_len(share.text) for share in shares), default=0)
    for share in shares:
        padded = set_cell_size(sanitized(share.text), cells)
        row = f"  {padded}  {share.mentions:>6,} ({round(share.mentions * 100 / total)} %)"
        yield Line(row, target=share, spans=((2 + len(padded), len(row), "dim"),))
