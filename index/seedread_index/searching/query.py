"""Parses a query into nodes; every error names its place and says what to do."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, NoReturn

from seedread_index.errors import QueryError
from seedread_index.folding import folded
from seedread_index.searching.lexer import Kind, Sign, signs
from seedread_index.searching.nodes import (
    DATE_FIELDS,
    ENTITY_FIELDS,
    And,
    Dates,
    Everything,
    Fuzzy,
    Named,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Word,
)
from seedread_index.searching.periods import parse_period
from seedread_index.searching.stopwords import STOP_WORDS
from seedread_index.searching.wildcards import asked, wild
from seedread_index.storage.analysis import is_unspaced, query_words, surfaces

DEEPEST = 40
MOST_PATTERNS = 8
DEFAULT_NEAR = 5
_OPERATORS = (Kind.AND, Kind.OR, Kind.NOT)
_FUZZY = re.compile(r"(.+?)~(\d?)")
_DATE_HINT = 'write date:2020-02, date:2020-02-01..2020-03-15, date:>2020 or since:"last week"'
Match = Literal["all", "any"]


def parse(query: str, *, match: Match = "all", typing: bool = False, today: dt.date | None = None) -> Node:
    """The parsed query; Everything for an empty one. Raises QueryError, hardly ever while typing.

    With `match` "any" the query may be prose: open quotes and brackets are forgiven, and in one that is all
    capitals AND, OR and NOT are words.
    """
    parser = _Parser(query, match, typing, today or dt.date.today())
    return parser.parse()


class _Parser:
    def __init__(self, query: str, match: Match, typing: bool, today: dt.date) -> None:
        self.query = query
        self.match = match
        self.typing = typing
        self.today = today
        self.forgiving = typing or match == "any"
        self.signs = signs(query, typing=self.forgiving)
        if match == "any" and query == query.upper():
            self.signs = [_as_word(sign) for sign in self.signs]
        self.at = 0
        self.depth = 0
        self.patterns = 0

    def parse(self) -> Node:
        node = self.sequence(None)
        while self.at < len(self.signs):
            if not self.forgiving:
                self.fail(
                    "this bracket closes nothing", "take it away or open one before", self.signs[self.at]
                )
            self.at += 1
            rest = self.sequence(None)
            node = rest if node is None else node if rest is None else And((node, rest))
        if node is None:
            if self.query.strip() and not self.typing:
                raise QueryError("there is no word to search for", "write a word or a name", 0)
            return Everything()
        return node

    # -- levels: sequence, OR, AND, NOT, one ------------------------------------------------------------

    def sequence(self, field: str | None) -> Node | None:
        """Parts one after the other: all of them, or any where plain words are joined so."""
        parts: list[Node] = []
        while (sign := self.peek()) is not None and sign.kind is not Kind.CLOSE:
            part = self.either(field)
            if part is not None:
                parts.append(part)
        if self.match == "all" or len(parts) < 2:
            return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
        plain: list[Node] = [
            part for part in parts if isinstance(part, Word | Phrase | Pattern | Fuzzy | Or | And)
        ]
        fixed: list[Node] = [
            part for part in parts if not isinstance(part, Word | Phrase | Pattern | Fuzzy | Or | And)
        ]
        telling = [part for part in plain if not _is_small(part)] or plain
        if telling:
            fixed.insert(0, Or(tuple(telling)) if len(telling) > 1 else telling[0])
        return And(tuple(fixed)) if len(fixed) > 1 else fixed[0]

    def either(self, field: str | None) -> Node | None:
        return self.joined(field, Kind.OR)

    def both(self, field: str | None) -> Node | None:
        return self.joined(field, Kind.AND)

    def joined(self, field: str | None, kind: Kind) -> Node | None:
        parse_part = self.both if kind is Kind.OR else self.negated
        first = parse_part(field)
        parts = [] if first is None else [first]
        while (sign := self.peek()) is not None and sign.kind is kind:
            if not parts and not self.forgiving:
                self.fail(f"{sign.text} has nothing before it", "write it between two words", sign)
            self.at += 1
            following = self.peek()
            if following is None or following.kind in (Kind.CLOSE, Kind.AND, Kind.OR):
                if not self.forgiving:
                    self.fail(
                        f"{sign.text} has nothing after it",
                        "small letters make it a word to search for",
                        sign,
                    )
                continue
            part = parse_part(field)
            if part is not None:
                parts.append(part)
        if len(parts) < 2:
            return parts[0] if parts else None
        return Or(tuple(parts)) if kind is Kind.OR else And(tuple(parts))

    def negated(self, field: str | None) -> Node | None:
        sign = self.peek()
        if sign is None or sign.kind is not Kind.NOT:
            return self.one(field)
        count = 0
        while sign is not None and sign.kind is Kind.NOT:
            count += 1
            self.at += 1
            last, sign = sign, self.peek()
        if sign is None or sign.kind in (Kind.CLOSE, Kind.AND, Kind.OR):
            if not self.forgiving:
                self.fail(f"{last.text} has nothing after it", "write what should not be found", last)
            return None
        part = self.one(field)
        if part is None:
            return None
        return Not(part) if count % 2 else part

    def one(self, field: str | None) -> Node | None:
        sign = self.peek()
        if sign is None or sign.kind in (Kind.AND, Kind.OR, Kind.CLOSE):
            if sign is not None and sign.kind is not Kind.CLOSE and not self.forgiving:
                self.fail(
                    f"{sign.text} has nothing before it", "small letters make it a word to search for", sign
                )
            return None
        self.at += 1
        if sign.kind is Kind.OPEN:
            return self.group(field, sign)
        if sign.kind is Kind.FIELD:
            return self.valued(sign)
        if sign.kind is Kind.PHRASE:
            return self.phrase(field, sign)
        return self.word(field, sign)

    def group(self, field: str | None, sign: Sign) -> Node | None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail("the brackets are nested too deep", f"use at most {DEEPEST} levels", sign)
        node = self.sequence(field)
        closing = self.peek()
        if closing is None:
            if not self.forgiving:
                self.fail("the bracket is never closed", "close it with )", sign)
        else:
            self.at += 1
        self.depth -= 1
        return node

    # -- leaves -----------------------------------------------------------------------------------------

    def valued(self, sign: Sign) -> Node | None:
        """A field and what should be in it."""
        value = self.peek()
        field = sign.text
        if value is None or value.start != sign.end or value.kind in (Kind.CLOSE, Kind.NOT, Kind.FIELD):
            if self.forgiving:
                return None
            self.fail(f"{field}: has nothing after it", f"write {field}: and a word, without a space", sign)
        if field in DATE_FIELDS:
            self.at += 1
            return self.dates(field, value)
        self.at += 1
        if value.kind is Kind.OPEN:
            return self.group(field, value)
        return self.phrase(field, value) if value.kind is Kind.PHRASE else self.word(field, value)

    def dates(self, field: str, value: Sign) -> Node | None:
        text = value.text
        if value.kind is Kind.OPEN:
            self.fail(f"{field}: takes one date", _DATE_HINT, value)
        try:
            first, last = parse_period(text, self.today)
        except ValueError as error:
            if self.forgiving:
                return None
            self.fail(str(error), _DATE_HINT, value)
        if field == "since":
            return Dates(first, None)
        if field == "until":
            return Dates(None, last)
        return Dates(first, last)

    def phrase(self, field: str | None, sign: Sign) -> Node | None:
        if field in ENTITY_FIELDS:
            return Named(field, sign.text.strip(), sign.start) if sign.text.strip() else None
        words = tuple(query_words(sign.text))
        if not words:
            if not sign.text.strip() or self.forgiving:
                return None
            self.fail("there is no word between the quotes", "write the words to find", sign)
        slop = DEFAULT_NEAR if sign.slop == -1 else sign.slop
        if slop is not None and slop > 1000:
            self.fail("words cannot be that far apart and near", "use at most 1000 after ~", sign)
        completing = self.completes(sign) and not sign.closed
        if len(words) == 1 and len(words[0].terms) == 1:
            return Word(field, sign.text, words, completing, sign.start)
        return Phrase(field, sign.text, words, slop, completing, sign.start)

    def word(self, field: str | None, sign: Sign) -> Node | None:
        if field in ENTITY_FIELDS:
            return Named(field, sign.text, sign.start)
        if ("*" in sign.text or "?" in sign.text) and "://" not in sign.text:
            return self.pattern(field, sign)
        if fuzzy := _FUZZY.fullmatch(sign.text):
            words = surfaces(fuzzy[1])
            if len(words) == 1 and not is_unspaced(words[0]):
                self.count_pattern(sign)
                distance = min(int(fuzzy[2]) if fuzzy[2] else 1, 2)
                return (
                    Fuzzy(field, words[0], distance, sign.start)
                    if distance
                    else self.plain(field, sign, words[0])
                )
        return self.plain(field, sign, sign.text)

    def plain(self, field: str | None, sign: Sign, text: str) -> Node | None:
        words = tuple(query_words(text))
        if not words:
            return None
        return Word(field, text, words, self.completes(sign), sign.start)

    def pattern(self, field: str | None, sign: Sign) -> Node | None:
        """A word with * or ?, or a question mark that ends a sentence."""
        text = folded(sign.text)
        if (word := asked(text)) is not None:
            return self.plain(field, sign, word)
        found = wild(text)
        if found is None:
            if self.forgiving:
                return self.plain(field, sign, sign.text)
            self.fail("a * or ? needs two letters before it", "write, for instance, gover*", sign)
        self.count_pattern(sign)
        node = Pattern(field, found.prefix, found.glob, sign.start)
        if not found.lead:
            return node
        return And((Word(field, found.said, found.lead, False, sign.start), node))

    def count_pattern(self, sign: Sign) -> None:
        self.patterns += 1
        if self.patterns > MOST_PATTERNS:
            self.fail(f"more than {MOST_PATTERNS} words with *, ? or ~", "use fewer of them", sign)

    def completes(self, sign: Sign) -> bool:
        """Whether a word may still go on: it is the last thing typed."""
        return self.typing and sign.end == len(self.query)

    def peek(self) -> Sign | None:
        return self.signs[self.at] if self.at < len(self.signs) else None

    def fail(self, message: str, hint: str, sign: Sign) -> NoReturn:
        raise QueryError(message, hint, sign.start)


def _as_word(sign: Sign) -> Sign:
    """An operator written out, as the word that it is in prose."""
    return sign._replace(kind=Kind.WORD) if sign.kind in _OPERATORS and sign.text != "-" else sign


def _is_small(node: Node) -> bool:
    return isinstance(node, Word) and len(node.words) == 1 and node.words[0].surface in STOP_WORDS
