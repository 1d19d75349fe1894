"""Stores what was read in batches, each one commit: a small one first, so that something is there at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from seedread_index.article import Article
from seedread_index.status import SkipStatus
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.files import touch
from seedread_index.storage.intake import Intake, OpenFile, remove
from seedread_index.syncing.jobs import Prepared
from seedread_index.syncing.studying import Studies

_FIRST = 40
_MOST = 1000
_CHARACTERS = 4_000_000
_SECONDS = 8.0


class _Read(NamedTuple):
    """A file that was read, or a part of it; `keep` says that what was there stays."""

    intake: Intake
    prepared: Sequence[Prepared]
    final: bool
    keep: bool


class Batches:
    """Gathers files and stores them; counts articles added, changed and removed, and paths skipped.

    Files come one after the other, each in one part or in several; what was stored of the last one is kept
    open until its final part comes.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._studies = Studies(catalogue)
        self._files: list[_Read] = []
        self._touched: list[tuple[int, int, int]] = []
        self._articles = self._characters = 0
        self._size = _FIRST
        self._since = time.monotonic()
        self._open: OpenFile | None = None
        self._hash: bytes | None = None
        self.read_of_open_file = 0
        """How many articles were taken in of the file whose final part has not come."""
        self.fresh: list[Article] = []
        self.added = self.changed = self.removed = self.skipped = self.retry = self.committed = 0

    def add(
        self,
        intake: Intake,
        prepared: Sequence[Prepared],
        *,
        first: int = 0,
        final: bool = True,
        keep: bool = False,
    ) -> None:
        """Take in a file that was read or left out, or a part of it from the article numbered `first` on.

        A part that was taken in before, in an earlier try, is passed over; `keep` leaves everything that was
        there in its place, because the file was not read to its end.
        """
        taken = self.read_of_open_file
        if taken and not keep and intake.hash != self._hash:
            # It was changed between two tries: both are kept for now, and it is read again at the next sync.
            intake = replace(intake, hash=None, changed_ns=-1)
            keep = True
        fresh = prepared[max(0, taken - first) :]
        self.read_of_open_file = 0 if final else taken + len(fresh)
        self._hash = None if final else self._hash if taken else intake.hash
        self._files.append(_Read(intake, fresh, final, keep))
        self._articles += len(fresh)
        self._characters += sum(len(each.article.text) for each in fresh)

    def touch(self, number: int, size: int, changed_ns: int) -> None:
        """Note the size and time of a file whose content is as it was."""
        self._touched.append((size, changed_ns, number))

    @property
    def is_due(self) -> bool:
        """Whether it is time to store."""
        if not self._files:
            return False
        waited = time.monotonic() - self._since
        return self._articles >= self._size or self._characters >= _CHARACTERS or waited >= _SECONDS

    def store(self, gone: Sequence[int] = ()) -> bool:
        """Store what was gathered and forget the files that are gone; False where nothing changes.

        `fresh` are then the articles that were stored, exact copies left out.
        """
        self.fresh = []
        if not self._files and not self._touched and not gone:
            return False
        with self._catalogue.transaction():
            touch(self._catalogue, self._touched)
            for read in self._files:
                self._take(read)
            for number in gone:
                went = remove(self._catalogue, number)
                self.removed += went.gone
                self.changed += went.inherited
            if self._files or gone:
                self._catalogue.bump()
        changed = bool(self._files or gone)
        self.committed += self._articles
        self._size = min(_MOST, self._size * 4)
        self._files, self._touched = [], []
        self._articles = self._characters = 0
        self._since = time.monotonic()
        return changed

    def _take(self, read: _Read) -> None:
        file = self._open or OpenFile(self._catalogue, read.intake)
        self._open = None if read.final else file
        taken = file.put(each.article for each in read.prepared)
        went = taken.went
        if read.final:
            went += file.close(read.intake, keep=read.keep)
            self.skipped += read.intake.status is not None
            self.retry += read.intake.status is SkipStatus.RETRY
        for each in read.prepared:
            number = taken.written.get(each.article.id)
            if number is None:
                continue
            self.fresh.append(each.article)
            if each.study is not None:
                self._studies.put(number, each.study)
        replaced = min(went.gone, len(taken.written)) if file.known else 0
        self.changed += replaced + went.inherited
        self.added += len(taken.written) - replaced
        self.removed += went.gone - replaced
