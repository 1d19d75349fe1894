"""A text cut into paragraphs: files with blank lines between them, without, and hard-wrapped ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n]*[^\s\u200b\ufeff\ufffd][^\n]*")
_BLANK = " \t\xa0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_EDGE_LINES = 400
"""So many lines at each end are looked at one by one; a long middle is body in large pieces."""

_MIDDLE_PIECE = 200_000
_LEAST_WRAP, _MOST_WRAP = 40, 120
_FULL = 0.6
"""A line at least this much of the column's width goes on in the next one."""

_LEAST_LINES = 4
_BLOCKS = 200
_SAMPLE = 4000
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]*_ ]*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: offsets without the blanks around it, and whether a blank line stands before it."""

    start: int
    end: int
    text: str
    after_blank: bool


def paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    """The paragraphs of a text from `start` on, in order; every character that is not blank is in one."""
    blocks = _blocks(text, start)
    width = _wrap_width(text, blocks)
    capitals = width > 0 and mostly_capitals(text[start : start + _SAMPLE])
    found: list[Paragraph] = []
    for number, block in enumerate(blocks):
        blank = number > 0 or text.count("\n", start, block[0][0]) > 1
        if width or len(block) < 2 or not _hard_wrapped(text, block):
            runs = _runs(text, block, width, capitals=capitals)
        else:
            runs = [(block[0][0], block[-1][1])]
        found.extend(
            Paragraph(first, last, text[first:last], blank and place == 0)
            for place, (first, last) in enumerate(runs)
        )
    return found


def _blocks(text: str, start: int) -> list[list[tuple[int, int]]]:
    """The lines that are not blank, in runs without a blank line between them."""
    blocks: list[list[tuple[int, int]]] = []
    previous_end = start
    for span_start, span_end in _line_spans(text, start):
        if not blocks or text.count("\n", previous_end, span_start) > 1:
            blocks.append([])
        blocks[-1].append((span_start, span_end))
        previous_end = span_end
    return blocks


def mostly_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals, so that a capital says nothing."""
    upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return upper > 20 and upper > 9 * lower


def _wrap_width(text: str, blocks: list[list[tuple[int, int]]]) -> int:
    """The column at which a whole file is wrapped: 0 where lines are paragraphs of their own."""
    inner = [line for block in blocks[:_BLOCKS] for line in block[:-1]]
    if len(inner) < _LEAST_LINES:
        return 0
    lengths = sorted(end - start for start, end in inner)
    width = lengths[len(lengths) * 9 // 10]
    if not _LEAST_WRAP <= width <= _MOST_WRAP or lengths[-1] > width * 1.3:
        return 0
    full = sum(length >= width * _FULL for length in lengths)
    ends = sum(bool(_SENTENCE_END.search(text, start, end)) for start, end in inner)
    if full < 0.8 * len(inner) or ends * 2 > len(inner):
        return 0
    going_on = sum(text[line[0]].islower() for block in blocks[:_BLOCKS] for line in block[1:])
    capitals = mostly_capitals(text[inner[0][0] : inner[0][0] + _SAMPLE])
    return width if capitals or going_on * 3 >= len(inner) else 0


def _runs(text: str, block: list[tuple[int, int]], width: int, *, capitals: bool) -> list[tuple[int, int]]:
    """The paragraphs of a block: lines, or in a wrapped file lines joined where the next word had no room."""
    if not width:
        return block
    runs = [block[0]]
    for (start, end), (following, last) in pairwise(block):
        short = end - start + 1 + len(text[following:last].split(None, 1)[0]) < width
        over = _SENTENCE_END.search(text, start, end) or not (capitals or text[following].islower())
        if short and over:
            runs.append((following, last))
        else:
            runs[-1] = (runs[-1][0], last)
    return runs


def _line_spans(text: str, start: int) -> list[tuple[int, int]]:
    """Where the lines that are not blank stand, blanks at both ends left out; a long middle in pieces."""
    lines = text.count("\n", start)
    if lines <= 2 * _EDGE_LINES + 200:
        return [_stripped(text, *match.span()) for match in _LINE.finditer(text, start)]
    head_end = start
    for _ in range(_EDGE_LINES):
        head_end = text.index("\n", head_end) + 1
    tail_start = len(text)
    for _ in range(_EDGE_LINES):
        tail_start = text.rindex("\n", head_end - 1, tail_start)
        if tail_start < head_end:
            break
    tail_start = max(tail_start, head_end)
    spans = [_stripped(text, *match.span()) for match in _LINE.finditer(text, start, head_end)]
    middle = (
        _LINE.finditer(text, head_end, tail_start) if lines <= 20_000 else _pieces(text, head_end, tail_start)
    )
    spans.extend(_stripped(text, *match.span()) for match in middle if not match[0].isspace())
    spans.extend(_stripped(text, *match.span()) for match in _LINE.finditer(text, tail_start))
    return spans


def _pieces(text: str, start: int, end: int) -> list[re.Match[str]]:
    """A long middle in pieces that end with a line."""
    return list(re.compile(rf"[\s\S]{{1,{_MIDDLE_PIECE}}}[^\n]*").finditer(text, start, end))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return start + left, start + left + len(piece.strip())


def _hard_wrapped(text: str, block: list[tuple[int, int]]) -> bool:
    """Whether a run of lines is one paragraph broken at a column: even lines that break inside sentences."""
    longest = max(end - start for start, end in block)
    if not _LEAST_WRAP <= longest <= _MOST_WRAP:
        return False
    inner = block[:-1]
    if any(end - start < longest * _FULL for start, end in inner):
        return False
    ends = sum(bool(_SENTENCE_END.search(text, start, end)) for start, end in inner)
    lower = sum(text[start].islower() for start, _ in block[1:])
    return ends * 2 <= len(inner) and lower * 3 >= len(inner)
