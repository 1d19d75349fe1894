"""`seedread count`: how many articles meet a query, in how many places, by month, author or language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, USAGE, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import Queries, add_queries, explain_no_results, hits, partial_notice
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.model.article import authors_of
from seedread_index.model.results import Results

if TYPE_CHECKING:
    from seedread_index.model.article import Header

EPILOG = """\
  seedread count Kremlin
  seedread count person:Putin --by month
  seedread count --queries names.txt --csv"""

COLUMNS = ("query", "articles")
_UNKNOWN = "unknown"
_BATCH = 1000


def _day(header: Header, length: int) -> tuple[str]:
    return (header.date.isoformat()[:length] if header.date else _UNKNOWN,)


_KEYS: dict[str, Callable[[Header], tuple[str, ...]]] = {
    "year": lambda header: _day(header, 4),
    "month": lambda header: _day(header, 7),
    "date": lambda header: _day(header, 10),
    "source": lambda header: (header.source or _UNKNOWN,),
    "author": lambda header: tuple(dict.fromkeys(authors_of(header.author))) or (_UNKNOWN,),
    "lang": lambda header: (header.lang or _UNKNOWN,),
}
"""The groups that an article counts in: one of each kind, but one for each of its authors."""


def configure(parser: Parser) -> None:
    """Declare the options."""
    add_queries(parser)
    parser.add_argument(
        "--by", choices=tuple(_KEYS), help="a count for each year, month, date, source, author or language"
    )
    parser.add_argument("--hits", action="store_true", help="count the places in them as well")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_period(parser)


def run(context: Context) -> int:
    """Print one count a query, or one a group. Raises UsageError."""
    options = context.options
    queries = Queries(context)
    if options.by and options.hits:
        raise UsageError("--by and --hits exclude each other", "leave one of them out")
    columns = ("query", options.by, "articles") if options.by else (*COLUMNS, *["hits"] * options.hits)
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
    groups: Counter[str] = Counter()
    for start in range(0, results.total, _BATCH):
        for header in archive.headers(results.ids(start, start + _BATCH)):
            groups.update(_KEYS[by](header))
    dated = by in {"year", "month", "date"}
    for name, count in sorted(groups.items(), key=lambda group: (group[0] if dated else -group[1], group[0])):
        yield {**record, by: None if name == _UNKNOWN else name, "articles": count}


def _lines(record: json_shapes.Shape, several: bool, columns: tuple[str, ...]) -> Iterator[str]:
    """Numbers first, tab after; the query where there are several."""
    cells = [str(record["articles"])]
    if "hits" in record:
        cells.append(str(record["hits"]))
    elif columns[1] not in COLUMNS:
        cells.append(safe(record[columns[1]] or _UNKNOWN))
    if several:
        cells.append(safe(record["query"]))
    yield "\t".join(cells)
