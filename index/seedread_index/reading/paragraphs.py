"""A text cut into paragraphs: files with blank lines between them, without, and hard-wrapped ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]*[^\s\u200b\ufeff\ufffd][^\n]*")
_BLANK = " \t\xa0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_EDGE_LINES = 400
"""So many lines at each end are looked at one by one; a long middle is body in large pieces."""

_MIDDLE_PIECE = 200_000
_LEAST_WRAP, _MOST_WRAP = 40, 120
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
    spans = _line_spans(text, start)
    found: list[Paragraph] = []
    block: list[tuple[int, int]] = []
    previous_end = start
    blank_before = False
    for span_start, span_end in spans:
        blank = text.count("\n", previous_end, span_start) > 1
        if blank and block:
            found.extend(_of_block(text, block, blank_before))
            block = []
        if not block:
            blank_before = blank
        block.append((span_start, span_end))
        previous_end = span_end
    if block:
        found.extend(_of_block(text, block, blank_before))
    return found


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


def _of_block(text: str, block: list[tuple[int, int]], blank_before: bool) -> list[Paragraph]:
    """The paragraphs of a run of lines without a blank one between them."""
    if len(block) > 1 and _hard_wrapped(text, block):
        start, end = block[0][0], block[-1][1]
        return [Paragraph(start, end, text[start:end], blank_before)]
    return [
        Paragraph(start, end, text[start:end], blank_before and number == 0)
        for number, (start, end) in enumerate(block)
    ]


def _hard_wrapped(text: str, block: list[tuple[int, int]]) -> bool:
    """Whether a run of lines is one paragraph broken at a column: even lines that break inside sentences."""
    longest = max(end - start for start, end in block)
    if not _LEAST_WRAP <= longest <= _MOST_WRAP:
        return False
    inner = block[:-1]
    if any(end - start < longest * 0.6 for start, end in inner):
        return False
    ends = sum(bool(_SENTENCE_END.search(text, start, end)) for start, end in inner)
    lower = sum(text[start].islower() for start, _ in block[1:])
    return ends * 2 <= len(inner) and lower * 3 >= len(inner)
