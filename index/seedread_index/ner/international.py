"""Countries as languages other than English call them, and the words that begin a sentence there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from seedread_index.ner.spans import LabelledSpan
from seedread_index.ner.word_lists import words

_AFTER = re.compile(r"[ -](?P<word>[^\W\d_])")
_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w.’'-]*)[ -]$")
_FIRST_NAMES = frozenset({"Dominique", "Georgia", "Israel", "Maurice"})
"""Countries that are persons more often."""
_BEGINNINGS = words("function words abroad")


def countries(text: str, lang: str) -> list[LabelledSpan]:
    """Where a text in another language than English names countries; none where the language is unknown."""
    if (pattern := _pattern(lang)) is None:
        return []
    return [
        LabelledSpan(match.start(), match.end(), "GPE")
        for match in pattern.finditer(text)
        if " " in match[0] or not _in_longer_name(text, match.start(), match.end())
    ]


def hold_country(name: list[str], lang: str) -> bool:
    """Whether a word of a name is a country in its language."""
    return not _names(lang).isdisjoint(name)


def english_names() -> Iterator[tuple[str, str]]:
    """Each name of a country in any of the languages, and its everyday English name."""
    for everyday, names in _countries():
        for name in names.values():
            yield from ((each, everyday) for each in name)


def function_words(lang: str) -> frozenset[str]:
    """Capitalised words that begin sentences in a language and are no part of a name."""
    return words("function words") if lang == "en" else _BEGINNINGS


def _in_longer_name(text: str, start: int, end: int) -> bool:
    beside = _AFTER.match(text, end), _BEFORE.search(text[max(0, start - 20) : start])
    words = [match["word"] for match in beside if match is not None]
    return any(word[0].isupper() and word not in _BEGINNINGS for word in words)


@cache
def _names(lang: str) -> frozenset[str]:
    named = (name for _, names in _countries() for name in names.get(lang, ()))
    return frozenset(named) - _FIRST_NAMES


@cache
def _pattern(lang: str) -> re.Pattern[str] | None:
    named = _names(lang)
    if not named:
        return None
    longest_first = "|".join(map(_spelled, sorted(named, key=lambda name: (-len(name), name))))
    return re.compile(rf"(?<![\w-])(?:{longest_first})(?!\w)")


def _spelled(name: str) -> str:
    """A pattern of a name; newspapers differ in the capitals after its first word."""
    first, blank, rest = name.partition(" ")
    return f"{re.escape(first)}{blank}(?i:{re.escape(rest)})" if rest else re.escape(first)


@cache
def _countries() -> tuple[tuple[str, dict[str, tuple[str, ...]]], ...]:
    """The everyday name of each country, and its names by language."""
    found = []
    raw = files("seedread_index.ner").joinpath("data/countries_abroad.tsv").read_text(encoding="utf-8")
    for line in raw.splitlines():
        if not line.startswith("#"):
            everyday, *named = line.split("\t")
            names: dict[str, tuple[str, ...]] = {}
            for lang, _, name in (each.partition(":") for each in named):
                names[lang] = (*names.get(lang, ()), name)
            found.append((everyday, names))
    return tuple(found)
