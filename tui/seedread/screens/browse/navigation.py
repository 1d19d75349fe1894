"""The ways through list and text: motions, other articles and queries, marks, and the way back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from seedread.actions.handlers import Call, command
from seedread.screens.browse.background import BackgroundController
from seedread.screens.browse.jumps import Jump, Jumps, Origin, Trail
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController, Where
from seedread.screens.browse.search import SearchController
from seedread.userdata.session_state import Step
from seedread.wording import excluding
from seedread_index.model.results import Results

_LOOK_EVERY = 0.1
_PATIENCE = 3.0
"""Seconds to wait for the first articles of an archive that is being read; other keys wait as long."""
_ROWS = 200
"""Rows that are looked through at a time for an unread article."""


class NavigationController:
    """Owns the list of jumps; moves the cursor and opens articles."""

    def __init__(
        self,
        frame: BrowseFrame,
        search: SearchController,
        reading: ReadingController,
        background: BackgroundController,
    ) -> None:
        self._frame = frame
        self._search = search
        self._reading = reading
        self._background = background
        self.jumps = Jumps()
        """The places before each jump."""
        self.trail = Trail()
        """Where what is shown was opened from, by way of other screens."""

    # -- requests of other screens -----------------------------------------------------------------------

    async def open_search(self, query: str, *, exclude: bool, filter: str = "") -> None:
        """Run a query with a filter, or leave out what it matches."""
        self.leave_place()
        if exclude:
            query = excluding(self._search.query_text, query)
        await self._search.search_for(query, filter=filter)
        self._frame.focus_on(self._frame.articles)

    async def open_article(self, article_id: str, query: str, at: int | None = None) -> None:
        """Open an article among the results of a query, or among all where it is not one of these.

        `at` is an offset that is brought into view in place of its first hit.
        """
        search = self._search
        self.leave_place()
        if search.row_of(article_id) is None or query:
            await search.search_for(query, stay_at=article_id)
        row = search.row_of(article_id)
        if row is None:
            await search.search_for("", stay_at=article_id)
            row = search.row_of(article_id)
        if row is not None and await self._open(row) and at is not None:
            self._frame.reader.hit_index = None
            self._frame.reader.reveal(at)

    async def _open(self, row: int, where: Where | int = "first") -> bool:
        shown = await self._reading.show_row(row, where)
        if shown:
            self._frame.focus_on(self._frame.reader)
            self._reading.mark_read()
        return shown

    # -- jumps -------------------------------------------------------------------------------------------

    def step_from(self, screens: tuple[Screen[Any], ...], *, article: bool) -> tuple[Screen[Any], ...]:
        """Note where a search or an article is opened from; the screens that are no longer needed for it."""
        return self.trail.add(Origin(self._here(), screens, article))

    async def step_back(self, step: Origin) -> None:
        """Show again what was shown before a step."""
        await self._go(step.place)

    def _here(self) -> Jump:
        offset = self._frame.reader.top_offset if self._frame.is_reading else None
        return Jump(self._search.query_text, self._search.filter_text, self._reading.current_id, offset)

    def leave_place(self) -> None:
        """Note the current place, before a jump."""
        self.jumps.leave(self._here())

    async def _go(self, there: Jump) -> None:
        """Go to a place: its query, its article, and into the text when it was open."""
        frame, search = self._frame, self._search
        if (there.query, there.filter) != (search.query_text, search.filter_text):
            await search.search_for(there.query, filter=there.filter, stay_at=there.article)
        row = search.row_of(there.article)
        if row is None:
            if there.article is not None:
                frame.notify_user("That article is no longer among the results")
            frame.focus_on(frame.articles)
            return
        frame.articles.cursor = row
        if there.offset is None:
            frame.focus_on(frame.articles)
        elif await self._reading.show_row(row, there.offset):
            frame.reader.goto(there.offset)
            frame.focus_on(frame.reader)

    @command("jump-back")
    async def jump_back(self, _call: Call) -> None:
        """Back to the place before the last jump."""
        there = self.jumps.back(self._here())
        if there is None:
            self._frame.notify_user("No earlier place to go back to")
        else:
            await self._go(there)

    @command("jump-forward")
    async def jump_forward(self, _call: Call) -> None:
        """Forward again."""
        there = self.jumps.forward(self._here())
        if there is None:
            self._frame.notify_user("No later place to go forward to")
        else:
            await self._go(there)

    @command("open-article")
    async def open_current(self, _call: Call) -> None:
        """Open the article under the cursor where its preview stands, else at its first hit."""
        frame, reading = self._frame, self._reading
        await self._search.idle()
        until = time.monotonic() + _PATIENCE
        while (
            reading.current_id is None
            and self._background.syncing
            and not frame.problem
            and time.monotonic() < until
        ):
            await asyncio.sleep(_LOOK_EVERY)
        if reading.current_id is None or frame.problem:
            return
        self.leave_place()
        self.trail.go_to_list()
        frame.learn(Step.OPEN)
        offset, hit = frame.reader.top_offset, frame.reader.current_hit
        if reading.is_shown and offset:
            if await self._open(frame.row, offset if hit is None else hit.start):
                frame.reader.goto(offset)
        else:
            await self._open(frame.row)

    # -- marks -------------------------------------------------------------------------------------------

    @command("set-mark")
    def set_mark(self, call: Call) -> None:
        """Remember this place under a letter."""
        self._with_letter(call, "Mark (letter):", self._set_mark)

    def _set_mark(self, letter: str) -> None:
        if (article := self._reading.article) is not None:
            self._frame.session.place.marks[letter] = [article.id, self._frame.reader.top_offset]
            self._frame.notify_user(f"Mark {letter} set")

    @command("go-to-mark")
    def go_to_mark(self, call: Call) -> None:
        """Back to the place under a letter."""
        self._with_letter(call, "Go to mark (letter):", self._go_to_mark)

    def _go_to_mark(self, letter: str) -> None:
        marks = self._frame.session.place.marks
        if letter not in marks:
            known = " ".join(sorted(marks)) or "none"
            self._frame.notify_user(f"No mark {letter}; marks set: {known}")
            return
        article_id, offset = marks[letter]
        self._frame.show_message("")
        self.leave_place()
        in_results = self._search.row_of(str(article_id)) is not None
        words = (self._search.query_text, self._search.filter_text) if in_results else ("", "")
        self._frame.hold_keys_for(self._go(Jump(*words, str(article_id), int(offset))))

    def _with_letter(self, call: Call, question: str, use: Callable[[str], None]) -> None:
        if call.argument:
            use(call.argument[0])
        else:
            self._frame.show_message(question)
            self._frame.take_key(use)

    # -- motions -----------------------------------------------------------------------------------------

    @command("down", "up")
    def move_line(self, call: Call) -> None:
        """Rows or lines down or up."""
        articles, reader, down = self._frame.articles, self._frame.reader, call.name == "down"
        if self._frame.selection is not None:
            reader.extend(call.times if down else -call.times)
        elif self._frame.is_reading:
            (reader.action_line_down if down else reader.action_line_up)(call.times)
        else:
            (articles.action_cursor_down if down else articles.action_cursor_up)(call.times)

    @command("page-down", "page-up")
    def turn_page(self, call: Call) -> None:
        """Pages down or up."""
        if self._extends(call):
            return
        pane = self._frame.reader if self._frame.is_reading else self._frame.articles
        (pane.action_page_down if call.name == "page-down" else pane.action_page_up)(call.times)

    @command("half-down", "half-up")
    def turn_half_page(self, call: Call) -> None:
        """Half pages down or up."""
        if self._extends(call):
            return
        pane = self._frame.reader if self._frame.is_reading else self._frame.articles
        (pane.action_half_page_down if call.name == "half-down" else pane.action_half_page_up)(call.times)

    @command("screen-down", "screen-up")
    def turn_text_page(self, call: Call) -> None:
        """Pages of the text down or up."""
        if self._extends(call):
            return
        reader = self._frame.reader
        (reader.action_page_down if call.name == "screen-down" else reader.action_page_up)(call.times)

    def _extends(self, call: Call) -> bool:
        """Move the end of a selection by paragraphs; False where nothing is selected."""
        if self._frame.selection is None:
            return False
        down = call.name.endswith("down")
        self._frame.reader.extend(call.times if down else -call.times, paragraphs=True)
        return True

    @command("first", "last")
    def go_to_end(self, call: Call) -> None:
        """To the start or the end; in the list, to the row of the count."""
        frame, to_last = self._frame, call.name == "last"
        if not frame.is_reading:
            total = self._search.total
            end = total - 1 if to_last else 0
            frame.articles.cursor = end if call.count is None else min(call.count, total) - 1
            return
        self.leave_place()
        (frame.reader.action_end if to_last else frame.reader.action_home)()

    @command("next-unread", "previous-unread")
    def go_to_unread(self, call: Call) -> None:
        """Move the cursor to a later or an earlier article that was not read."""
        frame, results, step = self._frame, self._search.results, 1 if call.name == "next-unread" else -1
        if results is None:
            return
        row = _unread(results, frame.row, step * call.times, frame.session.read_ids)
        if row is not None:
            frame.articles.cursor = row
        else:
            frame.notify_user("No further unread article" if step > 0 else "No earlier unread article")

    @command("next-pane", "previous-pane")
    async def focus_pane(self, call: Call) -> None:
        """Move the keyboard to the next or the previous pane."""
        (self._frame.focus_next if call.name == "next-pane" else self._frame.focus_previous)()
        await self._reading.show_in_focused_reader()


def _unread(results: Results, row: int, steps: int, read_ids: frozenset[str]) -> int | None:
    """The row of an unread article, so many of them after a row or, where `steps` is negative, before it."""
    down, left = steps > 0, abs(steps)
    rows = range(row + 1, results.total) if down else range(row - 1, -1, -1)
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        ids = results.ids(min(some), max(some) + 1)
        for at, article_id in zip(some, ids if down else reversed(ids), strict=False):
            left -= article_id not in read_ids
            if not left:
                return at
    return None
