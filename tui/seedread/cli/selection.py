"""The articles that a command line selects, by queries or by a period; and why there are none."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from seedread.cli.context import Context
from seedread.cli.open_archive import log_of
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe
from seedread.userdata.session_log import SessionLog
from seedread_index.archive import Archive
from seedread_index.model.errors import QueryError
from seedread_index.model.results import Hit, OtherForms, Results, SearchRequest, Sort
from seedread_index.shared_archive import SharedArchive
from seedread_index.text.folding import title_order

if TYPE_CHECKING:
    from seedread_index.model.article import Header

_BATCH = 50


def add_queries(parser: Parser, *, like: bool = False) -> None:
    """Declare the query and how its words match."""
    add_optional_queries(parser, "words to search for; together they are one query")
    if like:
        parser.add_argument(
            "--like",
            metavar="FILE",
            help="find the articles most similar to the text in FILE (- for standard input)",
        )


def add_optional_queries(parser: Parser, help: str) -> None:
    """Declare a query that may be left out, and how its words match."""
    parser.words("QUERY", help)
    parser.add_argument(
        "--queries", metavar="FILE", help="read queries from FILE, one per line (- for standard input)"
    )
    parser.add_argument(
        "--match", choices=("all", "any"), default="all", help="match all words (default) or any"
    )


class Queries:
    """The queries of a command line: one from its words, or one per line of --queries."""

    def __init__(self, context: Context, sort: Sort = "relevance") -> None:
        options = context.options
        self._sort = sort
        self._context = context
        self._since, self._until = period(options.since, options.until)
        self._queries = read_queries(context)
        self._like = getattr(options, "like", None) is not None
        self.several = options.queries is not None
        self.failed = False
        """Whether a query could not be read."""
        self._log: SessionLog | None = None
        self.outside_period = 0
        """How many articles match the last query where none of the period does."""

    def results_of_each(self, archive: Archive) -> Iterator[Results]:
        """The results of each query; a query with an error is reported on standard error."""
        if self._like:
            yield from self._results_like(archive)
            return
        for line, query in self._queries:
            try:
                results = self._search(archive, query)
            except QueryError as error:
                if line:
                    self._context.messages.warning(f"cannot read line {line} of the queries")
                self._context.messages.error(error, query)
                self.failed = True
            else:
                yield results

    def _results_like(self, archive: Archive) -> Iterator[Results]:
        (_, text) = self._queries[0]
        group = getattr(self._context.options, "limit", 0) != 0
        request = SearchRequest(sort=self._sort, group=group, since=self._since, until=self._until)
        results = archive.like(text, request)
        if results is None:
            self._context.messages.info("no distinctive word of the text is in the archive")
        else:
            self._context.messages.info(f"searching for any of: {safe(results.query)}")
            yield results

    def _search(self, archive: Archive, query: str) -> Results:
        options = self._context.options
        request = SearchRequest(query, match=options.match, sort=self._sort)
        group = getattr(options, "limit", 0) != 0
        whole = replace(request, group=group, since=self._since, until=self._until)
        results = archive.search(whole)
        self._log = self._log or log_of(self._context, archive)
        self._log.note_search(whole, results)
        bounded = self._since is not None or self._until is not None
        self.outside_period = archive.search(request).total if bounded and not results.total else 0
        return results


def hits(archive: Archive, results: Results, limit: int | None, snippets: int = 1) -> Iterator[Hit]:
    """The rows of results with their places, made as they are taken; at most `limit` of them, unless 0."""
    stop = results.total if not limit else min(limit, results.total)
    for start in range(0, stop, _BATCH):
        end = min(start + _BATCH, stop)
        yield from archive.hits(results, start, end, snippets=snippets, exhaustive=not limit)


def read_queries(context: Context) -> list[tuple[int, str]]:
    """The queries of a command line, with their line where they come from a file (else 0).

    Raises UsageError.
    """
    options = context.options
    words = " ".join(options.words)
    if getattr(options, "like", None) is not None:
        if options.words or options.queries is not None:
            raise UsageError("--like and a query cannot be combined", "use only one of them")
        return [(0, _text_of(options.like))]
    if options.queries is None:
        if not options.words:
            raise UsageError(
                "no query given",
                f"{context.messages.name} QUERY   (seedread list lists every article)",
            )
        return [(0, words)]
    if options.words:
        raise UsageError("a query and --queries cannot be combined", "use only one of them")
    text = _text_of(options.queries)
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _text_of(name: str) -> str:
    if name == "-" and sys.stdin is None:
        raise UsageError("standard input is closed", "give a file with one query per line")
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read {safe(name)}: {error.strerror}", "give a file with one query per line, or -"
        ) from error
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


Period = tuple[dt.date | None, dt.date | None]


def period(since: str | None, until: str | None, names: tuple[str, str] = ("--since", "--until")) -> Period:
    """The first and the last day that two options of these names allow; raises UsageError."""
    first = _bounds(names[0], since)[0] if since is not None else None
    last = _bounds(names[1], until)[1] if until is not None else None
    if first and last and first > last:
        raise UsageError(f"{names[0]} {first} is later than {names[1]} {last}", "swap the two")
    return first, last


def within(date: dt.date | None, allowed: Period) -> bool:
    """Whether a date lies in a period; an undated article lies in the unbounded one alone."""
    first, last = allowed
    if date is None:
        return first is None and last is None
    return (first is None or date >= first) and (last is None or date <= last)


def _bounds(option: str, text: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of an expression that is open on neither side."""
    from seedread_index.archive import parse_period

    try:
        first, last = parse_period(text)
    except QueryError:
        first = last = None
    if first is None or last is None:
        hint = "write 2020, 2020-02, 2020-02-28, yesterday, 'last week' or '3 days ago'"
        raise UsageError(f"{option}: {safe(text)} is not a date", hint)
    return first, last


