"""The verbs of saying of a language, where they stand in a text, and what may follow each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from seedread_index.text.word_lists import listed, sections


class Use(StrEnum):
    """What a verb of saying goes with; see data/verbs.txt."""

    CLAUSE = "clause"
    THAT = "that"
    LISTENER = "listener"
    REQUEST = "request"
    QUOTED = "quoted"
    CALLED = "called"
    SOURCE = "source"


class Cue(NamedTuple):
    """A verb of saying, or "according to", by its offsets.

    `participle` says that it has no subject itself, `plain` that a clause follows more often than an object,
    `base` that its form is the one of plurals and after "would".
    """

    start: int
    end: int
    uses: frozenset[Use]
    participle: bool
    plain: bool
    base: bool


_PLAIN = listed(
    "say says said saying think thinks thought believe believes believed tell tells told telling tweeted"
)
_SOURCE = "according"
_TO = " to"
_UNSPACED = ("zh", "ja")
"""Languages that write no blanks between words."""
_LETTERS = re.compile(r"[A-Za-z]{3,}")
_WORD = re.compile(r"[^\W\d_]{2,}")


class Cues:
    """The verbs of saying of one language."""

    def __init__(self, lang: str) -> None:
        self._uses = _verbs(lang)
        words = sorted(self._uses, key=len, reverse=True)
        # Looking up each word is eight times as fast as one pattern of all verbs.
        self._pattern = (
            re.compile("|".join(map(re.escape, words)))
            if lang in _UNSPACED and words
            else _LETTERS
            if lang == "en"
            else _WORD
        )
        self._english = lang == "en"
        self._base = _base_forms() if self._english else frozenset()

    def find(self, text: str, start: int, end: int) -> Iterator[Cue]:
        """The verbs of saying between two offsets, in order."""
        known = self._uses
        for match in self._pattern.finditer(text, start, end) if known else ():
            word = match[0]
            if word not in known:
                if word.islower():
                    continue
                word = word.lower()
            if word in known and text[match.end() : match.end() + 1] != "-":
                stop = match.end()
                if Use.SOURCE in known[word]:
                    if not text.startswith(_TO, stop):
                        continue
                    stop += len(_TO)
                participle = self._english and word.endswith("ing") and Use.SOURCE not in known[word]
                yield Cue(match.start(), stop, known[word], participle, word in _PLAIN, word in self._base)


@cache
def cues_of(lang: str) -> Cues:
    """The verbs of saying of a language (ISO 639-1), none where they are not known."""
    return Cues(lang)


@cache
def _base_forms() -> frozenset[str]:
    """The first form of each English verb that has another for one person."""
    rows = [
        line.split()
        for heading, lines in sections("quotes", "verbs.txt").items()
        if heading.startswith("en ")
        for line in lines
    ]
    past = frozenset({"put", "read"})
    return frozenset(row[0] for row in rows) - past


@cache
def _verbs(lang: str) -> dict[str, frozenset[Use]]:
    """The uses of each form."""
    found: dict[str, set[Use]] = {}
    for heading, lines in sections("quotes", "verbs.txt").items():
        name, _, use = heading.partition(" ")
        if name == lang:
            for word in " ".join(lines).split():
                found.setdefault(word.lower(), set()).add(Use(use) if use else Use.QUOTED)
    if lang == "en":
        found[_SOURCE] = {Use.SOURCE}
    return {word: frozenset(uses) for word, uses in found.items()}
