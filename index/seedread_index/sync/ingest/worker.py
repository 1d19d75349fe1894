"""The program of a reading process: reads files article by article, and enriches articles."""

from __future__ import annotations

import itertools
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.extract.decoding.source import UNSURE, Content, content_of
from seedread_index.extract.draft import Draft, Found, article_of, draft_hash
from seedread_index.extract.explain import FileExplanation, explained
from seedread_index.extract.extractor import FileReading, drafts_in, read_file
from seedread_index.extract.formats.recognition import format_of
from seedread_index.extract.records.record import with_table
from seedread_index.extract.repeated_edges import edge_paragraphs
from seedread_index.files.error_translation import may_pass
from seedread_index.model.article import Article, SeenIds, article_id
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
from seedread_index.sync.passes.repetitions import shingles, sketch
from seedread_index.text.dates import day_leads

MEMORY_LIMIT = 1024 * 1024 * 1024
"""How much a reading process may hold, in bytes; the largest file takes well under half of it."""
_LONG = 100_000
"""A text of more code points is not enriched while its file is read: it is stored before."""
_MOST_ENRICHED = 1_000_000
"""Names are looked for in so many code points of a text; no article is as long, only dumps of data are."""
_PART = 200_000
"""About how many code points one part of an answer has."""
_KEPT = 100
"""About how many code points an article that is as it was adds to a part."""
_PART_SECONDS = 0.5
"""After so many seconds a part is sent, however little is in it: a time limit counts from part to part."""
_SOONER, _SOON = 5, 20
"""So many times sooner a part is sent until so many articles were, for the first of them to be searchable."""
_MOST_AT_ONCE = 400
"""So many articles of a file are enriched while it is read; the others by all processes after that."""
_AT_ONCE = 100
"""How many articles are taken out of the catalogue at once to be enriched."""


class _Parts:
    """Gathers articles for the next part of an answer."""

    def __init__(self, outcome: Outcome, seconds: float) -> None:
        self._outcome = outcome
        self._seconds = seconds
        self._articles: list[Prepared] = []
        self._kept: list[tuple[str, str | None]] = []
        self._characters = 0
        self._has_sent = False
        self._since = time.process_time()

    def add(self, prepared: Prepared) -> None:
        """Take in an article."""
        self._articles.append(prepared)
        self._characters += len(prepared.article.text) + _PART // 1000

    def keep(self, article_id: str, part: str | None) -> None:
        """Note an article that is as it was."""
        self._kept.append((article_id, part))
        self._characters += _KEPT

    @property
    def has_sent(self) -> bool:
        """Whether articles were sent before, or any is as it was."""
        return self._has_sent

    @property
    def is_due(self) -> bool:
        """Whether it is time to send."""
        sooner = _SOONER if self._outcome.first < _SOON and not self._kept else 1
        full = self._characters * sooner >= _PART
        return full or (time.process_time() - self._since) * sooner >= self._seconds

    def take(self) -> Outcome:
        """What was gathered since the last time."""
        part = replace(self._outcome, articles=tuple(self._articles), kept=tuple(self._kept))
        self._has_sent = self._has_sent or bool(self._articles or self._kept)
        self._kept = []
        self._outcome = replace(self._outcome, first=part.first + len(self._articles))
        self._articles, self._characters = [], 0
        self._since = time.process_time()
        return part


