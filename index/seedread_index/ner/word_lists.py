"""The lists of words in data/words.txt, by their headings."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def words(heading: str) -> frozenset[str]:
    """The words under a heading; KeyError where there is no such list."""
    return _lists()[heading]


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    text = files("seedread_index.ner").joinpath("data/words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {heading: frozenset(listed) for heading, listed in found.items()}
