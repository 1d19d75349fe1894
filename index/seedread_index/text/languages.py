"""Codes of languages by their names, in English and in themselves."""

from __future__ import annotations

from seedread_index.text.folding import folded

_NAMES = """
ar arabic عربي العربية|bg bulgarian български|bn bengali বাংলা|ca catalan català
cs czech čeština|da danish dansk|de german deutsch|el greek ελληνικά|en english
es spanish español castellano|et estonian eesti|fa persian farsi فارسی|fi finnish suomi
fr french français|he hebrew עברית|hi hindi हिन्दी|hr croatian hrvatski|hu hungarian magyar
id indonesian|it italian italiano|ja japanese 日本語|ko korean 한국어|lt lithuanian lietuvių
lv latvian latviešu|nl dutch nederlands|no norwegian norsk|pl polish polski
pt portuguese português|ro romanian română|ru russian русский|sk slovak slovenčina
sl slovene slovenian slovenščina|sr serbian српски|sv swedish svenska|sw swahili kiswahili
ta tamil தமிழ்|th thai ไทย|tr turkish türkçe|uk ukrainian українська|ur urdu اردو
vi vietnamese|zh chinese 中文
"""
_CODES = {
    folded(name): code
    for line in _NAMES.strip().replace("\n", "|").split("|")
    for code, *names in [line.split()]
    for name in names
}


def code_of(name: str) -> str:
    """The ISO 639-1 code of a language's name; anything else as it is."""
    return _CODES.get(folded(name.strip()), name)
