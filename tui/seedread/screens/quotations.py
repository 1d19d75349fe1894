"""The quotations of an article, of results or of an entity: who says what, when and where."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import islice
from typing import ClassVar

from seedread.actions.handlers import Call, command
from seedread.screens.export import copy_text
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import ArticleRequested, QuotationsRequested
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.wording import counted, named_or_next, speaker_of
from seedread_index.model.quotation import Quotation

MOST = 2000
"""Quotations that are shown at most."""
SORTS = ("date", "speaker", "source")
_LAST = "\uffff"


class QuotationsScreen(PanelScreen):
    """Quotations, a row each; Enter opens the place, s sorts them, y copies one with its source."""

    HINTS: ClassVar[Hints] = (
        ("follow", "open"),
        ("sort", "sort"),
        ("copy", "copy"),
        ("filter-panel", "filter"),
        ("back", "back"),
    )

    def __init__(self, session: Session, request: QuotationsRequested) -> None:
        super().__init__(session, "Quotations")
        self._request = request
        self.sort = "date"
        self.quotations: Sequence[Quotation] = ()
        self._waiting = 0

    def on_mount(self) -> None:
        """Fetch the quotations."""
        self.put([Line("Looking for quotations…", kind="dim")])
        self.in_background(self._load, "load")

    async def _load(self) -> None:
        self.quotations, self._waiting = await asyncio.to_thread(self._fetch)
        self._show()

    def _fetch(self) -> tuple[list[Quotation], int]:
        archive, request = self.session.archive, self._request
        found = archive.quotations(request.among, by=[request.entity_id] if request.entity_id else None)
        return list(islice(found, MOST)), archive.unquoted()

    def _show(self) -> None:
        """Write the rows in their order."""
        found = sorted(self.quotations, key=lambda each: str(each.date or ""), reverse=True)
        if self.sort == "speaker":
            found.sort(key=lambda each: speaker_of(each).casefold() or _LAST)
        elif self.sort == "source":
            found.sort(key=lambda each: (each.source or _LAST).casefold())
        self.set_heading(f"Quotations {self._request.of}")
        count = f"the first {MOST:,}" if len(found) == MOST else f"{len(found):,}"
        waiting = f"; {counted(self._waiting, 'article')} not searched yet" if self._waiting else ""
        self.title_right = f"{count}, by {self.sort}{waiting}"
        dated = any(each.date for each in found)
        rows = [_line(each, dated=dated) for each in found]
        self.put(rows or [Line("No quotations here", kind="dim")], cursor=0)

    @property
    def chosen(self) -> Quotation | None:
        """The quotation under the cursor."""
        line = self.lines.line
        return line.target if line is not None and isinstance(line.target, Quotation) else None

    @command("follow")
    def open_place(self, _call: Call) -> None:
        """Open the article where it is said."""
        if (chosen := self.chosen) is not None:
            self.post_message(ArticleRequested(chosen.article, at=chosen.start))

    @command("sort")
    def sort_rows(self, call: Call) -> None:
        """The order that is named, or the next one: by date, speaker or source."""
        self.sort = named_or_next(call.argument, SORTS, self.sort)
        self._show()

    @command("copy")
    async def copy(self, _call: Call) -> None:
        """Copy the quotation with who says it, date, source, file and paragraph."""
        chosen = self.chosen
        if chosen is None:
            return
        article = await asyncio.to_thread(self.session.archive.article, chosen.article)
        before = article.text[: chosen.start].split("\n")[:-1] if article is not None else []
        paragraph = sum(1 for line in before if line.strip()) + 1
        await copy_text(self, with_source(chosen, paragraph), "the quotation")


def _line(quotation: Quotation, *, dated: bool) -> Line:
    """A row: date, speaker and words, each in its own look; no column for dates where there are none."""
    text, speaker = row_of(quotation, dated=dated), speaker_of(quotation) or "(unnamed)"
    start = 12 if dated else 0
    spans = ((0, start, "dim"), (start, start + len(speaker), "strong"))
    return Line(text, quotation.source or "", target=quotation, spans=spans)


def row_of(quotation: Quotation, *, dated: bool = True) -> str:
    """When, if `dated`, who and what, on one line."""
    date = f"{quotation.date or ''!s:10}  " if dated else ""
    text = " ".join(quotation.text.split())
    return f"{date}{speaker_of(quotation) or '(unnamed)'}: {text}"


def with_source(quotation: Quotation, paragraph: int) -> str:
    """A quotation with who says it, title, publication, date, file and paragraph."""
    date = quotation.date.isoformat() if quotation.date else ""
    source = ", ".join(part for part in (quotation.title, quotation.source, date) if part)
    who = speaker_of(quotation)
    said = f"{quotation.text}\n\n{who}\n" if who else f"{quotation.text}\n\n"
    return f"{said}{source}\n{quotation.path}, paragraph {paragraph}\n"
