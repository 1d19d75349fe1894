"""Stores what was read in batches, each one commit: a small one first, so that something is there at once."""

from __future__ import annotations

import time
from collections.abc import Sequence

from seedread_index.article import Article
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.files import touch
from seedread_index.storage.intake import Intake, remove, take
from seedread_index.syncing.jobs import Prepared
from seedread_index.syncing.studying import Studies

_FIRST = 40
_MOST = 1000
_CHARACTERS = 4_000_000
_SECONDS = 8.0


class Batches:
    """Gathers files and stores them; counts articles added, changed and removed, and paths skipped."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._studies = Studies(catalogue)
        self._files: list[tuple[Intake, Sequence[Prepared], bool]] = []
        self._touched: list[tuple[int, int, int]] = []
        self._articles = self._characters = 0
        self._size = _FIRST
        self._since = time.monotonic()
        self.fresh: list[Article] = []
        self.added = self.changed = self.removed = self.skipped = self.committed = 0

    def add(self, intake: Intake, prepared: Sequence[Prepared], *, known: bool) -> None:
        """Take in a file that was read or left out; `known` says that it was there before."""
        self._files.append((intake, prepared, known))
        self._articles += len(prepared)
        self._characters += sum(len(each.article.text) for each in prepared)

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
            for intake, prepared, known in self._files:
                self._take(intake, prepared, known=known)
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

    def _take(self, intake: Intake, prepared: Sequence[Prepared], *, known: bool) -> None:
        taken = take(self._catalogue, intake)
        for each in prepared:
            number = taken.written.get(each.article.id)
            if number is None:
                continue
            self.fresh.append(each.article)
            if each.study is not None:
                self._studies.put(number, each.study)
        if intake.status is not None:
            self.skipped += 1
        replaced = min(taken.went.gone, len(taken.written)) if known else 0
        self.changed += replaced + taken.went.inherited
        self.added += len(taken.written) - replaced
        self.removed += taken.went.gone - replaced
