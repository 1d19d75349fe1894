"""What a search is asked for and gives back: SearchRequest, Results, Hit, Snippet, and why there are few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from seedread_index.model.article import Origin, Span

Match = Literal["all", "any"]
"""Whether an article must have all the plain words of a query, or any of them."""
Sort = Literal["relevance", "date", "title", "path"]
"""The order of results; dates newest first."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fragment of an article around a hit: `start`, `end` in its text, `marks` in the snippet's."""

    text: str
    start: int
    end: int
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """One row of the results: an article and where in its text the query was met.

    `hits` is how many places, `spans` those places; `variants` are ids of near-duplicates grouped under it.
    """

    id: str
    path: str
    title: str
    title_inferred: bool
    date: dt.date | None
    source: str | None
    score: float
    hits: int
    spans: tuple[Span, ...]
    snippets: tuple[Snippet, ...]
    variants: tuple[str, ...] = ()
    partial: bool = False
    """Whether the time was over before all its places were found: there are at least these."""

    author: str | None = None
    origin: Origin = field(default_factory=Origin)
    title_marks: tuple[Span, ...] = ()
    """The places in `title`."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The places in one article's text where a query is met, in order, none inside another."""

    spans: tuple[Span, ...] = ()
    partial: bool = False
    """Whether the time was over before all places were found: there are at least these."""


@dataclass(frozen=True, slots=True)
class TermCount:
    """How many articles a term of the query meets on its own."""

    term: str
    articles: int


OfferKind = Literal["spelling", "boilerplate", "field", "operator", "forms"]
"""Why another query is offered: other spellings, matches in boilerplate, a field or an operator that is not
written as one, other forms of exact words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Another query that is offered beside the results of one.

    `query` is what taking the offer runs, and `sentence` says what it would give, without a full stop.
    """

    kind: OfferKind
    query: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why there are few results: counts per term, other spellings, and what a filter or boilerplate hides.

    `fields` are words before a colon that are no field, each with the field that it may have been meant for,
    else "".
    """

    terms: tuple[TermCount, ...] = ()
    suggestions: tuple[str, ...] = ()
    suggested_for: tuple[str, ...] = ()
    """The word, phrase or name of the query that each suggestion may stand for."""
    hidden_by_filter: int = 0
    only_in_boilerplate: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    offers: tuple[Offer, ...] = ()
    """The queries that it suggests, the likeliest first."""


@dataclass(frozen=True, slots=True)
class OtherForms:
    """How many more rows a query would have if its exact words stood for any form, and that query."""

    articles: int
    query: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an answer: `variants` are ids of the near-duplicates grouped under the article."""

    id: str
    score: float = 0.0
    variants: tuple[str, ...] = ()


class Rows(Protocol):
    """The rows of an answer, best first, made as they are asked for; from any thread."""

    def __len__(self) -> int:
        """How many rows there are; at least so many where `exact` is false."""

    @property
    def exact(self) -> bool:
        """Whether the length is the whole number of rows."""

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows [start, stop), as far as there are any."""

    def position_of(self, article_id: str) -> int | None:
        """The row of an article, None where it has none of its own."""

    def count_among(self, ids: Iterable[str]) -> int:
        """How many of some articles have a row of their own."""


_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """The answer to one query: rows, best first; hits are made for the rows that are looked at.

    `explained` is the query in words; `generation` the commit it was answered from.
    """

    query: str
    explained: str
    rows: Rows
    elapsed_ms: float
    generation: int
    explanation: Explanation | None = None
    plan: object = None
    """What the search needs to find the matches again; opaque elsewhere."""
    partial: bool = False
    """Whether the time was over before the whole query was answered: every row is right, but there may be
    more of them, and in another order."""

    cpu_seconds: float = 0.0
    """The processor time that the search took; the matches in its first rows get what is left of a second."""

    filter: str = ""
    """The filter of the request."""

    @property
    def total(self) -> int:
        """How many rows there are; at least so many where `rows.exact` is false."""
        return len(self.rows)

    def ids(self, start: int = 0, stop: int | None = None) -> list[str]:
        """The ids of the rows [start, stop); of all of them, which may be many, by default."""
        end = self.total if stop is None else min(stop, self.total)
        return list(self._ids(start, end))

    def each_id(self) -> Iterator[str]:
        """The ids of all rows, some at a time, so that many need no memory."""
        return self._ids(0, self.total)

    def _ids(self, start: int, end: int) -> Iterator[str]:
        for first in range(start, end, _AT_ONCE):
            yield from (row.id for row in self.rows.rows(first, min(first + _AT_ONCE, end)))

    def variants(self, article_id: str) -> tuple[str, ...]:
        """The near-duplicates grouped under an article."""
        at = self.rows.position_of(article_id)
        return () if at is None else self.rows.rows(at, at + 1)[0].variants


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query and how to answer it; an empty query lists every article, newest first.

    `typing` completes the last word and forgives what is still open, as while a query is being typed; `group`
    puts near-duplicates under the best of them; `since` and `until` leave out articles dated before and after
    them, and undated ones. `filter` is a query of its own that every article must meet as well.
    """

    query: str = ""
    match: Match = "all"
    sort: Sort = "relevance"
    typing: bool = False
    group: bool = True
    since: dt.date | None = None
    until: dt.date | None = None
    filter: str = ""
