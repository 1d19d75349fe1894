"""The layout of a PDF: lines to paragraphs over its pages, running heads apart, the headline."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
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
from seedread_index.extract.segmentation.header.written_dates import dates_in

_EDGE_LINES = 3
_COMES_AGAIN = 3
"""A line at the head or foot of so many pages is a running head."""

_FEW_PAGES = 5
"""In a document of no more pages a line at the same height of two of them is one as well."""

_SMALL, _FAR, _LONGEST_HEAD = 0.92, 2.0, 80
"""A running head is in type of this share of the text's at most, and so many sizes away from it."""
_MOST_RUNNING = 0.4
"""Where lines that come again are more than this share of a document, they are its text."""

_STEP = 1.28
"""A paragraph ends where the next line is further down than the usual step times this."""

_FULL = 0.8
_NEAR_PAGE_END = 3
_WORDS_OF_PROSE, _WORDS_CUT = 6, 4
_COLUMN = 36.0
"""Lines that begin within so many points of each other are of one column."""

_LEAST_OF_COLUMN = 4

_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.|pag\.?|página|str\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|sur|из)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^(?:#|[ivxlc]{1,6})\s+(?=\S{3})|(?<=\S{3})\s+(?:#|[ivxlc]{1,6})$")
_NUMBER_AT_END = re.compile(r"^\d{1,4}(?=\s)|(?<=\s)\d{1,4}$")
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
    lines = [line for page in pages for line in page.lines]
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    layout.size = weights.most_common(1)[0][0] if weights else 0.0
    running_heads: list[str] = []
    running = _running(pages)
    letters = sum(len(line.text) for line in lines)
    taken = sum(
        len(page.lines[n].text) for page in pages for n in _edges(page) if _key(page.lines[n]) in running
    )
    if taken > _MOST_RUNNING * letters:
        running = {}
    placed = _placed_alike(pages, layout.size)
    for number, page in enumerate(pages):
        out = {
            n
            for n in _edges(page)
            if page.lines[n].size <= running.get(_key(page.lines[n]), 0.0) * LARGER
            or (number, n) in placed
            or _NUMBER.fullmatch(page.lines[n].text)
        }
        if len(pages) == 1:
            foot = len(page.lines) - 1
            out = {n for n in out if n == foot > 2 and page.lines[n].text.isdigit()}
            edges = ((foot, foot - 1), (0, 1)) if foot > 2 else ()
            out |= {n for n, near in edges if _is_dated(page.lines[n], page.lines[near], layout.size, n > 0)}
        running_heads += [page.lines[n].text for n in sorted(out)]
        layout.kept.append([line for n, line in enumerate(page.lines) if n not in out])
    layout.running_heads = "\n".join(dict.fromkeys(running_heads))
    headline = headline_of(
        layout.kept[0] if layout.kept else [], layout.size, titles_stated(stated, running_heads)
    )
    whole = " ".join(line.text for page in layout.kept for line in page)
    words = Counter(word.casefold() for word in re.findall(r"[\w-]+", whole))
    paragraphs: list[str] = []
    last: Line | None = None
    for kept in layout.kept:
        own = _paragraphs(kept, words, headline)
        goes_on = last is not None and bool(kept) and alike(last, kept[0])
        if place := (-1, 0) if goes_on else _page_end(paragraphs, own):
            paragraphs[place[0]] = _glued(paragraphs[place[0]], own.pop(place[1]), words)
        paragraphs += own
        last = kept[-1] if kept and _is_cut(kept[-1], _right_edges(kept)[_column(kept[-1])]) else None
    layout.text = "\n\n".join(paragraphs)
    if headline:
        layout.headline = reduce(
            lambda text, line: _glued(text, line.text, words), headline[1:], headline[0].text
        )
    return layout


def _edges(page: Page) -> list[int]:
    """The places in reading order of a page's uppermost and lowest lines."""
    order = sorted(range(len(page.lines)), key=lambda n: -page.lines[n].bottom)
    return sorted({*order[:_EDGE_LINES], *order[-_EDGE_LINES:]})


def _key(line: Line) -> str:
    """A line with its numbers taken as equal, those of the page at either end left out."""
    return _PAGE_NUMBER.sub("", _DIGITS.sub("#", " ".join(line.text.split())).casefold())


def _running(pages: Sequence[Page]) -> dict[str, float]:
    """The lines at the edges of pages that come again, digits taken as equal, and the size of their type:
    a line in larger type than that is a headline that the pages after it repeat."""
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
    if len(pages) <= _FEW_PAGES:
        twice = (key for key, numbers in places.items() if len(numbers) == 2)
        found.update(key for key in twice if max(heights[key]) - min(heights[key]) < 2)
    return {key: statistics.median(sizes[key]) for key in found}


def _placed_alike(pages: Sequence[Page], size: float) -> set[tuple[int, int]]:
    """The pages and places of lines that are no text though they differ from page to page.

    At the same height, they have their page's number at one end, or stand in small type far above the text.
    """
    alike_placed: dict[tuple[object, ...], set[tuple[int, int]]] = defaultdict(set)
    for number, page in enumerate(pages):
        for edge in _edges(page):
            line = page.lines[edge]
            height, place = round(line.bottom / 2), (number, edge)
            if line.size > size * LARGER or line.bold or len(line.text) > _LONGEST_HEAD:
                continue
            for value in {int(each) for each in _NUMBER_AT_END.findall(line.text)}:
                alike_placed["numbered", height, value - number].add(place)
            if edge == 0 and len(page.lines) > 1 and _is_apart(line, page.lines[1], size):
                alike_placed["above", height].add(place)
    groups = (group for group in alike_placed.values() if len({number for number, _ in group}) > 1)
    return {place for group in groups for place in group}


def _is_apart(line: Line, neighbour: Line, size: float) -> bool:
    """Whether a line is in small type, and far from the line next to it."""
    far = abs(line.bottom - neighbour.bottom) > _FAR * size
    return far and line.size <= _SMALL * size and not line.text.endswith(_ENDS)


def _is_dated(line: Line, near: Line, size: float, foot: bool) -> bool:
    """Whether the last line of a page says what it was printed in, and when; a first one has its number."""
    days = dates_in(line.text) if _is_apart(line, near, size) and len(line.text) <= _LONGEST_HEAD else ()
    return any(foot or _DIGITS.search(line.text[: day.start] + line.text[day.end :]) for day in days)


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
    usual = statistics.median_low(line.size for line in lines) if lines else 0.0
    columns: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        for column in range(_column(line) - 1, _column(line) + 2):
            columns[column] += [line.right] if abs(line.size - usual) <= 2 * SAME * usual else []
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
        starts = line.text[:1].islower() or (alike(before, line) and _is_cut(before, right))
        return open_end and (starts or before.text.endswith(_HYPHENS))
    if usual and step > usual * _STEP:
        return False
    full = _is_full(before, right)
    if before.bold != line.bold and not full:
        return False
    if line.left > before.left + 0.8 * line.size and not open_end:
        return False
    return full or (line.text[:1].islower() and open_end)


def _is_full(line: Line, right: float) -> bool:
    """Whether a line reaches the right edge of its column."""
    width = line.right - line.left
    return line.right >= right - 0.2 * width or width >= _FULL * (right - line.left)


def _is_cut(line: Line, right: float) -> bool:
    """Whether a full line ends amid a sentence, which goes on with what follows, even with a capital."""
    words = line.text.split()
    return len(words) >= _WORDS_CUT and words[-1].isalpha() and words[-1].islower() and _is_full(line, right)


def _page_end(before: Sequence[str], after: Sequence[str]) -> tuple[int, int] | None:
    """Which paragraph of a page runs on in which of the next: the nearest two that fit.

    Notes and captions may stand between the two; then only paragraphs of some words are taken for parted.
    """
    last, first = range(-1, -min(len(before), _NEAR_PAGE_END) - 1, -1), range(min(len(after), _NEAR_PAGE_END))
    pairs = sorted(((one, two) for one in last for two in first), key=lambda pair: pair[1] - pair[0])
    for one, two in pairs:
        words = min(len(before[one].split()), len(after[two].split()))
        if _runs_on(before[one], after[two]) and ((one, two) == (-1, 0) or words >= _WORDS_OF_PROSE):
            return one, two
    return None


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