def outcomes(job: FileJob, settings: EngineSettings) -> Generator[Outcome, None, Outcome]:
    """The articles of a file, part by part as they are read; the last part is returned."""
    try:
        content = content_of(job.path, settings.max_file_size)
    except OSError as error:
        if may_pass(error):
            return Outcome(status=SkipStatus.RETRY, reason=_unreached(error))
        content = None
    if content is None:
        reading: FileReading = read_file(job.path, job.relative, settings)
        return Outcome(status=reading.status or SkipStatus.BROKEN, reason=reading.reason)
    with closing(content):
        stream = drafts_in(content.source, job.relative, replace(settings, day_first=job.day_first))
        drafts = iter(stream)
        try:
            if content.size > settings.max_file_size:
                # It is hashed only where it is one that can be read article by article.
                first = list(itertools.islice(drafts, 1))
                if not first:
                    return Outcome(
                        content.size,
                        content.changed_ns,
                        status=stream.found.status,
                        reason=stream.found.reason,
                    )
                drafts = itertools.chain(first, drafts)
            report = Outcome(content.size, content.changed_ns, content.hash())
            if report.hash == job.known:
                return replace(report, same=True)
            file = _FileBeingRead(job, report, settings)
            yield from file.parts(file.with_metadata(drafts))
        except OSError as error:
            if may_pass(error):
                return Outcome(status=SkipStatus.RETRY, reason=_unreached(error))
            reason = f"cannot be read: {error.strerror}; check the disk"
            return Outcome(status=SkipStatus.BROKEN, reason=reason)
        return file.last(stream.found, content)


def _unreached(error: OSError) -> str:
    return f"cannot be read: {error.strerror}; check the disk; the next update tries again"


class _FileBeingRead:
    """One file being read: which of its articles are as they were, and which are new."""

    def __init__(self, job: FileJob, report: Outcome, settings: EngineSettings) -> None:
        self._job = job
        self._parts = _Parts(report, min(_PART_SECONDS, settings.file_time_limit / 8))
        self._sent = SeenIds()
        """Of articles that were sent: a later one of the same id takes their place."""
        self._fresh = 0

    def with_metadata(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """The drafts; what a table of metadata says of the file is given to one that is alone in it."""
        waiting = iter(drafts)
        first = list(itertools.islice(waiting, 2))
        if len(first) == 1 and self._job.metadata is not None:
            first = [with_table(first[0], self._job.metadata)]
        return itertools.chain(first, waiting)

    def parts(self, drafts: Iterable[Draft]) -> Iterator[Outcome]:
        """The parts that are full."""
        for draft in drafts:
            self._take(draft)
            if self._parts.is_due:
                yield self._parts.take()

    def _take(self, draft: Draft) -> None:
        job = self._job
        known_id = article_id(job.relative, draft.part_id or draft.part, job.salt)
        hashed = draft_hash(draft)
        if job.parts.get(known_id) == hashed and known_id not in self._sent:
            self._parts.keep(known_id, draft.part)
            return
        with day_leads(always=job.day_first):
            article = article_of(draft, job.relative)
        if article is None:
            return
        if job.salt:
            article = replace(article, id=known_id)
        self._sent.add(known_id)
        self._fresh += 1
        at_once = job.enrich and self._fresh <= _MOST_AT_ONCE and len(article.text) <= _LONG
        self._parts.add(Prepared(article, hashed, enrichment_of(article) if at_once else None))

    def last(self, found: Found, content: Content) -> Outcome:
        """The last part, with what became of the file."""
        has_sent = self._parts.has_sent
        head = content.source.head
        kind = found.recognised[0].format if found.recognised else format_of(head, self._job.relative)
        last = replace(self._parts.take(), format=kind.name.lower(), status=found.status, reason=found.reason)
        if not content.source.is_whole and not content.is_still():
            return replace(last, hash=None, changed_ns=UNSURE)
        if not last.articles and not last.kept and not has_sent and last.status is None:
            return replace(last, status=SkipStatus.EMPTY, reason=last.reason or "contains no text")
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
    with closing(content), day_leads(always=job.day_first):
        drafts = drafts_in(content.source, job.relative, replace(settings, day_first=job.day_first))
        return explained(drafts, job.relative, job.salt, job.article, job.metadata)


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

    def close(self) -> None:
        """Close the catalogue."""
        if self._catalogue is not None:
            self._catalogue.close()


def main() -> None:
    """Serve jobs until the input ends."""
    link = Link(memory=MEMORY_LIMIT)
    with closing(Worker(link.first())) as worker:
        serve(link, worker)


if __name__ == "__main__":
    main()
