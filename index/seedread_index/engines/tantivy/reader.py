"""One commit of a tantivy index, answering plans: which articles match them, and in what order."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from math import log1p

import tantivy
from tantivy import Occur, Query

from seedread_index.engines.article_keys import keys_of
from seedread_index.engines.base import DocValues, Facets, Order, Plan, Terms
from seedread_index.engines.document import ALL, TITLE, analyze, index_terms
from seedread_index.engines.query_ast import Everything
from seedread_index.engines.ranking import FORM_WEIGHT, TITLE_WEIGHT, wanted_words
from seedread_index.engines.rows import NewestFirst, OnDemand, RankedRows, Scores, answer, group
from seedread_index.engines.tantivy.queries import BODY, KEY, Translator, encodable
from seedread_index.engines.vocabulary import Vocabulary
from seedread_index.model.deadline import Deadline
from seedread_index.text.proximity import near_windows

_MOST_SATURATED = 2.2
"""What many occurrences of a term are worth, in parts of its idf: k1 + 1 of tantivy's BM25."""
_FIRST = 500
"""Rows that are fetched at once; the others, which are seldom looked at, when they are."""


class TantivyReader:
    """A commit beside the values of a catalogue; implements `engines.base.IndexReader`.

    Words of a question that stand together raise no article here (`Order.proximity`).
    """

    def __init__(
        self, searcher: tantivy.Searcher, fields: tantivy.Schema, values: DocValues, vocabulary: Vocabulary
    ) -> None:
        self.vocabulary = vocabulary
        self.generation = values.generation
        self._searcher = searcher
        self._schema = fields
        self._values = values
        self._newest_first = NewestFirst(values)
        self._gone = keys_of(values.dropped())

    def total(self) -> int:
        """How many articles can be found."""
        return self._searcher.num_docs

    def find(self, plan: Plan, order: Order, deadline: Deadline) -> RankedRows:
        """The articles that match a plan, in order; every article of the catalogue where all are wanted."""
        if isinstance(plan, Everything):
            return self._newest_first.rows(order)
        query = self._query(plan, deadline)
        if order.sort != "relevance":
            return answer(self._values, dict.fromkeys(self._every(query), 0.0), order)
        query = self._exact_first(query, plan)
        grouped = self._scores_among(query, list(self._values.groups())) if order.group else {}
        every = set(grouped)
        variants = group(grouped, self._values.groups())
        best = _Best(self, query, self._count(query), every - set(grouped))
        return _Rows(self, best, variants)

    def count(self, plan: Plan, deadline: Deadline) -> int:
        """How many articles match a plan, near-duplicates included."""
        return len(self._values) if isinstance(plan, Everything) else self._count(self._query(plan, deadline))

    def facets(self, plan: Plan, fields: Sequence[str], most: int, deadline: Deadline) -> Facets:
        """The `most` most frequent values of each field over all articles that match a plan."""
        every = isinstance(plan, Everything)
        ranks = range(len(self._values)) if every else self._every(self._query(plan, deadline))
        return self._values.facets(ranks, fields, most, deadline)

    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first `limit` terms of a field that start with a prefix."""
        return sorted(term for term, _ in self._searcher.terms_with_prefix(field, prefix))[:limit]

    def close(self) -> None:
        """Close the files: tantivy does with the last reader of a commit."""

    def _exact_first(self, query: Query, plan: Plan) -> Query:
        """A query that raises articles which have words in the forms in which the plan has them: before all
        others where it has one word, else by a share of what the form is worth."""
        words, alone = wanted_words(plan)
        forms = [self._form(leaf) for leaf in words if leaf.form and (alone or len(leaf.form) == 1)]
        if not forms:
            return query
        if alone:
            best = _MOST_SATURATED * (1 + TITLE_WEIGHT) * log1p(self._searcher.num_docs + 1)
            worth = [Query.const_score_query(form, best) for form in forms]
        else:
            worth = [Query.boost_query(form, FORM_WEIGHT) for form in forms]
        return Query.boolean_query([(Occur.Must, query), *((Occur.Should, each) for each in worth)])

    def _form(self, leaf: Terms) -> Query:
        name = leaf.field if leaf.field in (TITLE, BODY) else ALL
        terms = [encodable(term) for term in leaf.form]
        if len(terms) > 1:
            return Query.phrase_query(self._schema, name, [*terms])
        return Query.term_query(self._schema, name, terms[0])

    # -- for the rows ------------------------------------------------------------------------------------

    @property
    def values(self) -> DocValues:
        """What the catalogue knows of the articles."""
        return self._values

    def best(self, query: Query, limit: int) -> list[tuple[float, int]]:
        """Scores and ranks of the best articles that match a query; few where one has no rank."""
        hits = self._searcher.search(query, limit=max(1, limit), count=False).hits
        keys = self._searcher.fast_field_values(KEY, [address for _, address in hits])
        ranks = self._values.ranks(array("Q", keys))  # type: ignore[arg-type]  # every document has one
        return [(score, rank) for (score, _), rank in zip(hits, ranks, strict=True) if rank >= 0]

    def among(self, query: Query, ids: Sequence[str]) -> list[int]:
        """The ranks of those of some articles that match a query."""
        ranks = [rank for rank in self._values.ranks(keys_of(ids)) if rank >= 0] if ids else []
        return list(self._scores_among(query, ranks))

    # -- inside ------------------------------------------------------------------------------------------

    def _scores_among(self, query: Query, ranks: Sequence[int]) -> Scores:
        if not ranks:
            return {}
        some = self._translator(Deadline(float("inf"), lambda: 0.0)).among(self._keys(ranks))
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, some)])
        return {rank: score for score, rank in self.best(both, len(ranks))}

    def _count(self, query: Query) -> int:
        return int(self._searcher.search(query, limit=1).count)  # type: ignore[attr-defined]

    def _every(self, query: Query) -> array[int]:
        """The ranks of all articles that match a query."""
        hits = self._searcher.search(
            query, limit=max(1, self._searcher.num_docs), count=False, order_by_field=KEY
        ).hits
        ranks = self._values.ranks(array("Q", [key for key, _ in hits]))
        return array("i", [rank for rank in ranks if rank >= 0])

    def _keys(self, ranks: Iterable[int]) -> list[int]:
        return list(keys_of(self._values.ids(list(ranks))))

    def _translator(self, deadline: Deadline) -> Translator:
        def mentioning(entities: Sequence[str]) -> list[int]:
            return self._keys(self._values.mentioning(entities))

        def near(plan: Terms, field: str, query: Query) -> list[int]:
            return self._keys(self._near(plan, field, query, deadline))

        return Translator(self._schema, mentioning, near)

    def _query(self, plan: Plan, deadline: Deadline) -> Query:
        translator = self._translator(deadline)
        query = translator.query(plan)
        if not self._gone:
            return query
        gone = (Occur.MustNot, translator.among(list(self._gone)))
        return Query.boolean_query([(Occur.Must, query), gone])

    def _near(self, plan: Terms, field: str, query: Query, deadline: Deadline) -> Iterator[int]:
        """Of the articles that match a query, those whose own text has the terms near each other."""
        assert plan.slop is not None
        counts = {slot: plan.slots.count(slot) for slot in plan.slots}
        for rank, document in self._values.documents(self._every(query)):
            if deadline.over():
                return
            parts = analyze(document)
            body = field == BODY
            found = index_terms(parts.positions[ALL if body else field])
            at_each = [sorted({at for term in slot for at in found.get(term, ())}) for slot in counts]
            if body:
                at_each = [[at for at in each if parts.head <= at < parts.size] for each in at_each]
            if any(near_windows(at_each, list(counts.values()), plan.slop, deadline)):
                yield rank


class _Best(OnDemand):
    """Ranks by falling scores, the newer first where these are the same, fetched as they are asked for."""

    def __init__(self, reader: TantivyReader, query: Query, total: int, without: set[int]) -> None:
        self._reader = reader
        self.query = query
        self.without = without
        self._total = total
        self._fetched = 0
        self._ranks: list[int] = []
        self.scores: Scores = {}

    def _up_to(self, stop: int) -> list[int]:
        """The ranks, at least so many; those with the last score that was fetched wait for all of theirs."""
        for limit in (_FIRST + len(self.without), self._total):
            if len(self._ranks) >= min(stop, len(self)) or self._fetched >= self._total:
                break
            hits = self._reader.best(self.query, limit)
            self._fetched = limit
            if limit < self._total and hits:
                last = hits[-1][0]
                hits = [hit for hit in hits if hit[0] > last]
            pairs = sorted((-score, rank) for score, rank in hits if rank not in self.without)
            self.scores = {rank: -score for score, rank in pairs}
            self._ranks = [rank for _, rank in pairs]
        return self._ranks

    def __len__(self) -> int:
        return self._total - len(self.without)


class _Rows(RankedRows):
    """Rows by relevance, fetched as they are asked for."""

    def __init__(self, reader: TantivyReader, best: _Best, variants: dict[int, list[int]]) -> None:
        super().__init__(reader.values, best, variants=variants)
        self._reader = reader
        self._best = best

    def score(self, rank: int) -> float:
        """What an article is worth."""
        return self._best.scores.get(rank, 0.0)

    def count_among(self, ids: Iterable[str]) -> int:
        """How many of some articles have a row of their own."""
        return len(set(self._reader.among(self._best.query, list(dict.fromkeys(ids)))) - self._best.without)
