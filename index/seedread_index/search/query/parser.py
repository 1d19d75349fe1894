"""Parses a query into nodes: brackets and operators; every error names its place and says what to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import chain, product

from seedread_index.engines.query_ast import (
    DATE_FIELDS,
    And,
    Everything,
    Fuzzy,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Regex,
    Word,
)
from seedread_index.model.errors import QueryError
from seedread_index.model.results import Match
from seedread_index.search.query.boilerplate import gathered
from seedread_index.search.query.leaves import LeafParser, fail
from seedread_index.search.query.lexer import BEFORE, Kind, Token, tokens
from seedread_index.text.stems import EXACT
from seedread_index.text.tokenizer import QueryWord
from seedread_index.text.word_lists import words

DEEPEST = 40
_OPERATORS = (Kind.AND, Kind.OR, Kind.NOT, Kind.NEAR)
_DESCRIBING = (Word, Phrase, Pattern, Regex, Fuzzy, Or, And)
"""What may stand for a plain word."""
_MOST_NEAR = 64
"""Ways in which the words of groups may be near each other."""
_NEAR_HINT = 'write a NEAR/5 b, a NEAR/5 (b OR c) or "a b"~5'
_IS_WORD = "add a word there; in lower case it is an ordinary word"
_STOP_WORDS = words("search/query", "stop words", "stop_words.txt")
"""Left out only where plain words are joined by OR."""
_QUESTIONS = words("search/query", "questions", "stop_words.txt")


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
        self.forgiving = typing or match == "any"
        self.leaf_parser = LeafParser(
            len(query),
            today,
            typing=typing,
            forgiving=self.forgiving,
            question=match == "any" or _is_question(query),
        )
        self.tokens = tokens(query, typing=self.forgiving)
        if query == query.upper():
            prose = _OPERATORS if match == "any" else (Kind.NEAR,)
            self.tokens = [_as_word(token) if token.kind in prose else token for token in self.tokens]
        self.at = 0
        self.depth = 0

    def parse(self) -> Node:
        node = self.sequence(None)
        while self.at < len(self.tokens):
            if not self.forgiving:
                fail("this bracket closes nothing", "remove it, or add a ( before it", self.tokens[self.at])
            self.at += 1
            rest = self.sequence(None)
            node = rest if node is None else node if rest is None else And((node, rest))
        node = gathered(node, forgiving=self.forgiving) if node is not None else None
        if node is None:
            if self.query.strip() and not self.typing:
                raise QueryError("no word to search for", "write a word or a name", 0)
            return Everything()
        return node

    # -- levels: sequence, OR, AND, NOT, one ------------------------------------------------------------

    def sequence(self, field: str | None) -> Node | None:
        """Parts one after the other: all of them, or any where plain words are joined so."""
        parts: list[Node] = []
        while (token := self.peek()) is not None and token.kind is not Kind.CLOSE:
            part = self.either(field)
            if part is not None:
                parts.append(part)
        if self.match == "all" or len(parts) < 2:
            return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
        plain: list[Node] = [part for part in parts if isinstance(part, _DESCRIBING)]
        fixed: list[Node] = [part for part in parts if not isinstance(part, _DESCRIBING)]
        describing = [part for part in plain if not _is_small(part)] or plain
        if describing:
            fixed.insert(0, Or(tuple(describing)) if len(describing) > 1 else describing[0])
        return And(tuple(fixed)) if len(fixed) > 1 else fixed[0]

    def either(self, field: str | None) -> Node | None:
        return self.joined(field, Kind.OR)

    def both(self, field: str | None) -> Node | None:
        return self.joined(field, Kind.AND)

    def joined(self, field: str | None, kind: Kind) -> Node | None:
        parse_part = self.both if kind is Kind.OR else self.negated
        first = parse_part(field)
        parts = [] if first is None else [first]
        while (token := self.peek()) is not None and token.kind is kind:
            if not parts and not self.forgiving:
                fail(f"{token.text} has nothing before it", "put it between two words", token)
            self.at += 1
            following = self.peek()
            if following is None or following.kind in (Kind.CLOSE, Kind.AND, Kind.OR):
                if not self.forgiving:
                    fail(
                        f"{token.text} has nothing after it",
                        _IS_WORD,
                        token,
                    )
                continue
            part = parse_part(field)
            if part is not None:
                parts.append(part)
        if len(parts) < 2:
            return parts[0] if parts else None
        return Or(tuple(parts)) if kind is Kind.OR else And(tuple(parts))

    def negated(self, field: str | None) -> Node | None:
        token = self.peek()
        if token is None or token.kind is not Kind.NOT:
            return self.beside(field)
        count = 0
        while token is not None and token.kind is Kind.NOT:
            count += 1
            self.at += 1
            last, token = token, self.peek()
        if token is None or token.kind in (Kind.CLOSE, Kind.AND, Kind.OR):
            if not self.forgiving:
                fail(f"{last.text} has nothing after it", "add the word to exclude", last)
            return None
        part = self.beside(field)
        if part is None:
            return None
        return Not(part) if count % 2 else part

    def beside(self, field: str | None) -> Node | None:
        """One part, or several joined by NEAR."""
        left = self.one(field)
        while left is not None and (token := self.peek()) is not None and token.kind is Kind.NEAR:
            self.at += 1
            if (following := self.peek()) is None or following.kind in (Kind.CLOSE, *_OPERATORS):
                self.at -= 1
                break
            right = self.one(field)
            if (near := self._near(left, token, right)) is not None:
                left = near
            elif not self.forgiving:
                fail(f"{token.text} belongs between words, phrases or groups with OR", _NEAR_HINT, token)
            elif right is not None:
                left = And((left, right))
        return left

    def _near(self, left: Node, token: Token, right: Node | None) -> Node | None:
        """Each way of what stands on the left near each on the right; None where NEAR joins no such."""
        firsts, seconds = _ways(left), _ways(right)
        if not firsts or not seconds or any(a.field != b.field for a, b in product(firsts, seconds)):
            return None
        if len(firsts) * len(seconds) > _MOST_NEAR:
            fail(f"the groups beside {token.text} have too many words", "use fewer of them", token)
        each = tuple(self.leaf_parser.near(a, token, b) for a, b in product(firsts, seconds))
        return Or(each) if len(each) > 1 else each[0]

    def one(self, field: str | None) -> Node | None:
        token = self.peek()
        if token is None or token.kind in (Kind.AND, Kind.OR, Kind.CLOSE):
            if token is not None and token.kind is not Kind.CLOSE and not self.forgiving:
                fail(f"{token.text} has nothing before it", _IS_WORD, token)
            return None
        self.at += 1
        if token.kind is Kind.OPEN:
            return self.group(field, token)
        if token.kind is Kind.FIELD:
            return self.valued(token)
        return self.leaf_parser.leaf(field, token)

    def group(self, field: str | None, token: Token) -> Node | None:
        self.depth += 1
        if self.depth > DEEPEST:
            fail("the brackets are nested too deep", f"use at most {DEEPEST} levels", token)
        node = self.sequence(field)
        closing = self.peek()
        if closing is None:
            if not self.forgiving:
                fail("the bracket is never closed", "close it with )", token)
        else:
            self.at += 1
        self.depth -= 1
        return node

    def valued(self, token: Token) -> Node | None:
        """A field and what should be in it."""
        value = self.peek()
        field = token.text
        if value is None or value.start != token.end or value.kind in (Kind.CLOSE, Kind.NOT, Kind.FIELD):
            if self.forgiving:
                return None
            if value is not None and value.start == token.end and value.kind is Kind.NOT:
                fail(f"{field}: is followed by {value.text}", f"write -{field}: and the word", value)
            fail(f"{field}: has nothing after it", f"write {field}: and a word, without a space", token)
        self.at += 1
        if value.kind is Kind.OPEN and (field == "date" or field not in (*DATE_FIELDS, BEFORE)):
            return self.group(field, value)
        return self.leaf_parser.leaf(field, value)

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None


def _is_question(query: str) -> bool:
    """Whether a query is a question of several words."""
    first, *others = query.lower().split() or [""]
    return bool(others) and first in _QUESTIONS and "?" in query[len(query.rstrip(" ?!")) :]


def _as_word(token: Token) -> Token:
    """An operator written out, as the word that it is in prose."""
    return token if token.text in ("-", "!") else token._replace(kind=Kind.WORD, slop=None)


def _ways(node: Node | None) -> list[Word | Phrase]:
    """The words and phrases any of which a part stands for; none where it is no word, phrase or pattern, and
    no group of them with OR."""
    match node:
        case Word(joined=None) | Phrase():
            return [node]
        case Word(joined=QueryWord() as whole):
            return [replace(node, joined=None), replace(node, words=(whole,), joined=None)]
        case Pattern(field, _, glob, position):
            word = QueryWord(glob, (), False, "", EXACT)
            return [Phrase(field, glob, (word,), None, False, position)]
        case Or(parts):
            each = [_ways(part) for part in parts]
            return list(chain.from_iterable(each)) if all(each) else []
        case _:
            return []


def _is_small(node: Node) -> bool:
    return isinstance(node, Word) and len(node.words) == 1 and node.words[0].surface_form in _STOP_WORDS
