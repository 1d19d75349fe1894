"""Reads words with * and ? in them."""

from __future__ import annotations

import re
from typing import NamedTuple

from seedread_index.storage.analysis import QueryWord, is_unspaced, query_words, surfaces

_RUN = re.compile(r"\*[*?]*\*|\*\?+|\?+\*")


class Wild(NamedTuple):
    """A word with * or ?: what is fixed before them, the whole as a pattern, and whole words before that."""

    prefix: str
    glob: str
    lead: tuple[QueryWord, ...]
    said: str


def asked(text: str) -> str | None:
    """The word alone where its marks only end a question, as in C#? or x?; None otherwise."""
    first = _first(text)
    if text[first:].strip("?!.,;:'"):
        return None
    words = surfaces(text[:first])
    return text[:first] if len(words) != 1 or len(words[0]) < 2 else None


def wild(text: str) -> Wild | None:
    """A folded word with its marks read; None where fewer than two letters stand before them."""
    first = _first(text)
    before = surfaces(text[:first])
    if not before or not text[:first].endswith(before[-1]):
        return None
    *whole, prefix = before
    if len(prefix) < 2 and not is_unspaced(prefix):
        return None
    glob = prefix + re.sub(r"[^\w*?]+", "", text[first:].rstrip(".,;:!'"))
    lead = tuple(word for piece in whole for word in query_words(piece))
    return Wild(prefix, _RUN.sub(_squeeze, glob), lead, " ".join(whole))


def _first(text: str) -> int:
    return min(text.index(mark) for mark in "*?" if mark in text)


def _squeeze(match: re.Match[str]) -> str:
    """Several marks in a row as one * after the characters that they ask for."""
    return "?" * match[0].count("?") + "*"
