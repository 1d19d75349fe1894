"""Rows of capitalised words with the small words that join names."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seedread_index.ner.gazetteer import OTHER_FUNCTION_WORDS, PARTICLES, choice, is_first_name
from seedread_index.text.romanisation import CAPITALS

_INITIAL = rf"[{CAPITALS}]\.(?:-?[{CAPITALS}]\.)*"
_CAPITAL_WORD = rf"(?:{_INITIAL}|[{CAPITALS}](?:[\w’'-]*\w)?)"
_SMALL = rf"(?:{choice('joiners')}|do|das|della|dei|ten|ter|zu|y|e)"
_GERMAN_SMALL = r"(?:von(?: de[rnm])?|van(?: de[rn])?|zu|de|di|da|al|bin|ibn|el)"
_FIRST_WORD = rf"(?<![\w@#/.-]){_CAPITAL_WORD}"
_CHAINS = {
    "": re.compile(rf"{_FIRST_WORD}(?: (?:{_SMALL} (?:{_SMALL} )?)?{_CAPITAL_WORD}){{0,8}}"),
    "de": re.compile(rf"{_FIRST_WORD}(?: (?:{_GERMAN_SMALL} )?{_CAPITAL_WORD}){{0,8}}"),
}
"""Rows of capitalised words; articles join no names in German."""
_LETTERS = re.compile(r"(?<![\w’'-])[^\W\d_]+(?![\w-])")
_TOKEN = re.compile(r"\S+")
_ELISION = re.compile(r"(?:[LDlds]|[DdNnSs]?[Ee]?[Ll]l|[Uu]n|[Qq]u)['’](?=\w)")


class Token(NamedTuple):
    """A word of a row."""

    start: int
    end: int
    text: str


def small_words(text: str) -> frozenset[str]:
    """The words that stand in small letters in a text of any script."""
    return frozenset(filter(str.islower, _LETTERS.findall(text)))


def rows(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Where rows of capitalised words begin and end, with the small words that join names."""
    return (match.span() for match in _CHAINS.get(lang, _CHAINS[""]).finditer(text))


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words of a row, without what only begins the sentence and without an elided article."""
    tokens = []
    for match in _TOKEN.finditer(text, start, end):
        first = match.start()
        if elision := _ELISION.match(text, first, match.end()):
            first = elision.end()
        tokens.append(Token(first, match.end(), sys.intern(text[first : match.end()])))
    while tokens and (tokens[0].text in OTHER_FUNCTION_WORDS or tokens[0].text.casefold() in PARTICLES):
        if is_first_name(tokens[0].text) and len(tokens) > 1 and tokens[0].text not in OTHER_FUNCTION_WORDS:
            break
        tokens.pop(0)
    return tokens


def shouts(tokens: Sequence[Token]) -> bool:
    """Whether words are in capitals throughout as a heading's are: they are no acronyms then."""
    loud = [token.text for token in tokens if len(token.text) > 1 and token.text.isupper()]
    return len(loud) > 1
