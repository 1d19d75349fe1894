"""Searcher answers queries, finds their matches and explains their results."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from seedread_index.engines.base import FACETS as FACET_FIELDS
from seedread_index.engines.base import Entities, Order, Plan, wanted
from seedread_index.engines.query_ast import Dates, Everything, narrowed
from seedread_index.model.article import Article, Mention
from seedread_index.model.deadline import (
    ANSWER,
    COMPLETE,
    EXPLAIN,
    FACETS,
    MATCHES,
    MATCHES_PER_CHARACTER,
    SEARCH,
    Clock,
    Deadline,
)
from seedread_index.model.errors import QueryError
from seedread_index.model.results import Explanation, Hit, Matches, Offer, OtherForms, Results, SearchRequest
from seedread_index.search import facets
from seedread_index.search.assist import completion, explain, offers
from seedread_index.search.assist.explain import in_words
from seedread_index.search.highlight.highlighter import spans_of, title_marks
from seedread_index.search.highlight.snippets import snippets_of
from seedread_index.search.opened import Opened, SearchedIndex
from seedread_index.search.query.boilerplate import is_in_boilerplate
from seedread_index.search.query.forms import more_in_any_form
from seedread_index.search.query.lexer import LONGEST_QUERY
from seedread_index.search.query.parser import parse
from seedread_index.search.query.planner import KeptFinder, Planner
from seedread_index.search.quotations import AskedQuotations, SearchableQuotations
from seedread_index.search.related import telling_words

if TYPE_CHECKING:
    from seedread_index.search.assist.completion import Completion
    from seedread_index.search.facets import Facets
    from seedread_index.search.sources import ArticleSource, EntitySource

_MOST_KEPT = 64
"""Articles kept with a query's places, for lists that are scrolled back and for the reader."""


