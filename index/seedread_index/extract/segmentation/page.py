"""Whole pages: the article among menus, teasers, notices and comments, and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from seedread_index.extract.reasons import Kinds, Reason
from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import (
    LONG_WORD_OR_HAN,
    WE,
    YOU,
    is_closed,
    stems_of,
    word_count,
    words_of,
)
from seedread_index.extract.segmentation.boilerplate.vocabulary import families_of, is_label, opens_comments
from seedread_index.extract.segmentation.header.bylines import (
    is_byline,
    is_caption,
    is_name_line,
    without_handle,
)
from seedread_index.extract.segmentation.header.date_lines import date_line, find_date
from seedread_index.extract.segmentation.header.header import Header
from seedread_index.extract.segmentation.header.page_headline import page_headline
from seedread_index.extract.segmentation.header.text_headline import same_line
from seedread_index.extract.segmentation.likelihood import likelihoods
from seedread_index.model.article import PassageKind

_FEW_WORDS = 6
_LEAST_SHORT, _SHORT_SHARE = 14, 0.3
_PROSE, _MENU_ABOVE, _MENU_BELOW = 15, 5, 50
_UNLIKELY = 0.12
_ABOVE_TITLE, _BELOW_FIRST, _BELOW_START = 3, 4, 16
_PLACEHOLDER = re.compile(r"\[(?:[^\W\d_][\w.-]{0,30}|\s+)\]")
"""What text browsers print for a picture or a field: the start of its name, or its width in blanks."""

_LEAST_PROSE, _NEAR_PROSE, _REACH = 16, 5, 24
_STANDFIRST, _TOPICAL = 8, 0.5
_BODY_SAMPLE, _SHARED = 8000, 0.4


def is_page(blocks: Sequence[Block]) -> bool:
    """Whether a text is a whole page: dozens of short lines that are no sentences, and a menu among them.

    Short lines alone are a list or an interview; a menu stands above the first prose, is very long below the
    last, or says what menus say.
    """
    if len(blocks) < _LEAST_SHORT:
        return False
    short = [_is_short(block.text) for block in blocks]
    count = sum(short)
    if count < _LEAST_SHORT or count < _SHORT_SHARE * len(blocks):
        return False
    prose = [i for i, block in enumerate(blocks) if block.text.count(" ") > _PROSE and is_closed(block.text)]
    above = sum(short[: prose[0]]) if prose else count
    below = sum(short[prose[-1] + 1 :]) if prose else 0
    if above >= _MENU_ABOVE or below >= _MENU_BELOW:
        return True
    sites = sum(
        bool(families_of(words_of(block.text)))
        for block, is_short in zip(blocks, short, strict=True)
        if is_short
    )
    return (sites >= 4 and above + below >= 8) or (sites >= 8 and count >= 30)


def _is_short(text: str) -> bool:
    return len(text) < 60 and text.count(" ") < _FEW_WORDS and not is_closed(text)


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
    _read_between(header, blocks, kinds, first, start)
    if header.title is not None:
        _cut_above(header.title, blocks, kinds, first, last)
        _keep_standfirst(header.title, blocks, kinds, first, last)
        kinds.mark(header.title, reason)
    return header, kinds


def prose_start(blocks: Sequence[Block], first: int, last: int) -> int:
    """The first paragraph of an article's stretch: kickers, headlines and notices may stand above it in it.

    A notice is a paragraph that addresses the reader, without another one near by.
    """
    alone = first
    for index in range(first, min(last, first + _REACH)):
        if _is_prose(blocks[index]):
            if any(_is_prose(block) for block in blocks[index + 1 : min(last, index + _NEAR_PROSE)]):
                return index
            words = words_of(blocks[index].text)
            if YOU.isdisjoint(words) and WE.isdisjoint(words):
                return index
            alone = index if alone == first else alone
    return alone


def _is_prose(block: Block) -> bool:
    return is_closed(block.text) and word_count(block.text) >= _LEAST_PROSE


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
    if likelihood < _UNLIKELY and count < 12 and families_of(words_of(block.text)):
        return Reason.SITE_LINE
    return Reason.WITHIN_PAGE


def _line_of(title: str, blocks: Sequence[Block], first: int) -> int | None:
    """The block above the article, the nearest, that is the known title."""
    near = range(min(first + 3, len(blocks) - 1), -1, -1)
    return next((index for index in near if same_line(title, blocks[index].text)), None)


def _read_between(header: Header, blocks: Sequence[Block], kinds: Kinds, first: int, start: int) -> None:
    """Date and byline between the headline and the prose, or just about them."""
    begin = first if header.title is None else header.title
    stop = start + 1
    while stop < min(start + _BELOW_START, len(blocks)) and not _is_prose(blocks[stop]):
        stop += 1
    stop = min(max(first + _BELOW_FIRST, stop), len(blocks))
    order = [*range(begin, stop), *range(max(0, begin - _ABOVE_TITLE), begin)]
    for index in order:
        text = blocks[index].text
        if index == header.title or len(text) > 140:
            continue
        is_date, date = date_line(text)
        if is_byline(text):
            kinds.mark(index, Reason.BYLINE)
            header.date = header.date or find_date(text)[0]
        elif is_date:
            kinds.mark(index, Reason.DATE_LINE)
            header.date = header.date or date
        elif (
            (header.title or 0) < index <= max(first, start)
            and kinds[index] in {PassageKind.BOILERPLATE, PassageKind.BODY}
            and is_name_line(without_handle(text))
            and index + 1 < len(blocks)
            and date_line(blocks[index + 1].text)[0]
        ):
            kinds.mark(index, Reason.NAME_BY_DATE)


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
    return int(is_label(text) or not _ENDINGS.isdisjoint(families_of(words_of(text))))
