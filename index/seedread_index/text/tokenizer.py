"""The one tokenizer: index, queries and snippets cut texts into the same stemmed terms with it."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import unquote

from seedread_index.model.article import Span
from seedread_index.text.compounds import Compound, compounds, joined_whole
from seedread_index.text.folding import cased, fold, folded
from seedread_index.text.stems import FORMS, TERMS, exact_term


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
    single = rf"(?<=(?<!{inside})[A-Za-z])"
    number = "|".join(rf"(?<=(?<!{inside}){digits})" for digits in (r"\d", r"\d\d", r"\d\d\d"))
    return (
        rf"{first}(?:(?=['.+\#,])(?:'[sS](?!{letter})|{single}(?:\.[A-Za-z])+(?!{letter})"
        rf"|{single}(?:\+\+|\#)(?![\w+\#])|(?:{number})(?:,\d{{3}})+(?!{letter}|,\d)))?"
    )


_ASCII_WORD = re.compile(f"({_word('[A-Za-z0-9]+', '[A-Za-z0-9]', '[A-Za-z0-9]')})", re.ASCII)
"""A word of a folded text whose letters are all ASCII; capitals may have been kept, here and below."""
_WORD = re.compile(
    "("
    + _word(
        rf"(?:[A-Za-z0-9]+|{_LETTER}){_LETTER}*(?:[{_MARKS}]+{_LETTER}*)*",
        r"[^\W_]",
        rf"{_LETTER}|[{_MARKS}]",
    )
    + rf"|[{_UNSPACED}]+)"
)
_FOREIGN_LETTER = re.compile(rf"[^\W\x00-\x7f]|[{_MARKS}{_UNSPACED}]")


def _pattern(flat: str) -> re.Pattern[str]:
    """What cuts a folded text into words; its one group is the word."""
    return _ASCII_WORD if flat.isascii() or not _FOREIGN_LETTER.search(flat) else _WORD


_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_ADDRESS_MARKS = re.compile(r"[^\w*]|_")


class Token(NamedTuple):
    """A term, where it stands in its text (code points) and how many terms stand before it."""

    term: str
    start: int
    end: int
    position: int


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
        return list(map(TERMS.__getitem__, words))
    terms: list[str] = []
    for word in words:
        if is_unspaced(word):
            terms.extend(_grams(word))
        else:
            terms.append(TERMS[word])
    return terms


def words_from(flat: str, at: int, until: int = sys.maxsize) -> Iterator[tuple[str, int, int]]:
    """The forms of the words in a folded text between two offsets, each with its start and end there, 's left
    out."""
    for match in (_ASCII_WORD if flat.isascii() else _WORD).finditer(flat, at, until):
        word = match[0]
        start, end = match.span()
        if is_unspaced(word):
            yield from ((word[at : at + 2], start + at, min(start + at + 2, end)) for at in range(len(word)))
        else:
            yield FORMS[word], start, end - 2 * word.endswith("'s")


class Located:
    """The words of a text in order, as `cut` gives them, and where each of them stands (code points)."""

    __slots__ = ("_edges", "_flat", "_grams", "compounds", "words")

    def __init__(self, text: str) -> None:
        self._flat = fold(text)
        flat = cased(text)
        pieces = _pattern(flat).split(flat)
        self._edges = array("I", accumulate(map(len, pieces)))
        """Where each word starts and ends, one after the other."""
        found = pieces[1::2]
        self.words, self.compounds = _with_grams(found, compounds(found, pieces[2:-1:2]))
        self._grams: list[tuple[int, int]] | None = None
        if len(self.words) != len(found):
            self._grams = list(_gram_places(found, self._edges))

    @property
    def terms(self) -> list[str]:
        """The terms of the words."""
        return [TERMS[FORMS[word]] for word in self.words]

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


class CutText(NamedTuple):
    """The words of a text in order, folded but for their capitals, runs of unspaced scripts as their terms;
    and the compounds among them."""

    words: list[str]
    compounds: list[Compound]


def cut(text: str) -> CutText:
    """A text cut into its words."""
    flat = cased(text)
    pieces = _pattern(flat).split(flat)
    found = pieces[1::2]
    return _with_grams(found, compounds(found, pieces[2:-1:2]))


def _with_grams(found: list[str], several: list[Compound]) -> CutText:
    """Words of which runs of unspaced scripts are replaced by their terms."""
    whole = "".join(found)
    if whole.isascii() or not _HAS_UNSPACED.search(whole):
        return CutText(found, several)
    every: list[str] = []
    at = []
    for word in found:
        at.append(len(every))
        every += _grams(word) if is_unspaced(word) else [word]
    moved = [
        each._replace(first=at[each.first], last=at[each.last])
        for each in several
        if not any(map(is_unspaced, found[each.first : each.last + 1]))
    ]
    return CutText(every, moved)


class QueryWord(NamedTuple):
    """One folded word of a query: the terms that must follow each other; `open` marks a lone character of an
    unspaced script, which stands for every term that starts with it.

    `form` is the word as it is in a text (`stems`), and `exact` the term that it stands for where only this
    form of it is wanted, else "".
    """

    surface_form: str
    terms: tuple[str, ...]
    open: bool
    form: str = ""
    exact: str = ""


def query_words(text: str) -> list[QueryWord]:
    """The words of a piece of a query; pieces such as O'Brien or 3.14 give several."""
    found = []
    flat = cased(text)
    for word in _pattern(flat).findall(flat):
        if not is_unspaced(word):
            form = FORMS[word]
            found.append(QueryWord(form.lower(), (TERMS[form],), False, form))
        elif len(word) == 1:
            found.append(QueryWord(word, (word,), True))
        else:
            found.append(QueryWord(word, tuple(_grams(word)[:-1]), False))
    return found


def exactly(word: QueryWord, *, case: bool = False) -> QueryWord:
    """A word of which only this form is wanted; with `case` one in capitals only where these are."""
    if not word.form:
        return word
    return word._replace(exact=exact_term(word.form if case else word.form.lower()))


def joined_word(text: str) -> QueryWord | None:
    """The one word that a piece of a query is without the marks inside; None where there are none."""
    flat = cased(text)
    before, *pieces, after = _pattern(flat).split(flat)
    word = "" if before or after not in ("", ".") else joined_whole(pieces[::2], pieces[1::2])
    return QueryWord(word, (TERMS[word],), False, word) if word else None


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
