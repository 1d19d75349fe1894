"""The layout of a PDF: lines to paragraphs over its pages, running heads apart, the headline."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from seedread_index.extract.formats.pdf.lines import Line, Page

_EDGE_LINES = 3
_COMES_AGAIN = 3
"""A line at the head or foot of so many pages is a running head."""

_MOST_RUNNING = 0.4
"""Where lines that come again are more than this share of a document, they are its text."""

_STEP = 1.28
"""A paragraph ends where the next line is further down than the usual step times this."""

_LARGER = 1.12
_SAME = 0.04
_FULL = 0.8
_LONGEST_HEADLINE = 320
_LABEL = re.compile(
    r"(?:for immediate release.*|(?:press|news|media) (?:release|statement|advisory|notice)s?\b.{0,30}"
    r"|news|statement|pressemitteilung|presseinformation|communiqu[ée] de presse|comunicado(?: de prensa)?"
    r"|nota de prensa|comunicato stampa|persbericht|pressmeddelande|embargo.*|newsletter|\W*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.|pag\.?|página|str\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|sur|из)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_ENDS = (".", "!", "?", ":", '"', "”", "»", "。", "’")
_HYPHENS = ("-", "\u00ad", "\ufffe", "\u2010", "\x02")
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Layout:
    """The text of a document, what recurs on its pages apart, and the size of most of its letters."""

    text: str = ""
    furniture: str = ""
    size: float = 0.0
    headline: str | None = None
    kept: list[list[Line]] = field(default_factory=list)


def laid_out(pages: Sequence[Page]) -> Layout:
    """Paragraphs over all pages, running heads and page numbers set apart."""
    layout = Layout()
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            weights[round(line.size * 2) / 2] += len(line.text)
    layout.size = weights.most_common(1)[0][0] if weights else 0.0
    furniture: list[str] = []
    running = _running(pages)
    letters = sum(len(line.text) for page in pages for line in page.lines)
    taken = sum(
        len(page.lines[n].text) for page in pages for n in _edges(page) if _key(page.lines[n]) in running
    )
    if taken > _MOST_RUNNING * letters:
        running = set()
    for page in pages:
        edges = _edges(page)
        out = {n for n in edges if _key(page.lines[n]) in running or _NUMBER.fullmatch(page.lines[n].text)}
        if len(pages) == 1:
            out = {n for n in out if n == len(page.lines) - 1 and n > 2 and page.lines[n].text.isdigit()}
        furniture += [page.lines[n].text for n in sorted(out)]
        layout.kept.append([line for n, line in enumerate(page.lines) if n not in out])
    layout.furniture = "\n".join(dict.fromkeys(furniture))
    headline = _headline(layout)
    whole = " ".join(line.text for page in layout.kept for line in page)
    words = Counter(word.casefold() for word in re.findall(r"[\w-]+", whole))
    paragraphs: list[str] = []
    for kept in layout.kept:
        own = _paragraphs(kept, words, headline)
        if paragraphs and own and _runs_on(paragraphs[-1], own[0]):
            paragraphs[-1] = _glued(paragraphs[-1], own.pop(0), words)
        paragraphs += own
    layout.text = "\n\n".join(paragraphs)
    if headline:
        joined = ""
        for line in headline:
            joined = _glued(joined, line.text, words) if joined else line.text
        layout.headline = joined
    return layout


def _edges(page: Page) -> list[int]:
    """The places in reading order of a page's uppermost and lowest lines."""
    order = sorted(range(len(page.lines)), key=lambda n: -page.lines[n].bottom)
    return sorted({*order[:_EDGE_LINES], *order[-_EDGE_LINES:]})


def _key(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split())).casefold()


def _running(pages: Sequence[Page]) -> set[str]:
    """The lines at the edges of pages that come again, digits taken as equal."""
    places: dict[str, set[int]] = defaultdict(set)
    heights: dict[str, list[float]] = defaultdict(list)
    for number, page in enumerate(pages):
        for edge in _edges(page):
            key = _key(page.lines[edge])
            places[key].add(number)
            heights[key].append(page.lines[edge].bottom)
    found = {key for key, numbers in places.items() if len(numbers) >= _COMES_AGAIN}
    if len(pages) == 2:
        found |= {
            key
            for key, numbers in places.items()
            if len(numbers) == 2 and max(heights[key]) - min(heights[key]) < 2
        }
    return found


