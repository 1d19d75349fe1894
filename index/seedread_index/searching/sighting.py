"""Finds words and phrases in a folded text by looking at no more of it than their beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import merge

from seedread_index.storage.analysis import words_from

_APART = frozenset(' \n\t\r\u00a0-/:;!?()[]"“”„«»—–…。、，！？「」')
"""Characters that no word holds and by which none is recognised: between two of them words are cut as in the
whole text."""
_APART_AGAIN = re.compile(f"[{re.escape(''.join(sorted(_APART)))}]")
_NEAR = 64
"""Characters that are walked back one by one."""
_FAR_FROM_STEM = {"die": "d", "lie": "l", "tie": "t"}
"""Stems of dying, lying and tying."""


def sightings(flat: str, slots: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Where terms of the slots follow each other in a folded text, in order."""
    done = 0
    for at in _beginnings(flat, slots[0]):
        if at < done:
            continue
        begin, done = _chunk(flat, at, done)
        if len(slots) == 1:
            for term, start, end in words_from(flat, begin, done):
                if term in slots[0]:
                    yield start, end
            continue
        row: list[tuple[str, int, int]] = []
        for word in words_from(flat, begin):
            row.append(word)
            if len(row) < len(slots):
                continue
            first, *_ = row
            if first[1] >= done:
                break
            if all(word[0] in slot for word, slot in zip(row, slots, strict=True)):
                yield first[1], row[-1][2]
            del row[0]


def beginnings_of(term: str) -> tuple[str, ...]:
    """What every spelling of a term in a folded text begins with, one or the other.

    A stem is its word without the end, of which porter2 changes two letters at most.
    """
    if not term.isascii() or not term.isalnum():
        return (term,)
    if term.isdigit():
        return (term, f"{term[: (len(term) - 1) % 3 + 1]},") if len(term) > 3 else (term,)
    if not term.isalpha() or len(term) < 2:
        return (term,)
    kept = _FAR_FROM_STEM.get(term) or term[: len(term) if len(term) < 3 else -1 if len(term) < 5 else -2]
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
