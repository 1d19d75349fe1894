"""The queries that were run before, oldest first, kept in the state folder."""

from __future__ import annotations

from pathlib import Path

from seedread.userdata.private_files import append_line, read_lines, replace_file, state_root

_KEPT = 1000


class History:
    """Past queries, each once; only `load` and `save` touch the disk."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or state_root() / "queries.txt"
        self.queries: list[str] = []

    def load(self) -> None:
        """Read the file; a long one is shortened."""
        lines = read_lines(self._path)
        self.queries = list(dict.fromkeys(line for line in reversed(lines) if line.strip()))[:_KEPT][::-1]
        if len(lines) > 2 * _KEPT:
            try:
                replace_file(self._path, "".join(f"{query}\n" for query in self.queries))
            except OSError:
                return

    def note(self, query: str) -> bool:
        """Put a query last; False when there is nothing to keep."""
        query = " ".join(query.split())
        if not query:
            return False
        if query in self.queries:
            self.queries.remove(query)
        self.queries.append(query)
        return True

    def save(self, query: str) -> None:
        """Add a query to the file; a state folder that cannot be written is left alone."""
        try:
            append_line(self._path, " ".join(query.split()))
        except OSError:
            return

    def holding(self, words: str) -> list[str]:
        """The queries that hold every one of the words, the newest first."""
        wanted = words.casefold().split()
        return [query for query in reversed(self.queries) if all(word in query.casefold() for word in wanted)]
