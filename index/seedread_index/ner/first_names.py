"""First names of persons that are known, in any language: evidence that a capitalised word begins a person.

The lists of data/first_names.txt are for every language at once: a German paper writes of Carlos and Olga.
"""

from __future__ import annotations

from functools import cache

from seedread_index.ner.gazetteer import FUNCTION_WORDS, words
from seedread_index.text.word_lists import sections


@cache
def first_names() -> frozenset[str]:
    """Every first name of the lists, as it is written; those that are words of English sentences left out."""
    lines = (line for listed in sections("ner", "first_names.txt").values() for line in listed)
    known = frozenset(name for line in lines for name in line.split()) | words("further first names")
    return known - FUNCTION_WORDS


def is_first_name(word: str) -> bool:
    """Whether a word is a known first name, or several that hyphens join (Jean-Luc)."""
    known = first_names()
    return word in known or ("-" in word and all(part in known for part in word.split("-")))


def opens_in_family_order(word: str) -> bool:
    """Whether a word is a family name of those that stand first (Xi Jinping, Kim Jong-un)."""
    return word in words("family names that stand first")