def explain_no_results(archive: Archive, results: Results, outside_period: int = 0) -> Iterator[str]:
    """Why results are empty, in sentences; `outside_period` counts matches outside the period."""
    if not archive.counts()[0]:
        yield explain_empty(archive)
        return
    if outside_period:
        yield f"{_have(outside_period)} {safe(results.query)}, but none in this period"
        return
    yield f"no articles match {safe(results.query)}"
    why = archive.explain(results)
    for name, field in why.fields:
        yield f"unknown field {safe(name)}:" + (f"; did you mean {field}:?" if field else "")
    yield from (offer.sentence for offer in why.offers if offer.kind in ("operator", "space"))
    if len(why.terms) > 1:
        yield "each alone: " + ", ".join(f"{safe(term.term)} {term.articles:,}" for term in why.terms)
    if why.suggestions:
        yield "did you mean " + " or ".join(safe(word) for word in why.suggestions) + "?"
    if why.hidden_by_filter:
        yield f"without filters the query matches {_articles(why.hidden_by_filter)}"
    if why.only_in_boilerplate:
        yield f"{_have(why.only_in_boilerplate)} it in boilerplate only (in:boilerplate finds them)"


def other_forms(context: Context, archive: Archive, results: Results) -> OtherForms | None:
    """How many more articles exact words would have in other forms, counted as the results are."""
    return archive.other_forms(results, group=context.options.limit != 0)


def other_forms_notice(total: int, other: OtherForms) -> str:
    """The message about what other forms of exact words would give."""
    return f"{_articles(total)}, {other.articles:,} more with other forms: {safe(other.query)}"


def partial_notice(total: int) -> str:
    """The message for a search that ran out of time after `total` articles."""
    return f"partial: time ran out after {_articles(total)}; there may be more"


def near_duplicates(results: Results) -> str:
    """How many near-duplicates are grouped under the results, in words; "" for none."""
    count = sum(len(row.variants) for row in results.rows.rows(0, results.total))
    return "" if not count else "1 near-duplicate" if count == 1 else f"{count:,} near-duplicates"


def explain_empty(archive: Archive) -> str:
    """Why there is nothing to list."""
    if archive.counts()[0]:
        return "no articles from this period"
    if archive.generation() == 0:
        return "nothing is indexed yet (drop --no-sync, or run seedread index)"
    skipped = len(archive.status().skipped)
    if not skipped:
        return "no articles in this archive (seedread status lists its folders)"
    files = f"{skipped:,} file{'s' * (skipped != 1)}"
    return f"no articles in this archive; {files} skipped (seedread status -v shows why)"


def _articles(count: int) -> str:
    return f"{count:,} article{'s' * (count != 1)}"


def _have(count: int) -> str:
    return f"{_articles(count)} {'has' if count == 1 else 'have'}"


HEADER_SORTS = ("date", "title", "path")


_HEADERS = 500


def rows(archive: Archive, options: argparse.Namespace) -> Iterator[Header]:
    """Headers of articles; newest first comes in batches, other orders after all are read."""
    allowed = period(options.since, options.until)
    if isinstance(archive, SharedArchive):
        return islice(_in_order(archive, options), options.limit or None)
    kept: Iterator[Header] = (header for header in _newest_first(archive) if within(header.date, allowed))
    if options.sort != "date":
        by_title = options.sort == "title"
        kept = iter(sorted(kept, key=lambda row: (title_order(row.title) if by_title else "", row.path)))
    return islice(kept, options.limit or None)


def total(archive: Archive, options: argparse.Namespace) -> int:
    """How many articles the period allows, however many rows are wanted."""
    allowed = period(options.since, options.until)
    if allowed == (None, None):
        return archive.counts()[0]
    if isinstance(archive, SharedArchive):
        return archive.search(_everything(options)).total
    return sum(within(header.date, allowed) for header in _newest_first(archive))


def _everything(options: argparse.Namespace) -> SearchRequest:
    """Every article of the period, in the order that the options want."""
    since, until = period(options.since, options.until)
    return SearchRequest(sort=options.sort, group=False, since=since, until=until)


def _in_order(archive: SharedArchive, options: argparse.Namespace) -> Iterator[Header]:
    """Headers in the order in which a server has them, as they are taken."""
    results = archive.search(_everything(options))
    for start in range(0, results.total, _HEADERS):
        yield from archive.headers(results.ids(start, start + _HEADERS))


def _newest_first(archive: Archive) -> Iterator[Header]:
    ids = archive.ids()
    for start in range(0, len(ids), _HEADERS):
        yield from archive.headers(ids[start : start + _HEADERS])
