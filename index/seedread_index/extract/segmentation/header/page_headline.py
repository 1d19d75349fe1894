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
from seedread_index.extract.segmentation.boilerplate.vocabulary import families_of, is_picture_label
from seedread_index.extract.segmentation.header.below import above_writer, named_in_comments, only_heading
from seedread_index.extract.segmentation.header.bylines import is_by_label, is_byline, is_name_line
from seedread_index.extract.segmentation.header.date_lines import date_line
from seedread_index.extract.segmentation.header.text_headline import may_be_headline
from seedread_index.extract.segmentation.header.written_dates import dates_in
from seedread_index.extract.segmentation.words import word_count, words_of

_ABOVE, _BELOW = 90, 4
"""So many blocks above and below the article's first one may be its headline."""

_FAR_BELOW, _NOTICES = 24, 2
"""So many below, as long as no more than so many paragraphs stand above them: notices, a teaser, a lead."""

_LONGEST = 240
SURE, NONE = 0.5, 1.0
"""The chance that a line is the headline, from which on it is taken, and how much none of them weighs."""

LIKELY, AHEAD = 0.2, 3.0
"""With this chance it is taken where it is so many times that of any other line."""

_STANDFIRST_BELOW, _ALIKE = 2, 0.8
_STANDFIRST_LONGER = 1.25
_STANDFIRST, _LEAST_ABOVE, _OWN = 10, 4, 3.0
"""Words of a standfirst and of the headline right above it, which may be rated so much less."""

_SAME_SHARE, _LEAST_SAME = 0.6, 2
"""Two candidates say the same where so many of their longer words are the same ones."""

_LEAD = 700
_QUOTES = tuple(zip("‘’“”„«»", "''" + '"' * 5, strict=True))
_FEW_BLANKS = 4
_FAR = 31
"""So many blocks above the prose a line is seldom its headline."""

_TIME = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?|\s(?:Uhr|ч|GMT|[A-Z]{2,4}))?", re.IGNORECASE)
_LEAST_TIMES = 3
"""So many lines that are a time of day, and the entries of a page are those of a live report."""

_PLAYING = re.compile(r"\b(?:skip ad|autoplay|next video starts)\b", re.IGNORECASE)
"""What a player says above the name of what it plays."""

_BODY_SAMPLE = 6000
_TWO_SENTENCES = re.compile(r"[.!?。！？][\"'”’)]*\s+[\"'“‘(]*[^\W\d_a-z]\S*\s+\S")
_BARS = re.compile(r"[|·»›>/]")
_STEM = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,5}|[\u3400-\u9fff\u3040-\u30ff]{2}")

_FEATURES = (
    "far_above below words few one many period heading first_heading linked repeated topic family bars"
    " before_date before_byline between bullet quoted nearest sentences after_date lead open_sentence name"
    " capitals digit said_again"
)
FEATURES = tuple(_FEATURES.split())
"""Chosen by the likelihood of the held-out halves of benchmarks/fit_segmentation.py."""


_TIES = "topic lead before_date before_byline repeated heading quoted"
_SUPPORT = tuple((FEATURES.index(name), 0.3 * (name in {"topic", "lead"})) for name in _TIES.split())
_UNSUPPORTED = -20.0


def candidates(blocks: Sequence[Block], first: int) -> list[int]:
    """The blocks that may be the headline of an article whose prose begins with block `first`."""
    found = []
    paragraphs = 0
    begin, end = max(0, first - _ABOVE), min(len(blocks), first + _FAR_BELOW)
    timed = {i + 1 for i in range(begin, end) if _is_time(blocks[i].text)}
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
        ):
            found.append(index)
        paragraphs += index >= first and _wordy(blocks[index]) and is_closed(text)
    return found


def _is_time(text: str) -> bool:
    """Whether a line is a time of day."""
    return text[:1].isdigit() and _TIME.fullmatch(text) is not None


def features(blocks: Sequence[Block], first: int, last: int, found: Sequence[int]) -> list[tuple[float, ...]]:
    """How like a headline each candidate is, as the features of the model."""
    near = _Surroundings(blocks, first, last, found)
    return [near.features(index) for index in found]


