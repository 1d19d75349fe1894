"""The one tokenizer: index, queries and snippets cut texts into the same stemmed terms with it."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple
from urllib.parse import unquote

from whoosh.lang import porter2

from seedread_index.model.article import Span
from seedread_index.text.folding import fold, folded

LONGEST = 64
"""Characters of a term that count; longer runs (encoded data, for instance) are cut here."""


def _ranges(blocks: Iterable[tuple[int, int]], wanted: str) -> str:
    """A regular expression's ranges of the characters in `blocks` whose category starts as `wanted`."""
    pieces = []
    for first, last in blocks:
        begin = None
        for code in range(first, last + 2):
            good = code <= last and unicodedata.category(chr(code))[0] in wanted
            if good and begin is None:
                begin = code
            elif not good and begin is not None:
                pieces.append(f"{chr(begin)}-{chr(code - 1)}")
                begin = None
    return "".join(pieces)


_UNSPACED = (
    _ranges(((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF)), "LMN")
    + "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f"
)
"""Scripts written without spaces (or with particles glued on, as Korean), indexed by pairs of characters."""
_MARKS = _ranges(((0x0900, 0x0DFF), (0x0F00, 0x0FFF), (0x1700, 0x177F), (0x1800, 0x1FFF)), "M")

_LETTER = rf"[^\W_{_UNSPACED}]"


def _word(first: str, letter: str, inside: str) -> str:
    """A word: what it is made of `first`, and what may follow after that.

    That is 's, or, after a single letter or up to three digits, what makes one term of U.S. and U.N., of C++
    and C#, and of 1,000,000. `letter` is one that would go on with the word, `inside` one that it may hold.
    """
    single = rf"(?<=(?<!{inside})[a-z])"
    number = "|".join(rf"(?<=(?<!{inside}){digits})" for digits in (r"\d", r"\d\d", r"\d\d\d"))
    return (
        rf"{first}(?:(?=['.+\#,])(?:'s(?!{letter})|{single}(?:\.[a-z])+(?!{letter})"
        rf"|{single}(?:\+\+|\#)(?![\w+\#])|(?:{number})(?:,\d{{3}})+(?!{letter}|,\d)))?"
    )


_ASCII_WORD = re.compile(f"({_word('[a-z0-9]+', '[a-z0-9]', '[a-z0-9]')})", re.ASCII)
"""A word of a folded text whose letters are all ASCII."""
_WORD = re.compile(
    "("
    + _word(
        rf"(?:[a-z0-9]+|{_LETTER}){_LETTER}*(?:[{_MARKS}]+{_LETTER}*)*", r"[^\W_]", rf"{_LETTER}|[{_MARKS}]"
    )
    + rf"|[{_UNSPACED}]+)"
)
_FOREIGN_LETTER = re.compile(rf"[^\W\x00-\x7f]|[{_MARKS}{_UNSPACED}]")


def _pattern(flat: str) -> re.Pattern[str]:
    """What cuts a folded text into words; its one group is the word."""
    return _ASCII_WORD if flat.isascii() or not _FOREIGN_LETTER.search(flat) else _WORD


_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_stem: Any = porter2.stem
_ADDRESS_MARKS = re.compile(r"[^\w*]|_")
_JOINTS = str.maketrans("", "", ".,")


class Token(NamedTuple):
    """A term, where it stands in its text (code points) and how many terms stand before it."""

    term: str
    start: int
    end: int
    position: int


class _Stems(dict[str, str]):
    """Terms by surface form, worked out when first met; emptied when it has grown too large."""

    def __missing__(self, surface_form: str) -> str:
        if len(self) > 150_000:
            self.clear()
        self[surface_form] = term = sys.intern(_term(surface_form))
        return term


def _term(surface_form: str) -> str:
    word = plain(surface_form)
    return str(_stem(word)) if word.isascii() and word.isalpha() else word


def plain(surface_form: str) -> str:
    """The form of a word that is shown and completed: without 's and the dots and commas inside."""
    word = surface_form.removesuffix("'s")
    if not word.isalnum() and word.isascii():
        word = word.translate(_JOINTS)
    return word[:LONGEST]


_STEMS = _Stems()


def term_of(surface_form: str) -> str:
    """The term of one folded word."""
    return _STEMS[surface_form]


