"""What tells of names abroad: titles, verbs of saying, places, nouns, first names in any case and script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from seedread_index.ner.abroad.places import names_of_places
from seedread_index.ner.gazetteer import first_names, is_first_name
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
