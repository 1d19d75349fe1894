"""The program of a reading process: reads files article by article, and enriches articles."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.extract.draft import draft_hash
from seedread_index.extract.explain import FileExplanation, explained
from seedread_index.extract.extractor import FileReading, articles_in, drafts_in, read_file
from seedread_index.extract.formats.recognition import format_of
from seedread_index.extract.records.record import with_table
from seedread_index.extract.segmentation.boilerplate.repeated_edges import edge_paragraphs
from seedread_index.model.article import Article, article_id
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SkipStatus
from seedread_index.ner.annotate import by_rules
from seedread_index.processes.frames import Link, serve
from seedread_index.sync.ingest.reading_jobs import (
    EnrichJob,
    Enrichment,
    ExplainJob,
    FileJob,
    Outcome,
    Prepared,
)
from seedread_index.sync.passes.near_duplicates import shingles, sketch
from seedread_index.text.dates import day_leads

MEMORY_LIMIT = 1024 * 1024 * 1024
"""How much a reading process may hold, in bytes; the largest file takes well under half of it."""
_LONG = 100_000
"""A text of more code points is not enriched while its file is read: it is stored before."""
_MOST_ENRICHED = 1_000_000
"""Names are looked for in so many code points of a text; no article is as long, only dumps of data are."""
_PART = 200_000
"""About how many code points one part of an answer has."""
_PART_SECONDS = 0.5
"""After so many seconds a part is sent, however little is in it: a time limit counts from part to part."""
_AT_ONCE = 100
"""How many articles are taken out of the catalogue at once to be enriched."""
_TRIES = 4
_RACY_NS, _RACY_COARSE_NS = 100_000_000, 2_000_000_000
"""Within this time of a change another one may have the same time: clocks tick, some disks' every 2 s."""
UNSURE = -1
"""The time stored for a file that has to be looked into at the next sync."""


class _Parts:
    """Gathers articles for the next part of an answer."""

    def __init__(self, outcome: Outcome, seconds: float) -> None:
        self._outcome = outcome
        self._seconds = seconds
        self._articles: list[Prepared] = []
        self._kept: list[tuple[str, str | None]] = []
        self._characters = 0
        self._since = time.process_time()

    def add(self, prepared: Prepared) -> None:
        """Take in an article."""
        self._articles.append(prepared)
        self._characters += len(prepared.article.text) + _PART // 1000

    def keep(self, article_id: str, part: str | None) -> None:
        """Note an article that is as it was."""
        self._kept.append((article_id, part))

    @property
    def is_due(self) -> bool:
        """Whether it is time to send."""
        return self._characters >= _PART or time.process_time() - self._since >= self._seconds

    def take(self) -> Outcome:
        """What was gathered since the last time."""
        part = replace(self._outcome, articles=tuple(self._articles), kept=tuple(self._kept))
        self._kept = []
        self._outcome = replace(self._outcome, first=part.first + len(self._articles))
        self._articles, self._characters = [], 0
        self._since = time.process_time()
        return part


def outcomes(job: FileJob, settings: EngineSettings) -> Generator[Outcome, None, Outcome]:
    """The articles of a file, part by part; the last part is returned."""
    try:
        content = content_of(job.path, settings.max_file_size)
    except OSError:
        content = None
    if content is None:
        reading: FileReading = read_file(job.path, job.relative, settings)
        return Outcome(status=reading.status or SkipStatus.BROKEN, reason=reading.reason)
    report = Outcome(content.size, content.changed_ns, content.hash)
    if content.hash == job.known:
        return replace(report, same=True)
    drafts = drafts_in(content.data, job.relative, replace(settings, day_first=job.day_first))
    kind = drafts.recognised[0].format if drafts.recognised else format_of(content.data, job.relative)
    report = replace(report, format=kind.name.lower())
    del content
    parts = _Parts(
        replace(report, status=drafts.status, reason=drafts.reason),
        min(_PART_SECONDS, settings.file_time_limit / 8),
    )
    if job.metadata is not None and len(drafts.drafts) == 1:
        drafts = replace(drafts, drafts=(with_table(drafts.drafts[0], job.metadata),))
    hashes: dict[str, bytes] = {}
    fresh = []
    for draft in drafts.drafts:
        known_id = article_id(job.relative, draft.part_id or draft.part, job.salt)
        hashes[known_id] = draft_hash(draft)
        if job.parts.get(known_id) == hashes[known_id]:
            parts.keep(known_id, draft.part)
        else:
            fresh.append(draft)
    drafts = replace(drafts, drafts=tuple(fresh))
    for article in articles_in(drafts, job.relative):
        mine = _salted(article, job)
        enrich = enrichment_of(mine) if job.enrich and len(mine.text) <= _LONG else None
        parts.add(Prepared(mine, hashes.get(mine.id, b""), enrich))
        del article, mine, enrich
        if parts.is_due:
            yield parts.take()
    last = parts.take()
    if not last.articles and not last.kept and not last.first and last.status is None:
        return replace(last, status=SkipStatus.EMPTY, reason=last.reason or "holds no text; nothing to do")
    return last


