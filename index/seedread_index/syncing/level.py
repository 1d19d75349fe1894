"""Brings the full text level with the catalogue: indexes what is not marked as indexed, drops what went."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from seedread_index.article import Article
from seedread_index.errors import ArchiveError
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.pending import (
    dropped,
    forget_dropped,
    indexed_count,
    mark_indexed,
    unindexed,
    unindexed_count,
    unmark_all,
)
from seedread_index.storage.plainly import disk_said

if TYPE_CHECKING:
    from seedread_index.storage.fulltext import FullText

MANY = 400
"""From so many articles on, several processes index faster than one does, their start counted in."""
_CHARACTERS = 4_000_000
_AT_ONCE = 200

Told = Callable[[int], None]


class Level:
    """The full text beside a catalogue, opened when there is something to do."""

    def __init__(self, catalogue: Catalogue, folder: Path, processes: int) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._processes = processes
        self._opened: FullText | None = None

    def close(self) -> None:
        """Close the full text."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def is_there(self) -> bool:
        """Whether there is a full text at all; says nothing of what it holds."""
        try:
            return any(self._folder.iterdir())
        except OSError:
            return False

    def heal(self) -> None:
        """Finish what was stopped, and begin the full text anew where it does not hold what it should."""
        try:
            self.catch_up()
            if self._fulltext().count() == indexed_count(self._catalogue):
                return
        except ArchiveError:
            if not self._is_damaged():
                raise
        self.discard()
        self.catch_up()

    def discard(self) -> None:
        """Delete the full text; everything is to be indexed again."""
        self.close()
        with self._catalogue.transaction():
            unmark_all(self._catalogue)
        try:
            if self._folder.exists():
                shutil.rmtree(self._folder)
        except OSError as error:
            raise disk_said(error, self._folder) from error

    def catch_up(self, told: Told = lambda _: None) -> None:
        """Index everything that is not, and drop what went; `told` hears how many articles each time."""
        if unindexed_count(self._catalogue) >= MANY:
            self.build(self._unindexed(), told)
        while numbers := unindexed(self._catalogue, _AT_ONCE):
            told(self._update(numbers))
        if gone := dropped(self._catalogue):
            with self._disk():
                self._fulltext().update((), gone)
            self._mark((), gone)

    def build(self, batches: Iterable[Sequence[Article]], told: Told = lambda _: None) -> None:
        """Index batches of stored articles by several processes; `told` hears how many each time."""
        from seedread_index.storage.document import Document, document_of

        documents: Iterator[list[Document]] = ([document_of(each) for each in batch] for batch in batches)
        with self._disk():
            for ids in self._fulltext().build(documents, self._processes):
                # What was changed since it was stored has another number now, or none.
                self._mark(self._catalogue.numbers(ids).values(), ())
                told(len(ids))

    def _unindexed(self) -> Iterator[list[Article]]:
        waiting = unindexed(self._catalogue, -1)
        for start in range(0, len(waiting), _AT_ONCE):
            yield list(self._catalogue.by_number(waiting[start : start + _AT_ONCE]).values())

    def _update(self, numbers: list[int]) -> int:
        from seedread_index.storage.document import document_of

        articles = self._catalogue.by_number(numbers)
        taken: list[int] = []
        characters = 0
        for number, article in articles.items():
            if taken and characters + len(article.text) > _CHARACTERS:
                break
            characters += len(article.text)
            taken.append(number)
        gone = dropped(self._catalogue)
        with self._disk():
            self._fulltext().update([document_of(articles[number]) for number in taken], gone)
        self._mark(taken, gone)
        return len(taken)

    def _mark(self, numbers: Iterable[int], gone: Iterable[str]) -> None:
        with self._catalogue.transaction():
            mark_indexed(self._catalogue, numbers)
            forget_dropped(self._catalogue, gone)
            self._catalogue.bump()

    def _fulltext(self) -> FullText:
        if self._opened is None:
            from seedread_index.storage.fulltext import open_fulltext

            self._opened = open_fulltext(self._folder, writable=True)
        return self._opened

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise disk_said(error, self._folder) from error

    def _is_damaged(self) -> bool:
        try:
            self._fulltext().count()
        except ArchiveError:
            return True
        return False
