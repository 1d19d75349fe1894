"""The lines of a text, its shape, and the column at which it is wrapped.

The shape says what a line is, so that those of one paragraph can be joined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import NamedTuple

from seedread_index.extract.segmentation.markup import is_reference

_NOT_SEEN = frozenset("\u200b\ufeff\ufffd")
_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)
_MARK = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e]")
SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]*_」』 ]*$")


class Line(NamedTuple):
    """A line that is not blank: offsets without the blanks around it, its indent, blank lines before it."""

    start: int
    end: int
    indent: int
    gap: int


def lines_of(text: str, start: int = 0) -> list[Line]:
    """The lines of a text from `start` on that are not blank."""
    found: list[Line] = []
    position, blank = start, 0
    for piece in text[start:].split("\n"):
        seen = piece.strip()
        if seen and (seen[0] not in _NOT_SEEN or not _NOT_SEEN.issuperset("".join(seen.split()))):
            left = 0 if seen[0] == piece[0] else len(piece) - len(piece.lstrip())
            first = position + left
            found.append(Line(first, first + len(seen), left, blank))
            blank = 0
        else:
            blank += 1
        position += len(piece) + 1
    return found


def columns(text: str) -> int:
    """How many columns of a terminal a text fills."""
    if text.isascii() or not (_WIDE.search(text) or _MARK.search(text)):
        return len(text)
    marks = sum(unicodedata.combining(character) != 0 for character in text)
    return len(text) + len(_WIDE.findall(text)) - marks


_SAMPLE, _SHORT_END, _FEW, _LONG_LINE, _FIRST_LINES = 3000, 16, 6, 45, 3
_MARKDOWN_LINK = re.compile(r"\]\((?:https?:|/|#|mailto:|www\.|\.{1,2}/|\))")
_MARKED = re.compile(r"#{1,6} +\S")
_STRONG, _FEW_STRONG = re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]*(?<=[^\s*])\*\*(?![\w*])"), 3
_CONTINUING, _BULLETS = frozenset(",;.)’”»"), "-*+•·"
_CONTINUES = re.compile(r"[,;.)’”»](?:\s|$)|[,;]\s")
_ITEM = re.compile(r"[*+•-]\s|\[\]")
_LEAST_WRAP, _MOST_WRAP = 40, 132
_LONGEST_WORD, _LEAST_AGREED, _AGREED = 40, 8, 0.5
"""So many pairs of lines at least agree on the column of wrapping, and such a share of them."""


class Shape(StrEnum):
    """What a line of a text is."""

    BLOCKS = "blocks"
    """A paragraph, a heading or an entry of a menu: nothing to put together."""

    NODES = "nodes"
    """A text node: a paragraph with links or emphasis stands in several lines."""

    MARKDOWN = "markdown"
    """A paragraph of Markdown with its links and marks."""

    DUMP = "dump"
    """A row of a text browser's screen, wrapped and laid out in columns."""

    WRAPPED = "wrapped"
    """A row of a paragraph that is wrapped at a column."""


