"""`seedread kwic`: a concordance, every place where a query matches with the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from seedread.analysis.concordance import (
    COLLOCATE_COLUMNS,
    COLUMNS,
    WINDOW,
    ContextLine,
    collocate_records,
    context_lines,
    record_of,
    sorted_lines,
)
from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, USAGE, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records, columns, cut
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import Queries, add_queries, explain_no_results, near_duplicates, partial_notice
from seedread.cli.streams.stderr import cells, safe
from seedread_index.archive import Archive
from seedread_index.model.results import Results

EPILOG = """\
  seedread kwic Kremlin
  seedread kwic '"state media"' --sort right --width 60 -C ~/articles
  seedread kwic grain --collocates -n 20"""

SORTS = ("relevance", "date", "title", "path", "left", "right")
_SIDE = 40
_NARROWEST = 10
_BESIDE = 40
"""Cells of a line for the date, the hit and the file."""


def configure(parser: Parser) -> None:
    """Declare the options."""
    add_queries(parser)
    parser.add_argument(
        "--width",
        type=shared.whole_number(1, 1000, "characters"),
        metavar="N",
        help="characters on each side (default: 40, fewer in a narrow terminal)",
    )
    parser.add_argument(
        "--collocates",
        action="store_true",
        help="print the words near the hits, ranked by log-likelihood (Dunning 1993)",
    )
    parser.add_argument(
        "--window",
        type=shared.whole_number(1, 50, "words"),
        default=WINDOW,
        metavar="N",
        help="words on each side that count as near, for --collocates (default: 5)",
    )
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_rows(parser, SORTS, "at most N lines; 0: all, near-duplicates too (default: all others)")
    shared.add_period(parser)
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print one line per hit, or one per word near the hits."""
    if context.options.collocates:
        return _run_collocates(context)
    sort = context.options.sort
    queries = Queries(context, "relevance" if sort in {"left", "right"} else sort)
    side = _side(context)
    records = Records(context, COLUMNS, (*COLUMNS, "title", "source", "query"))
    with open_archive(context) as archive:
        for results in queries.results_of_each(archive):
            shortened: list[str] = []
            before = records.written
            found = context_lines(archive, results, side, shortened)
            lines = sorted_lines(found, sort) if sort in {"left", "right"} else found
            for line in islice(lines, context.options.limit or None):
                record = record_of(line)
                if queries.several:
                    record["query"] = results.query
                records.write(record, partial(_lines, context, line, side))
            if shortened:
                context.messages.info(f"partial: lines may be missing from {', '.join(map(safe, shortened))}")
            if results.total and records.written == before:
                context.messages.info(f"{safe(results.query)} has no word to show in the articles that match")
            _notices(context, queries, archive, results)
        records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "lines": rows})
    return USAGE if queries.failed else FOUND if records.written else NOTHING


def _run_collocates(context: Context) -> int:
    """Print the collocates of one query, or of one query per line."""
    options = context.options
    if options.sort != SORTS[0]:
        raise UsageError(
            "--collocates and --sort cannot be combined", "collocates are ranked by log-likelihood"
        )
    queries = Queries(context)
    columns = ("query",) * queries.several + COLLOCATE_COLUMNS
    head = f"{'likelihood':>10}  {'near':>6} of {'total':<6}  word"
    records = Records(context, columns, ("query", *COLLOCATE_COLUMNS), head=head)
    with open_archive(context) as archive:
        for results in queries.results_of_each(archive):
            found = collocate_records(archive, results, window=options.window)
            for record in islice(found, options.limit or None):
                records.write(record, partial(_collocate_lines, record))
            _notices(context, queries, archive, results)
        records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "collocates": rows})
    return USAGE if queries.failed else FOUND if records.written else NOTHING


def _notices(context: Context, queries: Queries, archive: Archive, results: Results) -> None:
    """What is missing from the lines of a query, and why."""
    if results.partial:
        context.messages.info(partial_notice(results.total))
    if not results.total:
        for reason in explain_no_results(archive, results, queries.outside_period):
            context.messages.info(reason)
    elif context.options.limit is None and (left_out := near_duplicates(results)):
        context.messages.info(f"without {left_out} (-n 0 for all)")


def _collocate_lines(record: json_shapes.Shape) -> Iterator[str]:
    counts = f"{record['near']:>6,} of {record['total']:<6,}"
    yield f"{record['log_likelihood']:>10.2f}  {counts}  {safe(record['word'])}"


def _side(context: Context) -> int:
    """How many characters stand on each side of a hit."""
    if context.options.width is not None:
        return int(context.options.width)
    width = columns(context.out)
    return _SIDE if width is None else max(_NARROWEST, min(_SIDE, (width - _BESIDE) // 2))


def _lines(context: Context, line: ContextLine, width: int) -> Iterator[str]:
    """The hits stand under each other."""
    paint = context.paint
    date = line.date.isoformat() if line.date else "-" * 10
    before = " " * (width - cells(line.left)) + line.left
    after = line.right + " " * (width - cells(line.right))
    path, room = line.path, columns(context.out)
    if room is not None:
        path = cut(path, max(_NARROWEST, room - len(date) - 2 * width - cells(line.hit) - 4))
    yield f"{paint('date', date)}  {before}{paint('mark', line.hit)}{after}  {paint('path', path)}"
