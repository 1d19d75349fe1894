"""Make index/seedread_index/quotes/data/gendered_names.txt: first names that women or men bear, not both.

usage: python tools/build_gendered_names.py  (needs Faker, a build-time package: pip install Faker==40.63.0)
The names are those of Faker's locale data (https://github.com/joke2k/faker, MIT licence). A name that is a
woman's in one Latin locale and a man's in another is left out: it tells nothing.
"""

from __future__ import annotations

import importlib
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

LOCALES = (
    "en_US",
    "en_GB",
    "en_IE",
    "en_IN",
    "en_KE",
    "en_NG",
    "en_NZ",
    "en_PK",
    "fr_FR",
    "fr_QC",
    "fr_DZ",
    "de_DE",
    "es_ES",
    "es_MX",
    "it_IT",
    "pt_BR",
    "nl_NL",
    "pl_PL",
    "sv_SE",
    "da_DK",
    "no_NO",
    "fi_FI",
    "cs_CZ",
    "hu_HU",
    "ro_RO",
    "hr_HR",
    "tr_TR",
    "az_AZ",
    "sw",
    "vi_VN",
    "ga_IE",
)
TARGET = Path(__file__).parent.parent / "index/seedread_index/quotes/data/gendered_names.txt"
_NAME = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?")


def names(provider: type, kind: str) -> set[str]:
    """The first names of a kind of one locale, in small letters."""
    given: Iterable[str] = getattr(provider, f"first_names_{kind}", ())
    return {name.lower() for name in given if _NAME.fullmatch(name)}


def main() -> None:
    """Write the file."""
    found: dict[str, set[str]] = {"female": set(), "male": set()}
    english: dict[str, set[str]] = {"female": set(), "male": set()}
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for kind in found:
            found[kind] |= names(provider, kind)
            if locale in ("en_US", "en_GB"):
                english[kind] |= names(provider, kind)
    # English decides where other languages disagree with it: Andrea is a woman there, a man in Italy.
    both = found["female"] & found["male"]
    lines = [
        "# First names that women or men bear, not both, in small letters. Names: Faker's locale data (MIT",
        "# licence, https://github.com/joke2k/faker). Made by tools/build_gendered_names.py; do not edit.",
    ]
    for kind, other in (("female", "male"), ("male", "female")):
        kept = (found[kind] - both) | (english[kind] & both - english[other])
        lines += ["", f"[{kind}]", *textwrap.wrap(" ".join(sorted(kept)), 108, break_on_hyphens=False)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
