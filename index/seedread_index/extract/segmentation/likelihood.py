"""How likely each block is the article's: a linear model over what it looks like and what stands around it.

The weights are a data file that `benchmarks/fit_segmentation.py` writes; it names the data and the measure.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import WE, YOU, words_of
from seedread_index.extract.segmentation.boilerplate.vocabulary import families_of, is_label, opens_comments
from seedread_index.extract.segmentation.lines import SENTENCE_END

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_STOP = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*(?:\s|$)|[。！？]")
_DIGIT = re.compile(r"\d")
_INNER = re.compile(r"[,;:،、，]")
_QUOTE = re.compile(r"[\"“”„«»「」]")
_NOTED = re.compile(r"[.!?…][\"'”’»)]*\s?(?:\[?\d{1,3}\]?[ ,]?)+$")
"""A sentence's end with the numbers of notes behind it."""

_STEM = re.compile(r"(?<![^\W\d_])[^\W\d_]{5}|[\u3400-\u9fff]{2}")
_UNSPACED_PROSE = 18
_FADING, _LONG_PROSE = 0.7, 20
"""A paragraph of so many words makes the labels before it count less."""

_LONG_TEXT = 1200
_REACH = 3
_BEFORE_COMMENTS, _MOST_COMMENTS = 150, 16
"""Words of prose that stand before readers' comments at least, and which part of a page's prose."""

_FAMILIES = ("give", "press", "letter", "legal", "social", "related", "advert", "nav", "tips")


@dataclass(frozen=True, slots=True)
class BlockLook:
    """What one block looks like by itself."""

    words: int
    prose: bool
    repeated: bool
    often: bool
    ends: bool
    advert: bool
    digits: float
    values: tuple[float, ...]


_NO_FAMILIES = (0.0,) * len(_FAMILIES)


def _family_values(families: dict[str, int], count: int) -> list[float]:
    """How much of each family of words a block has."""
    weight = min(1.0, 12 / max(count, 1)) / 2
    return [min(2, families.get(name, 0)) * weight for name in _FAMILIES]


