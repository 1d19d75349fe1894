"""Lists and tables of words that ship as data files: `[heading]` lines with what belongs to each below them.

The files lie in the folder `data` of the package that uses them, are UTF-8, and name their source and licence
in their first lines. `#` begins a comment line. Each is read once, when it is first asked for. One of them
has the names of languages, in English and in themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from seedread_index.text.folding import folded

_HOME = Path(__file__).parent.parent


@cache
def sections(folder: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """The lines of `folder`/data/`name` by heading, those above the first heading under ""."""
    found: dict[str, list[str]] = {"": []}
    current = found[""]
    for line in (_HOME / folder / "data" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    return {heading: tuple(lines) for heading, lines in found.items()}


@cache
def words(folder: str, heading: str, name: str = "words.txt") -> frozenset[str]:
    """The words under a heading of `folder`/data/`name`; KeyError where there is no such list."""
    return frozenset(word for line in sections(folder, name)[heading] for word in line.split())


def listed(line: str) -> frozenset[str]:
    """The words of a list that is short enough to stand in the code that uses it."""
    return frozenset(line.split())


def code_of(name: str) -> str:
    """The ISO 639-1 code of a language's name; anything else as it is."""
    return _codes().get(folded(name.strip()), name)


@cache
def _codes() -> dict[str, str]:
    rows = (line.split("\t") for line in sections("text", "languages.tsv")[""])
    return {folded(name): code for code, names in rows for name in names.split()}
