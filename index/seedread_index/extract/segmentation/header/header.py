"""What stands before an article's prose: headline, date lines, byline, menus and share bars."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from seedread_index.extract.reasons import Kinds, Reason, Where
from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import (
    ADDRESS,
    BlockFeatures,
    features_of,
    is_closed,
)
from seedread_index.extract.segmentation.boilerplate.footer import style_profile
from seedread_index.extract.segmentation.boilerplate.vocabulary import (
    families_of,
    is_label,
    never_headline,
)
from seedread_index.extract.segmentation.header.bylines import (
    is_byline,
    is_caption,
    is_credit,
    is_name_line,
    without_handle,
)
from seedread_index.extract.segmentation.header.date_lines import date_line, day_of, find_date
from seedread_index.extract.segmentation.header.text_headline import REPEAT_WITHIN, find_headline, same_line
from seedread_index.extract.segmentation.words import word_count, word_set, words_of
from seedread_index.model.article import PassageKind

_ZONE = 40
_BOILERPLATE, _SURE_BOILERPLATE = 0.5, 1.5
"""Scores of boilerplate before prose, and where no prose is found at all."""

_LAST_NOTICE, _FEW_BLANKS = 3, 6
_LEAST_SENTENCE, _NEAR_PROSE, _REACH = 16, 5, 24
_ABOVE_TITLE, _BELOW_FIRST, _BELOW_START, _BELOW_NAME = 3, 4, 16, 3
_STEM = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,5}|[\u3400-\u9fff\u3040-\u30ff]{2}")
_ROLES, _FEW_ROLES = word_set("roles"), 3
_OF_NOTICES = frozenset({"legal", "letter", "give"})


@dataclass(slots=True)
class Header:
    """What blocks are and why by their index, the headline's index, the date, and where the prose starts."""

    kinds: dict[int, Reason] = field(default_factory=dict)
    title: int | None = None
    date: dt.date | None = None
    first_body: int = 0
    author: str | None = None
    author_where: Where = Where.BYLINE


def read_header(blocks: Sequence[Block], text: str, *, known_title: str | None = None) -> Header:
    """Find the headline and the boilerplate around it; with `known_title` only it may be that."""
    header = Header()
    signs: list[BlockFeatures] = []
    prose_found = False
    for index, block in enumerate(blocks[:_ZONE]):
        signs.append(features_of(block.text))
        if signs[-1].prose and signs[-1].score < _BOILERPLATE and _plain_kind(block.text)[0] is None:
            if _notice(blocks, index, signs[-1]):
                signs[-1] = replace(signs[-1], score=_SURE_BOILERPLATE)
            elif not _asks(block.text, signs[-1]):
                prose_found = True
                break
    zone = len(signs) - prose_found
    days: dict[int, dt.date] = {}
    for index in range(zone):
        kind, date = _plain_kind(blocks[index].text)
        if kind is not None:
            header.kinds[index] = kind
            if date:
                days[index] = date
    header.title = None if known_title is None else _line_of(known_title, blocks, zone + 1)
    reason = Reason.KNOWN_HEADLINE
    if header.title is None:
        kinds = {i: reason.kind for i, reason in header.kinds.items()}
        header.title = find_headline(blocks, text, signs, zone, kinds)
        reason = Reason.HEADLINE
        if known_title is not None:
            reason = Reason.OTHER_HEADLINE
            header.title = _other_headline(header, blocks, known_title)
    if header.title is not None:
        header.kinds[header.title] = reason
    # Above the headline may stand the day on which the page was read.
    below = [day for index, day in days.items() if header.title is not None and index > header.title]
    header.date = next(iter([*below, *days.values()]), None)
    _name_boilerplate(header, blocks, signs, zone, prose_found)
    _mark_repeats(header, blocks)
    while header.first_body in header.kinds:
        header.first_body += 1
    _read_below_standfirst(header, blocks)
    return header


def _other_headline(header: Header, blocks: Sequence[Block], known_title: str) -> int | None:
    """The line found where it is surely a headline, if not the title known: dated below, or like it."""
    index = header.title
    if index is None or any(place in header.kinds for place in (index + 1, index + 2)):
        return index
    known, own = (set(_STEM.findall(text.casefold())) for text in (known_title, blocks[index].text))
    return index if 2 * len(known & own) >= max(2, min(len(known), len(own))) else None


