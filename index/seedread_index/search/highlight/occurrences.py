"""Where words and phrases stand in a text, found by looking at no more of it than their beginnings."""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import merge

from seedread_index.model.deadline import Deadline
from seedread_index.text.compounds import GAPS
from seedread_index.text.stems import EXACT, JOINED, TERMS, irregular_forms
from seedread_index.text.tokenizer import Located, words_from

Word = tuple[str, int, int]
"""The form of a word with its start and end."""

_APART = frozenset(' \n\t\r\u00a0-/:;!?()[]"“”„«»—–…。、，！？「」')
"""Characters that no word holds and by which none is recognised: between two of them words are cut as in the
whole text."""
_APART_AGAIN = re.compile(f"[{re.escape(''.join(sorted(_APART)))}]")
_GAP = rf"(?<=\d)[{GAPS}](?=\d)"
_HYPHENS = r"[-\u2010\u2011/']"
_DOT = r"(?<=[^\W\d_])\.(?=[^\W\d_])|(?<=\b[A-Z])\. (?=[A-Z])"
"""A dot inside an abbreviation, or behind an initial."""
_MARK = re.compile(
    rf"[-\u2010\u2011/'.{GAPS}](?:(?<=[^\W_]{_HYPHENS})(?=[^\W_]|[ \t]*\n\s*[^\W_])|(?<=\d[{GAPS}])(?=\d)"
    r"|(?<=[^\W\d_]\.)(?=[^\W\d_])|(?<=\b[A-Z]\.)(?= [A-Z]))"
)
"""A mark between words, the end of a line after it or not, the blank inside a number, or such a dot; what it
may begin with comes first, which is looked for far faster."""
_CHAIN = re.compile(rf"[^\W_]+(?:(?:{_HYPHENS}(?:[ \t]*\n\s*)?|{_GAP}|{_DOT})[^\W_]+)*")
"""Words that marks part alone."""
_PARTING = re.compile(r"[-\u2010\u2011/'.\s]+")
_NEAR = 64
"""Characters that are walked back one by one."""
_FAR_FROM_STEM = {"die": "d", "lie": "l", "tie": "t"}
"""Stems of dying, lying and tying."""


def occurrences(flat: str, slots: Sequence[frozenset[str]], deadline: Deadline) -> Iterator[tuple[int, int]]:
    """Where terms of the slots follow each other in a folded text, in order; those before the deadline.

    A word is cut once, however many phrases may begin near it.
    """
    row: deque[Word] = deque()
    words: Iterator[Word] = iter(())
    done = 0
    for at in _beginnings(flat, slots[0]):
        if at < done:
            continue
        if deadline.over():
            return
        begin, done = _chunk(flat, at, done)
        while row and row[0][1] < begin:
            row.popleft()
        if not row:
            words = words_from(flat, begin, done if len(slots) == 1 else sys.maxsize)
        while (row or _go_on(row, words)) and row[0][1] < done:
            if _follow(row, words, slots):
                yield row[0][1], row[len(slots) - 1][2]
            row.popleft()


def _go_on(row: deque[Word], words: Iterator[Word]) -> bool:
    """Take one word more into the row; False at the end of the text."""
    if (word := next(words, None)) is None:
        return False
    row.append(word)
    return True


def _follow(row: deque[Word], words: Iterator[Word], slots: Sequence[frozenset[str]]) -> bool:
    """Whether the row begins with a term of each slot; it is made no longer than that takes."""
    if any(not _meets(word[0], slot) for word, slot in zip(row, slots, strict=False)):
        return False
    while len(row) < len(slots):
        if not _go_on(row, words) or not _meets(row[-1][0], slots[len(row) - 1]):
            return False
    return True


def _meets(form: str, slot: frozenset[str]) -> bool:
    """Whether a form of a word, in small letters, stands for any of some terms."""
    return TERMS[form] in slot or EXACT + form in slot


