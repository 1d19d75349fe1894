"""The headline of a whole page: the line above the article that is most like one."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.amid_prose import is_label
from seedread_index.extract.segmentation.boilerplate.features import is_closed, word_count, words_of
from seedread_index.extract.segmentation.boilerplate.vocabulary import families_of
from seedread_index.extract.segmentation.header.bylines import is_byline, is_caption
from seedread_index.extract.segmentation.header.date_lines import date_line, find_date

_ABOVE, _BELOW = 60, 4
"""So many blocks above and below the article's first one may be its headline."""

_LONGEST, _MOST_WORDS = 240, 36
SURE, NONE = 0.4, 1.0
"""The chance that a line is the headline, from which on it is taken, and how much none of them weighs."""

LIKELY, AHEAD = 0.2, 3.0
"""With this chance it is taken where it is so many times that of any other line."""

_STANDFIRST_BELOW, _ALIKE = 2, 0.8
_FEW_BLANKS = 4
_BODY_SAMPLE = 6000
_DISTANCES = ((1, 2), (2, 4), (4, 8), (8, 16), (16, 31), (31, 100))
_TWO_SENTENCES = re.compile(r"[.!?。！？][\"'”’)]*\s+[\"'“‘(]*[^\W\d_a-z]\S*\s+\S")
_DIGIT = re.compile(r"\d")
_BARS = re.compile(r"[|·»›>/]")
_STEM = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,5}|[\u3400-\u9fff\u3040-\u30ff]{2}")

FEATURES = [
    "right_above",
    "two_above",
    "four_above",
    "eight_above",
    "sixteen_above",
    "far_above",
    "at_first",
    "inside",
    "words",
    "few",
    "one",
    "many",
    "period",
    "asks",
    "heading",
    "first_heading",
    "linked",
    "repeated",
    "often",
    "first_of_repeated",
    "topic",
    "topic_few",
    "family",
    "bars",
    "digits",
    "before_date",
    "before_byline",
    "prose_next",
    "short_before",
    "between",
    "upper",
    "bullet",
    "headings_between",
    "colon",
    "caption",
    "longer_than_above",
    "above_short_line",
    "gap_above",
    "quoted",
    "quotes_other",
    "nearest",
    "after_menu",
    "quoted_often",
    "sentences",
    "date_soon",
]


def candidates(blocks: Sequence[Block], first: int) -> list[int]:
    """The blocks that may be the headline of an article that begins with block `first`."""
    found = []
    for index in range(max(0, first - _ABOVE), min(len(blocks), first + _BELOW)):
        text = blocks[index].text
        if not 1 <= len(text.strip()) <= _LONGEST or word_count(text) > _MOST_WORDS or word_count(text) < 1:
            continue
        if date_line(text)[0] or is_byline(text) or is_caption(text) or is_label(text):
            continue
        if is_closed(text) and text.endswith((".", "。", "।")) and text.count(" ") > _FEW_BLANKS:
            continue
        found.append(index)
    return found


