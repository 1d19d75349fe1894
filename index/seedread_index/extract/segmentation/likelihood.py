"""How likely each block is the article's: a linear model over what it looks like and what stands around it.

The weights are a data file that `benchmarks/fit_segmentation.py` writes; it names the data and the measure.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate
from math import log1p
from operator import itemgetter, mul
from typing import NamedTuple

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import ADDRESS, is_closed_or_noted, marks_of
from seedread_index.extract.segmentation.boilerplate.vocabulary import families_of, is_label, opens_comments
from seedread_index.extract.segmentation.words import (
    CJK,
    LONG_WORD_OR_HAN,
    REMEMBERED,
    SHORT,
    stems_of,
    words_of,
)

_FIRST = itemgetter(0)
_SMALL, _LARGE = log1p(4), log1p(15)
"""The logarithms of the words of a small block and of one that is large."""

_UNSPACED_PROSE = 18
_FADING, _LONG_PROSE = 0.7, 20
"""A paragraph of so many words makes the labels before it count less."""

_LONG_TEXT = 1200
_NUMBERS = 0.1
"""A text with so large a share of digits is of numbers."""

_REACH, _EDGE = 3, 10
_BEFORE_COMMENTS, _MOST_COMMENTS = 150, 16
"""Words of prose that stand before readers' comments at least, and which part of a page's prose."""

_FAMILIES = ("give", "press", "letter", "legal", "social", "related", "advert", "nav", "tips")


class _TextLook(NamedTuple):
    """What a text looks like: the values of its features, and what they count for in the model."""

    few: bool
    words: int
    prose: bool
    ends: bool
    advert: bool
    numbers: bool
    stems: frozenset[str]
    values: tuple[float, ...]
    rate: float


_NO_FAMILIES = (0.0,) * len(_FAMILIES)


def _family_values(families: dict[str, int], count: int) -> list[float]:
    """How much of each family of words a block has."""
    weight = min(1.0, 12 / max(count, 1)) / 2
    values = [0.0] * len(_FAMILIES)
    for name, hits in families.items():
        values[_FAMILIES.index(name)] = min(2, hits) * weight
    return values


def _text_look(whole: str) -> _TextLook:
    """The features of the text of a block; only the beginning of a very long one is looked at."""
    text = whole if len(whole) <= _LONG_TEXT else whole[:_LONG_TEXT]
    words = words_of(text)
    count = len(words)
    unspaced = 0
    if not text.isascii() and (unspaced := len(CJK.findall(text))):
        count = max(count, unspaced * 3 // 5)
    times = max(1, len(whole)) / max(1, len(text))
    closed = is_closed_or_noted(whole)
    stops, inner, quotes, digits = marks_of(text)
    few = count < 4
    capital = 0.4 if few or unspaced else _capitals(text)
    families = families_of(words) if count < 80 else {}
    address = 0
    if count < 80 and not ADDRESS.isdisjoint(words):
        address = min(3, sum(map(ADDRESS.__contains__, words)))
    first = text.lstrip("\"'“”«„([*•- ")[:1]
    size = log1p(count * times)
    prose = stops > 0 and count >= (8 if closed else 25)
    if unspaced > _UNSPACED_PROSE and not prose:
        prose = stops + inner > 0
    values = (
        size,
        min(size, _SMALL),
        max(0.0, size - _LARGE),
        closed,
        prose,
        closed and count < 8,
        not closed and count >= 16,
        count <= 3,
        min(stops, 5) / 5,
        min(inner, 8) / 8,
        min(quotes, 4) / 4,
        capital,
        digits,
        first.islower(),
        first.isdigit(),
        text.endswith(":"),
        text.isupper(),
        min(address, 3) / 3 * (1.0 if count < 40 else 0.5),
        *(_family_values(families, count) if families else _NO_FAMILIES),
        count < 40 and sum(families.values()) > 1,
        text.count("|") + text.count("·") > 1,
        "©" in text,
        "http" in text or "@" in text or "www." in text,
        text.endswith(("...", "…", "»", "→", ">")),
    )
    model = _model()
    return _TextLook(
        few,
        int(count * times),
        prose,
        is_label(text),
        few and "advert" in families,
        digits > _NUMBERS,
        frozenset(stems_of(text, LONG_WORD_OR_HAN)),
        values,
        model.bias + sum(map(mul, model.of_text, values)),
    )


def _capitals(text: str) -> float:
    """The share of the words that begin with a capital."""
    words = text.split()
    return sum(map(str.isupper, map(_FIRST, words))) / len(words) if words else 0.0


short_look = lru_cache(REMEMBERED)(_text_look)
"""The same for short texts, by the model that is in use."""


def _own_values(block: Block, look: _TextLook, *, repeated: bool) -> tuple[float, ...]:
    """The features of a block that its text does not tell."""
    return (
        block.linked,
        block.linked > 0.85,
        block.heading > 0,
        block.bullet,
        block.bullet and look.prose,
        block.indent > 4,
        repeated,
    )


FEATURES = (
    "size small large closed prose closed_short open_long few stops commas quotes capitals digits lower digit"
    " colon linked link heading bullet bullet_prose indent repeated upper address "
    + " ".join(_FAMILIES)
    + " two_families bars rights address_web trails"
    " prose_before prose_after prose_near short_before short_after share_before share_after previous"
    " next repeats_near comments topic topic_missed numbers_near broken ended often_near"
).split()
_OF_BLOCK, _AFTER, _CONTEXT = map(FEATURES.index, ("linked", "upper", "prose_before"))
"""Where the features of a block begin, those of its text that come after them, and its neighbours'."""


