"""The lines of a PDF page, from the places of its letters."""

from __future__ import annotations

import ctypes
import statistics
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from unicodedata import bidirectional

_GAP, _GAP_OF_RUNS = 0.08, 0.02
"""A space stands where letters are further apart than this share of the size of the type,
beyond what is usual on its line; between two runs of text less is enough."""

_GAP_AT_MARK = 0.15
"""Before a mark that closes, after one that opens, and beside a hyphen or apostrophe it takes more."""

_AFTER_LETTER = frozenset("'’,.;:!?)]}»”-‐%…")
_BEFORE_LETTER = frozenset("'’([{«“-‐")
_SPACED_OUT = 0.6
"""A line is spaced out (l i k e t h i s) where more than this share of its words are single letters."""

_WORD_OF_SPACED_OUT = 2.2
"""In such a line a word ends where the gap is so many times the usual one."""

_BACK, _WIDE = 3.0, 1.2
_FROM_RIGHT = frozenset(("R", "AL", "AN", "RLE", "RLO"))
_SHADOW, _NEAR = 0.35, 4
"""A shadow is apart by less than this share of the size, and drawn among the next few lines."""

_BOLD = 600
_INITIAL, _NEAR_INITIAL = 1.6, 1.5
"""An initial is so many times as large as the line beside it, and less than so many sizes away from it."""

_WORDS_OF_A_LETTER = frozenset("AIOYEÀÉ")
_LEAST_ROWS, _PROSE = 5, 25
"""Columns have so many lines at least, most of them of so many letters."""

_ALEFS, _LAM = frozenset("اأإآ"), "ل"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its places in points from the page's lower left, the size and weight of its type."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order."""

    lines: list[Line]
    height: float

    @classmethod
    def read(cls, raw: Any, count: int, height: float) -> Page:
        """Read a page from PDFium's text page of so many characters."""
        gutters: Counter[int] = Counter()
        lines = _lines(raw, count, gutters)
        if common := {place for place, rows in gutters.items() if rows >= _LEAST_ROWS}:
            parted = _joined(_lines(raw, count, gutters, common))
            if (by_columns := _by_columns(parted)) != parted:
                return cls(_with_initials(by_columns), height)
        return cls(_by_columns(_with_initials(_joined(lines))), height)


def _lines(raw: Any, count: int, gutters: Counter[int], parting: Container[int] = frozenset()) -> list[Line]:
    """Lines as PDFium parts them; spaces that it has lost come back from the places of the letters.

    `gutters` counts the wide gaps by the place to the right of them; those of `parting` end a line.
    """
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # pypdfium2 has no types

    place = pdfium.FS_RECTF()
    line = _Open()
    lines: list[Line] = []
    for index in range(count):
        character = chr(pdfium.FPDFText_GetUnicode(raw, index))
        if character in "\r\n\ufffe\x02":
            if character in "\ufffe\x02":
                line.text.append("\ufffe")
            lines += line.closed()
            line = _Open()
        elif character.isspace():
            line.space(made=pdfium.FPDFText_IsGenerated(raw, index) == 1)
        elif character != "\0" and pdfium.FPDFText_GetLooseCharBox(raw, index, place):
            gutter = line.gutter(place)
            gutters[gutter] += gutter > 0
            if line.goes_back(character, place) or gutter in parting:
                lines += line.closed()
                line = _Open()
            if not line.sizes:
                line.bold = pdfium.FPDFText_GetFontWeight(raw, index) >= _BOLD
            run = ctypes.cast(pdfium.FPDFText_GetTextObject(raw, index), ctypes.c_void_p).value
            line.add(character, place, run)
    return lines + line.closed()


