"""Where an article's prose ends: credits, appeals, link lists and notices after it; and whose article it is.

What follows an article is recognised by its difference from the article's own style. Appeals and notices
differ from the prose above them in three ways that need no vocabulary: they speak of "we" and "you" where it
does not, they share few words with it, and they stand in lines that are no sentences. The publisher is read
in copyright lines and appeals, which stand there, and in the dateline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from seedread_index.extract.reasons import Reason, Where
from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import (
    ADDRESS,
    BlockFeatures,
    features_of,
    is_closed,
    without_quotes,
)
from seedread_index.extract.segmentation.boilerplate.vocabulary import families_of
from seedread_index.extract.segmentation.header.bylines import is_credit
from seedread_index.extract.segmentation.words import one_of, stems_of, word_set, words_of
from seedread_index.model.article import PassageKind
from seedread_index.text.sanitize import squeeze

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


_SAMPLE = 16_000
_USUAL_OVERLAP = 0.24
"""Prose shares about a third of its longer words with what stands before it, boilerplate a tenth."""

_MOST_SAMPLED = 24


@dataclass(frozen=True, slots=True)
class StyleProfile:
    """The stems of an article's words, and how much of it addresses the reader or is no sentence: 0 to 1."""

    stems: frozenset[str]
    voice: float
    loose: float

    def score(self, text: str, sign: BlockFeatures) -> float:
        """The score of a later block as boilerplate, its difference from the article counted in.

        Without any word of boilerplate or of address a block never tells for boilerplate by itself.
        """
        score = sign.score + self._by_words(text) + self._by_voice(sign) + self._by_shape(sign)
        if sign.families or sign.we or sign.you or sign.score > 0:
            return score
        return min(score, -0.3 if sign.closed else 0.0)

    def _by_words(self, text: str) -> float:
        stems = stems_of(text[:1500])
        if len(stems) < 3:
            return 0.2 if stems and not self.stems.intersection(stems) else 0.0
        shared = sum(stem in self.stems for stem in stems) / len(stems)
        weight = 2.0 if len(stems) > 5 else 1.2
        return max(-2.2, min(1.2, weight * (_USUAL_OVERLAP - shared) / _USUAL_OVERLAP))

    def _by_voice(self, sign: BlockFeatures) -> float:
        address = sign.we + sign.you
        if not address:
            return 0.0
        if self.voice > 0.3:
            return -1.6 if sign.prose else -0.4
        if self.voice > 0.1:
            return 0.2
        return 1.1 + 0.35 * min(address, 5) + (0.6 if sign.we and sign.you else 0.0)

    def _by_shape(self, sign: BlockFeatures) -> float:
        if self.loose > 0.15 or sign.closed or sign.bullet or sign.words > 16:
            return 0.0
        return 0.5


def style_profile(blocks: Sequence[Block]) -> StyleProfile:
    """The style of the first half of the blocks after the head."""
    half = sum(len(block.text) for block in blocks) // 2
    stems: set[str] = set()
    size = addressed = loose = sampled = 0
    for block in blocks:
        if sampled and (size > half or size > _SAMPLE):
            break
        text = block.text[:_SAMPLE]
        size += len(text)
        stems.update(stems_of(text))
        if sampled < _MOST_SAMPLED:
            sampled += 1
            addressed += not ADDRESS.isdisjoint(words_of(without_quotes(text)))
            loose += not is_closed(text)
    return StyleProfile(frozenset(stems), addressed / max(1, sampled), loose / max(1, sampled))


