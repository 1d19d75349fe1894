"""Folding for search: case, accents, width and ligatures levelled, with a way back to a text's offsets."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

from seedread_index.article import Span

_BY_HAND = {
    "ı": "i", "ø": "o", "đ": "d", "ħ": "h", "ł": "l", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "′": "'", "＇": "'", "ʻ": "", "ـ": "",
}  # fmt: skip
"""Letters that Unicode does not take apart, apostrophes of every shape, and stretching marks."""

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
    if unicodedata.category(character)[0] not in "LMN" and not "\uff01" <= character <= "\uff5e":
        return character
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    plain = "".join(_BY_HAND.get(part, part) for part in apart if not _is_dropped(part))
    return unicodedata.normalize("NFC", plain).casefold()


class _Table(dict[int, str]):
    """Folded forms by code point, worked out when first met; remembers which are not one character long."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        self[code] = folded
        return folded


_TABLE = _Table()


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A folded text; `starts` maps its offsets to the original's and is None where both are the same."""

    text: str
    length: int
    starts: array[int] | None

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that a stretch of the folded text came from."""
        if self.starts is None:
            return Span(start, end)
        first = self.starts[start] if start < len(self.starts) else self.length
        last = self.starts[end] if end < len(self.starts) else self.length
        return Span(first, max(last, self.starts[end - 1] + 1 if end else 0))


def folded(text: str) -> str:
    """A text folded, where the way back is not needed."""
    if text.isascii():
        return text.lower()
    if _COMPOSED.search(text):
        text = _COMPOSED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _level(text)


def _level(text: str) -> str:
    """A text folded character by character; runs of plain letters cost little."""
    return _FOREIGN.sub(lambda match: match[0].translate(_TABLE), text).lower()


def fold(text: str) -> Folded:
    """A text folded, with the map back to its own offsets."""
    if text.isascii():
        return Folded(text.lower(), len(text), None)
    composed = _COMPOSED.search(text) is not None
    if not composed:
        plain = _level(text)
        if len(plain) == len(text) and _TABLE.uneven.isdisjoint("".join(_FOREIGN.findall(text))):
            return Folded(plain, len(text), None)
    return _fold_uneven(text)


def _fold_uneven(text: str) -> Folded:
    """The folded text piece by piece where lengths change, in stretches where they do not."""
    _level(text)
    uneven = "".join(map(re.escape, sorted(_TABLE.uneven.intersection(text))))
    pattern = re.compile(f"{_COMPOSED.pattern}|[{uneven}]" if uneven else _COMPOSED.pattern)
    pieces: list[str] = []
    starts = array("I")
    last = 0
    for match in pattern.finditer(text):
        begin = match.start()
        pieces.append(_level(text[last:begin]))
        starts.extend(range(last, begin))
        piece = folded(match[0])
        pieces.append(piece)
        starts.extend([begin] * len(piece))
        last = match.end()
    pieces.append(_level(text[last:]))
    starts.extend(range(last, len(text)))
    return Folded("".join(pieces), len(text), starts)
