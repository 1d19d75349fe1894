"""The JSON shapes that scripts rely on (docs/contract.md), made from the engine's values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from seedread.cli.streams.stdout import Record
from seedread_index.export.lines import one_line
from seedread_index.model.article import Article, Origin, authors_of
from seedread_index.model.correction import ListedCorrection
from seedread_index.model.entity import Entity
from seedread_index.model.explanation import ArticleExplanation, FieldValue
from seedread_index.model.results import Hit, OtherForms, Results
from seedread_index.model.status import CopyFile, DryRun, Skipped, Status

if TYPE_CHECKING:
    from seedread_index.archive import Facets
    from seedread_index.model.article import Header

SCHEMA = 1
ORIGIN = ("authors", "url", "section", "published")
"""What is known of an article's origin beside its source and author, by its names in every shape."""

Shape = dict[str, Any]


def article(value: Article) -> Shape:
    """The shape of `show`."""
    return {
        "schema": SCHEMA,
        "id": value.id,
        "path": value.path,
        "path_hex": value.path_bytes.hex(),
        "part": value.part,
        "copies": list(value.copies),
        "title": value.title,
        "title_inferred": value.title_inferred,
        "date": value.date.isoformat() if value.date else None,
        "date_from": value.date_from,
        "source": value.source,
        "author": value.author,
        **_origin(value.author, value.origin),
        "part_id": value.origin.part_id,
        "title_from": value.origin.title_from,
        "source_from": value.origin.source_from,
        "author_from": value.origin.author_from,
        "lang": value.lang,
        "text": value.text,
        "passages": [{"start": p.start, "end": p.end, "kind": p.kind.value} for p in value.passages],
        "mentions": [
            {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "label": m.label,
                "type": m.type.value,
                "entity": m.entity,
            }
            for m in value.mentions
        ],
        "neutralised": value.neutralised,
    }


_FIRST_WORDS = 80


def explanation(value: ArticleExplanation) -> Shape:
    """The shape of `show --explain`."""
    text = value.article.text
    return {
        "schema": SCHEMA,
        "id": value.article.id,
        "path": value.article.path,
        "path_hex": value.article.path_bytes.hex(),
        "part": value.article.part,
        "file": value.state.value,
        "note": value.note or None,
        "format": value.format,
        "read_as": value.read_as,
        "recognised_by": value.recognised_by,
        "fields": [
            {
                "field": field.name,
                **(_field_value(field.chosen) if field.chosen else _NO_VALUE),
                "beaten": [_field_value(other) for other in field.others],
            }
            for field in value.fields
        ],
        "passages": [
            {
                "start": p.start,
                "end": p.end,
                "kind": p.kind.value,
                "why": p.why,
                "signs": list(p.signs),
                "text": one_line(text[p.start : min(p.end, p.start + _FIRST_WORDS)]),
            }
            for p in value.passages
        ],
    }


_NO_VALUE: Shape = {"value": None, "from": None, "where": None}


def _field_value(value: FieldValue) -> Shape:
    return {"value": value.value or None, "from": value.origin, "where": value.where}


def _origin(author: str | None, origin: Origin) -> Shape:
    """What is known of where an article comes from; several authors one by one."""
    return {
        "authors": authors_of(author),
        "url": origin.url,
        "section": origin.section,
        "published": origin.published,
    }


def _row(value: Hit | Header) -> Shape:
    """What the rows of `search` and of `list` begin with."""
    return {
        "schema": SCHEMA,
        "id": value.id,
        "path": value.path,
        "title": value.title,
        "title_inferred": value.title_inferred,
        "date": value.date.isoformat() if value.date else None,
        "source": value.source,
        "author": value.author,
        **_origin(value.author, value.origin),
    }


def hit(value: Hit, query: str | None = None) -> Shape:
    """The shape of one row of `search`; `query` is added where several were asked."""
    shape: Shape = {
        **_row(value),
        "score": value.score,
        "hits": value.hits,
        "spans": [list(span) for span in value.spans],
        "snippets": [
            {"text": s.text, "start": s.start, "end": s.end, "marks": [list(mark) for mark in s.marks]}
            for s in value.snippets
        ],
        "variants": list(value.variants),
        "partial": value.partial,
    }
    if query is not None:
        shape["query"] = query
    return shape


