"""How wide terminals take text to be: they agree on letters, and on little else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from rich.cells import split_graphemes
from wcwidth import iter_graphemes, wcwidth

Counting = Callable[[str], list[tuple[str, int]]]
"""Cuts what is drawn into pieces with the cells of each; a piece without cells goes on the one before."""


def as_textual(text: str) -> list[tuple[str, int]]:
    """By the graphemes of Textual."""
    if text.isascii():
        return [(char, 1) for char in text]
    return [(text[start:end], width) for start, end, width in split_graphemes(text)[0]]


def marks_in_cells(text: str) -> list[tuple[str, int]]:
    """By code points; spacing marks have a cell of their own, as in tmux and xterm."""
    return [(char, 1 if unicodedata.category(char) == "Mc" else _cells(char)) for char in text]


def marks_in_no_cells(text: str) -> list[tuple[str, int]]:
    """By code points; spacing marks have no cell."""
    return [(char, 0 if unicodedata.category(char) == "Mc" else _cells(char)) for char in text]


def jamo_in_cells(text: str) -> list[tuple[str, int]]:
    """By code points; the vowels and finals of Hangul have cells, and so has half a flag, but only one."""
    return [
        (char, 1 if "\u1160" <= char <= "\u11ff" or _is_half_flag(char) else _cells(char)) for char in text
    ]


def whole_clusters(text: str) -> list[tuple[str, int]]:
    """By the graphemes of Unicode, conjuncts in one, as wide as the character they begin with."""
    return [(cluster, _as_first(cluster)) for cluster in iter_graphemes(text)]


def ambiguous_in_two_cells(text: str) -> list[tuple[str, int]]:
    """By code points; East Asian Ambiguous characters have two cells, as in terminals set up for CJK."""
    return [(char, 2 if _is_ambiguous(char) else _cells(char)) for char in text]


COUNTINGS = {
    "marks in cells": marks_in_cells,
    "marks in no cells": marks_in_no_cells,
    "jamo in cells": jamo_in_cells,
    "whole clusters": whole_clusters,
}
"""Those that differ from Textual's."""


def _cells(char: str) -> int:
    return max(int(wcwidth(char)), 0)


def _is_ambiguous(char: str) -> bool:
    return unicodedata.east_asian_width(char) == "A" and _cells(char) == 1


def _is_half_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _as_first(cluster: str) -> int:
    return 2 if "\ufe0f" in cluster or _is_half_flag(cluster[0]) else _cells(cluster[0])
