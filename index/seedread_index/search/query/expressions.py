"""Regular expressions over the words of an archive."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import regex  # type: ignore[import-untyped]

from seedread_index.engines.base import Vocabulary
from seedread_index.model.deadline import Deadline
from seedread_index.model.errors import QueryError
from seedread_index.text.folding import cased

_LONGEST = 200
"""Characters of an expression."""
_FOR_ONE_WORD = 0.05
"""Seconds of the processor that an expression may try one word for."""
_HINT = r"write, for example, re:/colou?r(s|ed)?/; \ before a special character makes it an ordinary one"
_FIXED = re.compile("[a-z0-9]+")
_REPEATED = re.compile(r"\{\s*(\d*)\s*,?\s*(\d*)\s*\}")
_MOST_REPEATED = 64
"""How often a part may be repeated by a number; no word is longer."""


class Met(NamedTuple):
    """Words that an expression meets, the most frequent first, and of how many in all."""

    words: tuple[str, ...]
    total: int


def compiled(pattern: str, position: int) -> Any:
    """An expression ready to meet folded words; `position` is where it stands. Raises QueryError."""
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
    """The words of an archive that an expression meets whole, at most `most`, found before the deadline.

    Raises QueryError where it takes too long to try a single word.
    """
    found = []
    try:
        for number, (word, articles) in enumerate(vocabulary.every(beginning(pattern.pattern))):
            if number % 16 == 0 and deadline.over():
                break
            if pattern.fullmatch(word, timeout=_FOR_ONE_WORD):
                found.append((-articles, word))
    except TimeoutError:
        raise QueryError(
            "the regular expression takes too long", "write fewer * and + inside brackets", 0
        ) from None
    return Met(tuple(word for _, word in sorted(found)[:most]), len(found))


def beginning(pattern: str) -> str:
    """Small letters and digits that every word begins with which an expression meets."""
    match = _FIXED.match(pattern)
    if match is None or "|" in pattern or "(?" in pattern:
        return ""
    fixed, after = match[0], pattern[match.end() : match.end() + 1]
    return fixed[:-1] if after and after in "?*{+" else fixed
