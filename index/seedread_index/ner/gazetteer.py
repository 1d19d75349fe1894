"""The words and names that ship with the program, by which names in a text are known.

The lists of data/words.txt, first names, and the gazetteer proper: countries, peoples, regions, states and
large cities in English, countries also in other languages. Lists that several modules use have names here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from seedread_index.model.entity import fold_name
from seedread_index.ner.abroad.places import english_names
from seedread_index.ner.spans import NAMED, PLACES, Cover, LabelledSpan
from seedread_index.text.word_lists import sections
from seedread_index.text.word_lists import words as words_of_folder


def words(heading: str) -> frozenset[str]:
    """The words under a heading of data/words.txt; KeyError where there is no such list."""
    return words_of_folder("ner", heading)


def names_of(heading: str) -> frozenset[str]:
    """The names under a heading of a list that joins their words by "_"."""
    return frozenset(name.replace("_", " ") for name in words(heading))


def choice(heading: str) -> str:
    """The same as alternatives of a regular expression."""
    return "|".join(sorted(words(heading)))


TITLES = words("titles")
"""Words before a person's name that are no part of it, folded, without full stops."""

STRONG_TITLES = words("strong titles")
"""Titles that make what follows a person, folded."""

PARTICLES = words("particles")
"""Small words inside persons' names, folded."""

GENERATIONS = words("generations")
"""What tells father from son at the end of a name, folded."""

SMALL_WORDS = words("small words")
"""Small words inside names of organisations and in titles of articles, folded."""

COMPANY_FORMS = words("company forms")
"""Legal forms at the end of a company's name, folded."""

COMPANY_ENDINGS = COMPANY_FORMS | words("company groups")
"""What follows the name proper in a company's full name, folded."""

NOUN = rf"(?!(?:{choice('words that no noun begins with')})\b|[a-z]+ed\b)[a-z]"
"""Where a noun in small letters begins, as a regular expression: the name before it may belong to it."""

FUNCTION_WORDS, OTHER_FUNCTION_WORDS = words("function words"), words("function words of other languages")
"""Capitalised words that begin sentences and are no part of a name: in English, in other languages."""


FROM_OTHER_LETTERS = words("first names in other letters")
"""First names that were not first written in Latin letters: the surname after one has several spellings."""


def is_title(word: str) -> bool:
    """Whether a word (any case, a full stop after it allowed) is a title before a person's name."""
    return word.rstrip(".").casefold() in TITLES


@cache
def first_names() -> frozenset[str]:
    """Every first name of the lists, as it is written; those that are words of English sentences left out.

    The lists of data/first_names.txt serve every language: a German paper writes of Carlos and Olga.
    """
    lines = (line for listed in sections("ner", "first_names.txt").values() for line in listed)
    known = frozenset(name for line in lines for name in line.split())
    return (known | words("further first names") | FROM_OTHER_LETTERS) - FUNCTION_WORDS


def is_first_name(word: str) -> bool:
    """Whether a word is a known first name, or several that hyphens join (Jean-Luc)."""
    known = first_names()
    return word in known or ("-" in word and all(part in known for part in word.split("-")))


def opens_in_family_order(word: str) -> bool:
    """Whether a word is a family name of those that stand first (Xi Jinping, Kim Jong-un)."""
    return word in words("family names that stand first")


