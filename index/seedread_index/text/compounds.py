"""Words that a mark or the end of a line parts, and the one word that they are together.

co-operation is cooperation, F-16 is F16, Sana'a is Sanaa, 1'000 is 1000, Ph.D. is PhD, J. K. Rowling is JK
Rowling; and what a hyphen breaks at the end of a line is one word. Not so what an apostrophe shortens: I'll
is not ill.
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
_DOT, _INITIALS = ".", ". "
_LONGEST_SHORT, _LONGEST_ABBREVIATION = 3, 5
"""Letters of a part of an abbreviation such as Ph.D., and of all of it."""
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
            or (mark == _DOT and _abbreviates(parts[at], parts[at + 1]))
            or (mark == _INITIALS and _are_initials(parts, between, at))
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
    if not 1 < len(parts) <= _MOST_PARTS or not all(mark in _MARKS or mark == _DOT for mark in between):
        return ""
    if not all(
        _joins(left, mark, right) for (left, right), mark in zip(pairwise(parts), between, strict=True)
    ):
        return ""
    return _together(parts)


def _breaks(mark: str) -> bool:
    """Whether a hyphen stands at the end of a line."""
    return mark[0] in _HYPHENS and "\n" in mark and not mark[1:].strip()


def _abbreviates(left: str, right: str) -> bool:
    """Whether two words that a dot parts are the halves of an abbreviation, as in Ph.D. and M.Sc."""
    longest = max(len(left), len(right))
    short = longest <= _LONGEST_SHORT and len(left) + len(right) <= _LONGEST_ABBREVIATION
    return short and left.isalpha() and right.isalpha()


def _are_initials(parts: Sequence[str], between: Sequence[str], at: int) -> bool:
    """Whether a word and the next are initials before a name or before more of them."""
    return (
        at + 2 < len(parts)
        and between[at + 1] == _INITIALS
        and all(len(part) == 1 and part.isupper() for part in parts[at : at + 2])
        and parts[at + 2][0].isupper()
    )


def _chain(parts: Sequence[str], between: Sequence[str], first: int, last: int) -> list[Compound]:
    """Of words that are parted by marks alone each two neighbours, and all of them; of a number and of
    initials all."""
    good = [_joins(parts[at], between[at], parts[at + 1]) for at in range(first, last)]
    broken = [between[at][0] in _MARKS and len(between[at]) > 1 for at in range(first, last)]
    stretches = [
        (first + at, first + at + 1)
        for at, joins in enumerate(good)
        if joins and not (len(good) > 1 and _whole_only(parts, between, first + at))
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


def _whole_only(parts: Sequence[str], between: Sequence[str], at: int) -> bool:
    """Whether a word and the next are one word with all that follow alone: 1'000'000, J. R. R. Tolkien."""
    return between[at] == _INITIALS or (parts[at].isdigit() and parts[at + 1].isdigit())


def _joins(left: str, mark: str, right: str) -> bool:
    """Whether two words that a mark parts may be written as one."""
    if mark == _INITIALS:
        return True
    if mark == _DOT and not _abbreviates(left, right):
        return False
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
