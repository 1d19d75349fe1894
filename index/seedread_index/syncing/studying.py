"""Studies stored articles after a large sync: their names by rules, and what tells near-duplicates."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from seedread_index.settings import EngineSettings
from seedread_index.status import Progress, ProgressCallback, Stage
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.edges import put_edges
from seedread_index.storage.grouping import put_sketch
from seedread_index.storage.mentions import MentionStore
from seedread_index.storage.pending import mark_studied, unstudied
from seedread_index.syncing.annotation import rules_fingerprint
from seedread_index.syncing.jobs import Study, StudyJob
from seedread_index.syncing.readers import Readers
from seedread_index.syncing.resemblance import bands

_WORDS = 20_000
"""How many words one job holds; a longer article is a job of its own."""
_COMMIT = 25
"""How many jobs are stored in one commit."""


class Studies:
    """Stores studies; call it inside a transaction."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._mentions = MentionStore(catalogue)
        self._fingerprint = rules_fingerprint()

    def put(self, article: int, study: Study) -> None:
        """Store what was worked out from an article."""
        self._mentions.put(article, study.mentions, self._fingerprint)
        if study.sketch:
            put_sketch(self._catalogue, article, study.sketch, bands(study.sketch))
        put_edges(self._catalogue, article, study.edges)
        mark_studied(self._catalogue, (article,))


def study_pending(
    catalogue: Catalogue, settings: EngineSettings, progress: ProgressCallback, stopped: Callable[[], bool]
) -> None:
    """Study the articles that have not been, newest first; each commit keeps what is done."""
    waiting = unstudied(catalogue)
    if not waiting:
        return
    path = os.fspath(catalogue.path)
    jobs = [StudyJob(number, path, numbers) for number, numbers in enumerate(_jobs(waiting))]
    store = Studies(catalogue)
    finished: list[tuple[StudyJob, dict[int, Study]]] = []
    done = 0

    def commit() -> None:
        with catalogue.transaction():
            for job, studies in finished:
                for number, study in studies.items():
                    store.put(number, study)
                # What took too long or too much memory is not tried at every sync again.
                mark_studied(catalogue, job.articles)
            catalogue.bump()
        finished.clear()

    with Readers(jobs, settings, settings.processes) as readers:
        for _, outcome in readers.outcomes():
            if outcome is not None:
                job = jobs[outcome.number]
                finished.append((job, dict(outcome.studies)))
                done += len(job.articles)
                progress(Progress(Stage.ANNOTATE, done, len(waiting), done))
            if len(finished) >= _COMMIT:
                commit()
            if stopped():
                break
    if finished:
        commit()


def _jobs(waiting: list[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    job: list[int] = []
    words = 0
    for number, length in waiting:
        if job and words + length > _WORDS:
            yield tuple(job)
            job, words = [], 0
        job.append(number)
        words += length
    if job:
        yield tuple(job)
