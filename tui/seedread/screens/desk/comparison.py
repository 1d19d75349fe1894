"""Two searches compared: what they find in common and alone, as counts, as lists and over time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from seedread.actions.handlers import Call, command
from seedread.analysis.counts import UNITS, Timeline, Unit, compared, periods, timeline
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import ArticleRequested, ComparisonRequested, SearchRequested
from seedread.session import Session
from seedread.widgets.bar_list import BarLine, BarList
from seedread.widgets.line_list import Line
from seedread.wording import whole_query
from seedread_index.model.article import Header

MOST = 200
"""Articles of each part that are listed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its name, the query that finds it, its articles, the first of them, and all of them by day."""

    name: str
    query: str
    ids: Sequence[str]
    headers: Sequence[Header]
    timeline: Timeline


class ComparisonScreen(PanelScreen):
    """A only, both, B only; Enter opens an article or searches for a part, D shows them over time."""

    HINTS: ClassVar[Hints] = (
        ("follow", "open"),
        ("timeline", "over time"),
        ("finer", "finer"),
        ("coarser", "coarser"),
        ("filter-panel", "filter"),
        ("back", "back"),
    )

    def __init__(self, session: Session, request: ComparisonRequested) -> None:
        super().__init__(session, "Compare")
        self._request = request
        self.lines = BarList(tick=session.glyphs.ticked, ellipsis=session.glyphs.ellipsis)
        self.parts: Sequence[Part] = ()
        self.over_time = False
        self.unit: Unit = "year"
        self._partial = False

    def on_mount(self) -> None:
        """Search for both."""
        self.put([Line("Comparing…", kind="dim")])
        self.in_background(self._load, "load", exclusive=True)

    async def _load(self) -> None:
        self.parts = await asyncio.to_thread(self._compare)
        every = {day: 1 for part in self.parts for day in part.timeline.days}
        self.unit = Timeline(every).unit
        self._show()

    def _compare(self) -> list[Part]:
        archive, request = self.session.archive, self._request
        a, b = (archive.search(replace(each, sort="date", group=False)) for each in (request.a, request.b))
        self._partial = a.partial or b.partial
        found = compared(a, b)
        first, second = (whole_query(each.query, each.filter) for each in (request.a, request.b))
        return [
            self._part(f"only {first}", f"({first}) -({second})", found.only_a),
            self._part("both", f"({first}) ({second})", found.both),
            self._part(f"only {second}", f"({second}) -({first})", found.only_b),
        ]

    def _part(self, name: str, query: str, ids: Sequence[str]) -> Part:
        archive = self.session.archive
        return Part(name, query, ids, archive.headers(ids[:MOST]), timeline(archive, ids))

    # -- rows --------------------------------------------------------------------------------------------

    def _show(self) -> None:
        dash = self.session.glyphs.dash
        by = f" by {self.unit}" if self.over_time else ""
        partial = " (incomplete: the query took too long)" if self._partial else ""
        self.set_heading(f"Compare{by} {dash} near-duplicates counted separately{partial}")
        self.put(list(self._time_rows() if self.over_time else self._rows()), cursor=0)

    def _rows(self) -> Iterator[Line]:
        for number, part in enumerate(self.parts):
            counts = tuple(len(part.ids) if each == number else 0 for each in range(len(self.parts)))
            yield BarLine(part.name, target=part, counts=(sum(counts),))
        for part in self.parts:
            if part.ids:
                yield Line(
                    f"{part.name[0].upper()}{part.name[1:]}", f"{len(part.ids):,}", kind="head", target=part
                )
            for header in part.headers:
                day = header.date.isoformat() if header.date else ""
                yield Line(f"  {header.title}", day, target=header)
            if len(part.ids) > len(part.headers):
                yield Line(
                    f"  {len(part.ids) - len(part.headers):,} more (Enter lists them)",
                    kind="dim",
                    target=part,
                )

    def _time_rows(self) -> Iterator[Line]:
        yield Line(" " + ", ".join(part.name for part in self.parts), kind="head")
        counts = [part.timeline.by(self.unit) for part in self.parts]
        names = [name for each in counts for name in each]
        if names:
            for name in periods(min(names), max(names), self.unit):
                yield BarLine(name, target=name, counts=tuple(each[name] for each in counts))
        else:
            yield Line("No article has a date", kind="dim")
        undated = [part.timeline.undated for part in self.parts]
        if any(undated):
            yield Line(f" undated: {', '.join(f'{each:,}' for each in undated)}", kind="dim")

    # -- commands ----------------------------------------------------------------------------------------

    @command("follow")
    def open_line(self, _call: Call) -> None:
        """Open the article; search for a part, or for either query in a period."""
        line = self.lines.line
        match line.target if line is not None else None:
            case Header() as header:
                self.post_message(ArticleRequested(header.id))
            case Part() as part:
                self.post_message(SearchRequested(part.query))
            case str() as period:
                a, b = (whole_query(each.query, each.filter) for each in (self._request.a, self._request.b))
                self.post_message(SearchRequested(f"({a}) OR ({b})", filter=f"date:{period}"))

    @command("timeline")
    def switch(self, _call: Call) -> None:
        """Both over time in place of the lists, and back."""
        self.over_time = not self.over_time
        self._show()

    @command("finer", "coarser")
    def change_unit(self, call: Call) -> None:
        """Shorter or longer periods."""
        at = UNITS.index(self.unit) + (1 if call.name == "finer" else -1)
        self.over_time = True
        self.unit = UNITS[max(0, min(at, len(UNITS) - 1))]
        self._show()
