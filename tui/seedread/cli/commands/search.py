"""`seedread search`: the articles that match a query, best first, each with the place where it matches."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial

from seedread.analysis.counts import new_seed, sampled_rows
from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, USAGE, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import desk_shapes, json_shapes
from seedread.cli.output.records import Records, columns, cut, wrapped
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import (
    Queries,
    add_queries,
    explain_no_results,
    hits,
    other_forms,
    other_forms_notice,
    partial_notice,
)
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.export.lines import one_line
from seedread_index.model.results import Hit, Results

EPILOG = """\
queries: words are AND-ed, in any form; "exactly these words", '=word',
         '=US' in capitals, "a b"~5, OR, NOT or -, ( ), word*, word~,
         're:/colou?r(s|ed)?/'
fields:  title: body: source: author: section: path: url: lang:
         person: place: org: group: entity: said: about: in:boilerplate
         is:starred is:read is:unread tag: collection: note:
dates:   date:2020-02 date:2020-02-01..2020-03-15 date:>2020 since:"last week"

  seedread search Kremlin -C ~/articles
  seedread search 'person:Putin date:2020' --sort date --csv
  seedread search Idlib -0 | xargs -0 wc -w
  seedread search Idlib --facets
  seedread search --like paragraph.txt
  seedread search Idlib --sample 50 --seed 1 --csv"""

COLUMNS = ("path", "title", "date", "source", "score", "hits", "snippet", "id")
FACET_COLUMNS = ("facet", "value", "id", "count")
SORTS = ("relevance", "date", "title", "path")
_SHOWN = 20
_ALL = 2**31


def configure(parser: Parser) -> None:
    """Declare the options."""
    add_queries(parser, like=True)
    parser.add_argument(
        "--snippets",
        type=shared.whole_number(0, 1000, "snippets"),
        default=1,
        metavar="N",
        help="snippets per article (default: 1)",
    )
    parser.add_argument(
        "--facets",
        action="store_true",
        help="count the names, sources, authors, years and languages of the results",
    )
    parser.add_argument(
        "--sample",
        type=shared.whole_number(1, shared.MAX_ROWS, "articles"),
        metavar="N",
        help="N random articles, for coding by hand",
    )
    parser.add_argument(
        "--seed",
        type=shared.whole_number(0, 2**63, "seeds"),
        metavar="S",
        help="repeat the sample with this seed",
    )
    shared.add_archive(parser)
    shared.add_output(parser)
    shared.add_rows(
        parser, SORTS, f"at most N articles; 0: all, near-duplicates too (text: {_SHOWN}, data: all)"
    )
    shared.add_period(parser)
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print the hits of one query, or of one query per line."""
    queries = Queries(context, context.options.sort)
    _refuse_mixed(context.options)
    if context.options.facets:
        return _run_facets(context, queries)
    records = Records(
        context,
        COLUMNS,
        (*COLUMNS, "title_inferred", "author", *json_shapes.ORIGIN, *desk_shapes.MARKS, "variants", "query"),
    )
    found = False
    with open_archive(context) as archive:
        marks = desk_shapes.Marks(archive, context.messages)
        for results in queries.results_of_each(archive):
            found = found or results.total > 0
            _print(context, archive, results, records, queries, marks=marks)
            if not queries.several:
                other = other_forms(context, archive, results) if context.options.json else None
                records.close(partial(json_shapes.results, results, other))
        if queries.several:
            records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "hits": rows})
    return USAGE if queries.failed else FOUND if found else NOTHING


def _refuse_mixed(options: argparse.Namespace) -> None:
    if options.sample is None:
        if options.seed is not None:
            raise UsageError("--seed needs --sample", "add --sample N")
    elif options.facets or options.limit is not None:
        other = "--facets" if options.facets else "-n"
        raise UsageError(f"--sample and {other} cannot be combined", "use only one of them")


def _sampled(context: Context, archive: Archive, results: Results) -> Iterator[Hit]:
    """The hits of a sample without replacement, in the order of the results; the seed is reported."""
    options = context.options
    seed = new_seed() if options.seed is None else options.seed
    chosen = sampled_rows(results.total, options.sample, seed)
    context.messages.info(
        f"a sample of {len(chosen):,} of {results.total:,} articles (repeat it with --seed {seed})"
    )
    for at in chosen:
        yield from archive.hits(results, at, at + 1, snippets=options.snippets, exhaustive=True)