def _headline(layout: Layout) -> list[Line]:
    """The lines of the headline on the first page: the first block of the largest type that is no label."""
    lines = layout.kept[0] if layout.kept else []
    blocks: list[list[Line]] = []
    for line in lines:
        last = blocks[-1][-1] if blocks else None
        near = last is not None and 0 < last.bottom - line.bottom < 2.2 * max(last.size, line.size)
        if last is not None and near and _alike(last, line) and not _LABEL.fullmatch(last.text):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    candidates = [
        block
        for block in blocks
        if not _LABEL.fullmatch(block[0].text)
        and len(text := " ".join(line.text for line in block)) <= _LONGEST_HEADLINE
        and len(_WORD.findall(text)) >= 2
    ]
    large = [block for block in candidates if block[0].size > layout.size * _LARGER]
    if large:
        wide = [block for block in large if len(_WORD.findall(" ".join(line.text for line in block))) >= 4]
        pool = wide or large
        largest = max(block[0].size for block in pool)
        return next(block for block in pool if block[0].size >= largest * (1 - _SAME))
    if all(line.bold for line in lines):
        return []
    top = candidates[: max(3, len(candidates) // 3)]
    return next(
        (
            block
            for block in top
            if block[0].bold
            and block[0].size >= layout.size * (1 - _SAME)
            and len(block) <= 4
            and len(_WORD.findall(" ".join(line.text for line in block))) >= 4
            and not block[-1].text.endswith((".", ":", ","))
        ),
        [],
    )


def _alike(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= _SAME * one.size and one.bold == other.bold


def _paragraphs(lines: list[Line], words: Counter[str], headline: list[Line]) -> list[str]:
    steps = [
        a.bottom - b.bottom
        for a, b in pairwise(lines)
        if 0 < a.bottom - b.bottom < 4 * a.size and _alike(a, b)
    ]
    usual = statistics.median_low(steps) if steps else 0.0
    rights = sorted(line.right for line in lines)
    right = rights[len(rights) * 9 // 10] if rights else 0.0
    paragraphs: list[str] = []
    before: Line | None = None
    for line in lines:
        inside = before is not None and before in headline and line in headline
        if before is not None and (inside or _goes_on(before, line, usual, right, headline)):
            paragraphs[-1] = _glued(paragraphs[-1], line.text, words)
        else:
            paragraphs.append(line.text)
        before = line
    return paragraphs


def _goes_on(before: Line, line: Line, usual: float, right: float, headline: list[Line]) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if (before in headline) != (line in headline):
        return False
    step = before.bottom - line.bottom
    if abs(before.size - line.size) > 2 * _SAME * before.size:
        return False
    open_end = not before.text.endswith(_ENDS)
    if before.text.endswith("\ufffe"):
        return True
    if step <= 0:
        return open_end and (line.text[:1].islower() or before.text.endswith(_HYPHENS))
    if usual and step > usual * _STEP:
        return False
    width = max(before.right - before.left, 1.0)
    full = before.right >= right - 0.2 * width or before.right - before.left >= _FULL * (right - before.left)
    if before.bold != line.bold and not full:
        return False
    if line.left > before.left + 0.8 * line.size and not open_end:
        return False
    return full or (line.text[:1].islower() and open_end)


def _runs_on(before: str, after: str) -> bool:
    """Whether a paragraph runs on over a page's end."""
    return not before.endswith(_ENDS) and (after[:1].islower() or before.endswith(_HYPHENS[1:]))


def _glued(before: str, after: str, words: Counter[str]) -> str:
    """Two lines of a paragraph as one; a word parted at the line's end is joined.

    Its hyphen stays where the document writes the word with it elsewhere and never without.
    """
    if not before.endswith(_HYPHENS):
        return f"{before} {after}"
    stem = before[:-1]
    if before[-1] == "-" and not (stem[-1:].isalpha() and after[:1].islower()):
        return before + after
    first = re.search(r"[\w-]*$", stem)
    second = re.match(r"[\w-]*", after)
    head, tail = (first[0] if first else "").casefold(), (second[0] if second else "").casefold()
    compound = before[-1] != "\u00ad" and words[f"{head}-{tail}"] > 0 and words[head + tail] == 0
    return f"{stem}-{after}" if compound else stem + after
