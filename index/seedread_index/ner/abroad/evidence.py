"""What tells of names abroad: rows of capitalised words, titles, verbs of saying, first names in any case."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from seedread_index.ner.abroad.places import names_of_places
from seedread_index.ner.gazetteer import (
    OTHER_FUNCTION_WORDS,
    PARTICLES,
    choice,
    first_names,
    is_first_name,
)
from seedread_index.ner.spans import LabelledSpan
from seedread_index.text.romanisation import CAPITALS, fold_letters, in_latin
from seedread_index.text.word_lists import listed as listed_words
from seedread_index.text.word_lists import sections, words

CAMEL = re.compile(rf"(?<!^Mc)(?<!^Mac)(?<!^De)(?<!^Di)(?<!^Le)(?<!^Van)(?<=[^\W\d_{CAPITALS}])[{CAPITALS}]")
"""A capital inside a word, of which only some family names have one."""
ENDINGS = {
    "pl": ("owi", "iem", "ego", "emu", "em", "ie", "im", "a", "u", "y", "i", "ę", "ą", "o"),
    "ru": ("ием", "ом", "ем", "ой", "ей", "ым", "ию", "ия", "ого", "ому", "а", "у", "е", "ы", "и", "ю", "я"),
}
_RESTORED = {"pl": ("", "a", "y", "i"), "ru": ("", "а", "я", "й", "ь", "ий", "ия")}
_SHORTEST_STEM = 3
_FIRST_BEYOND_LATIN = "\u0370"
_SHORTEST_FOLD = 5
_SHORTEST_NOUN, _LONGEST_ARTICLE = 6, 10
OF_AN_AGE = re.compile(r",? \((?:\d{4} ?[-–—] ?\d{2,4}|\d{2})\)|, \d{2},")
"""What follows a person: the years of a life, an age."""
_FROM = "|".join(
    listed_words(
        "ano ana ense ês esa és ese ino ina eno ena ol olo ola co ca go ga so sa eu ais aise ien ienne ain"
    )
    | listed_words("aine ois oise")
)
ORIGIN = re.compile(rf"([^\W\d_]+) [^\W\d_]*(?:{_FROM}) $")
"""A calling and where the person is from, in Romance languages (el presidente ruso …)."""
_INITIAL = rf"[{CAPITALS}]\.(?:-?[{CAPITALS}]\.)*"
_CAPITAL_WORD = rf"(?:{_INITIAL}|[{CAPITALS}](?:[\w’'-]*\w)?)"
_SMALL = rf"(?:{choice('joiners')}|do|das|della|dei|ten|ter|zu|y|e)"
_GERMAN_SMALL = r"(?:von(?: de[rnm])?|van(?: de[rn])?|zu|de|di|da|al|bin|ibn|el)"
_FIRST_WORD = rf"(?<![\w@#/.-]){_CAPITAL_WORD}"
_CHAINS = {
    "": re.compile(rf"{_FIRST_WORD}(?: (?:{_SMALL} (?:{_SMALL} )?)?{_CAPITAL_WORD}){{0,8}}"),
    "de": re.compile(rf"{_FIRST_WORD}(?: (?:{_GERMAN_SMALL} )?{_CAPITAL_WORD}){{0,8}}"),
}
"""Rows of capitalised words; articles join no names in German."""
_LETTERS = re.compile(r"(?<![\w’'-])[^\W\d_]+(?![\w-])")
_TOKEN = re.compile(r"\S+")
_ELISION = re.compile(r"(?:[LDlds]|[DdNnSs]?[Ee]?[Ll]l|[Uu]n|[Qq]u)['’](?=\w)")


class Token(NamedTuple):
    """A word of a row."""

    start: int
    end: int
    text: str


def small_words(text: str) -> frozenset[str]:
    """The words that stand in small letters in a text of any script."""
    return frozenset(filter(str.islower, _LETTERS.findall(text)))


def rows(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Where rows of capitalised words begin and end, with the small words that join names."""
    return (match.span() for match in _CHAINS.get(lang, _CHAINS[""]).finditer(text))


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words of a row, without what only begins the sentence and without an elided article."""
    tokens = []
    for match in _TOKEN.finditer(text, start, end):
        first = match.start()
        if elision := _ELISION.match(text, first, match.end()):
            first = elision.end()
        tokens.append(Token(first, match.end(), sys.intern(text[first : match.end()])))
    while tokens and (tokens[0].text in OTHER_FUNCTION_WORDS or tokens[0].text.casefold() in PARTICLES):
        if is_first_name(tokens[0].text) and len(tokens) > 1 and tokens[0].text not in OTHER_FUNCTION_WORDS:
            break
        tokens.pop(0)
    return tokens


class Evidence(NamedTuple):
    """The words of a language that tell what a name is."""

    titles: frozenset[str]
    saying: frozenset[str]
    heads: frozenset[str]
    places: frozenset[str]


@cache
def _endings_of_nouns() -> tuple[str, ...]:
    return tuple(listed("endings of nouns"))


def is_german_noun(word: str) -> bool:
    """Whether a capitalised German word, or the last part of a compound, ends as nouns and no names do."""
    last = word.rpartition("-")[2]
    longer = len(last) > _SHORTEST_NOUN or last != word
    return longer and last.casefold().endswith(_endings_of_nouns())


def is_noun_here(text: str, start: int, first: str) -> bool:
    """Whether a German first name at an offset is the noun that is spelled so: "ein Roman"."""
    if first not in listed("first names that are nouns"):
        return False
    before = text[max(0, start - _LONGEST_ARTICLE) : start].split()
    return bool(before) and before[-1].casefold() in listed("articles before nouns")


@cache
def evidence_of(lang: str) -> Evidence:
    """The words of a language; of one that has no lists those of all."""
    lists = sections("ner", "languages.txt")
    langs = (
        [lang] if f"titles {lang}" in lists else [name.split()[1] for name in lists if name[:6] == "titles"]
    )

    def of(kind: str) -> frozenset[str]:
        return frozenset().union(*(words("ner", f"{kind} {each}", "languages.txt") for each in langs))

    saying = (words("ner", heading, "languages.txt") for heading in lists if heading.startswith("saying"))
    return Evidence(of("titles"), frozenset().union(*saying), of("organisations"), names_of_places(lang))


@cache
def listed(heading: str) -> frozenset[str]:
    return words("ner", heading, "languages.txt")


@cache
def _plain_first_names() -> frozenset[str]:
    """The first names in Latin letters without diacritics."""
    return frozenset(in_latin(name) for name in first_names())


@cache
def _romanised_first_names() -> frozenset[str]:
    """The folds of the first names in Latin letters; short ones fold to too little."""
    folds = (
        fold_letters(name) for name in first_names() if len(name) >= _SHORTEST_FOLD and name[0] < "\u0250"
    )
    return frozenset(fold for fold in folds if len(fold) >= _SHORTEST_FOLD)


def begins_name(word: str, lang: str, small: frozenset[str]) -> bool:
    """Whether a word is a first name, in whatever case and script; `small` words of the text are none."""
    bases = tuple(_bases(word, lang))
    others = listed("no first names") | evidence_of(lang).heads
    if word in others or word.casefold() in small or CAMEL.search(word) or not others.isdisjoint(bases):
        return False
    if is_first_name(word) or not first_names().isdisjoint(bases):
        return True
    parts = word.split("-")
    return (len(parts) > 1 and all(begins_name(part, lang, small) for part in parts)) or (
        not word.isascii() and _romanised(word, lang)
    )


def _romanised(word: str, lang: str) -> bool:
    """Whether a word is a first name that is known in Latin letters."""
    if word[0] < _FIRST_BEYOND_LATIN:
        return len(word) > _SHORTEST_STEM and in_latin(word) in _plain_first_names()
    forms = [word, *_bases(word, lang)]
    return any(
        len(form) > _SHORTEST_STEM and fold_letters(form) in _romanised_first_names() for form in forms
    )


def _bases(word: str, lang: str) -> Iterator[str]:
    """What an inflected first name may be the form of."""
    for ending in ENDINGS.get(lang, ()):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)]
            yield from (stem + restored for restored in _RESTORED[lang])


def inflected(text: str, persons: Sequence[LabelledSpan], lang: str) -> Iterator[LabelledSpan]:
    """Lone surnames of the persons of a text in other cases."""
    surnames = {text[span.start : span.end].rpartition(" ")[2] for span in persons}
    stems = {_stem(surname, lang) for surname in surnames if surname[0].isupper()}
    stems = {stem for stem in stems if len(stem) > _SHORTEST_STEM}
    if not stems:
        return
    endings = "|".join(ENDINGS[lang])
    longest_first = "|".join(map(re.escape, sorted(stems, key=len, reverse=True)))
    for match in re.finditer(rf"(?<![\w-])(?:{longest_first})(?:{endings})?(?![\w-])", text):
        yield LabelledSpan(match.start(), match.end(), "PERSON")


def _stem(surname: str, lang: str) -> str:
    """A surname without its case ending."""
    for ending in ENDINGS[lang]:
        if surname.endswith(ending) and len(surname) - len(ending) > _SHORTEST_STEM:
            return surname[: -len(ending)]
    return surname


def shouts(tokens: Sequence[Token]) -> bool:
    """Whether words are in capitals throughout as a heading's are: they are no acronyms then."""
    loud = [token.text for token in tokens if len(token.text) > 1 and token.text.isupper()]
    return len(loud) > 1
