"""From the paths and ids of a command line to articles of an archive."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from seedread.cli.query_options import period, within
from seedread.cli.streams.stderr import safe
from seedread.userdata import sources
from seedread_index.archive import Archive

if TYPE_CHECKING:
    from seedread_index.archive import Header

_LOOKED_AT = 10_000
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of articles, and a sentence for each name that gave none."""

    ids: Sequence[str]
    missing: tuple[str, ...]


def locate(archive: Archive, names: Sequence[str]) -> Found:
    """The articles that names stand for: a path first, then an id, then the start of one id."""
    ids: dict[str, None] = {}
    missing: list[str] = []
    known: list[str] | None = None
    for name in names:
        found = archive.find(os.fsencode(name))
        if not found and _hexadecimal(name):
            known = archive.ids() if known is None else known
            found = [name] if archive.headers([name]) else [i for i in known if i.startswith(name)]
            if len(found) > 1:
                missing.append(f"{name} is the start of {len(found)} ids")
                continue
        if not found:
            missing.append(_why_missing(archive, name))
        ids.update(dict.fromkeys(found))
    return Found(list(ids), tuple(missing))


def roots_of(options: argparse.Namespace) -> list[str]:
    """The files named, where no archive was chosen and they lie outside the bundled articles."""
    source = sources.choose(options.archive)
    if source.origin is not sources.Origin.SEEDS or not options.words:
        return []
    seeds = source.roots[0].resolve()
    files = [name for name in options.words if os.path.exists(name)]
    outside = [name for name in files if not Path(name).resolve().is_relative_to(seeds)]
    return files if outside and len(files) == len(options.words) else []


def _why_missing(archive: Archive, name: str) -> str:
    wanted = os.path.realpath(os.fsencode(name))
    for skipped in archive.status().skipped:
        if any(os.path.join(_base(root), skipped.path_bytes) == wanted for root in archive.roots):
            return f"{safe(name)} was skipped ({skipped.status.value}): {skipped.reason}"
    if os.path.lexists(os.fsencode(name)):
        return f"{safe(name)} is not in this archive (its folders: seedread status; another one: -C PATH)"
    near = [row.path for row in archive.headers(archive.ids()[:_LOOKED_AT]) if safe(name) in row.path]
    if near:
        more = f" and {len(near) - _NAMED:,} more" if len(near) > _NAMED else ""
        return f"there is no article {safe(name)}; did you mean {', '.join(near[:_NAMED])}{more}?"
    return f"there is no article {safe(name)} (seedread list tells what there is)"


def _base(root: Path) -> bytes:
    return os.fsencode(root if root.is_dir() else root.parent)


def _hexadecimal(name: str) -> bool:
    return len(name) >= 4 and all(character in "0123456789abcdef" for character in name)


SORTS = ("date", "title", "path")
_BATCH = 500


def rows(archive: Archive, options: argparse.Namespace) -> Iterator[Header]:
    """Headers of articles; newest first comes in batches, other orders after all are read."""
    allowed = period(options.since, options.until)
    kept: Iterator[Header] = (header for header in _newest_first(archive) if within(header.date, allowed))
    if options.sort != "date":
        kept = iter(sorted(kept, key=lambda row: (str(getattr(row, options.sort)).casefold(), row.path)))
    return islice(kept, options.limit or None)


def total(archive: Archive, options: argparse.Namespace) -> int:
    """How many articles the period allows, however many rows are wanted."""
    allowed = period(options.since, options.until)
    if allowed == (None, None):
        return len(archive.ids())
    return sum(within(header.date, allowed) for header in _newest_first(archive))


def _newest_first(archive: Archive) -> Iterator[Header]:
    ids = archive.ids()
    for start in range(0, len(ids), _BATCH):
        yield from archive.headers(ids[start : start + _BATCH])
