"""Folding for search: case, accents, width and ligatures levelled, with a way back to a text's offsets."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass

from seedread_index.model.article import Span

_BY_HAND = {
    "ı": "i", "ø": "o", "đ": "d", "ħ": "h", "ł": "l", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "′": "'", "＇": "'", "ʻ": "", "ـ": "",
    "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "٬": ",", "٫": ".",
}  # fmt: skip
"""Letters that Unicode does not take apart, apostrophes of every shape, stretching marks, Arabic and Persian
letters that writers change for each other, as Lucene's ArabicNormalizer and PersianNormalizer have them, and
the marks inside numbers there."""

_DROPPED_MARKS = (
    (0x0300, 0x036F),  # accents
    (0x0483, 0x0487),  # Cyrillic titlo
    (0x0591, 0x05C7),  # Hebrew points
    (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED),  # Arabic marks
    (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),  # more accents
    (0xFE00, 0xFE0F), (0xE0100, 0xE01EF),  # variation selectors
)  # fmt: skip
_INVISIBLE = frozenset("\u00ad\u034f\u200b\u2060\ufeff") | {
    chr(code)
    for first, last in ((0x200C, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069))
    for code in range(first, last + 1)
}

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_COMPOSED = re.compile(
    "[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6][\u11a8-\u11ff\ud7cb-\ud7fb]?"
    "|[\u3046-\u30fd\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]"
)
"""Conjoining jamo of one syllable, and kana with a voicing mark that stands apart."""
_COMPOSING = frozenset(
    chr(code)
    for first, last in ((0x1160, 0x11A7), (0xD7B0, 0xD7C6), (0x3099, 0x309A), (0xFF9E, 0xFF9F))
    for code in range(first, last + 1)
)
"""Characters without which there is nothing to compose."""
_ASCII = bytes(range(128))
_FEW = 24
"""Different characters up to which a text is searched through for each of them."""


def _is_dropped(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in _DROPPED_MARKS) and unicodedata.category(
        character
    ).startswith("M")


def _fold_character(character: str) -> str:
    """The folded form of one character: none, one or several characters."""
    if character in _INVISIBLE:
        return ""
    if (by_hand := _BY_HAND.get(character)) is not None:
        return by_hand
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if unicodedata.category(character)[0] not in "LMN" and not "\uff01" <= character <= "\uff5e":
        return character
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    plain = "".join(_BY_HAND.get(part, part) for part in apart if not _is_dropped(part))
    return unicodedata.normalize("NFC", plain).casefold()


class _Table(dict[int, str]):
    """Folded forms by code point, capitals kept, worked out when first seen; remembers which are not one
    character long."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        capital = folded.upper() if chr(code).isupper() else folded
        # What a capital sigma is in small letters depends on where it stands.
        if "\u03a3" not in capital and capital.lower() == folded:
            folded = capital
        if len(folded) != 1:
            self.uneven.add(chr(code))
        self[code] = folded
        return folded


_TABLE = _Table()


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A folded text; `steps` leads its offsets back to the original's and is None where both are the same."""

    text: str
    length: int
    steps: Steps | None

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that a stretch of the folded text came from, both in code points."""
        if self.steps is None:
            return Span(start, end)
        size = len(self.text)
        first = self.steps.back(start) if start < size else self.length
        last = self.steps.back(end) if end < size else self.length
        return Span(first, max(last, self.steps.back(end - 1) + 1 if end else 0))


class Steps:
    """Where a folded text and its original drift apart: the starts of stretches in both, in order."""

    __slots__ = ("_folded", "_original", "_stands")

    def __init__(self) -> None:
        self._folded = array("I", [0])
        self._original = array("I", [0])
        self._stands = bytearray([False])

    def add(self, folded_at: int, original_at: int, *, stands: bool) -> None:
        """Begin a stretch, in which all of the folded text `stands` for one place or each for its own.

        Both texts are counted in code points.
        """
        self._folded.append(folded_at)
        self._original.append(original_at)
        self._stands.append(stands)

    def back(self, offset: int) -> int:
        """The offset in the original of a character of the folded text."""
        index = bisect_right(self._folded, offset) - 1
        return self._original[index] + (0 if self._stands[index] else offset - self._folded[index])


def folded(text: str) -> str:
    """A text folded, where the way back is not needed."""
    return cased(text).lower()


def cased(text: str) -> str:
    """A text folded but for its capitals; as long as what `folded` gives."""
    if text.isascii():
        return text
    foreign = foreign_characters(text)
    return _level(_composed(text), None) if _composes(text, foreign) else _level(text, foreign)


def foreign_characters(text: str) -> set[str]:
    """The different characters of a text that are not ASCII."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def _composes(text: str, foreign: set[str]) -> bool:
    """Whether letters of a text stand apart in parts."""
    return not foreign.isdisjoint(_COMPOSING) and _COMPOSED.search(text) is not None


def _composed(text: str) -> str:
    return _COMPOSED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _level(text: str, foreign: set[str] | None) -> str:
    """A text folded character by character, capitals kept; a few different ones are replaced fastest one
    after the other."""
    foreign = foreign_characters(text) if foreign is None else foreign
    if len(foreign) > _FEW:
        return _FOREIGN.sub(lambda match: match[0].translate(_TABLE), text)
    for character in foreign:
        if (plain := _TABLE[ord(character)]) != character:
            text = text.replace(character, plain)
    return text


def fold(text: str) -> Folded:
    """A text folded, with the map back to its own offsets."""
    if text.isascii():
        return Folded(text.lower(), len(text), None)
    foreign = foreign_characters(text)
    if _composes(text, foreign):
        plain, patterns = _level(_composed(text), None).lower(), [_COMPOSED.pattern]
    else:
        plain, patterns = _level(text, foreign).lower(), []
    if uneven := _TABLE.uneven.intersection(foreign):
        patterns.append(f"[{''.join(map(re.escape, sorted(uneven)))}]")
    if not patterns:
        return Folded(plain, len(text), None)
    return Folded(plain, len(text), _steps(text, re.compile("|".join(patterns))))


def _steps(text: str, uneven: re.Pattern[str]) -> Steps:
    """The way back to a text, in which the pattern matches whatever changes its length."""
    steps = Steps()
    sizes: dict[str, int] = {}
    drift = 0
    for match in uneven.finditer(text):
        piece = match[0]
        if (size := sizes.get(piece)) is None:
            size = sizes[piece] = len(folded(piece))
        begin, end = match.span()
        if size:
            steps.add(begin + drift, begin, stands=True)
        drift += size - len(piece)
        steps.add(end + drift, end, stands=False)
    return steps


_MARKS = "\"'“”‘’«» "
"""What a title may begin with that its order does not go by."""


def title_order(title: str) -> str:
    """What a title is put in order by: folded, without the marks around it."""
    return folded(title).strip(_MARKS)
