"""What passes between a sync and its children: files to read, articles to enrich, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from seedread_index.model.article import Article, Mention
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SkipStatus
from seedread_index.processes.child import Program
from seedread_index.processes.jobs import Failure, Job, PoolLimits, Trouble
from seedread_index.processes.pool import Pool

if TYPE_CHECKING:
    from seedread_index.extract.records.record import Fields


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to read, and its articles to enrich at once; where its hash is still `known`, nothing is read.

    `parts` are the ids of the articles that the file had, with the hashes of their drafts: those that are as
    they were are not read again. `metadata` is what a table of metadata says of the file. `day_first`: the
    day leads in its dates of numbers.
    """

    path: bytes
    relative: bytes
    salt: bytes = b""
    known: bytes | None = None
    enrich: bool = True
    parts: Mapping[str, bytes] = field(default_factory=dict)
    metadata: Fields | None = None
    day_first: bool = False


@dataclass(frozen=True, slots=True)
class EnrichJob:
    """Articles, by their numbers in the catalogue at `path`, to enrich."""

    path: str
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExplainJob:
    """A file to read again to say why one of its articles, by its id, is what it is."""

    path: bytes
    relative: bytes
    article: str
    salt: bytes = b""
    metadata: Fields | None = None
    day_first: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Enrichment:
    """What is worked out from an article alone.

    Its mentions by rules, its sketch for near-duplicates, the fingerprints of its edges for repetition.
    """

    mentions: tuple[Mention, ...] = ()
    sketch: bytes = b""
    edges: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An article that was read, enriched already or not; `draft` is the hash of what its format gave."""

    article: Article
    draft: bytes = b""
    enrich: Enrichment | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What became of a file, or a part of it: articles from the one numbered `first` on.

    `size` and `changed_ns` are as before the reading, None where there was none. `same` says that the content
    has the known hash. `kept` are the articles that are as they were, by id, with the part that each is now.
    `format` is what the file was read as.
    """

    size: int | None = None
    changed_ns: int | None = None
    hash: bytes | None = None
    same: bool = False
    first: int = 0
    articles: tuple[Prepared, ...] = ()
    kept: tuple[tuple[str, str | None], ...] = ()
    format: str = ""
    status: SkipStatus | None = None
    reason: str = ""


_WORTH_A_PROCESS = 400_000
"""Bytes of articles that are read in the time that a process takes to start, and half as much again."""
_STEP = 4 * 1024 * 1024
"""Until its first article a file has its time once more for each so many bytes."""
_REASONS = {
    Trouble.CRASHED: "crashed the reading process twice",
    Trouble.MEMORY: "needs more memory than was available",
    Trouble.NOT_STARTED: "was not read: the reading process did not start",
}


def reading_pool(settings: EngineSettings, *, ordered: bool, size: int | None = None) -> Pool:
    """A pool of reading processes, only as many as `size` bytes to read are worth the start of."""
    program = Program("seedread_index.sync.ingest.worker", settings)
    processes = settings.processes if size is None else min(settings.processes, 1 + size // _WORTH_A_PROCESS)
    return Pool(program, PoolLimits(processes=max(1, processes)), ordered=ordered)


def file_job(number: int, job: FileJob, size: int, settings: EngineSettings) -> Job:
    """A file of so many bytes as a job; what broke the first try may have been the search for its names."""
    limit = settings.file_time_limit
    again = replace(job, enrich=False)
    return Job(number, job, again, size, limit, limit * (1 + size // _STEP))


def explain_job(number: int, job: ExplainJob, size: int, settings: EngineSettings) -> Job:
    """A file of so many bytes to explain an article of."""
    limit = settings.file_time_limit
    return Job(number, job, job, size, limit, limit * (1 + size // _STEP))


def enrichment_job(number: int, job: EnrichJob, settings: EngineSettings) -> Job:
    """Articles to enrich as a job."""
    return Job(number, job, limit=settings.file_time_limit)


def verdict(failure: Failure, articles: int) -> tuple[SkipStatus, str]:
    """What is noted of a file that gave so many articles before the reading of it failed for good."""
    read = f" after {articles:,} article{'s' * (articles != 1)}, which are kept" if articles else ""
    if failure.trouble is Trouble.LATE:
        step = "from one article to the next" if articles else "to read"
        seconds = f"{failure.allowed:g}"
        reason = f"took longer than {seconds} s {step}{read}; raise file_time_limit to wait longer"
        return SkipStatus.BROKEN, reason
    return SkipStatus.RETRY, f"{_REASONS[failure.trouble]}{read}; the next update tries again"
