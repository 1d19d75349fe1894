"""Brings the full text up to date with the catalogue: indexes what is not yet indexed, drops what went."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from seedread_index.archive_folder import ArchiveFolder, engine_named
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.work_queue import (
    dropped,
    forget_dropped,
    indexed_count,
    mark_indexed,
    portions,
    unindexed,
    unindexed_count,
    unmark_all,
    unmark_described,
)
from seedread_index.files.error_translation import translate_os_error
from seedread_index.model import versions
from seedread_index.model.article import Article
from seedread_index.model.errors import DamagedError

if TYPE_CHECKING:
    from seedread_index.engines.base import Engine, FullText

MANY = 400
"""From so many articles on, several processes index faster than one does, their start counted in."""
_AT_ONCE, _BYTES = 200, 2_000_000
"""Articles, and bytes of their texts, that are taken in hand at once."""

_FIELDS = "document_fields"
"""The note in a catalogue of the fields that its documents were indexed with."""

_ANALYSIS = "analysis"
"""The note in a catalogue of how the texts in its full text were cut into words."""

_ENGINE = "index_engine"
"""The note in a catalogue of the engine that keeps its full text."""

Reporter = Callable[[int], None]


def engine_of(catalogue: Catalogue, folder: ArchiveFolder, wanted: str) -> Engine:
    """The engine of an archive: the one it has; only a new archive gets the one that is wanted."""
    if (noted := catalogue.meta(_ENGINE)) is not None:
        return engine_named(noted)
    new = not folder.fulltext.exists() and not indexed_count(catalogue)
    return engine_named(wanted) if new else folder.engine


def convert(
    catalogue: Catalogue, folder: ArchiveFolder, engine: Engine, processes: int, report: Reporter
) -> None:
    """Build the full text in an engine, from the catalogue, and put it in place of the old one.

    The old one is searched until then, and kept where this fails. For the one writer.
    """
    from seedread_index.engines.document import document_of

    place = folder.next_fulltext
    with _disk_errors(place):
        shutil.rmtree(place, ignore_errors=True)
    fulltext = engine.open(place, writable=True)
    try:
        left = {article_id: number for number, article_id in catalogue.order()}
        batches = (
            [document_of(each) for each in catalogue.by_number(some).values()]
            for some in portions(catalogue, list(left.values()), _AT_ONCE, _BYTES)
        )
        with _disk_errors(place):
            for ids in fulltext.build(batches, processes):
                for each in ids:
                    left.pop(each, None)
                report(len(ids))
            # Those that a process ended over are indexed here.
            fulltext.apply(map(document_of, catalogue.by_number(left.values()).values()))
            fulltext.commit()
    finally:
        fulltext.close()
    with _disk_errors(place):
        folder.replace_fulltext()
    with catalogue.transaction():
        mark_indexed(catalogue, [number for number, _ in catalogue.order()])
        forget_dropped(catalogue, dropped(catalogue))
        catalogue.set_meta(_ENGINE, engine.name)
        catalogue.set_meta(_ANALYSIS, versions.ANALYSIS)
        catalogue.bump()


class FullTextIndexer:
    """The full text beside a catalogue, opened when there is something to do."""

    def __init__(self, catalogue: Catalogue, engine: Engine, folder: Path, processes: int) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._folder = folder
        self._processes = processes
        self._opened: FullText | None = None

    def close(self) -> None:
        """Close the full text."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def is_lost(self) -> bool:
        """Whether there is no full text of today's version where there should be one, or a damaged one."""
        if not self._engine.exists(self._folder):
            return indexed_count(self._catalogue) > 0
        return not self._engine.is_sound(self._folder)

    def repair(self) -> None:
        """Finish what was stopped, and start the full text over where it does not hold what it should."""
        self.catch_up()
        try:
            if self._fulltext().count() == indexed_count(self._catalogue):
                return
        except DamagedError:
            pass
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
            raise translate_os_error(error, self._folder) from error

    def note_engine(self) -> None:
        """Note which engine keeps the full text; call it inside a transaction."""
        if self._catalogue.meta(_ENGINE) != self._engine.name:
            self._catalogue.set_meta(_ENGINE, self._engine.name)

    def is_dated(self) -> bool:
        """Whether the full text was made by another analysis than today's."""
        return indexed_count(self._catalogue) > 0 and self._catalogue.meta(_ANALYSIS) != versions.ANALYSIS

    def note_analysis(self) -> None:
        """Note that the full text is made by today's analysis; call it inside a transaction."""
        if self._catalogue.meta(_ANALYSIS) != versions.ANALYSIS:
            self._catalogue.set_meta(_ANALYSIS, versions.ANALYSIS)

    def renew_fields(self) -> None:
        """Have articles indexed again whose documents lack fields; call it inside a transaction."""
        if self._catalogue.meta(_FIELDS) != versions.DOCUMENT_FIELDS:
            unmark_described(self._catalogue)
            self._catalogue.set_meta(_FIELDS, versions.DOCUMENT_FIELDS)

    def catch_up(self, report: Reporter = lambda _: None) -> None:
        """Index everything that is not, and drop what went; `report` hears how many articles each time.

        A full text that turns out to be damaged is started over.
        """
        try:
            self._catch_up(report)
        except DamagedError:
            self.discard()
            self._catch_up(report)

    def _catch_up(self, report: Reporter) -> None:
        if unindexed_count(self._catalogue) >= MANY:
            self.build(self._unindexed(), report)
        for numbers in self._portions(unindexed(self._catalogue)):
            self._update(numbers)
            report(len(numbers))
        if gone := dropped(self._catalogue):
            with self._disk():
                self._fulltext().apply((), gone)
                self._fulltext().commit()
            self._mark((), gone)

    def build(self, batches: Iterable[Sequence[Article]], report: Reporter = lambda _: None) -> None:
        """Index batches of stored articles by several processes; `report` hears how many each time.

        What a process ended over stays marked as not indexed, for `catch_up` to index it here.
        """
        from seedread_index.engines.document import Document, document_of

        documents: Iterator[list[Document]] = (
            [document_of(each) for each in portion] for batch in batches for portion in _portioned(batch)
        )
        with self._disk():
            for ids in self._fulltext().build(documents, self._processes):
                # What was changed since it was stored has another number now, or none.
                self._mark(self._catalogue.numbers(ids).values(), ())
                report(len(ids))

    def _unindexed(self) -> Iterator[list[Article]]:
        for numbers in self._portions(unindexed(self._catalogue)):
            yield list(self._catalogue.by_number(numbers).values())

    def _portions(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        return portions(self._catalogue, numbers, _AT_ONCE, _BYTES)

    def _update(self, numbers: list[int]) -> None:
        from seedread_index.engines.document import document_of

        documents = [document_of(article) for article in self._catalogue.by_number(numbers).values()]
        gone = dropped(self._catalogue)
        with self._disk():
            self._fulltext().apply(documents, gone)
            self._fulltext().commit()
        self._mark(numbers, gone)

    def _mark(self, numbers: Iterable[int], gone: Iterable[str]) -> None:
        with self._catalogue.transaction():
            mark_indexed(self._catalogue, numbers)
            forget_dropped(self._catalogue, gone)
            self._catalogue.bump()

    def _fulltext(self) -> FullText:
        if self._opened is None:
            self._opened = self._engine.open(self._folder, writable=True)
        return self._opened

    def _disk(self) -> AbstractContextManager[None]:
        return _disk_errors(self._folder)


@contextmanager
def _disk_errors(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise translate_os_error(error, place) from error


def _portioned(batch: Sequence[Article]) -> Iterator[list[Article]]:
    """A batch in portions that a pipe can be handed without holding much twice."""
    portion: list[Article] = []
    size = 0
    for article in batch:
        if portion and (len(portion) >= _AT_ONCE or size + len(article.text) > _BYTES):
            yield portion
            portion, size = [], 0
        portion.append(article)
        size += len(article.text)
    if portion:
        yield portion
