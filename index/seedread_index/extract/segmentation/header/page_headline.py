"""The headline of a whole page: the line above the article that is most like one."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Sequence
from functools import cache
from importlib import resources

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import families_in, is_closed
from seedread_index.extract.segmentation.boilerplate.vocabulary import families_of, is_label
from seedread_index.extract.segmentation.header.below import above_writer, named_in_comments
from seedread_index.extract.segmentation.header.bylines import is_byline, is_name_line
from seedread_index.extract.segmentation.header.candidates import ABOVE, FAR_BELOW, candidates, is_wordy
from seedread_index.extract.segmentation.header.date_lines import date_line, holds_date
from seedread_index.extract.segmentation.header.only_heading import with_only_heading
from seedread_index.extract.segmentation.header.text_headline import levelled
from seedread_index.extract.segmentation.words import word_count, words_of

_LONGEST = 240
SURE, NONE = 0.55, 1.0
"""The chance that a line is the headline, from which on it is taken, and how much none of them weighs."""

LIKELY, AHEAD = 0.2, 3.0
"""With this chance it is taken where it is so many times that of any other line."""

_RATED_ALIKE, _NEAR, _BELOW = 0.8, 6, 2
"""Of two candidates with rates so near the upper is taken, where it says the same within so many blocks, or
has the other as its standfirst within so many."""

_LONGER, _LEAST_ABOVE = 0.8, 2
"""Then the upper one is no longer than this share of the other, and has so many blanks."""

_STANDFIRST, _HEADLINE, _AS_LONG, _TOPICAL = 8, 4, 0.8, 0.4
"""Words of a standfirst and of the headline right above it, how long it is beside that at least, and the
share of the headline's longer words that the article has."""

_SAME_SHARE, _LEAST_SAME = 0.6, 2
"""Two candidates say the same where so many of their longer words are the same ones."""

_FAR = 31
"""So many blocks above the prose a line is seldom its headline."""

_NAMES, _AROUND, _MOST_AROUND = 3, 5, 6
"""So many blocks at a page's top may be its name; so far about a line so many others are counted at most."""

_LABEL_WORDS, _FEW_BLANKS, _UNKNOWN, _BODY_SAMPLE, _LEAD = 4, 4, 0.5, 6000, 700
_TWO_SENTENCES = re.compile(r"[.!?。！？][\"'”’)]*\s+[\"'“‘(]*[^\W\d_a-z]\S*\s+\S")
_BARS = re.compile(r"[|·»›>/]")
_MARKED = re.compile(r"[o□◦▪■»›○●«‹→←><]\s|[☆#]|\[[a-z][\w.%-]*\]\s")
"""The mark of a list, a link or a picture, as text browsers print it."""

_STEM = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,5}|[\u3400-\u9fff\u3040-\u30ff]{2}")

_FEATURES = (
    "far_above below words few one many period heading first_heading linked repeated topic family bars"
    " before_date before_byline between bullet quoted nearest after_date lead open_sentence name capitals"
    " digit said_again page_name below_headline dense marked outdented apart writer after_label"
)
FEATURES = tuple(_FEATURES.split())
"""Chosen by the likelihood of the held-out halves of benchmarks/fit_segmentation.py."""

_TIES = "topic lead outdented before_date before_byline repeated heading quoted page_name writer"
_LEAST_TIES = {"topic": 0.3, "lead": 0.3, "outdented": _UNKNOWN}
_SUPPORT = tuple((FEATURES.index(name), _LEAST_TIES.get(name, 0.0)) for name in _TIES.split())
_UNSUPPORTED = -20.0


def features(blocks: Sequence[Block], first: int, last: int, found: Sequence[int]) -> list[tuple[float, ...]]:
    """How like a headline each candidate is, as the features of the model."""
    near = _Surroundings(blocks, first, last, found)
    return [near.features(index) for index in found]


