"""From a word of a text to what the index has of it: its form, and the term that all forms of a word share.

A form is a word as it is written, folded, without 's and the marks inside; one wholly in capitals is a form
of its own, so that US is told from us. Porter's stemmer for English (porter2) makes terms of forms; what it
does not know stands in data/english.txt.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from whoosh.lang import porter2

from seedread_index.text.word_lists import sections, words

LONGEST = 64
"""Characters of a term that count; longer runs (encoded data, for instance) are cut here."""
EXACT = "="
"""Begins the term of one form: =governance stands where governance does, =US where that is in capitals."""
JOINED = "-"
"""Begins the form of parts that a mark joins: co-operation is a form of cooperation, but not that word. The
form is a term as well, for patterns that the word matches."""
GOING_ON = "+"
"""Begins the term of the later parts of a word that is broken at the end of a line."""

FUNCTION_WORDS = words("text", "function words", "english.txt")
"""Words that have no other forms, and are the form of no other word."""
_IRREGULAR = dict(line.split() for line in sections("text", "english.txt")["irregular forms"])
_JOINTS = str.maketrans("", "", ".,")
_NUMBERED = re.compile(r"(?:[a-z]+\d+|(?![1-9]0s)\d{1,3}|(?![12]\d\d0s)\d{4})s")
"""Several of what a number names, F-16s and 747s; but not the 1990s or '90s."""
_MOST = 150_000
_steps: Any = porter2
_EARLY = frozenset(_steps.exceptional_early_exit_post_1a)
_ENDINGS_2 = tuple(ending for ending, _, _ in _steps.s2_triples)
_ENDINGS_3 = tuple(ending for ending, _, _ in _steps.s3_triples)
_ENDINGS_4 = (*_steps.s4_delete_list, "sion", "tion")


def stem(word: str) -> str:
    """What porter2 makes of a word of ASCII letters in lower case; of its steps only those are taken that the
    word's end calls for, which is more than twice as fast."""
    if len(word) <= 2:
        return word
    if (known := _steps.exceptional_forms.get(word)) is not None:
        return str(known)
    if "y" in word:
        word = _steps.capitalize_consonant_ys(word)
    r1 = _steps.get_r1(word)
    match = _steps.r_exp.match(word, r1)
    r2 = match.start(1) if match else len(word)
    if word.endswith(("s", "ied")):
        word = _steps.step_1a(word)
    if word in _EARLY:
        return word
    if word.endswith(("ed", "ing", "edly", "ingly")):
        word = _steps.step_1b(word, r1)
    if word.endswith(("y", "Y")):
        word = _steps.step_1c(word)
    if word.endswith(_ENDINGS_2):
        word = _steps.step_2(word, r1)
    if word.endswith(_ENDINGS_3):
        word = _steps.step_3(word, r1, r2)
    if word.endswith(_ENDINGS_4):
        word = _steps.step_4(word, r2)
    if word.endswith(("l", "e")):
        word = _steps.step_5(word, r1, r2)
    return word.replace("Y", "y")


def plain(word: str) -> str:
    """A word without 's and the dots and commas inside."""
    if word[-2:] in ("'s", "'S"):
        word = word[:-2]
    if not word.isalnum() and word.isascii():
        word = word.translate(_JOINTS)
    return word[:LONGEST]


class _Known(dict[str, str]):
    """What becomes of words, worked out when first seen; emptied when it has grown too large."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST:
            self.clear()
        self[word] = found = sys.intern(self._work_out(word))
        return found


def _form(word: str) -> str:
    bare = plain(word)
    return bare if len(bare) > 1 and bare.isupper() else bare.lower()


def _term(form: str) -> str:
    if form.startswith(GOING_ON):
        return form
    word = plain(form.removeprefix(JOINED)).lower()
    if not word.isascii():
        return word
    if word.isalpha():
        stemmed = stem(_IRREGULAR.get(word, word))
        return word if stemmed in FUNCTION_WORDS or word in FUNCTION_WORDS else stemmed
    return word[:-1] if _NUMBERED.fullmatch(word) else word


FORMS = _Known(_form)
"""Forms by words as they stand in a text that is folded but for its capitals."""
TERMS = _Known(_term)
"""Terms by forms, or by folded words."""


def term_of(word: str) -> str:
    """The term of one folded word, or of a form."""
    return TERMS[word]


@cache
def irregular_forms(term: str) -> tuple[str, ...]:
    """The forms of a term that are not made of its stem."""
    return tuple(form for form in _IRREGULAR if TERMS[form] == term)


def is_form(form: str, wanted: str) -> bool:
    """Whether a form is the one that an exact term asks for: in capitals where that is, else in any case."""
    return form == wanted or (form.lower() == wanted and form[:1] not in (JOINED, GOING_ON))


def exact_term(form: str) -> str:
    """The term that stands where one form does; that of a function word is the word itself."""
    return form if form in FUNCTION_WORDS else EXACT + form
