"""Makes OpenSearch's queries of plans."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from seedread_index.engines.base import (
    AllOf,
    AnyOf,
    Entities,
    Kept,
    Plan,
    Quotations,
    Terms,
    Within,
    Without,
)
from seedread_index.engines.document import ALL, LANG, TITLE
from seedread_index.engines.opensearch.layout import BODY, DAY, HEADS, KEY, SCORED
from seedread_index.engines.query_ast import Dates, Everything
from seedread_index.engines.ranking import FORM_WEIGHT, TITLE_WEIGHT, wanted_words

Query = dict[str, Any]
_EXACT_WORTH = 200.0
"""More than any article is worth for one word: BM25 is less than its idf, which is below 25."""
_NOTHING: Query = {"match_none": {}}


class NamedArticles(Protocol):
    """What finds the articles that mention or quote entities."""

    def mentioning(self, entity_ids: Sequence[str], /) -> Query:
        """The articles that mention any of some entities where it counts."""

    def quoted(self, field: str, entity_ids: Sequence[str], /) -> Query:
        """The articles with quotations by (`said`) or about some entities."""


class Translator:
    """Makes queries of plans; the articles of entities are looked up by what it is given."""

    def __init__(self, entities: NamedArticles) -> None:
        self._entities = entities

    def query(self, plan: Plan, name: str = ALL) -> Query:
        """The query of a plan whose plain words are looked for in a field."""
        match plan:
            case AllOf(parts):
                return self._all(parts, name)
            case AnyOf(parts):
                return any_of([self.query(part, name) for part in parts])
            case Without():
                return self._all((plan,), name)
            case Within(other, part):
                return self.query(part, other)
            case Terms():
                return _terms(plan, name)
            case Entities(ids):
                return self._entities.mentioning(ids)
            case Quotations():
                return self._quoted(plan)
            case Kept(articles=ids):
                return among(KEY, ids)
            case Dates(first, last):
                low, high = (first or dt.date.min).toordinal(), (last or dt.date.max).toordinal()
                return constant({"range": {DAY: {"gte": low, "lte": high}}})
            case Everything():
                return constant({"match_all": {}})

    def exact_first(self, plan: Plan) -> Query:
        """The query of a plan that raises articles with words in the forms in which the plan has them."""
        query = self.query(plan)
        words, alone = wanted_words(plan)
        forms = [leaf for leaf in words if leaf.form and (alone or len(leaf.form) == 1)]
        if not forms:
            return query
        if alone:
            more = [{"constant_score": {"filter": _form(leaf), "boost": _EXACT_WORTH}} for leaf in forms]
        else:
            more = [_term(_field_of_form(leaf), leaf.form[0], FORM_WEIGHT) for leaf in forms]
        return {"bool": {"must": [query], "should": more}}

    def _all(self, parts: Sequence[Plan], name: str) -> Query:
        found = [self.query(part, name) for part in parts if not isinstance(part, Without)]
        unwanted = [self.query(part.part, name) for part in parts if isinstance(part, Without)]
        return {"bool": {"must": found or [constant({"match_all": {}})], "must_not": unwanted}}

    def _quoted(self, plan: Quotations) -> Query:
        """Where words are asked for, the articles are looked at one by one before; else names suffice."""
        if plan.words is not None:
            return among(KEY, plan.articles)
        return self._entities.quoted(plan.field, plan.entities)


def constant(query: Query) -> Query:
    """A query that is worth nothing."""
    return {"constant_score": {"filter": query, "boost": 0.0}}


def among(name: str, values: Sequence[str]) -> Query:
    """The articles with any of some values, worth nothing."""
    return constant({"terms": {name: list(values)}}) if values else _NOTHING


def any_of(queries: Sequence[Query]) -> Query:
    """What matches any of some queries."""
    if not queries:
        return _NOTHING
    return {"bool": {"should": list(queries), "minimum_should_match": 1}} if len(queries) > 1 else queries[0]


def _terms(plan: Terms, name: str) -> Query:
    """Terms of a field: one of them, a phrase, or some near each other, worth what the terms are alone."""
    chosen = name if plan.field in (None, BODY) else plan.field
    if plan.field == BODY and name == ALL:
        chosen = BODY
    assert chosen is not None
    if not plan.slots or not all(plan.slots):
        return _NOTHING
    slots = [sorted(map(_encodable, slot)) for slot in plan.slots]
    if chosen == LANG:
        return {"bool": {"must": [among(LANG, slot) for slot in slots]}}
    if chosen in SCORED:
        must = [any_of([_term(chosen, term) for term in slot]) for slot in slots]
    else:
        must = [among(chosen, slot) for slot in slots]
    if len(slots) > 1:
        must = [*must, constant({"intervals": {chosen: _placed(slots, plan.slop)}})]
    titles = []
    if chosen == ALL and plan.field is None:
        titles = [any_of([_term(TITLE, term, TITLE_WEIGHT) for term in slot]) for slot in slots]
    return {"bool": {"must": must, "should": titles}} if titles or len(must) > 1 else must[0]


def _term(name: str, term: str, boost: float = 1.0) -> Query:
    return {"term": {name: {"value": _encodable(term), "boost": boost}}}


def _form(leaf: Terms) -> Query:
    """The articles with the terms of a word's form, one after another."""
    name = _field_of_form(leaf)
    return _terms(Terms(name, tuple(frozenset([term]) for term in leaf.form), None, leaf.written), name)


