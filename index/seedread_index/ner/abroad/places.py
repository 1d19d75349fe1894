"""Countries and large cities as other languages than English call them, declined where they decline names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from seedread_index.ner.spans import LabelledSpan
from seedread_index.text.romanisation import CAPITALS
from seedread_index.text.word_lists import sections, words

_WORD = re.compile(rf"(?<![\w-])[{CAPITALS}][\w.]*")
_WORD_AFTER = re.compile(r"[ -](?P<word>[^\W\d_])")
_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w.’'-]*)[ -]$")
_SLAVIC_LATIN = (
    "a",
    "u",
    "ie",
    "i",
    "y",
    "ę",
    "ą",
    "o",
    "owi",
    "em",
    "iem",
    "ou",
    "e",
    "ě",
    "ii",
    "ią",
    "ię",
    "ze",
)
_SLAVIC_CYRILLIC = (
    "а",
    "у",
    "е",
    "ы",
    "и",
    "ю",
    "я",
    "ой",
    "ей",
    "ом",
    "ем",
    "ии",
    "ию",
    "ией",
    "о",
    "і",
    "ої",
    "ою",
    "і",
)
_ENDINGS = {"pl": _SLAVIC_LATIN, "cs": _SLAVIC_LATIN, "ru": _SLAVIC_CYRILLIC, "uk": _SLAVIC_CYRILLIC}
"""What the names of places end in, by language, beside the form that is known."""
_ENDS_OPEN = "aeoyiаеояийьыіи"
_SHORTEST_STEM = 4


def places_in(text: str, lang: str) -> list[LabelledSpan]:
    """Where a text in another language than English names countries and cities; none in an unknown one."""
    by_first = _by_first_word(lang)
    if not by_first:
        return []
    found: list[LabelledSpan] = []
    end = 0
    for match in _WORD.finditer(text):
        start = match.start()
        if start < end:
            continue
        for name in by_first.get(re.split(r"[-.]", match[0])[0], ()):
            stop = start + len(name)
            if _stands(text, start, name) and (" " in name or not _in_longer_name(text, start, stop)):
                found.append(LabelledSpan(start, stop, "GPE"))
                end = stop
                break
    return found


def _stands(text: str, start: int, name: str) -> bool:
    """Whether a name stands at an offset; newspapers differ in the capitals after its first word."""
    stop = start + len(name)
    if text[stop : stop + 1].isalnum():
        return False
    piece = text[start:stop].replace("’", "'")
    return piece == name or (" " in name and piece.casefold() == name.casefold())


@cache
def names_of_places(lang: str) -> frozenset[str]:
    """The names of countries and cities in a language other than English; none where it is unknown."""
    named = (name for _, names in _places() for name in names.get(lang, ()))
    return frozenset(form for name in named for form in _forms(name, lang)) - words("ner", "first names")


def english_names(kind: str) -> Iterator[tuple[str, str]]:
    """Each name of a country ("") or city ("cities") in any of the languages, and its everyday English name.

    Declined forms that could be English words are left out.
    """
    for everyday, names in _places_of(kind):
        for lang, each in names.items():
            for name in each:
                yield from (
                    (form, everyday) for form in _forms(name, lang) if form == name or not form.isascii()
                )


def _forms(name: str, lang: str) -> Iterator[str]:
    """A name and, where the language declines it, what it may look like in a sentence."""
    yield name
    endings = _ENDINGS.get(lang, ())
    if not endings or " " in name or "-" in name or not name.isalpha() or name.isupper():
        return
    stem = name.rstrip(_ENDS_OPEN) if name[-1] in _ENDS_OPEN else name
    if len(stem) >= _SHORTEST_STEM:
        yield from (stem + ending for ending in endings)


@cache
def _by_first_word(lang: str) -> dict[str, tuple[str, ...]]:
    """The names by their first word, longest first."""
    found: dict[str, list[str]] = {}
    for name in names_of_places(lang):
        found.setdefault(re.split(r"[^\w]", name, maxsplit=1)[0], []).append(name)
    return {first: tuple(sorted(each, key=lambda name: (-len(name), name))) for first, each in found.items()}


def _in_longer_name(text: str, start: int, end: int) -> bool:
    function_words = words("ner", "function words of other languages")
    beside = _WORD_AFTER.match(text, end), _WORD_BEFORE.search(text[max(0, start - 20) : start])
    found = [match["word"] for match in beside if match is not None]
    return any(word[0].isupper() and word not in function_words for word in found)


def _places() -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    yield from _places_of("")
    yield from _places_of("cities")


@cache
def _places_of(kind: str) -> tuple[tuple[str, dict[str, tuple[str, ...]]], ...]:
    """The everyday English name of each place of a kind, and its names by language."""
    found = []
    for line in sections("ner", "countries_international.tsv")[kind]:
        everyday, *named = line.split("\t")
        names: dict[str, tuple[str, ...]] = {}
        for lang, _, name in (each.partition(":") for each in named):
            names[lang] = (*names.get(lang, ()), name)
        found.append((everyday, names))
    return tuple(found)
