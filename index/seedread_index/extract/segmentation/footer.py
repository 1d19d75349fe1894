"""Where an article's prose ends: credits, appeals, link lists and notices after it."""

from __future__ import annotations

from collections.abc import Sequence

from seedread_index.extract.segmentation.credits import is_credit
from seedread_index.extract.segmentation.paragraph_features import Signals, is_closed, signals
from seedread_index.extract.segmentation.paragraphs import Paragraph
from seedread_index.extract.segmentation.style_profile import style_profile_of
from seedread_index.model.article import PassageKind

_GIVE_UP = -9.0
_MOST_SCORE = 5.0
_ADVERT = 0.8
"""An advert's mark stands amid the prose as often as after it: it pulls nothing along."""

_CREDIT = 2.5
_LIST_HEAD = 3.0
_LIST_LINE = 1.0
_BETWEEN = 2.6
_MOST_TAIL = 120


def tail_kinds(paragraphs: Sequence[Paragraph], first: int) -> dict[int, PassageKind]:
    """The kinds of the paragraphs that follow the prose, by index; nothing before `first` is looked at.

    The tail is the run of last paragraphs whose scores have the greatest sum: one strong sign carries weak
    lines beside it along, while prose in between costs more than a sign or two can bring.
    """
    style = style_profile_of(paragraphs[first - 1 :]) if first else style_profile_of(paragraphs)
    scores: dict[int, float] = {}
    credits: set[int] = set()
    shown: dict[int, Signals] = {}
    best, total, cut = 0.0, 0.0, len(paragraphs)
    for index in range(len(paragraphs) - 1, max(first, len(paragraphs) - _MOST_TAIL) - 1, -1):
        shown[index] = feature = signals(paragraphs[index].text)
        if is_credit(paragraphs[index].text, feature.words):
            credits.add(index)
            scores[index] = max(_CREDIT, feature.score)
        else:
            score = style.score(paragraphs[index].text, feature)
            most = _ADVERT if feature.families == {"advert"} else _MOST_SCORE
            scores[index] = min(score, most) + _list_bonus(index, paragraphs, shown, cut)
        total += scores[index]
        if total > best:
            best, cut = total, index
        if total < best + _GIVE_UP:
            break
    return {
        index: PassageKind.CREDIT if index in credits else PassageKind.BOILERPLATE
        for index in range(cut, len(paragraphs))
    }


def _list_bonus(index: int, paragraphs: Sequence[Paragraph], shown: dict[int, Signals], cut: int) -> float:
    """What a short line gains as the head of a list of headlines that runs to the tail or to its end."""
    feature = shown[index]
    text = paragraphs[index].text
    if feature.words == 0 or feature.words > 7 or feature.prose or feature.bullet:
        return 0.0
    following = index + 1
    while (
        following < len(paragraphs)
        and following in shown
        and _headline(paragraphs[following].text, shown[following])
    ):
        following += 1
    lines = following - index - 1
    if lines < 2 or (following < len(paragraphs) and following < cut):
        return 0.0
    if not feature.families & {"related", "social"}:
        listed = range(index + 1, following)
        if not text.endswith(":") or any(shown[i].bullet or shown[i].words < 3 for i in listed):
            return 0.0
    return _LIST_HEAD + _LIST_LINE * min(lines, 8) * 0.7


def _headline(text: str, feature: Signals) -> bool:
    """Whether a line looks like a link to another story: a few words, no full stop, a capital first."""
    first = text.lstrip("-*•·»› \t")[:1]
    return 2 <= feature.words <= 18 and not text.endswith((".", ":", ";", ",")) and not first.islower()


def boilerplate_between(paragraph: Paragraph) -> bool:
    """Whether a line amid the prose is plainly not of it: an advert's mark or a share bar."""
    if paragraph.text.count(" ") > 6 and is_closed(paragraph.text):
        return False
    feature = signals(paragraph.text)
    if feature.words > 14 or (feature.closed and feature.words > 6):
        return False
    if feature.families & {"advert"}:
        return feature.words <= 8 and feature.score >= 1.2 and _loud(paragraph.text, feature)
    return feature.score >= _BETWEEN


def _loud(text: str, feature: Signals) -> bool:
    """Whether an advert's mark stands alone: a word or two, or in capitals."""
    return feature.words <= 3 or text.isupper() or feature.score >= _BETWEEN
