"""Asking an archive a query as the options say: match, order, period, near-duplicates; hits in batches."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from seedread.cli.parser import Parser, UsageError
from seedread.cli.session import Session
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.model.errors import QueryError
from seedread_index.model.results import Hit, Results
from seedread_index.model.search_request import SearchRequest, Sort

_BATCH = 50


def add_queries(parser: Parser) -> None:
    """Declare the query and how its words are taken."""
    parser.words("QUERY", "what to look for; several words are one query")
    parser.add_argument(
        "--queries", metavar="FILE", help="one query a line from a file, or - for standard input"
    )
    parser.add_argument(
        "--match", choices=("all", "any"), default="all", help="plain words: all of them (default) or any"
    )


class Questions:
    """The queries of a command line: one from its words, or one a line of --queries."""

    def __init__(self, session: Session, sort: Sort = "relevance") -> None:
        options = session.options
        self._sort = sort
        self._session = session
        self._since, self._until = period(options.since, options.until)
        self._asked = queries(session)
        self.several = options.queries is not None
        self.refused = False
        """Whether a query could not be read."""
        self.outside = 0
        """How many articles meet the last query where none of the period does."""

    def answers(self, archive: Archive) -> Iterator[Results]:
        """The results of each query; a query that cannot be read is told on standard error."""
        for line, query in self._asked:
            try:
                results = self._ask(archive, query)
            except QueryError as error:
                if line:
                    self._session.talk.warn(f"line {line} of the queries cannot be read")
                self._session.talk.error(error, query)
                self.refused = True
            else:
                yield results

    def _ask(self, archive: Archive, query: str) -> Results:
        options = self._session.options
        request = SearchRequest(query, match=options.match, sort=self._sort)
        group = getattr(options, "limit", 0) != 0
        results = archive.search(replace(request, group=group, since=self._since, until=self._until))
        bounded = self._since is not None or self._until is not None
        self.outside = archive.search(request).total if bounded and not results.total else 0
        return results


def hits(archive: Archive, results: Results, limit: int | None, snippets: int = 1) -> Iterator[Hit]:
    """The rows of results with their places, made as they are taken; at most `limit` of them, unless 0."""
    stop = results.total if not limit else min(limit, results.total)
    for start in range(0, stop, _BATCH):
        end = min(start + _BATCH, stop)
        yield from archive.hits(results, start, end, snippets=snippets, exhaustive=not limit)


def queries(session: Session) -> list[tuple[int, str]]:
    """The queries of a command line, with their line where they come from a file (else 0)."""
    options = session.options
    words = " ".join(options.words)
    if options.queries is None:
        if not options.words:
            raise UsageError(
                "what shall be looked for?",
                f"{session.talk.name} QUERY   (seedread list lists every article)",
            )
        return [(0, words)]
    if options.words:
        raise UsageError("a query and --queries exclude each other", "leave one of them out")
    text = _text_of(options.queries)
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _text_of(name: str) -> str:
    if name == "-" and sys.stdin is None:
        raise UsageError("standard input is closed", "name a file of queries")
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(
            f"{safe(name)} cannot be read: {error.strerror}", "name a file of queries, or -"
        ) from error
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


Period = tuple[dt.date | None, dt.date | None]


def period(since: str | None, until: str | None) -> Period:
    """The first and the last day that two options allow; raises UsageError where one is no date."""
    first = _bounds("--since", since)[0] if since is not None else None
    last = _bounds("--until", until)[1] if until is not None else None
    if first and last and first > last:
        raise UsageError(f"--since {first} is later than --until {last}", "swap the two")
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
