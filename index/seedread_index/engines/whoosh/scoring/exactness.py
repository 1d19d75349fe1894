"""Raises articles that have words in the very forms in which a query has them."""

from __future__ import annotations

from dataclasses import dataclass

from seedread_index.engines.base import Plan, Terms, wanted
from seedread_index.engines.document import ALL, TITLE
from seedread_index.engines.rows import Scores
from seedread_index.engines.whoosh.scoring.view import View
from seedread_index.model.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Weights:
    """What the very form of a word is worth beside what the word is worth in any form; set by hand, as the
    weights of BM25 are (see benchmarks/check_ranking.py)."""

    form: float = 0.2
    """The share of the form's own BM25 that is added, where several words are asked for."""


WEIGHTS = Weights()


def raise_exact_forms(scores: Scores, plan: Plan, view: View, deadline: Deadline) -> None:
    """Add to the scores of articles that have the forms of a plan's words.

    Where one word is asked for, articles that have its very form come before all others.
    """
    words = [leaf for leaf in wanted(plan) if isinstance(leaf, Terms) and leaf.slots]
    several = len(words) > 1
    for leaf in words:
        if not leaf.form or deadline.over():
            continue
        ranks, worth = view.scored(TITLE if leaf.field == TITLE else ALL, leaf.form)
        first = 0.0 if several else max(scores.values(), default=0.0)
        for rank, score in zip(ranks, worth, strict=True):
            if (known := scores.get(rank)) is not None:
                scores[rank] = known + first + WEIGHTS.form * score
