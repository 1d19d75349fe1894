"""Shows the facets and counts them for the results: in a thread, and only while they are shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.widget import Widget

from seedread.actions.handlers import Call, command
from seedread.screens.browse.facets.rows import GROUPS, SHOWN, View, rows_of
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread_index.model.results import Results

if TYPE_CHECKING:
    from seedread_index.archive import Facets

_REST = 0.15
"""Seconds without a key after which the facets follow a query that is being typed."""
_ALL = 500
"""Values of a group that are counted when a group is opened or rows are looked for."""


class FacetsController:
    """Shows and hides the facets, and counts them again for every new result while they are shown.

    They are counted in a thread; an answer for results that have gone is dropped.
    """

    def __init__(self, frame: BrowseFrame, search: SearchController, reading: ReadingController) -> None:
        self._frame = frame
        self._search = search
        self._reading = reading
        self._origin: Widget = frame.articles
        self._counted: tuple[Results, int, Facets] | None = None
        self._words = ""
        self._opened: set[str] = set()

    @command("facets", "input-facets")
    def show(self, _call: Call) -> None:
        """Show the facets and give them the keyboard."""
        frame = self._frame
        frame.leave_zen()
        if frame.focused is not frame.facets:
            self._origin = frame.focused or frame.articles
        if not frame.facets_shown:
            self._words, self._opened, frame.facets.cursor = "", set(), 0
        self.focus()
        self.follow()

    def focus(self) -> None:
        """Give the facets the keyboard, shown if they are not."""
        self._frame.show_facets()
        self._frame.focus_on(self._frame.facets)

    def hide(self) -> None:
        """Hide the facets; the keyboard goes back to where it was."""
        frame, article = self._frame, self._reading.article
        back = self._origin
        if back is frame.reader and (article is None or self._search.row_of(article.id) is None):
            back = frame.articles
        frame.show_facets(shown=False)
        self._counted = None
        frame.facets.set_lines([], cursor=0)
        frame.focus_on(back)
        self._reading.follow_cursor()

    @property
    def filter_rows(self) -> str:
        """The words that rows must hold."""
        return self._words

    def look_for(self, words: str) -> None:
        """Show only rows that hold these words."""
        self._words = words.strip()
        self.follow()

    def open_group(self, name: str) -> None:
        """Show all rows of a group."""
        self._opened.add(name)
        self.follow()

    def follow(self) -> None:
        """Count for the results that are shown now, in the background."""
        if self._frame.facets_shown:
            self._frame.in_background(self._count, "facets", exclusive=True)

    async def _count(self) -> None:
        frame, results = self._frame, self._search.results
        most = _ALL if self._words or self._opened else SHOWN
        if results is None:
            return
        if self._counted is None or self._counted[0] is not results or self._counted[1] < most:
            if frame.focused is frame.input:
                await asyncio.sleep(_REST)
            found = await asyncio.to_thread(frame.session.archive.facets, results, most)
            if not frame.facets_shown or self._search.results is not results:
                return
            self._counted = results, most, found
        self._put(results, self._counted[2])

    def _put(self, results: Results, facets: Facets) -> None:
        """Show the rows; the cursor stays on its value, else on its row."""
        pane = self._frame.facets
        here = pane.line.target if pane.line is not None else None
        glyphs = self._frame.session.glyphs
        view = View(self._search.filter_text, self._words, self._opened, glyphs.ellipsis)
        rows = list(rows_of(facets, results, view))
        at = [row for row, line in enumerate(rows) if here is not None and line.target == here]
        pane.set_lines(rows, cursor=at[-1] if at else pane.cursor)
        pane.leave_head()

    def entity_at(self) -> str | None:
        """The id of the entity under the cursor."""
        line, known = self._frame.facets.line, self._counted
        if line is None or known is None:
            return None
        every = (facet for group in GROUPS for facet in getattr(known[2], group.name))
        return next((facet.id for facet in every if facet.query == line.target), None)
