"""Why a stored article is what it is: its file is read again in a child process, under a sync's limits."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.corrected import as_read
from seedread_index.catalogue.files import FilePlace, all_places, place_of
from seedread_index.catalogue.repetitions import boilerplate
from seedread_index.extract.explain import FIELDS, FileExplanation
from seedread_index.extract.reasons import Where
from seedread_index.extract.records.record import Fields
from seedread_index.extract.segmentation.boilerplate.repeated_edges import reasons_by_repetition
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.explanation import (
    ArticleExplanation,
    ExplainedField,
    ExplainedPassage,
    FieldValue,
    FileState,
)
from seedread_index.processes.jobs import Failure
from seedread_index.sync.ingest.reading_jobs import ExplainJob, explain_job, reading_pool, verdict
from seedread_index.sync.scan.metadata_tables import row_for
from seedread_index.sync.scan.walk import Found
from seedread_index.text.sanitize import clean_line

_CHANGED = "has changed since it was indexed; this is how it reads now"
_GONE = "is gone; this is what the index has of it"


def explain(
    catalogue: Catalogue, roots: Sequence[Path], settings: EngineSettings, article: Article
) -> ArticleExplanation:
    """The article with its reasons; as it is stored, without them, where its file cannot be read again."""
    place = place_of(catalogue, article.id)
    path = _path(place.root, place.relative) if place is not None else b""
    if place is None or not os.path.lexists(path):
        return _stored(article, FileState.GONE, _GONE)
    row = _row(catalogue, [os.fsencode(root) for root in roots], place, settings)
    day_first = settings.of_archive(place.root)[1].day_first
    job = ExplainJob(path, place.relative, article.id, place.salt, row[0] if row else None, day_first)
    told = _read(job, place.size, settings)
    if told.article is None:
        return _stored(article, FileState.UNREADABLE, told.note)
    if told.article.text != article.text:
        return _explanation(told.article, told, FileState.CHANGED, _CHANGED)
    return _explanation(article, told, FileState.READ, told.note, _reasons(catalogue, article, told))


_Place = tuple[int, int, str]
_Reasons = dict[_Place, tuple[str, tuple[str, ...]]]


def _path(root: bytes, relative: bytes) -> bytes:
    return os.path.join(root if os.path.isdir(root) else os.path.dirname(root), relative)


def _read(job: ExplainJob, size: int, settings: EngineSettings) -> FileExplanation:
    """What a reading process says; why nothing, where it does not."""
    told = FileExplanation(note="was not read")
    with reading_pool(settings, ordered=True) as pool:
        for event in pool.run([explain_job(job, size, settings)]):
            if isinstance(event, Failure):
                told = FileExplanation(note=verdict(event, 0)[1])
            elif event is not None and event.job is not None:
                told = event.value()
    return told


def _row(
    catalogue: Catalogue, roots: Sequence[bytes], place: FilePlace, settings: EngineSettings
) -> tuple[Fields, bytes] | None:
    """What a table of metadata says of the file, as the last sync knew the tables."""
    tables = [os.fsencode(path) for path, *_ in json.loads(catalogue.meta("metadata_tables") or "[]")]
    if not tables or place.root not in roots:
        return None
    number = {root: index for index, root in enumerate(roots)}
    files = [
        Found(number[root], relative, _path(root, relative))
        for root, relative in all_places(catalogue)
        if root in number
    ]
    return row_for((number[place.root], place.relative), tables, files, roots, settings)


def _reasons(catalogue: Catalogue, article: Article, told: FileExplanation) -> _Reasons:
    """The reasons of passages by their places and kinds: of the file's reading, and of the archive's look."""
    fresh = told.article or article
    again = reasons_by_repetition(fresh, boilerplate(catalogue))
    reasons: _Reasons = {place: (reason.words, ()) for place, reason in again.items()}
    for passage, reason, signs in zip(fresh.passages, told.reasons, told.signs, strict=True):
        reasons[passage.start, passage.end, passage.kind] = (reason.words, signs)
    for original in as_read(catalogue, {catalogue.numbers([article.id])[article.id]: article}).values():
        for passage in article.passages:
            if passage not in original.passages:
                reasons[passage.start, passage.end, passage.kind] = (
                    f"corrected by {Where.CORRECTION.value}",
                    (),
                )
    return reasons


def _explanation(
    article: Article,
    told: FileExplanation,
    state: FileState,
    note: str,
    reasons: _Reasons | None = None,
) -> ArticleExplanation:
    if reasons is None:
        reasons = {
            (passage.start, passage.end, passage.kind): (reason.words, signs)
            for passage, reason, signs in zip(article.passages, told.reasons, told.signs, strict=True)
        }
    unknown = (Where.STORED.value, ())
    passages = []
    for passage in article.passages:
        why, signs = reasons.get((passage.start, passage.end, passage.kind), unknown)
        passages.append(ExplainedPassage(passage.start, passage.end, passage.kind, why, signs))
    stored = _stored_fields(article)
    fields = tuple(
        _reconciled(stored[field.name], field, inferred=article.title_inferred) for field in told.fields
    )
    return ArticleExplanation(
        article, state, fields, tuple(passages), told.format, told.read_as, told.recognised_by, note
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
