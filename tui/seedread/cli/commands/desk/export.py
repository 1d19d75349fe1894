"""`seedread export`: a result, a collection or what is starred as a sourced dossier or as citations."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from seedread import __version__
from seedread.cli import parser as shared
from seedread.cli.commands.desk.kept_articles import named
from seedread.cli.commands.desk.output_file import write_output
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output.records import flat
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import period
from seedread.cli.streams.stderr import safe
from seedread.cli.streams.stdout import as_json, csv_line
from seedread_index.archive import Archive
from seedread_index.export import citations, dossier
from seedread_index.export.entry import Entry, quotations
from seedread_index.library.saved_searches import SavedSearches
from seedread_index.model.article import Article, Span
from seedread_index.model.results import SearchRequest

EPILOG = """\
  seedread export 'grain export' -o grain.md
  seedread export --collection 'Grain deal' --html -o grain.html
  seedread export --saved grain --bibtex > grain.bib
  seedread export 'person:Putin' --csv
Quoted are the passages with hits or notes; --whole quotes all of the body."""

FORMS = {
    "markdown": "Markdown (the default)",
    "html": "one HTML page",
    "csv": "a row a quotation, safe for spreadsheets",
    "jsonl": "one JSON record an article",
    "csl-json": "citations as CSL-JSON (Zotero, pandoc)",
    "ris": "citations as RIS (EndNote, Zotero)",
    "bibtex": "citations as BibTeX",
    "docx": "a Word document, made by pandoc; needs -o",
}
_ENDINGS = {
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".json": "csl-json",
    ".ris": "ris",
    ".bib": "bibtex",
    ".docx": "docx",
}
SORTS = ("relevance", "date", "title", "path")
_BATCH = 50
_PANDOC_SECONDS = 300


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("QUERY", "what to look for; several words are one query")
    group = parser.add_argument_group("what to export").add_mutually_exclusive_group()
    group.add_argument("--saved", metavar="NAME", help="what meets a saved search")
    group.add_argument("--collection", metavar="NAME", help="the articles of a collection")
    group.add_argument("--starred", action="store_true", help="the starred articles")
    group.add_argument("--tagged", metavar="TAG", help="the articles that have a tag")
    group.add_argument("--articles", action="store_true", help="the words are PATHs or IDs, not a query")
    parser.add_argument("--whole", action="store_true", help="quote every paragraph, not the hits alone")
    forms = parser.add_argument_group("form (else by the ending of FILE)").add_mutually_exclusive_group()
    for form, help_text in FORMS.items():
        forms.add_argument(f"--{form}", dest="form", action="store_const", const=form, help=help_text)
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file (else standard output)")
    shared.add_archive(parser)
    shared.add_rows(parser, SORTS, "at most N articles (0 or nothing: all)")
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
            context.messages.info("there is nothing to export")
            return NOTHING
        count = [0]
        text = _rendered(form, heading, _counted(count, first, entries))
        if options.output is None:
            for piece in text:
                context.out.line(piece, end="")
        else:
            whole = "".join(text)
            data = _word_document(whole) if form == "docx" else whole.encode("utf-8", "replace")
            write_output(archive, options.output, data)
            context.messages.info(
                f"{count[0]:,} article{'s' * (count[0] != 1)} are in {safe(options.output)}"
            )
    return FOUND


def _form(options: argparse.Namespace) -> str:
    ending = os.path.splitext(options.output or "")[1].lower()
    form: str = options.form or _ENDINGS.get(ending, "markdown")
    if form == "docx" and options.output is None:
        raise UsageError("a Word document cannot go to standard output", "name a file: -o FILE.docx")
    chosen = (options.saved, options.collection, options.tagged)
    if not options.words and not options.starred and all(name is None for name in chosen):
        raise UsageError(
            "what shall be exported?", "a QUERY, --saved NAME, --collection NAME, --starred or --tagged TAG"
        )
    if options.words and (options.starred or any(name is not None for name in chosen)):
        raise UsageError("a query and a choice exclude each other", "leave one of them out")
    return form


def _chosen(context: Context, archive: Archive) -> tuple[dossier.Heading, Iterator[Entry]] | None:
    """The heading and the entries of what the options choose; None where an article named is not there."""
    options = context.options
    words = " ".join(options.words)
    ids: Sequence[str] | None = None
    title = words
    library = archive.library()
    if options.articles:
        ids = named(context, archive, options.words)
        title = "Articles"
        if ids is None:
            return None
    elif options.starred:
        ids, title = sorted(library.starred()), "Starred articles"
    elif options.tagged is not None:
        ids, title = sorted(library.tagged(options.tagged)), options.tagged
    elif options.collection is not None:
        ids, title = sorted(library.collected(options.collection)), options.collection
    elif options.saved is not None:
        search = SavedSearches.of(archive.folder.data_root).named(options.saved)
        words, title = search.query, search.name
    lines = [f"Made by seedread {__version__} on {date.today().isoformat()}"]
    if ids is None:
        lines.insert(0, f"Query: {words}")
        return dossier.Heading(title, tuple(lines)), _of_query(archive, options, words)
    order = {header.id: header.date for header in archive.headers(ids)}
    if not options.articles:
        ids = sorted(order, key=lambda i: (order[i] or date.min, i), reverse=True)
    return dossier.Heading(title, tuple(lines)), _of_ids(archive, ids, options)


def _of_query(archive: Archive, options: argparse.Namespace, query: str) -> Iterator[Entry]:
    since, until = period(options.since, options.until)
    request = SearchRequest(query, sort=options.sort, group=False, since=since, until=until)
    results = archive.search(request)
    stop = min(results.total, options.limit or results.total)
    for start in range(0, stop, _BATCH):
        hits = archive.hits(results, start, min(start + _BATCH, stop), snippets=0, exhaustive=True)
        spans = {hit.id: hit.spans for hit in hits}
        yield from _entries(archive, archive.articles([hit.id for hit in hits]), spans, options.whole)


def _of_ids(archive: Archive, ids: Sequence[str], options: argparse.Namespace) -> Iterator[Entry]:
    wanted = ids[: options.limit or None]
    for start in range(0, len(wanted), _BATCH):
        yield from _entries(archive, archive.articles(wanted[start : start + _BATCH]), {}, options.whole)


def _entries(
    archive: Archive, articles: Iterable[Article], hits: dict[str, tuple[Span, ...]], whole: bool
) -> Iterator[Entry]:
    library = archive.library()
    for article in articles:
        kept = library.kept([article.id]).get(article.id)
        noted: list[tuple[Span, str]] = []
        general: list[str] = []
        for note in kept.notes if kept else ():
            place = library.place_of(note, article.text)
            if place is not None:
                noted.append((place, note.text))
            else:
                general.append(note.text)
        quoted = quotations(article, hits.get(article.id, ()), noted, whole=whole)
        yield Entry(article, quoted, kept.tags if kept else (), tuple(general))


def _counted(count: list[int], first: Entry, others: Iterator[Entry]) -> Iterator[Entry]:
    count[0] = 1
    yield first
    for entry in others:
        count[0] += 1
        yield entry


def _rendered(form: str, heading: dossier.Heading, entries: Iterator[Entry]) -> Iterator[str]:
    articles = (entry.article for entry in entries)
    cite: dict[str, Callable[[Iterable[Article]], str]] = {
        "csl-json": citations.csl_json,
        "ris": citations.ris,
        "bibtex": citations.bibtex,
    }
    if form in cite:
        yield cite[form](articles)
    elif form == "markdown":
        yield from dossier.markdown(heading, entries)
    elif form in ("html", "docx"):
        yield from dossier.html_page(heading, entries)
    else:
        if form == "csv":
            yield csv_line(dossier.COLUMNS)
        for entry in entries:
            if form == "jsonl":
                yield as_json(dossier.record(entry)) + "\n"
                continue
            for row in dossier.rows(entry):
                yield csv_line([flat(row[column]) for column in dossier.COLUMNS])


def _word_document(page: str) -> bytes:
    """A page as a Word document, made by pandoc. Raises UsageError."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "dossier.docx"
        command = ["pandoc", "--from=html", "--to=docx", f"--output={made}"]
        try:
            done = subprocess.run(
                command, input=page.encode(), capture_output=True, timeout=_PANDOC_SECONDS, check=False
            )
        except FileNotFoundError:
            raise UsageError("a Word document needs pandoc", "install pandoc, or choose --html") from None
        except subprocess.TimeoutExpired:
            raise UsageError("pandoc did not end", "export fewer articles, or choose --html") from None
        if done.returncode:
            said = safe(done.stderr.decode("utf-8", "replace").strip()[:200])
            raise UsageError(f"pandoc failed: {said}", "choose --html")
        return made.read_bytes()
