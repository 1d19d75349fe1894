"""The query line: typing, completion and earlier queries."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence

from seedread.actions.handlers import Call, command
from seedread.screens.browse.panes import CANDIDATES_FROM, BrowseFrame
from seedread.screens.browse.search import SearchController
from seedread.userdata.session_state import History, Step
from seedread.widgets.single_line import EDITS

_MOST_COMPLETIONS = 8

Completion = tuple[str, int, int]
"""A completion, and the start and end of what it replaces in the line."""


class Completions:
    """The completions that Tab goes through, and which of them is in the line now."""

    def __init__(self) -> None:
        self._completions: Sequence[Completion] = ()
        self._base = ""
        self._step = -1
        self._value = ""

    def belong_to(self, line: str) -> bool:
        """Whether the line is as the last completion left it."""
        return bool(self._completions) and line == self._value

    def begin(self, line: str, completions: Sequence[Completion]) -> None:
        """Take the completions of a line."""
        self._completions, self._base, self._step = completions, line, -1

    def following(self) -> tuple[str, int] | None:
        """The line with the next completion in it, and its cursor; None when there is none."""
        if not self._completions:
            return None
        self._step = (self._step + 1) % len(self._completions)
        text, start, end = self._completions[self._step]
        self._value = f"{self._base[:start]}{text}{self._base[end:]}"
        return self._value, start + len(text)

    def shown(self, width: int) -> str:
        """All completions, the one in the line in brackets; from that one on where they do not fit."""
        texts = [text for text, _, _ in self._completions]
        texts[self._step] = f"[{texts[self._step]}]"
        whole = "  ".join(texts)
        return whole if len(whole) <= width else "  ".join(texts[self._step :])


class Recall:
    """Steps through earlier queries; what was being typed comes back at the end."""

    def __init__(self) -> None:
        self._queries: list[str] = []
        self._at = 0
        self._words: str | None = None
        self._step = 0

    def stop(self) -> None:
        """Start again at the newest query: one was run."""
        self._queries, self._words = [], None

    def older(self, typed: str, history: Sequence[str]) -> str | None:
        """The query before; None at the oldest."""
        if not self._queries:
            self._queries = [query for query in history if query != typed] + [typed]
            self._at = len(self._queries) - 1
        if self._at == 0:
            return None
        self._at -= 1
        return self._queries[self._at]

    def newer(self) -> str | None:
        """The query after; None at the newest, and when no older one was recalled."""
        if not self._queries or self._at >= len(self._queries) - 1:
            self.stop()
            return None
        self._at += 1
        return self._queries[self._at]

    def holding(self, typed: str, history: History) -> str | None:
        """The newest query that holds the typed words; when called again, the next one before it."""
        if self._words is None or not self._recalled(typed, history):
            self._words, self._step = typed, -1
        found = [query for query in history.holding(self._words) if query != self._words]
        if not found:
            return None
        self._step = (self._step + 1) % len(found)
        return found[self._step]

    def _recalled(self, typed: str, history: History) -> bool:
        return self._words is not None and typed in history.holding(self._words)


class QueryLine:
    """Owns what helps to type a query: completions and the walk through earlier queries."""

    def __init__(self, frame: BrowseFrame, search: SearchController) -> None:
        self._frame = frame
        self._search = search
        self._completions = Completions()
        self.recall = Recall()
        """The walk through earlier queries."""

    @command("search", "search-anew")
    def focus(self, call: Call) -> None:
        """Move the keyboard to the query line and select the query, so that typing replaces it."""
        frame = self._frame
        frame.leave_zen()
        if call.argument:
            self._put(call.argument)
        frame.focus_on(frame.input)
        frame.input.select_all()

    @command("run")
    def run(self, _call: Call) -> Awaitable[None]:
        """Search for the query, report its errors, and go to the results; the next keys are for these."""
        self.recall.stop()
        if self._frame.input.value.strip():
            self._frame.learn(Step.SEARCH)
        self._frame.focus_on(self._frame.articles)
        self._search.run_query(self._frame.input.value)
        return self._search.idle()

    async def search_like(self, text: str) -> None:
        """Search for the words that tell most of a passage; they stand in the query line then."""
        frame = self._frame
        query = await asyncio.to_thread(frame.session.archive.example_query, text)
        if not query:
            frame.notify_user("No article contains a distinctive word of the pasted text")
            return
        await self._search.search_for(query)
        count = len(query.split(" OR "))
        frame.notify_user(f"Searching for any of the {count} most distinctive words of the pasted text")

    @command("complete")
    async def complete(self, _call: Call) -> None:
        """Complete the word at the cursor; again for the next one; from an empty line on to the list."""
        frame, line, completions = self._frame, self._frame.input, self._completions
        if not line.value:
            frame.focus_on(frame.articles)
            return
        if not completions.belong_to(line.value):
            typed, archive = line.value, frame.session.archive
            found = await asyncio.to_thread(archive.complete, typed, line.cursor_position, _MOST_COMPLETIONS)
            if line.value != typed:
                return
            completions.begin(typed, [(each.text, each.start, each.end) for each in found])
        completed = completions.following()
        if completed is None:
            frame.notify_user("No completions")
            return
        self._put(*completed)
        frame.show_candidates(completions.shown(frame.size.width - CANDIDATES_FROM))

    def follow(self, text: str) -> None:
        """What stands in the line has changed: show no completions of what stood there before."""
        if not self._completions.belong_to(text):
            self._frame.show_candidates("")

    @command("older")
    def recall_older(self, _call: Call) -> None:
        """The query before."""
        query = self.recall.older(self._frame.input.value, self._frame.session.history.queries)
        if query is not None:
            self._put(query)

    @command("newer")
    def recall_newer(self, _call: Call) -> None:
        """The query after; at the newest one, down to the results."""
        query = self.recall.newer()
        if query is None:
            self._frame.focus_on(self._frame.articles)
        else:
            self._put(query)

    @command("history-search")
    def search_history(self, _call: Call) -> None:
        """The newest earlier query that holds what is typed; again for the one before it."""
        found = self.recall.holding(self._frame.input.value, self._frame.session.history)
        if found is None:
            self._frame.notify_user("No earlier query contains that")
        else:
            self._put(found)

    @command(*EDITS)
    def edit(self, call: Call) -> None:
        """Move in the line, or delete a part of it."""
        self._frame.input.edit(call.name)

    def _put(self, text: str, cursor: int | None = None) -> None:
        """Write a query into the line; the cursor stands behind it unless one is given."""
        line = self._frame.input
        line.value = text
        line.cursor_position = len(text) if cursor is None else cursor
