"""One commit of the full-text index: deletions and new segments become visible together."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whoosh import index as whoosh_index
from whoosh.filedb import filestore

from seedread_index.engines.whoosh.files import CHECKSUMS
from seedread_index.engines.whoosh.merge import merge, to_merge
from seedread_index.engines.whoosh.postings import KEY
from seedread_index.files.checksums import ChecksumFile, FileChecksum, checksum_of
from seedread_index.model.errors import LockedError

_WAIT = 30.0
"""Seconds to wait for another writer of the same index."""
_contents: Any = whoosh_index.TOC
_clean: Any = whoosh_index.clean_files
_memory: Any = filestore.RamStorage


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
        reader = self._index.reader()
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