def results(value: Results, other: OtherForms | None, hits: Sequence[Record]) -> Shape:
    """The shape around the rows of `search --json`, with what other forms of exact words would give."""
    return {
        "schema": SCHEMA,
        "query": value.query,
        "explained": value.explained,
        "total": value.total,
        "partial": value.partial,
        "more_with_forms": other.articles if other else 0,
        "with_forms": other.query if other else None,
        "elapsed_ms": round(value.elapsed_ms, 3),
        "hits": list(hits),
    }


_FACETS = {
    "person": "people",
    "place": "places",
    "org": "orgs",
    "group": "groups",
    "source": "sources",
    "author": "authors",
    "year": "years",
    "lang": "languages",
}
"""The attribute of Facets of each facet."""


def facets(value: Facets, query: str) -> Shape:
    """The shape of `search --facets`."""
    return {
        "schema": SCHEMA,
        "query": query,
        "total": value.total,
        "partial": value.partial,
        "facets": {
            name: [
                {"value": each.label, "id": each.id, "count": each.articles}
                for each in getattr(value, attribute)
            ]
            for name, attribute in _FACETS.items()
        },
    }


def header(value: Header) -> Shape:
    """The shape of one row of `list`."""
    return {
        **_row(value),
        "lang": value.lang,
        "words": value.words,
    }


def entity(value: Entity) -> Shape:
    """The shape of one row of `entities`."""
    return {
        "schema": SCHEMA,
        "id": value.id,
        "name": value.name,
        "type": value.type.value,
        "articles": value.articles,
        "mentions": value.mentions,
        "aliases": list(value.aliases),
        "related": [{"id": r.id, "kind": r.kind, "name": r.name} for r in value.related],
        "first": value.first.isoformat() if value.first else None,
        "last": value.last.isoformat() if value.last else None,
    }


def status(value: Status) -> Shape:
    """The shape of `status`."""
    return {
        "schema": SCHEMA,
        "folders": list(value.folders),
        "articles": value.articles,
        "searchable": value.searchable,
        "annotated": value.annotated,
        "engine": value.engine,
        "changed_at": value.changed_at,
        "owner": value.owner,
        "writer": {"pid": value.writer.pid, "since": value.writer.since} if value.writer else None,
        "skipped": [
            {
                "path": s.path,
                "path_hex": s.path_bytes.hex(),
                "status": s.status.value,
                "reason": s.reason,
            }
            for s in value.skipped
        ],
        "files": {
            "seen": value.files.seen,
            "read": value.files.read,
            "copies": value.files.copies,
            "left_out": value.files.left_out,
        },
        "left_out": [{"rule": rule, "count": count} for rule, count in value.left_out],
        "metadata_table": value.metadata_table,
        "index_engine": {
            "name": value.index_engine.name,
            "version": value.index_engine.version,
            "checksums": value.index_engine.checksums,
        },
    }


def file(value: Skipped | CopyFile) -> Shape:
    """The shape of one row of `status --files`: a file that gave no article, or only copies."""
    shape: Shape = {"schema": SCHEMA, "path": value.path, "path_hex": value.path_bytes.hex()}
    if isinstance(value, Skipped):
        return shape | {"rule": value.status.value, "reason": value.reason, "copy_of": None}
    return shape | {"rule": "copy", "reason": None, "copy_of": value.copy_of}


def correction(value: ListedCorrection) -> Shape:
    """The shape of one row of `correct --list`."""
    kept = value.correction
    return {
        "schema": SCHEMA,
        "do": kept.do,
        "articles": [{"path": name.path, "part": name.part, "id": name.id} for name in kept.articles],
        "value": kept.value,
        "text": kept.quote.text if kept.quote else None,
        "line": kept.line,
        "problem": value.problem or None,
    }


def dry_run(value: DryRun) -> Shape:
    """The shape of one row of `index --dry-run`."""
    return {
        "schema": SCHEMA,
        "path": value.path,
        "path_hex": value.path_bytes.hex(),
        "format": value.format,
        "articles": value.articles,
        "reason": value.reason,
    }
