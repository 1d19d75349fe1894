"""The full-text store: its protocol and the index in a folder that stands behind it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from whoosh import index as whoosh_index
from whoosh.filedb import filestore
from whoosh.index import EmptyIndexError, IndexVersionError, LockError
from whoosh.index import IndexError as WhooshError

from seedread_index.errors import ArchiveError, LockedError
from seedread_index.storage.document import Document, document_of
from seedread_index.storage.guard import make_private, refuse_foreign
from seedread_index.storage.postings import INDEX_NAME, KEY, schema
from seedread_index.storage.segments import SegmentBuilder
from seedread_index.storage.snapshot import Snapshot
from seedread_index.storage.vocabulary import Vocabulary

__all__ = ["Document", "FullText", "document_of", "open_fulltext"]

_DAMAGE = (
    WhooshError,
    IndexVersionError,
    EOFError,
    ValueError,
    KeyError,
    AttributeError,
    ImportError,
    TypeError,
)
_HINT = "run `seedread index --rebuild` to build it again"


class FullText(Protocol):
    """A store of documents that answers which of them have a term, and where in them."""

    vocabulary: Vocabulary

    def update(self, documents: Iterable[Document], gone_ids: Iterable[str] = ()) -> None:
        """Put documents in place of those with the same ids and drop the gone ones, in one commit."""

    def build(self, batches: Iterable[Sequence[Document]], processes: int = 2) -> None:
        """Take many documents in at once, by several processes."""

    def count(self) -> int:
        """How many documents there are."""

    def snapshot(self) -> Snapshot:
        """The last commit, open for reading."""

    def close(self) -> None:
        """Close the files."""


class WhooshFullText:
    """The store as a Whoosh index in a folder."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self.folder = folder
        self.writable = writable
        self.vocabulary = Vocabulary(folder, writable=writable)

    def close(self) -> None:
        """Close the files."""
        self.vocabulary.close()

    def count(self) -> int:
        """How many documents there are."""
        index = self._open()
        return int(index.doc_count()) if index is not None else 0

    def snapshot(self) -> Snapshot:
        """The last commit, open for reading; always a new reader, since a refreshed one shows rows twice."""
        for attempt in range(20):
            index = self._open()
            if index is None:
                return Snapshot(None)
            try:
                return Snapshot(index.reader())
            except FileNotFoundError:
                time.sleep(0.01 * attempt)
            except _DAMAGE as error:
                raise ArchiveError("the full-text index is damaged", _HINT) from error
        raise ArchiveError("the full-text index changes too fast to be read", "try again in a moment")

    def update(self, documents: Iterable[Document], gone_ids: Iterable[str] = ()) -> None:
        """Put documents in place of those with the same ids and drop the gone ones, in one commit."""
        newest = {document.id: document for document in documents}
        gone = set(gone_ids).union(newest)
        if not gone:
            return
        builder = SegmentBuilder(self._storage())
        for document in newest.values():
            builder.add(document)
        self._commit([builder.write(INDEX_NAME)] if newest else [], gone)
        self.vocabulary.add(builder.words)

    def build(self, batches: Iterable[Sequence[Document]], processes: int = 2) -> None:  # noqa: ARG002
        """Take many documents in at once, by several processes."""
        for batch in batches:
            self.update(batch)

    def _commit(self, segments: list[Any], gone: set[str]) -> None:
        """Add segments to the index and delete the documents of `gone` that were there before."""
        try:
            writer = self._open_for_writing().writer(timeout=30.0)
        except LockError as error:
            raise LockedError("the full-text index is being written", "try again in a moment") from error
        reader = writer.reader()
        try:
            for leaf, base in reader.leaf_readers():
                for key in gone:
                    if (KEY, key.encode()) in leaf:
                        matcher = leaf.postings(KEY, key.encode())
                        while matcher.is_active():
                            writer.delete_document(base + matcher.id())
                            matcher.next()
        finally:
            reader.close()
        kept = [segment for segment in writer.segments if segment.deleted_count() < segment.doc_count_all()]
        writer._close_segment()
        writer._commit_toc(kept + segments)
        writer._finish()

    def _storage(self) -> Any:
        storage: Any = filestore.FileStorage
        return storage(str(self.folder))

    def _open(self) -> Any:
        """The index, None where there is none yet."""
        refuse_foreign(self.folder)
        if not self.folder.is_dir():
            return None
        for attempt in range(20):
            for toc in self.folder.glob("_*.toc"):
                refuse_foreign(toc)
            try:
                return whoosh_index.open_dir(str(self.folder), indexname=INDEX_NAME)
            except EmptyIndexError:
                return None
            except FileNotFoundError:
                time.sleep(0.01 * attempt)
            except _DAMAGE as error:
                raise ArchiveError("the full-text index is damaged", _HINT) from error
        raise ArchiveError("the full-text index changes too fast to be read", "try again in a moment")

    def _open_for_writing(self) -> Any:
        index = self._open()
        if index is None:
            index = whoosh_index.create_in(str(self.folder), schema(), indexname=INDEX_NAME)
        return index


def open_fulltext(folder: Path, *, writable: bool) -> WhooshFullText:
    """The full-text store in a folder; refuses one that others could have written to. Raises ArchiveError."""
    if writable:
        make_private(folder)
    else:
        refuse_foreign(folder)
    return WhooshFullText(folder, writable=writable)
