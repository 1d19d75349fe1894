"""Brings an archive level with its folders: walk, read, store, index, then what needs all articles."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path

from seedread_index.article import Article
from seedread_index.settings import EngineSettings
from seedread_index.status import Progress, ProgressCallback, Stage, SyncReport
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.files import reconsider, root_numbers
from seedread_index.storage.intake import Intake
from seedread_index.storage.pruning import prune_spans
from seedread_index.storage.rebuild import open_or_rebuild
from seedread_index.syncing.batches import Batches
from seedread_index.syncing.conditions import reconsider_changed
from seedread_index.syncing.duplicates import group_duplicates
from seedread_index.syncing.folder import Walk
from seedread_index.syncing.jobs import Job, Outcome
from seedread_index.syncing.level import MANY, Level
from seedread_index.syncing.lock import WriteLock
from seedread_index.syncing.parent import forks_die_with_me
from seedread_index.syncing.plan import Plan, Task, plan, shown
from seedread_index.syncing.readers import Readers
from seedread_index.syncing.repetition import mark_repetition
from seedread_index.syncing.studying import study_pending

CATALOGUE = "catalogue.db"
FULLTEXT = "fulltext"
_BEGUN = "begun"
"""The note in a catalogue whose full text began with it."""


def sync(
    roots: Sequence[Path],
    folder: Path,
    settings: EngineSettings,
    *,
    mending_file: Path | None = None,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
    rebuild: bool = False,
    wait: float | None = 0,
) -> SyncReport:
    """Sync the archive over `roots` whose index lies in `folder`; text, rules and links, never the model.

    Raises LockedError where another process writes for longer than `wait` seconds (None: wait for ever), and
    ArchiveError where a root or the cache fails.
    """
    lock = WriteLock(folder)
    lock.acquire(wait)
    try:
        with forks_die_with_me():
            catalogue = open_or_rebuild(folder / CATALOGUE)
            try:
                work = _Sync(roots, settings, catalogue, progress=progress, cancelled=cancelled)
                return work.run(mending_file, anew=rebuild)
            finally:
                catalogue.close()
    finally:
        lock.release()


class _Sync:
    """One sync at work."""

    def __init__(
        self,
        roots: Sequence[Path],
        settings: EngineSettings,
        catalogue: Catalogue,
        *,
        progress: ProgressCallback | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._roots = roots
        self._settings = settings
        self._catalogue = catalogue
        self._progress = progress or (lambda _: None)
        self._cancelled = cancelled or (lambda: False)
        self._level = Level(catalogue, catalogue.path.parent / FULLTEXT, settings.processes)
        self._batches = Batches(catalogue)
        self._interrupted = False
        self._committed = 0

    def run(self, mending_file: Path | None, *, anew: bool) -> SyncReport:
        """Do it; an interrupt keeps what is stored."""
        try:
            self._run(mending_file, anew=anew)
        except KeyboardInterrupt:
            self._interrupted = True
        finally:
            self._level.close()
        done = self._batches
        return SyncReport(done.added, done.changed, done.removed, done.skipped, self._interrupted)

    def _run(self, mending_file: Path | None, *, anew: bool) -> None:
        self._begin(anew=anew)
        made = self._planned()
        if made is None or self._stopped():
            return
        if made:
            self._level.heal()
            self._read(made)
        if not self._stopped():
            self._settle(mending_file)

    def _begin(self, *, anew: bool) -> None:
        """Finish what an earlier sync could not; part a catalogue from a full text that is not its own."""
        belonging = self._catalogue.meta(_BEGUN) is not None and self._level.is_there()
        if anew or not belonging:
            self._level.discard()
        with self._catalogue.transaction():
            if anew:
                reconsider(self._catalogue, skipped_only=False)
            if self._catalogue.meta(_BEGUN) is None:
                self._catalogue.set_meta(_BEGUN, 1)
        self._level.catch_up()

    def _planned(self) -> Plan | None:
        paths = [os.fsencode(root) for root in self._roots]
        with self._catalogue.transaction():
            numbers = root_numbers(self._catalogue, paths)
            reconsider_changed(self._catalogue, self._settings)

        def told(count: int) -> bool:
            self._progress(Progress(Stage.WALK, count, None))
            return self._stopped()

        walk = Walk(self._roots, self._settings)
        return plan(self._catalogue, numbers, paths, walk, max_size=self._settings.max_file_size, told=told)

    def _read(self, made: Plan) -> None:
        """Read what is to be read, and store and index it batch by batch."""
        for intake in made.left_out:
            self._batches.add(intake, (), known=False)
        if len(made.tasks) >= MANY:
            self._read_many(made)
        else:
            for _ in self._stored(made):
                self._level.catch_up(self._indexed)

    def _read_many(self, made: Plan) -> None:
        """The same with several processes to index, once the first few articles can be searched."""
        with closing(self._stored(made)) as batches:
            for first in batches:
                if first:
                    break
            self._level.catch_up(self._indexed)
            self._level.build(batches, self._indexed)
        self._level.catch_up(self._indexed)

    def _stored(self, made: Plan) -> Generator[list[Article], None, None]:
        """The articles of each batch as it is stored; an empty one now and then, while reading takes long."""
        jobs = [_job(number, task, study=len(made.tasks) < MANY) for number, task in enumerate(made.tasks)]
        if jobs:
            with Readers(jobs, self._settings, self._settings.processes) as readers:
                for done, outcome in readers.outcomes():
                    if outcome is not None:
                        self._take(made.tasks[outcome.number], outcome)
                    if self._batches.is_due:
                        self._batches.store()
                        yield self._batches.fresh
                    elif outcome is None:
                        yield []
                    self._progress(Progress(Stage.READ, done, len(jobs), self._committed))
                    if self._stopped():
                        break
        self._batches.store(() if self._interrupted else made.gone)
        yield self._batches.fresh

    def _indexed(self, articles: int) -> None:
        self._committed += articles

    def _take(self, task: Task, outcome: Outcome) -> None:
        size = task.found.size if outcome.size is None else outcome.size
        mtime_ns = task.found.mtime_ns if outcome.mtime_ns is None else outcome.mtime_ns
        if outcome.same and task.known is not None:
            self._batches.touch(task.known.number, size, mtime_ns)
            return
        intake = Intake(
            root=task.root,
            relative=task.found.relative,
            shown=shown(task.found.relative),
            size=size,
            mtime_ns=mtime_ns,
            hash=outcome.hash,
            salt=task.salt,
            articles=[prepared.article for prepared in outcome.articles],
            status=outcome.status,
            reason=outcome.reason,
        )
        self._batches.add(intake, outcome.articles, known=task.known is not None)

    def _settle(self, mending_file: Path | None) -> None:
        """What looks at all articles at once."""
        from seedread_index.syncing.annotation import link_pending

        study_pending(self._catalogue, self._settings, self._progress, self._stopped)
        changed = self._batches.removed + self._batches.changed + self._batches.added > 0
        group_duplicates(self._catalogue, self._stopped)
        mark_repetition(self._catalogue, self._stopped, changed=changed)
        self._level.catch_up()
        if self._batches.removed or self._batches.changed:
            with self._catalogue.transaction():
                prune_spans(self._catalogue)
        link_pending(self._catalogue, mending_file)

    def _stopped(self) -> bool:
        self._interrupted = self._interrupted or self._cancelled()
        return self._interrupted


def _job(number: int, task: Task, *, study: bool) -> Job:
    known = task.known.hash if task.known is not None and task.known.hash else None
    return Job(number, task.found.path, task.found.relative, task.salt, known, study)
