"""Where an article comes from, as far as its own text says so: datelines, appeals and copyright lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.extract.reasons import Where
from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import words_of
from seedread_index.extract.segmentation.boilerplate.vocabulary import families_of
from seedread_index.extract.segmentation.words import one_of, word_set
from seedread_index.model.article import PassageKind
from seedread_index.text.sanitize import squeeze

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
