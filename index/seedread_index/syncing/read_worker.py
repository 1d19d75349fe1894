"""The program of a reading process: takes jobs on its standard input, gives outcomes on its output."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from seedread_index.article import Article, article_id
from seedread_index.entities.annotate import by_rules
from seedread_index.reading.reader import read_bytes, read_file
from seedread_index.reading.repetition import edge_paragraphs
from seedread_index.settings import EngineSettings
from seedread_index.status import SkipStatus
from seedread_index.storage.catalogue import Catalogue
from seedread_index.syncing.content import content_of
from seedread_index.syncing.jobs import READY, Job, Outcome, Prepared, Study, StudyJob, framed, read_frame
from seedread_index.syncing.parent import die_with_parent
from seedread_index.syncing.resemblance import shingles, sketch

MEMORY_LIMIT = 1024 * 1024 * 1024
"""How much a reading process may hold, in bytes; the largest file takes well under half of it."""
_LONG = 100_000
"""Texts that are longer than this, in code points together, are told before their names are looked for."""
_STUDIED = 1_000_000
"""Names are looked for in so many code points of a text; no article is as long, only dumps of data are."""


def outcomes(job: Job, settings: EngineSettings) -> Iterator[Outcome]:
    """What a file gives; where that is long, the articles first and then what was worked out from them."""
    started = time.process_time()
    try:
        content = content_of(job.path, settings.max_file_size)
    except OSError:
        content = None
    if content is None:
        reading = read_file(job.path, job.relative, settings)
        yield Outcome(job.number, status=reading.status or SkipStatus.BROKEN, reason=reading.reason)
        return
    told = Outcome(job.number, content.size, content.changed_ns, content.hash)
    if content.hash == job.known:
        yield replace(told, same=True)
        return
    reading = read_bytes(content.data, job.relative, settings)
    told = replace(told, status=reading.status, reason=reading.reason)
    articles = [_salted(article, job) for article in reading.articles]
    del content, reading
    unstudied = replace(told, articles=tuple(Prepared(article) for article in articles))
    if not job.study:
        yield unstudied
        return
    long = sum(len(article.text) for article in articles) > _LONG
    if long:
        yield replace(unstudied, final=False)
    studied: dict[int, Study] = {}
    for place, article in enumerate(articles):
        if time.process_time() - started < settings.file_time_limit / 2:
            studied[place] = study_of(article)
    later = Outcome(job.number, studies=studied)
    yield later if long else unstudied.studied(later)


def studies(job: StudyJob, catalogue: Catalogue) -> Iterator[Outcome]:
    """The studies of stored articles."""
    articles = catalogue.by_number(job.articles)
    yield Outcome(job.number, studies={number: study_of(article) for number, article in articles.items()})


def study_of(article: Article) -> Study:
    """What is worked out from an article alone."""
    text = article.text[:_STUDIED]
    passages = [passage for passage in article.passages if passage.end <= len(text)]
    return Study(
        by_rules(text, passages, article.lang),
        sketch(shingles(article)),
        tuple(edge.fingerprint for edge in edge_paragraphs(article)),
    )


def _salted(article: Article, job: Job) -> Article:
    if not job.salt:
        return article
    return replace(article, id=article_id(job.relative, article.part, job.salt))


class _Server:
    """Does jobs; too little memory is an outcome, too."""

    def __init__(self, settings: EngineSettings, out: IO[bytes]) -> None:
        self._settings = settings
        self._out = out
        self._catalogue: Catalogue | None = None

    def serve(self, job: Job | StudyJob) -> None:
        """Do a job and tell what became of it."""
        reason = "needs more memory than one file may take; split it"
        last = Outcome(job.number, status=SkipStatus.BROKEN, reason=reason)
        try:
            for outcome in self._outcomes(job):
                self._tell(outcome)
                last = Outcome(job.number)  # What was told stands.
                del outcome
        except (MemoryError, RecursionError):
            self._tell(last)

    def _outcomes(self, job: Job | StudyJob) -> Iterator[Outcome]:
        if isinstance(job, Job):
            return outcomes(job, self._settings)
        if self._catalogue is None:
            self._catalogue = Catalogue.open(Path(job.path))
        return studies(job, self._catalogue)

    def _tell(self, outcome: Outcome) -> None:
        self._out.write(framed(outcome, final=outcome.final))
        self._out.flush()


def main(parent: int) -> None:
    """Serve jobs until the standard input ends; what would be printed goes nowhere."""
    die_with_parent(parent)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    jobs = os.fdopen(os.dup(0), "rb")
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    out.write(framed(READY))
    out.flush()
    server = _Server(read_frame(jobs), out)
    while (job := read_frame(jobs)) is not None:
        server.serve(job)


if __name__ == "__main__":
    main(int(sys.argv[1]))
