"""The lines of a text, its shape, and what a reader sees of a line.

The shape says what a line is, so that those of one paragraph can be joined. Links, emphasis and marks of
Markdown and of text browsers are not seen: they have no width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from seedread_index.text.dates import MONTHS

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
_MARKED = re.compile(r"#{1,6} \S")
_CONTINUING, _BULLETS = frozenset(",;.)’”»"), "-*+•·"
_CONTINUES = re.compile(r"[,;.)’”»](?:\s|$)|[,;]\s")
_LEAST_WRAP, _MOST_WRAP = 40, 132


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
    if _links(text, sample) > max(2, len(sample) // 25) or ("# " in text and _headed(text, sample)):
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


def _headed(text: str, lines: Sequence[Line]) -> bool:
    """Whether headings of Markdown stand apart in a text: one of the first lines is one, or several are."""
    headed = [
        place
        for place, (line, following) in enumerate(pairwise(lines))
        if text[line.start] == "#" and following.gap and _MARKED.match(text, line.start)
    ]
    return len(headed) > 1 or (bool(headed) and headed[0] < _FIRST_LINES)


def _wrapped(text: str, lines: Sequence[Line]) -> Shape | None:
    """Whether lines are rows: none is longer than a screen is wide, and many of them are full and go on."""
    width = width_of(text, lines)
    if not _LEAST_WRAP <= width <= _MOST_WRAP:
        return None
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
    return Shape.WRAPPED if rows and full else None


_TARGET = r"\((?:<[^<>\n]*>\s*|[^()\s]|\([^()\s]*\)|\s(?=[\"']))*(?:[\"'][^\"'\n]*[\"'])?\s*\)"
_IMAGE = re.compile(rf"!\[(?:[^\[\]\\]|\\.)*\](?:{_TARGET})|!\[\[[^\[\]\n]+\]\]|\[\^[^\[\]\s]+\](?!:)")
"""What is not read where it stands: pictures, files that are put in, the numbers of footnotes."""

_REMARK = re.compile(
    r"<!--.*?-->|(?<!\S)%%.+?%%(?!\S)|</?(?:u|b|i|em|strong|mark|su[bp]|br|span)\b[^<>]*>"
    r"|^ {0,3}\[[^\[\]^]+\]:\s+<?(?:https?:|www\.|/|#)\S.*$"
)
"""Remarks, elements of HTML amid Markdown, and the line that gives a link its address."""

_LINK = re.compile(
    rf"\[(?P<words>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\](?P<target>{_TARGET}|\[[^\]]*\])"
)
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?(?P<words>[^\[\]|]+)\]\]")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=\S)|(?<=[^\s\\])(\*{1,3}|_{1,3})(?![\w*])|(?<=\w)\*{2,3}(?=\w)|`+|~~"
    r"|(?<![=\w])==(?=[^\s=])|(?<=[^\s=])==(?![=\w])"
)
_WITHIN = re.compile(r"(?<![\w*\\])\*[^\s*][^*\n]*(?<!\s)(?P<mark>\*)(?=[^\W\d_])")
"""Emphasis of the first part of a word: *harbour*master."""

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_HEADING = re.compile(r"\s*(?:>\s*)*(?P<marks>#{1,6})(?:\s+|$)(?:#{1,6}\s+)*|\s*>+\s+")
_BULLET = re.compile(r"\s*(?:[*+•-]|\d{1,3}\\?[.)])\s+")
_LETTERS = re.compile(r"[^\W\d_]+")
_BROWSER = re.compile(
    r"\((?:BUTTON|IFRAME|IMG)\)(?:\s*\([^()]*\))?|\[[\w./%-]+\.(?:png|jpe?g|gif|svg|webp|ico)\]|\[\s*\]|_{4,}",
    re.IGNORECASE,
)


class Visible(NamedTuple):
    """The spans of a line that a reader sees, how many of their characters are links, the heading's level."""

    spans: tuple[tuple[int, int], ...]
    linked: int = 0
    heading: int = 0
    bullet: bool = False


def _bullet_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The mark of a list's item; the day before a month is none."""
    match = _BULLET.match(text, start, end)
    if match and text[match.end() - 2] in ".)" and (word := _LETTERS.match(text, match.end(), end)):
        return None if word[0].casefold() in MONTHS else match
    return match


def visible_markdown(text: str, start: int, end: int) -> Visible:
    """What is seen of one line of Markdown."""
    heading = 0
    bullet = False
    first = start
    while True:
        if match := _bullet_at(text, first, end):
            bullet = True
        elif match := _HEADING.match(text, first, end):
            heading = max(heading, len(match["marks"] or ""))
        else:
            break
        first = match.end()
    hidden: list[tuple[int, int]] = []
    linked = _hide_links(text, first, end, hidden)
    line = text[first:end]
    if "<" in line or "%%" in line or "]:" in line:
        hidden += [(first + found.start(), first + found.end()) for found in _REMARK.finditer(line)]
    if "\\" in line or "*" in line or "_" in line or "`" in line or "==" in line:
        taken = list(hidden)
        hidden += [found.span("mark") for found in _WITHIN.finditer(text, first, end)]
        for pattern in (_EMPHASIS, _ESCAPE):
            for match in pattern.finditer(text, first, end):
                if not any(a <= match.start() < b for a, b in taken):
                    hidden.append(match.span())
    return Visible(_shown(first, end, hidden), linked, heading, bullet)


def seen_in(line: str) -> str | None:
    """What a reader sees of one line of Markdown; None for nothing."""
    seen = visible_markdown(line, 0, len(line))
    return "".join(line[start:end] for start, end in seen.spans).strip() or None


def _hide_links(text: str, start: int, end: int, hidden: list[tuple[int, int]]) -> int:
    """Hide images, and of links all but their words; gives how many characters those have."""
    if "[" not in text[start:end]:
        return 0
    linked = 0
    for match in _IMAGE.finditer(text, start, end):
        hidden.append(match.span())
    images = list(hidden)
    for pattern in (_WIKI, _LINK):
        for match in pattern.finditer(text, start, end):
            if any(a <= match.start() and match.end() <= b for a, b in images):
                continue
            first, last = match.span("words")
            hidden.append((match.start(), first))
            hidden.append((last, match.end()))
            linked += len(text[first:last].strip())
    return linked


def visible_dump(text: str, start: int, end: int) -> Visible:
    """What is seen of one line of a text browser's dump."""
    bullet = False
    first = start
    if match := _bullet_at(text, start, end):
        bullet, first = True, match.end()
    hidden = [match.span() for match in _BROWSER.finditer(text, first, end)]
    return Visible(_shown(first, end, hidden), 0, 0, bullet)


def _shown(start: int, end: int, hidden: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans of a line that are left."""
    spans = []
    at = start
    for first, last in sorted(hidden):
        if first > at:
            spans.append((at, first))
        at = max(at, last)
    if at < end:
        spans.append((at, end))
    return tuple(spans)
