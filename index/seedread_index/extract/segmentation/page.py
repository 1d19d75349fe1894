"""Whole pages: the article among menus, teasers, notices and comments, and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from seedread_index.extract.reasons import Kinds, Reason
from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import families_in, is_closed
from seedread_index.extract.segmentation.boilerplate.vocabulary import (
    families_of,
    is_label,
    never_headline,
    opens_comments,
)
from seedread_index.extract.segmentation.header.bylines import (
    is_byline,
    is_caption,
)
from seedread_index.extract.segmentation.header.date_lines import date_line
from seedread_index.extract.segmentation.header.header import Header, is_sentence, prose_start, read_between
from seedread_index.extract.segmentation.header.page_headline import page_headline
from seedread_index.extract.segmentation.header.text_headline import same_line
from seedread_index.extract.segmentation.likelihood import likelihoods
from seedread_index.extract.segmentation.words import LONG_WORD_OR_HAN, stems_of, word_count, words_of
from seedread_index.model.article import PassageKind

_UNLIKELY = 0.12
_BELOW_FIRST = 4
_PLACEHOLDER = re.compile(r"\[(?:[^\W\d_][\w.-]{0,30}|\s+)\]")
"""What text browsers print for a picture or a field: the start of its name, or its width in blanks."""

_ISLAND, _ADJACENT, _MOST_APART = 0.55, 0.25, 4
"""The likelihood of a paragraph near the stretch that is its article's, of a sentence right behind it; and so
many other blocks at most between."""

_LONGEST_LIST, _FEW_LINKS, _FEW_STEMS, _SHARED_NEAR, _FEW_WORDS = 16, 3, 4, 0.12, 12
_NOT_OWN = frozenset({"letter", "related", "social", "tips", "legal"})
_LONGEST_BUTTON, _UNLIKELY_BUTTON = 40, 0.5
_OF_BUTTONS = frozenset({"social", "letter", "advert"})

_STANDFIRST, _TOPICAL = 8, 0.5
_BODY_SAMPLE, _SHARED = 8000, 0.4


def read_page(blocks: Sequence[Block], *, known_title: str | None = None) -> tuple[Header, Kinds]:
    """The header and the kind of each block of a page."""
    likely = likelihoods(blocks)
    first, last = best_stretch(blocks, likely)
    if first == last:
        first, last = 0, len(blocks)
    header = Header(first_body=first)
    kinds = Kinds([Reason.OFF_PAGE] * len(blocks))
    for index in range(first, last):
        kinds.mark(index, _kind_inside(blocks[index], likely[index]))
    start = prose_start(blocks, first, last)
    reason = Reason.PAGE_HEADLINE if known_title is None else Reason.KNOWN_HEADLINE
    header.title = None if known_title is None else _line_of(known_title, blocks, start)
    if header.title is None:
        header.title = page_headline(blocks, start, last)
        reason = Reason.PAGE_HEADLINE if known_title is None else Reason.OTHER_HEADLINE
    read_between(header, blocks, kinds, first, start)
    stretch = _Stretch(blocks, likely, kinds, first, last)
    if header.title is not None:
        _cut_above(header.title, blocks, kinds, first, last)
        stretch.grow_up(header.title)
        _keep_standfirst(header.title, blocks, kinds, first, last)
        kinds.mark(header.title, reason)
    stretch.grow_down()
    if header.title is not None:
        places = range(max(start, header.title + 2), last)
        start = next((index for index in places if is_sentence(blocks[index])), start)
    stretch.mark_buttons(header.title or 0, start)
    return header, kinds


class _Stretch(NamedTuple):
    """A page with its article's stretch: the first block of it, and the one after its last."""

    blocks: Sequence[Block]
    likely: Sequence[float]
    kinds: Kinds
    first: int
    last: int

    def is_own(self, index: int, rest: set[str] | None) -> bool:
        """Whether a sentence outside the stretch is its own, or a paragraph in the `rest` of its words."""
        text = self.blocks[index].text
        if self.likely[index] < (_ADJACENT if rest is None else _ISLAND):
            return False
        if not is_closed(text) and not text.endswith((":", "：")):
            return False
        words = words_of(text)
        families = families_of(words).keys()
        if families & _NOT_OWN or ("give" in families and len(words) < _FEW_WORDS):
            return False
        own = set(stems_of(text, LONG_WORD_OR_HAN)) if rest else set[str]()
        shared = len(own) < _FEW_STEMS or _SHARED_NEAR * len(own) <= len(own.intersection(rest or ()))
        return rest is None or (word_count(text) >= _STANDFIRST and shared)

    def stems(self) -> set[str]:
        """The stems of the stretch's words."""
        sample = " ".join(block.text for block in self.blocks[self.first : self.last])[:_BODY_SAMPLE]
        return set(stems_of(sample, LONG_WORD_OR_HAN))

    def grow_up(self, title: int) -> None:
        """Prose between the headline and the stretch is the article's, and a list that it announces."""
        open_ones = [i for i in range(title + 1, self.first) if self.kinds[i] is PassageKind.BOILERPLATE]
        if not any(self.likely[i] >= _ISLAND for i in open_ones):
            return
        rest = self.stems()
        first = open_ones[0] if self.likely[open_ones[0]] >= _ISLAND else None
        own = [i for i in open_ones if self.is_own(i, None if i == first else rest)]
        listed = [i for i in open_ones if own and i > own[0] and i not in own]
        if len(listed) <= _LONGEST_LIST and not any(_of_site(self.blocks[i].text) for i in listed):
            own += listed
        for index in own:
            self.kinds.mark(index, Reason.BESIDE_PAGE_TEXT)

    def grow_down(self) -> None:
        """Sentences right behind the stretch, and paragraphs a few links behind it, are the article's."""
        apart, label = 0, False
        for index in range(self.last, len(self.blocks)):
            text = self.blocks[index].text
            if apart > _MOST_APART or opens_comments(text):
                return
            near = apart == 0 or (label and apart <= _FEW_LINKS and self.likely[index] >= _ISLAND)
            far = not near and self.likely[index] >= _ISLAND
            if (near or far) and self.is_own(index, None if near else self.stems()):
                if self.kinds[index] is PassageKind.BOILERPLATE:
                    self.kinds.mark(index, Reason.BESIDE_PAGE_TEXT)
                apart, label = 0, False
            else:
                apart, label = apart + 1, not is_closed(text) and (label or (apart == 0 and is_label(text)))

    def mark_buttons(self, top: int, start: int) -> None:
        """Buttons within the stretch; between headline and prose also the names of networks."""
        for index in range(self.first, self.last):
            text = self.blocks[index].text
            if self.kinds[index] is not PassageKind.BODY or len(text) > _LONGEST_BUTTON or is_closed(text):
                continue
            if (
                self.likely[index] < _UNLIKELY_BUTTON
                and never_headline(text)
                and any(map(str.isalpha, text))
                and "/" not in text
            ) or (top < index < start and not _OF_BUTTONS.isdisjoint(families_of(words_of(text)))):
                self.kinds.mark(index, Reason.SITE_LINE)


