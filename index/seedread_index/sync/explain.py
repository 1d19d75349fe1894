"""What reading files says, with nothing stored: why an article is what it is, and what a sync would read.

Files are read in the same child processes as in a sync, under the same limits.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.corrected_articles import as_read
from seedread_index.catalogue.files import all_places, place_of
from seedread_index.catalogue.repetitions import boilerplate
from seedread_index.extract.explain import FIELDS, FileExplanation
from seedread_index.extract.reasons import Where
from seedread_index.extract.records.record import Fields
from seedread_index.extract.repeated_edges import reasons_by_repetition
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.explanation import (
    ArticleExplanation,
    ExplainedField,
    ExplainedPassage,
    FieldValue,
    FileState,
)
from seedread_index.model.status import DryRun
from seedread_index.processes.jobs import Failure, Job
from seedread_index.sync.ingest.reading_jobs import (
    ExplainJob,
    FileJob,
    explain_job,
    file_job,
    reading_pool,
    verdict,
)
from seedread_index.sync.scan.metadata_tables import read_tables
from seedread_index.sync.scan.plan import shown
from seedread_index.sync.scan.walk import Found, Walk
from seedread_index.text.sanitize import clean_line

_CHANGED = "has changed since it was indexed; showing it as it is now"
_GONE = "is gone; showing what the index stored"


def explain(
    catalogue: Catalogue,
    roots: Sequence[Path],
    settings: EngineSettings,
    articles: Sequence[Article],
    cancelled: Callable[[], bool],
) -> Iterator[ArticleExplanation]:
    """The articles with their reasons, in order; as it is stored, without them, where a file is not read."""
    rows = _rows(catalogue, [os.fsencode(root) for root in roots], settings)
    repeated = boilerplate(catalogue)
    numbers = catalogue.numbers([article.id for article in articles])
    originals = as_read(catalogue, {numbers[each.id]: each for each in articles if each.id in numbers})
    before = {original.id: original for original in originals.values()}
    jobs = {}
    for number, article in enumerate(articles):
        place = place_of(catalogue, article.id)
        path = _path(place.root, place.relative) if place is not None else b""
        if place is not None and os.path.lexists(path):
            row = rows.get((place.root, place.relative))
            day_first = settings.of_archive(place.root)[1].day_first
            job = ExplainJob(path, place.relative, article.id, place.salt, row, day_first)
            jobs[number] = explain_job(number, job, place.size, settings)
    readings = _read(list(jobs.values()), settings, cancelled)
    for number, article in enumerate(articles):
        if number not in jobs:
            yield _stored(article, FileState.GONE, _GONE)
        elif (explanation := next(readings, None)) is None:
            return
        else:
            yield _explained(article, explanation, repeated, before.get(article.id))


def as_published(articles: Sequence[Article], labels: Mapping[str, str]) -> Iterator[ArticleExplanation]:
    """The articles of a shared archive as they are stored; `labels` are those of their indexers by id."""
    for article in articles:
        note = f"is with the indexer {labels.get(article.id, 'that published it')}; showing what it published"
        yield _stored(article, FileState.ELSEWHERE, note)


def _explained(
    article: Article, explanation: FileExplanation, repeated: Collection[int], original: Article | None
) -> ArticleExplanation:
    """What a file says of an article, compared with what is stored; `original` is it before corrections."""
    if explanation.article is None:
        return _stored(article, FileState.UNREADABLE, explanation.note)
    if explanation.article.text != article.text:
        return _explanation(explanation.article, explanation, FileState.CHANGED, _CHANGED)
    reasons = _reasons(explanation.article, explanation, repeated)
    if original is not None:
        for passage in set(article.passages).difference(original.passages):
            words = f"corrected by {Where.CORRECTION.value}"
            reasons[passage.start, passage.end, passage.kind] = (words, ())
    return _explanation(article, explanation, FileState.READ, explanation.note, reasons)


_Place = tuple[int, int, str]
_Reasons = dict[_Place, tuple[str, tuple[str, ...]]]


def _path(root: bytes, relative: bytes) -> bytes:
    return os.path.join(root if os.path.isdir(root) else os.path.dirname(root), relative)


def _read(
    jobs: Sequence[Job], settings: EngineSettings, cancelled: Callable[[], bool]
) -> Iterator[FileExplanation]:
    """What the reading processes say, in the order of the jobs; ends early where it is cancelled."""
    if not jobs:
        return
    with reading_pool(settings, ordered=True) as pool:
        for event in pool.run(jobs):
            if cancelled():
                return
            if isinstance(event, Failure):
                yield FileExplanation(note=verdict(event, 0)[1])
            elif event is not None and event.job is not None:
                yield event.value()


def _rows(
    catalogue: Catalogue, roots: Sequence[bytes], settings: EngineSettings
) -> dict[tuple[bytes, bytes], Fields]:
    """What tables of metadata say of files, by root and path; the tables are those of the last sync."""
    tables = {os.fsencode(path) for path, *_ in json.loads(catalogue.meta("metadata_tables") or "[]")}
    if not tables:
        return {}
    number = {root: index for index, root in enumerate(roots)}
    files = [
        Found(number[root], relative, _path(root, relative))
        for root, relative in all_places(catalogue)
        if root in number
    ]
    found = read_tables([file for file in files if file.path in tables], files, roots, settings)
    return {(roots[index], relative): row for (index, relative), row in found.rows.items()}


def _reasons(fresh: Article, explanation: FileExplanation, repeated: Collection[int]) -> _Reasons:
    """The reasons of passages by their places and kinds: of the file's reading, and of the archive's look."""
    again = reasons_by_repetition(fresh, repeated)
    reasons: _Reasons = {place: (reason.words, ()) for place, reason in again.items()}
    for passage, reason, signs in zip(fresh.passages, explanation.reasons, explanation.signs, strict=True):
        reasons[passage.start, passage.end, passage.kind] = (reason.words, signs)
    return reasons


def _explanation(
    article: Article,
    explanation: FileExplanation,
    state: FileState,
    note: str,
    reasons: _Reasons | None = None,
) -> ArticleExplanation:
    if reasons is None:
        reasons = {
            (passage.start, passage.end, passage.kind): (reason.words, signs)
            for passage, reason, signs in zip(
                article.passages, explanation.reasons, explanation.signs, strict=True
            )
        }
    unknown = (Where.STORED.value, ())
    passages = []
    for passage in article.passages:
        why, signs = reasons.get((passage.start, passage.end, passage.kind), unknown)
        passages.append(ExplainedPassage(passage.start, passage.end, passage.kind, why, signs))
    stored = _stored_fields(article)
    fields = tuple(
        _reconciled(stored[field.name], field, inferred=article.title_inferred)
        for field in explanation.fields
    )
    return ArticleExplanation(
        article=article,
        state=state,
        fields=fields,
        passages=tuple(passages),
        format=explanation.format,
        read_as=explanation.read_as,
        recognised_by=explanation.recognised_by,
        note=note,
    )


def _reconciled(stored: FieldValue | None, read: ExplainedField, *, inferred: bool) -> ExplainedField:
    """A field as it is stored, with what the file says of it where that is something else."""
    if stored is None or (read.chosen is not None and stored.value == read.chosen.value):
        return (
            read
            if stored is not None or read.chosen is None
            else ExplainedField(read.name, None, (read.chosen, *read.others))
        )
    where = Where.CORRECTION if stored.origin == "correction" else Where.STORED
    if read.name == "title" and inferred:
        where = Where.OPENING
    beaten = [value for value in (read.chosen, *read.others) if value is not None and value.origin]
    return ExplainedField(read.name, FieldValue(stored.value, stored.origin, where.value), tuple(beaten))


def _stored(article: Article, state: FileState, note: str) -> ArticleExplanation:
    """What is stored of an article, without the reasons of the rules."""
    fields = _stored_fields(article)
    passages = tuple(ExplainedPassage(each.start, each.end, each.kind) for each in article.passages)
    return ArticleExplanation(
        article,
        state,
        tuple(ExplainedField(name, fields[name]) for name in FIELDS),
        passages,
        note=note,
    )


def _stored_fields(article: Article) -> dict[str, FieldValue | None]:
    """The fields of a stored article, and where each comes from as far as that is stored."""
    origin = article.origin
    values = {
        "title": (article.title, origin.title_from),
        "date": (article.date.isoformat() if article.date else None, article.date_from),
        "source": (article.source, origin.source_from),
        "author": (article.author, origin.author_from),
        "url": (origin.url, None),
        "section": (origin.section, None),
    }
    return {
        name: FieldValue(clean_line(value or ""), origin, None) if value or origin == "correction" else None
        for name, (value, origin) in values.items()
    }


def dry_run(roots: Sequence[Path], settings: EngineSettings) -> Generator[DryRun, None, None]:
    """Each path that a sync would meet, in the order of the walk within those read and those left out."""
    files: list[Found] = []
    for found in Walk(roots, settings):
        if found.status is None:
            files.append(found)
        else:
            yield DryRun(shown(found.relative), found.relative, reason=found.reason)
    yield from _tried(files, settings)


def _tried(files: Sequence[Found], settings: EngineSettings) -> Iterator[DryRun]:
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