def _notice(blocks: Sequence[Block], index: int, sign: BlockFeatures) -> bool:
    """Whether whole sentences above the headline are a site's: in its words, and in none of the article's."""
    if index > _LAST_NOTICE or not sign.families & _OF_NOTICES or len(blocks) < index + 3:
        return False
    return style_profile(blocks[index + 1 :]).score(blocks[index].text, sign) >= _BOILERPLATE


def _asks(text: str, sign: BlockFeatures) -> bool:
    """Whether a block is one short question or exclamation, as headlines may be."""
    return sign.words <= 18 and text.endswith(("?", "!", "？", "！"))


def _plain_kind(text: str) -> tuple[Reason | None, dt.date | None]:
    """The kind of a line that says only when or by whom."""
    if is_byline(text):
        return Reason.BYLINE, find_date(text)[0]
    is_date, date = date_line(text)
    return (Reason.DATE_LINE, date) if is_date else (None, None)


def _name_boilerplate(
    header: Header, blocks: Sequence[Block], signs: Sequence[BlockFeatures], zone: int, prose_found: bool
) -> None:
    """Call what stands above the headline, and between it and the first prose, by its kind."""
    start = 0
    if header.title is not None:
        for index in range(header.title):
            header.kinds.setdefault(index, Reason.ABOVE_HEADLINE)
        start = header.title + 1
    for index in range(start, zone):
        if index in header.kinds:
            continue
        text = blocks[index].text
        beside_date = Reason.DATE_LINE in (header.kinds.get(index - 1), header.kinds.get(index + 1))
        beside_date = beside_date or (
            index - 1 == header.title and header.kinds.get(index - 2) is Reason.DATE_LINE
        )
        if header.title is not None and index <= header.title + 2 and beside_date and is_name_line(text):
            header.kinds[index] = Reason.NAME_BY_DATE
        elif header.title is not None and is_credit(text, signs[index].words):
            header.kinds[index] = Reason.CREDIT_LINE
        elif _is_boilerplate(signs, index, zone, prose_found=prose_found):
            header.kinds[index] = Reason.SITE_WORDS
        else:
            break
    stop = next((i for i in range(start, zone) if i not in header.kinds), zone)
    for index in [i for i in header.kinds if i > stop]:
        del header.kinds[index]


def _is_boilerplate(signs: Sequence[BlockFeatures], index: int, zone: int, *, prose_found: bool) -> bool:
    """Whether a line before the prose is boilerplate: by its words, or as one of a menu's short lines."""
    sign = signs[index]
    if sign.words == 0:
        return prose_found
    if sign.score >= (_BOILERPLATE if prose_found else _SURE_BOILERPLATE):
        return True
    return prose_found and sign.words <= 3 and not sign.closed and _run_of_short(signs, index, zone)


def _run_of_short(signs: Sequence[BlockFeatures], index: int, zone: int) -> bool:
    """Whether a line of a word or three stands among others such: a menu."""
    near = [signs[i].words <= 3 for i in (index - 1, index + 1) if 0 <= i < zone]
    return any(near)


def _mark_repeats(header: Header, blocks: Sequence[Block]) -> None:
    """The headline said again near the head is boilerplate."""
    if header.title is None:
        return
    title = blocks[header.title].text
    for index in range(header.title + 1, min(len(blocks), header.title + REPEAT_WITHIN)):
        if index not in header.kinds and same_line(title, blocks[index].text):
            header.kinds[index] = Reason.HEADLINE_AGAIN
            _continue_after(header, blocks, index)


def _continue_after(header: Header, blocks: Sequence[Block], index: int) -> None:
    """After a repeated headline more date lines, bylines and boilerplate may follow."""
    for following in range(index + 1, min(len(blocks), index + 6)):
        kind, date = _plain_kind(blocks[following].text)
        if kind is None:
            break
        header.kinds[following] = kind
        if date and header.date is None:
            header.date = date


