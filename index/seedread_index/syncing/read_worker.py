"""The program of a reading process: takes jobs on its standard input, gives outcomes on its output."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from seedread_index.article import Article, article_id
from seedread_index.entities.annotate import by_rules
from seedread_index.reading.reader import read_bytes, read_file
from seedread_index.settings import EngineSettings
from seedread_index.status import SkipStatus
from seedread_index.syncing.content import content_of
from seedread_index.syncing.jobs import READY, Job, Outcome, Prepared, framed, read_frame
from seedread_index.syncing.parent import die_with_parent
from seedread_index.syncing.resemblance import shingles, sketch

MEMORY_LIMIT = 1024 * 1024 * 1024
"""How much a reading process may hold, in bytes; the largest file takes well under half of it."""
_LONG = 100_000
"""Texts that are longer than this, in code points together, are told before their names are looked for."""


def outcomes(job: Job, settings: EngineSettings) -> Iterator[Outcome]:
    """What a file gives: first in part where it is long, at last in full."""
    started = time.monotonic()
    try:
        content = content_of(job.path, settings.max_file_size)
    except OSError:
        content = None
    if content is None:
        reading = read_file(job.path, job.relative, settings)
        yield Outcome(job.number, status=reading.status or SkipStatus.BROKEN, reason=reading.reason)
        return
    told = Outcome(job.number, content.size, content.mtime_ns, content.hash)
    if content.hash == job.known:
        yield replace(told, same=True)
        return
    reading = read_bytes(content.data, job.relative, settings)
    told = replace(told, status=reading.status, reason=reading.reason)
    articles = [_salted(article, job) for article in reading.articles]
    del content, reading
    if sum(len(article.text) for article in articles) > _LONG:
        yield replace(told, articles=tuple(Prepared(article) for article in articles), final=False)
    prepared = []
    for article in articles:
        in_time = time.monotonic() - started < settings.file_time_limit / 2
        prepared.append(_prepared(article) if in_time else Prepared(article))
    yield replace(told, articles=tuple(prepared))


def _salted(article: Article, job: Job) -> Article:
    if not job.salt:
        return article
    return replace(article, id=article_id(job.relative, article.part, job.salt))


def _prepared(article: Article) -> Prepared:
    return Prepared(
        article, by_rules(article.text, article.passages, article.lang), sketch(shingles(article))
    )


def _reserved(job: Job, settings: EngineSettings, out: IO[bytes]) -> None:
    """Do a job; too little memory is an outcome, too."""
    try:
        for outcome in outcomes(job, settings):
            out.write(framed(outcome, final=outcome.final))
            out.flush()
    except (MemoryError, RecursionError):
        reason = "needs more memory than one file may take; split it"
        out.write(framed(Outcome(job.number, status=SkipStatus.BROKEN, reason=reason)))
        out.flush()


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
    settings: EngineSettings = read_frame(jobs)
    while (job := read_frame(jobs)) is not None:
        _reserved(job, settings, out)


if __name__ == "__main__":
    main(int(sys.argv[1]))
