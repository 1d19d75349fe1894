"""The word lists of the segmentation, as data files; a line of them that begins with # is a remark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources


def lines_of(name: str) -> list[str]:
    """The lines of a list that say something."""
    text = resources.files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of a list, parted by blanks."""
    return frozenset(word for line in lines_of(name) for word in line.split())


def phrases_of(name: str) -> list[str]:
    """The phrases of a list, parted by commas or line ends."""
    return [phrase for line in lines_of(name) for part in line.split(",") if (phrase := part.strip())]


def one_of(name: str) -> str:
    """A pattern that matches each phrase of a list, the longest first; a star is any ending of a word."""
    return _pattern(phrases_of(name))


def ascii_one_of(name: str) -> str:
    """The same for ASCII text in small letters, without IGNORECASE: several times as fast.

    A dotless i is written as an i in such text.
    """
    return _pattern(
        phrase for each in phrases_of(name) if (phrase := each.lower().replace("ı", "i")).isascii()
    )


def _pattern(phrases: Iterable[str]) -> str:
    phrases = sorted(set(phrases), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in phrases) + ")"