def _read_below_standfirst(header: Header, blocks: Sequence[Block]) -> None:
    """A block below the headline may sum the article up; a byline and a date may follow it."""
    if header.title is None:
        return
    below: dict[int, Reason] = {}
    date = None
    for index in range(header.first_body + 1, min(len(blocks) - 1, header.first_body + 4)):
        kind, said = _plain_kind(blocks[index].text)
        if kind is None and not below and _is_writer(blocks[index].text):
            kind = Reason.NAME_BY_DATE if date_line(blocks[index + 1].text)[0] else None
        if kind is None:
            break
        below[index] = kind
        date = date or said
    first = blocks[header.first_body].text if below else ""
    named = not {Reason.BYLINE, Reason.NAME_BY_DATE}.isdisjoint(below.values())
    if named or not is_closed(first) or is_caption(first) or any(":" in blocks[i].text for i in below):
        header.kinds |= below
        header.date = header.date or date


def prose_start(blocks: Sequence[Block], first: int, last: int) -> int:
    """The first paragraph of an article's stretch: kickers, headlines and notices may stand above it in it.

    A notice is a paragraph that addresses the reader, without another one near by.
    """
    alone = first
    for index in range(first, min(last, first + _REACH)):
        if is_sentence(blocks[index]):
            if any(is_sentence(block) for block in blocks[index + 1 : min(last, index + _NEAR_PROSE)]):
                return index
            words = words_of(blocks[index].text)
            if ADDRESS.isdisjoint(words):
                return index
            alone = index if alone == first else alone
    return alone


def is_sentence(block: Block) -> bool:
    """Whether a block ends as a sentence does, and is as long as one of prose."""
    return is_closed(block.text) and word_count(block.text) >= _LEAST_SENTENCE


def _is_writer(text: str) -> bool:
    """Whether a line is a name, or a newsroom."""
    words = words_of(text)
    return is_name_line(without_handle(text)) or (len(words) <= _FEW_ROLES and not _ROLES.isdisjoint(words))


def _is_dated(index: int, title: int | None, blocks: Sequence[Block]) -> bool:
    """Whether a line has the date right below it, or is parted by the headline alone from one above."""
    if index + 1 < len(blocks) and date_line(blocks[index + 1].text)[0]:
        return True
    return index - 1 == title and index > 1 and date_line(blocks[index - 2].text)[0]


def is_of_site(text: str) -> bool:
    """Whether a line between the headline and the article is a menu's, a label's or a byline's."""
    return bool(
        never_headline(text)
        or is_label(text)
        or is_byline(text)
        or date_line(text)[0]
        or (text.count(" ") < _FEW_BLANKS and families_of(words_of(text)))
    )


def read_between(header: Header, blocks: Sequence[Block], kinds: Kinds, first: int, start: int) -> None:
    """Date and byline between the headline and the prose, or just about them."""
    begin = first if header.title is None else header.title
    start = start if header.title is None else max(start, header.title + 1)
    stop = start + 1
    while stop < min(start + _BELOW_START, len(blocks)) and not is_sentence(blocks[stop]):
        stop += 1
    stop = min(max(first + _BELOW_FIRST, stop), len(blocks))
    above = range(begin - 1, max(0, begin - _ABOVE_TITLE) - 1, -1)
    for index in (*range(begin, stop), *above):
        text = blocks[index].text
        if index == header.title or len(text) > 140:
            continue
        is_date, date = date_line(text)
        if is_byline(text):
            kinds.mark(index, Reason.BYLINE)
            header.date = header.date or (find_date(text)[0] if index >= begin else None)
        elif is_date:
            kinds.mark(index, Reason.DATE_LINE)
            header.date = header.date or (date if index >= begin else None)
        elif (
            (header.title or 0) < index <= max(first, start) + _BELOW_NAME
            and kinds[index] in {PassageKind.BOILERPLATE, PassageKind.BODY}
            and _is_writer(text)
            and _is_dated(index, header.title, blocks)
        ):
            kinds.mark(index, Reason.NAME_BY_DATE)
    header.date = header.date or day_of(blocks[index].text for index in above)


def _line_of(title: str, blocks: Sequence[Block], stop: int) -> int | None:
    """The first block near the head that is the known title."""
    return next((i for i, block in enumerate(blocks[:stop]) if same_line(title, block.text)), None)
