"""The words of texts, and the word lists of the segmentation.

The lists are data files; a line of them that begins with # is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
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


_Tree = dict[str, "_Tree"]
"""Phrases that begin alike, by their next letter; the empty one stands for the end of a phrase."""


def _pattern(phrases: Iterable[str]) -> str:
    """The phrases as branches by their next letter: several times as fast as an alternation of them all."""
    tree: _Tree = {}
    for phrase in phrases:
        node = tree
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    return f"(?:{_branches(tree)})"


def _branches(tree: _Tree) -> str:
    """The pattern of what may follow: letters before any ending of a word, and that before the end."""
    letters = sorted(tree.keys() - {""}, key=lambda letter: (letter == "*", letter))
    branches = [
        (r"\w*" if letter == "*" else re.escape(letter)) + _branches(tree[letter]) for letter in letters
    ]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in tree:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tree else "")


_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ASCII = [chr(code) for code in range(128)]
_TO_WORDS = (
    "".join(one.lower() if one.isalnum() or one in "'-" else " " for one in _ASCII).encode().ljust(256)
)
_TO_LETTERS = "".join(one.lower() if one.isalpha() else " " for one in _ASCII).encode().ljust(256)
_JOINTS = ("--", "''", "'-", "-'")
_TYPOGRAPHIC = "“”„‘–—…\xa0"
LONG_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{5}")
LONG_WORD_OR_HAN = re.compile(r"(?<![^\W\d_])[^\W\d_]{5}|[\u3400-\u9fff]{2}")
"""The first letters of a long word, or two Chinese characters."""

_COUNTRY = re.compile(r"\bUS\b")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ELIDED = re.compile(r"\b(?:[ldjmnst]|qu|dell|nell|all|sull|un)'(?=[^\W_]{3})")

SHORT = 160
"""What is found in texts of so many code points at most is kept for a while: menus and notices stand on many
pages of a site, and each rule looks at the same lines again."""

REMEMBERED = 2048
"""So many short texts at most are remembered."""


def word_count(text: str) -> int:
    """How many words a text has; two CJK characters count as one."""
    if text.isascii() and "US" not in text:
        return len(words_of(text))
    return _short_count(text) if len(text) <= SHORT else _count_of(text)


def _count_of(text: str) -> int:
    if text.isascii():
        return len(_ascii_words(text))
    words = len(_words(text.replace("’", "'")))
    if characters := len(CJK.findall(text)):
        words = max(words, characters // 2)
    return words


_short_count = lru_cache(REMEMBERED)(_count_of)


def words_of(text: str) -> Sequence[str]:
    """The case-folded words of a text; the country US is not the pronoun us, and elided articles are none."""
    return _short_words(text) if len(text) <= SHORT else _words_in(text)


def _words_in(text: str) -> Sequence[str]:
    if "US" in text:
        text = _COUNTRY.sub("U.S.", text)
    if text.isascii():
        return _ascii_words(text)
    text = text.casefold().replace("’", "'")
    if text.isascii():
        return _ascii_words(text)
    text = text.replace("i\u0307", "i")
    if "'" in text:
        text = _ELIDED.sub("", text)
    return _words(text)


_short_words = lru_cache(REMEMBERED)(_words_in)


def _words(text: str) -> list[str]:
    """The words of a text as they are: letters and digits, and what an apostrophe or a hyphen joins."""
    for mark in _TYPOGRAPHIC:
        if mark in text:
            text = text.replace(mark, " ")
    return _ascii_words(text) if text.isascii() else _WORD.findall(text)


def _ascii_words(text: str) -> list[str]:
    """The same of ASCII text, in small letters: several times as fast as by the pattern."""
    text = text.encode("ascii").translate(_TO_WORDS).decode("ascii")
    if "'" not in text and "-" not in text:
        return text.split()
    for pair in _JOINTS:
        if pair in text:
            text = text.replace(pair, "  ")
    words = text.split()
    padded = f" {text} "
    if " '" in padded or "' " in padded or " -" in padded or "- " in padded:
        return [word for each in words if (word := each.strip("'-"))]
    return words


def stems_of(text: str, pattern: re.Pattern[str] = LONG_WORD) -> list[str]:
    """The first five letters of each word that has so many, case-folded; `pattern` finds what else counts."""
    if not text.isascii():
        text = text.casefold()
    if text.isascii():
        return [word[:5] for word in letters_of(text) if len(word) > 4]
    return pattern.findall(text)


def letters_of(text: str) -> list[str]:
    """The runs of letters of an ASCII text, in small letters."""
    return text.encode("ascii").translate(_TO_LETTERS).decode("ascii").split()
