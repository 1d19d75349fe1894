"""Answers plans over one commit of a Whoosh index: which articles match them, how well, and in what order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import chain, compress, repeat
from operator import add, mul
from typing import Protocol

from seedread_index.engines.article_keys import keys_of
from seedread_index.engines.base import (
    AllOf,
    AnyOf,
    DocValues,
    Entities,
    Facets,
    Kept,
    Order,
    Plan,
    Quotations,
    Terms,
    Within,
    Without,
)
from seedread_index.engines.document import ALL, TITLE
from seedread_index.engines.query_ast import Dates, Everything
from seedread_index.engines.rows import NewestFirst, RankedRows, Scores, answer
from seedread_index.engines.vocabulary import Vocabulary
from seedread_index.engines.whoosh.scoring import bm25
from seedread_index.engines.whoosh.scoring.exactness import raise_exact_forms
from seedread_index.engines.whoosh.scoring.phrases import phrase
from seedread_index.engines.whoosh.scoring.proximity import boost_proximity
from seedread_index.engines.whoosh.scoring.view import PositionsByRank, View
from seedread_index.engines.whoosh.snapshot import Snapshot
from seedread_index.model.deadline import Deadline, Expired
from seedread_index.text.proximity import near_windows, starts_of_phrase


class Evaluator:
    """Evaluates plans over one commit of the index.

    Once the deadline has passed, what was found so far is the answer: all of it is right, some may be
    missing. What is left out by NOT has to be known whole, else nothing is found.
    """

    def __init__(self, view: View, deadline: Deadline) -> None:
        self._view = view
        self.deadline = deadline

    def scores(self, plan: Plan, field: str = ALL, among: Set[int] | None = None) -> Scores:
        """The articles that match a plan, by rank, with scores; plain words are looked for in `field`.

        With `among` other articles than these are left out, and little is done for them.
        """
        if self.deadline.over():
            return {}
        match plan:
            case AllOf(parts):
                return self._all(parts, field, among)
            case AnyOf(parts):
                return self._any(parts, field, among)
            case Without():
                return self._all((plan,), field, among)
            case Terms():
                return self._terms(plan, field, among)
            case Within(name, part):
                return self.scores(part, name, among)
            case Entities(ids):
                ranks = self._view.values.mentioning(ids) if ids else frozenset[int]()
                return dict.fromkeys(ranks if among is None else ranks & among, 0.0)
            case Quotations(articles=ids) | Kept(articles=ids):
                found = self._view.values.ranks(keys_of(ids)) if ids else ()
                return {rank: 0.0 for rank in found if rank >= 0 and (among is None or rank in among)}
            case Dates(first, last):
                low = first.toordinal() if first else 1
                high = last.toordinal() if last else 4_000_000
                return dict.fromkeys(self._view.between(low, high, among), 0.0)
            case Everything():
                return dict.fromkeys(self._view.every(among), 0.0)

    def _all(self, parts: Sequence[Plan], field: str, among: Set[int] | None) -> Scores:
        positive = [part for part in parts if not isinstance(part, Without)]
        if len(positive) > 1:
            positive.sort(key=self._expense)
        first, *others = positive or [Everything()]
        found = self.scores(first, field, among)
        for wanted in others:
            scores = self.scores(wanted, field, found.keys())
            found = {rank: found[rank] + score for rank, score in scores.items()}
        for part in parts:
            if isinstance(part, Without):
                for rank in self.scores(part.part, field, found.keys()):
                    del found[rank]
                if self.deadline.passed:
                    return {}
        return found

    def _expense(self, part: Plan) -> int:
        """How many articles a part may match: the rarest is looked up first."""
        if isinstance(part, Terms) and part.slots and all(part.slots):
            name = ALL if part.field in (None, "body") else part.field
            return min(sum(self._view.snapshot.frequency(name, term) for term in slot) for slot in part.slots)
        return 1 << (30 + isinstance(part, Dates | Everything))

    def _any(self, parts: Sequence[Plan], field: str, among: Set[int] | None) -> Scores:
        found: Scores = {}
        for part in parts:
            scores = self.scores(part, field, among)
            _raise(found, scores, scores.values())
        return found

    def _terms(self, plan: Terms, field: str, among: Set[int] | None) -> Scores:
        name = field if plan.field in (None, "body") else plan.field
        if not all(plan.slots) or not plan.slots:
            return {}
        if _is_phrase(plan):
            terms = [term for slot in plan.slots for term in slot]
            try:
                found = phrase(self._view, name, terms, among, self.deadline)
            except Expired:
                return {}
        else:
            found = self._together(plan, name, among)
        if name == ALL and plan.field is None:
            self._add_titles(plan, found)
        return found

    def _together(self, plan: Terms, field: str, among: Set[int] | None) -> Scores:
        """The articles that have a term of every slot, where the plan wants them."""
        found = self._slot(field, plan.slots[0], among)
        for slot in plan.slots[1:]:
            scores = self._slot(field, slot, found.keys())
            found = {rank: found[rank] + score for rank, score in scores.items()}
            if not found:
                return found
        return self._placed(plan, field, found) if len(plan.slots) > 1 or plan.field == "body" else found

    def _slot(self, field: str, terms: frozenset[str], among: Set[int] | None) -> Scores:
        found: Scores = {}
        for term in sorted(terms):  # the forms of a word beside each other
            if self.deadline.over():
                break
            _raise(found, *self._scored(field, term, among))
        return found

    def _scored(self, field: str, term: str, among: Set[int] | None) -> tuple[Sequence[int], Iterable[float]]:
        """The articles that have a term, and what it is worth in each."""
        ranks, scores = self._view.scored(field, term)
        if among is None:
            return ranks, scores
        wanted = list(map(among.__contains__, ranks))
        return list(compress(ranks, wanted)), compress(scores, wanted)

    def _add_titles(self, plan: Terms, found: Scores) -> None:
        """Raise the articles whose headline has the words."""
        for slot in plan.slots:
            for term in slot:
                if self.deadline.over():
                    return
                ranks, scores = self._scored(TITLE, term, found.keys())
                _raise(found, ranks, map(mul, scores, repeat(bm25.WEIGHTS.title)))

    def _placed(self, plan: Terms, field: str, found: Scores) -> Scores:
        """Of the articles that have all the terms, those that have them where the plan wants them."""
        counts: Counter[frozenset[str]] = Counter(plan.slots)
        slots = list(counts) if plan.slop is not None else plan.slots
        kept: Scores = {}
        try:
            positions = self._slot_positions(field, slots, found)
        except Expired:
            return kept
        for rank, score in found.items():
            if self.deadline.over():
                break
            at_each = [each[rank] for each in positions]
            if plan.field == "body":
                start, end = self._view.body(rank)
                at_each = [[at for at in each if start <= at < end] for each in at_each]
            if plan.slop is None:
                met = bool(at_each[0] if len(at_each) == 1 else starts_of_phrase(at_each))
            else:
                met = any(near_windows(at_each, list(counts.values()), plan.slop, self.deadline))
            if met:
                kept[rank] = score
        return kept

    def _slot_positions(
        self, field: str, slots: Sequence[frozenset[str]], found: Scores
    ) -> list[PositionMap]:
        """The positions of any of each slot's terms by rank."""
        known: dict[frozenset[str], PositionMap] = {}
        for slot in slots:
            if slot not in known:
                each = []
                for term in slot:
                    self.deadline.check()
                    each.append(self._view.positions(field, term, found))
                known[slot] = each[0] if len(each) == 1 else _merged(each, found)
        return [known[slot] for slot in slots]