class _Surroundings:
    """What stands around the candidates, and what the article and the page say."""

    def __init__(self, blocks: Sequence[Block], first: int, last: int, found: Sequence[int]) -> None:
        self.blocks, self.first = blocks, first
        self.plain = [levelled(block.text) for block in blocks]
        self.times = Counter(self.plain)
        sample = " ".join([block.text for block in blocks[first:last]])[:_BODY_SAMPLE]
        self.stems = frozenset(_STEM.findall(sample.casefold()))
        paragraphs = [block for block in blocks[first:last] if is_wordy(block)]
        self.lead = frozenset(_STEM.findall(" ".join([b.text for b in paragraphs])[:_LEAD].casefold()))
        self.best_heading = min((blocks[i].heading for i in found if blocks[i].heading), default=0)
        pairs = zip(blocks, self.plain, strict=True)
        self.joined = "\n".join(plain for block, plain in pairs if 12 < len(block.text) < 2 * _LONGEST)
        around = range(max(0, first - ABOVE - 5), min(len(blocks), first + FAR_BELOW + 5))
        self.counts = {i: word_count(blocks[i].text) for i in around}
        self.lines_above = [i for i in found if i < first and self.counts[i] > 3]
        self.nearest = self.lines_above[-1] if self.lines_above else -1
        self.dated = {i for i in around if date_line(blocks[i].text)[0]}
        self.dates = {i for i in around if i in self.dated or holds_date(blocks[i].text)}
        self.bylines = {i for i in around if is_byline(blocks[i].text)}
        self.places = frozenset(i for i in found if self.counts[i] > 3)
        indents = Counter(block.indent for block in paragraphs)
        self.margin = indents.most_common(1)[0][0] if indents else 0
        self.spaced = 0 < 2 * sum([block.after_blank for block in blocks]) < len(blocks)
        self.above = {i: self._headline_above(i) for i in found}
        writer = above_writer(blocks, found, self.dated, self.bylines)
        signed = {i for i in found if writer is not None and self.plain[i] == self.plain[writer]}
        self.signed = {*signed, *(self.above[i] for i in signed)}

    def features(self, index: int) -> tuple[float, ...]:
        """The features of one candidate."""
        blocks, first, counts = self.blocks, self.first, self.counts
        text, count = blocks[index].text, counts[index]
        plain = self.plain[index]
        words = text.split()
        own = set(_STEM.findall(plain))
        repeats = self.times[plain]
        quoted = count > 2 and self.joined.count(plain) > repeats
        shared = self._shared(index)
        return (
            float(first - index >= _FAR),
            float(index > first),
            min(count, 12) / 12,
            float(count <= 2),
            float(count == 1),
            float(count > 22),
            float(plain.endswith((".", "。", ":", ";", ","))),
            float(blocks[index].heading > 0),
            float(0 < blocks[index].heading == self.best_heading),
            blocks[index].linked,
            float(repeats > 1),
            shared * min(1.0, count / 3),
            min(2, len(families_in(text))) / 2,
            float(_BARS.search(plain) is not None),
            self._above(index, self.dates),
            self._above(index, self.bylines),
            min(4, max(0, len(self.lines_above) - bisect_right(self.lines_above, index))) / 4,
            float(blocks[index].bullet),
            float(quoted),
            float(index == self.nearest),
            float(not self.dated.isdisjoint((index - 1, index - 2))),
            len(own & self.lead) / max(3, len(own)),
            float(count > 12 and (is_closed(text) or _TWO_SENTENCES.search(text) is not None)),
            float(is_name_line(text)),
            sum([word[0].isupper() for word in words]) / max(1, len(words)),
            float(any(map(str.isdigit, text))),
            shared if repeats > 1 and count > 3 else 0.0,
            self._named(index),
            float(self.above[index] is not None),
            self._dense(index),
            float(_MARKED.match(text) is not None),
            float(blocks[index].indent < self.margin) if self.margin else _UNKNOWN,
            self._apart(index),
            float(index in self.signed),
            float(index > 0 and _announces(blocks[index - 1].text)),
        )

    def _shared(self, index: int) -> float:
        """The share of a line's longer words that the article has."""
        own = set(_STEM.findall(self.plain[index]))
        return len(own & self.stems) / max(2, len(own))

    def _named(self, index: int) -> float:
        """How much of the page's name, one of its first lines, a candidate is: the rest is the site's."""
        plain = self.plain[index]
        names = [name for i, name in enumerate(self.plain[:_NAMES]) if i != index and len(name) < _LONGEST]
        return max(
            (len(plain) / len(name) for name in names if plain in name and name[0] != "#"), default=0.0
        )

    def _headline_above(self, index: int) -> int | None:
        """The headline right above a line that may be the standfirst of it."""
        above = index - 1
        while above > 0 and not self.plain[above]:
            above -= 1
        if above not in self.places or (above and is_label(self.blocks[above - 1].text)):
            return None
        count, least = self.counts[above], max(_STANDFIRST, _AS_LONG * self.counts[above])
        if count < _HEADLINE or self.counts[index] < least or _BARS.search(self.plain[above]):
            return None
        inner = self.blocks[above].indent > self.blocks[index].indent
        other = inner or self._shared(above) < _TOPICAL or len(families_in(self.blocks[above].text)) > 1
        return None if other else above

    def _dense(self, index: int) -> float:
        """How many other candidates stand about a line, as in a list of stories."""
        near = self.places.intersection(range(index - _AROUND, index + _AROUND + 1))
        return min(_MOST_AROUND, sum(self.plain[i] != self.plain[index] for i in near)) / _MOST_AROUND

    def _apart(self, index: int) -> float:
        """Whether blank lines part a block from its neighbours, in a text that has them about few blocks."""
        if not self.spaced or index + 1 == len(self.blocks):
            return _UNKNOWN
        return float(self.blocks[index].after_blank and self.blocks[index + 1].after_blank)

    def _above(self, index: int, marks: Container[int]) -> float:
        """How much a line of date or writer stands below a candidate.

        Others between count against it, but not the one right below it that may be its standfirst.
        """
        between = 0
        for place in range(index + 1, min(len(self.blocks), index + 5)):
            if place in marks:
                return 1 / (1 + between)
            standfirst = place == index + 1 and self.counts[place] >= max(5, _AS_LONG * self.counts[index])
            between += place in self.places and not standfirst
        return 0.0


