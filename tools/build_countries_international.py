"""Writes the names of countries in other languages than English that ship with the engine.

Run it after `tools/build_gazetteer.py`, in an environment of its own: `pip install babel`, then
`python tools/build_countries_international.py`. The package is not needed afterwards.

Source: Unicode CLDR (Unicode licence) through Babel; where newspapers write another name, the table below.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel import Locale

DATA = Path(__file__).parent.parent / "index" / "seedread_index" / "ner" / "data"
TARGET = DATA / "countries_international.tsv"
LANGUAGES = ("de", "es", "fr", "it", "nl", "pt")

NOTICE = """\
# Countries as other languages call them: the everyday English name, then language:name. Made by
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
    "PS": ("de:Palästina", "es:Palestina", "fr:Palestine", "it:Palestina", "nl:Palestina", "pt:Palestina"),
    "SA": ("es:Arabia Saudita",),
    "US": ("de:USA", "es:EE.UU.", "es:EE. UU.", "es:EEUU", "fr:USA", "it:USA", "nl:VS", "pt:EUA"),
}
"""By country code, what CLDR does not have."""


def everyday_names() -> dict[str, str]:
    """The everyday English name of each country by its code, as the gazetteer has it."""
    lines = (DATA / "gazetteer.tsv").read_text(encoding="utf-8").splitlines()
    first = lines.index("[countries]") + 1
    last = next(at for at in range(first, len(lines)) if lines[at].startswith("["))
    return {code: names.split(";")[0] for code, names, *_ in (line.split("\t") for line in lines[first:last])}


def main() -> int:
    """Write the file and say how large it is."""
    territories = {lang: Locale(lang).territories for lang in LANGUAGES}
    lines = []
    for code, everyday in sorted(everyday_names().items()):
        names = [f"{lang}:{territories[lang][code]}" for lang in LANGUAGES if code in territories[lang]]
        names += ALSO_CALLED.get(code, ())
        kept = dict.fromkeys(name.replace("’", "'") for name in names if " (" not in name)
        lines.append("\t".join((everyday, *kept)))
    TARGET.write_text(NOTICE + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET}: {TARGET.stat().st_size} bytes, {len(lines)} countries\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
