"""Pools of reading processes, and what is said of a file that got no answer."""

from __future__ import annotations

from dataclasses import replace

from seedread_index.model.settings import EngineSettings
from seedread_index.model.status import SkipStatus
from seedread_index.processes.pool import Failure, Job, Limits, Pool, Program, Trouble
from seedread_index.sync.ingest.jobs import EnrichJob, FileJob

_STEP = 4 * 1024 * 1024
"""Until its first article a file has its time once more for each so many bytes."""
_REASONS = {
    Trouble.CRASHED: "ended the reading process twice",
    Trouble.MEMORY: "needs more memory than there was",
    Trouble.NOT_STARTED: "was not read: the reading process did not start",
}


def reading_pool(settings: EngineSettings, *, ordered: bool) -> Pool:
    """A pool of reading processes."""
    program = Program("seedread_index.sync.ingest.worker", settings)
    return Pool(program, Limits(processes=max(1, settings.processes)), ordered=ordered)


def file_job(number: int, job: FileJob, size: int, settings: EngineSettings) -> Job:
    """A file of so many bytes as a job; what broke the first try may have been the study of its names."""
    limit = settings.file_time_limit
    again = replace(job, enrich=False)
    return Job(number, job, again, size, limit, limit * (1 + size // _STEP))


def study_job(number: int, job: EnrichJob, settings: EngineSettings) -> Job:
    """Articles to study as a job."""
    return Job(number, job, limit=settings.file_time_limit)


def verdict(failure: Failure, articles: int) -> tuple[SkipStatus, str]:
    """What is noted of a file that gave so many articles before the reading of it failed for good."""
    read = f" after {articles:,} article{'s' * (articles != 1)}, which are kept" if articles else ""
    if failure.trouble is Trouble.LATE:
        step = "from one article to the next" if articles else "to read"
        seconds = f"{failure.allowed:g}"
        reason = f"took longer than {seconds} s {step}{read}; raise file_time_limit to wait longer"
        return SkipStatus.BROKEN, reason
    return SkipStatus.RETRY, f"{_REASONS[failure.trouble]}{read}; the next sync tries again"