def _of_site(text: str) -> bool:
    """Whether a line between the headline and the article is a menu's, a label's or a byline's."""
    return bool(
        never_headline(text)
        or is_label(text)
        or is_byline(text)
        or date_line(text)[0]
        or (text.count(" ") < _FEW_WORDS // 2 and families_of(words_of(text)))
    )


def _cut_above(title: int, blocks: Sequence[Block], kinds: Kinds, first: int, last: int) -> None:
    """Notices and menus above a headline inside the stretch are no part of the article; a lead of it is."""
    if title <= first:
        return
    sample = " ".join(block.text for block in blocks[title:last])[:_BODY_SAMPLE]
    rest = set(stems_of(sample, LONG_WORD_OR_HAN))
    for index in range(first, title):
        own = set(stems_of(blocks[index].text, LONG_WORD_OR_HAN))
        lead = is_closed(blocks[index].text) and len(own & rest) >= _SHARED * len(own)
        if kinds[index] is PassageKind.BODY and not lead:
            kinds.mark(index, Reason.ABOVE_HEADLINE)


def _keep_standfirst(title: int, blocks: Sequence[Block], kinds: Kinds, first: int, last: int) -> None:
    """The line right below the headline is the article's too where it is a sentence's length of its words."""
    below = title + 1
    if below >= first or kinds[below] is not PassageKind.BOILERPLATE:
        return
    text = blocks[below].text
    if word_count(text) < _STANDFIRST or is_caption(text) or is_label(text):
        return
    own = set(stems_of(text, LONG_WORD_OR_HAN))
    rest = " ".join(block.text for block in blocks[first:last])[:_BODY_SAMPLE].casefold()
    shared = len(own.intersection(stems_of(rest, LONG_WORD_OR_HAN)))
    if shared >= _TOPICAL * max(4, len(own)) and not same_line(text, blocks[title].text):
        kinds.mark(below, Reason.STANDFIRST)


def _kind_inside(block: Block, likelihood: float) -> Reason:
    """The kind of a block within the article's stretch."""
    count = word_count(block.text)
    if count == 0 or _PLACEHOLDER.fullmatch(block.text.strip()):
        return Reason.NO_WORDS
    if count <= 25 and is_caption(block.text):
        return Reason.CAPTION
    if likelihood < _UNLIKELY and count < 12 and families_in(block.text):
        return Reason.SITE_LINE
    return Reason.WITHIN_PAGE


def _line_of(title: str, blocks: Sequence[Block], first: int) -> int | None:
    """The block above the article, the nearest, that is the known title."""
    near = range(min(first + 3, len(blocks) - 1), -1, -1)
    return next((index for index in near if same_line(title, blocks[index].text)), None)


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


_CODE = re.compile(r"\W+|[\"'{(\[<].*[\"'})\]>;:,]?|.*[{}();=]|\d+\s*,?")
"""A piece of code, amid an article that explains it: neither menu nor prose."""

_LONGEST_CODE = 60
_ENDINGS = frozenset({"social", "related", "tips", "letter"})
_RUN, _LEAST_SIGNS, _LEAST_WORDS, _PARAGRAPH_BLANKS, _LONGEST_SIGN = 8, 4, 200, 20, 90

WEIGHTS = StretchWeights()


def best_stretch(
    blocks: Sequence[Block], likely: Sequence[float], weights: StretchWeights = WEIGHTS
) -> tuple[int, int]:
    """The first block of the best stretch and the one after its last; `likely` is 0 to 1 for each block."""
    best, first, last = 0.0, 0, 0
    total, gap, begin = 0.0, 0.0, 0
    for index, (block, likelihood) in enumerate(zip(blocks, likely, strict=True)):
        size = min(weights.most, max(weights.least, len(block.text)))
        value = (likelihood - weights.even) * size
        if value < 0 and size < _LONGEST_CODE and _CODE.fullmatch(block.text):
            value = 0.0
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
    return int(is_label(text) or not _ENDINGS.isdisjoint(families_in(text)))
