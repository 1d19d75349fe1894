"""Makes the leaves of a query: words, phrases, patterns, names and dates, each from one token."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

from seedread_index.engines.query_ast import (
    DATE_FIELDS,
    ENTITY_FIELDS,
    IN,
    KEPT_FIELDS,
    QUOTATION_FIELDS,
    And,
    Dates,
    Fuzzy,
    Named,
    Node,
    Or,
    Pattern,
    Phrase,
    Quoted,
    Regex,
    Word,
)
from seedread_index.model.errors import QueryError
from seedread_index.search.query.boilerplate import part_of_text
from seedread_index.search.query.expressions import Wild, asked, first_mark, is_wild, wild, wild_words
from seedread_index.search.query.kept import kept_as
from seedread_index.search.query.lexer import BEFORE, Kind, Token
from seedread_index.search.query.periods import parse_period
from seedread_index.text.folding import folded
from seedread_index.text.stems import EXACT
from seedread_index.text.tokenizer import (
    QueryWord,
    address_words,
    exactly,
    is_unspaced,
    joined_word,
    query_words,
    surface_forms,
)
from seedread_index.text.word_lists import code_of

EXACT_FIELDS = (None, "title", "body")
"""Fields in which quotes mean exactly these words; in the others they hold a value together."""
_OF_FILES = ("path", "url")
_BETWEEN_NAMES = re.compile(r"[^\w*?]|_")
MOST_PATTERNS = 8
DEFAULT_NEAR = 5
_FARTHEST = 1000
_FUZZY = re.compile(r"(.+?)~(\d?)")
_ASKED = re.compile(r"(?<=[^?!.,;:'])(?=[^?]*\?)[?!.,;:']+$")
"""The mark of a question behind a word."""
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://(?=.)", re.IGNORECASE)
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n\s*(?=[^\W\d_])")
_LOST = re.compile(r"(?<!\S)\w?\*\w*(?!\S)")
"""Words of a phrase whose * would be lost."""
_TWO_LETTERS = re.compile(r"[^\W_]{2}")
_DATE_HINT = 'write date:2020-02, date:2020-02-01..2020-03-15, date:>2020 or since:"last week"'


class LeafParser:
    """Reads the leaves of one query, `length` characters long; where `forgiving`, wrong ones are left out.

    In a `question` a mark behind a word is no wildcard.
    """

    def __init__(self, length: int, today: dt.date, *, typing: bool, forgiving: bool, question: bool) -> None:
        self._length = length
        self._question = question
        self._today = today
        self._typing = typing
        self._forgiving = forgiving
        self._patterns = 0

    def leaf(self, field: str | None, token: Token) -> Node | None:
        """The node of a word or phrase of a field; None where nothing is in it. Raises QueryError."""
        if token.kind is Kind.REGEX:
            return self._regex(field, token)
        if self._question and token.kind is Kind.WORD:
            token = token._replace(text=_ASKED.sub("", token.text))
        if field == BEFORE or field in DATE_FIELDS:
            return self._dates(field, token)
        if field in ENTITY_FIELDS:
            return self._named(field, token)
        if field in QUOTATION_FIELDS:
            return self._quoted(field, token)
        if field in KEPT_FIELDS:
            return kept_as(field, token, forgiving=self._forgiving)
        if field == IN:
            return part_of_text(token, forgiving=self._forgiving)
        if field == "lang":
            names = token.text.split(",") if token.kind is Kind.WORD else [token.text]
            each = [self._worded(field, token._replace(text=code_of(name))) for name in names if name]
            nodes = tuple(node for node in each if node is not None)
            return Or(nodes) if len(nodes) > 1 else nodes[0] if nodes else None
        if field is None and token.kind is Kind.WORD and _SCHEME.match(token.text):
            # An address stands in texts with or without its scheme, or is where an article is from.
            words = self._plain(None, token, _SCHEME.sub("", token.text))
            at = self._worded("url", token)
            return Or((words, at)) if words is not None and at is not None else words
        return self._worded(field, token)

    def _worded(self, field: str | None, token: Token) -> Node | None:
        """The words of a text field."""
        said = token.text
        if field == "url":
            token = token._replace(text=address_words(_SCHEME.sub("", said)))
        if token.kind is Kind.PHRASE:
            node = self._phrase(field, token)
            if node is not None and (whole := _BROKEN.sub("", said)) != said:
                # Copied from where a line ends inside a word, which the index has as one.
                return Or((node, self._phrase(field, token._replace(text=whole)) or node))
            said = f'"{said}"' if isinstance(node, Word) and field in EXACT_FIELDS else said
        elif token.text.startswith(EXACT) and field in EXACT_FIELDS:
            node = self._exact(field, token)
        else:
            node = self._word(field, token)
        return replace(node, text=said) if isinstance(node, Word | Phrase) else node

    def near(self, left: Word | Phrase, token: Token, right: Word | Phrase) -> Node:
        """What stands on both sides of NEAR as words near each other."""
        words = (*left.words, *right.words)
        text = " ".join(each.text.strip('"') for each in (left, right))
        return Phrase(left.field, text, words, self._slop(token), right.completing, left.position)

    def _named(self, field: str, token: Token) -> Node | None:
        name = token.text.strip()
        if is_wild(name) and not self._forgiving and not _TWO_LETTERS.search(name):
            fail("a * or ? needs at least two letters beside it", f"write, for example, {field}:Erdo*", token)
        return Named(field, name, token.start) if name else None

    def _quoted(self, field: str, token: Token) -> Node | None:
        """A name, or in quotes a name and behind a colon the words of the quotation."""
        name, _, words = token.text.partition(":") if token.kind is Kind.PHRASE else (token.text, "", "")
        if token.kind is Kind.OPEN and not self._forgiving:
            fail(f"{field}: takes one name", f'write {field}:name or {field}:"name: words"', token)
        return Quoted(field, name.strip(), words.strip(), token.start) if name.strip() else None

    def _dates(self, field: str, value: Token) -> Node | None:
        if value.kind is Kind.OPEN:
            fail(f"{field}: takes one date", _DATE_HINT, value)
        try:
            text = f"<{value.text}" if field == BEFORE else value.text
            first, last = parse_period(text, self._today)
        except ValueError as error:
            if self._forgiving:
                return None
            fail(str(error), _DATE_HINT, value)
        return Dates(None if field == "until" else first, None if field == "since" else last)

    def _slop(self, token: Token) -> int | None:
        slop = DEFAULT_NEAR if token.slop == -1 else token.slop
        if slop is not None and slop > _FARTHEST:
            fail("the distance between the words is too large", f"use at most {_FARTHEST}", token)
        return slop

    def _exact(self, field: str | None, token: Token) -> Node | None:
        """The very words after a =, in capitals where they are written in capitals."""
        if not self._forgiving and is_wild(token.text) and "://" not in token.text:
            fail("= takes one whole word", "write =word, or word* without the =", token)
        words = tuple(exactly(word, case=True) for word in query_words(token.text))
        return Word(field, token.text, words, self._completes(token), token.start) if words else None

    def _regex(self, field: str | None, token: Token) -> Node | None:
        if field not in EXACT_FIELDS:
            fail(
                f"{field}: does not take a regular expression",
                "write re:/…/ alone, or after title: or body:",
                token,
            )
        if not token.text:
            fail(
                "no regular expression between the slashes", "write, for example, re:/colou?r(s|ed)?/", token
            )
        self._count_pattern(token)
        return Regex(field, token.text, token.start)

    def _phrase(self, field: str | None, token: Token) -> Node | None:
        words = tuple(self._phrase_words(token))
        if field in EXACT_FIELDS:
            words = tuple(map(exactly, words))
        if not words:
            if not token.text.strip() or self._forgiving:
                return None
            fail("no word between the quotes", "write the words to find", token)
        slop = self._slop(token)
        completing = self._completes(token) and not token.closed
        if len(words) == 1 and is_wild(glob := words[0].surface_form):
            return Pattern(field, glob[: first_mark(glob)], glob, token.start)
        if len(words) == 1 and len(words[0].terms) == 1:
            return Word(field, token.text, words, completing, token.start)
        return Phrase(field, token.text, words, slop, completing, token.start)

    def _phrase_words(self, token: Token) -> Iterator[QueryWord]:
        """The words of a phrase; one with * or ? in it stands for every word that it matches."""
        if not self._forgiving and _LOST.search(token.text):
            fail(
                "in a phrase, a * needs at least two letters before it",
                'write "the gov* of"; "a b"~1 allows a word between',
                token,
            )
        at = 0
        for start, end, glob in wild_words(token.text):
            yield from query_words(token.text[at:start])
            self._count_pattern(token)
            yield QueryWord(glob, (), False, "", EXACT)
            at = end
        yield from query_words(token.text[at:])

    def _word(self, field: str | None, token: Token) -> Node | None:
        if is_wild(token.text) and "://" not in token.text:
            return self._pattern(field, token)
        if fuzzy := _FUZZY.fullmatch(token.text):
            words = surface_forms(fuzzy[1])
            if len(words) == 1 and not is_unspaced(words[0]):
                self._count_pattern(token)
                distance = min(int(fuzzy[2]) if fuzzy[2] else 1, 2)
                if not distance:
                    return self._plain(field, token, words[0])
                return Fuzzy(field, words[0], distance, token.start)
        return self._plain(field, token, token.text)

    def _plain(self, field: str | None, token: Token, text: str) -> Node | None:
        words = tuple(query_words(text))
        if not words:
            return None
        joined = joined_word(text) if len(words) > 1 and field not in _OF_FILES else None
        return Word(field, text, words, self._completes(token), token.start, joined)

    def _pattern(self, field: str | None, token: Token) -> Node | None:
        """A word with * or ?, or a question mark that ends a sentence."""
        text = folded(token.text)
        if (word := asked(text)) is not None:
            return self._plain(field, token, word)
        if field in _OF_FILES:
            return self._in_address(field, token, text)
        found = wild(text)
        if found is None:
            return self._no_pattern(field, token)
        self._count_pattern(token)
        if not found.lead:
            return Pattern(field, found.prefix, found.glob, token.start)
        apart = self._apart(field, token, found)
        if field not in EXACT_FIELDS or (joined := joined_word(text[: first_mark(text)])) is None:
            return apart
        word = joined.surface_form
        return Or((apart, Pattern(field, word, word + found.glob[len(found.prefix) :], token.start)))

    def _apart(self, field: str | None, token: Token, found: Wild) -> Phrase:
        """The words before a pattern, and the pattern."""
        words = (*found.lead, QueryWord(found.glob, (), False, "", EXACT))
        return Phrase(field, token.text, words, None, False, token.start)

    def _in_address(self, field: str | None, token: Token, text: str) -> Node | None:
        """The words of a path or an address in turn; behind a * among them any others may come first."""
        parts: list[Node] = []
        words: list[QueryWord] = []
        for piece in _BETWEEN_NAMES.sub(" ", text).split():
            if not is_wild(piece):
                words += query_words(piece)
                continue
            if piece.strip("*?"):
                if (found := wild(piece)) is None:
                    return self._no_pattern(field, token)
                self._count_pattern(token)
                words.append(QueryWord(found.glob, (), False, "", EXACT))
            if words:
                parts.append(Word(field, token.text, tuple(words), False, token.start))
            words = []
        if words:
            completing = self._completes(token)
            parts.append(Word(field, token.text, tuple(words), completing, token.start))
        return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def _no_pattern(self, field: str | None, token: Token) -> Node | None:
        if not self._forgiving:
            fail("a * or ? needs at least two letters before it", "write, for example, gover*", token)
        return self._plain(field, token, token.text)

    def _count_pattern(self, token: Token) -> None:
        self._patterns += 1
        if self._patterns > MOST_PATTERNS:
            fail(f"more than {MOST_PATTERNS} words with *, ?, ~ or re:", "use fewer of them", token)

    def _completes(self, token: Token) -> bool:
        """Whether a word may still go on: it is the last thing typed."""
        return self._typing and token.end == self._length


def fail(message: str, hint: str, token: Token) -> NoReturn:
    """Raise the QueryError of a token."""
    raise QueryError(message, hint, token.start)
