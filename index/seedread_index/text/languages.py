"""Codes of languages by their names, in English and in themselves."""

from __future__ import annotations

from functools import cache

from seedread_index.text.folding import folded
from seedread_index.text.word_lists import sections


def code_of(name: str) -> str:
    """The ISO 639-1 code of a language's name; anything else as it is."""
    return _codes().get(folded(name.strip()), name)


@cache
def _codes() -> dict[str, str]:
    rows = (line.split("\t") for line in sections("text", "languages.tsv")[""])
    return {folded(name): code for code, names in rows for name in names.split()}
