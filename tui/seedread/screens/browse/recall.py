"""The walk through earlier queries from the query line."""

from __future__ import annotations

from collections.abc import Sequence

from seedread.userdata.session_state import History


class Recall:
    """Steps through earlier queries; what was being typed comes back at the end."""

    def __init__(self) -> None:
        self._queries: list[str] = []
        self._at = 0
        self._words: str | None = None
        self._step = 0

    def stop(self) -> None:
        """Forget the walk: a query was run."""
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
        """The query after; None at the newest, and when no walk is under way."""
        if not self._queries or self._at >= len(self._queries) - 1:
            self.stop()
            return None
        self._at += 1
        return self._queries[self._at]

    def holding(self, typed: str, history: History) -> str | None:
        """The newest query that holds the typed words, then, when asked again, the next one before it."""
        if self._words is None or not self._offered(typed, history):
            self._words, self._step = typed, -1
        found = [query for query in history.holding(self._words) if query != self._words]
        if not found:
            return None
        self._step = (self._step + 1) % len(found)
        return found[self._step]

    def _offered(self, typed: str, history: History) -> bool:
        return self._words is not None and typed in history.holding(self._words)
