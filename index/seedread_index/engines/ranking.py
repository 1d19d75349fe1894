"""What every engine ranks by: the words of a plan, and the weights of those that bring a BM25 of their own.

The Whoosh engine has weights with their measurements in `whoosh.scoring`; these are the same for the others.
"""

from __future__ import annotations

from seedread_index.engines.base import Plan, Terms, wanted

TITLE_WEIGHT = 0.25
"""What a term in the headline adds, as a share of its BM25 there: `title` of `bm25.Weights`."""
FORM_WEIGHT = 0.43
"""The share of its own BM25 that the exact form of a word adds: form / (1 - form) of `exactness.Weights`."""


def wanted_words(plan: Plan) -> tuple[list[Terms], bool]:
    """The words that a hit matches, and whether they are one word, in the ways it may be written."""
    words = [leaf for leaf in wanted(plan) if isinstance(leaf, Terms) and leaf.slots]
    return words, len({(leaf.field, leaf.written) for leaf in words}) == 1
