"""Finding the article: the stretch of blocks whose likelihoods have the best sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seedread_index.extract.segmentation.blocks import Block


@dataclass(frozen=True, slots=True)
class StretchWeights:
    """How blocks count in the sum; chosen by the mean F1 of pages_as_text_dev, page_forms_dev and html_pages_dev
    flattened (benchmarks/fit_segmentation.py): .907, and within .005 of it for all values near by."""

    even: float = 0.45
    """The likelihood at which a block speaks neither for nor against the stretch."""

    least: int = 20
    """A short block counts as so many characters: a menu's entries are short but many."""

    most: int = 600
    """A long one counts as so many at most."""

    most_gap: float = 1200.0
    """So much at most does a run of unlikely blocks cost: code, a list, a table amid an article."""


WEIGHTS = StretchWeights()


def best_stretch(
    blocks: Sequence[Block], likely: Sequence[float], weights: StretchWeights = WEIGHTS
) -> tuple[int, int]:
    """The first block of the best stretch and the one after its last."""
    best, first, last = 0.0, 0, 0
    total, gap, begin = 0.0, 0.0, 0
    for index, (block, likelihood) in enumerate(zip(blocks, likely, strict=True)):
        size = min(weights.most, max(weights.least, len(block.text)))
        value = (likelihood - weights.even) * size
        if value < 0:
            cost = min(-value, weights.most_gap - gap)
            gap, total = gap + cost, total - cost
        else:
            gap, total = max(0.0, gap - 2 * value), total + value
        if total <= 0:
            total, gap, begin = 0.0, 0.0, index + 1
        elif total > best:
            best, first, last = total, begin, index + 1
    return first, last
