"""Takes in what a plan asks for: reads the files, stores and indexes their articles batch by batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.files import touch
from seedread_index.catalogue.upsert import OpenFile, ScannedFile, parts_of, remove
from seedread_index.catalogue.work_queue import indexed_count
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import Progress, ProgressCallback, SkipStatus, Stage, SyncReport
from seedread_index.processes.jobs import Event, Failure, Job
from seedread_index.sync.ingest.indexer import MANY, FullTextIndexer
from seedread_index.sync.ingest.reading_jobs import (
    FileJob,
    Outcome,
    Prepared,
    file_job,
    reading_pool,
    verdict,
)
from seedread_index.sync.passes.correct_articles import ArticleCorrector
from seedread_index.sync.passes.enrich import EnrichmentStore
from seedread_index.sync.scan.plan import Plan, Task, shown


class Ingest:
    """One plan being carried out; when it is stopped, what was read so far is stored and indexed."""

    def __init__(
        self,
        catalogue: Catalogue,
        indexer: FullTextIndexer,
        settings: EngineSettings,
        progress: ProgressCallback,
        stopped: Callable[[], bool],
        *,
        corrector: ArticleCorrector,
    ) -> None:
        self._catalogue = catalogue
        self._indexer = indexer
        self._settings = settings
        self._progress = progress
        self._stopped = stopped
        self._batches = Batches(catalogue, corrector)
        self._committed = 0

    def report(self) -> SyncReport:
        """What was done so far."""
        done = self._batches
        return SyncReport(done.added, done.changed, done.removed, done.skipped, retry=done.retry)

    def take(self, plan: Plan) -> None:
        """Carry a plan out."""
        for scanned in plan.left_out:
            self._batches.add(scanned, (), keep=scanned.status is SkipStatus.RETRY)
        left = 1 if len(plan.tasks) >= MANY else MANY
        with closing(self._stored(plan)) as batches:
            for batch in batches:
                self._indexer.catch_up(self._indexed)
                left -= len(batch)
                if left <= 0:
                    # The first few can be searched: several processes index the others, of one file or many.
                    self._indexer.build(batches, self._indexed)
        self._indexer.catch_up(self._indexed)

    def _stored(self, plan: Plan) -> Generator[list[Article], None, None]:
        """The articles of each batch as it is stored; an empty one now and then, while reading takes long."""
        enrich = len(plan.tasks) < MANY
        stopped = False
        if plan.tasks:
            jobs = (self._job(number, task, enrich=enrich) for number, task in enumerate(plan.tasks))
            done = 0
            size = sum(task.found.size for task in plan.tasks)
            if size <= _LITTLE and indexed_count(self._catalogue):
                self._batches.size = _MOST
            with reading_pool(self._settings, ordered=True, size=size) as pool:
                for event in pool.run(jobs):
                    if event is not None and event.job is not None:
                        done = event.job.number + event.final
                        self._take(plan.tasks[event.job.number], event)
                    if self._batches.is_due:
                        self._batches.store()
                        yield self._batches.fresh
                    elif event is None:
                        yield []
                    self._progress(Progress(Stage.READ, done, len(plan.tasks), self._committed))
                    if stopped := self._stopped():
                        break
        self._batches.store(() if stopped else plan.gone)
        yield self._batches.fresh

    def _job(self, number: int, task: Task, *, enrich: bool) -> Job:
        """A file to read; what is as it was in one that was read whole before is not read again."""
        known, parts = None, {}
        if task.known is not None and task.known.hash:
            known = task.known.hash
            parts = self._batches.parts_of(task.known.number)
        job = FileJob(
            path=task.found.path,
            relative=task.found.relative,
            salt=task.salt,
            known=known,
            enrich=enrich,
            parts=parts,
            metadata=task.metadata,
            day_first=task.day_first,
        )
        return file_job(number, job, task.found.size, self._settings)

    def _indexed(self, articles: int) -> None:
        self._committed += articles

    def _take(self, task: Task, event: Event) -> None:
        if isinstance(event, Failure):
            status, reason = verdict(event, self._batches.read_of_open_file)
            self._batches.add(_scanned(task, Outcome(status=status, reason=reason)), (), keep=True)
            return
        outcome: Outcome = event.value()
        scanned = _scanned(task, outcome)
        if outcome.same and task.known is not None:
            self._batches.touch(task.known.number, scanned.size, scanned.changed_ns)
            return
        self._batches.add(
            scanned,
            outcome.articles,
            first=outcome.first,
            final=event.final,
            keep=outcome.status is SkipStatus.RETRY,
            kept=outcome.kept,
        )


def _scanned(task: Task, outcome: Outcome) -> ScannedFile:
    """The file of a task as it was read."""
    return ScannedFile(
        root=task.root,
        relative=task.found.relative,
        shown=shown(task.found.relative),
        size=task.found.size if outcome.size is None else outcome.size,
        changed_ns=task.found.changed_ns if outcome.changed_ns is None else outcome.changed_ns,
        hash=outcome.hash,
        salt=task.salt,
        status=outcome.status,
        reason=outcome.reason,
    )


_FIRST, _MOST = 10, 1000
"""Articles of the first batch, which is small to be searchable soon, and of the largest."""
_CHARACTERS = 4_000_000
_SECONDS, _FIRST_SECONDS = 8.0, 1.5
_LITTLE = 1 << 20
"""So many bytes that come to an archive are stored in one batch, for each costs a commit of the full text."""


class _Read(NamedTuple):
    """A file that was read, or a part of it; `keep` says that what was there stays."""

    scanned: ScannedFile
    prepared: Sequence[Prepared]
    final: bool
    keep: bool
    kept: Sequence[tuple[str, str | None]] = ()


class Batches:
    """Gathers files and stores them; counts articles added, changed and removed, and paths skipped.

    Files come one after the other, each in one part or in several; what was stored of the last one is kept
    open until its final part comes.
    """

    def __init__(self, catalogue: Catalogue, corrector: ArticleCorrector) -> None:
        self._catalogue = catalogue
        self._corrector = corrector
        self._enrichments = EnrichmentStore(catalogue)
        self._files: list[_Read] = []
        self._touched: list[tuple[int, int, int]] = []
        self._articles = self._characters = 0
        self.size = _FIRST
        """Of how many articles a batch is stored; the next is of more."""
        self._since = time.monotonic()
        self._open: OpenFile | None = None
        self._hash: bytes | None = None
        self.read_of_open_file = 0
        """How many articles were taken in of the file whose final part has not come."""
        self.fresh: list[Article] = []
        self.added = self.changed = self.removed = self.skipped = self.retry = self.committed = 0

    def add(
        self,
        scanned: ScannedFile,
        prepared: Sequence[Prepared],
        *,
        first: int = 0,
        final: bool = True,
        keep: bool = False,
        kept: Sequence[tuple[str, str | None]] = (),
    ) -> None:
        """Take in a file that was read or left out, or a part of it from the article numbered `first` on.

        A part that was taken in before, in an earlier try, is passed over; `keep` leaves everything that was
        there in its place, because the file was not read to its end; `kept` are articles as they were.
        """
        taken = self.read_of_open_file
        if taken and not keep and scanned.hash != self._hash:
            # It was changed between two tries: both are kept for now, and it is read again at the next sync.
            scanned = replace(scanned, hash=None, changed_ns=-1)
            keep = True
        fresh = prepared[max(0, taken - first) :]
        self.read_of_open_file = 0 if final else taken + len(fresh)
        self._hash = None if final else self._hash if taken else scanned.hash
        self._files.append(_Read(scanned, fresh, final, keep, kept))
        self._articles += len(fresh)
        self._characters += sum(len(each.article.text) for each in fresh)

    def touch(self, number: int, size: int, changed_ns: int) -> None:
        """Note the size (bytes) and time (ns) of a file, by its number, whose content is as it was."""
        self._touched.append((size, changed_ns, number))

    def parts_of(self, file: int) -> dict[str, bytes]:
        """The hashes of the drafts of a file's articles, by id; none for a file of one article."""
        return parts_of(self._catalogue, file)

    @property
    def is_due(self) -> bool:
        """Whether it is time to store."""
        if not self._files:
            return False
        waited = time.monotonic() - self._since
        patience = _SECONDS if self.committed else _FIRST_SECONDS
        return self._articles >= self.size or self._characters >= _CHARACTERS or waited >= patience

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
                removed = remove(self._catalogue, number)
                self.removed += removed.gone
                self.changed += removed.inherited
            if self._files or gone:
                self._catalogue.bump()
        changed = bool(self._files or gone)
        self.committed += self._articles
        self.size = min(_MOST, self.size * 4)
        self._files, self._touched = [], []
        self._articles = self._characters = 0
        self._since = time.monotonic()
        return changed

    def _take(self, read: _Read) -> None:
        file = self._open or OpenFile(self._catalogue, read.scanned)
        self._open = None if read.final else file
        file.keep(read.kept)
        taken = file.put((each.article for each in read.prepared), [each.draft for each in read.prepared])
        removed = taken.removed
        if read.final:
            removed += file.close(read.scanned, keep=read.keep)
            self.skipped += read.scanned.status is not None
            self.retry += read.scanned.status is SkipStatus.RETRY
        for each in read.prepared:
            number = taken.written.get(each.article.id)
            if number is None:
                continue
            if each.enrich is not None:
                self._enrichments.put(number, each.enrich)
            self.fresh.append(self._corrector.correct_new(number, each.article))
        replaced = min(removed.gone, len(taken.written)) if file.known else 0
        self.changed += replaced + removed.inherited
        self.added += len(taken.written) - replaced
        self.removed += removed.gone - replaced