_REGION_LOC = re.compile(
    r"\b(East|West|North|South|Asia|Africa|Europe|America|Sea|Ocean|Gulf|Mountains|River|Canal|Strait|Channel)\b"
)
_LANDSCAPES = words("landscape names")
_START = re.compile(r"[A-Z\u00c0-\u00de](?<![\w’'].)[\w.]*")
_CAPITAL_AFTER = re.compile(r"[ -][A-Z]")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w.’'-]* $|[\w]-$")
AMBIGUOUS = words("ambiguous names")
"""Names that are also those of persons or words: they never override what the model says."""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Names to labels; `by_first` has the names by their first word, longest first."""

    labels: dict[str, str]
    sure: frozenset[str]
    """Countries, peoples, regions and capitals: names that hardly ever mean anything else."""
    by_first: dict[str, tuple[str, ...]]

    def apply(self, text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
        """The spans with its names added where nothing longer is, and labels put right where it is sure."""
        places = {(span.start, span.end): i for i, span in enumerate(spans)}
        named = [span for span in spans if span.label in NAMED]
        cover = Cover(len(text), named)
        out = list(spans)
        text = text.replace("’", "'")
        for match in self.matches(text):
            name = text[match.start : match.end]
            index = places.get((match.start, match.end))
            if index is not None:
                if name in self.sure and name not in AMBIGUOUS and out[index].label != match.label:
                    if not (out[index].label in PLACES and match.label in PLACES):
                        out[index] = match
                elif out[index].label in ("ORG", "NORP", "FAC") and match.label == "GPE":
                    out[index] = match
            elif (
                name not in AMBIGUOUS
                and (name in self.sure or cover.free(match.start, match.end))
                and self._stands_alone(text, match)
            ):
                out.append(match)
        return out

    def _stands_alone(self, text: str, match: LabelledSpan) -> bool:
        """Whether a match may be added: no other capitalised word beside it, unless it is a sure name."""
        name = text[match.start : match.end]
        if name in self.sure:
            return match.label == "NORP" or not re.match(r" [A-Z]", text[match.end : match.end + 2])
        return not _CAPITAL_AFTER.match(text[match.end : match.end + 3]) and not _CAPITAL_BEFORE.search(
            text[max(0, match.start - 20) : match.start]
        )

    def matches(self, text: str) -> list[LabelledSpan]:
        """Where its names stand in a text, the longest at each place."""
        found: list[LabelledSpan] = []
        end = 0
        for match in _START.finditer(text):
            start = match.start()
            if start < end:
                continue
            word = match[0].rstrip(".")
            for name in self.by_first.get(word, ()) or self.by_first.get(match[0], ()):
                stop = start + len(name)
                if text.startswith(name, start) and not text[stop : stop + 1].isalnum():
                    found.append(LabelledSpan(start, stop, self.labels[name]))
                    end = stop
                    break
        return found


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once."""
    parts = sections("ner", "gazetteer.tsv")
    countries = [_country(line) for line in parts["countries"]]
    sure = (
        dict.fromkeys(_names(parts["states"]), "GPE")
        | {name: _label_of_region(name) for name in _names(parts["regions"])}
        | dict.fromkeys(_names(parts["organisations"]), "ORG")
    )
    for country in countries:
        sure |= dict.fromkeys(country.names, "GPE") | dict.fromkeys(country.peoples, "NORP")
    sure |= dict.fromkeys(_names(parts["groups"]), "NORP")
    capitals = [country.capital for country in countries if country.capital]
    labels = dict.fromkeys([*_names(parts["cities"]), *capitals], "GPE") | sure
    return Gazetteer(labels, frozenset(sure), _by_first_word(labels))


class FoldedNames(NamedTuple):
    """The names of countries, cities and peoples, folded, to the everyday one of each."""

    country_of_demonym: dict[str, str]
    """The folded demonym to the country's everyday name."""
    country_of_name: dict[str, str]
    """Every folded name of a country, in any language that is known, to its everyday name."""
    city_of_name: dict[str, str]
    """Every folded name that another language has for a large city, to its everyday English name."""
    people_of_country: dict[str, str]
    """The country's everyday name to its first demonym."""
    groups: dict[str, str]
    """Every folded name of a people or creed of no one country to its first one."""


@cache
def folded_names() -> FoldedNames:
    """The folded names of the shipped gazetteer, read once."""
    parts = sections("ner", "gazetteer.tsv")
    countries = [_country(line) for line in parts["countries"]]
    demonyms: dict[str, str] = {}
    for country in countries:
        for name in country.peoples:
            demonyms.setdefault(fold_name(name), country.everyday)
    country_of_name = {fold_name(name): each.everyday for each in countries for name in each.names}
    capitals = [country.capital for country in countries if country.capital]
    cities = {fold_name(name) for name in (*_names(parts["cities"]), *capitals)}
    for name, everyday in english_names(""):
        if (folded := fold_name(name)) not in cities:  # Albány is Czech, Albany a city.
            country_of_name.setdefault(folded, everyday)
    city_of_name = {fold_name(name): everyday for name, everyday in english_names("cities")}
    city_of_name = {name: everyday for name, everyday in city_of_name.items() if name not in country_of_name}
    people = {country.everyday: country.peoples[0] for country in countries if country.peoples}
    groups = [line.split(";") for line in parts["groups"]]
    first_of_group = {fold_name(name): fold_name(names[0]) for names in groups for name in names}
    return FoldedNames(demonyms, country_of_name, city_of_name, people, first_of_group)


class _Country(NamedTuple):
    names: tuple[str, ...]
    peoples: tuple[str, ...]
    capital: str

    @property
    def everyday(self) -> str:
        return self.names[0]


def _country(line: str) -> _Country:
    _, names, peoples, capital = line.split("\t")
    return _Country(tuple(names.split(";")), tuple(filter(None, peoples.split(";"))), capital)


def _names(lines: Iterable[str]) -> list[str]:
    return [name for line in lines for name in line.split(";") if name]


def _label_of_region(name: str) -> str:
    return "LOC" if _REGION_LOC.search(name) or name in _LANDSCAPES else "GPE"


def _by_first_word(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(re.split(r"[^\w.]", name, maxsplit=1)[0].rstrip("."), []).append(name)
    return {first: tuple(sorted(each, key=len, reverse=True)) for first, each in found.items()}
