"""The only heading of the first level above an article: its headline, unless it is the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.header.text_headline import levelled, may_be_headline

_STEM = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,5}|[\u3400-\u9fff\u3040-\u30ff]{2}")
_BODY_SAMPLE, _TOPICAL = 6000, 0.3
"""The share of its longer words that a headline has in common with the beginning of its article."""

_FEW_BLANKS = 3
_BELOW, _NEAR = 4, 3
"""So many blocks below the article's first one the headline may stand, and above its standfirst."""


def only_heading(blocks: Sequence[Block], first: int) -> int | None:
    """The only heading of the first level that a page has above its article, however far above."""
    headings = [i for i, block in enumerate(blocks[: first + _BELOW]) if block.heading == 1]
    return headings[0] if len(headings) == 1 and may_be_headline(blocks[headings[0]].text) else None


def with_only_heading(best: int | None, blocks: Sequence[Block], first: int, last: int) -> int | None:
    """The only heading, where that is no site's name, else `best`, the line that is most like a headline.

    A headline has words of the article, or stands right above `best`; one of a few words is in no other line.
    """
    only = only_heading(blocks, first)
    if only is None or best is None or best == only:
        return only if best is None else best
    if blocks[only].linked > 0:
        return best
    plain = levelled(blocks[only].text)
    own = set(_STEM.findall(plain))
    sample = " ".join([block.text for block in blocks[max(first, only + 1) : last]])[:_BODY_SAMPLE]
    topical = len(own & set(_STEM.findall(sample.casefold()))) > _TOPICAL * max(2, len(own))
    if topical and plain.count(" ") >= _FEW_BLANKS:
        return only
    others = [block.text for block in blocks if block.text.strip() != blocks[only].text.strip()]
    named = any(plain in levelled(text) for text in others)
    return only if not named and (topical or only < best <= only + _NEAR) else best
