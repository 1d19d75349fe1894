"""How likely each block is the article's: a linear model over what it looks like and what stands around it.

The weights are a data file that `benchmarks/fit_segmentation.py` writes; it names the data and the measure.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate
from math import log1p
from operator import mul
from typing import NamedTuple

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import (
    ADDRESS,
    LONG_WORD_OR_HAN,
    stems_of,
    words_of,
)
from seedread_index.extract.segmentation.boilerplate.vocabulary import families_of, is_label, opens_comments
from seedread_index.extract.segmentation.lines import SENTENCE_END

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_STOP = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*(?:\s|$)|[。！？]")
_SPACED_STOP = re.compile(r"[.!?…؟।][\"'”’»)\]]*(?:\s|$)")
_ASCII_STOP = re.compile(r"[.!?][\"')\]]*(?:\s|$)")
_DIGIT = re.compile(r"\d")
_WITHOUT_DIGITS = str.maketrans("", "", "0123456789")
_INNER = re.compile(r"[,;:،、，]")
_QUOTE = re.compile(r"[\"“”„«»「」]")
_NOTED = re.compile(r"[.!?…][\"'”’»)]*\s?(?:\[?\d{1,3}\]?[ ,]?)+$")
"""A sentence's end with the numbers of notes behind it."""

_AFTER_NOTES = "] ,"
_SMALL, _LARGE = log1p(4), log1p(15)
"""The logarithms of the words of a small block and of one that is large."""

_UNSPACED_PROSE = 18
_FADING, _LONG_PROSE = 0.7, 20
"""A paragraph of so many words makes the labels before it count less."""

_LONG_TEXT, _SHORT_TEXT = 1200, 160
_REACH = 3
_BEFORE_COMMENTS, _MOST_COMMENTS = 150, 16
"""Words of prose that stand before readers' comments at least, and which part of a page's prose."""

_FAMILIES = ("give", "press", "letter", "legal", "social", "related", "advert", "nav", "tips")


class BlockLook(NamedTuple):
    """What one block looks like by itself."""

    words: int
    prose: bool
    repeated: bool
    often: bool
    ends: bool
    advert: bool
    digits: float
    values: tuple[float, ...]


class _TextLook(NamedTuple):
    """What a text looks like: the values of the features before those of its block, and after them."""

    few: bool
    words: int
    prose: bool
    ends: bool
    advert: bool
    digits: float
    before: tuple[float, ...]
    after: tuple[float, ...]


_NO_FAMILIES = (0.0,) * len(_FAMILIES)


def _family_values(families: dict[str, int], count: int) -> list[float]:
    """How much of each family of words a block has."""
    weight = min(1.0, 12 / max(count, 1)) / 2
    return [min(2, families.get(name, 0)) * weight for name in _FAMILIES]


def _is_closed(text: str) -> bool:
    """Whether a text ends as a sentence does, or with the numbers of notes behind its end."""
    if SENTENCE_END.search(text[-8:]):
        return True
    return (text[-1:].isdigit() or text[-1:] in _AFTER_NOTES) and _NOTED.search(text[-16:]) is not None


def _marks(text: str) -> tuple[int, int, int, float]:
    """How many sentences end in a text, its commas and the like, its quotation marks; its share of digits."""
    if text.isascii():
        ends = len(_ASCII_STOP.findall(text)) if "." in text or "!" in text or "?" in text else 0
        inner = text.count(",") + text.count(";") + text.count(":")
        digits = len(text) - len(text.translate(_WITHOUT_DIGITS))
        return ends, inner, text.count('"'), digits / max(1, len(text))
    digits = len(_DIGIT.findall(text))
    stop = _STOP if "。" in text or "！" in text or "？" in text else _SPACED_STOP
    return len(stop.findall(text)), len(_INNER.findall(text)), len(_QUOTE.findall(text)), digits / len(text)


