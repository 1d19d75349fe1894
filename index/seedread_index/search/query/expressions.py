"""Words with * and ?, and regular expressions over the words of an archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

import regex  # type: ignore[import-untyped]

from seedread_index.engines.base import Vocabulary
from seedread_index.model.deadline import Deadline
from seedread_index.model.errors import QueryError
from seedread_index.text.folding import cased, folded
from seedread_index.text.stems import JOINED
from seedread_index.text.tokenizer import QueryWord, is_unspaced, query_words, surface_forms

_LONGEST = 200
"""Characters of an expression."""
_FOR_ONE_WORD = 0.05
"""Seconds of the processor that an expression may try one word for."""
_HINT = r"write, for example, re:/colou?r(s|ed)?/; \ before a special character makes it an ordinary one"
_RUN = re.compile(r"\*[*?]*\*|\*\?+|\?+\*")
_IN_PHRASE = re.compile(r"(?<![\w*?])([^\W_]{2,}(?:[*?]+[^\W_]+)*\*?)(?=[\s,.;:!?]|$)")
"""A word of a phrase that may have * or ? in it; a ? at its end is one of the sentence."""
_FIXED = re.compile("[a-z0-9]+")
_REPEATED = re.compile(r"\{\s*(\d*)\s*,?\s*(\d*)\s*\}")
_MOST_REPEATED = 64
"""How often a part may be repeated by a number; no word is longer."""


class Met(NamedTuple):
    """Words that an expression matches, the most frequent first, and of how many in all."""

    words: tuple[str, ...]
    total: int


def compiled(pattern: str, position: int) -> Any:
    """An expression ready to match folded words; `position` is where it stands. Raises QueryError."""
    start = position + len("re:/")
    if len(pattern) > _LONGEST:
        raise QueryError("the regular expression is too long", f"write at most {_LONGEST} characters", start)
    for match in _REPEATED.finditer(pattern):
        if any(number and (len(number) > 4 or int(number) > _MOST_REPEATED) for number in match.groups()):
            raise QueryError(
                f"the regular expression repeats a part more than {_MOST_REPEATED} times",
                "write *, + or a smaller number",
                start + match.start(),
            )
    try:
        return regex.compile(cased(pattern), regex.IGNORECASE | regex.VERSION0)
    except (regex.error, RecursionError, OverflowError) as error:
        place = getattr(error, "pos", None) or 0
        message = getattr(error, "msg", "") or "nested too deeply"
        raise QueryError(f"the regular expression is invalid: {message}", _HINT, start + place) from None


def met(pattern: Any, vocabulary: Vocabulary, most: int, deadline: Deadline) -> Met:
    """The words of an archive that an expression matches whole, at most `most`, found before the deadline.

    Those that a mark joins begin with it (`stems.JOINED`).

    Raises QueryError where it takes too long to try a single word.
    """
    found = []
    try:
        fixed = beginning(pattern.pattern)
        every = chain.from_iterable(
            vocabulary.every(mark + fixed) for mark in (("", JOINED) if fixed else ("",))
        )
        for number, (word, articles) in enumerate(every):
            if number % 16 == 0 and deadline.over():
                break
            if pattern.fullmatch(word.removeprefix(JOINED), timeout=_FOR_ONE_WORD):
                found.append((-articles, word))
    except TimeoutError:
        raise QueryError(
            "the regular expression takes too long", "write fewer * and + inside brackets", 0
        ) from None
    return Met(tuple(word for _, word in sorted(found)[:most]), len(found))


def beginning(pattern: str) -> str:
    """Small letters and digits that every word begins with which an expression matches."""
    match = _FIXED.match(pattern)
    if match is None or "|" in pattern or "(?" in pattern:
        return ""
    fixed, after = match[0], pattern[match.end() : match.end() + 1]
    return fixed[:-1] if after and after in "?*{+" else fixed


class Wild(NamedTuple):
    """A word with * or ?: what is fixed before them, the whole as a pattern, and whole words before that."""

    prefix: str
    glob: str
    lead: tuple[QueryWord, ...]


def is_wild(text: str) -> bool:
    """Whether * or ? stands in a text."""
    return "*" in text or "?" in text


def asked(text: str) -> str | None:
    """The word alone where its marks only end a question, as in C#? or x?; None otherwise."""
    first = first_mark(text)
    if text[first:].strip("?!.,;:'"):
        return None
    words = surface_forms(text[:first])
    return text[:first] if len(words) != 1 or len(words[0]) < 2 else None


def wild(text: str) -> Wild | None:
    """A folded word with its marks read; None where fewer than two letters stand before them."""
    first = first_mark(text)
    before = surface_forms(text[:first])
    if not before or not text[:first].endswith(before[-1]):
        return None
    *whole, prefix = before
    if len(prefix) < 2 and not is_unspaced(prefix):
        return None
    glob = prefix + re.sub(r"[^\w*?]+", "", text[first:].rstrip(".,;:!'"))
    lead = tuple(word for piece in whole for word in query_words(piece))
    return Wild(prefix, _RUN.sub(_squeeze, glob), lead)


def wild_words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a phrase with * or ? in them: where each starts and ends, and the pattern that it is."""
    for match in _IN_PHRASE.finditer(text):
        found = wild(folded(match[1])) if is_wild(match[1]) else None
        if found is not None and not found.lead and not is_unspaced(found.prefix):
            yield *match.span(), found.glob


def first_mark(text: str) -> int:
    """Where the first * or ? of a text stands that has one."""
    return min(text.index(mark) for mark in "*?" if mark in text)


def _squeeze(match: re.Match[str]) -> str:
    """Several marks in a row as one * after the characters that they ask for."""
    return "?" * match[0].count("?") + "*"
