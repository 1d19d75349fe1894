"""Goes through a long text piece by piece, so that no list of all its words is ever held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

PIECE = 250_000
"""Characters of a piece, about; shorter texts are one."""
_BETWEEN = re.compile(r"[\s。、，．！？]")
"""What no word holds, in scripts without spaces either."""
_SPACE = re.compile(r"\s")


def pieces(text: str, start: int, end: int, between: re.Pattern[str] = _BETWEEN) -> Iterator[tuple[int, int]]:
    """A stretch of a text cut between words; it gives the same words in pieces as in one."""
    while end - start > 2 * PIECE:
        edge = between.search(text, start + PIECE, end)
        if edge is None:
            break
        yield start, edge.start()
        start = edge.start()
    yield start, end


def words_in(text: str, start: int, end: int) -> int:
    """How many words stand in a stretch of a text."""
    return sum(count_words(text[first:last]).total for first, last in pieces(text, start, end, _SPACE))


_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class WordCount(NamedTuple):
    """Words that white space parts, and characters of Chinese and Japanese, each of which is one more."""

    spaced: int
    ideographs: int

    @property
    def total(self) -> int:
        """All words."""
        return self.spaced + self.ideographs


def count_words(text: str) -> WordCount:
    """The words of a text."""
    ideographs = 0
    if not text.isascii():
        text, ideographs = _IDEOGRAPH.subn(" ", text)
    return WordCount(len(text.split()), ideographs)
