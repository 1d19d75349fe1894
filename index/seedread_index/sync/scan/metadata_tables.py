"""Tables of metadata beside the texts: rows that name the files of the archive give title, date and source.

A table inside an archive is found by itself, where most of its rows name files that are there and it holds no
texts; one outside it is named by the setting `metadata`, of the archive or of all. The table itself is no
list of articles.
"""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError
from seedread_index.sync.scan.walk import Found
from seedread_index.text.dates import day_leads

if TYPE_CHECKING:
    from seedread_index.extract.records.record import Fields

_ENDINGS = (b".csv", b".tsv", b".jsonl", b".ndjson", b".json")
_SAMPLE = 200
_HEAD = 1 << 20
"""By so many bytes a larger file is distinguished from a table of metadata."""
_LEAST_ROWS, _MOST_ROWS_OF_A_FILE = 2, 4
_LONG_TEXT = 400
_LONGEST_CELL = 16 << 20

Row = Mapping[str, Any]
Place = tuple[int, bytes]
"""The number of a root among the archive's, and a path relative to it."""


@dataclass(slots=True)
class MetadataTables:
    """The tables of an archive: which files they are, and what their rows say of other files."""

    tables: dict[Place, int] = field(default_factory=dict)
    rows: dict[Place, Fields] = field(default_factory=dict)

    def reason(self, place: Place) -> str:
        """Why a table is not read as a list of articles."""
        return f"is a table of metadata of {self.tables[place]:,} files; it is read beside them"


def is_candidate(relative: bytes) -> bool:
    """Whether a file may be a table of metadata by its ending."""
    return relative.lower().endswith(_ENDINGS)


def read_tables(
    candidates: Iterable[Found], files: Sequence[Found], roots: Sequence[bytes], settings: EngineSettings
) -> MetadataTables:
    """The tables among the candidates, and the one that the settings name."""
    found = MetadataTables()
    names = _Names(files)
    for candidate in candidates:
        folder = os.path.dirname(candidate.relative)
        place = (candidate.root, folder, settings)
        with _days_of(roots[candidate.root], settings):
            # Most files of many articles are distinguished from a table of metadata by their first lines.
            if candidate.size > _HEAD and not _matched(
                _rows_of(candidate.path, _HEAD, cut=True), names, *place
            ):
                continue
            matched = _matched(_rows_of(candidate.path, settings.max_file_size), names, *place)
        matched.pop((candidate.root, candidate.relative), None)
        if matched:
            found.tables[candidate.root, candidate.relative] = len(matched)
            found.rows |= matched
    for path, numbers in named_tables(settings, roots).items():
        rows = _rows_of(path, settings.max_file_size)
        for number in numbers:
            with _days_of(roots[number], settings):
                found.rows |= _matched(rows, names, number, b"", settings, sure=True)
    return found


def named_tables(settings: EngineSettings, roots: Sequence[bytes]) -> dict[bytes, list[int]]:
    """The tables that the settings name, by their paths, with the numbers of the roots that each is of."""
    found: dict[bytes, list[int]] = {}
    for number, root in enumerate(roots):
        folder, own = settings.of_archive(root)
        if not own.metadata and not settings.metadata:
            continue
        path = os.fsencode(os.path.expanduser(own.metadata or settings.metadata))
        path = os.path.normpath(os.path.join(folder if own.metadata else roots[0], path))
        found.setdefault(path, []).append(number)
    return found


def refuse_missing(settings: EngineSettings, roots: Sequence[bytes]) -> None:
    """Raise ArchiveError where the table that an archive's own settings name is no file."""
    for path, (number, *_) in named_tables(settings, roots).items():
        folder, own = settings.of_archive(roots[number])
        if own.metadata and not os.path.isfile(path):
            raise ArchiveError(
                f'metadata of [archives."{os.fsdecode(folder)}"] is not a file: {os.fsdecode(path)}',
                "write the path of the table, from that folder, in the settings (seedread config --path)",
            )


def _days_of(root: bytes, settings: EngineSettings) -> AbstractContextManager[None]:
    """Dates read as the archive's settings say."""
    return day_leads(always=settings.of_archive(root)[1].day_first)


