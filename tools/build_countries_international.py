"""Writes the names of countries and cities in other languages than English that ship with the engine.

Run it after `tools/build_gazetteer.py`, in an environment of its own: `pip install babel`, then
`python tools/build_countries_international.py`. The package is not needed afterwards.

Source: Unicode CLDR (Unicode licence) through Babel; where newspapers write another name, the table below.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

DATA = Path(__file__).parent.parent / "index" / "seedread_index" / "ner" / "data"
TARGET = DATA / "countries_international.tsv"
LANGUAGES = ("de", "es", "fr", "it", "nl", "pt", "pl", "ru", "uk", "cs", "tr", "sv")

NOTICE = """\
# Countries and cities as other languages call them: the everyday English name, then language:name. Made by
# tools/build_countries_international.py; do not edit. Names: Unicode CLDR through Babel (Unicode licence,
# https://www.unicode.org/license.txt); a few that newspapers write were added by hand.
"""

ALSO_CALLED = {
    "CI": ("de:Elfenbeinküste", "es:Costa de Marfil"),
    "GB": (
        "de:Großbritannien",
        "es:Gran Bretaña",
        "fr:Grande-Bretagne",
        "it:Gran Bretagna",
        "nl:Groot-Brittannië",
        "pt:Grã-Bretanha",
    ),
    "HK": tuple(f"{lang}:Hong Kong" for lang in LANGUAGES),
    "NL": ("es:Holanda", "fr:Hollande", "it:Olanda", "pt:Holanda"),
    "PS": (
        "de:Palästina",
        "es:Palestina",
        "fr:Palestine",
        "it:Palestina",
        "nl:Palestina",
        "pt:Palestina",
        "pl:Palestyna",
        "ru:Палестина",
        "uk:Палестина",
        "cs:Palestina",
        "tr:Filistin",
    ),
    "SA": ("es:Arabia Saudita",),
    "US": (
        "de:USA",
        "es:EE.UU.",
        "es:EE. UU.",
        "es:EEUU",
        "fr:USA",
        "it:USA",
        "nl:VS",
        "pt:EUA",
        "pl:USA",
        "ru:США",
        "cs:USA",
        "tr:ABD",
    ),
}
"""By country code, what CLDR does not have."""


def everyday_names() -> dict[str, str]:
    """The everyday English name of each country by its code, as the gazetteer has it."""
    lines = (DATA / "gazetteer.tsv").read_text(encoding="utf-8").splitlines()
    first = lines.index("[countries]") + 1
    last = next(at for at in range(first, len(lines)) if lines[at].startswith("["))
    return {code: names.split(";")[0] for code, names, *_ in (line.split("\t") for line in lines[first:last])}


def large_cities() -> set[str]:
    """The capitals and large cities of the gazetteer."""
    lines = (DATA / "gazetteer.tsv").read_text(encoding="utf-8").splitlines()
    first = lines.index("[cities]") + 1
    last = next((at for at in range(first, len(lines)) if lines[at].startswith("[")), len(lines))
    capitals = {line.split("\t")[3] for line in lines if line.count("\t") == 3}
    return {name for line in lines[first:last] for name in line.split(";")} | capitals


def cities_by_language() -> Iterator[str]:
    """The cities that time zones are called after, where a language has a name of its own for them."""
    known = large_cities()
    english: dict[str, dict[str, str]] = dict(Locale("en").time_zones)
    zones: dict[str, dict[str, dict[str, str]]] = {lang: dict(Locale(lang).time_zones) for lang in LANGUAGES}
    for zone in sorted({zone for each in zones.values() for zone in each}):
        everyday = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if everyday not in known:
            continue
        named = {lang: zones[lang].get(zone, {}).get("city") for lang in LANGUAGES}
        shown = [f"{lang}:{name.replace('’', chr(39))}" for lang, name in named.items() if name]
        if shown:
            yield "\t".join((everyday, *shown))


def main() -> int:
    """Write the file and say how large it is."""
    territories = {lang: Locale(lang).territories for lang in LANGUAGES}
    lines = []
    for code, everyday in sorted(everyday_names().items()):
        names = [f"{lang}:{territories[lang][code]}" for lang in LANGUAGES if code in territories[lang]]
        names += ALSO_CALLED.get(code, ())
        kept = dict.fromkeys(name.replace("’", "'") for name in names if " (" not in name)
        lines.append("\t".join((everyday, *kept)))
    cities = list(cities_by_language())
    TARGET.write_text(NOTICE + "\n".join([*lines, "[cities]", *cities]) + "\n", encoding="utf-8")
    sys.stdout.write(
        f"{TARGET}: {TARGET.stat().st_size} bytes, {len(lines)} countries, {len(cities)} cities\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
