"""Writes the first names of persons that ship with the engine, by language.

Run it in an environment of its own: `pip install faker`, then
`python tools/build_first_names.py`. The package is not needed afterwards.

Source: the locale data of Faker (MIT licence). Names of one letter, initials and names in a
script that has no capitals are left out; a name is kept under the first language that has it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from faker.providers import person  # type: ignore[import-not-found]

TARGET = Path(__file__).parent.parent / "index" / "seedread_index" / "ner" / "data" / "first_names.txt"

NOTICE = """\
# First names by language, each under the first language that has it. Made by tools/build_first_names.py; do
# not edit. Names: the locale data of Faker (https://github.com/joke2k/faker), MIT licence, copyright (c) 2012
# Daniele Faraglia.
"""

_NAME = re.compile(
    r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*",
)
_LETTERS_WITH_CAPITALS = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0370-\u03ff\u0400-\u04ff'’-]+")


def names_of(locale: str) -> set[str]:
    """The first names of one locale, as they are written in running text."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    found: set[str] = set()
    for kind in ("first_names", "first_names_male", "first_names_female", "first_names_nonbinary"):
        names = getattr(provider, kind, ())
        for name in names if isinstance(names, Iterable) else ():
            for word in (each.title() if each.isupper() else each for each in name.split()):
                if _NAME.fullmatch(word) and _LETTERS_WITH_CAPITALS.fullmatch(word) and word[0].isupper():
                    found.add(word)
    return found


def main() -> int:
    """Write the file and say how large it is."""
    by_language: defaultdict[str, set[str]] = defaultdict(set)
    for module in pkgutil.iter_modules(person.__path__):
        if (names := names_of(module.name)) and module.ispkg:
            by_language[module.name.split("_")[0]] |= names
    lines = []
    seen: set[str] = set()
    for language in sorted(by_language, key=lambda each: (each != "en", each)):
        if new := sorted(by_language[language] - seen):
            seen |= by_language[language]
            lines += [f"[{language}]", " ".join(new)]
    content = NOTICE + "\n".join(lines) + "\n"
    TARGET.write_text(content, encoding="utf-8")
    print(f"{TARGET.name}: {len(seen)} names in {len(by_language)} languages, {len(content.encode())} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
