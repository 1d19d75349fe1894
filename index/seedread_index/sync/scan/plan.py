"""Compares a walk with what the catalogue knows: what is to be read, noted, or forgotten."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.files import KnownFile, known_files
from seedread_index.catalogue.upsert import ArticleWriter
from seedread_index.model.status import SkipStatus
from seedread_index.sync.scan.walk import Found
from seedread_index.text.sanitize import clean_line

_REPORT_EVERY = 500


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read; `known` is what it was, None for a new one."""

    found: Found
    root: int
    salt: bytes
    known: KnownFile | None


@dataclass(slots=True)
class Plan:
    """What a sync has to do: files to read, paths to note as left out, numbers of files that are gone."""

    tasks: list[Task] = field(default_factory=list)
    left_out: list[ArticleWriter] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.tasks or self.left_out or self.gone)


def plan(
    catalogue: Catalogue,
    roots: Sequence[int],
    root_paths: Sequence[bytes],
    walk: Iterable[Found],
    *,
    max_size: int,
    report: Callable[[int], bool],
) -> Plan | None:
    """What a walk over the roots (by their numbers) asks for; None when `report` (of paths seen) stops it."""
    known = {number: known_files(catalogue, number) for number in roots}
    first_root = _first_roots(known) if len(roots) > 1 else {}
    made = Plan()
    unknown: dict[int, list[bytes]] = {number: [] for number in roots}
    for count, found in enumerate(walk):
        if count % _REPORT_EVERY == 0 and report(count):
            return None
        root = roots[found.root]
        was = known[root].pop(found.relative, None)
        if found.unknown:
            unknown[root].append(found.relative + b"/")
        if found.status is not None:
            if was is None or (was.status, was.reason) != (found.status, found.reason):
                made.left_out.append(left_out(found, root))
            continue
        if was is not None and _is_settled(was, found, max_size):
            continue
        salt = was.salt if was is not None else b""
        if was is None and len(roots) > 1 and first_root.setdefault(found.relative, root) != root:
            salt = root_paths[found.root]
        made.tasks.append(Task(found, root, salt, was))
    for root in roots:
        below = tuple(unknown[root])
        made.gone += [
            file.number
            for relative, file in known[root].items()
            if not (below and relative.startswith(below))
        ]
    return made


def _first_roots(known: Mapping[int, Mapping[bytes, KnownFile]]) -> dict[bytes, int]:
    """The root whose file of a relative path has ids without a salt."""
    return {
        relative: number
        for number, files in known.items()
        for relative, file in files.items()
        if not file.salt
    }


def _is_settled(was: KnownFile, found: Found, max_size: int) -> bool:
    """Whether nothing new would come of reading a file again."""
    if (was.size, was.changed_ns) != (found.size, found.changed_ns):
        return False
    if found.size > max_size:
        return was.hash is None and was.status is SkipStatus.SKIP
    if was.status is SkipStatus.DENIED:
        return not os.access(found.path, os.R_OK)
    return was.hash is not None or was.status is SkipStatus.BROKEN


def left_out(found: Found, root: int) -> ArticleWriter:
    """A path that is not read, as it is noted."""
    return ArticleWriter(
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
