"""The capital letters of the scripts that have them: a name begins with one."""

from __future__ import annotations

_LATIN_GREEK_CYRILLIC = (*range(0x41, 0x530), *range(0x1E00, 0x2000))

CAPITALS = "".join(letter for letter in map(chr, _LATIN_GREEK_CYRILLIC) if letter.isupper())
"""All capitals of the Latin, Greek and Cyrillic scripts, for a class of a regular expression."""
