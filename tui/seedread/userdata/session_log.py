"""The session log: searches and opened articles with their times, where the settings want one.

One JSON object per line in `log.jsonl` of the state folder, only ever added to.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_type_hints

from seedread.userdata.session_state import state_root
from seedread_index.files.user_files import append_line, read_lines
from seedread_index.model.article import Article
from seedread_index.model.errors import typed_root
from seedread_index.model.results import Results, SearchRequest
from seedread_index.text.sanitize import clean_line


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A search, with what it was asked and how many articles it found, or an article that was opened.

    `at` is ISO 8601 with the zone, `archive` are the folders or the address; `since` and `until` are days,
    `grouped` tells whether near-duplicates counted as one.
    """

    at: str
    do: Literal["search", "open"]
    archive: tuple[str, ...] = ()
    query: str | None = None
    filter: str | None = None
    sort: str | None = None
    match: str | None = None
    since: str | None = None
    until: str | None = None
    grouped: bool | None = None
    total: int | None = None
    id: str | None = None
    path: str | None = None
    title: str | None = None


class SessionLog:
    """The log of one archive; without `wanted` nothing is written. It touches the disk, from any thread."""

    def __init__(self, roots: Sequence[Path], *, wanted: bool, path: Path | None = None) -> None:
        self._roots = tuple(typed_root(str(root)) for root in roots)
        self.wanted = wanted
        self._path = path or log_path()
        self._asked: object = None
        self._opened = ""

    def note_search(self, request: SearchRequest, results: Results) -> None:
        """Note a search; one that was noted last is not noted again, nor one for everything."""
        asked = (request.query.strip(), request.filter.strip(), request.sort, request.group)
        if not self.wanted or asked == self._asked or not (asked[0] or asked[1]):
            return
        self._asked, self._opened = asked, ""
        self._write(
            LogEntry(
                at=_now(),
                do="search",
                archive=self._roots,
                query=request.query,
                filter=request.filter or None,
                sort=request.sort,
                match=request.match,
                since=request.since.isoformat() if request.since else None,
                until=request.until.isoformat() if request.until else None,
                grouped=request.group,
                total=results.total,
            )
        )

    def note_opened(self, article: Article) -> None:
        """Note an article that was opened; one that was noted last is not noted again."""
        if self.wanted and self._opened != article.id:
            self._opened = article.id
            self._write(
                LogEntry(_now(), "open", self._roots, id=article.id, path=article.path, title=article.title)
            )

    def _write(self, entry: LogEntry) -> None:
        """Add a line; a state folder that cannot be written is left alone."""
        record = {name: value for name, value in asdict(entry).items() if value not in (None, ())}
        with suppress(OSError):
            append_line(self._path, json.dumps(record))


def log_path() -> Path:
    """The file of the log."""
    return state_root() / "log.jsonl"


def entries(path: Path | None = None) -> Iterator[LogEntry]:
    """What was noted, the oldest first; lines that cannot be read are left out."""
    for line in read_lines(path or log_path()):
        with suppress(AttributeError, RecursionError, TypeError, ValueError):
            yield _entry(json.loads(line))


def _entry(record: dict[str, Any]) -> LogEntry:
    """The entry in a record, safe to show. Raises AttributeError, TypeError or ValueError for another one."""
    known = {each.name for each in fields(LogEntry)}
    values: dict[str, Any] = {name: _clean(value) for name, value in record.items() if name in known}
    values["archive"] = tuple(typed_root(str(each)) for each in record.get("archive", ()))
    if values.get("do") not in ("search", "open"):
        raise ValueError("neither a search nor an article")
    if dt.datetime.fromisoformat(values["at"]).tzinfo is None:
        raise ValueError("no zone")
    hints = get_type_hints(LogEntry)
    for name in (
        "total",
        "grouped",
        "query",
        "filter",
        "sort",
        "match",
        "since",
        "until",
        "id",
        "path",
        "title",
    ):
        if not isinstance(values.get(name), hints[name]):
            raise TypeError(f"{name} is of another type")
    return LogEntry(**values)


def _clean(value: object) -> object:
    return clean_line(value) if isinstance(value, str) else value


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
