"""What stands before an article's prose: headline, date lines, byline, menus and share bars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from seedread_index.extract.segmentation.credits import is_byline, is_credit, is_name_line
from seedread_index.extract.segmentation.dates import body_dateline, date_line, find_date
from seedread_index.extract.segmentation.headline import REPEAT_WITHIN, find_headline, same_line
from seedread_index.extract.segmentation.paragraph_features import Signals, signals
from seedread_index.extract.segmentation.paragraphs import Paragraph
from seedread_index.extract.segmentation.style_profile import style_profile_of
from seedread_index.model.article import PassageKind

_ZONE = 40
_BOILERPLATE, _SURE_BOILERPLATE = 0.5, 1.5
"""Scores of boilerplate before prose, and where no prose is found at all."""

_LAST_NOTICE = 3
_OF_NOTICES = frozenset({"legal", "letter", "give"})


@dataclass(slots=True)
class Head:
    """Kinds by paragraph index, the headline's index, the date, and where the prose starts."""

    kinds: dict[int, PassageKind] = field(default_factory=dict)
    title: int | None = None
    date: dt.date | None = None
    first_body: int = 0


def read_head(paragraphs: Sequence[Paragraph], text: str, *, known_title: str | None = None) -> Head:
    """Find the headline and the boilerplate around it; with `known_title` only it may be that."""
    head = Head()
    features: list[Signals] = []
    prose_found = False
    for index, paragraph in enumerate(paragraphs[:_ZONE]):
        features.append(signals(paragraph.text))
        if features[-1].prose and features[-1].score < _BOILERPLATE:
            if _notice(paragraphs, index, features[-1]):
                features[-1] = replace(features[-1], score=_SURE_BOILERPLATE)
            elif not _asks(paragraph.text, features[-1]):
                prose_found = True
                break
    zone = len(features) - prose_found
    for index in range(zone):
        kind, date = _plain_kind(paragraphs[index].text)
        if kind is not None:
            head.kinds[index] = kind
            if date and head.date is None and not _opens_body(paragraphs, head.kinds, index):
                head.date = date
    if known_title is None:
        head.title = find_headline(paragraphs, text, features, zone, head.kinds)
    else:
        head.title = _line_of(known_title, paragraphs, zone + 1)
    if head.title is not None:
        head.kinds[head.title] = PassageKind.TITLE
    _name_boilerplate(head, paragraphs, features, zone, prose_found)
    _mark_repeats(head, paragraphs)
    while head.first_body in head.kinds:
        head.first_body += 1
    _read_below_standfirst(head, paragraphs)
    return head


def _notice(paragraphs: Sequence[Paragraph], index: int, feature: Signals) -> bool:
    """Whether whole sentences above the headline are a site's: in its words, and in none of the article's."""
    if index > _LAST_NOTICE or not feature.families & _OF_NOTICES or len(paragraphs) < index + 3:
        return False
    return style_profile_of(paragraphs[index + 1 :]).score(paragraphs[index].text, feature) >= _BOILERPLATE


def _asks(text: str, feature: Signals) -> bool:
    """Whether a paragraph is one short question or exclamation, as headlines may be."""
    return feature.words <= 18 and text.endswith(("?", "!", "？", "！"))


def _plain_kind(text: str) -> tuple[PassageKind | None, dt.date | None]:
    """The kind of a line that says only when or by whom."""
    if is_byline(text):
        return PassageKind.BYLINE, find_date(text)[0]
    is_date, date = date_line(text)
    return (PassageKind.DATE, date) if is_date else (None, None)


def _opens_body(paragraphs: Sequence[Paragraph], kinds: Mapping[int, PassageKind], index: int) -> bool:
    """Whether a date line opens the body rather than dates the file, as one below a byline does."""
    return (
        body_dateline(paragraphs[index].text)
        and index + 1 < len(paragraphs)
        and kinds.get(index - 1) is not PassageKind.BYLINE
    )


def _name_boilerplate(
    head: Head, paragraphs: Sequence[Paragraph], features: Sequence[Signals], zone: int, prose_found: bool
) -> None:
    """Call what stands above the headline, and between it and the first prose, by its kind."""
    start = 0
    if head.title is not None:
        for index in range(head.title):
            head.kinds.setdefault(index, PassageKind.BOILERPLATE)
        start = head.title + 1
    for index in range(start, zone):
        if index in head.kinds:
            continue
        text = paragraphs[index].text
        beside_date = PassageKind.DATE in (head.kinds.get(index - 1), head.kinds.get(index + 1))
        if head.title is not None and index <= head.title + 2 and beside_date and is_name_line(text):
            head.kinds[index] = PassageKind.BYLINE
        elif head.title is not None and is_credit(text, features[index].words):
            head.kinds[index] = PassageKind.CREDIT
        elif _is_boilerplate(features, index, zone, prose_found=prose_found):
            head.kinds[index] = PassageKind.BOILERPLATE
        else:
            break
    stop = next((i for i in range(start, zone) if i not in head.kinds), zone)
    for index in [i for i in head.kinds if i > stop]:
        del head.kinds[index]


def _is_boilerplate(features: Sequence[Signals], index: int, zone: int, *, prose_found: bool) -> bool:
    """Whether a line before the prose is boilerplate: by its words, or as one of a menu's short lines."""
    feature = features[index]
    if feature.words == 0:
        return prose_found
    if feature.score >= (_BOILERPLATE if prose_found else _SURE_BOILERPLATE):
        return True
    return prose_found and feature.words <= 3 and not feature.closed and _run_of_short(features, index, zone)


def _run_of_short(features: Sequence[Signals], index: int, zone: int) -> bool:
    """Whether a line of a word or three stands among others such: a menu."""
    near = [features[i].words <= 3 for i in (index - 1, index + 1) if 0 <= i < zone]
    return any(near)


def _mark_repeats(head: Head, paragraphs: Sequence[Paragraph]) -> None:
    """The headline said again near the head is boilerplate."""
    if head.title is None:
        return
    title = paragraphs[head.title].text
    for index in range(head.title + 1, min(len(paragraphs), head.title + REPEAT_WITHIN)):
        if index not in head.kinds and same_line(title, paragraphs[index].text):
            head.kinds[index] = PassageKind.BOILERPLATE
            _continue_after(head, paragraphs, index)


def _continue_after(head: Head, paragraphs: Sequence[Paragraph], index: int) -> None:
    """After a repeated headline more date lines, bylines and boilerplate may follow."""
    for following in range(index + 1, min(len(paragraphs), index + 6)):
        kind, date = _plain_kind(paragraphs[following].text)
        if kind is None:
            break
        head.kinds[following] = kind
        if date and head.date is None and not _opens_body(paragraphs, head.kinds, following):
            head.date = date


def _read_below_standfirst(head: Head, paragraphs: Sequence[Paragraph]) -> None:
    """A paragraph below the headline may sum the article up; a byline and a date may follow it."""
    if head.title is None:
        return
    below: dict[int, PassageKind] = {}
    date = None
    for index in range(head.first_body + 1, min(len(paragraphs) - 1, head.first_body + 4)):
        kind, said = _plain_kind(paragraphs[index].text)
        if kind is None:
            break
        below[index] = kind
        date = date or said
    if PassageKind.BYLINE in below.values() or any(":" in paragraphs[index].text for index in below):
        head.kinds |= below
        head.date = head.date or date


def _line_of(title: str, paragraphs: Sequence[Paragraph], stop: int) -> int | None:
    """The first paragraph near the head that is the known title."""
    return next(
        (i for i, paragraph in enumerate(paragraphs[:stop]) if same_line(title, paragraph.text)), None
    )
