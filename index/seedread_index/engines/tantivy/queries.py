"""Makes tantivy's queries of plans, and the fields that they ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import prod
from re import escape

import tantivy
from tantivy import FieldType, Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from seedread_index.engines.article_keys import keys_of
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
from seedread_index.engines.document import (
    ALL,
    AUTHOR,
    FILLER,
    HIDDEN,
    LANG,
    PATH,
    SECTION,
    SOURCE,
    TITLE,
    URL,
)
from seedread_index.engines.query_ast import Dates, Everything
from seedread_index.engines.ranking import TITLE_WEIGHT

BODY, ID, KEY, DAY = "body", "id", "key", "day"
TEXTS = (ALL, TITLE, BODY, HIDDEN, SOURCE, AUTHOR, SECTION, PATH, URL)
"""The fields of terms with positions."""
_TERMS = "terms"
_SCORED = (ALL, TITLE, BODY, HIDDEN)
_LAST_DAY = 4_000_000
_MOST_PHRASES = 64
"""Phrases that alternatives in the slots of one are written out as; more go by a regular expression."""

_MOST_SCORED = 64
"""Words of a phrase that it is scored by."""

Keys = Callable[[Sequence[str]], list[int]]
"""The keys of the articles that mention any of some entities."""
Near = Callable[[Terms, str, Query], list[int]]
"""Of the articles that match a query, the keys of those that have terms near each other in a field."""


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name=_TERMS)
    for name in (LANG, ID):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (KEY, DAY):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Have an index take terms as they come, joined by blanks."""
    words = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.custom_stopword([FILLER]))
    index.register_tokenizer(_TERMS, words.build())


class Translator:
    """Makes queries of plans; entities and terms near each other are looked up by what it is given."""

    def __init__(self, fields: tantivy.Schema, mentioning: Keys, near: Near) -> None:
        self._schema = fields
        self._mentioning = mentioning
        self._near = near

    def query(self, plan: Plan, field: str = ALL) -> Query:
        """The query of a plan whose plain words are looked for in a field."""
        match plan:
            case AllOf(parts):
                return self._all(parts, field)
            case AnyOf(parts):
                return any_of(self.query(part, field) for part in parts)
            case Without():
                return self._all((plan,), field)
            case Within(name, part):
                return self.query(part, name)
            case Terms():
                return self._terms(plan, field)
            case Entities(ids):
                return self.among(self._mentioning(ids) if ids else [])
            case Quotations(articles=ids) | Kept(articles=ids):
                return self.among(list(keys_of(ids)) if ids else [])
            case Dates(first, last):
                low, high = first.toordinal() if first else 1, last.toordinal() if last else _LAST_DAY
                days = Query.range_query(self._schema, DAY, FieldType.Unsigned, low, high)
                return Query.const_score_query(days, 0.0)
            case Everything():
                return Query.const_score_query(Query.all_query(), 0.0)

    def among(self, keys: Sequence[int]) -> Query:
        """The articles of these keys, worth nothing."""
        if not keys:
            return Query.empty_query()
        return Query.const_score_query(Query.term_set_query(self._schema, KEY, keys), 0.0)

    def _all(self, parts: Sequence[Plan], field: str) -> Query:
        wanted = [part for part in parts if not isinstance(part, Without)] or [Everything()]
        queries = [(Occur.Must, self.query(part, field)) for part in wanted]
        queries += [
            (Occur.MustNot, self.query(part.part, field)) for part in parts if isinstance(part, Without)
        ]
        return Query.boolean_query(queries)

    def _terms(self, plan: Terms, field: str) -> Query:
        name = field if plan.field in (None, "body") else plan.field
        if plan.field == "body" and field == ALL:
            name = BODY
        if not plan.slots or not all(plan.slots):
            return Query.empty_query()
        plan = replace(plan, slots=tuple(frozenset(map(encodable, slot)) for slot in plan.slots))
        found = self._placed(plan, name)
        if name not in _SCORED:
            return Query.const_score_query(found, 0.0)
        if name != ALL or plan.field is not None:
            return found
        titles = [
            (Occur.Should, Query.boost_query(self._term(TITLE, term), TITLE_WEIGHT))
            for slot in plan.slots
            for term in sorted(slot)
        ]
        return Query.boolean_query([(Occur.Must, found), *titles])

    def _placed(self, plan: Terms, name: str) -> Query:
        """The articles that have the terms where the plan wants them, worth what the terms are alone."""
        if len(plan.slots) == 1:
            return self._slot(name, plan.slots[0])
        places = Query.const_score_query(self._places(plan, name), 0.0)
        worth = [(Occur.Must, self._slot(name, slot)) for slot in plan.slots[:_MOST_SCORED]]
        return Query.boolean_query([(Occur.Must, places), *worth])

    def _places(self, plan: Terms, name: str) -> Query:
        if plan.slop is None:
            return self._phrase(name, plan.slots, 0)
        first, second = plan.slots[0], plan.slots[1]
        if len(plan.slots) == 2 and first.isdisjoint(second) and len(first) * len(second) <= _MOST_PHRASES:
            return self._pair(name, first, second, plan.slop)
        return self.among(self._near(plan, name, self._nearly(plan, name)))

    def _nearly(self, plan: Terms, name: str) -> Query:
        """The articles that have all terms, and each two of them that differ as near as all have to be."""
        assert plan.slop is not None
        slots, slop = list(dict.fromkeys(plan.slots)), plan.slop + len(plan.slots) - 2
        queries = [(Occur.Must, self._slot(name, slot)) for slot in slots]
        for first, second in pairwise(slots):
            if first.isdisjoint(second) and len(first) * len(second) <= _MOST_PHRASES:
                queries.append((Occur.Must, self._pair(name, first, second, slop)))
        return Query.boolean_query(queries)

    def _pair(self, name: str, first: frozenset[str], second: frozenset[str], slop: int) -> Query:
        """Two different terms near each other: tantivy's slop keeps the order, so that both are asked."""
        return any_of((self._phrase(name, (first, second), slop), self._phrase(name, (second, first), slop)))

    def _phrase(self, name: str, slots: Sequence[frozenset[str]], slop: int) -> Query:
        if prod(map(len, slots)) <= _MOST_PHRASES:
            phrases = product(*map(sorted, slots))
            return any_of(Query.phrase_query(self._schema, name, list(words), slop) for words in phrases)
        patterns = [f"({'|'.join(map(escape, sorted(slot)))})" for slot in slots]
        return Query.regex_phrase_query(self._schema, name, list(patterns), slop)

    def _slot(self, name: str, terms: frozenset[str]) -> Query:
        return any_of(self._term(name, term) for term in sorted(terms))

    def _term(self, name: str, term: str) -> Query:
        return Query.term_query(self._schema, name, term)


def encodable(term: str) -> str:
    """A term with what cannot be written in UTF-8 replaced, as in the index."""
    return term if term.isascii() else term.encode("utf-8", "replace").decode()


def any_of(queries: Iterable[Query]) -> Query:
    """What matches any of some queries."""
    some = list(queries)
    return some[0] if len(some) == 1 else Query.boolean_query([(Occur.Should, each) for each in some])
