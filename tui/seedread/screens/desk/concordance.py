"""The concordance on the screen: every hit in its context, sorted, or the words that stand near the hits."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import ClassVar

from seedread.actions.handlers import Call, command
from seedread.analysis.concordance import (
    COLLOCATE_COLUMNS,
    COLUMNS,
    ContextLine,
    Record,
    collocate_records,
    context_lines,
    record_of,
    sorted_lines,
    written,
)
from seedread.export import write_output
from seedread.screens.export import ask_for_file
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import ArticleRequested, ConcordanceRequested
from seedread.session import Session
from seedread.widgets.context_list import ContextList, ContextRows
from seedread.widgets.line_list import Line
from seedread.wording import counted, named_or_next
from seedread_index.archive import clean_line
from seedread_index.model.errors import SeedreadError
from seedread_index.model.results import Results

MOST = 100_000
"""Lines that are shown at most."""
SORTS = ("results", "left", "right", "date")
_SIDE = 40
"""Characters on each side, as `seedread kwic` has them."""
_ENDINGS = (".csv", ".jsonl")


class ConcordanceScreen(PanelScreen):
    """Every hit in its context; Enter opens the place, s sorts, w writes a file, c shows collocates."""

    HINTS: ClassVar[Hints] = (
        ("follow", "open"),
        ("sort", "sort"),
        ("concordance", "collocates"),
        ("export", "write"),
        ("filter-panel", "filter"),
        ("back", "back"),
    )

    def __init__(self, session: Session, request: ConcordanceRequested) -> None:
        super().__init__(session, "Concordance")
        self._request = request
        self.lines = ContextList(tick=session.glyphs.ticked, ellipsis=session.glyphs.ellipsis)
        self.sort = SORTS[0]
        self.contexts: list[ContextLine] = []
        """All lines, in the order of the results."""
        self.collocates: list[Record] | None = None
        """The words near the hits, once they were asked for."""
        self.collocates_shown = False
        self._shown: Sequence[ContextLine] = ()
        self._shortened: list[str] = []
        self._results: Results | None = None

    def on_mount(self) -> None:
        """Look for the lines."""
        self.put([Line("Looking for hits…", kind="dim")])
        self.in_background(self._load, "load", exclusive=True)

    async def _load(self) -> None:
        self.contexts = await asyncio.to_thread(self._fetch)
        await self._show(cursor=0)
        if self._shortened:
            self.notify_user(f"Lines may be missing from {', '.join(self._shortened)}", problem=True)

    def _fetch(self) -> list[ContextLine]:
        archive = self.session.archive
        self._results = archive.search(self._request.search)
        lines = context_lines(archive, self._results, _SIDE, self._shortened)
        return list(islice(lines, MOST))

    async def _show(self, *, cursor: int | None = None) -> None:
        """Write the rows in their order."""
        dash = self.session.glyphs.dash
        if self.collocates_shown:
            found = self.collocates or []
            self.set_heading(
                f"Near {self._request.of} {dash} {counted(len(found), 'word')}, by log-likelihood"
            )
            rows = [_collocate_row(each) for each in found]
            self.put(rows or [Line("No word occurs near it more than once", kind="dim")], cursor=cursor)
            return
        self._shown = await asyncio.to_thread(_in_order, self.contexts, self.sort)
        more = f", the first {MOST:,}" if len(self.contexts) == MOST else ""
        order = "in the order of the results" if self.sort == SORTS[0] else f"by {self.sort}"
        self.set_heading(
            f"Concordance of {self._request.of} {dash} {counted(len(self.contexts), 'line')}{more}, {order}"
        )
        if self._shown:
            self.put(ContextRows(self._shown), cursor=cursor)
        else:
            self.put([Line("No hits", kind="dim")], cursor=0)

    # -- commands ----------------------------------------------------------------------------------------

    @command("follow")
    async def open_place(self, _call: Call) -> None:
        """Open the article at the hit; of a collocate, show the lines that hold it."""
        line = self.lines.line
        target = line.target if line is not None else None
        if isinstance(target, ContextLine):
            self.post_message(ArticleRequested(target.id, at=target.start))
        elif isinstance(target, dict):
            self.collocates_shown = False
            await self._show(cursor=0)
            self.filter_text = str(target["word"])

    @command("sort")
    async def choose_order(self, call: Call) -> None:
        """The order that is named, or the next one: of the results, by the words left or right, by date."""
        self.sort = named_or_next(call.argument, SORTS, self.sort)
        self.collocates_shown = False
        await self._show(cursor=0)

    @command("concordance")
    async def switch(self, _call: Call) -> None:
        """The words near the hits in place of the lines, and back."""
        self.collocates_shown = not self.collocates_shown
        self.filter_text = ""
        if self.collocates_shown and self.collocates is None:
            self.show_message("Counting words…")
            self.collocates = await asyncio.to_thread(self._collocates)
            self.show_message("")
        await self._show(cursor=0)

    def _collocates(self) -> list[Record]:
        return list(collocate_records(self.session.archive, self._results)) if self._results else []

    @command("export")
    async def write(self, call: Call) -> None:
        """Write what is shown, as `seedread kwic` prints it, to a file: CSV or JSONL by its ending."""
        label = f"Export to ({' '.join(_ENDINGS)}): "
        path = await ask_for_file(self, call.argument, label, _check_ending, _complete_ending)
        if path is None:
            return
        records = (self.collocates or []) if self.collocates_shown else list(map(record_of, self._shown))
        columns = COLLOCATE_COLUMNS if self.collocates_shown else COLUMNS
        text = "".join(written(records, columns, csv=path.suffix.lower() == ".csv"))
        data = text.encode("utf-8", "replace")
        await asyncio.to_thread(write_output, self.session.archive, path, data)
        self.notify_user(f"{counted(len(records), 'line')} in {path}")


def _check_ending(path: Path) -> None:
    """Raise SeedreadError for a file that is neither CSV nor JSONL."""
    if path.suffix.lower() not in _ENDINGS:
        name = clean_line(path.name)
        raise SeedreadError(f"{name} does not end in .csv or .jsonl", "use one of these extensions")


def _in_order(lines: Sequence[ContextLine], sort: str) -> list[ContextLine]:
    if sort == "date":
        return sorted(lines, key=lambda line: str(line.date or ""), reverse=True)
    return sorted_lines(lines, sort)


def _collocate_row(record: Record) -> Line:
    counts = f"{record['near']:>6,} of {record['total']:<6,}"
    return Line(f"{record['log_likelihood']:>10.2f}  {counts}  {record['word']}", target=record)


async def _complete_ending(typed: str) -> list[str]:
    base, ending = os.path.splitext(typed)
    return [f"{base}{each}" for each in _ENDINGS if each.startswith(ending)] if base else []