class _Surroundings:
    """What stands around the candidates, and what the article and the page say."""

    def __init__(self, blocks: Sequence[Block], first: int, last: int, found: Sequence[int]) -> None:
        self.blocks, self.first, self.found = blocks, first, found
        self.plain = [_plain(block.text) for block in blocks]
        self.times = Counter(self.plain)
        sample = " ".join([block.text for block in blocks[first:last]])[:_BODY_SAMPLE]
        self.stems = frozenset(_STEM.findall(sample.casefold()))
        prose = " ".join(block.text for block in blocks[first:last] if _wordy(block))
        self.lead = frozenset(_STEM.findall(prose[:_LEAD].casefold()))
        self.best_heading = min((blocks[i].heading for i in found if blocks[i].heading), default=0)
        pairs = zip(blocks, self.plain, strict=True)
        self.joined = "\n".join(plain for block, plain in pairs if 12 < len(block.text) < 2 * _LONGEST)
        around = range(max(0, first - _ABOVE - 5), min(len(blocks), first + _FAR_BELOW + 5))
        self.counts = {i: word_count(blocks[i].text) for i in around}
        self.lines_above = [i for i in found if i < first and self.counts[i] > 3]
        self.nearest = self.lines_above[-1] if self.lines_above else -1
        self.dated = {i for i in around if date_line(blocks[i].text)[0]}
        self.dates = {i for i in around if i in self.dated or _holds_date(blocks[i].text)}
        self.bylines = {i for i in around if is_byline(blocks[i].text)}
        self.places = frozenset(found)

    def features(self, index: int) -> tuple[float, ...]:
        """The features of one candidate."""
        blocks, first, counts = self.blocks, self.first, self.counts
        text, count = blocks[index].text, counts[index]
        plain = self.plain[index]
        words = text.split()
        own = set(_STEM.findall(plain))
        repeats = self.times[plain]
        quoted = count > 2 and self.joined.count(plain) > repeats
        shared = len(own & self.stems) / max(2, len(own))
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
            float(_TWO_SENTENCES.search(text) is not None),
            float(not self.dated.isdisjoint((index - 1, index - 2))),
            len(own & self.lead) / max(3, len(own)),
            float(count > 12 and (is_closed(text) or _TWO_SENTENCES.search(text) is not None)),
            float(is_name_line(text)),
            sum([word[0].isupper() for word in words]) / max(1, len(words)),
            float(any(map(str.isdigit, text))),
            shared if repeats > 1 and count > 3 else 0.0,
        )

    def _above(self, index: int, marks: Container[int]) -> float:
        """How much a line of date or writer stands below a candidate; others between count against it."""
        between = 0
        for place in range(index + 1, min(len(self.blocks), index + 5)):
            if place in marks:
                return 1 / (1 + between)
            between += place in self.places and self.counts[place] > 3
        return 0.0


def rates_of(rows: Sequence[Sequence[float]], bias: float, weights: Sequence[float]) -> list[float]:
    """How each candidate is rated; one that nothing tells to be of the article is no headline."""
    return [
        bias + sum(map(float.__mul__, weights, row))
        if any(row[place] > least for place, least in _SUPPORT)
        else _UNSUPPORTED
        for row in rows
    ]


def _plain(text: str) -> str:
    folded = text.casefold()
    if not folded.isascii():
        for mark, plain in _QUOTES:
            if mark in folded:
                folded = folded.replace(mark, plain)
    return " ".join(folded.split())


def _holds_date(text: str) -> bool:
    return len(text) < 60 and bool(dates_in(text))


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two candidates say the same in slightly other words, as the names of a page and its article."""
    if min(len(first), len(second)) < _LEAST_SAME:
        return False
    return len(first & second) >= _SAME_SHARE * len(first | second)


def _holds(name: str, line: str) -> bool:
    """Whether a line is the headline in a page's name: the rest is the site's or the section's."""
    return line in name and len(line) < len(name) < 2 * len(line) and line.count(" ") >= _FEW_BLANKS


def _wordy(block: Block) -> bool:
    return len(block.text) > 120


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
    bias, weights = _model()
    rates = rates_of(features(blocks, first, last, found), bias, weights)
    best = choose(blocks, found, rates)
    if best is None:
        best = above_writer(blocks, found)
    return only_heading(blocks, first) if best is None else best


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
    share = shares.pop(plain[best])
    best = min(
        (
            place
            for place in range(len(found))
            if _holds(plain[best], plain[place]) and plain[place] in shares
        ),
        key=lambda place: (len(plain[place]), -place),
        default=best,
    )
    share += shares.pop(plain[best], 0.0)
    stems = frozenset(_STEM.findall(plain[best]))
    for text in [text for text in shares if _alike(stems, frozenset(_STEM.findall(text)))]:
        share += shares.pop(text)
    standfirst = False
    for place in range(best - 1, max(-1, best - _STANDFIRST_BELOW - 1), -1):
        upper = words_of(blocks[found[place]].text)
        families = families_of(upper)
        if (
            found[best] - found[place] > _STANDFIRST_BELOW
            or len(upper) < 3
            or _holds(plain[place], plain[best])
        ):
            continue
        count = word_count(blocks[found[best]].text)
        longer = _STANDFIRST_LONGER * len(upper) < count
        own = place == best - 1 and longer and count >= _STANDFIRST and len(upper) >= _LEAST_ABOVE
        if (
            not families and rates[place] > rates[best] - _ALIKE and (longer or plain[place] not in shares)
        ) or (own and len(families) < 2 and rates[place] > rates[best] - _OWN):
            share += shares.pop(plain[place], 0.0)
            best, standfirst = place, True
            break
    sure = share > SURE * (total + NONE)
    ahead = (
        not standfirst
        and share > LIKELY * (total + NONE)
        and share > AHEAD * max(shares.values(), default=0.0)
    )
    return found[best] if sure or ahead else None
