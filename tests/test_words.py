"""What users read in messages, help and reasons is plain English: the worst habits stay out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[1]
FOLDERS = ("tui/seedread", "index/seedread_index")
HABITS = re.compile(
    r"\b(?:shall|anew|mend(?:s|ed|ing)?|meets?|for ever|beyond all measure|rubbish|laid over|level with|"
    r"is no (?!longer)[a-z]+|there (?:is|are) no|exclude each other|leave (?:it|one of them) out|"
    r"no more|tells? what|of your own|so much)\b"
)
NOT_PROSE = re.compile(r"SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|[\\|]|\(\?")
"""SQL, expressions, tables of words."""
DATA = frozenset({"quotes", "segmentation", "refine", "ner", "abroad"})
"""Folders with words of articles, not of this program."""


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def test_the_worst_habits_stay_out_of_messages() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{line}: {text!r}"
        for folder in FOLDERS
        for path in sorted((PROJECT / folder).rglob("*.py"))
        if not DATA & set(path.parts)
        for line, text in _strings(path)
        if " " in text and HABITS.search(text) and not NOT_PROSE.search(text)
    ]
    assert found == []


def test_a_habit_is_noticed() -> None:
    assert all(map(HABITS.search, ("what shall be looked for?", "it is no field", "mend the line")))
