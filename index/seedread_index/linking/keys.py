"""Names as keys: what the spellings of one name have in common, and the ids of entities."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from seedread_index.model.article import EntityType
from seedread_index.model.entity import fold_name
from seedread_index.ner.gazetteer import (
    COMPANY_ENDINGS,
    COMPANY_FORMS,
    FROM_OTHER_LETTERS,
    GENERATIONS,
    PARTICLES,
    SMALL_WORDS,
    folded_names,
    words,
)
from seedread_index.text.romanisation import fold_spelling
from seedread_index.text.word_lists import sections

_ROMANISED = re.compile(
    r"kh|dh|zh|q|^gh|^(?:al|bin|ibn|abd|abu|abdul|abdel)$|(?:sk[iy]+|skij|iy|yy|[eo]v|ova|eva|enk[oa]|uddin|ullah)$"
)
"""What Arabic, Persian and Slavic names have in Latin letters, and others hardly ever."""
_LONGEST = 6
"""Words of a person's name at most: what is longer was put together by mistake."""
_NAME_AND_SURNAME = 2
_INITIALS = re.compile(r"\b([A-Z]\.)(?=[A-Z]\.)")
_OPENING_PARTICLES = re.compile(
    rf"(?:(?:{'|'.join(sorted(PARTICLES))})[ -](?=\S))+|(?:(?i:{'|'.join(sorted(PARTICLES))})-(?=\w))+"
)
_BODIES_IN_NAMES = {
    **dict.fromkeys(("us", "usa"), "united states"),
    "uk": "united kingdom",
    "un": "united nations",
    "eu": "european union",
}
"""Short forms that names of organisations begin with, folded."""
_NATIONS = (["united", "states"], ["united", "kingdom"])
_SPELT_SO = frozenset(("labor", "labor party", "australian labor party", "labour", "labour party"))
"""Parties that their spelling tells apart."""
_OF_EVERY_NATION = words("words of every nation")
_LONG_ENOUGH = 3
"""Words of a name, small ones apart, that tell an organisation without its country."""
_OFFICE_OF = re.compile(r"(.+? )?(ministry|department) (?:of|for) (?:the )?(.+?)(?: affairs)?")
"""Ministry of Defence is Defence Ministry, Ministry of Foreign Affairs is Foreign Ministry."""
_LEFT_OUT = frozenset(tuple(each.split("_")) for each in words("words that short names leave out"))
_VOWELS = re.compile("(?<=.)[aiu]")
_SHORTEST_PLURAL = 4


