"""What users read in messages, help and reasons is plain English: the worst habits stay out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
FOLDERS = ("tui/seedread", "index/seedread_index")
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
    r"\bbeyond all measure\b|\brubbish\b|\bexclude each other\b": "the usual word",
    r"\bno more (?!results|hits)|\bof your own\b|\bso much\b": "the usual word",
    r"\bleave (?:it|one of them) out\b|\b(?:use|remove) one of them\b": "use only one of them",
    r"\bby chance\b|\bsingly\b|\btelling words?\b": "at random, separately, distinctive words",
    r"\bbuil[dt] (?:it )?again\b": "rebuild",
    r"\bmake room\b|\bfor want of\b|\bthan there was\b": "free some space, not enough, than was available",
    r"\bcut short\b|\bends too soon\b": "truncated",
    r"\bfor instance\b|\bsmall letters\b": "for example, lower case",
    r"\b(?:is|are) true or false\b|\b(?:is|are) a (?:string|list of strings),": "must be …",
    r"\bput the cursor on\b": "select",
    r"\bname (?:an?|one|another) (?:file|folder)\b|\bname one\b": "give, choose",
    r"\b(?:is|are) of (?:one|that|this)\b": "belongs to, has",
}
"""Patterns of what is not to be written, with what to write instead."""
NOT_PROSE = re.compile(r"SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|[\\|]|\(\?")
"""SQL, expressions, tables of words."""
DATA = frozenset({"quotes", "segmentation", "refine", "ner", "abroad"})
"""Folders of the index package with words of articles, not of this program."""


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
    """The habits that a text has; a single word is none."""
    if " " not in text.strip() or NOT_PROSE.search(text):
        return []
    return [habit for habit in HABITS if re.search(habit, text, re.IGNORECASE)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_text_of_the_program_has_a_bad_habit(folder: str) -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{line}: {text!r}: write {HABITS[habits_in(text)[0]]}"
        for path in sorted((PROJECT / folder).rglob("*.py"))
        if folder == "tui/seedread" or not DATA & set(path.parts)
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
        "--json and --jsonl exclude each other",
        "a sample by chance",
        "delete it, and the index is built again",
        "is XML that ends too soon; fetch it again",
        "day_first is true or false, not {}",
        "put the cursor on a name first",
        "name another file",
    ],
)
def test_the_habits_are_recognised(text: str) -> None:
    assert habits_in(text)


@pytest.mark.parametrize(
    "text", ["That article is no longer among the results", "No results for {}", "unknown field {}:", "meet"]
)
def test_plain_texts_pass(text: str) -> None:
    assert not habits_in(text)
