"""Makes the leaves of a query: words, phrases, patterns, names and dates, each from one sign."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NoReturn

from seedread_index.errors import QueryError
from seedread_index.folding import folded
from seedread_index.searching.languages import code_of
from seedread_index.searching.lexer import BEFORE, Kind, Sign
from seedread_index.searching.nodes import (
    DATE_FIELDS,
    ENTITY_FIELDS,
    And,
    Dates,
    Fuzzy,
    Named,
    Node,
    Pattern,
    Phrase,
    Word,
)
from seedread_index.searching.periods import parse_period
from seedread_index.searching.wildcards import asked, wild
from seedread_index.storage.analysis import QueryWord, is_unspaced, query_words, surfaces

MOST_PATTERNS = 8
DEFAULT_NEAR = 5
_FARTHEST = 1000
_FUZZY = re.compile(r"(.+?)~(\d?)")
_BEGINNING = re.compile(r"(?<!\S)([^\W_]{2,})\*(?=[\s,.;:!?]|$)")
_LOST = re.compile(r"(?<!\S)(?:\w?\*|\w+\*\w+)(?!\S)")
"""Words of a phrase whose * would be lost."""
_TWO_LETTERS = re.compile(r"[^\W_]{2}")
_DATE_HINT = 'write date:2020-02, date:2020-02-01..2020-03-15, date:>2020 or since:"last week"'


class Leaves:
    """Reads the leaves of one query, `length` characters long; where `forgiving`, wrong ones are left out."""

    def __init__(self, length: int, today: dt.date, *, typing: bool, forgiving: bool) -> None:
        self._length = length
        self._today = today
        self._typing = typing
        self._forgiving = forgiving
        self._patterns = 0

    def leaf(self, field: str | None, sign: Sign) -> Node | None:
        """The node of a word or phrase of a field; None where nothing is in it. Raises QueryError."""
        if field == BEFORE or field in DATE_FIELDS:
            return self._dates(field, sign)
        if field in ENTITY_FIELDS:
            return self._named(field, sign)
        if field == "lang":
            sign = sign._replace(text=code_of(sign.text))
        return self._phrase(field, sign) if sign.kind is Kind.PHRASE else self._word(field, sign)

    def near(self, left: Word | Phrase, sign: Sign, right: Word | Phrase) -> Node:
        """What stands on both sides of NEAR as words near each other."""
        words = (*left.words, *right.words)
        text = f"{left.text} {right.text}"
        return Phrase(left.field, text, words, self._slop(sign), right.completing, left.position)

    def _named(self, field: str, sign: Sign) -> Node | None:
        name = sign.text.strip()
        if ("*" in name or "?" in name) and not self._forgiving and not _TWO_LETTERS.search(name):
            fail("a * or ? needs two letters beside it", f"write, for instance, {field}:Erdo*", sign)
        return Named(field, name, sign.start) if name else None

    def _dates(self, field: str, value: Sign) -> Node | None:
        if value.kind is Kind.OPEN:
            fail(f"{field}: takes one date", _DATE_HINT, value)
        try:
            text = f"<{value.text}" if field == BEFORE else value.text
            first, last = parse_period(text, self._today)
        except ValueError as error:
            if self._forgiving:
                return None
            fail(str(error), _DATE_HINT, value)
        if field == "since":
            return Dates(first, None)
        if field == "until":
            return Dates(None, last)
        return Dates(first, last)

    def _slop(self, sign: Sign) -> int | None:
        slop = DEFAULT_NEAR if sign.slop == -1 else sign.slop
        if slop is not None and slop > _FARTHEST:
            fail("words cannot be that far apart and near", f"use at most {_FARTHEST}", sign)
        return slop

    def _phrase(self, field: str | None, sign: Sign) -> Node | None:
        words = tuple(self._phrase_words(sign))
        if not words:
            if not sign.text.strip() or self._forgiving:
                return None
            fail("there is no word between the quotes", "write the words to find", sign)
        slop = self._slop(sign)
        completing = self._completes(sign) and not sign.closed
        if len(words) == 1 and words[0].surface.endswith("*"):
            prefix = words[0].surface[:-1]
            return Pattern(field, prefix, f"{prefix}*", sign.start)
        if len(words) == 1 and len(words[0].terms) == 1:
            return Word(field, sign.text, words, completing, sign.start)
        return Phrase(field, sign.text, words, slop, completing, sign.start)

    def _phrase_words(self, sign: Sign) -> Iterator[QueryWord]:
        """The words of a phrase; one that ends in * stands for every word that begins so."""
        if not self._forgiving and _LOST.search(sign.text):
            fail(
                "in a phrase a * ends a word of two letters",
                'write "the gov* of"; "a b"~1 spans a word',
                sign,
            )
        at = 0
        for match in _BEGINNING.finditer(sign.text):
            begun = surfaces(match[1])
            if len(begun) != 1 or is_unspaced(begun[0]):
                continue
            yield from query_words(sign.text[at : match.start()])
            self._count_pattern(sign)
            yield QueryWord(f"{begun[0]}*", (), False)
            at = match.end()
        yield from query_words(sign.text[at:])

    def _word(self, field: str | None, sign: Sign) -> Node | None:
        if ("*" in sign.text or "?" in sign.text) and "://" not in sign.text:
            return self._pattern(field, sign)
        if fuzzy := _FUZZY.fullmatch(sign.text):
            words = surfaces(fuzzy[1])
            if len(words) == 1 and not is_unspaced(words[0]):
                self._count_pattern(sign)
                distance = min(int(fuzzy[2]) if fuzzy[2] else 1, 2)
                if not distance:
                    return self._plain(field, sign, words[0])
                return Fuzzy(field, words[0], distance, sign.start)
        return self._plain(field, sign, sign.text)

    def _plain(self, field: str | None, sign: Sign, text: str) -> Node | None:
        words = tuple(query_words(text))
        if not words:
            return None
        return Word(field, text, words, self._completes(sign), sign.start)

    def _pattern(self, field: str | None, sign: Sign) -> Node | None:
        """A word with * or ?, or a question mark that ends a sentence."""
        text = folded(sign.text)
        if (word := asked(text)) is not None:
            return self._plain(field, sign, word)
        found = wild(text)
        if found is None:
            if self._forgiving:
                return self._plain(field, sign, sign.text)
            fail("a * or ? needs two letters before it", "write, for instance, gover*", sign)
        self._count_pattern(sign)
        node = Pattern(field, found.prefix, found.glob, sign.start)
        if not found.lead:
            return node
        return And((Word(field, found.said, found.lead, False, sign.start), node))

    def _count_pattern(self, sign: Sign) -> None:
        self._patterns += 1
        if self._patterns > MOST_PATTERNS:
            fail(f"more than {MOST_PATTERNS} words with *, ? or ~", "use fewer of them", sign)

    def _completes(self, sign: Sign) -> bool:
        """Whether a word may still go on: it is the last thing typed."""
        return self._typing and sign.end == self._length


def fail(message: str, hint: str, sign: Sign) -> NoReturn:
    """Raise the error of a sign."""
    raise QueryError(message, hint, sign.start)