def _text_look(whole: str) -> _TextLook:
    """The features of the text of a block; only the beginning of a very long one is looked at."""
    text = whole if len(whole) <= _LONG_TEXT else whole[:_LONG_TEXT]
    words = words_of(text)
    count = len(words)
    unspaced = 0
    if not text.isascii() and (unspaced := len(_CJK.findall(text))):
        count = max(count, unspaced * 3 // 5)
    times = max(1, len(whole)) / max(1, len(text))
    closed = _is_closed(whole)
    stops, inner, quotes, digits = _marks(text)
    raw = text.split()
    capital = sum([word[0].isupper() for word in raw]) / len(raw) if raw else 0.0
    families = families_of(words) if count < 80 else {}
    address = min(3, sum(map(ADDRESS.__contains__, words))) if count < 80 else 0
    first = text.lstrip("\"'“”«„([*•- ")[:1]
    size = log1p(count * times)
    prose = stops > 0 and count >= (8 if closed else 25)
    if unspaced > _UNSPACED_PROSE and not prose:
        prose = stops + inner > 0
    before = (
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
        capital if count > 3 and not unspaced else 0.4,
        digits,
        first.islower(),
        first.isdigit(),
        text.endswith(":"),
    )
    after = (
        text.isupper(),
        min(address, 3) / 3 * (1.0 if count < 40 else 0.5),
        *(_family_values(families, count) if families else _NO_FAMILIES),
        count < 40 and sum(families.values()) > 1,
        text.count("|") + text.count("·") > 1,
        "©" in text,
        "http" in text or "@" in text or "www." in text,
        text.endswith(("...", "…", "»", "→", ">")),
    )
    advert = count <= 3 and "advert" in families
    return _TextLook(count < 4, int(count * times), prose, is_label(text), advert, digits, before, after)


_short_look = lru_cache(maxsize=2048)(_text_look)
"""The same for short texts: menus and notices stand on many pages of a site."""


def _look(block: Block, repeats: int) -> BlockLook:
    """The features of one block."""
    text = block.text
    look = _short_look(text) if len(text) <= _SHORT_TEXT else _text_look(text)
    values = (
        *look.before,
        block.linked,
        block.linked > 0.85,
        block.heading > 0,
        block.bullet,
        block.bullet and look.prose,
        block.indent > 4,
        repeats > 1,
        *look.after,
    )
    often = look.few and repeats > 2
    return BlockLook(look.words, look.prose, repeats > 1, often, look.ends, look.advert, look.digits, values)


FEATURES = (
    "size small large closed prose closed_short open_long few stops commas quotes capitals digits lower digit"
    " colon linked link heading bullet bullet_prose indent repeated upper address "
    + " ".join(_FAMILIES)
    + " two_families bars rights address_web trails"
    " prose_before prose_after prose_near short_before short_after share_before share_after previous"
    " next repeats_near comments topic topic_missed numbers_near broken ended often_near"
).split()


def features(blocks: Sequence[Block]) -> list[tuple[float, ...]]:
    """The features of each block of a text, its neighbours' included, in the order of FEATURES.

    Lengths enter by their logarithm, counts and shares as parts of a most, so that nearly all are 0 to 1.
    """
    times = Counter(block.text[:100] for block in blocks)
    looks = [_look(block, times[block.text[:100]]) for block in blocks]
    prose = [
        look.words if look.prose and block.linked < 0.5 else 0
        for look, block in zip(looks, blocks, strict=True)
    ]
    total = sum(prose)
    topics = _topics(blocks, prose)
    seen = [i for i, look in enumerate(looks) if not look.advert]
    places = {index: place for place, index in enumerate(seen)}
    words_to = _sums(prose[i] for i in seen)
    short_to = _sums(looks[i].words <= 4 for i in seen)
    repeated_to = _sums(looks[i].repeated for i in seen)
    often_to = _sums(looks[i].often for i in seen)
    numbers_to = _sums(looks[i].digits > 0.1 for i in seen)
    most = len(seen)
    found = []
    so_far, commented, place, run, broken, ended = 0, 0.0, 0, 0, 0, 0.0
    for index, look in enumerate(looks):
        place = places.get(index, place)
        if blocks[index].heading == 1:
            commented = 0.0
        # What stands before this block is seen[start:middle], and after it seen[following:end].
        start, middle = max(0, place - _REACH), min(place, most)
        following, end = min(place + 1, most), min(place + 1 + _REACH, most)
        first, last = max(0, place - 5), min(place + 6, most)
        near = max(1, last - first)
        wide = words_to[min(place + 9, most)] - words_to[max(0, place - 8)]
        numbers = numbers_to[middle] - numbers_to[start] + numbers_to[end] - numbers_to[following]
        context = (
            log1p(words_to[middle] - words_to[start]) / 5,
            log1p(words_to[end] - words_to[following]) / 5,
            log1p(wide) / 6,
            (short_to[middle] - short_to[start]) / (middle - start) if middle > start else 0.5,
            (short_to[end] - short_to[following]) / (end - following) if end > following else 0.5,
            so_far / max(1, total),
            so_far == 0 and prose[index] == 0,
            middle > start and prose[seen[middle - 1]] > 0,
            end > following and prose[seen[following]] > 0,
            (repeated_to[last] - repeated_to[first]) / near,
            commented,
            *topics[index],
            numbers / (2 * _REACH),
            log1p(broken) / 3,
            min(3, ended) / 3,
            (often_to[last] - often_to[first]) / near,
        )
        if (
            not commented
            and so_far > max(_BEFORE_COMMENTS, total // _MOST_COMMENTS)
            and wide
            and opens_comments(blocks[index].text)
        ):
            commented = 1.0
        so_far += prose[index]
        if so_far > _BEFORE_COMMENTS:
            run = 0 if prose[index] else run + 1
            broken = max(broken, run)
            fades = look.words > _LONG_PROSE and prose[index]
            ended = ended * (_FADING if fades else 1) + look.ends
        found.append((*look.values, *context))
    return found


def _sums(numbers: Iterable[int]) -> list[int]:
    """The sums of the first numbers: of none, of one, of two, …"""
    return list(accumulate(numbers, initial=0))


def _topics(blocks: Sequence[Block], prose: Sequence[int]) -> list[tuple[float, float]]:
    """How much of each block's longer words other prose blocks have too, and whether none of several is."""
    stems = [frozenset(stems_of(block.text[:_LONG_TEXT], LONG_WORD_OR_HAN)) for block in blocks]
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


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    """The bias and the weights, in the order of the features."""
    model = json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return model["bias"], tuple(model["weights"][name] for name in FEATURES)


def likelihoods(blocks: Sequence[Block]) -> list[float]:
    """How likely each block is the article's: 0 to 1."""
    bias, weights = _model()
    return [
        1 / (1 + math.exp(-max(-30.0, min(30.0, bias + sum(map(mul, weights, values))))))
        for values in features(blocks)
    ]
