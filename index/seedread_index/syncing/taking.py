"""Takes in what a plan asks for: reads the files, stores and indexes their articles batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing

from seedread_index.article import Article
from seedread_index.settings import EngineSettings
from seedread_index.status import Progress, ProgressCallback, Stage, SyncReport
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.intake import Intake
from seedread_index.syncing.batches import Batches
from seedread_index.syncing.jobs import Job, Outcome
from seedread_index.syncing.level import MANY, Level
from seedread_index.syncing.plan import Plan, Task, shown
from seedread_index.syncing.readers import Readers


class Taking:
    """One plan being carried out; when it is stopped, what was read so far is stored and indexed."""

    def __init__(
        self,
        catalogue: Catalogue,
        level: Level,
        settings: EngineSettings,
        progress: ProgressCallback,
        stopped: Callable[[], bool],
    ) -> None:
        self._level = level
        self._settings = settings
        self._progress = progress
        self._stopped = stopped
        self._batches = Batches(catalogue)
        self._committed = 0

    def report(self) -> SyncReport:
        """What was done so far."""
        done = self._batches
        return SyncReport(done.added, done.changed, done.removed, done.skipped)

    def take(self, plan: Plan) -> None:
        """Carry a plan out."""
        for intake in plan.left_out:
            self._batches.add(intake, (), known=False)
        if len(plan.tasks) >= MANY:
            self._take_many(plan)
        else:
            for _ in self._stored(plan):
                self._level.catch_up(self._indexed)

    def _take_many(self, plan: Plan) -> None:
        """The same with several processes to index, once the first few articles can be searched."""
        with closing(self._stored(plan)) as batches:
            for first in batches:
                if first:
                    break
            self._level.catch_up(self._indexed)
            self._level.build(batches, self._indexed)
        self._level.catch_up(self._indexed)

    def _stored(self, plan: Plan) -> Generator[list[Article], None, None]:
        """The articles of each batch as it is stored; an empty one now and then, while reading takes long."""
        study = len(plan.tasks) < MANY
        jobs = [_job(number, task, study=study) for number, task in enumerate(plan.tasks)]
        stopped = False
        if jobs:
            with Readers(jobs, self._settings, self._settings.processes) as readers:
                for done, outcome in readers.outcomes():
                    if outcome is not None:
                        self._take(plan.tasks[outcome.number], outcome)
                    if self._batches.is_due:
                        self._batches.store()
                        yield self._batches.fresh
                    elif outcome is None:
                        yield []
                    self._progress(Progress(Stage.READ, done, len(jobs), self._committed))
                    if stopped := self._stopped():
                        break
        self._batches.store(() if stopped else plan.gone)
        yield self._batches.fresh

    def _indexed(self, articles: int) -> None:
        self._committed += articles

    def _take(self, task: Task, outcome: Outcome) -> None:
        size = task.found.size if outcome.size is None else outcome.size
        changed_ns = task.found.changed_ns if outcome.changed_ns is None else outcome.changed_ns
        if outcome.same and task.known is not None:
            self._batches.touch(task.known.number, size, changed_ns)
            return
        intake = Intake(
            root=task.root,
            relative=task.found.relative,
            shown=shown(task.found.relative),
            size=size,
            changed_ns=changed_ns,
            hash=outcome.hash,
            salt=task.salt,
            articles=[prepared.article for prepared in outcome.articles],
            status=outcome.status,
            reason=outcome.reason,
        )
        self._batches.add(intake, outcome.articles, known=task.known is not None)


def _job(number: int, task: Task, *, study: bool) -> Job:
    known = task.known.hash if task.known is not None and task.known.hash else None
    return Job(number, task.found.path, task.found.relative, task.salt, known, study, task.found.size)
