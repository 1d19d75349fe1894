"""Signs by which a block tells whether it is an article's prose, or a site's boilerplate and appeals.

Families of words, shapes and ways of address carry weights. A block's score is positive for boilerplate and
negative for prose, so that the best cut of a head or tail is where the sum of scores is best.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from seedread_index.extract.segmentation.boilerplate.vocabulary import (
    FAMILIES,
    families_of,
    is_label,
    is_list_label,
    opens_comments,
    unspaced_families_of,
)
from seedread_index.extract.segmentation.lines import SENTENCE_END
from seedread_index.extract.segmentation.words import CJK, REMEMBERED, SHORT, word_count, word_set, words_of

_FLAGS = re.IGNORECASE
_QUOTED = re.compile(r"[\"“«„][^\"”»“]{0,600}[\"”»“]")
_OPENING_QUOTES = '"“«„'
_ENDS = tuple(".!?…。！？؟।")
_BEHIND_END = "\"'”’»)]*_ "
_BULLET = re.compile(r"^\s*(?:[-*•·»›▸►→|>█▪◦]|\d{1,2}[.)])+\s+")
_MONEY = re.compile(r"[$€£₽¥]\s?\d|\d\s?[$€£₽]|\b\d+ (?:dollars|euros?|pounds|cents)\b", _FLAGS)
_IN_SUMS = ("$", "€", "£", "₽", "¥", "dollars", "euro", "pounds", "cents")
"""What every sum of money holds one of, which is found much faster than the sum."""

TRAILING = re.compile(r"(?:\.\.\.|…)\W?$")
"""What a text ends with that breaks off."""

LONGEST_LINK, _MOST_LINK_WORDS, _LEAST_PROSE_WORDS = 200, 28, 8
_SURELY_PROSE = 32
_MOST_REPORT = -1.5
"""The score at most of prose that addresses nobody: it may report of gifts, readers and newsletters."""

_POLITE = re.compile(r"(?<=[\w,;] )(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")
"""The German you, which only its capital tells from she and they."""

_CHINESE_WE = re.compile("我[们們]")
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?:[#@][^\W_]\w+[\s,]*)+")
_ARROW = re.compile(r"^(?:[«‹←]|<{1,2})\s*\w|\w\W?\s*(?:[»›→]|>{1,2})$")
_STOP = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*(?:\s|$)|[。！？]")
_SPACED_STOP = re.compile(r"[.!?…؟।][\"'”’»)\]]*(?:\s|$)")
_ASCII_STOP = re.compile(r"[.!?][\"')\]]*(?:\s|$)")
_DIGIT = re.compile(r"\d")
_INNER = re.compile(r"[,;:،、，]")
_QUOTE = re.compile(r"[\"“”„«»「」]")
_NOTED = re.compile(r"[.!?…][\"'”’»)]*\s?(?:\[?\d{1,3}\]?[ ,]?)+$")
"""A sentence's end with the numbers of notes behind it."""

_AFTER_NOTES = "] ,"
_MARK = re.compile(r"©|\([cC]\)\s?(?:19|20)\d\d")

WE = word_set("we")
YOU = word_set("you")
ADDRESS = WE | YOU
_CALLS = word_set("calls")
_BEFORE_CALL = word_set("before_call")
_INVITING = word_set("inviting")
_OF_LINES = frozenset(FAMILIES) - {"nav"}
_OF_PROSE = frozenset({"give", "press", "letter", "legal"})
"""The families that mean something in a long block; others are for lines, menus for short ones."""