def surface_forms(text: str) -> list[str]:
    """The folded words of a text in order; a run of an unspaced script is one of them."""
    flat = folded(text)
    return _pattern(flat).findall(flat)


def address_words(address: str) -> str:
    """An address as text of its words: marks are blanks, but for *; percent signs with digits are letters."""
    return _ADDRESS_MARKS.sub(" ", unquote(address))


def is_unspaced(surface_form: str) -> bool:
    """Whether a folded word belongs to a script that is indexed by pairs of characters."""
    return not surface_form.isascii() and _HAS_UNSPACED.match(surface_form) is not None


def _grams(run: str) -> list[str]:
    """The pairs of a run and its last character: every character is the start of a term."""
    return [run[index : index + 2] for index in range(len(run))]


def terms_of(words: Sequence[str]) -> list[str]:
    """The terms of folded words, as they are indexed."""
    joined = "".join(words)
    if joined.isascii() or not _HAS_UNSPACED.search(joined):
        return list(map(_STEMS.__getitem__, words))
    terms: list[str] = []
    for word in words:
        if is_unspaced(word):
            terms.extend(_grams(word))
        else:
            terms.append(_STEMS[word])
    return terms


def words_from(flat: str, at: int, until: int = sys.maxsize) -> Iterator[tuple[str, int, int]]:
    """The terms of a folded text between two offsets, each with its start and end there, 's left out."""
    for match in (_ASCII_WORD if flat.isascii() else _WORD).finditer(flat, at, until):
        word = match[0]
        start, end = match.span()
        if is_unspaced(word):
            yield from ((word[at : at + 2], start + at, min(start + at + 2, end)) for at in range(len(word)))
        else:
            yield _STEMS[word], start, end - 2 * word.endswith("'s")


class Located:
    """The terms of a text in order, and where each of them stands (code points)."""

    __slots__ = ("_edges", "_flat", "_grams", "terms")

    def __init__(self, text: str) -> None:
        self._flat = fold(text)
        pattern = _pattern(self._flat.text)
        pieces = pattern.split(self._flat.text)
        self._edges = array("I", accumulate(map(len, pieces)))
        """Where each word starts and ends, one after the other."""
        words = pieces[1::2]
        self.terms = terms_of(words) if pattern is _WORD else list(map(_STEMS.__getitem__, words))
        self._grams: list[tuple[int, int]] | None = None
        if len(self.terms) != len(words):
            self._grams = list(_gram_places(words, self._edges))

    def span(self, index: int) -> Span:
        """Where the term of that index stands, 's left out."""
        if self._grams is not None:
            start, end = self._grams[index]
        else:
            start, end = self._edges[2 * index : 2 * index + 2]
        if self._flat.text.endswith("'s", start, end):
            end -= 2
        return self._flat.span(start, end)


def _gram_places(words: Sequence[str], edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where terms start and end where runs of an unspaced script give several."""
    for index, word in enumerate(words):
        start, end = edges[2 * index], edges[2 * index + 1]
        if is_unspaced(word):
            yield from ((at, min(at + 2, end)) for at in range(start, end))
        else:
            yield start, end


def tokens(text: str) -> list[Token]:
    """Every token of a text with its offsets."""
    located = Located(text)
    return [Token(term, *located.span(position), position) for position, term in enumerate(located.terms)]


class QueryWord(NamedTuple):
    """One folded word of a query: the terms that must follow each other; `open` marks a lone character of an
    unspaced script, which stands for every term that starts with it."""

    surface_form: str
    terms: tuple[str, ...]
    open: bool


def query_words(text: str) -> list[QueryWord]:
    """The words of a piece of a query; pieces such as O'Brien or 3.14 give several."""
    found = []
    for surface_form in surface_forms(text):
        if not is_unspaced(surface_form):
            found.append(QueryWord(plain(surface_form), (_STEMS[surface_form],), False))
        elif len(surface_form) == 1:
            found.append(QueryWord(surface_form, (surface_form,), True))
        else:
            found.append(QueryWord(surface_form, tuple(_grams(surface_form)[:-1]), False))
    return found


def segments(length: int, hidden: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """A text cut at the edges of its hidden spans: start, end and whether it is hidden."""
    last = 0
    for start, end in hidden:
        if start > last:
            yield last, start, False
        if end > start:
            yield start, end, True
        last = max(last, end)
    if last < length:
        yield last, length, False
