"""Names in other scripts and spellings: Cyrillic and Greek in Latin letters, and two folds of romanisations.

A fold is what several spellings of one name have in common. Some names that are not one share it as well: it
yields candidates, and other evidence decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from seedread_index.text.word_lists import listed

_LETTERS = listed(
    """
    аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щsh ыy эe юyu яya
    іi їyi єye ґg ўu јj љl њn ћc ђdj џdz ѓg ќk ѕdz αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr
    σs ςs τt υy φf χch ψps ωo ıi łl øo đd ßss æae œoe ðd þth əa
    """
)
"""Each letter with what stands for it in Latin script."""
_LATIN = str.maketrans({pair[0]: pair[1:] for pair in _LETTERS} | dict.fromkeys("ъьʼ’", ""))


CAPITALS = "".join(
    letter for letter in map(chr, (*range(0x41, 0x530), *range(0x1E00, 0x2000))) if letter.isupper()
)
"""All capitals of the Latin, Greek and Cyrillic scripts, for a class of a regular expression."""

_Rules = Sequence[tuple[re.Pattern[str], str]]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), new) for pattern, new in pairs)


_SPELLING = _rules(
    (r"[^a-z]", ""),
    (r"tch|tsch|cz", "ch"),
    (r"sch|sz", "sh"),
    (r"(?<=a)h$", ""),
    (r"dzh|dj|zh", "j"),
    (r"[gk]h|[gqk]", "k"),
    (r"dh", "d"),
    (r"w", "v"),
    (r"(?:[iy][jy]?|yi)$|(?:[iy]y)+$", "i"),
    (r"ou|oo|o", "u"),
    (r"[eiy]+", "i"),
    (r"(.)\1+", r"\1"),
)
_LETTERS_ONLY = _rules(
    (r"[^a-z]", ""),
    (r"zh", "j"),
    (r"kh", "h"),
    (r"ph", "f"),
    (r"ck|c(?!h)", "k"),
    (r"x", "ks"),
    (r"w", "v"),
    (r"iya", "ia"),
    (r"iy", "i"),
    (r"[yj]", "i"),
    (r"(.)\1+", r"\1"),
)


def in_latin(word: str) -> str:
    """A word in small Latin letters without diacritics; Cyrillic and Greek letters as their sounds."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LATIN))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LATIN)


@lru_cache(maxsize=50_000)
def fold_spelling(word: str) -> str:
    """What the romanisations of one word have in common (Zelensky, Zelenskyy; Gaddafi, Qadhafi)."""
    return _folded(word, _SPELLING)


@lru_cache(maxsize=50_000)
def fold_letters(word: str) -> str:
    """A word in letters that all alphabets have, its vowels kept: a name as another language writes it."""
    return _folded(word, _LETTERS_ONLY)


def _folded(word: str, rules: _Rules) -> str:
    folded = in_latin(word)
    for pattern, new in rules:
        folded = pattern.sub(new, folded)
    return folded
