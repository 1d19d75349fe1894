"""One commit of the full-text index: deletions and new segments become visible together.

Small segments are merged in it, term by term, so that searches open few of them.
"""

from __future__ import annotations

import heapq
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, repeat
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whoosh import index as whoosh_index
from whoosh import reading
from whoosh.filedb import filestore

from seedread_index.engines.index_files import CHECKSUMS
from seedread_index.engines.whoosh.pinned_storage import open_reader
from seedread_index.engines.whoosh.postings import (
    Block,
    Forms,
    TermPostings,
    raw_matcher,
    read_blocks,
    unpack_positions,
)
from seedread_index.engines.whoosh.schema import KEY, row_size, schema
from seedread_index.engines.whoosh.segment_writer import SegmentWriter
from seedread_index.files.checksums import ChecksumFile, FileChecksum, checksum_of
from seedread_index.model.errors import LockedError

_WAIT = 30.0
"""Seconds to wait for another writer of the same index."""
_contents: Any = whoosh_index.TOC
_clean: Any = whoosh_index.clean_files
_memory: Any = filestore.RamStorage
MOST_SEGMENTS = 10
"""Segments of about one size that are left side by side. Chosen by hand, as what follows."""
_STEP = 6
"""How many times larger the next size is."""
LARGEST = 40_000
"""Documents of a segment that is never merged again: rewriting it would keep the user waiting."""

_reader_of: Any = reading.SegmentReader


class Commit:
    """A context in which segments are added and documents deleted; written when it ends well.

    With `clean` files that no segment owns are deleted afterwards; not while segments are being built.
    """

    def __init__(self, index: Any, name: str, *, clean: bool = True) -> None:
        self._index = index
        self._name = name
        self._checksums = ChecksumFile(Path(index.storage.folder) / CHECKSUMS)
        self._clean = clean
        self._changed = False
        self.storage = index.storage

    def __enter__(self) -> Self:
        self._lock = self._index.lock("WRITELOCK")
        begun = time.monotonic()
        while not self._lock.acquire():
            if time.monotonic() - begun > _WAIT:
                raise LockedError("the full-text index is being written", "try again in a moment")
            time.sleep(0.05)
        found = self._index._read_toc()
        self._schema, self._segments, self._generation = found.schema, list(found.segments), found.generation
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                if self._changed:
                    self._write()
                if self._clean:
                    _clean(self.storage, self._name, self._generation, self._segments)
        finally:
            self._lock.release()

    def _write(self) -> None:
        """Make the commit visible, its checksums before it."""
        folder = Path(self.storage.folder)
        known = self._checksums.load() or {}
        entries: dict[str, FileChecksum | None] = {
            name: entry for name, entry in known.items() if not self._owned(name)
        }
        for segment in self._segments:
            for name in segment.list_files(self.storage):
                entries[name] = known.get(name) or checksum_of(folder / name)
        self._checksums.store({**known, **entries})
        self._generation += 1
        memory = _memory()
        _contents(self._schema, self._segments, self._generation).write(memory, self._name)
        (contents,) = memory.list()
        fresh = f"{contents}.new"
        with self.storage.create_file(fresh) as file:
            file.write(memory.files[contents])
        self.storage.rename_file(fresh, contents)
        entries[contents] = checksum_of(folder / contents)
        self._checksums.store(entries)

    def _owned(self, name: str) -> bool:
        """Whether a file belongs to a commit, this one or one before it."""
        return name.startswith((f"{self._name}_", f"_{self._name}_"))

    def add(self, segment: Any) -> None:
        """Add a segment that lies ready."""
        self._segments.append(segment)
        self._changed = True

    def delete(self, ids: Iterable[str]) -> None:
        """Delete the documents of these ids from the segments that were there before."""
        keys = [key.encode() for key in ids]
        reader = open_reader(self._index)
        try:
            for (leaf, _), segment in zip(reader.leaf_readers(), self._segments, strict=False):
                for key in keys:
                    if (KEY, key) in leaf:
                        matcher = leaf.postings(KEY, key)
                        while matcher.is_active():
                            segment.delete_document(matcher.id())
                            self._changed = True
                            matcher.next()
        finally:
            reader.close()
        self._segments = [each for each in self._segments if each.deleted_count() < each.doc_count_all()]

    def merge(self) -> None:
        """Put small segments into one where there are too many."""
        if chosen := to_merge(self._segments):
            merged = merge(self.storage, self._name, chosen)
            kept = [segment for segment in self._segments if segment not in chosen]
            self._segments = [*kept, merged] if merged.doc_count_all() else kept
            self._changed = True


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
        merged = _Merged(term.decode("utf-8", "replace"))
        for _, index in sources:
            for block in read_blocks(raw_matcher(readers[index], name, term)):
                merged.add(numbers[index], block)
        if merged.documents:
            yield term, merged.postings()


class _Merged:
    """The postings of a term from several segments."""

    def __init__(self, term: str) -> None:
        self._term = term
        self.documents = array("I")
        self._frequencies = array("I")
        self._positions = array("I")
        self._names: dict[str, int] = {}
        self._at = array("H")

    def add(self, numbers: Sequence[int], block: Block) -> None:
        """Add a block of documents, by their new numbers, -1 where they are deleted."""
        total = sum(block.frequencies) if block.positions else 0
        positions = array("I", unpack_positions(block.positions, total))
        names, forms = block.forms()
        renamed = [self._names.setdefault(name, len(self._names)) for name in names or (self._term,)]
        at = array("H", map(renamed.__getitem__, forms) if forms else renamed * total)
        new = [numbers[number] for number in block.documents]
        start = 0
        for number, frequency in zip(new, block.frequencies, strict=True):
            count = frequency if total else 0
            if number >= 0:
                self.documents.append(number)
                self._frequencies.append(frequency)
                self._positions.extend(positions[start : start + count])
                self._at.extend(at[start : start + count])
            start += count

    def postings(self) -> TermPostings:
        """The postings; forms of deleted documents alone are left out."""
        numbers = sorted(set(self._at))
        names = [name for name, number in self._names.items() if number in set(numbers)]
        if len(numbers) > 1:
            fresh = {number: at for at, number in enumerate(numbers)}
            forms = Forms(tuple(names), array("H", map(fresh.__getitem__, self._at)))
        else:
            forms = Forms((), array("B")) if names in ([], [self._term]) else Forms(tuple(names), array("B"))
        return TermPostings(self.documents, self._frequencies, self._positions, forms)
