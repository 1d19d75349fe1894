"""Compares a walk with what the catalogue knows: what is to be read, noted, or forgotten."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.files import KnownFile, known_files
from seedread_index.catalogue.upsert import ScannedFile
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SkipStatus
from seedread_index.sync.scan.metadata_tables import (
    MetadataTables,
    is_candidate,
    named_tables,
    read_tables,
    refuse_missing,
)
from seedread_index.sync.scan.walk import Found
from seedread_index.text.sanitize import clean_line

if TYPE_CHECKING:
    from seedread_index.extract.records.record import Fields

_REPORT_EVERY = 500
_TABLES = "metadata_tables"
_LIMIT = "limit of size"
"""The note of the limit within which the files were read."""
_TABLE_REASON = "is a table of metadata of "


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read; `known` is what it was, None for a new one."""

    found: Found
    root: int
    salt: bytes
    known: KnownFile | None
    metadata: Fields | None = None
    day_first: bool = False


@dataclass(slots=True)
class Plan:
    """What a sync has to do: files to read, paths to note as left out, numbers of files that are gone."""

    tasks: list[Task] = field(default_factory=list)
    left_out: list[ScannedFile] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    limit: str = ""
    """The limit of size, in bytes, that was asked for."""
    tables: str = ""
    """The tables of metadata that were read beside the files, with their sizes and times."""

    def __bool__(self) -> bool:
        return bool(self.tasks or self.left_out or self.gone)


def plan(
    catalogue: Catalogue,
    roots: Sequence[int],
    root_paths: Sequence[bytes],
    walk: Iterable[Found],
    *,
    settings: EngineSettings,
    report: Callable[[int], bool],
) -> Plan | None:
    """What a walk over the roots (by their numbers) asks for; None when `report` (of paths seen) stops it."""
    refuse_missing(settings, root_paths)
    max_size = settings.max_file_size
    known = {number: known_files(catalogue, number) for number in roots}
    first_root = _first_roots(known) if len(roots) > 1 else {}
    made = Plan(limit=str(max_size))
    same_limit = catalogue.meta(_LIMIT) == made.limit
    day_first = [settings.of_archive(path)[1].day_first for path in root_paths]
    unknown: dict[int, list[bytes]] = {number: [] for number in roots}
    walked = []
    for count, found in enumerate(walk):
        if count % _REPORT_EVERY == 0 and report(count):
            return None
        walked.append(found)
    tables = _tables(walked, known, roots, root_paths, settings)
    made.tables = _described(walked, tables, root_paths, settings)
    anew = made.tables != (catalogue.meta(_TABLES) or "")
    for each in walked:
        found = each
        root = roots[found.root]
        place = (found.root, found.relative)
        if place in tables.tables:
            found = found._replace(status=SkipStatus.SKIP, reason=tables.reason(place))
        was = known[root].pop(found.relative, None)
        if found.unknown:
            unknown[root].append(found.relative + b"/")
        if found.status is not None:
            if was is None or (was.status, was.reason) != (found.status, found.reason):
                made.left_out.append(left_out(found, root))
            continue
        row = tables.rows.get(place)
        if (
            was is not None
            and _is_settled(was, found, max_size, same_limit=same_limit)
            and not (anew and (row or not made.tables))
        ):
            continue
        if was is not None and anew:
            was = was._replace(hash=None)
        salt = was.salt if was is not None else b""
        if was is None and len(roots) > 1 and first_root.setdefault(found.relative, root) != root:
            salt = root_paths[found.root]
        made.tasks.append(Task(found, root, salt, was, row, day_first[found.root]))
    for root in roots:
        below = tuple(unknown[root])
        made.gone += [
            file.number
            for relative, file in known[root].items()
            if not (below and relative.startswith(below))
        ]
    return made


def note_plan(catalogue: Catalogue, made: Plan) -> None:
    """Note which tables the files were read beside, and within which limit, once they have been."""
    if (made.tables, made.limit) != (catalogue.meta(_TABLES) or "", catalogue.meta(_LIMIT)):
        with catalogue.transaction():
            catalogue.set_meta(_TABLES, made.tables)
            catalogue.set_meta(_LIMIT, made.limit)


def _tables(
    walked: Sequence[Found],
    known: Mapping[int, Mapping[bytes, KnownFile]],
    roots: Sequence[int],
    root_paths: Sequence[bytes],
    settings: EngineSettings,
) -> MetadataTables:
    """The tables of metadata: those known as such, and what is new or changed that may be one."""
    files = [found for found in walked if found.status is None]
    candidates = []
    for found in files:
        if is_candidate(found.relative) and found.size <= settings.max_file_size:
            was = known[roots[found.root]].get(found.relative)
            if was is None or was.reason.startswith(_TABLE_REASON) or not _is_settled(was, found, found.size):
                candidates.append(found)
    if not candidates and not named_tables(settings, root_paths):
        return MetadataTables()
    if len(files) - len(candidates) < 1:
        return MetadataTables()
    return read_tables(candidates, files, root_paths, settings)


def _described(
    walked: Sequence[Found], tables: MetadataTables, root_paths: Sequence[bytes], settings: EngineSettings
) -> str:
    """The tables with their sizes and times, so that a change of one is seen."""
    stats = [
        [os.fsdecode(found.path), found.size, found.changed_ns]
        for found in walked
        if (found.root, found.relative) in tables.tables
    ]
    for path in named_tables(settings, root_paths):
        try:
            state = os.stat(path)
            stats.append([os.fsdecode(path), state.st_size, state.st_ctime_ns])
        except OSError:
            stats.append([os.fsdecode(path), 0, 0])
    return json.dumps(stats) if stats else ""


def _first_roots(known: Mapping[int, Mapping[bytes, KnownFile]]) -> dict[bytes, int]:
    """The root whose file of a relative path has ids without a salt."""
    return {
        relative: number
        for number, files in known.items()
        for relative, file in files.items()
        if not file.salt
    }


def _is_settled(was: KnownFile, found: Found, max_size: int, *, same_limit: bool = True) -> bool:
    """Whether nothing new would come of reading a file again; one that is too large may have been read
    article by article, or whole under another limit."""
    if (was.size, was.changed_ns) != (found.size, found.changed_ns):
        return False
    if found.size > max_size and was.hash is not None:
        return same_limit and was.status is not SkipStatus.DENIED
    if found.size > max_size:
        return was.status not in {None, SkipStatus.DENIED, SkipStatus.RETRY}
    if was.status is SkipStatus.DENIED:
        return not os.access(found.path, os.R_OK)
    return was.hash is not None or was.status is SkipStatus.BROKEN


def left_out(found: Found, root: int) -> ScannedFile:
    """A path that is not read, as it is noted."""
    return ScannedFile(
        root=root,
        relative=found.relative,
        shown=shown(found.relative),
        size=found.size,
        changed_ns=found.changed_ns,
        status=found.status,
        reason=found.reason,
    )


def shown(relative: bytes) -> str:
    """A path as it may be shown."""
    return clean_line(os.fsdecode(relative))
