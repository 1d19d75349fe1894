"""Raises articles that have words in the very forms in which a query has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import add, mul

from seedread_index.engines.base import Plan
from seedread_index.engines.document import ALL, TITLE
from seedread_index.engines.ranking import wanted_words
from seedread_index.engines.rows import Scores
from seedread_index.engines.whoosh.scoring.phrases import phrase
from seedread_index.engines.whoosh.scoring.view import Scored, View
from seedread_index.model.deadline import Deadline, Expired


@dataclass(frozen=True, slots=True)
class Weights:
    """What the very form of a word is worth beside what the word is worth in any form.

    `form` was set by hand by what five collections agree on: ir_time, and CACM as it is, without titles, in
    capitals, and in small letters without punctuation. With 0.2, 0.3 and 0.4 the first, which
    benchmarks/check_ranking.py measures, has an nDCG@10 of 0.772, 0.776 and 0.766 (0.767 without it), and the
    last 0.533, 0.536 and 0.527 (0.535).
    """

    form: float = 0.3
    """How much of a word's worth is that of its form, where several words are asked for: that share of the
    form's own BM25 takes the place of the same share of the BM25 of the word in any form."""


WEIGHTS = Weights()


def raise_exact_forms(scores: Scores, plan: Plan, view: View, deadline: Deadline) -> None:
    """Add to the scores of articles that have the forms of a plan's words.

    Where one word is asked for, articles that have its very form come before all others.
    """
    words, alone = wanted_words(plan)
    first: Scores = {}
    for leaf in words:
        if not leaf.form or not scores or deadline.over():
            continue
        field = TITLE if leaf.field == TITLE else ALL
        if alone:
            ranks = _having(leaf.form, field, view, scores, deadline)
            if len(ranks) < len(scores):
                best = max(scores.values())
                first.update(dict.fromkeys(scores.keys() & ranks, best))
            continue
        if len(leaf.form) > 1:
            continue  # parts of a word: rare enough together
        for term in leaf.slots[0]:
            _take(scores, view.scored(field, term), -WEIGHTS.form)
        _take(scores, view.scored(field, leaf.form[0]), WEIGHTS.form)
    _add(scores, first.keys(), first.values())


def _having(
    form: Sequence[str], field: str, view: View, scores: Scores, deadline: Deadline
) -> Collection[int]:
    """The ranks of the articles, among those of the scores, that have the terms of a form in turn."""
    if len(form) == 1:
        return view.having(field, form[0])
    try:
        return phrase(view, field, form, scores.keys(), deadline).keys()
    except Expired:
        return ()


def _take(scores: Scores, scored: Scored, share: float) -> None:
    """Add a share of what a term is worth to the scores of some articles."""
    there = list(map(scores.__contains__, scored.ranks))
    more = map(mul, compress(scored.scores, there), repeat(share))
    _add(scores, list(compress(scored.ranks, there)), more)


def _add(scores: Scores, ranks: Collection[int], more: Iterable[float]) -> None:
    """Add to the scores of some articles."""
    scores.update(zip(ranks, map(add, map(scores.__getitem__, ranks), more), strict=True))
