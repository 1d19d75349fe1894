"""`seedread quotes`: what is said in articles, by whom, and about whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, USAGE, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import desk_shapes, json_shapes
from seedread.cli.output.records import Records, columns, wrapped
from seedread.cli.parser import Parser
from seedread.cli.selection import (
    Queries,
    add_optional_queries,
    explain_no_results,
    partial_notice,
    period,
    within,
)
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.export.lines import one_line
from seedread_index.model.quotation import Quotation
from seedread_index.model.results import Results, Sort

EPILOG = """\
  seedread quotes --by putin --about idlib
  seedread quotes ceasefire --since 2020-02 --csv -C ~/articles
  seedread quotes 'said:"putin: idlib"' --jsonl"""

COLUMNS = (
    "date", "speaker", "kind", "text", "title", "source", "path", "cue", "for", "start", "end",
    "confidence", "mentions", "article",
)  # fmt: skip
FIELDS = (*COLUMNS, "query")
SORTS = ("date", "relevance", "title", "path", "speaker", "source")
_LAST = "\uffff"
"""Sorts what has no value behind what has one."""
_INDENT = "    "


def configure(parser: Parser) -> None:
    """Declare the options."""
    add_optional_queries(parser, "only quotations in articles that match this query")
    parser.add_argument("--by", metavar="NAME", help="only what NAME, or a spokesperson for NAME, says")
    parser.add_argument("--about", metavar="NAME", help="only quotations that mention NAME")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_rows(parser, SORTS, "at most N quotations (default: all)")
    shared.add_period(parser)
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print the quotations, the newest first."""
    options = context.options
    records = Records(context, COLUMNS, FIELDS)
    failed = False
    with open_archive(context) as archive:
        by, about = (_ids(context, archive, name) for name in (options.by, options.about))
        if by != [] and about != []:
            failed = _print(context, archive, records, by, about)
        records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "quotes": rows})
        if not records.written and not failed:
            _say_why(context, archive)
        if waiting := archive.unquoted():
            context.messages.info(
                f"{waiting:,} article{'s' * (waiting != 1)} not searched for quotations yet "
                "(run seedread index --annotate)"
            )
    return USAGE if failed else FOUND if records.written else NOTHING


def _print(
    context: Context,
    archive: Archive,
    records: Records,
    by: Sequence[str] | None,
    about: Sequence[str] | None,
) -> bool:
    """Write the records; whether a query could not be read."""
    options = context.options
    limit = options.limit or None
    if not options.words and options.queries is None:
        allowed = period(options.since, options.until)
        found = (q for q in archive.quotations(by=by, about=about) if within(q.date, allowed))
        for quotation in islice(_sorted(found, options.sort), limit):
            records.write(desk_shapes.quotation(quotation), partial(_lines, context, quotation))
        return False
    sort: Sort = options.sort if options.sort in ("relevance", "title", "path") else "date"
    queries = Queries(context, sort)
    for results in queries.results_of_each(archive):
        _print_results(context, archive, records, results, by=by, about=about)
        if results.partial:
            context.messages.info(partial_notice(results.total))
        if not results.total:
            for reason in explain_no_results(archive, results, queries.outside_period):
                context.messages.info(reason)
    return queries.failed


def _print_results(
    context: Context,
    archive: Archive,
    records: Records,
    results: Results,
    *,
    by: Sequence[str] | None,
    about: Sequence[str] | None,
) -> None:
    options = context.options
    found = _sorted(archive.quotations(results, by=by, about=about), options.sort)
    for quotation in islice(found, options.limit or None):
        record = desk_shapes.quotation(quotation)
        if options.queries is not None:
            record["query"] = results.query
        records.write(record, partial(_lines, context, quotation))


def _ids(context: Context, archive: Archive, name: str | None) -> list[str] | None:
    """The ids of the entities that go by a name, or of the one with that id; None where none is named."""
    if name is None:
        return None
    if (entity := archive.entity(name)) is not None:
        return [entity.id]
    found = archive.resolve(name)
    if not found:
        context.messages.warning(f"no such name: {safe(name)} (seedread entities lists all)")
    return found


def _sorted(found: Iterator[Quotation], sort: str) -> Iterator[Quotation]:
    """Quotations by speaker or source, those of one by date, newest first; else as they come."""
    if sort == "speaker":
        newest = sorted(found, key=lambda q: str(q.date or ""), reverse=True)
        return iter(sorted(newest, key=lambda q: _speaker(q).casefold() or _LAST))
    if sort == "source":
        newest = sorted(found, key=lambda q: str(q.date or ""), reverse=True)
        return iter(sorted(newest, key=lambda q: (q.source or _LAST).casefold()))
    if sort in ("title", "path"):
        return iter(sorted(found, key=lambda q: str(getattr(q, sort)).casefold()))
    return found


def _speaker(quotation: Quotation) -> str:
    """The name of who speaks, or the words that stand for it."""
    speaker = quotation.speaker
    return (speaker.name or speaker.text) if speaker is not None else ""


def _lines(context: Context, quotation: Quotation) -> Iterator[str]:
    """Who, when and where; below, what."""
    paint = context.paint
    date = quotation.date.isoformat() if quotation.date else "-" * 10
    who = _speaker(quotation) or "(speaker not named)"
    source = f"  {quotation.source}" if quotation.source else ""
    yield f"{paint('date', date)}  {paint('title', one_line(who))}{source}  {paint('path', quotation.path)}"
    width = columns(context.out)
    text = one_line(quotation.text)
    for line, _ in wrapped(text, (), width - len(_INDENT) if width else None):
        yield f"{_INDENT}{line}"


def _say_why(context: Context, archive: Archive) -> None:
    if not archive.counts()[0]:
        context.messages.info("no articles in this archive (see seedread status)")
    else:
        context.messages.info("no quotations match")
