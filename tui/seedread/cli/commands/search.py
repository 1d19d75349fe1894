"""`seedread search`: the articles that meet a query, best first, each with the place where it is met."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, USAGE, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records, columns, cut, wrapped
from seedread.cli.parser import Parser
from seedread.cli.selection import Queries, add_queries, explain_no_results, hits, partial_notice
from seedread.cli.streams.stderr import safe
from seedread.cli.streams.stdout import one_line
from seedread_index.archive import Archive
from seedread_index.model.results import Hit, Results

EPILOG = """\
queries: words are AND-ed; "a phrase", "a b"~5, OR, NOT or -, ( ), word*, word~
fields:  title: body: source: author: path: url: lang:
         person: place: org: group: entity:
dates:   date:2020-02 date:2020-02-01..2020-03-15 date:>2020 since:"last week"

  seedread search Kremlin -C ~/articles
  seedread search 'person:Putin date:2020' --sort date --csv
  seedread search Idlib -0 | xargs -0 wc -w"""

COLUMNS = ("path", "title", "date", "source", "score", "hits", "snippet", "id")
SORTS = ("relevance", "date", "title", "path")
_SHOWN = 20


def configure(parser: Parser) -> None:
    """Declare the options."""
    add_queries(parser)
    parser.add_argument(
        "--snippets",
        type=shared.whole_number(0, 1000, "snippets"),
        default=1,
        metavar="N",
        help="fragments a hit (default: 1)",
    )
    shared.add_archive(parser)
    shared.add_output(parser)
    shared.add_rows(
        parser, SORTS, f"at most N articles; 0: all, near-duplicates too (text: {_SHOWN}, data: all)"
    )
    shared.add_period(parser)
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print the hits of one query, or of one query a line."""
    queries = Queries(context, context.options.sort)
    records = Records(
        context, COLUMNS, (*COLUMNS, "title_inferred", "author", *json_shapes.ORIGIN, "variants", "query")
    )
    found = False
    with open_archive(context) as archive:
        for results in queries.results_of_each(archive):
            found = found or results.total > 0
            _print(context, archive, results, records, queries)
            if not queries.several:
                records.close(partial(json_shapes.results, results))
        if queries.several:
            records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "hits": rows})
    return USAGE if queries.failed else FOUND if found else NOTHING


def _print(context: Context, archive: Archive, results: Results, records: Records, queries: Queries) -> None:
    """Write the rows of one query; say what was left out, or why there is nothing."""
    limit, named = context.options.limit, queries.several
    if limit is None and records.textual:
        limit = _SHOWN
    if named and records.textual and results.total:
        context.out.line(context.paint("faint", f"# {safe(results.query)}"))
    for hit in hits(archive, results, limit, context.options.snippets):
        record = json_shapes.hit(hit, results.query if named else None)
        if not records.nested:
            record["snippet"] = hit.snippets[0].text if hit.snippets else ""
        records.write(record, partial(_lines, context, hit), partial(archive.file_of, hit.id))
    if results.partial:
        context.messages.info(partial_notice(results.total))
    if not results.total:
        for reason in explain_no_results(archive, results, queries.outside_period):
            context.messages.info(reason)
    elif limit and results.total > limit and records.textual:
        context.messages.info(
            f"{limit} of {results.total:,} articles are shown; -n {2 * limit} shows more, -n 0 all"
        )


def _lines(context: Context, hit: Hit) -> Iterator[str]:
    """A hit for people: file, date and number of places; the title; what stands around the hit."""
    paint = context.paint
    facts = [paint("path", hit.path)]
    if hit.date:
        facts.append(paint("date", hit.date.isoformat()))
    if hit.source:
        facts.append(safe(hit.source))
    if hit.hits:
        facts.append(paint("faint", f"{'at least ' * hit.partial}{hit.hits} hit{'s' * (hit.hits != 1)}"))
    if hit.variants:
        facts.append(paint("faint", f"+{len(hit.variants)} alike"))
    yield "  ".join(facts)
    width = columns(context.out)
    inferred = "  (first words)" if hit.title_inferred else ""
    title = hit.title if width is None else cut(hit.title, width - 2 - len(inferred))
    yield "  " + paint("title", title) + paint("faint", inferred)
    for snippet in hit.snippets:
        text = one_line(snippet.text)
        for line, marks in wrapped(text, snippet.marks, width - 4 if width else None):
            yield "    " + paint.marked(line, marks)
