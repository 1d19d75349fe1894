"""Data files name their sources, weights where their values come from; unsafe characters are in one table."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import seedread_index
from seedread_index.text import sanitize
from seedread_index.text.word_lists import sections, words

HOME = Path(seedread_index.__file__).parent
DATA = sorted(path for path in HOME.rglob("data/*") if path.is_file())


def weights() -> Iterator[tuple[str, str]]:
    """The docstring of each dataclass of weights, by its module."""
    for path in sorted(HOME.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "class Weights" not in text:  # parsing all modules would cost each worker half a second
            continue
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and node.name == "Weights":
                yield path.relative_to(HOME).as_posix(), ast.get_docstring(node) or ""


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(HOME).as_posix())
def test_a_data_file_begins_with_its_source_and_licence(path: Path) -> None:
    header = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        header += line
    assert re.search(r"[Ww]ritten for\s*#?\s*this project|Names: ", header), header
    assert re.search(r"MIT|licen[cs]e", header), header


@pytest.mark.parametrize(("module", "docstring"), [*weights()])
def test_weights_say_where_they_come_from(module: str, docstring: str) -> None:
    assert "benchmarks/" in docstring or "by hand" in docstring, module


def test_lists_are_read_by_heading() -> None:
    stop_words = words("search/query", "stop words", "stop_words.txt")
    assert "the" in stop_words
    assert {"us", "may"}.isdisjoint(stop_words)
    assert "#" not in "".join(words("ner", "titles"))
    assert sections("ner", "gazetteer.tsv")["countries"][0].startswith("AD\t")
    with pytest.raises(KeyError):
        words("ner", "no such list")


def test_no_character_of_the_table_is_left_in_a_text() -> None:
    table = re.compile(f"[{sanitize.ALL_UNSAFE}]")
    unsafe = [chr(code) for code in range(0xE01F0) if table.match(chr(code))]
    assert {"\x1b", "\x9b", "\u202e", "\u2066", "\u2028", "\ud800", "\ufeff", "\U000e0041"} <= set(unsafe)
    assert {unicodedata.category(each) for each in unsafe} <= {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}
    for each in unsafe:
        assert each not in sanitize.clean(f"a{each}b")[0]
