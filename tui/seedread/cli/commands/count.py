"""`seedread count`: how many articles match a query, in how many places, by month, author or name.

Near-duplicates count one by one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import partial

from seedread.analysis.counts import GROUPS, NAME_GROUPS, UNKNOWN, counted_by
from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, USAGE, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import Queries, add_queries, explain_no_results, hits, partial_notice
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.model.results import Results

EPILOG = """\
  seedread count Kremlin
  seedread count person:Putin --by month
  seedread count grain --by source,year --csv
  seedread count grain --by person
  seedread count --queries names.txt --csv"""

COLUMNS = ("query", "articles")
_DATED = frozenset({"year", "month", "date", "day"})
_MOST_GROUPS = 2
_KINDS = (*GROUPS, *NAME_GROUPS)


def configure(parser: Parser) -> None:
    """Declare the options."""
    add_queries(parser)
    parser.add_argument(
        "--by",
        metavar="GROUP[,GROUP]",
        type=_groups,
        help="count per " + ", ".join(_KINDS) + ", or per pair of two of them",
    )
    parser.add_argument("--hits", action="store_true", help="also count hits")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_period(parser)


def run(context: Context) -> int:
    """Print one count per query, or one per group. Raises UsageError."""
    options = context.options
    queries = Queries(context)
    if options.by and options.hits:
        raise UsageError("--by and --hits cannot be combined", "use only one of them")
    columns = ("query", *options.by, "articles") if options.by else (*COLUMNS, *["hits"] * options.hits)
    records = Records(context, columns)
    found = False
    with open_archive(context) as archive:
        for results in queries.results_of_each(archive):
            found = found or results.total > 0
            for record in _counts(context, archive, results):
                records.write(record, partial(_lines, record, queries.several, columns))
            if results.partial:
                context.messages.info(partial_notice(results.total))
            if not results.total:
                for reason in explain_no_results(archive, results, queries.outside_period):
                    context.messages.info(reason)
        records.close(lambda rows: {"schema": json_shapes.SCHEMA, "counts": rows})
    return USAGE if queries.failed else FOUND if found else NOTHING


def _counts(context: Context, archive: Archive, results: Results) -> Iterator[json_shapes.Shape]:
    """The counts of one query."""
    record: json_shapes.Shape = {
        "schema": json_shapes.SCHEMA,
        "query": results.query,
        "partial": results.partial,
    }
    by = context.options.by
    if by is None:
        record["articles"] = results.total
        if context.options.hits:
            every = list(hits(archive, results, 0, snippets=0))
            record["hits"] = sum(hit.hits for hit in every)
            record["partial"] |= any(hit.partial for hit in every)
        yield record
        return
    groups = counted_by(archive, results.each_id(), by)
    for names, count in sorted(groups.items(), key=lambda each: _order(by, *each)):
        values = {group: None if name == UNKNOWN else name for group, name in zip(by, names, strict=True)}
        yield {**record, **values, "articles": count}


def _order(by: Sequence[str], names: tuple[str, ...], count: int) -> tuple[object, ...]:
    """Dates in their order, everything else most first."""
    if len(by) > 1:
        return names
    return names if by[0] in _DATED else (-count, names)


def _groups(text: str) -> tuple[str, ...]:
    """The groups of --by. Raises ArgumentTypeError."""
    groups = tuple(dict.fromkeys(text.split(",")))
    for group in groups:
        if group not in _KINDS:
            raise argparse.ArgumentTypeError(f"unknown group: {group!r} (choose from {', '.join(_KINDS)})")
    if len(groups) > _MOST_GROUPS:
        raise argparse.ArgumentTypeError(f"at most {_MOST_GROUPS} groups, such as source,month")
    return groups


def _lines(record: json_shapes.Shape, several: bool, columns: tuple[str, ...]) -> Iterator[str]:
    """Numbers first, tab after; the query where there are several."""
    cells = [str(record["articles"])]
    if "hits" in record:
        cells.append(str(record["hits"]))
    cells += [safe(record[name] or UNKNOWN) for name in columns if name in _KINDS]
    if several:
        cells.append(safe(record["query"]))
    yield "\t".join(cells)
