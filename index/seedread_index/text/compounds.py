"""Words that a mark or the end of a line parts, and the one word that they are together.

co-operation is cooperation, F-16 is F16, Sana'a is Sanaa, 1'000 is 1000; and what a hyphen breaks at the end
of a line is one word. Not so what an apostrophe shortens: I'll is not ill.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from seedread_index.text.stems import FORMS, FUNCTION_WORDS, GOING_ON, JOINED
from seedread_index.text.word_lists import words

_HYPHENS = "-\u2010\u2011"
_MARKS = frozenset((*_HYPHENS, "/", "'"))
_APOSTROPHE = "'"
GAPS = "\u00a0\u2009\u202f"
"""Blanks that part the thousands of a number: 1\u202f000."""
_THOUSANDS = frozenset((*GAPS, _APOSTROPHE))
_LONGEST = 40
"""Characters of a word of several parts."""
_MOST_PARTS = 4
_BEFORE = words("text", "before an apostrophe", "english.txt")
"""What an apostrophe shortens before a word: l'homme, dell'arte."""
_AFTER = words("text", "after an apostrophe", "english.txt")
"""What an apostrophe shortens after one."""
_SUBJECTS = words("text", "subjects", "english.txt")
"""What 'd and 'm follow where they are would and am."""


class Compound(NamedTuple):
    """The words from `first` to `last` as one `form`; `broken` where the ends of lines alone part them."""

    first: int
    last: int
    form: str
    broken: bool

    def places(self) -> list[tuple[int, str]]:
        """The forms that it adds to the index, each with the word at which it stands."""
        found = [(self.first, self.form)]
        if self.broken:
            found += [(at, GOING_ON + self.form.lower()) for at in range(self.first + 1, self.last + 1)]
        return found


def compounds(parts: Sequence[str], between: Sequence[str]) -> list[Compound]:
    """The compounds among words, folded but for capitals, with what stands between each and the next."""
    marked = [
        at
        for at, mark in enumerate(between)
        if mark != " "
        and (
            mark in _MARKS
            or (mark[:1] in _MARKS and _breaks(mark))
            or (mark in _THOUSANDS and parts[at].isdigit() and parts[at + 1].isdigit())
        )
    ]
    found: list[Compound] = []
    start = 0
    while start < len(marked):
        end = start + 1
        while end < len(marked) and marked[end] == marked[end - 1] + 1:
            end += 1
        found += _chain(parts, between, marked[start], marked[end - 1] + 1)
        start = end
    return found


def joined_whole(parts: Sequence[str], between: Sequence[str]) -> str:
    """The folded word that all of some words are together; "" where they are none."""
    if not 1 < len(parts) <= _MOST_PARTS or not all(mark in _MARKS for mark in between):
        return ""
    if not all(
        _joins(left, mark, right) for (left, right), mark in zip(pairwise(parts), between, strict=True)
    ):
        return ""
    return _together(parts)


def _breaks(mark: str) -> bool:
    """Whether a hyphen stands at the end of a line."""
    return mark[0] in _HYPHENS and "\n" in mark and not mark[1:].strip()


def _chain(parts: Sequence[str], between: Sequence[str], first: int, last: int) -> list[Compound]:
    """Of words that are parted by marks alone each two neighbours, and all of them; of a number all."""
    good = [_joins(parts[at], between[at], parts[at + 1]) for at in range(first, last)]
    broken = [len(between[at]) > 1 for at in range(first, last)]
    stretches = [
        (first + at, first + at + 1)
        for at, joins in enumerate(good)
        if joins and not (parts[first + at + 1].isdigit() and len(good) > 1 and parts[first + at].isdigit())
    ]
    if len(good) > 1 and all(good) and last - first < _MOST_PARTS:
        stretches.append((first, last))
    found = []
    for start, end in stretches:
        if word := _together(parts[start : end + 1]):
            whole = all(broken[start - first : end - first])
            found.append(Compound(start, end, word if whole else JOINED + word, whole))
    return found


def _together(parts: Sequence[str]) -> str:
    word = "".join(FORMS[part] for part in parts).lower()
    return word if len(word) <= _LONGEST and word not in FUNCTION_WORDS else ""


def _joins(left: str, mark: str, right: str) -> bool:
    """Whether two words that a mark parts may be written as one."""
    if len(mark) > 1:
        return left.isalpha() and right.isalpha() and right[0].islower()
    if left.isdigit() and right.isdigit():
        return mark in _THOUSANDS and len(left) <= 3 == len(right)
    if not (left.isalnum() and FORMS[right].isalnum()):
        return False
    before, after = left.lower(), right.lower()
    if mark == _APOSTROPHE:
        return not (
            before in _BEFORE
            or after in _AFTER
            or (after in ("d", "m") and before in _SUBJECTS)
            or (after == "t" and before.endswith("n"))
        )
    return not (before in FUNCTION_WORDS and after in FUNCTION_WORDS)