def rates_of(rows: Sequence[Sequence[float]], bias: float, weights: Sequence[float]) -> list[float]:
    """How each candidate is rated; one that nothing tells to be of the article is no headline."""
    return [
        bias + sum(map(float.__mul__, weights, row))
        if any(row[place] > least for place, least in _SUPPORT)
        else _UNSUPPORTED
        for row in rows
    ]


def _alike(first: str, second: str) -> bool:
    """Whether two candidates say the same in slightly other words, as the names of a page and its article."""
    one, two = frozenset(_STEM.findall(first)), frozenset(_STEM.findall(second))
    return min(len(one), len(two)) >= _LEAST_SAME and len(one & two) >= _SAME_SHARE * len(one | two)


def _announces(text: str) -> bool:
    """Whether a line is the label of another story below it."""
    words = words_of(text)
    return is_label(text) or (0 < len(words) <= _LABEL_WORDS and "related" in families_of(words))


def _holds(name: str, line: str) -> bool:
    """Whether a line is the headline in a page's name: the rest is the site's or the section's."""
    return line in name and len(line) < len(name) < 2 * len(line) and line.count(" ") >= _FEW_BLANKS


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    text = resources.files("seedread_index.extract.segmentation").joinpath("weights.json").read_text("utf-8")
    model = json.loads(text)["headline"]
    return model["bias"], tuple(model["weights"][name] for name in FEATURES)


def page_headline(blocks: Sequence[Block], first: int, last: int) -> int | None:
    """The index of the block that is the headline of the article whose prose begins at `first`, or None."""
    found = candidates(blocks, first)
    if (named := named_in_comments(blocks, found)) is not None:
        return named
    best = choose(blocks, found, rates_of(features(blocks, first, last, found), *_model()))
    return with_only_heading(best, blocks, first, last)


def choose(blocks: Sequence[Block], found: Sequence[int], rates: Sequence[float]) -> int | None:
    """The candidate that is the headline, by how each is rated; None where none is likely enough.

    One that is said several times is one candidate, and its standfirst counts for it; of two near each other
    that are rated alike the upper is the headline.
    """
    if not found:
        return None
    chances = [math.exp(min(30.0, rate)) for rate in rates]
    total = sum(chances) + NONE
    plain = [levelled(blocks[index].text) for index in found]
    shares: dict[str, float] = {}
    for text, chance in zip(plain, chances, strict=True):
        shares[text] = shares.get(text, 0.0) + chance
    best = max(range(len(found)), key=lambda place: (shares[plain[place]], rates[place], place))
    within = [place for place in range(len(found)) if _holds(plain[best], plain[place])]
    best = min(within, key=lambda place: (len(plain[place]), -place), default=best)
    best = _upper(best, found, rates, plain)
    share = other = 0.0
    for text, chance in shares.items():
        apart = found[plain.index(text)] - found[best]
        standfirst = 0 < apart <= _BELOW and (_LONGER if apart > 1 else 1) * len(text) > len(plain[best])
        if standfirst or text == plain[best] or _holds(text, plain[best]) or _alike(text, plain[best]):
            share += chance
        else:
            other = max(other, chance)
    likely = share > SURE * total or (share > LIKELY * total and share > AHEAD * other)
    return found[best] if likely else None


def _upper(best: int, found: Sequence[int], rates: Sequence[float], plain: Sequence[str]) -> int:
    """The place of the uppermost of the candidates near the best one that are rated like it."""
    for place in range(best):
        text, apart = plain[place], found[best] - found[place]
        shorter = len(text) < _LONGER * len(plain[best]) and text.count(" ") >= _LEAST_ABOVE
        alike = (
            text != plain[best]
            and not _holds(text, plain[best])
            and rates[place] > rates[best] - _RATED_ALIKE
        )
        if alike and ((apart <= _BELOW and shorter) or (apart <= _NEAR and _alike(text, plain[best]))):
            return place
    return best