_DATELINE = re.compile(r"^[A-Z][\w .,'’/-]{1,50}?\s\(([A-Z][\w &'’-]{1,40})\)\s*[-–—:]")
_WORD = r"[^\W\d_a-zà-ÿа-я][\w&'’.-]*"
_SMALL = r"(?:(?:of|the|and|for|&|de|du|des|la|le|y|und|der|di|do|da)\s+){0,2}"
_NAME = rf"(?P<name>(?:[Tt]he\s+)?{_WORD}(?:\s+{_SMALL}{_WORD}){{0,6}})"
_FROM = re.compile(
    rf"^(?:[Aa]n?\s+|[Tt]he\s+)?(?:\w+\s+)?(?:[Mm]essage|[Aa]ppeal|[Nn]ote|[Ll]etter"
    rf"|[Ww]ord)\s+from\s+(?:[Tt]he\s+(?:[Ee]ditors?|[Tt]eam)\s+(?:of|at)\s+)?{_NAME}\s*[:.]?$"
)
_SIGN = r"(?:©|\(\s?[cC]\s?\)|[Cc]opyright|COPYRIGHT|Copr\.)"
_YEARS = r"(?:(?:19|20)\d\d(?:\s*[-–—,/]\s*(?:(?:19|20)?\d\d|\w+))?)"
_AFTER_SIGN = re.compile(
    rf"{_SIGN}(?:\s*(?:{_SIGN}|@))*\s*(?:[Bb]y\s+)?(?:{_YEARS})?[\s,.:|–—-]*(?:[Bb]y\s+)?{_NAME}"
)
_BEFORE_SIGN = re.compile(rf"^{_NAME}[\s,|–—-]*{_SIGN}\s*(?:{_YEARS})?\W*$")
_RIGHTS = re.compile(rf"[\s.,|–—-]*\b{one_of('rights')}\b.*$", re.IGNORECASE | re.DOTALL)
_CORPORATE = re.compile(
    r"[\s,]+(?:Ltd|Inc|LLC|GmbH|plc|PLC|S\.A|Co|Corp|Limited|AG|SE|SpA|S\.p\.A|BV|AS|AB|Sp\. z o\.o)\.?$"
)
_YEAR = re.compile(rf"\s*{_YEARS}\s*")
_NEAR_SIGN = 200
_NEXT_SENTENCE = re.compile(r"(?<!\b[A-Z])\.\s+(?=[^\W\d_a-z])")
_GLUED = re.compile(r"(?<=[a-z])this$")
"""What is left of "this link opens in a new tab", which pages keep for those who listen, behind a name."""

_SECTIONS = word_set("sections")
"""The words of a site's sections and notices, which a copyright sign may stand beside."""


def source_in(blocks: Sequence[Block], kinds: Sequence[PassageKind]) -> tuple[str | None, Where]:
    """The publisher that the text names, in "CITY (Agency) -", "A message from X:" or a copyright line."""
    body = next((i for i, kind in enumerate(kinds) if kind is PassageKind.BODY), None)
    if body is not None and (match := _DATELINE.match(blocks[body].text[:120])):
        return squeeze(match[1]), Where.DATELINE
    last = max((i for i, kind in enumerate(kinds) if kind is PassageKind.BODY), default=-1)
    after = [
        blocks[i].text
        for i in range(last + 1, len(blocks))
        if kinds[i] in {PassageKind.BOILERPLATE, PassageKind.CREDIT}
    ]
    for text in after:
        if (match := _FROM.search(text[:_NEAR_SIGN])) and (name := _plain_name(match["name"])):
            return name, Where.APPEAL
    for text in after:
        if name := _rights_holder(text):
            return name, Where.RIGHTS
    return None, Where.RIGHTS


def _rights_holder(text: str) -> str | None:
    """Whose rights a line notes, without years, notices and sections."""
    for sign in re.finditer(_SIGN, text):
        piece = _RIGHTS.sub("", text[sign.start() : sign.start() + _NEAR_SIGN])
        if (match := _AFTER_SIGN.match(piece)) and (name := _plain_name(match["name"])):
            return name
    match = _BEFORE_SIGN.match(text) if len(text) < _NEAR_SIGN else None
    return _plain_name(match["name"]) if match else None


def _plain_name(name: str) -> str | None:
    """A publisher's name; None for what is none."""
    name = _YEAR.sub(" ", _RIGHTS.sub("", squeeze(name))).strip(" .,|-–—")
    sentence = _NEXT_SENTENCE.search(name)
    if sentence and name.count(" ", 0, sentence.start()):
        name = name[: sentence.start()]
    name = _GLUED.sub("", name)
    name = _CORPORATE.sub("", name).strip(" .,|-–—")
    words = words_of(name)
    if _SECTIONS.issuperset(words):
        return None
    if not words or len(name) < 2 or not any(map(str.isalpha, name)):
        return None
    if families_of(words).keys() & {"nav", "legal", "social"} and len(words) < 3:
        return None
    return name


_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def writes_to(text: str) -> bool:
    """Whether a line is an address, or asks to write to one of the newsroom."""
    if len(text) > 300 or not (match := _MAIL.search(text)):
        return False
    if match[0] == text.strip():
        return True
    words = words_of(text)
    address = sum(map(ADDRESS.__contains__, words))
    return address > 1 or bool(families_of(words).keys() & {"tips", "press", "letter"})
