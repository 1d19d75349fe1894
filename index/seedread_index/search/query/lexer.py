"""Cuts a query into its tokens: words, phrases, operators, brackets and field names, each with its place."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from seedread_index.engines.query_ast import FIELDS
from seedread_index.model.errors import QueryError

LONGEST_QUERY = 4_000
MOST_TOKENS = 250

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"'})
OTHER_NAMES = {
    "headline": "title",
    "subject": "title",
    "caption": "title",
    "intitle": "title",
    "text": "body",
    "intext": "body",
    "site": "source",
    "publisher": "source",
    "byline": "author",
    "category": "section",
    "file": "path",
    "filename": "path",
    "folder": "path",
    "dir": "path",
    "link": "url",
    "inurl": "url",
    "language": "lang",
    "year": "date",
    "after": "since",
    "people": "person",
    "location": "place",
    "organisation": "org",
    "organization": "org",
}
"""Fields by the names that other searches have for them."""
BEFORE = "before"
"""A field of dates that leaves the named one out, as in other searches."""
_FIELD = re.compile(rf"({'|'.join((*FIELDS, *OTHER_NAMES, BEFORE))}):(?=\S)", re.IGNORECASE)
_HALVES = re.compile("[\ud800-\udfff]")
_GERSHAYIM = re.compile(r'(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')
"""The mark inside a Hebrew abbreviation, for which most keyboards give a quote."""
_NEAR = re.compile(r"~(\d{0,6})")
_BETWEEN = re.compile(r"NEAR(?:/(\d{1,6}))?|[Ww]/(\d{1,6})")
"""NEAR, or w/5 as in Nexis and Westlaw."""
_RANGE = re.compile(r"[\[{]\s*(\S+)\s+TO\s+(\S+?)\s*[\]}]")
"""From and to as Lucene has them."""
_REGEX = re.compile(r"re:/((?:[^/\\]|\\.)*)/", re.IGNORECASE | re.DOTALL)
_OPEN_REGEX = re.compile("re:/", re.IGNORECASE)
_BARE = re.compile(r'[^\s"()]+')


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    REGEX = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()
    OPEN = auto()
    CLOSE = auto()
    FIELD = auto()


class Token(NamedTuple):
    """A token, its text and its place in the query, in code points, `end` exclusive.

    `slop` of a phrase is None for an exact one, -1 for a bare ~ or NEAR; `closed` is false for a phrase whose
    quote stays open.
    """

    kind: Kind
    text: str
    start: int
    end: int
    slop: int | None = None
    closed: bool = True


_OPERATORS = {"AND": Kind.AND, "&&": Kind.AND, "OR": Kind.OR, "||": Kind.OR, "NOT": Kind.NOT}


def sound(text: str) -> str:
    """A text of the same length without halves of surrogate pairs, which no store takes."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def plain_quotes(text: str) -> str:
    """A text of the same length with every double quote in it the plain one, but for those inside words."""
    plain = text.translate(_QUOTES)
    return plain if plain.isascii() else _GERSHAYIM.sub("\u05f4", plain)


def tokens(query: str, *, typing: bool = False) -> list[Token]:
    """The tokens of a query. Raises QueryError where it is too long, or run with an open quote."""
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            f"the query is {len(query):,} characters long",
            f"shorten it to {LONGEST_QUERY:,}",
            LONGEST_QUERY,
        )
    text = plain_quotes(sound(query))
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _token(text, at, typing)
        found.append(token)
        at = token.end
        if len(found) > MOST_TOKENS:
            raise QueryError(
                f"the query has more than {MOST_TOKENS} words and operators", "shorten it", token.start
            )
    return found


def _token(text: str, at: int, typing: bool) -> Token:
    character = text[at]
    if character == "(":
        return Token(Kind.OPEN, "(", at, at + 1)
    if character == ")":
        return Token(Kind.CLOSE, ")", at, at + 1)
    if character == '"':
        return _phrase(text, at, typing)
    at_start = at == 0 or text[at - 1].isspace() or text[at - 1] in "(:-!"
    if character == "-" and at_start and at + 1 < len(text) and not text[at + 1].isspace():
        return Token(Kind.NOT, "-", at, at + 1)
    if (
        character in "+!"
        and at_start
        and (text[at + 1 : at + 2].isalnum() or text[at + 1 : at + 2] in ('"', "("))
    ):
        return _token(text, at + 1, typing) if character == "+" else Token(Kind.NOT, "!", at, at + 1)
    if _OPEN_REGEX.match(text, at) and (token := _regex(text, at, typing)) is not None:
        return token
    if match := _FIELD.match(text, at):
        name = match[1].lower()
        return Token(Kind.FIELD, OTHER_NAMES.get(name, name), at, match.end())
    if text[at - 1 : at] == ":" and (match := _RANGE.match(text, at)):
        first, last = ("" if each == "*" else each for each in match.groups())
        return Token(Kind.WORD, f"{first}..{last}", at, match.end())
    match = _BARE.match(text, at)
    end = match.end() if match else at + 1
    word = text[at:end]
    if between := _BETWEEN.fullmatch(word):
        return Token(Kind.NEAR, word, at, end, int(between[1] or between[2] or -1))
    return Token(_OPERATORS.get(word, Kind.WORD), word, at, end)


def _regex(text: str, at: int, typing: bool) -> Token | None:
    """The regular expression at an offset; None where it stays open, as while it is typed."""
    if (match := _REGEX.match(text, at)) is None:
        if typing:
            return None
        raise QueryError("the regular expression is never closed", "close it with a /", at)
    return Token(Kind.REGEX, match[1].replace("\\/", "/"), at, match.end())


def _phrase(text: str, at: int, typing: bool) -> Token:
    end = text.find('"', at + 1)
    if end < 0:
        if not typing:
            raise QueryError("the quote is never closed", 'close it with another "', at)
        return Token(Kind.PHRASE, text[at + 1 :], at, len(text), closed=False)
    slop = None
    after = end + 1
    if near := _NEAR.match(text, after):
        slop = int(near[1]) if near[1] else -1
        after = near.end()
    return Token(Kind.PHRASE, text[at + 1 : end], at, after, slop)