_SALUTATION = re.compile(
    r"^(?:an? |the |our )?(?:special |urgent |important |short |personal |quick )?"
    r"(?:message|note|word|letter|appeal|request|plea|reminder)\s+(?:from|to|by|for)\b"
    r"|^(?:dear|to our) (?:\w+ ){0,3}\w+\s?[,:!]?$|^(?:before you go|one more thing|a favou?r to ask)\b"
    r"|^if you(?:['’]re| are| have|['’]ve) (?:read|made|here|come)\b",
    _FLAGS,
)
_DISMISSAL = re.compile(
    r"^(?:not (?:now|today|yet)|(?:remind|ask) me (?:later|again|tomorrow)|maybe (?:later|another time)"
    r"|no,? thank(?:s| you)|perhaps later|some other time|i (?:agree|accept|understand)|i already \w+|[x×✕]"
    r"|(?:i['’]ll )?(?:skip|later|dismiss|close|continue|accept|decline|reject|ok(?:ay)?|got it|cancel"
    r"|submit|hide)"
    r"(?: all| for now| this| please)?)[.!…]?$",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class BlockFeatures:
    """What a block shows: words, shape, families of boilerplate, and its score (above 0: boilerplate)."""

    words: int
    prose: bool
    closed: bool
    bullet: bool
    families: frozenset[str]
    we: int
    you: int
    score: float


def is_closed(text: str) -> bool:
    """Whether a block ends as a sentence does."""
    if text[-1:].isalnum():
        return False
    return text[-12:].removesuffix("\n").rstrip(_BEHIND_END).endswith(_ENDS)


def without_quotes(text: str) -> str:
    """A block without what others say in it."""
    return _QUOTED.sub(" ", text) if any(map(text.__contains__, _OPENING_QUOTES)) else text


def families_in(text: str) -> Mapping[str, int]:
    """How many different phrases of each family of boilerplate a text holds."""
    return _short_families(text) if len(text) <= SHORT else families_of(words_of(text))


_short_families = lru_cache(REMEMBERED)(lambda text: families_of(words_of(text)))


def is_closed_or_noted(text: str) -> bool:
    """Whether a text ends as a sentence does, or with the numbers of notes behind its end."""
    if SENTENCE_END.search(text[-8:]):
        return True
    return (text[-1:].isdigit() or text[-1:] in _AFTER_NOTES) and _NOTED.search(text[-16:]) is not None


def marks_of(text: str) -> tuple[int, int, int, float]:
    """How many sentences end in a text, its commas and the like, its quotation marks; its share of digits."""
    if text.isascii():
        ends = len(_ASCII_STOP.findall(text)) if "." in text or "!" in text or "?" in text else 0
        inner = text.count(",") + text.count(";") + text.count(":")
        digits = len(text) - len(text.encode("ascii").translate(None, b"0123456789"))
        return ends, inner, text.count('"'), digits / max(1, len(text))
    digits = len(_DIGIT.findall(text))
    stop = _STOP if "。" in text or "！" in text or "？" in text else _SPACED_STOP
    return len(stop.findall(text)), len(_INNER.findall(text)), len(_QUOTE.findall(text)), digits / len(text)


@lru_cache(maxsize=256)
def features_of(text: str) -> BlockFeatures:
    """The signs of one block; only the ends of a very long one are looked at."""
    if len(text) > 3000:
        text = text[:1500] + " " + text[-1500:]
    words = words_of(text)
    count = len(words) if text.isascii() else max(len(words), len(CJK.findall(text)) // 2)
    closed = is_closed(text)
    bullet = bool(_BULLET.match(text))
    prose = count > _SURELY_PROSE or (count >= 8 and closed and not bullet)
    plain = without_quotes(text) if count > 6 else text
    if len(plain) < len(text):
        words = words_of(plain)
    found = families_of(words)
    if count and not plain.isascii() and CJK.search(plain):
        found |= unspaced_families_of(plain)
    if ("©" in plain or "(c)" in plain or "(C)" in plain) and _MARK.search(plain):
        found["legal"] = found.get("legal", 0) + 1
    counted = _OF_PROSE if count > 14 else _OF_LINES if count > 5 else FAMILIES.keys()
    score = sum(
        FAMILIES[name][0] * (0.65 + 0.35 * min(hits, 4)) for name, hits in found.items() if name in counted
    )
    we, you = _count(words, WE), _count(words, YOU)
    if "们" in plain or "您" in plain or "們" in plain:
        we, you = we + len(_CHINESE_WE.findall(plain)), you + plain.count("您")
    if "Sie" in plain or "Ih" in plain:
        you += len(_POLITE.findall(plain))
    score += _address(found, words, we, you, money=_names_money(plain))
    if we < 3:
        score *= min(1.0, (28 / max(count, 1)) ** 0.5)
    elif count > 60:
        score *= 60 / count
    score += _shape(text, count) - _prior(count, we, prose=prose, bullet=bullet, closed=closed)
    if prose and score > _MOST_REPORT and "legal" not in found and not (we or you or is_call(words)):
        score = _MOST_REPORT
    return BlockFeatures(count, prose, closed, bullet, frozenset(found), we, you, score)


def _count(words: Sequence[str], listed: frozenset[str]) -> int:
    """How many of the words are of a list."""
    return 0 if listed.isdisjoint(words) else sum(map(listed.__contains__, words))


def _names_money(text: str) -> bool:
    """Whether a text names a sum of money."""
    return any(map(text.casefold().__contains__, _IN_SUMS)) and _MONEY.search(text) is not None


def is_call(words: Sequence[str]) -> bool:
    """Whether a block begins by telling the reader what to do."""
    first = words[1:2] if words[:1] and words[0] in _BEFORE_CALL else words[:1]
    return first[0].partition("-vous")[0] in _CALLS if first else False


def invites(text: str) -> bool:
    """Whether a short line asks to sign up for something of the site's own, and nobody says it."""
    words = text.split(None, 1)
    return bool(words) and words[0].casefold() in _INVITING and not WE.isdisjoint(words_of(text))


def _address(found: Mapping[str, int], words: Sequence[str], we: int, you: int, *, money: bool) -> float:
    """What speaking to the reader adds: a publisher's "we" and "you" beside calls and money."""
    call = is_call(words)
    asks = bool(found.keys() & {"give", "press", "letter", "legal", "tips", "social"})
    score = 0.25 * min(we, 4) + 0.2 * min(you, 3)
    if call:
        score += 1.4 if len(words) <= 12 else 0.8
    if we and you and asks:
        score += 1.2
    if we >= 2 and ("press" in found or "give" in found):
        score += 1.2
    if money and "give" in found and (we or you or call):
        score += 2.0
    if you and found.keys() & {"give", "letter", "legal", "social", "tips"}:
        score += 0.8
    return score


def _shape(text: str, count: int) -> float:
    """What a salutation, a button's words, a link alone or a row of icons add."""
    score = 0.0
    if count <= 14 and _SALUTATION.match(text):
        score += 4.5
    if count <= 5 and _DISMISSAL.match(text):
        score += 2.3
    if count <= 14 and _LINK.fullmatch(text):
        score += 2.3
    elif count <= 14 and _ARROW.search(text) and text.count("«") != text.count("»"):
        score += 2.0
    if count == 0:
        score += 0.6
    elif text.casefold().count("icon ") > 1:
        score += 2.0
    return score


def _prior(words: int, we: int, *, prose: bool, bullet: bool, closed: bool) -> float:
    """How unlikely boilerplate is before anything is read: prose seldom is, a word or two often."""
    if prose:
        return min(3.3 + 0.025 * words, 5.2 if we > 2 else 7.0)
    if bullet:
        return 0.4 if words < 3 else 1.2 if words < 6 else 2.2
    if words <= 3:
        return 0.3
    return 1.5 if closed else 0.9


def is_prose(text: str) -> bool:
    """Whether a text is a sentence of some words at least, and does not break off."""
    if not is_closed(text) or TRAILING.search(text, max(0, len(text) - 6)):
        return False
    return text.count(" ", 0, 400) >= _LEAST_PROSE_WORDS - 1 or word_count(text[:400]) >= _LEAST_PROSE_WORDS


def is_link(text: str) -> bool:
    """Whether a line looks like a headline: a few words, no full stop."""
    return (
        len(text) <= LONGEST_LINK
        and word_count(text) <= _MOST_LINK_WORDS
        and not (is_closed(text) and not text.endswith(("?", "!", "...", "…")))
    )


_ENDINGS = frozenset({"social", "related", "tips", "letter"})
_RUN, _LEAST_SIGNS, _LEAST_WORDS, _LEAST_BLANKS, _LONGEST_SIGN = 8, 4, 200, 20, 90
_FEW_AFTER, _MANY_SIGNS = 3, 6


def ending(texts: Sequence[str], first: int, last: int) -> int:
    """Where a stretch ends: at the first run of share buttons, links to other stories and comments below it.

    The run counts after some hundred words, where no paragraph is near, or few are left below a label.
    """
    words = paragraphs = 0
    for index, text in enumerate(texts[first:last], first):
        if _is_paragraph(text):
            words += text.count(" ") + 1
            paragraphs += 1
        elif words >= _LEAST_WORDS and _sign(text):
            near = texts[index : index + _RUN]
            if sum(map(_sign, near)) >= _LEAST_SIGNS and not any(map(_is_paragraph, near)):
                return index
            after = texts[index:last] if is_list_label(text) else ()
            left = sum(map(_is_paragraph, after))
            if left * _FEW_AFTER <= paragraphs and sum(map(_sign, after)) >= _MANY_SIGNS:
                return index
    return last


def _is_paragraph(text: str) -> bool:
    return text.count(" ") >= _LEAST_BLANKS and is_closed(text)


def _sign(text: str) -> int:
    """How much a line tells that the article is over."""
    if len(text) > _LONGEST_SIGN:
        return 0
    if opens_comments(text):
        return 2
    return int(is_label(text) or not _ENDINGS.isdisjoint(families_in(text)))
