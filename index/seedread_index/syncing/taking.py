"""Takes in what a plan asks for: reads the files, stores and indexes their articles batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing

from seedread_index.article import Article
from seedread_index.processes.pool import Event, Failure, Job
from seedread_index.settings import EngineSettings
from seedread_index.status import Progress, ProgressCallback, Stage, SyncReport
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.intake import Intake
from seedread_index.syncing.batches import Batches
from seedread_index.syncing.jobs import FileJob, Outcome
from seedread_index.syncing.level import MANY, Level
from seedread_index.syncing.plan import Plan, Task, shown
from seedread_index.syncing.readers import file_job, reading_pool, verdict


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
        return SyncReport(done.added, done.changed, done.removed, done.skipped, retry=done.retry)

    def take(self, plan: Plan) -> None:
        """Carry a plan out."""
        for intake in plan.left_out:
            self._batches.add(intake, ())
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
        stopped = False
        if plan.tasks:
            jobs = (_job(number, task, self._settings, study) for number, task in enumerate(plan.tasks))
            done = 0
            with reading_pool(self._settings, ordered=True) as pool:
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

    def _indexed(self, articles: int) -> None:
        self._committed += articles

    def _take(self, task: Task, event: Event) -> None:
        if isinstance(event, Failure):
            status, reason = verdict(event, self._batches.read_of_open_file)
            self._batches.add(_intake(task, Outcome(status=status, reason=reason)), (), keep=True)
            return
        outcome: Outcome = event.value()
        intake = _intake(task, outcome)
        if outcome.same and task.known is not None:
            self._batches.touch(task.known.number, intake.size, intake.changed_ns)
            return
        self._batches.add(intake, outcome.articles, first=outcome.first, final=event.final)


def _intake(task: Task, outcome: Outcome) -> Intake:
    return Intake(
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


def _job(number: int, task: Task, settings: EngineSettings, study: bool) -> Job:
    known = task.known.hash if task.known is not None and task.known.hash else None
    job = FileJob(task.found.path, task.found.relative, task.salt, known, study)
    return file_job(number, job, task.found.size, settings)