def _field_of_form(leaf: Terms) -> str:
    return leaf.field if leaf.field in (TITLE, BODY) and leaf.field is not None else ALL


def _placed(slots: Sequence[Sequence[str]], slop: int | None) -> Query:
    """The intervals in which slots stand: after each other, or in any order.

    `max_gaps` counts what lies between the parts of a window, so a term wanted twice, which is a part of its
    own, would widen it: the width is asked of each window instead.
    """
    if slop is None:
        return {"all_of": {"ordered": True, "max_gaps": 0, "intervals": [_one_of(each) for each in slots]}}
    parts = []
    different = list(dict.fromkeys(tuple(slot) for slot in slots))
    for slot in different:
        count = sum(tuple(each) == slot for each in slots)
        again = {"all_of": {"ordered": True, "intervals": [_one_of(slot)] * count}}
        parts.append(again if count > 1 else _one_of(slot))
    width = {"source": f"interval.end - interval.start < {len(slots) + slop}"}
    return {"all_of": {"ordered": False, "intervals": parts, "filter": {"script": width}}}


def _one_of(terms: Iterable[str]) -> Query:
    """The interval of any of some terms."""
    each: list[Query] = [{"match": {"query": term, "max_gaps": 0, "ordered": True}} for term in terms]
    return each[0] if len(each) == 1 else {"any_of": {"intervals": each}}


def _encodable(term: str) -> str:
    return term if term.isascii() else term.encode("utf-8", "replace").decode()


def heads_of(kind: str, most: int) -> Query:
    """The aggregation of the names of a type that are in most articles."""
    return {
        "terms": {"field": HEADS, "include": f"{kind}\x1f.*", "size": most, "shard_size": 4 * most},
    }


def read_heads(
    aggregations: Mapping[str, Any], types: Sequence[str]
) -> tuple[dict[str, Counter[str]], dict[str, bool]]:
    """The counts of names by type, and whether all were counted in full."""
    counts: dict[str, Counter[str]] = {}
    whole: dict[str, bool] = {}
    for kind in types:
        found = aggregations[kind]
        counts[kind] = Counter({bucket["key"]: int(bucket["doc_count"]) for bucket in found["buckets"]})
        whole[kind] = not found["sum_other_doc_count"] and not found["doc_count_error_upper_bound"]
    return counts, whole
