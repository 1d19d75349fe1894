"""What changed between two texts, word by word, laid out paragraph beside paragraph.

The words are those between white space; the longest runs in common are found by difflib's SequenceMatcher
(Ratcliff and Obershelp 1988), with no word taken for noise.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap, zip_longest

from seedread_index.model.article import Span

_WORD = re.compile(r"\S+")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
MOST_WORDS = 20_000
"""Words of one text that are compared; beyond them the time grows too long."""


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph of one of the texts: its offsets there, and the changed words in it."""

    start: int
    end: int
    changed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two paragraphs that answer each other; None where one text has no such paragraph."""

    old: Side | None
    new: Side | None

    @property
    def changed(self) -> bool:
        """Whether anything in them differs."""
        return any(side is None or side.changed for side in (self.old, self.new))


@dataclass(frozen=True, slots=True)
class WordDiff:
    """The paragraphs of two texts beside each other, and how many words were dropped and added."""

    pairs: tuple[Pair, ...]
    dropped: int
    added: int
    cut: bool = False
    """Whether a text was longer than what is compared."""


def word_diff(old: str, new: str) -> WordDiff:
    """What was changed from one text to another."""
    texts = [_first_words(text) for text in (old, new)]
    words = [list(_WORD.finditer(text)) for text in texts]
    a, b = ([word[0] for word in each] for each in words)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    changed: tuple[list[Span], list[Span]] = ([], [])
    partners: list[tuple[int, int]] = []
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            partners += [
                (words[0][first + step].start(), words[1][begin + step].start())
                for step in range(last - first)
            ]
        else:
            changed[0].extend(Span(*word.span()) for word in words[0][first:last])
            changed[1].extend(Span(*word.span()) for word in words[1][begin:end])
    sides = [_sides(text, spans) for text, spans in zip(texts, changed, strict=True)]
    pairs = tuple(_paired(sides[0], sides[1], partners))
    return WordDiff(pairs, len(changed[0]), len(changed[1]), texts != [old, new])


def _first_words(text: str) -> str:
    """A text up to the word of the limit."""
    for number, word in enumerate(_WORD.finditer(text), start=1):
        if number > MOST_WORDS:
            return text[: word.start()]
    return text


def _sides(text: str, changed: Sequence[Span]) -> list[Side]:
    """The paragraphs of a text, each with the changed words in it."""
    found, at = [], 0
    for match in _PARAGRAPH.finditer(text):
        inside = []
        while at < len(changed) and changed[at].start < match.end():
            inside.append(changed[at])
            at += 1
        found.append(Side(*match.span(), tuple(inside)))
    return found


def _paired(old: Sequence[Side], new: Sequence[Side], partners: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """Each paragraph beside the one that has most of its unchanged words, in the order of both texts.

    Words in common come in the same order in both, and so do the paragraphs that share them.
    """
    starts = [[side.start for side in sides] for sides in (old, new)]
    shared: dict[int, Counter[int]] = {}
    for left, right in partners:
        first, second = bisect_right(starts[0], left) - 1, bisect_right(starts[1], right) - 1
        shared.setdefault(first, Counter())[second] += 1
    done = 0
    alone: list[Side] = []  # those since the last one with a partner: they answer what came between there
    for number, side in enumerate(old):
        counts = {each: count for each, count in shared.get(number, {}).items() if each >= done}
        if not counts:
            alone.append(side)
            continue
        partner = max(counts, key=lambda each: (counts[each], -each))
        yield from starmap(Pair, zip_longest(alone, new[done:partner]))
        yield Pair(side, new[partner])
        done, alone = partner + 1, []
    yield from starmap(Pair, zip_longest(alone, new[done:]))