@lru_cache(maxsize=20_000)
def entity_id(kind: EntityType, key: str) -> str:
    """The id of the entity that was founded on a key."""
    return hashlib.sha256(f"{kind}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


@lru_cache(maxsize=20_000)
def key_of(kind: EntityType, text: str) -> str:
    """The key of a name: folded; countries, peoples and companies by their one everyday form."""
    key = fold_name(text)
    book = folded_names()
    if kind is EntityType.PLACE:
        known = book.country_of_name.get(key, "") or book.city_of_name.get(key, "")
        key = fold_name(known) or key
        return _same_names("place").get(key) or _same_names("states").get(key, key)
    if kind is EntityType.GROUP:
        country = book.country_of_demonym.get(key)
        if country is not None:
            return fold_name(book.people_of_country[country])
        return book.groups.get(key, _singular(key))
    if kind is EntityType.ORG:
        return _organisation_key(key)
    if kind is EntityType.PERSON:
        return person_key(text)
    return key


def _organisation_key(key: str) -> str:
    """The key of an organisation: its legal form left out, ministries and spellings in one way."""
    same = _same_names("org")
    if key in same:
        return same[key]
    spellings = _same_names("spellings")
    words = key.split() if key in _SPELT_SO else [spellings.get(word, word) for word in key.split()]
    while len(words) > 1 and words[-1] in COMPANY_FORMS:
        words.pop()
    if len(words) > 1 and words[0] in _BODIES_IN_NAMES:
        words[:1] = _BODIES_IN_NAMES[words[0]].split()
    words = _without_nation(words)
    if match := _OFFICE_OF.fullmatch(" ".join(words)):
        before, head, of = match.groups()
        words = f"{before or ''}{of} {head}".split()
    name = " ".join(words)
    return same.get(name, name)


def _without_nation(words: list[str]) -> list[str]:
    """The words of an organisation's name without its country, where the rest is long enough to tell it.

    The U.S. Fish Quality Agency is the Fish Quality Agency; a Supreme Court, a National Weather Service may
    be another country's.
    """
    rest = words[2:]
    own = words[:2] in _NATIONS and sum(word not in SMALL_WORDS for word in rest) >= _LONG_ENOUGH
    return rest if own and rest[0] not in _OF_EVERY_NATION else words


@cache
def _same_names(heading: str) -> Mapping[str, str]:
    """From each folded name of the list of same names to the folded first one of its line."""
    lines = (line.split(";") for line in sections("linking", "same_names.txt")[heading])
    return {fold_name(name): fold_name(names[0]) for names in lines for name in names}


@cache
def _states() -> Mapping[str, str]:
    """By its folded name each name of a state that has short forms."""
    names = (line.partition(";")[0] for line in sections("linking", "same_names.txt")["states"])
    return {fold_name(name): name for name in names}


def _singular(key: str) -> str:
    """The key of a group by its singular: Republicans are Republican, Tories Tory."""
    if len(key) <= _SHORTEST_PLURAL or not key.endswith("s") or key.endswith(("ss", "us", "is")):
        return key
    return f"{key[:-3]}y" if key.endswith("ies") else key[:-1]


def display_name(kind: EntityType, key: str) -> str | None:
    """The name that a key is always shown by: of countries, states and peoples; None for others."""
    book = folded_names()
    if kind is EntityType.PLACE:
        return book.country_of_name.get(key) or _states().get(key)
    if kind is EntityType.GROUP and (country := book.country_of_demonym.get(key)) is not None:
        return book.people_of_country[country]
    return None


def country_of(kind: EntityType, key: str) -> str | None:
    """The key of the country that a group is named after, None where it is of no one country."""
    country = folded_names().country_of_demonym.get(key) if kind is EntityType.GROUP else None
    return fold_name(country) if country else None


def _without_opening_particles(text: str) -> str:
    match = _OPENING_PARTICLES.match(text)
    return text[match.end() :] if match else text


def person_key(text: str) -> str:
    """The key of a person's name: folded, initials apart (J.K. and JK Rowling are j k rowling).

    Particles that open it are left out where they are written small or with a hyphen (al-Assad, van Gogh); as
    a word of its own with a capital a particle may be a first name (Ben Johnson, Al Gore) and stays.
    """
    words = fold_name(_INITIALS.sub(r"\1 ", _without_opening_particles(text))).split()
    if len(words) > 1 and len(words[0]) == 2 and not set(words[0]) & set("aeiouy"):
        words[:1] = list(words[0])
    return " ".join(words)


@lru_cache(maxsize=20_000)
def core(key: str) -> tuple[str, ...]:
    """The words of a person's key without generations (Jr, III), and particles (al, van) but a first one."""
    words = [w for w in key.split() if w not in GENERATIONS] or key.split()
    return tuple(
        words[:1] + ([w for w in words[1:-1] if w not in PARTICLES] + words[-1:] if words[1:] else [])
    )


@lru_cache(maxsize=20_000)
def generation(key: str) -> str:
    """The generation that a person's key ends in (jr, iii), empty without one: father and son are two."""
    last = key.rpartition(" ")[2]
    return last if last in GENERATIONS else ""


def subsumes(longer: str, shorter: str) -> bool:
    """Whether a person's longer key is a fuller form of a shorter one of at least two words.

    Same surname and generation, the shorter one's words in order inside the longer's, and no initial that the
    other lacks.
    """
    big, small = core(longer), core(shorter)
    if generation(longer) != generation(shorter) or big[-1] != small[-1]:
        return False
    if not 2 <= len(small) <= len(big) <= _LONGEST:
        return False
    position = 0
    for word in big:
        if position < len(small) and word == small[position]:
            position += 1
    if position < len(small):
        return False
    letters = [w for w in small if len(w) == 1]
    return not letters or letters == [w for w in big if len(w) == 1]


def first_name_alike(one: str, other: str) -> bool:
    """Whether two first names have the same consonants (Mohammed, Muhammad); an initial has too few."""
    skeletons = [_VOWELS.sub("", fold_spelling(name)) for name in (one, other)]
    return len(one) > 1 and len(other) > 1 and skeletons[0] == skeletons[1] and one[0] == other[0]


def is_surname_of(key: str, full: str) -> bool:
    """Whether a key that a particle opens is the surname of a full name (Van Gogh of Vincent van Gogh)."""
    return key.partition(" ")[0] in PARTICLES and full.endswith(f" {key}")


def abbreviates(key: str, full: str) -> bool:
    """Whether a key of initials and a surname can stand for a full name (B. Johnson for Boris Johnson)."""
    short, long = core(key), core(full)
    if len(short) < _NAME_AND_SURNAME or len(short) > len(long) or short[-1] != long[-1]:
        return False
    if any(len(word) > 1 for word in short[:-1]) or len(long[0]) == 1:
        return False
    return generation(key) == generation(full) and all(
        word[0] == letter for letter, word in zip(short[:-1], long[:-1], strict=False)
    )


def block_of(kind: EntityType, key: str) -> str:
    """The block of a key: only keys of one type and block can be linked across articles.

    Persons are in one by what the romanisations of their surname share.
    """
    return fold_spelling(core(key)[-1]) or key if kind is EntityType.PERSON else key


@lru_cache(maxsize=20_000)
def spelling(key: str) -> tuple[str, ...]:
    """What the spellings of a person's name share: Volodymyr Zelensky, Zelenskyy, Zelenskiy."""
    first, *rest = core(key)
    if first in _romanised_first_names():  # As French writes it: Bachar is Bashar.
        first = first.replace("ch", "sh")
    return tuple(fold_spelling(word) for word in (first, *rest))


@lru_cache(maxsize=20_000)
def is_romanised(key: str) -> bool:
    """Whether a person's name was written in other letters first: only such a name has several spellings.

    Smith and Smyth are two names.
    """
    each = key.split()
    return each[0] in _romanised_first_names() or any(map(_ROMANISED.search, each))


@cache
def _romanised_first_names() -> frozenset[str]:
    """The folded first names that were written in other letters first."""
    return frozenset(map(fold_name, FROM_OTHER_LETTERS))


def short_forms(key: str) -> set[str]:
    """What an organisation is called for short: its last words (Council), its name without "Group", "Party".

    The White House is no House.
    """
    words = key.split()
    forms = {" ".join(words[start:]) for start in range(1, len(words)) if words[start] not in SMALL_WORDS}
    left_out = all(word in COMPANY_ENDINGS for word in words[1:]) or tuple(words[1:]) in _LEFT_OUT
    if left_out:
        forms.add(words[0])
    if words[-3:] == ["house", "of", "representatives"]:
        forms.add("house")
    return forms - {"house"} if words[0] == "white" else forms


@cache
def is_known_body(key: str) -> bool:
    """Whether a key is that of an organisation of the list: no longer name is short for it.

    The Liberal Democratic Party is not the Democratic Party.
    """
    return key in _same_names("org").values()


def is_acronym(text: str) -> bool:
    """Whether a name is written as an acronym: two to seven capitals, full stops allowed."""
    letters = text.replace(".", "").replace("&", "")
    return (
        2 <= len(letters) <= 7 and letters.isalpha() and sum(c.isupper() for c in letters) >= len(letters) - 1
    )


def initials(key: str) -> set[str]:
    """The acronyms that a folded name of several words can have: with and without its small words."""
    words = key.split()
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in SMALL_WORDS)}
