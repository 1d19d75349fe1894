"""The lines of a whole page that may be its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import is_closed
from seedread_index.extract.segmentation.boilerplate.vocabulary import is_picture_label
from seedread_index.extract.segmentation.header.bylines import (
    is_by_label,
    is_caption,
    is_credit,
    is_name_line,
    is_picture_source,
)
from seedread_index.extract.segmentation.header.date_lines import is_time
from seedread_index.extract.segmentation.header.text_headline import may_be_headline

_WORDY = 120
ABOVE, _BELOW = 90, 4
"""So many blocks above and below the article's first one may be its headline."""

FAR_BELOW, _NOTICES = 24, 2
"""So many below, as long as no more than so many paragraphs stand above them: notices, a teaser, a lead."""

_LEAST_SHOWN, _NEAR_PICTURE, _LONGEST_CREDIT = 12, 4, 80
"""Code points of a caption at least, how many blocks apart its other forms stand, code points of a credit."""

_CREDIT_WORDS = 8
"""Words at most of a photographer and the agencies."""

_LEAST_TIMES = 3
"""So many lines that are a time of day, and the entries of a page are those of a live report."""

_PLAYING = re.compile(r"\b(?:skip ad|autoplay|next video starts)\b", re.IGNORECASE)
"""What a player says above the name of what it plays."""


def candidates(blocks: Sequence[Block], first: int) -> list[int]:
    """The blocks that may be the headline of an article whose prose begins with block `first`."""
    found = []
    paragraphs = 0
    begin, end = max(0, first - ABOVE), min(len(blocks), first + FAR_BELOW)
    timed = {i + 1 for i in range(begin, end) if is_time(blocks[i].text)}
    others = timed if len(timed) >= _LEAST_TIMES else frozenset[int]()
    for index in range(begin, end):
        if index >= first + _BELOW and paragraphs > _NOTICES:
            break
        text = blocks[index].text
        above = blocks[index - 1].text if index else ""
        if (
            may_be_headline(text)
            and index not in others
            and not (index > 1 and _PLAYING.search(f"{blocks[index - 2].text}\n{above}"))
            and not (is_picture_label(above) or is_by_label(above) or is_by_label(text))
            and not _is_picture(blocks, index)
        ):
            found.append(index)
        paragraphs += index >= first and is_wordy(blocks[index]) and is_closed(text)
    return found


def _is_picture(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line says what a picture shows: again near by with whose that is, or twice right above it."""
    text = blocks[index].text.strip()
    begin = text[:_LEAST_SHOWN]
    credited = 0
    for place in range(max(0, index - _NEAR_PICTURE), min(len(blocks), index + _NEAR_PICTURE + 1)):
        if begin not in blocks[place].text:
            continue
        other = blocks[place].text.strip()
        if other != text and (other.startswith(text) or text.startswith(other)):
            shown, whole = sorted((text, other), key=len)
            if len(shown) >= _LEAST_SHOWN and _is_credit(whole[len(shown) :].lstrip(" .")):
                return True
        if other == text and place + 1 < len(blocks):
            credited += is_caption(blocks[place + 1].text) or is_picture_source(blocks[place + 1].text)
    return credited > 1


def _is_credit(rest: str) -> bool:
    """Whether what stands behind a caption says whose picture it is."""
    words = len(rest.split())
    if len(rest) > _LONGEST_CREDIT or not words:
        return False
    if is_caption(rest) or is_credit(rest, words) or (rest[0] == "/" and is_name_line(rest[1:])):
        return True
    return rest[0].isupper() and "/" in rest and words <= _CREDIT_WORDS


def is_wordy(block: Block) -> bool:
    """Whether a block is as long as a paragraph."""
    return len(block.text) > _WORDY
