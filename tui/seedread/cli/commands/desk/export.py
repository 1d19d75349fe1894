"""`seedread export`: a result, a collection or what is starred as a sourced dossier or as citations."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from seedread.cli import parser as shared
from seedread.cli.commands.desk.kept_articles import named
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import period
from seedread.cli.streams.stderr import safe
from seedread.export import (
    FORMS,
    WITH_NOTES,
    CountedEntries,
    document,
    entries_of,
    entries_of_results,
    form_of,
    heading_of,
    rendered,
    title_of,
    write_output,
)
from seedread.wording import counted
from seedread_index.archive import Archive
from seedread_index.export import dossier
from seedread_index.export.entry import Entry
from seedread_index.model.results import SearchRequest

EPILOG = """\
  seedread export 'grain export' -o grain.md
  seedread export --collection 'Grain deal' --html -o grain.html
  seedread export --saved grain --bibtex > grain.bib
  seedread export 'person:Putin' --csv
Quotes the passages with hits or notes; --whole quotes the whole body. Your
tags and notes on the articles are included, except in citations; --no-notes
leaves them out."""

SORTS = ("relevance", "date", "title", "path")


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("QUERY", "words to search for; together they are one query")
    group = parser.add_argument_group("what to export").add_mutually_exclusive_group()
    group.add_argument("--saved", metavar="NAME", help="the results of a saved search")
    group.add_argument("--collection", metavar="NAME", help="the articles of a collection")
    group.add_argument("--starred", action="store_true", help="the starred articles")
    group.add_argument("--tagged", metavar="TAG", help="the articles with a tag")
    group.add_argument("--articles", action="store_true", help="the arguments are paths or ids, not a query")
    parser.add_argument("--whole", action="store_true", help="quote every paragraph, not only the hits")
    parser.add_argument("--no-notes", action="store_true", help="leave out your own tags and notes")
    forms = parser.add_argument_group(
        "format (default: by the extension of FILE)"
    ).add_mutually_exclusive_group()
    for form, help_text in FORMS.items():
        forms.add_argument(f"--{form}", dest="form", action="store_const", const=form, help=help_text)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write or replace FILE (default: standard output)"
    )
    shared.add_archive(parser)
    shared.add_rows(parser, SORTS, "at most N articles (default: all)")
    shared.add_period(parser)


def run(context: Context) -> int:
    """Export what is chosen. Raises UsageError."""
    options = context.options
    form = _form(options)
    with open_archive(context) as archive:
        chosen = _chosen(context, archive)
        if chosen is None:
            return NOTHING
        heading, entries = chosen
        first = next(entries, None)
        if first is None:
            context.messages.info("nothing to export")
            return NOTHING
        taken = CountedEntries(chain([first], entries))
        pieces = rendered(form, heading, taken)
        if options.output is None:
            for piece in pieces:
                context.out.line(piece, end="")
        else:
            write_output(archive, Path(options.output), document(form, pieces))
            context.messages.info(f"{counted(taken.articles, 'article')} in {safe(options.output)}")
        if taken.with_notes and form in WITH_NOTES:
            articles = counted(taken.with_notes, "article")
            context.messages.info(f"with your tags or notes on {articles} (--no-notes leaves them out)")
    return FOUND


def _form(options: argparse.Namespace) -> str:
    form: str = options.form or form_of(options.output or "")
    if form == "docx" and options.output is None:
        raise UsageError("cannot write a Word document to standard output", "give a file: -o FILE.docx")
    chosen = (options.saved, options.collection, options.tagged)
    if not options.words and not options.starred and all(name is None for name in chosen):
        raise UsageError(
            "no articles given",
            "give a QUERY, --saved NAME, --collection NAME, --starred or --tagged TAG",
        )
    if options.words and (options.starred or any(name is not None for name in chosen)):
        raise UsageError("a query and a selection cannot be combined", "use only one of them")
    return form


def _chosen(context: Context, archive: Archive) -> tuple[dossier.Heading, Iterator[Entry]] | None:
    """The heading and the entries of what the options choose; None where an article named is not there."""
    options = context.options
    words = " ".join(options.words)
    ids: Sequence[str] | None = None
    title = ""
    notes = not options.no_notes
    library = archive.library()
    if options.articles:
        ids = named(context, archive, options.words)
        title = "Articles"
        if ids is None:
            return None
    elif options.starred:
        ids, title = sorted(library.starred()), "Starred articles"
    elif options.tagged is not None:
        ids, title = sorted(library.tagged(options.tagged)), f"Articles tagged {options.tagged}"
    elif options.collection is not None:
        ids, title = sorted(library.collected(options.collection)), options.collection
    elif options.saved is not None:
        search = archive.saved_searches().named(options.saved)
        words, title = search.query, search.name
    if ids is None:
        since, until = period(options.since, options.until)
        request = SearchRequest(words, sort=options.sort, group=False, since=since, until=until)
        found = archive.search(request)
        entries = entries_of_results(archive, found, whole=options.whole, limit=options.limit, notes=notes)
        return heading_of(title or title_of(archive, words, found.explained), words), entries
    order = {header.id: header.date for header in archive.headers(ids)}
    if not options.articles:
        ids = sorted(order, key=lambda i: (order[i] or date.min, i), reverse=True)
    entries = entries_of(archive, ids[: options.limit or None], whole=options.whole, notes=notes)
    return heading_of(title), entries