class _Open:
    """A line that letters are being added to."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.sizes: list[float] = []
        self.bold = False
        self._gaps: dict[int, tuple[float, bool]] = {}
        self._made: list[int] = []
        self._run: int | None = None
        self._box = (0.0, 0.0)
        self._from_right = False
        self._left = self._right = self._bottom = 0.0

    def space(self, *, made: bool) -> None:
        """Add a space of the file's, or one that PDFium made up of a gap."""
        if made:
            self._made.append(len(self.text))
        self.text.append(" ")

    def add(self, character: str, place: Any, run: int | None) -> None:
        """Add a letter with its place and the run of text that it is drawn in."""
        left, right, bottom = place.left, place.right, place.bottom
        size = abs(place.top - place.bottom)
        if character == _LAM and self.text and self.text[-1] in _ALEFS and self._box == (left, right):
            self.text.insert(-1, character)  # a ligature of the two, given from left to right
            self.sizes.append(size)
            return
        if not self.sizes:
            self._left, self._bottom, self._right = left, bottom, right
        elif self.text[-1] != " " or self._made[-1:] == [len(self.text) - 1]:
            self._gaps[len(self.text)] = (left - self._right) / (size or 1.0), run != self._run
        self._from_right = self._from_right or bidirectional(character) in _FROM_RIGHT
        self.text.append(character)
        self.sizes.append(size)
        self._right = max(self._right, right)
        self._run, self._box = run, (left, right)

    def goes_back(self, character: str, place: Any) -> bool:
        """Whether a letter stands far before the last one, as where a line is drawn again."""
        if not self.sizes or self._from_right or bidirectional(character) in _FROM_RIGHT:
            return False
        size = self.sizes[-1]
        return bool(self._right - place.left > _BACK * size and place.left < self._left + size)

    def gutter(self, place: Any) -> int:
        """The place of a letter that stands far behind the last one, in whole points; else 0."""
        if not self.sizes or place.left - self._right < _WIDE * self.sizes[-1]:
            return 0
        left: float = place.left
        return round(left)

    def closed(self) -> list[Line]:
        """The line, spaces put where letters stand apart; none for a blank line."""
        if not self.sizes:
            return []
        words = "".join(self.text).split()
        single = sum(len(word) == 1 for word in words)
        if self._made and len(words) >= 8 and single > _SPACED_OUT * len(words):
            self._close_up()
        else:
            self._part()
        size = statistics.median_low(self.sizes)
        text = " ".join("".join(self.text).split())
        return [Line(text, self._left, self._right, self._bottom, size, self.bold)] if text else []

    def _part(self) -> None:
        """Put spaces in where the file has none but a gap."""
        made = set(self._made)
        gaps = {place: gap for place, gap in self._gaps.items() if place - 1 not in made}
        usual = max(0.0, statistics.median_low([gap for gap, _ in gaps.values()])) if gaps else 0.0
        for place, (gap, between) in sorted(gaps.items(), reverse=True):
            least = _GAP_OF_RUNS if between else _GAP
            if self.text[place] in _AFTER_LETTER or self.text[place - 1] in _BEFORE_LETTER:
                least = _GAP_AT_MARK
            if gap > usual + least:
                self.text.insert(place, " ")

    def _close_up(self) -> None:
        """Take out of a line that is spaced out what PDFium took for spaces, but keep its words apart."""
        usual = statistics.median([gap for gap, _ in self._gaps.values()])
        for place, (gap, _) in sorted(self._gaps.items(), reverse=True):
            wide = gap > _WORD_OF_SPACED_OUT * usual
            if self.text[place - 1] == " ":
                if not wide:
                    del self.text[place - 1]
            elif wide:
                self.text.insert(place, " ")


def _is_drawn_again(line: Line, before: Line) -> bool:
    """Whether a line has been drawn before, whole or its start, a little apart to have a shadow."""
    near = _SHADOW * line.size
    return (
        line.text.startswith(before.text)
        and abs(line.left - before.left) < near
        and abs(line.bottom - before.bottom) < near
    )


def _joined(lines: list[Line]) -> list[Line]:
    """Lines with the pieces of one baseline joined where they follow each other from left to right."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        again = next((one for one in found[-_NEAR:] if _is_drawn_again(line, one)), None)
        if again is not None:
            found[found.index(again)] = line
            continue
        if (
            last is not None
            and abs(last.bottom - line.bottom) < 0.35 * min(last.size, line.size)
            and abs(last.size - line.size) < 0.3 * last.size
            and -0.5 * line.size < line.left - last.right < 1.2 * line.size
        ):
            space = "" if line.left - last.right < _GAP * line.size else " "
            found[-1] = Line(
                last.text + space + line.text, last.left, line.right, last.bottom, last.size, last.bold
            )
        else:
            found.append(line)
    return found


def _with_initials(lines: list[Line]) -> list[Line]:
    """Lines with the large initial that a text may begin with put before its first word."""
    found = list(lines)
    for one in lines:
        beside = next((line for line in found if _is_initial(one, line)), None)
        if beside is not None:
            word = beside.text.split(maxsplit=1)[0]
            elsewhere = any(word in line.text.split() for line in lines if line is not beside)
            space = " " if one.text in _WORDS_OF_A_LETTER and elsewhere else ""
            found[found.index(beside)] = replace(beside, text=one.text + space + beside.text)
            found.remove(one)
    return found


def _is_initial(one: Line, line: Line) -> bool:
    """Whether a line is the large first letter of the next one, beside which it stands."""
    letter = one.text.lstrip("\"'“‘«„")
    if len(letter) != 1 or not letter.isupper() or one.size < _INITIAL * line.size:
        return False
    beside = -0.5 * line.size < line.left - one.right < _NEAR_INITIAL * line.size
    within = one.bottom - 0.5 * line.size < line.bottom < one.bottom + one.size
    goes_on = line.text[:1].islower() or line.text.split()[0].isupper()
    return beside and within and goes_on


def _by_columns(lines: list[Line]) -> list[Line]:
    """Lines that are drawn row by row over two columns of prose, in the order that they are read in."""
    starts = Counter(round(line.left) for line in lines if len(line.text) >= _PROSE)
    for left, count in starts.most_common(4):
        if count < _LEAST_ROWS or left == min(starts):
            continue
        found: list[Line] = []
        stretch: list[Line] = []
        for line in [*lines, None]:
            if line is None or line.left < left - 2 < line.right:
                found += _read_down(stretch, left - 2)
                stretch = []
                found += [line] if line is not None else []
            else:
                stretch.append(line)
        if found != lines:
            return found
    return lines


def _read_down(lines: list[Line], middle: float) -> list[Line]:
    """Lines on both sides of the middle: first those of the left, where the two take turns."""
    sides = [[line for line in lines if (line.left >= middle) == right] for right in (False, True)]
    turns = sum((a.left >= middle) != (b.left >= middle) for a, b in pairwise(lines))
    least = min(map(len, sides))
    if least < _LEAST_ROWS or turns < least:
        return lines
    prose = all(statistics.median(len(line.text) for line in side) >= _PROSE for side in sides)
    return [*sides[0], *sides[1]] if prose else lines
