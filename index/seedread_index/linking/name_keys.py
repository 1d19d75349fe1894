"""Names as keys: what two spellings of one name have in common, and the words around persons' names."""

from __future__ import annotations

import re
from functools import lru_cache

from seedread_index.model.entity import fold_name as fold
from seedread_index.ner.word_lists import words

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


_LONGEST = 6
"""Words of a person's name at most: what is longer was put together by mistake."""
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_INITIALS = re.compile(r"\b([A-Z]\.)(?=[A-Z]\.)")


def person_key(text: str) -> str:
    """The key of a person's name: folded, initials apart (J.K. and JK Rowling are j k rowling)."""
    words = fold(_INITIALS.sub(r"\1 ", text)).split()
    if len(words) > 1 and len(words[0]) == 2 and not set(words[0]) & set("aeiouy"):
        words[:1] = list(words[0])
    return " ".join(words)


@lru_cache(maxsize=100_000)
def core(key: str) -> tuple[str, ...]:
    """The words of a person's key without particles (al, van, de) and generations (Jr, III)."""
    words = [w for w in key.split() if w not in _GENERATIONS] or key.split()
    return tuple([w for w in words if w not in PARTICLES] or words)


@lru_cache(maxsize=100_000)
def generation(key: str) -> str:
    """The generation that a person's key ends in (jr, iii), empty without one: father and son are two."""
    last = key.rpartition(" ")[2]
    return last if last in _GENERATIONS else ""


def subsumes(longer: str, shorter: str) -> bool:
    """Whether a person's longer key is a fuller form of a shorter one of at least two words.

    Same surname and generation, the shorter one's words in order inside the longer's, and no initial that the
    other lacks.
    """
    big, small = core(longer), core(shorter)
    if generation(longer) != generation(shorter) or big[-1] != small[-1]:
        return False
    if not 2 <= len(small) <= len(big) <= _LONGEST:
        return False
    position = 0
    for word in big:
        if position < len(small) and word == small[position]:
            position += 1
    if position < len(small):
        return False
    letters = [w for w in small if len(w) == 1]
    return not letters or letters == [w for w in big if len(w) == 1]
