"""Brings the full text level with the catalogue: indexes what is not marked as indexed, drops what went."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from seedread_index.errors import ArchiveError
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.fulltext import FullText, document_of, open_fulltext
from seedread_index.storage.pending import (
    dropped,
    forget_dropped,
    indexed_count,
    mark_indexed,
    unindexed,
    unmark_all,
)
from seedread_index.storage.plainly import disk_said

_CHARACTERS = 4_000_000
_AT_ONCE = 500


class Level:
    """The full text beside a catalogue, opened when there is something to do."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._fulltext: FullText | None = None

    def close(self) -> None:
        """Close the full text."""
        if self._fulltext is not None:
            self._fulltext.close()
            self._fulltext = None

    def is_there(self) -> bool:
        """Whether there is a full text at all; says nothing of what it holds."""
        return self._folder.is_dir() and any(self._folder.iterdir())

    def heal(self) -> None:
        """Begin the full text anew where it is damaged or does not hold what it should."""
        try:
            fulltext = open_fulltext(self._folder, writable=True)
            try:
                whole = fulltext.count() >= indexed_count(self._catalogue)
            finally:
                fulltext.close()
        except ArchiveError:
            whole = False
        if not whole:
            self.discard()

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

    def catch_up(self, told: Callable[[int], bool] = lambda _: False) -> None:
        """Index everything that is not; `told` hears how many each time, and stops it by True."""
        done = 0
        while True:
            numbers = unindexed(self._catalogue, _AT_ONCE)
            gone = dropped(self._catalogue)
            if not numbers and not gone:
                return
            done += self._index(numbers, gone)
            if told(done):
                return

    def _index(self, numbers: list[int], gone: list[str]) -> int:
        if self._fulltext is None:
            self._fulltext = open_fulltext(self._folder, writable=True)
        articles = self._catalogue.by_number(numbers)
        taken, characters = [], 0
        for number in numbers:
            if number in articles and (not taken or characters < _CHARACTERS):
                characters += len(articles[number].text)
                taken.append(number)
        try:
            self._fulltext.update([document_of(articles[number]) for number in taken], gone)
        except OSError as error:
            raise disk_said(error, self._folder) from error
        with self._catalogue.transaction():
            mark_indexed(self._catalogue, taken)
            forget_dropped(self._catalogue, gone)
            self._catalogue.bump()
        return len(taken)
