"""Characters whose width terminals disagree about (else Rich knows), and the runs in which that matters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
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
_EAST_ASIAN = frozenset({"ja", "ko", "zh"})
_COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
_ambiguous_in_doubt = False


def doubt_ambiguous(setting: str, environ: Mapping[str, str]) -> None:
    """Decide whether East Asian Ambiguous characters (UAX 11) may take two cells on this terminal.

    "narrow": they take one; "wide": they may take two; "auto": they may in a Chinese, Japanese or Korean
    locale. In doubt they are drawn so that a terminal of either kind shows the row right, which costs bytes:
    quotation marks, dashes and ellipses are ambiguous, and so are Greek and Cyrillic letters.
    """
    global _ambiguous_in_doubt  # noqa: PLW0603 - there is one terminal
    _ambiguous_in_doubt = setting == "wide" or (setting == "auto" and _is_east_asian(environ))
    is_certain_width.cache_clear()
    max_cells.cache_clear()


def ambiguous_in_doubt() -> bool:
    """Whether East Asian Ambiguous characters may take two cells."""
    return _ambiguous_in_doubt


def _is_east_asian(environ: Mapping[str, str]) -> bool:
    """Whether the locale's language is, even where the system lacks that locale.

    Python then sets LC_CTYPE to one of three values in its own environment (PEP 538); they say nothing.
    """
    names = ("LC_ALL", *(() if environ.get("LC_CTYPE") in _COERCED else ("LC_CTYPE",)), "LANG")
    locale = next((environ[name] for name in names if environ.get(name)), "")
    return locale.partition("_")[0].lower() in _EAST_ASIAN


def _is_in_doubt(character: str) -> bool:
    """Whether a character that takes a cell may take two; a mark takes none, ambiguous or not."""
    return (
        _ambiguous_in_doubt
        and unicodedata.east_asian_width(character) == "A"
        and unicodedata.category(character)[0] != "M"
    )


@lru_cache(maxsize=8192)
def is_certain_width(cell: str) -> bool:
    """Whether every terminal gives this cell's text the width that Textual gives it."""
    base = cell[0]
    code = ord(base)
    if code >= _FIRST_EMOJI or code in _SYMBOLS or base in _REACHING_BACK:
        return False
    if _is_in_doubt(base):
        return False
    if unicodedata.category(base)[0] in "CM" or unicodedata.category(base) in {"Zl", "Zp"}:
        return False
    if any(code in jamo for jamo in _JAMO):
        return False
    return all(_is_nonspacing(mark) for mark in cell[1:])


def _is_nonspacing(mark: str) -> bool:
    """Whether a mark takes no cell anywhere, and draws no letter after it into its own."""
    return (
        unicodedata.category(mark) == "Mn"
        and unicodedata.combining(mark) != _VIRAMA
        and mark not in "\ufe0e\ufe0f"
    )


@lru_cache(maxsize=8192)
def max_cells(cluster: str, cells: int) -> int:
    """The most cells that a terminal may give a grapheme that Textual gives so many.

    Terminals that know no graphemes count code point by code point, spacing marks (category Mc) as one or as
    none and half a flag as two.
    """
    if cluster.isascii():
        return cells
    counted = sum(map(_code_point_cells, cluster))
    return max(cells, counted, 2 if _AS_EMOJI in cluster else 0)


def _code_point_cells(character: str) -> int:
    code = ord(character)
    if code >= _FIRST_EMOJI and not unicodedata.category(character).startswith(("C", "M")):
        return 2
    if code in _SYMBOLS or _is_in_doubt(character):
        return 2
    if unicodedata.category(character) == "Mc" or any(code in jamo for jamo in _JAMO):
        return 1
    return int(get_character_cell_size(character))


_GAP = 2
"""Blank cells from which on what follows is taken for a column of its own and not for the next word."""

Run = tuple[int, int]


def runs(cells: list[str]) -> list[Run]:
    """The (start, end) of each run in a row, which is written whole and in one go, or not at all.

    A run starts with the first character of uncertain width, or the one before, which that may be drawn into.
    It goes on up to the next column of the row: to a character after so many blank cells that those before it
    cannot have come so far, wherever the terminal put them. So the cursor is never placed on a character that
    is to stay, and what stands outside of runs is where it should be. A character in the last column that
    turns out to take two cells is drawn from the cell before it, which is a part of its run.
    """
    if "".join(cells).isascii():
        return []
    found: list[Run] = []
    x, end = 0, 0
    while x < len(cells):
        if cells[x] == "" or is_certain_width(cells[x]):
            x += 1
            continue
        start, end = _start(cells, x, end), _end(cells, x)
        found.append((start, end))
        x = end
    return found


def _start(cells: list[str], x: int, free_from: int) -> int:
    """Where a run starts whose first uncertain character is at `x`."""
    before = x - 1
    while before > free_from and cells[before] == "":
        before -= 1
    reaches = cells[before] != " " or x == len(cells) - 1
    return before if before >= free_from and reaches else x


def _end(cells: list[str], x: int) -> int:
    """The next column after an uncertain character at `x`, or the end of the row."""
    further = blanks = 0
    while x < len(cells):
        cell = cells[x]
        if cell == " ":
            blanks += 1
        elif cell:
            if blanks >= _GAP and blanks > further:
                return x - (x == len(cells) - 1)
            blanks = 0
            width = 2 if cells[x + 1 : x + 2] == [""] else 1
            further += max_cells(cell, width) - width
        x += 1
    return x


def extend_to_runs(other: list[bool], old: list[Run], new: list[Run]) -> None:
    """Mark all cells of runs in which something changes, and of runs that no longer stand as they stood."""
    kept = set(old) & set(new)
    for start, end in [run for run in old if run not in kept] + new:
        if (start, end) not in kept or True in other[start:end]:
            other[start:end] = [True] * (end - start)
