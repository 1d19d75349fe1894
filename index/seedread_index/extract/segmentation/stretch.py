"""Finding the article: the stretch of blocks whose likelihoods have the best sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.comments import opens_comments
from seedread_index.extract.segmentation.boilerplate.families import families_of
from seedread_index.extract.segmentation.boilerplate.features import is_closed, words_of
from seedread_index.extract.segmentation.boilerplate.refine import is_label


@dataclass(frozen=True, slots=True)
class StretchWeights:
    """How blocks count in the sum.

    Chosen by the mean F1 of pages_as_text_dev, page_forms_dev and html_pages_dev flattened
    (benchmarks/fit_segmentation.py): .907, and within .007 of it for all values near by.
    """

    even: float = 0.45
    """The likelihood at which a block speaks neither for nor against the stretch."""

    least: int = 20
    """A short block counts as so many characters: a menu's entries are short but many."""

    most: int = 600
    """A long one counts as so many at most."""

    most_gap: float = 1200.0
    """So much at most does a run of unlikely blocks cost: code, a list, a table amid an article."""


_ENDINGS = frozenset({"social", "related", "tips", "letter"})
_RUN, _LEAST_SIGNS, _LEAST_WORDS, _PARAGRAPH_BLANKS, _LONGEST_SIGN = 8, 4, 200, 20, 90

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
    return first, ending(blocks, first, last)


def ending(blocks: Sequence[Block], first: int, last: int) -> int:
    """Where a stretch ends: at the first run of share buttons, links to other stories and comments below it.

    The run counts only once the article has some hundred words, and where no paragraph of prose is near.
    """
    words = 0
    for index in range(first, last):
        text = blocks[index].text
        if _is_paragraph(text):
            words += text.count(" ") + 1
        elif words >= _LEAST_WORDS and _sign(text):
            near = [block.text for block in blocks[index : index + _RUN]]
            if sum(map(_sign, near)) >= _LEAST_SIGNS and not any(map(_is_paragraph, near)):
                return index
    return last


def _is_paragraph(text: str) -> bool:
    return text.count(" ") >= _PARAGRAPH_BLANKS and is_closed(text)


def _sign(text: str) -> int:
    """How much a line tells that the article is over."""
    if len(text) > _LONGEST_SIGN:
        return 0
    if opens_comments(text):
        return 2
    return int(is_label(text) or not _ENDINGS.isdisjoint(families_of(words_of(text))))
