"""The texts that users read are plain English: the worst habits of earlier ones are kept out of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import seedread

PACKAGE = Path(seedread.__file__).parent
HABITS = {
    r"\bthere (?:is|are) no\b": "no …, unknown …, or what to do",
    r"\b(?:is|are) no (?!longer\b)\w": "unknown …, not a …",
    r"\bmeets?\b": "match",
    r"\bmend": "fix, correct",
    r"\bfor ever\b": "without a limit",
    r"\bshall\b": "plain present tense",
    r"\banew\b": "again",
    r"\blaid over\b|\blevel with\b": "applied to, up to date",
    r"\b(?:tells?|told) (?:why|what|which|who|how|of|more)\b": "shows, lists, reports",
    r"\bsome \d": "about …",
    r"\btak(?:e|es|en) (?:it |them |every tick )?(?:off|back|away)\b": "remove, undo, clear",
    r"\blooked? (?:at|for)\b(?=.*\bby\b)": "active voice",
    r"\bwrongly written\b|\bto do with\b|\bone word too many\b": "say what is wrong and what to type",
}
"""Patterns of what is not to be written, with what to write instead."""


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module, docstrings left out, with their lines; {} stands for what is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(value) for value in node.values}
            text = "".join(
                str(value.value) if isinstance(value, ast.Constant) else "{}" for value in node.values
            )
            yield node.lineno, text
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


def habits_in(text: str) -> list[str]:
    """The habits that a text has."""
    return [habit for habit in HABITS if " " in text.strip() and re.search(habit, text, re.IGNORECASE)]


def test_no_text_of_the_program_has_a_bad_habit() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {text!r}: write {HABITS[habits_in(text)[0]]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, text in texts(path)
        if habits_in(text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "there is no mark {}",
        "persn: is no field",
        "articles that meet the query",
        "how to mend it",
        "what shall be looked for?",
        "status --files tells why",
        "a line down is some 100 bytes",
        "q takes the filter off; take it away",
    ],
)
def test_the_habits_are_recognised(text: str) -> None:
    assert habits_in(text)


@pytest.mark.parametrize(
    "text", ["That article is no longer among the results", "No results for {}", "unknown field {}:", "meet"]
)
def test_plain_texts_pass(text: str) -> None:
    assert not habits_in(text)