def shape_of(text: str, lines: Sequence[Line]) -> Shape:
    """The shape of a text, by its first few thousand lines."""
    sample = lines[:_SAMPLE]
    if len(sample) < 2:
        return Shape.MARKDOWN if _links(text, sample) > 1 else Shape.BLOCKS
    if _links(text, sample) > max(2, len(sample) // 25) or _is_marked(text, sample):
        return Shape.MARKDOWN
    if wrapped := _wrapped(text, sample):
        return wrapped
    marked = [line for line in sample if text[line.start] in _CONTINUING]
    continued = sum(_CONTINUES.match(text, line.start, line.end) is not None for line in marked)
    if continued >= max(2, len(sample) // 200):
        return Shape.NODES
    pairs = [(a, b) for a, b in pairwise(sample) if b.gap == 0 and text[b.start].islower()]
    if sum(_runs_over(text, first) for first, _ in pairs) >= max(4, len(sample) // 50):
        return Shape.NODES
    closed = sum(_ends_within(text, first, second) for first, second in pairs)
    return Shape.NODES if closed >= max(3, len(sample) // 30) else Shape.BLOCKS


def _ends_within(text: str, first: Line, second: Line) -> bool:
    """Whether a line breaks off and the next one, which begins in mid-sentence, ends as a sentence does."""
    return (
        second.end - second.start > _SHORT_END
        and text[first.end - 1] not in ":;"
        and SENTENCE_END.search(text, second.end - 3, second.end) is not None
        and SENTENCE_END.search(text, first.end - 3, first.end) is None
    )


def _runs_over(text: str, line: Line) -> bool:
    """Whether a long line breaks off, where the next one begins in mid-sentence."""
    long = line.end - line.start > _LONG_LINE and text[line.end - 1] not in ":;,"
    return long and not SENTENCE_END.search(text, line.end - 3, line.end)


def first_word(text: str, line: Line) -> str:
    """The first word of a line, up to a blank at which a line may be wrapped."""
    blank = text.find(" ", line.start, line.end)
    return text[line.start : blank if blank > 0 else line.end]


def wrap_of(text: str, lines: Sequence[Line], share: float = _AGREED) -> int:
    """The column at which a text is wrapped; 0 where it is not.

    A line that goes on in the next one ends before that column, and the next one's first word would have gone
    beyond it: the column is the one that most pairs of lines agree on, a `share` of them at least. Lines of
    addresses do not count, and one that ends as a sentence does agrees with none.
    """
    votes = [0] * (_MOST_WRAP + _LONGEST_WORD + 2)
    voters = 0
    narrow = text.isascii()
    for line, following in pairwise(lines[:_SAMPLE]):
        size = line.end - line.start
        if following.gap or (size if narrow else 2 * size) < _LEAST_WRAP - line.indent:
            continue
        reach = line.indent + (size if narrow else columns(text[line.start : line.end]))
        if reach < _LEAST_WRAP or text.find("://", line.start, line.end) >= 0:
            continue
        if is_reference(text, line.start, line.end):
            continue
        voters += 1
        if reach <= _MOST_WRAP and not SENTENCE_END.search(text, line.end - 3, line.end):
            word = first_word(text, following)
            votes[reach] += 1
            votes[reach + (2 if _WIDE.match(word) else min(_LONGEST_WORD, columns(word) + 1))] -= 1
    agreed = list(accumulate(votes))
    most = max(agreed)
    return agreed.index(most) if most >= _LEAST_AGREED and most >= share * voters else 0


def width_of(text: str, lines: Sequence[Line]) -> int:
    """The column at which the lines of a text end: nearly all of them end there or before."""
    sample = lines[:_SAMPLE]
    place = max(0, len(sample) * 98 // 100 - 1)
    plain = sorted(line.indent + line.end - line.start for line in sample)
    if not sample or plain[place] > _MOST_WRAP:
        return plain[place] if sample else 0
    return sorted(line.indent + columns(text[line.start : line.end]) for line in sample)[place]


def _links(text: str, lines: Sequence[Line]) -> int:
    if "](" not in text:
        return 0
    return sum(_MARKDOWN_LINK.search(text, line.start, line.end) is not None for line in lines)


def fills(text: str, line: Line, most: float) -> bool:
    """Whether a line is at least so many columns wide."""
    size = line.end - line.start
    return size >= most or (2 * size >= most and columns(text[line.start : line.end]) >= most)


def _is_marked(text: str, lines: Sequence[Line]) -> bool:
    """Whether a text has the marks of Markdown: strong words, headings apart, one beside items of a list."""
    if "**" in text and len(_STRONG.findall(text)) >= _FEW_STRONG:
        return True
    if "# " not in text:
        return False
    headed = [
        place
        for place, (line, following) in enumerate(pairwise(lines))
        if text[line.start] == "#" and following.gap and _MARKED.match(text, line.start)
    ]
    if len(headed) != 1 or headed[0] < _FIRST_LINES:
        return bool(headed)
    items = sum(text.startswith("* ", line.start) for line in lines)
    return items >= _FEW_STRONG and not wrap_of(text, lines)


def _wrapped(text: str, lines: Sequence[Line]) -> Shape | None:
    """Whether lines are rows: none is longer than a screen is wide, and many of them are full and go on."""
    width = width_of(text, [line for line in lines if not is_reference(text, line.start, line.end)])
    if not _LEAST_WRAP <= width <= _MOST_WRAP:
        return _laid_out(text, lines) if wrap_of(text, lines) else None
    full = going_on = 0
    for line, following in pairwise(lines):
        if following.gap == 0 and fills(text, line, 0.6 * (width - line.indent)):
            full += 1
            open_end = not SENTENCE_END.search(text, max(line.start, line.end - 8), line.end)
            going_on += (
                open_end
                and text[following.start] not in _BULLETS
                and (not text[following.start].isupper() or text[line.start : line.end].isupper())
            )
    indented = sum(line.indent > 0 for line in lines)
    parted = sum(line.gap > 0 for line in lines)
    if len(lines) >= _FEW * 2 and width <= 82 and parted > len(lines) // 25 and indented > len(lines) // 12:
        return Shape.DUMP
    enough = full >= min(_FEW, max(1, len(lines) // 2)) or 1 < full == len(lines) - 1 - parted
    rows = enough and 3 * going_on >= full and 2 * full >= len(lines) - parted
    if not (rows and full):
        return _laid_out(text, lines) if wrap_of(text, lines) else None
    return Shape.WRAPPED


def _laid_out(text: str, lines: Sequence[Line]) -> Shape:
    """What the rows of a wrapped text are: those of a screen, where many are indented or items of a list."""
    marked = sum(line.indent > 0 or _ITEM.match(text, line.start) is not None for line in lines)
    listed = sum(is_reference(text, line.start, line.end) for line in lines)
    return Shape.DUMP if marked > len(lines) // 12 or listed >= _FEW else Shape.WRAPPED