class WhooshReader:
    """A snapshot beside the values of a catalogue; implements `engines.base.IndexReader`."""

    def __init__(self, snapshot: Snapshot, values: DocValues, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.view = View(snapshot, values)
        self.generation = values.generation
        self._values = values
        self._newest_first = NewestFirst(values)

    def total(self) -> int:
        """How many articles can be found."""
        return self.view.documents

    def find(self, plan: Plan, order: Order, deadline: Deadline) -> RankedRows:
        """The articles that match a plan, in order; every article of the catalogue where all are wanted."""
        if isinstance(plan, Everything):
            return self._newest_first.rows(order)
        scores = Evaluator(self.view, deadline).scores(plan)
        if order.sort == "relevance":
            raise_exact_forms(scores, plan, self.view, deadline)
            if order.proximity:
                boost_proximity(scores, plan, self.view, deadline)
        return answer(self._values, scores, order)

    def count(self, plan: Plan, deadline: Deadline) -> int:
        """How many articles match a plan, near-duplicates included."""
        if isinstance(plan, Everything):
            return len(self._values)
        return len(Evaluator(self.view, deadline).scores(plan))

    def facets(self, plan: Plan, fields: Sequence[str], most: int, deadline: Deadline) -> Facets:
        """The `most` most frequent values of each field over all articles that match a plan."""
        if isinstance(plan, Everything):
            return self._values.facets(range(len(self._values)), fields, most, deadline)
        return self._values.facets(list(Evaluator(self.view, deadline).scores(plan)), fields, most, deadline)

    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first `limit` terms of a field that start with a prefix."""
        return self.view.snapshot.terms(field, prefix, limit)

    def close(self) -> None:
        """Close the files."""
        self.view.snapshot.close()


class PositionMap(Protocol):
    """Positions, ascending, by the rank of an article."""

    def __getitem__(self, rank: int, /) -> Sequence[int]:
        """The positions in one article."""


def _merged(each: Sequence[PositionsByRank], found: Scores) -> dict[int, Sequence[int]]:
    """The positions of several terms as of one."""
    merged: dict[int, Sequence[int]] = {}
    for rank in found:
        here = [positions[rank] for positions in each if rank in positions]
        merged[rank] = here[0] if len(here) == 1 else sorted(chain.from_iterable(here))
    return merged


def _is_phrase(plan: Terms) -> bool:
    """Whether words are wanted one right after the other, and no others in their places."""
    if len(plan.slots) < 2 or plan.slop is not None or plan.field == "body":
        return False
    return all(len(slot) == 1 for slot in plan.slots)


def _raise(found: Scores, ranks: Iterable[int], scores: Iterable[float]) -> None:
    """Add scores to those already there; `ranks` are all different."""
    if found:
        scores = map(add, scores, map(found.get, ranks, repeat(0.0)))
    found.update(zip(ranks, scores, strict=True))
