"""Merges small segments of the full-text index term by term, so that searches open few of them."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby, repeat
from operator import itemgetter
from typing import Any

from whoosh import reading

from seedread_index.engines.whoosh.postings import row_size, schema, unpack_positions
from seedread_index.engines.whoosh.segment_writer import (
    SegmentWriter,
    TermPostings,
    empty_postings,
    raw_matcher,
    read_blocks,
)

MOST_SEGMENTS = 10
"""Segments of about one size that are left side by side. Chosen by hand, as what follows."""
_STEP = 6
"""How many times larger the next size is."""
LARGEST = 40_000
"""Documents of a segment that is never merged again: rewriting it would keep the user waiting."""

_reader_of: Any = reading.SegmentReader


def to_merge(segments: Sequence[Any]) -> list[Any]:
    """Which segments to put into one now: the smaller ones, once there are too many of about one size."""
    sizes = {id(each): each.doc_count_all() for each in segments if each.doc_count_all() < LARGEST}
    below, edge = 0, 64
    while below < LARGEST:
        within = [each for each in segments if below < sizes.get(id(each), 0) <= edge]
        if len(within) > MOST_SEGMENTS:
            return [each for each in segments if 0 < sizes.get(id(each), 0) <= edge]
        below, edge = edge, edge * _STEP
    return []


def merge(storage: Any, index_name: str, segments: Sequence[Any]) -> Any:
    """One segment of the documents of several that are not deleted."""
    readers = [_reader_of(storage, schema(), segment) for segment in segments]
    try:
        numbers, rows = _renumbered(readers)
        writer = SegmentWriter(storage, index_name)
        writer.rows(rows)
        names = sorted({name for reader in readers for name in reader.indexed_field_names()})
        for name in names:
            writer.field(name, _merged_terms(readers, numbers, name))
        return writer.finish()
    finally:
        for reader in readers:
            reader.close()


def _renumbered(readers: Sequence[Any]) -> tuple[list[array[int]], list[bytes]]:
    """For each segment the new numbers of its documents (-1 where deleted), and all rows that stay."""
    numbers: list[array[int]] = []
    rows: list[bytes] = []
    size = row_size()
    for reader in readers:
        data = b"".join(reader.column_reader("row", translate=False).load())
        mine = array("i")
        for number in range(reader.doc_count_all()):
            if reader.is_deleted(number):
                mine.append(-1)
            else:
                mine.append(len(rows))
                rows.append(data[number * size : (number + 1) * size])
        numbers.append(mine)
    return numbers, rows


def _merged_terms(
    readers: Sequence[Any], numbers: Sequence[array[int]], name: str
) -> Iterator[tuple[bytes, TermPostings]]:
    """A field's terms in order with their postings from every segment."""
    lexicons = [
        zip(reader.lexicon(name), repeat(index))
        for index, reader in enumerate(readers)
        if name in reader.indexed_field_names()
    ]
    for term, sources in groupby(heapq.merge(*lexicons), key=itemgetter(0)):
        merged = empty_postings()
        for _, index in sources:
            reader = readers[index]
            matcher = raw_matcher(reader, name, term)
            for ids, weights, values in read_blocks(matcher):
                positions = unpack_positions(values, int(sum(weights))) if values else array("H")
                _append(merged, numbers[index], ids, weights, positions)
        if merged.documents:
            yield term, merged


def _append(
    merged: TermPostings,
    numbers: array[int],
    ids: Sequence[int],
    weights: Sequence[float],
    positions: array[int],
) -> None:
    new = [numbers[number] for number in ids]
    if min(new) >= 0:
        merged.documents.extend(new)
        merged.frequencies.extend(weights)
        merged.positions.extend(array("I", positions))
        return
    at = 0
    for number, weight in zip(new, weights, strict=True):
        count = int(weight) if positions else 0
        if number >= 0:
            merged.documents.append(number)
            merged.frequencies.append(weight)
            merged.positions.extend(array("I", positions[at : at + count]))
        at += count