def enrichments(
    job: EnrichJob, catalogue: Catalogue
) -> Generator[dict[int, Enrichment], None, dict[int, Enrichment]]:
    """The enrichments of stored articles, by number, a few at a time."""
    found: dict[int, Enrichment] = {}
    since = time.process_time()
    for start in range(0, len(job.articles), _AT_ONCE):
        for number, article in catalogue.by_number(job.articles[start : start + _AT_ONCE]).items():
            found[number] = enrichment_of(article)
            if time.process_time() - since >= _PART_SECONDS:
                yield found
                found = {}
                since = time.process_time()
    return found


def enrichment_of(article: Article) -> Enrichment:
    """What is worked out from an article alone."""
    text = article.flowing_text[:_MOST_ENRICHED]
    passages = [passage for passage in article.passages if passage.end <= len(text)]
    return Enrichment(
        by_rules(text, passages, article.lang),
        sketch(shingles(article)),
        tuple(edge.fingerprint for edge in edge_paragraphs(article)),
    )


def _salted(article: Article, job: FileJob) -> Article:
    if not job.salt:
        return article
    return replace(article, id=article_id(job.relative, article.origin.part_id or article.part, job.salt))


def explanation(
    job: ExplainJob, settings: EngineSettings
) -> Generator[FileExplanation, None, FileExplanation]:
    """Why an article of a file is what it is; in one part."""
    yield from ()
    try:
        content = content_of(job.path, settings.max_file_size)
    except OSError:
        content = None
    if content is None:
        return FileExplanation(note=read_file(job.path, job.relative, settings).reason)
    with day_leads(always=job.day_first):
        found = drafts_in(content.data, job.relative, replace(settings, day_first=job.day_first))
        return explained(found, job.relative, job.salt, job.article, job.metadata)


class Worker:
    """Does jobs of every kind."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._catalogue: Catalogue | None = None

    def __call__(self, job: FileJob | EnrichJob | ExplainJob) -> Generator[object, None, object]:
        """Do one job."""
        if isinstance(job, FileJob):
            return outcomes(job, self._settings)
        if isinstance(job, ExplainJob):
            return explanation(job, self._settings)
        if self._catalogue is None:
            self._catalogue = Catalogue.open(Path(job.path))
        return enrichments(job, self._catalogue)


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes with their size and time; `changed_ns` is UNSURE for a file in motion.

    The time is that of the last change to the file or its properties, which nobody can set back.
    """

    data: bytes
    hash: bytes
    size: int
    changed_ns: int


def content_of(path: bytes, limit: int) -> Content | None:
    """A regular file's content; None for anything else and for more than `limit` bytes. Raises OSError."""
    for _ in range(_TRIES):
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY
        descriptor = os.open(path, flags)
        read_ns = time.time_ns()
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode) or before.st_size > limit:
                return None
            data = file.read(limit + 1)
            after = os.fstat(descriptor)
        if len(data) > limit:
            return None
        changed_ns = after.st_ctime_ns
        still = (before.st_size, before.st_ctime_ns) == (after.st_size, changed_ns)
        if still and len(data) == before.st_size:
            break
    near = _RACY_NS if changed_ns % 1_000_000_000 else _RACY_COARSE_NS
    racy = not still or abs(read_ns - changed_ns) < near
    return Content(data, hash_of(data), before.st_size, UNSURE if racy else changed_ns)


def hash_of(data: bytes) -> bytes:
    """The hash by which a file's content is told."""
    return hashlib.blake2b(data, digest_size=16).digest()


def main() -> None:
    """Serve jobs until the input ends."""
    link = Link(memory=MEMORY_LIMIT)
    serve(link, Worker(link.first()))


if __name__ == "__main__":
    main()
