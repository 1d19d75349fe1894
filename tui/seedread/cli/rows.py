"""The articles of an archive as rows: in the order, of the period and as many as the options say."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from seedread.cli.period import period, within
from seedread_index.archive import Archive

if TYPE_CHECKING:
    from seedread_index.archive import Header

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
