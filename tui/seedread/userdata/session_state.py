"""What the reader keeps in the state folder: the place in each archive, read marks, past queries."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

from seedread_index.files.user_files import append_line, read_lines, read_whole, replace_file
from seedread_index.model.results import Sort

_OFFSETS_KEPT = 500


def state_root() -> Path:
    """Where places, histories and read marks live."""
    import platformdirs

    return Path(platformdirs.user_state_dir("seedread", appauthor=False))


@dataclass(slots=True)
class SessionState:
    """Where the user is in an archive: query, row, article and the code point on top of the screen.

    `typing` tells that the query was not run by Enter yet: its last word may be a beginning.
    `article` is the highlighted article's id, `reading` whether it was open, `hit` where its hit starts;
    `offsets` remembers the top of the articles read last, `marks` a letter's article and offset.
    """

    query: str = ""
    filter: str = ""
    sort: Sort = "relevance"
    typing: bool = True
    article: str | None = None
    offset: int = 0
    hit: int | None = None
    reading: bool = False
    preview: bool = False
    split: int | None = None
    measure: int | None = None
    offsets: dict[str, int] = field(default_factory=dict)
    marks: dict[str, list[Any]] = field(default_factory=dict)

    def remember_offset(self, article_id: str, offset: int) -> None:
        """Note the top of an article; the ones not seen for longest are forgotten."""
        self.offsets.pop(article_id, None)
        self.offsets[article_id] = offset
        while len(self.offsets) > _OFFSETS_KEPT:
            del self.offsets[next(iter(self.offsets))]


class SessionStore:
    """The session state and read marks of one archive, named by its digest, in the state folder.

    `want` and `want_read` queue in order; `flush` writes, from any thread: an older state never replaces
    a newer one.
    """

    def __init__(self, digest: str, root: Path | None = None, *, private: bool = False) -> None:
        self._private = private
        folder = (root or state_root()) / "archives"
        self._place = folder / f"{digest}.json"
        self._read = folder / f"{digest}.read"
        self.saved = ""
        self._newest = ""
        self._marks: deque[str] = deque()
        self._lock = Lock()

    def load(self) -> SessionState:
        """The stored state; a fresh one where there is none or it cannot be read."""
        try:
            stored = json.loads(read_whole(self._place))
        except (OSError, ValueError, RecursionError):
            return SessionState()
        if not isinstance(stored, dict):
            return SessionState()
        plain = SessionState()
        for each in fields(SessionState):
            value = stored.get(each.name)
            if value is not None and _fits(value, each.name):
                setattr(plain, each.name, value)
        return plain

    def want(self, content: str) -> None:
        """Queue a dumped state for the next `flush`."""
        self._newest = content

    def want_read(self, article_ids: Iterable[str], *, read: bool) -> None:
        """Queue read marks, or their removal, for the next `flush`."""
        sign = "+" if read else "-"
        self._marks.extend(f"{sign}{article_id}" for article_id in article_ids)

    def flush(self) -> None:
        """Write what is wanted, in private nothing; a state folder that cannot be written is left alone."""
        if self._private:
            return
        with self._lock, suppress(OSError):
            marks = [self._marks.popleft() for _ in range(len(self._marks))]
            if marks:
                append_line(self._read, "\n".join(marks))
            content = self._newest
            if content and content != self.saved:
                replace_file(self._place, content)
                self.saved = content

    def save(self, content: str) -> None:
        """Write a dumped state when it changed."""
        self.want(content)
        self.flush()

    def load_read(self) -> frozenset[str]:
        """The ids of the articles that were read."""
        read: set[str] = set()
        for line in read_lines(self._read):
            if line.startswith("-"):
                read.discard(line[1:])
            elif line.startswith("+"):
                read.add(line[1:])
        return frozenset(read)


def dumped(place: SessionState) -> str:
    """A state as it is stored (JSON)."""
    return json.dumps(asdict(place), ensure_ascii=False, indent=1)


def _fits(value: Any, name: str) -> bool:
    if name == "sort":
        return value in ("relevance", "date", "title", "path")
    if name == "offsets":
        return isinstance(value, dict) and all(isinstance(offset, int) for offset in value.values())
    if name == "marks":
        return isinstance(value, dict) and all(map(_is_mark, value.values()))
    if name in {"typing", "reading", "preview"}:
        return isinstance(value, bool)
    return isinstance(value, int if name in {"offset", "hit", "split", "measure"} else str)


def _is_mark(value: Any) -> bool:
    match value:
        case [str(), int()]:
            return True
    return False


class Step(StrEnum):
    """A step that a beginner is shown until it was taken."""

    SEARCH = "search"
    OPEN = "open"
    CARD = "card"


def load_steps() -> frozenset[str]:
    """The steps that the user has taken, in whichever archive."""
    return frozenset(read_lines(state_root() / "steps.txt"))


def save_step(step: Step) -> None:
    """Note a step as taken; a state folder that cannot be written is left alone."""
    with suppress(OSError):
        append_line(state_root() / "steps.txt", step)


_KEPT = 1000


class History:
    """Past queries, each once; only `load` and `save` touch the disk."""

    def __init__(self, path: Path | None = None, *, private: bool = False) -> None:
        self._path = path or state_root() / "queries.txt"
        self._private = private
        self.queries: list[str] = []

    def load(self) -> None:
        """Read the file; a long one is shortened."""
        lines = read_lines(self._path)
        self.queries = list(dict.fromkeys(line for line in reversed(lines) if line.strip()))[:_KEPT][::-1]
        if len(lines) > 2 * _KEPT and not self._private:
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
        """Add a query to the file, but in private; a state folder that cannot be written is left alone."""
        if self._private:
            return
        try:
            append_line(self._path, " ".join(query.split()))
        except OSError:
            return

    def holding(self, words: str) -> list[str]:
        """The queries that hold every one of the words, the newest first."""
        wanted = words.casefold().split()
        return [query for query in reversed(self.queries) if all(word in query.casefold() for word in wanted)]
