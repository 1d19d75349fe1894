"""The lines of a text: where they stand, how far they are indented, and what is seen of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]*[^\s\u200b\ufeff\ufffd][^\n]*")
_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)
_MARK = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e]")
SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]*_」』 ]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: offsets without the blanks around it, its indent, blank lines before it."""

    start: int
    end: int
    indent: int
    gap: int


def lines_of(text: str, start: int = 0) -> list[Line]:
    """The lines of a text from `start` on that are not blank."""
    found: list[Line] = []
    previous = start
    for match in _LINE.finditer(text, start):
        piece = match[0]
        left = len(piece) - len(piece.lstrip())
        first = match.start() + left
        last = first + len(piece.strip())
        gap = max(0, text.count("\n", previous, match.start()) - (1 if found else 0))
        found.append(Line(first, last, left, gap))
        previous = match.end()
    return found


def columns(text: str) -> int:
    """How many columns of a terminal a text fills."""
    if text.isascii() or not (_WIDE.search(text) or _MARK.search(text)):
        return len(text)
    marks = sum(unicodedata.combining(character) != 0 for character in text)
    return len(text) + len(_WIDE.findall(text)) - marks
