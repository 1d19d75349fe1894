"""The full text of an archive as a Whoosh index in a folder."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.index import EmptyIndexError

from seedread_index.engines.base import DocValues
from seedread_index.engines.document import Changes, Document, analyze
from seedread_index.engines.index_files import CHECKSUMS, damaged_fulltext
from seedread_index.engines.vocabulary import FILE_NAME, Vocabulary
from seedread_index.engines.whoosh.commit import Commit
from seedread_index.engines.whoosh.files import INDEX_NAME, exists, translate_damage
from seedread_index.engines.whoosh.parallel_build import build_segments
from seedread_index.engines.whoosh.pinned_storage import PinnedStorage, closing_on_error, open_reader, pinned
from seedread_index.engines.whoosh.schema import Columns, schema
from seedread_index.engines.whoosh.scoring.evaluator import WhooshReader
from seedread_index.engines.whoosh.segment_writer import SegmentBuilder
from seedread_index.engines.whoosh.snapshot import Snapshot
from seedread_index.files.checksums import ChecksumFile, checksum_of, mark_damage
from seedread_index.files.trusted_folders import make_inside, refuse_foreign
from seedread_index.model.errors import DamagedError

_whoosh: Any = whoosh_index
_ATTEMPTS = 20
"""How often a reader looks again where a writer has replaced files meanwhile."""


class WhooshFullText(Changes):
    """The documents of an archive in a Whoosh index; implements `engines.base.FullText`.

    Each commit notes the checksums of its files: first those of the new segments, then the contents are
    renamed into place, then what the new commit does not need any more is struck off. So every file that is
    noted is there, whenever a reader looks.
    """

    engine = "whoosh"

    def __init__(self, folder: Path, *, writable: bool) -> None:
        super().__init__()
        self.folder = folder
        self.writable = writable
        self.checksums = ChecksumFile(folder / CHECKSUMS)
        if not writable:
            self._refuse_damaged()
        self.vocabulary = Vocabulary(folder, writable=writable)
        self._storage: PinnedStorage | None = None
        self._columns: dict[str, Columns] = {}

    def close(self) -> None:
        """Close the files."""
        self.vocabulary.close()

    def count(self) -> int:
        """How many documents there are."""
        with closing(self.snapshot()) as snapshot:
            return snapshot.count()

    def damaged(self) -> list[str]:
        """The files that are not as they were written, each hashed in full; leaves the mark of damage."""
        found = self.checksums.damaged(full=True)
        if self.checksums.load() is None and exists(self.folder):
            found = [CHECKSUMS]  # Nothing is known of the files, so that nothing can clear them.
        if found:
            mark_damage(self.folder)
        return found

    def snapshot(self) -> Snapshot:
        """The last commit, open for reading; always a new reader, since a refreshed one shows rows twice."""
        for attempt in range(_ATTEMPTS):
            self._refuse_damaged()
            index = self._open()
            if index is None:
                return Snapshot(None)
            try:
                with self._translating():
                    return Snapshot(open_reader(index), self.damaged, self._columns)
            except FileNotFoundError:
                time.sleep(0.01 * attempt)
        raise self._missing()

    def reader(self, values: DocValues) -> WhooshReader:
        """The last commit, open for reading, beside what the catalogue knows."""
        snapshot = self.snapshot()
        try:
            return WhooshReader(snapshot, values, self.vocabulary)
        except BaseException:
            snapshot.close()
            raise

    def check(self) -> None:
        """Read everything through; raises DamagedError."""
        with closing(self.snapshot()) as snapshot:
            snapshot.read_through()

    def commit(self) -> None:
        """Make all that was applied lasting and visible, or nothing of it."""
        fresh, gone = self._taken()
        if not gone:
            return
        builder = SegmentBuilder()
        for document in fresh.values():
            builder.add(analyze(document))
        with self._translating(), self._commit() as commit:
            commit.delete(gone)
            if fresh:
                commit.add(builder.write(commit.storage, INDEX_NAME))
            commit.merge()
        self._count_words(builder.words())

    def build(self, batches: Iterable[Sequence[Document]], processes: int = 2) -> Iterator[list[str]]:
        """Take many documents in by several processes; yields the ids of each commit as it is made.

        Documents whose process ended over them are left out.
        """
        with self._commit():
            pass
        for segment, words, ids in build_segments(self.folder, INDEX_NAME, _once(batches), processes):
            with self._translating(), self._commit(clean=False) as commit:
                commit.delete(set(ids))
                commit.add(segment)
            self._count_words(words)
            yield ids
        with self._translating(), self._commit() as commit:
            commit.merge()

    def _count_words(self, words: Mapping[str, int]) -> None:
        """Count words in the vocabulary; its checksum is unknown while that goes on."""
        entries = self.checksums.load() or {}
        self.checksums.store({**entries, FILE_NAME: None})
        self.vocabulary.add(words)
        self.checksums.store({**entries, FILE_NAME: checksum_of(self.vocabulary.path)})

    def _commit(self, *, clean: bool = True) -> Commit:
        index = self._open()
        if index is None:
            index = _whoosh.FileIndex.create(self._pin(), schema(), INDEX_NAME)
        return Commit(index, INDEX_NAME, clean=clean)

    def _open(self) -> Any:
        """The index, None where there is none yet."""
        storage = self._pin()
        if storage is None:
            return None
        for attempt in range(_ATTEMPTS):
            for toc in Path(storage.folder).glob("_*.toc"):
                refuse_foreign(toc)
            try:
                with self._translating():
                    return _opened(storage)
            except FileNotFoundError:
                time.sleep(0.01 * attempt)
        raise self._missing()

    def _refuse_damaged(self) -> None:
        if found := self.checksums.damaged():
            mark_damage(self.folder)
            raise damaged_fulltext(found)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """Work with Whoosh: damage is named as such, and no error leaves a file open."""
        with translate_damage(self.damaged), closing_on_error():
            yield

    def _missing(self) -> DamagedError:
        mark_damage(self.folder)
        return damaged_fulltext(["a file is missing"])

    def _pin(self) -> PinnedStorage | None:
        """The folder's files, by its descriptor; None where there is no folder."""
        self._storage = pinned(self.folder, self._storage)
        return self._storage


def _opened(storage: PinnedStorage) -> Any:
    try:
        return _whoosh.FileIndex(storage, schema(), INDEX_NAME)
    except EmptyIndexError:
        return None


def _once(batches: Iterable[Sequence[Document]]) -> Iterator[list[Document]]:
    """The batches without documents whose id came before."""
    seen: set[str] = set()
    for batch in batches:
        fresh = [
            document for document in {each.id: each for each in batch}.values() if document.id not in seen
        ]
        seen.update(document.id for document in fresh)
        if fresh:
            yield fresh


def open_fulltext(folder: Path, *, writable: bool) -> WhooshFullText:
    """The full-text store in a folder; refuses one that others could have written to. Raises ArchiveError."""
    if writable:
        make_inside(folder)
    else:
        refuse_foreign(folder)
    return WhooshFullText(folder, writable=writable)
