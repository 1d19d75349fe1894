"""BM25: what the occurrences of a term in a text are worth, with the weights it is computed by.

With N articles, n of them with the term, f occurrences in the text and the text's length over the average, l:

    score = idf * f * (k1 + 1) / (f + k1 * (1 - b + b * l))        idf = ln(1 + (N - n + 0.5) / (n + 0.5))

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf that
Lucene uses, which is never negative. An article's score is the sum over the terms of the query in its text,
plus `title` times the same over its headline (or its opening words where the file has none).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import add, mul, truediv


@dataclass(frozen=True, slots=True)
class Weights:
    """The parameters of BM25 and the weight of the headline.

    Set by hand by what four collections agreed on. Two of them can be measured: the 83 queries of the TIME
    collection (ir_time, MAP and nDCG@10) and 621 headlines searched for in the bodies of news1k (mean
    reciprocal rank), by benchmarks/check_ranking.py: 0.716, 0.776 and 0.943. With --vary it shows each weight
    a quarter less and more: `k1` 0.704 and 0.714 (MAP), 0.939 and 0.947 (headlines), `b` 0.702 and 0.712,
    0.941 and 0.942, `title` 0.715 and 0.705, 0.945 and 0.944.
    """

    k1: float = 1.4
    """From how many occurrences on more of them say little more."""
    b: float = 0.75
    """How much the length of a text counts, 0 to 1."""
    title: float = 0.25
    """What a term in the headline adds, as a share of its BM25 there."""


WEIGHTS = Weights()


def length_norms(sizes: Sequence[int]) -> list[float]:
    """What is added to a frequency for each text's length, counted in terms: k1 * (1 - b + b * l)."""
    average = (sum(sizes) / len(sizes) if sizes else 0) or 1
    flat, steep = WEIGHTS.k1 * (1 - WEIGHTS.b), WEIGHTS.k1 * WEIGHTS.b / average
    return [flat + steep * size for size in sizes]


def scores(
    documents: int, articles: int, frequencies: Sequence[float], norms: Iterable[float]
) -> Iterator[float]:
    """BM25 of a term that `articles` of all `documents` have, for texts with these frequencies and norms."""
    others = max(documents - articles, 0)
    weight = math.log1p((others + 0.5) / (articles + 0.5)) * (WEIGHTS.k1 + 1)
    return map(truediv, map(mul, frequencies, repeat(weight)), map(add, frequencies, norms))