class Searcher:
    """Searches one archive; every method may be called from any thread, and commits are seen as they land.

    A call may use a second of processor time at most, by the `clock`; an answer that was cut short says so.
    """

    def __init__(
        self,
        catalogue: ArticleSource,
        mentions: EntitySource,
        index: SearchedIndex,
        clock: Clock = time.thread_time,
        *,
        quotations: SearchableQuotations | None = None,
        kept: KeptFinder | None = None,
    ) -> None:
        self._kept = kept
        self._asked = AskedQuotations(catalogue, quotations)
        self._catalogue = catalogue
        self._mentions = mentions
        self._index = index
        self.engine = index.engine
        """The name of the index engine."""
        self._clock = clock
        self._closed = False
        self._view: Opened | None = None
        self._lock = threading.RLock()
        self._values: completion.FieldValues | None = None
        self._matches: OrderedDict[tuple[int, Plan, str], Matches] = OrderedDict()

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._closed = True
            if self._view is not None:
                self._retire(self._view)
                self._view = None
            self._index.close()

    def search(self, request: SearchRequest) -> Results:
        """What matches a request, best first. Raises QueryError, also where the deadline leaves nothing."""
        begun, begun_cpu = time.perf_counter(), self._clock()
        node = parse(request.query, match=request.match, typing=request.typing, today=dt.date.today())
        if request.since or request.until:
            node = narrowed(node, Dates(request.since, request.until))
        if request.filter.strip():
            node = narrowed(node, parse(request.filter, today=dt.date.today()))
        order = Order(request.sort, request.group, request.match == "any")
        with self._looking() as view:
            deadline = Deadline(SEARCH, self._clock)
            asked = self._asked.finder(view.reader)
            planner = Planner(view.reader, self._mentions, deadline, asked, self._kept)
            plan = planner.plan(node)
            rows = view.reader.find(plan, order, deadline)
            if deadline.passed and not len(rows):
                raise QueryError("the query takes too long", "use fewer or rarer words")
        return Results(
            query=request.query,
            explained="" if isinstance(plan, Everything) else in_words(plan, request.query),
            rows=rows,
            elapsed_ms=(time.perf_counter() - begun) * 1000,
            generation=view.reader.generation,
            explanation=None,
            plan=plan,
            partial=deadline.passed,
            cpu_seconds=self._clock() - begun_cpu,
            filter=request.filter,
        )

    def hits(
        self,
        results: Results,
        start: int = 0,
        stop: int | None = None,
        *,
        snippets: int = 1,
        exhaustive: bool = False,
    ) -> list[Hit]:
        """The rows [start, stop) of results with their places and snippets.

        Together with the search they take no more than a second of processor time; `exhaustive` ones, for
        counts and exports, may take longer the longer their articles are.
        """
        first, last, _ = slice(start, stop).indices(results.total)
        rows = results.rows.rows(first, last)
        deadline = Deadline(max(MATCHES, ANSWER - results.cpu_seconds), self._clock)
        articles = {article.id: article for article in self._catalogue.articles([row.id for row in rows])}
        if exhaustive:
            deadline = self._time_for(articles.values())
        plan: Plan = results.plan or Everything()  # type: ignore[assignment]
        found = []
        for row in rows:
            article = articles.get(row.id)
            if article is None:
                continue
            matches = self._matches_in(results, article, deadline)
            found.append(
                Hit(
                    id=article.id,
                    path=article.path,
                    title=article.title,
                    title_inferred=article.title_inferred,
                    date=article.date,
                    source=article.source,
                    score=round(row.score, 4),
                    hits=len(matches.spans),
                    spans=matches.spans,
                    snippets=snippets_of(article, matches.spans, snippets),
                    variants=row.variants,
                    partial=matches.partial,
                    author=article.author,
                    origin=article.origin,
                    title_marks=title_marks(plan, article, matches.spans, deadline=deadline),
                )
            )
        return found

    def matches(self, results: Results, article_id: str) -> Matches:
        """Where in an article's text a query matches: what lists count and the reader walks."""
        article = self._catalogue.article(article_id)
        return self._matches_in(results, article, self._time_for([article])) if article else Matches()

    def explain(self, results: Results) -> Explanation:
        """Why there are few results: counts per term, other spellings, what is hidden, what may be meant."""
        if results.explanation is not None:
            return results.explanation
        with self._looking() as view:
            deadline = Deadline(EXPLAIN, self._clock)
            found = explain.explain(results.plan, view.reader, self._mentions, deadline)
        return offers.with_offers(found, results.query)

    def offers(self, results: Results) -> tuple[Offer, ...]:
        """The queries that are offered beside results, or where there are none, the likeliest first."""
        first = offers.misread(results.query) if results.total else self.explain(results).offers
        other = self.other_forms(results)
        return first if other is None else (*first, offers.in_other_forms(other))

    def other_forms(self, results: Results, *, group: bool = True) -> OtherForms | None:
        """What `forms.more_in_any_form` tells of results; `group` as in the request."""
        with self._looking() as view:
            return more_in_any_form(results, view.reader, Deadline(EXPLAIN, self._clock), group=group)

    def telling_words(self, text: str) -> list[tuple[str, float]]:
        """The words that tell most of a text among the articles, each with its weight, most first."""
        with self._looking() as view:
            return telling_words(text, view.reader.vocabulary, view.reader.total())

    def complete(self, text: str, cursor: int, limit: int = 8) -> list[Completion]:
        """Completions for the word, field or name at `cursor` of a query."""
        if not 0 <= cursor <= LONGEST_QUERY:
            return []
        if (asked := completion.field_query_at(text, cursor)) is not None:
            return self._known_values().complete(asked, limit)
        deadline = Deadline(COMPLETE, self._clock)
        words, mentions = self._index.vocabulary, self._mentions
        return completion.complete(text, cursor, limit, words, mentions, deadline=deadline)

    def facets(self, results: Results, most: int = facets.MOST) -> Facets:
        """Counts by entity, source, author, year and language over all articles that match the query."""
        plan: Plan = results.plan or Everything()  # type: ignore[assignment]
        with self._looking() as view:
            view.load_facets()
            deadline = Deadline(FACETS, self._clock)
            counts = view.reader.facets(plan, FACET_FIELDS, most, deadline)
            total = view.reader.count(plan, deadline)
        return facets.shown(counts, self._mentions.entity, total, partial=deadline.passed)

    # -- inside ------------------------------------------------------------------------------------------

    def _known_values(self) -> completion.FieldValues:
        """What the fields of articles hold, read again after a commit."""
        generation = self._catalogue.generation()
        known = self._values
        if known is None or known.generation != generation:
            known = self._values = self._index.field_values(generation)
        return known

    @contextmanager
    def _looking(self) -> Iterator[Opened]:
        """The index as last committed, opened again when the catalogue has moved on; kept open meanwhile."""
        generation = self._catalogue.generation()
        with self._lock:
            if self._view is None or self._view.reader.generation != generation:
                fresh = self._index.at(generation)
                if self._view is not None:
                    self._retire(self._view)
                self._view = fresh
                self._matches.clear()
            view = self._view
            view.users += 1
        try:
            yield view
        finally:
            with self._lock:
                view.users -= 1
                if self._closed and view is self._view:  # opened by a search that ran while all was closed
                    self._retire(view)
                    self._view = None
                elif view.retired and not view.users:
                    view.reader.close()

    def _retire(self, view: Opened) -> None:
        """Close a view as soon as no search looks at it."""
        view.retired = True
        if not view.users:
            view.reader.close()

    def _time_for(self, articles: Iterable[Article]) -> Deadline:
        """How long the matches in some articles may take."""
        return Deadline(MATCHES + MATCHES_PER_CHARACTER * sum(len(a.text) for a in articles), self._clock)

    def _matches_in(self, results: Results, article: Article, deadline: Deadline) -> Matches:
        """The places in an article, kept for the next time where all were found."""
        plan: Plan = results.plan  # type: ignore[assignment]
        if plan is None or isinstance(plan, Everything):
            return Matches()
        key = (self._catalogue.generation(), plan, article.id)
        with self._lock:
            if (known := self._matches.get(key)) is not None:
                return known
        mentions, hidden = self._mentions_of(plan, article), is_in_boilerplate(plan)
        spans = spans_of(plan, article, mentions, deadline=deadline, boilerplate=hidden)
        matches = Matches(self._asked.added(spans, plan, article, deadline), deadline.passed)
        if deadline.passed:
            return matches
        with self._lock:
            self._matches[key] = matches
            while len(self._matches) > _MOST_KEPT:
                self._matches.popitem(last=False)
        return matches

    def _mentions_of(self, plan: Plan, article: Article) -> Sequence[Mention]:
        of = {each for leaf in wanted(plan) if isinstance(leaf, Entities) for each in leaf.ids}
        number = self._catalogue.numbers([article.id]).get(article.id) if of else None
        return self._mentions.mentions(number, of) if number is not None else ()
