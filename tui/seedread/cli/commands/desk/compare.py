"""`seedread compare`: compare the results of two queries, as counts, over time, or as articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

from seedread.analysis.counts import compared, count_by
from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import partial_notice, period
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.model.results import Results, SearchRequest

EPILOG = """\
  seedread compare grain wheat
  seedread compare person:Putin person:Erdogan --by month --csv
  seedread compare grain wheat --show both
Quote each query; near-duplicates count separately."""

PARTS = ("only_a", "both", "only_b")
COLUMNS = ("a", "b", *PARTS)
ARTICLE_COLUMNS = ("in", "path", "title", "date", "source", "id")
SORTS = ("date", "title", "path")
_GROUPS = ("year", "month", "day", "source", "author", "lang")
_BATCH = 500


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("QUERY QUERY", "two queries, A and B")
    group = parser.add_argument_group("what to print (default: three counts)").add_mutually_exclusive_group()
    group.add_argument("--by", choices=_GROUPS, help="counts per year, month, day, source …")
    group.add_argument("--show", choices=("a", "both", "b"), help="list the articles of one part")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_period(parser)


def run(context: Context) -> int:
    """Compare two queries. Raises UsageError."""
    options = context.options
    if len(options.words) != 2:
        raise UsageError("compare needs two queries", "quote each: seedread compare 'QUERY' 'QUERY'")
    since, until = period(options.since, options.until)
    with open_archive(context) as archive:
        a, b = (
            archive.search(SearchRequest(words, sort="date", group=False, since=since, until=until))
            for words in options.words
        )
        for results in (a, b):
            if results.partial:
                context.messages.info(f"{safe(results.query)}: {partial_notice(results.total)}")
        if options.show:
            return _show(context, archive, a, b)
        return _count(context, archive, a, b)


def _count(context: Context, archive: Archive, a: Results, b: Results) -> int:
    by = context.options.by
    parts = asdict(compared(a, b))
    records = Records(context, (by, *PARTS) if by else COLUMNS, (*COLUMNS, *([by] if by else ())))
    common = {"schema": json_shapes.SCHEMA, "a": a.query, "b": b.query, "partial": a.partial or b.partial}
    if by is None:
        record = common | {part: len(ids) for part, ids in parts.items()}
        records.write(record, partial(_lines, record))
    else:
        counts = {part: count_by(archive, ids, by) for part, ids in parts.items()}
        names = sorted({name for groups in counts.values() for name in groups}, key=lambda n: (n is None, n))
        for name in names:
            record = common | {by: name} | {part: groups[name] for part, groups in counts.items()}
            records.write(record, partial(_group_lines, record, by))
    records.close(
        lambda rows: common | {part: len(ids) for part, ids in parts.items()} | {"by": by, "rows": rows}
    )
    return FOUND if any(parts.values()) else NOTHING


def _show(context: Context, archive: Archive, a: Results, b: Results) -> int:
    wanted = {"a": "only_a", "both": "both", "b": "only_b"}[context.options.show]
    ids = asdict(compared(a, b))[wanted]
    records = Records(context, ARTICLE_COLUMNS)
    for start in range(0, len(ids), _BATCH):
        for header in archive.headers(ids[start : start + _BATCH]):
            record = json_shapes.header(header) | {"in": wanted}
            records.write(record, partial(_article_lines, record))
    if not ids:
        context.messages.info("no such articles")
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "articles": rows})
    return FOUND if ids else NOTHING


def _lines(record: json_shapes.Shape) -> Iterator[str]:
    yield f"{record['only_a']:>8,}  only {safe(record['a'])}"
    yield f"{record['both']:>8,}  both"
    yield f"{record['only_b']:>8,}  only {safe(record['b'])}"


def _group_lines(record: json_shapes.Shape, by: str) -> Iterator[str]:
    counts = "  ".join(f"{record[part]:>7,}" for part in PARTS)
    yield f"{counts}  {safe(record[by] or 'unknown')}"


def _article_lines(record: json_shapes.Shape) -> Iterator[str]:
    yield f"{record['date'] or '-' * 10}  {safe(record['title'])}  {safe(record['path'])}"
