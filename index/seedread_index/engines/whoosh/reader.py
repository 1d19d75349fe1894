"""One commit of a Whoosh index, answering plans: which articles meet them, and in what order."""

from __future__ import annotations

from collections.abc import Sequence

from seedread_index.engines.base import DocValues, Facets, Order, Plan
from seedread_index.engines.query_ast import Everything
from seedread_index.engines.rows import NewestFirst, RankedRows, answer
from seedread_index.engines.vocabulary import Vocabulary
from seedread_index.engines.whoosh.scoring.evaluator import Evaluator
from seedread_index.engines.whoosh.scoring.proximity import boost_proximity
from seedread_index.engines.whoosh.scoring.view import View
from seedread_index.engines.whoosh.snapshot import Snapshot
from seedread_index.model.deadline import Deadline


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
        """The articles that meet a plan, in order; every article of the catalogue where all are wanted."""
        if isinstance(plan, Everything):
            return self._newest_first.rows(order)
        scores = Evaluator(self.view, deadline).scores(plan)
        if order.proximity and order.sort == "relevance":
            boost_proximity(scores, plan, self.view, deadline)
        return answer(self._values, scores, order)

    def count(self, plan: Plan, deadline: Deadline) -> int:
        """How many articles meet a plan, near-duplicates included."""
        if isinstance(plan, Everything):
            return len(self._values)
        return len(Evaluator(self.view, deadline).scores(plan))

    def facets(self, plan: Plan, fields: Sequence[str], most: int, deadline: Deadline) -> Facets:
        """The `most` most frequent values of each field over all articles that meet a plan."""
        if isinstance(plan, Everything):
            return self._values.facets(range(len(self._values)), fields, most, deadline)
        return self._values.facets(list(Evaluator(self.view, deadline).scores(plan)), fields, most, deadline)

    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first `limit` terms of a field that start with a prefix."""
        return self.view.snapshot.terms(field, prefix, limit)

    def close(self) -> None:
        """Close the files."""
        self.view.snapshot.close()