def features(blocks: Sequence[Block], first: int, last: int, found: Sequence[int]) -> list[tuple[float, ...]]:
    """How like a headline each candidate is, as the features of the model."""
    times = Counter(_plain(block.text) for block in blocks)
    sample = " ".join(block.text for block in blocks[first:last])[:_BODY_SAMPLE]
    stems = Counter(_STEM.findall(sample.casefold()))
    prose = [i for i in range(max(0, first - _ABOVE), min(len(blocks), first + _BELOW)) if _wordy(blocks[i])]
    best_heading = min((blocks[i].heading for i in found if blocks[i].heading), default=0)
    lines = {line for i in found if len(line := _plain(blocks[i].text)) > 14}
    long_lines = [_plain(block.text) for block in blocks if 12 < len(block.text) < 2 * _LONGEST]
    nearest = max((i for i in found if i < first and word_count(blocks[i].text) > 3), default=-1)
    joined = "\n".join(long_lines)
    low, high = max(0, first - _ABOVE - 5), min(len(blocks), first + _BELOW + 5)
    counts = {i: word_count(blocks[i].text) for i in range(low, high)}
    dated = {i: date_line(blocks[i].text)[0] for i in range(low, high)}
    dates = {i for i in range(low, high) if dated[i] or _holds_date(blocks[i].text)}
    bylines = {i for i in range(low, high) if is_byline(blocks[i].text)}
    places = frozenset(found)
    rows = []
    earlier: set[str] = set()
    for index in found:
        block = blocks[index]
        plain = _plain(block.text)
        words = words_of(block.text)
        count = counts[index]
        own = set(_STEM.findall(plain))
        shared = sum(stem in stems for stem in own) / max(2, len(own))
        near = range(index + 1, min(len(blocks), index + 5))
        repeats = times[plain]
        quoted = max(0, joined.count(plain) - repeats) if count > 1 else 0
        plain_text = block.text
        rows.append(
            (
                *(float(low <= first - index < high) for low, high in _DISTANCES),
                float(index == first),
                float(index > first),
                min(count, 12) / 12,
                float(count <= 2),
                float(count == 1),
                float(count > 22),
                float(plain.endswith((".", "。", ":", ";", ","))),
                float(plain.endswith(("?", "!", "？", "！"))),
                float(block.heading > 0),
                float(block.heading > 0 and block.heading == best_heading),
                block.linked,
                float(repeats > 1),
                float(repeats > 2),
                float(repeats > 1 and plain not in earlier),
                shared * min(1.0, count / 3),
                float(shared < 0.34 and count > 3),
                min(2, len(families_of(words))) / 2,
                float(_BARS.search(plain) is not None),
                float(len(_DIGIT.findall(plain)) * 4 > len(plain)),
                float(not dates.isdisjoint(near)),
                float(not bylines.isdisjoint(near)),
                float(index + 1 < len(blocks) and _wordy(blocks[index + 1])),
                float(index > 0 and counts[index - 1] < 4),
                min(4, sum(index < i < first and counts[i] >= 4 for i in found)) / 4,
                float(block.text.isupper()),
                float(block.bullet),
                min(3, sum(index < i < first for i in prose)) / 3,
                float(":" in plain),
                float(is_caption(block.text)),
                float(index - 1 in places and 3 < counts[index - 1] < 0.8 * count),
                float(index + 1 in places and count < 0.8 * counts[index + 1]),
                float(block.after_blank),
                float(count > 2 and quoted > 0),
                float(len(plain) > 15 and any(other in plain and plain != other for other in lines)),
                float(index == nearest),
                float(index > 4 and all(counts[i] < 4 for i in range(index - 4, index))),
                float(quoted > 3 and repeats < 3),
                float(_TWO_SENTENCES.search(plain_text) is not None),
                float(any(dated[i] for i in range(index + 5, min(first, index + 11)))),
            )
        )
        earlier.add(plain)
    return rows


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace("‘", "'").split())


def _holds_date(text: str) -> bool:
    return len(text) < 60 and bool(find_date(text)[1])


def _wordy(block: Block) -> bool:
    return len(block.text) > 120


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    text = resources.files("seedread_index.extract.segmentation").joinpath("weights.json").read_text("utf-8")
    model = json.loads(text)["headline"]
    return model["bias"], tuple(model["weights"][name] for name in FEATURES)


def page_headline(blocks: Sequence[Block], first: int, last: int) -> int | None:
    """The index of the block that is the headline of the article from `first` to `last`, or None."""
    found = candidates(blocks, first)
    bias, weights = _model()
    rates = [bias + sum(map(float.__mul__, weights, row)) for row in features(blocks, first, last, found)]
    return choose(blocks, found, rates)


def choose(blocks: Sequence[Block], found: Sequence[int], rates: Sequence[float]) -> int | None:
    """The candidate that is the headline, by how each is rated; None where none is likely enough.

    One that is said several times is one candidate; of two neighbours that are rated alike the upper is the
    headline and the lower its standfirst.
    """
    if not found:
        return None
    chances = [math.exp(min(30.0, rate)) for rate in rates]
    total = sum(chances)
    plain = [_plain(blocks[index].text) for index in found]
    shares: dict[str, float] = {}
    for text, chance in zip(plain, chances, strict=True):
        shares[text] = shares.get(text, 0.0) + chance
    best = max(range(len(found)), key=lambda place: (shares[plain[place]], rates[place], place))
    for place in range(best - 1, max(-1, best - _STANDFIRST_BELOW - 1), -1):
        near = found[best] - found[place] <= _STANDFIRST_BELOW
        if near and rates[place] > rates[best] - _ALIKE and word_count(blocks[found[place]].text) > 2:
            best = place
            break
    share = shares.pop(plain[best])
    sure = share > SURE * (total + NONE)
    ahead = share > LIKELY * (total + NONE) and share > AHEAD * max(shares.values(), default=0.0)
    return found[best] if sure or ahead else None