class Model(NamedTuple):
    """The bias, and the weights of the features of texts, of blocks, and of blocks' neighbours."""

    bias: float
    of_text: tuple[float, ...]
    of_block: tuple[float, ...]
    of_context: tuple[float, ...]


def model_of(bias: float, weights: tuple[float, ...]) -> Model:
    """The model of weights in the order of FEATURES."""
    texts = weights[:_OF_BLOCK] + weights[_AFTER:_CONTEXT]
    return Model(bias, texts, weights[_OF_BLOCK:_AFTER], weights[_CONTEXT:])


@cache
def _model() -> Model:
    model = json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return model_of(model["bias"], tuple(model["weights"][name] for name in FEATURES))


def features(blocks: Sequence[Block]) -> list[tuple[float, ...]]:
    """The features of each block of a text, its neighbours' included, in the order of FEATURES.

    Lengths enter by their logarithm, counts and shares as parts of a most, so that nearly all are 0 to 1.
    """
    return [
        (*look.values[:_OF_BLOCK], *own, *look.values[_OF_BLOCK:], *context)
        for look, own, context in _values(blocks)
    ]


def _values(
    blocks: Sequence[Block],
) -> Iterator[tuple[_TextLook, tuple[float, ...], tuple[float, ...]]]:
    """For each block what its text looks like, and the features of the block and of its neighbours."""
    beginnings = [block.text[:100] for block in blocks]
    times = Counter(beginnings)
    repeats = [times[beginning] for beginning in beginnings]
    looks = [(short_look if len(block.text) <= SHORT else _text_look)(block.text) for block in blocks]
    pairs = zip(looks, blocks, strict=True)
    prose = [look.words if look.prose and block.linked < 0.5 else 0 for look, block in pairs]
    total = sum(prose)
    topics = _topics(looks, prose)
    seen = [i for i, look in enumerate(looks) if not look.advert]
    places = {index: place for place, index in enumerate(seen)}
    words_to = _sums([prose[i] for i in seen])
    short_to = _sums([looks[i].words <= 4 for i in seen])
    repeated_to = _sums([repeats[i] > 1 for i in seen])
    often_to = _sums([looks[i].few and repeats[i] > 2 for i in seen])
    numbers_to = _sums([looks[i].numbers for i in seen])
    most = len(seen)
    so_far, commented, place, run, broken, ended = 0, 0.0, 0, 0, 0, 0.0
    for index, (block, look) in enumerate(zip(blocks, looks, strict=True)):
        place = places.get(index, place)
        if block.heading == 1:
            commented = 0.0
        # What stands before this block is seen[place - 3 : place], and after it seen[place + 1 : place + 4].
        above, below, near = _REACH, _REACH, 11
        if not 5 <= place < most - 5:
            above, below = min(_REACH, place), min(_REACH, most - place - 1)
            near = min(place, 5) + min(6, most - place)
        at = place + _EDGE
        wide = words_to[at + 9] - words_to[at - 8]
        numbers = numbers_to[at] - numbers_to[at - 3] + numbers_to[at + 4] - numbers_to[at + 1]
        context = (
            log1p(words_to[at] - words_to[at - 3]) / 5,
            log1p(words_to[at + 4] - words_to[at + 1]) / 5,
            log1p(wide) / 6,
            (short_to[at] - short_to[at - 3]) / above if above > 0 else 0.5,
            (short_to[at + 4] - short_to[at + 1]) / below if below > 0 else 0.5,
            so_far / total if total else 0.0,
            so_far == 0 and prose[index] == 0,
            words_to[at] > words_to[at - 1],
            words_to[at + 2] > words_to[at + 1],
            (repeated_to[at + 6] - repeated_to[at - 5]) / near if near > 0 else 0.0,
            commented,
            *topics[index],
            numbers / (2 * _REACH),
            log1p(broken) / 3,
            ended / 3 if ended < 3 else 1.0,
            (often_to[at + 6] - often_to[at - 5]) / near if near > 0 else 0.0,
        )
        if (
            not commented
            and so_far > max(_BEFORE_COMMENTS, total // _MOST_COMMENTS)
            and wide
            and opens_comments(block.text)
        ):
            commented = 1.0
        so_far += prose[index]
        if so_far > _BEFORE_COMMENTS:
            run = 0 if prose[index] else run + 1
            broken = max(broken, run)
            ended = ended * (_FADING if look.words > _LONG_PROSE and prose[index] else 1) + look.ends
        yield look, _own_values(block, look, repeated=repeats[index] > 1), context


def _sums(numbers: Sequence[int]) -> list[int]:
    """The sums of the first numbers: of none, of one, of two, …; with the first and last again as an edge."""
    sums = list(accumulate(numbers, initial=0))
    return [0] * _EDGE + sums + sums[-1:] * _EDGE


def _topics(looks: Sequence[_TextLook], prose: Sequence[int]) -> list[tuple[float, float]]:
    """How much of each block's longer words other prose blocks have too, and whether none of several is."""
    stems = [look.stems for look in looks]
    times: Counter[str] = Counter()
    for own, words in zip(stems, prose, strict=True):
        if words:
            times.update(own)
    once = frozenset(times)
    twice = frozenset(stem for stem, number in times.items() if number > 1)
    found = []
    for own, words in zip(stems, prose, strict=True):
        shared = len(own & (twice if words else once))
        found.append(((shared + 1) / (len(own) + 3), float(len(own) > 3 and shared * 5 < len(own))))
    return found


def likelihoods(blocks: Sequence[Block]) -> list[float]:
    """How likely each block is the article's: 0 to 1."""
    model = _model()
    rates = [
        look.rate + sum(map(mul, model.of_block, own)) + sum(map(mul, model.of_context, context))
        for look, own, context in _values(blocks)
    ]
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, rate)))) for rate in rates]
