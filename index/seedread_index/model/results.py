"""The request and the answer of a search: SearchRequest, Results, Hit, Snippet, and why there are few."""

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
    """One row of the results: an article and where the query matches in its text.

    `hits` is the number of matches, `spans` are the matches; `variants` are ids of
    near-duplicates grouped under it.
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
    """Whether time ran out before all matches were found: there are at least these."""

    author: str | None = None
    origin: Origin = field(default_factory=Origin)
    title_marks: tuple[Span, ...] = ()
    """The matches in `title`."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches of a query in one article's text, in order, none inside another."""

    spans: tuple[Span, ...] = ()
    partial: bool = False
    """Whether time ran out before all matches were found: there are at least these."""


@dataclass(frozen=True, slots=True)
class TermCount:
    """How many articles a term of the query matches on its own."""

    term: str
    articles: int


OfferKind = Literal["spelling", "boilerplate", "field", "space", "operator", "forms"]
"""Why another query is suggested: other spellings, matches in boilerplate, a misspelt field or operator,
a space behind the name of a field, other forms of exact words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggested query, shown with the results of another.

    `query` is the query to run, and `sentence` says what it would find, without a full stop.
    """

    kind: OfferKind
    query: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why there are few results: counts per term, other spellings, and what a filter or boilerplate hides.

    `fields` are unknown fields (words before a colon), each with the field that it may stand for, else "".
    """

    terms: tuple[TermCount, ...] = ()
    suggestions: tuple[str, ...] = ()
    suggested_for: tuple[str, ...] = ()
    """The word, phrase or name of the query that each suggestion may stand for."""
    hidden_by_filter: int = 0
    only_in_boilerplate: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    offers: tuple[Offer, ...] = ()
    """The suggested queries, the likeliest first."""


@dataclass(frozen=True, slots=True)
class OtherForms:
    """How many more rows a query would have if its exact words matched any form, and that query."""

    articles: int
    query: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an answer: `variants` are ids of the near-duplicates grouped under the article."""

    id: str
    score: float = 0.0
    variants: tuple[str, ...] = ()


class Rows(Protocol):
    """The rows of an answer, best first, computed on demand; from any thread."""

    def __len__(self) -> int:
        """How many rows there are; at least so many where `exact` is false."""

    @property
    def exact(self) -> bool:
        """Whether the length is the whole number of rows."""

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows [start, stop), as far as there are any."""

    def position_of(self, article_id: str) -> int | None:
        """The row of an article, None if it has no row of its own."""

    def count_among(self, ids: Iterable[str]) -> int:
        """How many of these articles have their own row."""


_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """The answer to one query: rows, best first; hits are computed for the rows that are shown.

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
    """Whether time ran out before the whole query was answered: every row matches, but there may be
    more of them, in another order."""

    cpu_seconds: float = 0.0
    """The CPU time that the search took; the matches in its first rows get the rest of a second."""

    filter: str = ""
    """The filter of the request."""

    @property
    def total(self) -> int:
        """How many rows there are; a lower bound if `rows.exact` is false."""
        return len(self.rows)

    def ids(self, start: int = 0, stop: int | None = None) -> list[str]:
        """The ids of the rows [start, stop); of all of them, which may be many, by default."""
        end = self.total if stop is None else min(stop, self.total)
        return list(self._ids(start, end))

    def each_id(self) -> Iterator[str]:
        """The ids of all rows in batches, to save memory."""
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

    `typing` completes the last word and allows open quotes, while a query is being typed; `group` groups
    near-duplicates under the best of them; `since` and `until` exclude articles dated before and after them,
    and undated ones. `filter` is another query that every article must also match.
    """

    query: str = ""
    match: Match = "all"
    sort: Sort = "relevance"
    typing: bool = False
    group: bool = True
    since: dt.date | None = None
    until: dt.date | None = None
    filter: str = ""
