"""Raises articles in which words that stand side by side in a question do so, too: term proximity.

After Rasolofo and Savoy, "Term Proximity Scoring for Keyword-Based Retrieval Systems" (ECIR 2003).
A pair of neighbouring words of the query, at a distance of d words in an article (1 where one follows the
other), gains

    weight * min(idf of both) / d²        idf = ln(1 + N / (n + 1))

with N articles, n of them with the word. Unlike there only neighbours in the query make a pair, only its
nearest place counts, and a place in the other order is one word further apart.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

from seedread_index.engines.base import AllOf, AnyOf, Plan, Terms
from seedread_index.engines.document import ALL
from seedread_index.engines.rows import Scores
from seedread_index.engines.whoosh.scoring.view import View
from seedread_index.model.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Weights:
    """How much nearness is worth, and where it is looked for.

    `weight` was set by hand by what four collections agreed on; see `bm25.Weights` for the two that can be
    measured by benchmarks/check_ranking.py --vary, where a quarter less and more of it gives a MAP of 0.716
    and 0.713 (0.716 as it is). `reach` and `depth` were chosen by hand: a quarter changes nothing there.
    """

    weight: float = 0.8
    """What two words next to each other are worth, in parts of the rarer one's idf."""
    reach: int = 8
    """Words further apart than this gain nothing."""
    depth: int = 100
    """How many of the best articles by BM25 are looked at."""


WEIGHTS = Weights()


def boost_proximity(scores: Scores, plan: Plan, view: View, deadline: Deadline) -> None:
    """Add to the best articles' scores for pairs of neighbouring query words that stand near each other."""
    words = _words(plan)
    if len(words) < 2 or not scores:
        return
    best = set(nlargest(WEIGHTS.depth, scores, key=scores.__getitem__))
    positions = {
        word: view.positions(ALL, word, best) for word in dict.fromkeys(words) if not deadline.over()
    }
    weights = {
        word: math.log1p(view.documents / (1 + len(view.scored(ALL, word).ranks))) for word in positions
    }
    for left, right in dict.fromkeys(pairwise(words)):
        if left == right or deadline.over():
            continue
        weight = WEIGHTS.weight * min(weights[left], weights[right])
        for rank in best:
            if rank not in positions[left] or rank not in positions[right]:
                continue
            if (apart := _nearest(positions[left][rank], positions[right][rank])) <= WEIGHTS.reach:
                scores[rank] += weight / apart**2


def _words(plan: Plan) -> list[str]:
    """The plain words of a question, in its order."""
    parts = plan.parts if isinstance(plan, AnyOf | AllOf) else ()
    if parts and isinstance(parts[0], AnyOf):
        parts = parts[0].parts
    return [
        next(iter(part.slots[0]))
        for part in parts
        if isinstance(part, Terms) and part.field is None and len(part.slots) == 1 and len(part.slots[0]) == 1
    ]


def _nearest(left: Sequence[int], right: Sequence[int]) -> int:
    """The smallest distance between a position of one and of the other; a step back counts as one more."""
    nearest = WEIGHTS.reach + 1
    for at in left:
        index = bisect_left(right, at)
        if index < len(right) and right[index] > at:
            nearest = min(nearest, right[index] - at)
        if index:
            nearest = min(nearest, at - right[index - 1] + 1)
    return nearest
