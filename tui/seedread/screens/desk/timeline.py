"""The timeline: how many articles there are of each year, month or day, as a chart of bars."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from seedread.actions.handlers import Call, command
from seedread.analysis.counts import UNITS, Timeline, Unit, periods, timeline
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import SearchRequested, TimelineRequested
from seedread.session import Session
from seedread.widgets.bar_list import BarLine, BarList
from seedread.widgets.line_list import Line
from seedread.wording import counted, narrowed
from seedread_index.model.results import Results


class TimelineScreen(PanelScreen):
    """Articles over time; Enter narrows the query to the period under the cursor, + and - change the unit."""

    HINTS: ClassVar[Hints] = (
        ("follow", "narrow"),
        ("finer", "finer"),
        ("coarser", "coarser"),
        ("back", "back"),
    )

    def __init__(self, session: Session, request: TimelineRequested) -> None:
        super().__init__(session, "Timeline")
        self._request = request
        self.lines = BarList(tick=session.glyphs.ticked, ellipsis=session.glyphs.ellipsis)
        self.timeline = Timeline({})
        self.unit: Unit = "year"
        self._partial = False

    def on_mount(self) -> None:
        """Count."""
        self.put([Line("Counting…", kind="dim")])
        self.in_background(self._load, "load", exclusive=True)

    async def _load(self) -> None:
        results, self.timeline = await asyncio.to_thread(self._count)
        self._partial = results.partial
        self.unit = self.timeline.unit
        self._show()

    def _count(self) -> tuple[Results, Timeline]:
        archive = self.session.archive
        results = archive.search(replace(self._request.search, sort="date", group=False))
        return results, timeline(archive, results.each_id())

    def _show(self) -> None:
        """Write the rows; the cursor stays in its period."""
        total = sum(self.timeline.days.values()) + self.timeline.undated
        articles = f"{'at least ' * self._partial}{counted(total, 'article')}"
        dash = self.session.glyphs.dash
        self.set_heading(
            f"{self._request.of} by {self.unit} {dash} {articles}, near-duplicates counted separately"
        )
        line = self.lines.line
        here = line.target if line is not None else None
        rows = list(self._rows())
        self.put(rows, cursor=_row_of(str(here), rows) if here else 0)

    def _rows(self) -> Iterator[Line]:
        counts = self.timeline.by(self.unit)
        if counts:
            for name in periods(min(counts), max(counts), self.unit):
                yield BarLine(name, target=name, counts=(counts[name],))
        else:
            yield Line("No article has a date" if self.timeline.undated else "No articles", kind="dim")
        if self.timeline.undated:
            yield Line(f" undated: {self.timeline.undated:,}", kind="dim")

    # -- commands ----------------------------------------------------------------------------------------

    @command("follow")
    def narrow(self, _call: Call) -> None:
        """Narrow the search to the period under the cursor."""
        line, search = self.lines.line, self._request.search
        if line is None or not isinstance(line.target, str):
            self.notify_user("Undated articles cannot be selected by a query")
            return
        narrower = narrowed(search.filter, f"date:{line.target}")
        self.post_message(SearchRequested(search.query, filter=narrower))

    @command("finer", "coarser")
    def change_unit(self, call: Call) -> None:
        """Months in place of years, days in place of months; or the other way."""
        at = UNITS.index(self.unit) + (1 if call.name == "finer" else -1)
        if 0 <= at < len(UNITS):
            self.unit = UNITS[at]
            self._show()
        else:
            self.notify_user(f"Nothing {call.name} than {'days' if at > 0 else 'years'}")


def _row_of(period: str, rows: Sequence[Line]) -> int:
    """The first row of a part of a period, else that of a longer one which it is in, else the first."""
    names = [str(row.target or "") for row in rows]
    inner = (at for at, name in enumerate(names) if name.startswith(period))
    outer = (at for at, name in enumerate(names) if name and period.startswith(name))
    return next(inner, next(outer, 0))