def _look(block: Block, repeats: int) -> BlockLook:
    """The features of one block."""
    text = block.text if len(block.text) <= _LONG_TEXT else block.text[:_LONG_TEXT]
    words = words_of(text)
    count = len(words)
    unspaced = 0
    if not text.isascii() and (unspaced := len(_CJK.findall(text))):
        count = max(count, unspaced * 3 // 5)
    whole = max(1, len(block.text)) / max(1, len(text))
    closed = SENTENCE_END.search(block.text[-8:]) is not None or _NOTED.search(block.text[-16:]) is not None
    stops, inner = len(_STOP.findall(text)), len(_INNER.findall(text))
    raw = text.split()
    capital = sum(word[0].isupper() for word in raw) / max(1, len(raw)) if raw else 0.0
    digits = len(_DIGIT.findall(text)) / max(1, len(text))
    families = families_of(words) if count < 80 else {}
    address = min(3, sum(word in WE or word in YOU for word in words)) if count < 80 else 0
    first = text.lstrip("\"'“”«„([*•- ")[:1]
    size = math.log1p(count * whole)
    prose = stops > 0 and count >= (8 if closed else 25)
    if unspaced > _UNSPACED_PROSE and not prose:
        prose = stops + inner > 0
    values = (
        size,
        min(size, math.log1p(4)),
        max(0.0, size - math.log1p(15)),
        float(closed),
        float(prose),
        float(closed and count < 8),
        float(not closed and count >= 16),
        float(count <= 3),
        min(stops, 5) / 5,
        min(inner, 8) / 8,
        min(len(_QUOTE.findall(text)), 4) / 4,
        capital if count > 3 and not unspaced else 0.4,
        digits,
        float(first.islower()),
        float(first.isdigit()),
        float(text.endswith(":")),
        block.linked,
        float(block.linked > 0.85),
        float(block.heading > 0),
        float(block.bullet),
        float(block.bullet and prose),
        float(block.indent > 4),
        float(repeats > 1),
        float(text.isupper()),
        min(address, 3) / 3 * (1.0 if count < 40 else 0.5),
        *(_family_values(families, count) if families else _NO_FAMILIES),
        float(sum(families.values()) > 1 and count < 40),
        float(text.count("|") + text.count("·") > 1),
        float("©" in text),
        float("http" in text or "@" in text or "www." in text),
        float(text.endswith(("...", "…", "»", "→", ">"))),
    )
    ends = is_label(text)
    advert = count <= 3 and "advert" in families
    return BlockLook(
        int(count * whole), prose, repeats > 1, count < 4 and repeats > 2, ends, advert, digits, values
    )


NAMES = (
    "size small large closed prose closed_short open_long few stops commas quotes capitals digits lower digit"
    " colon linked link heading bullet bullet_prose indent repeated upper address "
    + " ".join(_FAMILIES)
    + " two_families bars rights address_web trails"
).split()
CONTEXT = [
    "prose_before",
    "prose_after",
    "prose_near",
    "short_before",
    "short_after",
    "share_before",
    "share_after",
    "previous",
    "next",
    "repeats_near",
    "comments",
    "topic",
    "topic_missed",
    "numbers_near",
    "broken",
    "ended",
    "often_near",
]
FEATURES = (*NAMES, *CONTEXT)


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
    found = []
    so_far, commented, place, run, broken, ended = 0, 0.0, 0, 0, 0, 0.0
    for index, look in enumerate(looks):
        place = places.get(index, place)
        if blocks[index].heading == 1:
            commented = 0.0
        before = seen[max(0, place - _REACH) : place]
        after = seen[place + 1 : place + 1 + _REACH]
        wide = sum(prose[i] for i in seen[max(0, place - 8) : place + 9])
        near = seen[max(0, place - 5) : place + 6]
        context = (
            math.log1p(sum(prose[i] for i in before)) / 5,
            math.log1p(sum(prose[i] for i in after)) / 5,
            math.log1p(wide) / 6,
            sum(looks[i].words <= 4 for i in before) / len(before) if before else 0.5,
            sum(looks[i].words <= 4 for i in after) / len(after) if after else 0.5,
            so_far / max(1, total),
            float(so_far == 0 and prose[index] == 0),
            float(bool(before) and prose[before[-1]] > 0),
            float(bool(after) and prose[after[0]] > 0),
            sum(looks[i].repeated for i in near) / max(1, len(near)),
            commented,
            *topics[index],
            sum(looks[i].digits > 0.1 for i in (*before, *after)) / (2 * _REACH),
            math.log1p(broken) / 3,
            min(3, ended) / 3,
            sum(looks[i].often for i in near) / max(1, len(near)),
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
            ended = (
                ended * _FADING + look.ends
                if look.words > _LONG_PROSE and prose[index]
                else ended + look.ends
            )
        found.append((*look.values, *context))
    return found


def _topics(blocks: Sequence[Block], prose: Sequence[int]) -> list[tuple[float, float]]:
    """How much of each block's longer words other prose blocks have too, and whether none of several is."""
    stems = [frozenset(_STEM.findall(block.text[:_LONG_TEXT].casefold())) for block in blocks]
    times: Counter[str] = Counter()
    for own, words in zip(stems, prose, strict=True):
        if words:
            times.update(own)
    found = []
    for own, words in zip(stems, prose, strict=True):
        least = 2 if words else 1
        shared = sum(times[stem] >= least for stem in own)
        found.append(((shared + 1) / (len(own) + 3), float(len(own) > 3 and shared * 5 < len(own))))
    return found


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    """The bias and the weights, in the order of the features."""
    text = resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    model = json.loads(text)
    return model["bias"], tuple(model["weights"][name] for name in FEATURES)


def likelihoods(blocks: Sequence[Block]) -> list[float]:
    """How likely each block is the article's: 0 to 1."""
    bias, weights = _model()
    return [
        1 / (1 + math.exp(-max(-30.0, min(30.0, bias + sum(map(float.__mul__, weights, values))))))
        for values in features(blocks)
    ]
