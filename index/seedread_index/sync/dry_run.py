"""What a sync would read each file as, with nothing written: files are read in the same child processes."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import DryRun
from seedread_index.processes.jobs import Failure
from seedread_index.sync.ingest.reading_jobs import FileJob, file_job, reading_pool, verdict
from seedread_index.sync.scan.plan import shown
from seedread_index.sync.scan.walk import Found, Walk


def dry_run(roots: Sequence[Path], settings: EngineSettings) -> Generator[DryRun, None, None]:
    """Each path that a sync would meet, in the order of the walk within those read and those left out."""
    files: list[Found] = []
    for found in Walk(roots, settings):
        if found.status is None:
            files.append(found)
        else:
            yield DryRun(shown(found.relative), found.relative, reason=found.reason)
    yield from _read(files, settings)


def _read(files: Sequence[Found], settings: EngineSettings) -> Iterator[DryRun]:
    jobs = (
        file_job(number, FileJob(found.path, found.relative, enrich=False), found.size, settings)
        for number, found in enumerate(files)
    )
    articles = 0
    with reading_pool(settings, ordered=True) as pool:
        for event in pool.run(jobs):
            if event is None or event.job is None:
                continue
            found = files[event.job.number]
            name = shown(found.relative)
            if isinstance(event, Failure):
                yield DryRun(name, found.relative, articles=articles, reason=verdict(event, articles)[1])
                articles = 0
                continue
            outcome = event.value()
            articles = max(articles, outcome.first + len(outcome.articles))
            if event.final:
                read_as = outcome.format or None
                yield DryRun(name, found.relative, read_as, articles, outcome.reason or None)
                articles = 0