def _run_facets(context: Context, queries: Queries) -> int:
    """Print the facets of one query, or of one query per line: `-n` values of each."""
    if context.options.null:
        raise UsageError("--facets and -0 cannot be combined", "use only one of them")
    limit = context.options.limit
    most = (_ALL if limit == 0 else limit) or _SHOWN
    columns = ("query", *FACET_COLUMNS) if queries.several else FACET_COLUMNS
    records = Records(context, columns, ("query", *FACET_COLUMNS))
    shapes: list[json_shapes.Shape] = []
    found = False
    with open_archive(context) as archive:
        for results in queries.results_of_each(archive):
            facets = archive.facets(results, most)
            found = found or facets.total > 0
            shape = json_shapes.facets(facets, results.query)
            shapes.append(shape)
            if context.options.jsonl:
                context.out.json(shape)
            elif not context.options.json:
                _print_facets(context, shape, records, named=queries.several)
            if facets.partial:
                context.messages.info("partial: time ran out; counts are lower bounds")
            if not facets.total:
                for reason in explain_no_results(archive, results, queries.outside_period):
                    context.messages.info(reason)
    if context.options.json and (shapes or queries.several):
        many = {"schema": json_shapes.SCHEMA, "queries": shapes}
        context.out.json(
            many if queries.several else shapes[0], indent=2 if context.out.interactive else None
        )
    return USAGE if queries.failed else FOUND if found else NOTHING


def _print_facets(context: Context, shape: json_shapes.Shape, records: Records, *, named: bool) -> None:
    """The values with their counts, a paragraph for each facet where people read them."""
    if named and records.textual and shape["total"]:
        context.out.line(context.paint("faint", f"# {safe(shape['query'])}"))
    for facet, values in shape["facets"].items():
        for at, value in enumerate(values):
            record = {"query": shape["query"], "facet": facet, **value}
            head = facet if at == 0 else ""
            line = f"{context.paint('title', f'{head:<7}')} {value['count']:>7,}  {safe(value['value'])}"
            records.write(record, lambda line=line: [line])  # type: ignore[misc]


def _print(
    context: Context,
    archive: Archive,
    results: Results,
    records: Records,
    queries: Queries,
    *,
    marks: desk_shapes.Marks,
) -> None:
    """Write the rows of one query; say what was left out, or why there is nothing."""
    limit, named = context.options.limit, queries.several
    if limit is None and records.textual:
        limit = _SHOWN
    if named and records.textual and results.total:
        context.out.line(context.paint("faint", f"# {safe(results.query)}"))
    sample = context.options.sample is not None
    rows = _sampled(context, archive, results) if sample else None
    for hit in rows or hits(archive, results, limit, context.options.snippets):
        record = json_shapes.hit(hit, results.query if named else None) | marks.of(hit.id)
        if not records.nested:
            record["snippet"] = hit.snippets[0].text if hit.snippets else ""
        records.write(record, partial(hit_lines, context, hit), partial(archive.file_of, hit.id))
    if results.partial:
        context.messages.info(partial_notice(results.total))
    if not results.total:
        for reason in explain_no_results(archive, results, queries.outside_period):
            context.messages.info(reason)
    elif limit and results.total > limit and records.textual and not sample:
        context.messages.info(
            f"showing {limit} of {results.total:,} articles (-n {2 * limit} for more, -n 0 for all)"
        )
    if other := other_forms(context, archive, results):
        context.messages.info(other_forms_notice(results.total, other))


def hit_lines(context: Context, hit: Hit) -> Iterator[str]:
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
        facts.append(paint("faint", f"+{len(hit.variants)} near-duplicates"))
    yield "  ".join(facts)
    width = columns(context.out)
    inferred = "  (opening words)" if hit.title_inferred else ""
    title = hit.title if width is None else cut(hit.title, width - 2 - len(inferred))
    yield "  " + paint("title", title) + paint("faint", inferred)
    for snippet in hit.snippets:
        text = one_line(snippet.text)
        for line, marks in wrapped(text, snippet.marks, width - 4 if width else None):
            yield "    " + paint.marked(line, marks)
