"""The layout of a PDF: lines to paragraphs over its pages, running heads apart, the headline."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from seedread_index.extract.formats.pdf.headline import (
    LARGER,
    SAME,
    UNSPACED,
    alike,
    headline_of,
    titles_stated,
)
from seedread_index.extract.formats.pdf.lines import Line, Page

_EDGE_LINES = 3
_COMES_AGAIN = 3
"""A line at the head or foot of so many pages is a running head."""

_MOST_RUNNING = 0.4
"""Where lines that come again are more than this share of a document, they are its text."""

_STEP = 1.28
"""A paragraph ends where the next line is further down than the usual step times this."""

_FULL = 0.8
_NEAR_PAGE_END = 3
_WORDS_OF_PROSE = 6
_COLUMN = 36.0
"""Lines that begin within so many points of each other are of one column."""

_LEAST_OF_COLUMN = 4

_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.|pag\.?|página|str\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|sur|из)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^(?:#|[ivxlc]{1,6})\s+(?=\S{3})|(?<=\S{3})\s+(?:#|[ivxlc]{1,6})$")
_ENDS = (".", "!", "?", ":", '"', "”", "»", "。", "’")
_HYPHENS = ("-", "\u00ad", "\ufffe", "\u2010", "\x02")


@dataclass(slots=True)
class Layout:
    """The text of a document, what recurs on its pages apart, and the size of most of its letters."""

    text: str = ""
    running_heads: str = ""
    size: float = 0.0
    headline: str | None = None
    kept: list[list[Line]] = field(default_factory=list)


def laid_out(pages: Sequence[Page], stated: str | None = None) -> Layout:
    """Paragraphs over all pages, running heads and page numbers set apart.

    `stated` is the title that the file's metadata name: the lines that say the same are the headline.
    """
    layout = Layout()
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            weights[round(line.size * 2) / 2] += len(line.text)
    layout.size = weights.most_common(1)[0][0] if weights else 0.0
    running_heads: list[str] = []
    running = _running(pages)
    letters = sum(len(line.text) for page in pages for line in page.lines)
    taken = sum(
        len(page.lines[n].text) for page in pages for n in _edges(page) if _key(page.lines[n]) in running
    )
    if taken > _MOST_RUNNING * letters:
        running = {}
    for page in pages:
        edges = _edges(page)
        out = {
            n
            for n in edges
            if page.lines[n].size <= running.get(_key(page.lines[n]), 0.0) * LARGER
            or _NUMBER.fullmatch(page.lines[n].text)
        }
        if len(pages) == 1:
            out = {n for n in out if n == len(page.lines) - 1 and n > 2 and page.lines[n].text.isdigit()}
        running_heads += [page.lines[n].text for n in sorted(out)]
        layout.kept.append([line for n, line in enumerate(page.lines) if n not in out])
    layout.running_heads = "\n".join(dict.fromkeys(running_heads))
    headline = headline_of(
        layout.kept[0] if layout.kept else [], layout.size, titles_stated(stated, running_heads)
    )
    whole = " ".join(line.text for page in layout.kept for line in page)
    words = Counter(word.casefold() for word in re.findall(r"[\w-]+", whole))
    paragraphs: list[str] = []
    for kept in layout.kept:
        own = _paragraphs(kept, words, headline)
        if place := _page_end(paragraphs, own):
            paragraphs[place[0]] = _glued(paragraphs[place[0]], own.pop(place[1]), words)
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
    """A line with its numbers taken as equal, those of the page at either end left out."""
    return _PAGE_NUMBER.sub("", _DIGITS.sub("#", " ".join(line.text.split())).casefold())


def _running(pages: Sequence[Page]) -> dict[str, float]:
    """The lines at the edges of pages that come again, digits taken as equal, and the size of their type.

    A line in larger type than where it comes again is a headline that the pages after it repeat.
    """
    places: dict[str, set[int]] = defaultdict(set)
    heights: dict[str, list[float]] = defaultdict(list)
    sizes: dict[str, list[float]] = defaultdict(list)
    for number, page in enumerate(pages):
        for edge in _edges(page):
            key = _key(page.lines[edge])
            places[key].add(number)
            heights[key].append(page.lines[edge].bottom)
            sizes[key].append(page.lines[edge].size)
    found = {key for key, numbers in places.items() if len(numbers) >= _COMES_AGAIN}
    if len(pages) == 2:
        found |= {
            key
            for key, numbers in places.items()
            if len(numbers) == 2 and max(heights[key]) - min(heights[key]) < 2
        }
    return {key: statistics.median(sizes[key]) for key in found}


def _paragraphs(lines: list[Line], words: Counter[str], headline: list[Line]) -> list[str]:
    steps = [
        a.bottom - b.bottom
        for a, b in pairwise(lines)
        if 0 < a.bottom - b.bottom < 4 * a.size and alike(a, b)
    ]
    usual = statistics.median_low(steps) if steps else 0.0
    rights = _right_edges(lines)
    paragraphs: list[str] = []
    before: Line | None = None
    for line in lines:
        inside = before is not None and before in headline and line in headline
        if before is not None and (
            inside or _goes_on(before, line, usual, rights[_column(before)], headline)
        ):
            paragraphs[-1] = _glued(paragraphs[-1], line.text, words)
        else:
            paragraphs.append(line.text)
        before = line
    return paragraphs


def _column(line: Line) -> int:
    return int(line.left // _COLUMN)


def _right_edges(lines: Sequence[Line]) -> dict[int, float]:
    """How far to the right the lines of each column reach; the page's edge for one of a few lines."""
    columns: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        for column in range(_column(line) - 1, _column(line) + 2):
            columns[column].append(line.right)
    whole = sorted(line.right for line in lines)
    edges = {}
    for column, rights in columns.items():
        found = sorted(rights) if len(rights) >= _LEAST_OF_COLUMN else whole
        edges[column] = found[len(found) * 9 // 10]
    return edges


def _goes_on(before: Line, line: Line, usual: float, right: float, headline: list[Line]) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if (before in headline) != (line in headline):
        return False
    step = before.bottom - line.bottom
    if abs(before.size - line.size) > 2 * SAME * before.size:
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


def _page_end(before: Sequence[str], after: Sequence[str]) -> tuple[int, int] | None:
    """Which paragraph of a page runs on in which of the next: the nearest two that fit.

    Notes and captions may stand between the two; then only paragraphs of some words are taken for parted.
    """
    last, first = range(-1, -min(len(before), _NEAR_PAGE_END) - 1, -1), range(min(len(after), _NEAR_PAGE_END))
    pairs = sorted(((one, two) for one in last for two in first), key=lambda pair: pair[1] - pair[0])
    for one, two in pairs:
        near = (one, two) == (-1, 0)
        if _runs_on(before[one], after[two]) and (near or (_is_prose(before[one]) and _is_prose(after[two]))):
            return one, two
    return None


def _is_prose(paragraph: str) -> bool:
    return len(paragraph.split()) >= _WORDS_OF_PROSE


def _runs_on(before: str, after: str) -> bool:
    """Whether a paragraph runs on over a page's end."""
    parted = before.endswith(_HYPHENS[1:]) and after[:1].isalpha()
    return not before.endswith(_ENDS) and (after[:1].islower() or parted)


def _glued(before: str, after: str, words: Counter[str]) -> str:
    """Two lines of a paragraph as one; a word parted at the line's end is joined.

    Its hyphen stays where the document writes the word with it elsewhere and never without.
    """
    if not before.endswith(_HYPHENS):
        unspaced = UNSPACED.match(before[-1:]) and UNSPACED.match(after)
        return f"{before}{'' if unspaced else ' '}{after}"
    stem = before[:-1]
    if before[-1] == "-" and not (stem[-1:].isalpha() and after[:1].islower()):
        return before + after
    first = re.search(r"[\w-]*$", stem)
    second = re.match(r"[\w-]*", after)
    head, tail = (first[0] if first else "").casefold(), (second[0] if second else "").casefold()
    compound = before[-1] != "\u00ad" and words[f"{head}-{tail}"] > 0 and words[head + tail] == 0
    return f"{stem}-{after}" if compound else stem + after
