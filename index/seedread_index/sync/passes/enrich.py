"""Studies stored articles after a large sync: their names by rules, and what tells near-duplicates."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.mentions import MentionStore
from seedread_index.catalogue.repetitions import put_fingerprints, put_sketch
from seedread_index.catalogue.work_queue import mark_enriched, unenriched
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import Progress, ProgressCallback, Stage
from seedread_index.processes.jobs import Answer, Event, Failure, Job, Trouble
from seedread_index.processes.pool import Pool
from seedread_index.sync.fingerprint import rules_fingerprint
from seedread_index.sync.ingest.reading_jobs import EnrichJob, Enrichment, enrichment_job, reading_pool
from seedread_index.sync.passes.repetitions import bands

_WORDS = 20_000
"""How many words one job holds; a longer article is a job of its own."""
_COMMIT_WORDS = 200_000
"""How many words are stored in one commit: 2,000 short articles, whose rows and answers are held until it."""
_ARTICLE = 100
"""How many words an article counts for at least, since its number and its enrichment take room as well."""


class EnrichmentStore:
    """Stores enrichments in a catalogue; call it inside a transaction."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._mentions = MentionStore(catalogue)
        self._fingerprint = rules_fingerprint()

    def put(self, article: int, enrichment: Enrichment) -> None:
        """Store what was worked out from an article, given by its number."""
        self._mentions.put(article, enrichment.mentions, self._fingerprint)
        if enrichment.sketch:
            put_sketch(self._catalogue, article, enrichment.sketch, bands(enrichment.sketch))
        put_fingerprints(self._catalogue, article, enrichment.edges)
        mark_enriched(self._catalogue, (article,))


def enrich_pending(
    catalogue: Catalogue, settings: EngineSettings, progress: ProgressCallback, stopped: Callable[[], bool]
) -> None:
    """Study the articles that have not been; each commit keeps what is done."""
    waiting = unenriched(catalogue)
    if not waiting:
        return
    enriching = _Enriching(catalogue, settings, waiting)
    with reading_pool(settings, ordered=False) as pool:
        jobs = (enriching.job(numbers) for numbers in _jobs(waiting))
        for event in enriching.events(pool, jobs):
            if event is not None:
                enriching.take(event, pool)
                progress(Progress(Stage.ANNOTATE, enriching.done, len(waiting), enriching.done))
            if stopped():
                break
    enriching.commit()


class _Enriching:
    """The articles that are being enriched, by the jobs that they are in."""

    def __init__(
        self, catalogue: Catalogue, settings: EngineSettings, waiting: list[tuple[int, int]]
    ) -> None:
        self.done = 0
        self._catalogue = catalogue
        self._settings = settings
        self._path = os.path.abspath(catalogue.path)
        self._words = dict(waiting)
        self._store = EnrichmentStore(catalogue)
        self._number = count()
        self._left: dict[int, dict[int, None]] = {}
        """By each job, its articles that were not answered for."""
        self._enrichments: dict[int, Enrichment] = {}
        self._given_up: list[int] = []
        self._gathered = 0

    def job(self, articles: tuple[int, ...]) -> Job:
        """A job for these articles."""
        number = next(self._number)
        self._left[number] = dict.fromkeys(articles)
        return enrichment_job(number, EnrichJob(self._path, articles), self._settings)

    def events(self, pool: Pool, jobs: Iterator[Job]) -> Iterator[Event | None]:
        """The events of the jobs and of those that `take` makes of failed ones."""
        more = True
        while more or pool.in_flight:
            while more and pool.queued < 2 * self._settings.processes:
                if (job := next(jobs, None)) is None:
                    more = False
                else:
                    pool.submit(job)
            yield pool.take(0.5)

    def take(self, event: Event, pool: Pool) -> None:
        """Keep what a child answered; commit from time to time."""
        if event.job is None:
            return
        left = self._left[event.job.number]
        if isinstance(event, Answer):
            for number, enrich in event.value().items():
                if number in left:
                    del left[number]
                    self._enrichments[number] = enrich
                    self._gathered += max(_ARTICLE, self._words[number])
                    self.done += 1
        if event.final:
            del self._left[event.job.number]
            self._divide(event, tuple(left), pool)
        if self._gathered >= _COMMIT_WORDS:
            self.commit()

    def _divide(self, event: Event, left: tuple[int, ...], pool: Pool) -> None:
        """Have what a failed job left done in two halves, until the article that it failed for is alone.

        That one is not tried at every sync again where it took too long, and is where it ended the process.
        """
        if isinstance(event, Failure) and len(left) > 1 and event.trouble is not Trouble.NOT_STARTED:
            middle = len(left) // 2
            for half in (left[:middle], left[middle:]):
                pool.submit(self.job(half))
            return
        if isinstance(event, Answer) or event.trouble is Trouble.LATE:
            self._given_up += left
        self.done += len(left)

    def commit(self) -> None:
        """Store what was gathered."""
        if not self._enrichments and not self._given_up:
            return
        with self._catalogue.transaction():
            for number, enrich in self._enrichments.items():
                self._store.put(number, enrich)
            mark_enriched(self._catalogue, self._given_up)
            self._catalogue.bump()
        self._enrichments, self._given_up, self._gathered = {}, [], 0


def _jobs(waiting: list[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    job: list[int] = []
    words = 0
    for number, length in waiting:
        counted = max(_ARTICLE, length)
        if job and words + counted > _WORDS:
            yield tuple(job)
            job, words = [], 0
        job.append(number)
        words += counted
    if job:
        yield tuple(job)
