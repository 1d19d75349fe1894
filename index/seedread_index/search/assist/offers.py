"""Offers beside results: the query as it may have been meant, ready to run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from seedread_index.engines.query_ast import ENTITY_FIELDS, IN
from seedread_index.model.errors import QueryError
from seedread_index.model.results import Explanation, Offer, OtherForms
from seedread_index.search.assist.did_you_mean import FIELD_NAMES, near_field
from seedread_index.search.facets import quoted
from seedread_index.search.query.boilerplate import BOILERPLATE
from seedread_index.search.query.lexer import Kind, Token, tokens

_COLON = re.compile(r"([^\W\d_]{2,20}):([^\s/])")
_SMALL = re.compile(r"and|or|not|near/\d{1,6}")
"""Operators in small letters; near alone is much more often a word."""


def with_offers(explanation: Explanation, query: str) -> Explanation:
    """An explanation of the results of a query with the unknown fields in it, and with what to offer."""
    found = [*misread(query), *_excluding(query), *_respelt(explanation, query)]
    if articles := explanation.only_in_boilerplate:
        have = "1 article has" if articles == 1 else f"{articles:,} articles have"
        sentence = f"{have} it in boilerplate only"
        found.append(Offer("boilerplate", f"{query.strip()} {IN}:{BOILERPLATE}", sentence))
    return replace(explanation, fields=unknown_fields(query), offers=tuple(found))


def unknown_fields(query: str) -> tuple[tuple[str, str], ...]:
    """Words before a colon that no field is named by, each with the field whose name is most like it."""
    names = dict.fromkeys(match[1] for _, match in _colons(query))
    return tuple((name, near_field(name)) for name in names)


def misread(query: str) -> tuple[Offer, ...]:
    """What may be meant by words that look like fields or operators and are searched for as words."""
    found = []
    for token, match in _colons(query):
        name = match[1]
        if near := near_field(name):
            said = query[: token.start] + near + query[token.start + len(name) :]
            found.append(Offer("field", said, f"unknown field {name}:; did you mean {near}:?"))
    for field, value in _parted(query):
        sentence = f"did you mean {field.text} without the space behind it?"
        found.append(Offer("space", query[: field.end] + query[value.start :], sentence))
    if small := small_operators(query):
        said = query
        for token in reversed(small):
            said = said[: token.start] + token.text.upper() + said[token.end :]
        meant = " and ".join(dict.fromkeys(token.text.upper() for token in small))
        found.append(Offer("operator", said, f"did you mean {meant}, in capitals?"))
    return tuple(found)


def small_operators(query: str) -> list[Token]:
    """Operators in small letters between other words, which are searched for as words."""
    every = _tokens(query)
    return [
        token
        for at, token in enumerate(every)
        if token.kind is Kind.WORD
        and _SMALL.fullmatch(token.text)
        and 0 < at < len(every) - 1
        and all(_is_operand(beside) for beside in (every[at - 1], every[at + 1]))
    ]


def _excluding(query: str) -> Iterator[Offer]:
    """A query that begins with not, which is a word there, so that it excludes what follows."""
    opening = _tokens(query)[:2]
    if len(opening) == 2 and opening[0][:2] == (Kind.WORD, "not") and _is_operand(opening[1]):
        said = query[: opening[0].start] + "NOT" + query[opening[0].end :]
        yield Offer("operator", said, "did you mean NOT, in capitals?")


def _parted(query: str) -> Iterator[tuple[Token, Token]]:
    """Names of fields that a blank parts from what follows, which makes words of them, each with that."""
    for field, value in pairwise(_tokens(query)):
        names_field = field.text.endswith(":") and field.text[:-1].lower() in FIELD_NAMES
        if field.kind is Kind.WORD and names_field and value.kind in (Kind.WORD, Kind.PHRASE, Kind.OPEN):
            yield field, value


def _is_operand(token: Token) -> bool:
    return token.kind not in (Kind.AND, Kind.OR, Kind.NEAR) and not _SMALL.fullmatch(token.text)


def _colons(query: str) -> Iterator[tuple[Token, re.Match[str]]]:
    """The words that begin with what could be the name of a field; of noon:12 it could not."""
    for token in _tokens(query):
        match = _COLON.match(query, token.start) if token.kind is Kind.WORD else None
        if match and match[1].lower() not in FIELD_NAMES and (near_field(match[1]) or not match[2].isdigit()):
            yield token, match


def _respelt(explanation: Explanation, query: str) -> Iterator[Offer]:
    """The query with another spelling in the place of each word or name that has one."""
    for other, written in zip(explanation.suggestions, explanation.suggested_for, strict=True):
        if (respelt := replaced(query, written, other)) is not None:
            yield Offer("spelling", respelt, f"did you mean {other}?")


def replaced(query: str, written: str, other: str) -> str | None:
    """The query with `other` in place of `written`, a word, phrase or name; None where that is not in it."""
    field = ""
    for token in _tokens(query):
        if token.kind in (Kind.WORD, Kind.PHRASE) and written in (token.text, f'"{token.text}"'):
            bare = other.strip('"')
            new = f'"{bare}"' if token.kind is Kind.PHRASE else other
            if field in ENTITY_FIELDS:
                new = quoted(bare)
            return query[: token.start] + new + query[token.end :]
        field = token.text if token.kind is Kind.FIELD else ""
    return None


def _tokens(query: str) -> list[Token]:
    try:
        return tokens(query, typing=True)
    except QueryError:
        return []


def in_other_forms(other: OtherForms) -> Offer:
    """The offer of a query whose words stand for any form."""
    return Offer("forms", other.query, f"{other.articles:,} more with other forms")
