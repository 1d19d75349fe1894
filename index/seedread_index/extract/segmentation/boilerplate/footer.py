"""Where an article's prose ends: credits, appeals, link lists and notices after it."""

from __future__ import annotations

from collections.abc import Sequence

from seedread_index.extract.reasons import Reason
from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import BlockFeatures, features_of, is_closed
from seedread_index.extract.segmentation.boilerplate.style_profile import style_profile
from seedread_index.extract.segmentation.header.bylines import is_credit

_GIVE_UP = -9.0
_MOST_SCORE = 5.0
_ADVERT = 0.8
"""An advert's mark stands amid the prose as often as after it: it pulls nothing along."""

_CREDIT = 2.5
_LIST_HEAD = 3.0
_LIST_LINE = 1.0
_BETWEEN = 2.6
_MOST_TAIL = 120


def footer_kinds(blocks: Sequence[Block], first: int) -> dict[int, Reason]:
    """What the blocks that follow the prose are, by index; nothing before `first` is looked at.

    The tail is the run of last blocks whose scores have the greatest sum: one strong sign carries weak
    lines beside it along, while prose in between costs more than a sign or two can bring.
    """
    style = style_profile(blocks[first - 1 :]) if first else style_profile(blocks)
    scores: dict[int, float] = {}
    credits: set[int] = set()
    shown: dict[int, BlockFeatures] = {}
    best, total, cut = 0.0, 0.0, len(blocks)
    for index in range(len(blocks) - 1, max(first, len(blocks) - _MOST_TAIL) - 1, -1):
        shown[index] = sign = features_of(blocks[index].text)
        if is_credit(blocks[index].text, sign.words):
            credits.add(index)
            scores[index] = max(_CREDIT, sign.score)
        else:
            score = style.score(blocks[index].text, sign)
            most = _ADVERT if sign.families == {"advert"} else _MOST_SCORE
            scores[index] = min(score, most) + _list_bonus(index, blocks, shown, cut)
        total += scores[index]
        if total > best:
            best, cut = total, index
        if total < best + _GIVE_UP:
            break
    return {
        index: Reason.END_CREDIT if index in credits else Reason.FOOTER for index in range(cut, len(blocks))
    }


def _list_bonus(index: int, blocks: Sequence[Block], shown: dict[int, BlockFeatures], cut: int) -> float:
    """What a short line gains as the head of a list of headlines that runs to the tail or to its end."""
    sign = shown[index]
    text = blocks[index].text
    if sign.words == 0 or sign.words > 7 or sign.prose or sign.bullet:
        return 0.0
    following = index + 1
    while (
        following < len(blocks) and following in shown and _headline(blocks[following].text, shown[following])
    ):
        following += 1
    lines = following - index - 1
    if lines < 2 or (following < len(blocks) and following < cut):
        return 0.0
    if not sign.families & {"related", "social"}:
        listed = range(index + 1, following)
        if not text.endswith(":") or any(shown[i].bullet or shown[i].words < 3 for i in listed):
            return 0.0
    return _LIST_HEAD + _LIST_LINE * min(lines, 8) * 0.7


def _headline(text: str, sign: BlockFeatures) -> bool:
    """Whether a line looks like a link to another story: a few words, no full stop, a capital first."""
    first = text.lstrip("-*•·»› \t")[:1]
    return 2 <= sign.words <= 18 and not text.endswith((".", ":", ";", ",")) and not first.islower()


def is_boilerplate_between(block: Block) -> bool:
    """Whether a line amid the prose is plainly not of it: an advert's mark or a share bar."""
    if block.text.count(" ") > 6 and is_closed(block.text):
        return False
    sign = features_of(block.text)
    if sign.words > 14 or (sign.closed and sign.words > 6):
        return False
    if sign.families & {"advert"}:
        return sign.words <= 8 and sign.score >= 1.2 and _loud(block.text, sign)
    return sign.score >= _BETWEEN


def _loud(text: str, sign: BlockFeatures) -> bool:
    """Whether an advert's mark stands alone: a word or two, or in capitals."""
    return sign.words <= 3 or text.isupper() or sign.score >= _BETWEEN
