"""How wide a character is on terminals that do not measure it as Textual does."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size

_VIRAMA = 9
"""The canonical combining class of signs that join two consonants: terminals draw one cluster, or two."""
_FIRST_EMOJI = 0x1F000
_SYMBOLS = range(0x2600, 0x27C0)
_JAMO = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))
"""Vowels and final consonants of Hangul, which some terminals draw into the syllable before them."""
_REACHING_BACK = "\u0e33\u0eb3"
"""The vowels AM of Thai and Lao: a cell of their own, or a mark on the one before."""
_AS_EMOJI = "\ufe0f"


@lru_cache(maxsize=8192)
def sure(cell: str) -> bool:
    """Whether every terminal gives this cell's text the width that Textual gives it."""
    base = cell[0]
    code = ord(base)
    if code >= _FIRST_EMOJI or code in _SYMBOLS or base in _REACHING_BACK:
        return False
    if unicodedata.category(base)[0] in "CM" or unicodedata.category(base) in {"Zl", "Zp"}:
        return False
    if any(code in jamo for jamo in _JAMO):
        return False
    return all(_stays_above(mark) for mark in cell[1:])


def _stays_above(mark: str) -> bool:
    """Whether a mark takes no cell anywhere, and draws no letter after it into its own."""
    return (
        unicodedata.category(mark) == "Mn"
        and unicodedata.combining(mark) != _VIRAMA
        and mark not in "\ufe0e\ufe0f"
    )


@lru_cache(maxsize=8192)
def most_cells(cluster: str, cells: int) -> int:
    """The most cells that a terminal may give a grapheme that Textual gives so many.

    Terminals that know no graphemes count code point by code point, spacing marks (category Mc) as one or as
    none and half a flag as two.
    """
    if cluster.isascii():
        return cells
    counted = sum(map(_alone, cluster))
    return max(cells, counted, 2 if _AS_EMOJI in cluster else 0)


def _alone(character: str) -> int:
    code = ord(character)
    if code >= _FIRST_EMOJI and not unicodedata.category(character).startswith(("C", "M")):
        return 2
    if code in _SYMBOLS:
        return 2
    if unicodedata.category(character) == "Mc" or any(code in jamo for jamo in _JAMO):
        return 1
    return int(get_character_cell_size(character))
