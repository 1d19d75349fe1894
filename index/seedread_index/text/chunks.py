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


_UNSPACED = r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_HAS_UNSPACED = re.compile(_UNSPACED)
_UNSPACED_OR_WORD = re.compile(rf"{_UNSPACED}|[^\W{_UNSPACED[1:-1]}]+")
_WORD = re.compile(r"\w+")
_MARKS = "’‘“”–—…•\u00a0"
"""What most texts in English have beside ASCII; none of it is in a word."""
_BLANKS = str.maketrans({code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")})


def bare_words(text: str) -> list[str]:
    """The words of a text, folded and without punctuation; in scripts without spaces each letter is one."""
    text = text.casefold()
    plain = text
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    if plain.isascii():
        return plain.translate(_BLANKS).split()
    return (_UNSPACED_OR_WORD if _HAS_UNSPACED.search(text) else _WORD).findall(text)