class _Names:
    """The files of an archive by what a table may call them."""

    def __init__(self, files: Sequence[Found]) -> None:
        self._files = {(file.root, file.relative) for file in files}
        bases = Counter((file.root, os.path.basename(file.relative)) for file in files)
        self._bases = {
            (file.root, os.path.basename(file.relative)): file.relative
            for file in files
            if bases[file.root, os.path.basename(file.relative)] == 1
        }

    def find(self, root: int, folder: bytes, value: Any) -> bytes | None:
        """The file that a value names: relative to the root, to the table's folder, or by its bare name."""
        if not isinstance(value, str) or not 0 < len(value) < 1000 or "\0" in value:
            return None
        try:
            name = os.fsencode(value.strip()).replace(b"\\", b"/").removeprefix(b"./")
        except UnicodeEncodeError:
            return None
        for relative in (name, folder + b"/" + name if folder else name):
            if (root, os.path.normpath(relative)) in self._files:
                return os.path.normpath(relative)
        return self._bases.get((root, os.path.basename(name)))

    def find_stem(self, root: int, _folder: bytes, value: Any) -> bytes | None:
        """The file that a value names without its extension, as Substack's export does."""
        if not isinstance(value, str) or not 0 < len(value) < 255:
            return None
        try:
            return self._stems.get((root, os.fsencode(value.strip())))
        except UnicodeEncodeError:
            return None

    @cached_property
    def _stems(self) -> dict[tuple[int, bytes], bytes]:
        return {(root, os.path.splitext(base)[0]): file for (root, base), file in self._bases.items()}

    def are_most(self, places: Collection[Place]) -> bool:
        """Whether files are most of those with their extensions in their folders."""
        kinds = {_folder_and_ending(*place) for place in places}
        alike = sum(_folder_and_ending(*file) in kinds for file in self._files)
        return len(places) * 2 > alike


def _folder_and_ending(root: int, relative: bytes) -> tuple[int, bytes, bytes]:
    return root, os.path.dirname(relative), os.path.splitext(relative)[1]


def _matched(
    rows: Sequence[Row],
    names: _Names,
    root: int,
    folder: bytes,
    settings: EngineSettings,
    *,
    sure: bool = False,
) -> dict[Place, Fields]:
    """What rows say of the files that they name; empty where most name none, or where they hold texts."""
    from seedread_index.extract.records.record import fields_of

    sample = rows[:_SAMPLE]
    if not sure and len(sample) < _LEAST_ROWS:
        return {}
    find: Callable[[int, bytes, Any], bytes | None]
    for find in (names.find, names.find_stem):
        column, count = _naming_column(sample, partial(find, root, folder))
        if count and (sure or count * 2 > len(sample)):
            break
    else:
        return {}
    if not sure and any(len(fields_of(row, settings.json_fields).text) > _LONG_TEXT for row in sample[:20]):
        return {}
    found = {}
    for row in rows:
        relative = find(root, folder, row.get(column))
        if relative is not None:
            rest = {key: value for key, value in row.items() if key != column}
            found[root, relative] = fields_of(rest, settings.json_fields)
    return found if sure or find == names.find or names.are_most(found) else {}


def _naming_column(sample: Sequence[Row], find: Callable[[Any], bytes | None]) -> tuple[str, int]:
    """The column that names files in the most rows, and in how many; none where it names the same few."""
    named: dict[str, list[bytes]] = defaultdict(list)
    for row in sample:
        for key, value in row.items():
            if (relative := find(value)) is not None:
                named[key].append(relative)
    column = max(named, key=lambda key: len(named[key]), default="")
    count, different = len(named[column]), len(set(named[column]))
    return column, count if different * _MOST_ROWS_OF_A_FILE >= count else 0


def _rows_of(path: bytes, limit: int, *, cut: bool = False) -> list[Row]:
    """The rows in a table file of at most so many bytes, or in so many of one that is `cut`; else none."""
    from seedread_index.extract.decoding.charset import decode

    data = _content(path, limit + 1)
    whole = len(data) <= limit
    if not whole and not cut:
        return []
    decoded = decode(data if whole else data[: data.rfind(b"\n") + 1])
    if decoded is None:
        return []
    rows: list[Row] = []
    try:
        rows.extend(row for row in _parsed(decoded.text.lstrip("\ufeff")) if isinstance(row, dict))
    except (ValueError, RecursionError, MemoryError, csv.Error):
        return [] if whole else rows[:_SAMPLE]
    return rows


def _content(path: bytes, most: int) -> bytes:
    """The first bytes of a regular file; empty where it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(most) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""


def _parsed(text: str) -> Iterator[Any]:
    """The records of JSON lines, of a JSON list, or of a table with a row of names."""
    from seedread_index.extract.records.json_stream import JsonPieces

    if text.lstrip()[:1] == "[":
        yield from (piece.value for piece in JsonPieces(io.StringIO(text)))
    elif text.lstrip()[:1] == "{":
        for line in text.split("\n"):
            if line.strip():
                yield json.loads(line)
    else:
        header = text[:20_000].split("\n", 1)[0]
        csv.field_size_limit(_LONGEST_CELL)
        yield from csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",\t;|", key=header.count))