def joined_occurrences(text: str, slot: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where parts that a mark or the end of a line joins are together a word of a slot; the text is folded
    but for its capitals."""
    if not any(_is_chain(text, match.start()) for match in _may_begin(slot).finditer(text.lower())):
        return
    needles, done = _needles(slot), 0
    for mark in _MARK.finditer(text):
        if mark.start() < done:
            continue
        begin = mark.start()
        while begin > done and text[begin - 1].isalnum():
            begin -= 1
        if (match := _CHAIN.match(text, begin)) is None:
            continue
        done = match.end()
        together = _PARTING.sub("", match[0]).lower()
        if not any(needle in together for needle in needles):
            continue
        located = Located(match[0])
        for compound in located.compounds:
            if not slot.isdisjoint((TERMS[compound.form], EXACT + compound.form, compound.form)):
                start, end = located.span(compound.first).start, located.span(compound.last).end
                yield match.start() + start, match.start() + end


def _is_chain(text: str, at: int) -> bool:
    """Whether the word that begins at an offset goes on behind a mark."""
    match = _CHAIN.match(text, at)
    return match is not None and not match[0].isalnum()


@lru_cache(256)
def _may_begin(slot: frozenset[str]) -> re.Pattern[str]:
    """Where a word begins as terms of a slot do, marks between its letters or not."""
    between = rf"(?:{_HYPHENS}(?:[ \t]*\n\s*)?|\. ?|[{GAPS}])?"
    words = (between.join(map(re.escape, needle)) for needle in _needles(slot) if needle.isalnum())
    return re.compile("|".join(f"{word[0]}(?<![^\\W_].){word[1:]}" for word in words) or r"(?!)")


def beginnings_of(term: str) -> tuple[str, ...]:
    """What every spelling of a term in a folded text begins with, one or the other.

    A stem is its word without the end, of which porter2 changes two letters at most; irregular forms have
    beginnings of their own.
    """
    if term[:1] in (EXACT, JOINED):
        return _spellings(term[1:], term[1:])
    others = [each for form in irregular_forms(term) for each in _spellings(form, form)]
    kept = _FAR_FROM_STEM.get(term) or term[: len(term) if len(term) < 3 else -1 if len(term) < 5 else -2]
    return (*_spellings(term, kept), *others)


def _spellings(term: str, kept: str) -> tuple[str, ...]:
    """What spellings begin with of which so many letters are kept: those, or two with a dot between."""
    if not term.isascii() or not term.isalnum():
        return (term,)
    if term.isdigit():
        return (term, f"{term[: (len(term) - 1) % 3 + 1]},") if len(term) > 3 else (term,)
    if not term.isalpha() or len(term) < 2:
        return (term,)
    return (kept, f"{term[0]}.{term[1]}")


def _beginnings(flat: str, terms: frozenset[str]) -> Iterator[int]:
    """Where any of the terms may begin."""
    return merge(*(_everywhere(flat, needle) for needle in _needles(terms)))


@lru_cache(256)
def _needles(terms: frozenset[str]) -> tuple[str, ...]:
    """What the terms begin with, nothing that begins with another of them."""
    needles: list[str] = []
    for needle in sorted({each for term in terms for each in beginnings_of(term)}):
        if not needles or not needle.startswith(needles[-1]):
            needles.append(needle)
    return tuple(needles)


def _everywhere(flat: str, needle: str) -> Iterator[int]:
    at = flat.find(needle)
    while at >= 0:
        yield at
        at = flat.find(needle, at + 1)


def _chunk(flat: str, at: int, done: int) -> tuple[int, int]:
    """The stretch about an offset in which words are cut as in the whole text."""
    begin = at
    while begin > done and flat[begin - 1] not in _APART:
        begin -= 1
        if at - begin > _NEAR:
            begin = max(done, 1 + max(flat.rfind(mark, done, begin) for mark in _APART))
            break
    match = _APART_AGAIN.search(flat, at)
    return begin, match.start() if match else len(flat)
