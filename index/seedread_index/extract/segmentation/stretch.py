"""Finding the article: the stretch of blocks whose likelihoods have the best sum."""

from __future__ import annotations

from collections.abc import Sequence

from seedread_index.extract.segmentation.blocks import Block

_EVEN = 0.5
"""The likelihood at which a block neither speaks for nor against the stretch."""

_LEAST_WEIGHT = 40
"""A short block counts as so many characters: a menu's entries are short but many."""

_LONGEST_WEIGHT = 600


def best_stretch(blocks: Sequence[Block], likely: Sequence[float]) -> tuple[int, int]:
    """The first block of the best stretch and the one after its last."""
    best, first, last = 0.0, 0, 0
    total, begin = 0.0, 0
    for index, (block, likelihood) in enumerate(zip(blocks, likely, strict=True)):
        total += (likelihood - _EVEN) * min(_LONGEST_WEIGHT, max(_LEAST_WEIGHT, len(block.text)))
        if total <= 0:
            total, begin = 0.0, index + 1
        elif total > best:
            best, first, last = total, begin, index + 1
    return first, last
