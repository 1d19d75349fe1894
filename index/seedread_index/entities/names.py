"""Names as keys: what two spellings of one name have in common, and the words around persons' names."""

from __future__ import annotations

from seedread_index.entities.wordlists import words
from seedread_index.entity import fold_name as fold

__all__ = ["PARTICLES", "STRONG_TITLES", "TITLES", "fold", "title_word"]

TITLES = words("titles")
"""Words before a person's name that are no part of it, folded, without full stops."""

STRONG_TITLES = words("strong titles")
"""Titles that make what follows a person."""

PARTICLES = words("particles")
"""Small words inside persons' names."""


def title_word(word: str) -> bool:
    """Whether a word (any case, a full stop after it allowed) is a title before a person's name."""
    return word.rstrip(".").casefold() in TITLES
