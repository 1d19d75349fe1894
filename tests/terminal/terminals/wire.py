"""How many bytes a terminal program sends for a first frame, a key, a line, a page, and for nothing."""

from __future__ import annotations

import random
import re
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from terminals.session import Session, environment

ACTIONS = ("first", "key", "cursor", "line", "page", "idle")
BUDGET = {
    (80, 24): {"first": 6 * 1024, "key": 2 * 1024, "cursor": 500, "line": 300, "page": 2 * 1024, "idle": 0},
    (200, 50): {
        "first": 22 * 1024,
        "key": 8 * 1024,
        "cursor": 9 * 1024,
        "line": 1638,
        "page": 9 * 1024,
        "idle": 0,
    },
}
"""Bytes that seedread may send; at 200x50 list and text stand side by side, and the cursor turns the page."""
NAMES = (
    "Anna Kern",
    "Tomas Brandt",
    "Lisbon",
    "Helsinki",
    "Geneva",
    "the Harbour Board",
    "Norway",
    "Marek Dolan",
)
VERBS = ("visited", "wrote to", "spoke about", "agreed with", "criticised", "postponed talks with", "thanked")
THINGS = (
    "the new bridge",
    "a budget for schools",
    "the price of grain",
    "ferry timetables",
    "the water supply",
)
TAILS = (
    "on Monday morning",
    "after a long debate",
    "before the summer recess",
    "at a press conference",
    "in a letter",
)


def make_articles(folder: Path, count: int = 120) -> Path:
    """A folder of plain articles of made-up sentences, always the same."""
    chance = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        paragraphs = []
        for _ in range(chance.randint(45, 55)):
            sentences = [
                f"{chance.choice(NAMES)} {chance.choice(VERBS)} {chance.choice(NAMES)} over "
                f"{chance.choice(THINGS)} "
                f"{chance.choice(TAILS)}."
                for _ in range(chance.randint(2, 4))
            ]
            paragraphs.append(" ".join(sentences))
        day = f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}"
        text = "\n\n".join([f"Report {number} on {chance.choice(THINGS)}", day, *paragraphs])
        (folder / f"report-{number:03}.txt").write_text(text + "\n", encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Program:
    """A program to measure: how it is started, and the keys for each action."""

    name: str
    command: tuple[str, ...]
    ready: str
    typed: str = ""
    to_list: str = ""
    cursor: str = ""
    to_text: str = ""
    line: str = ""
    page: str = ""
    back: str = ""
    leave: str = ""


def seedread(folder: Path) -> Program:
    """seedread itself, on a folder."""
    command = (sys.executable, "-m", "seedread", "--ner-model", "rules", str(folder))
    return Program("seedread", command, r"Enter results", "ferry", "\r", "j", "\r", "j", " ", "b", "qq")


def less(path: Path) -> Program:
    """less on one article."""
    return Program("less", ("less", str(path)), "Report", line="j", page=" ", back="b", leave="q")


def fzf(folder: Path) -> Program:
    """fzf over the lines of all articles."""
    shell = f"cat {folder}/*.txt | fzf --no-mouse"
    return Program("fzf", ("sh", "-c", shell), r"\d+/\d+", typed="ferry", cursor="\x1b[A", leave="\x1b")


def stock(folder: Path) -> Program:
    """An app of stock widgets on Textual's own driver."""
    path = Path(__file__).with_name("stock_app.py")
    command = (sys.executable, str(path), str(folder))
    down, page, back = "\x1b[B", "\x1b[6~", "\x1b[5~"
    return Program("stock Textual", command, "Report", "ferry", "\t", down, "\t", down, page, back, "\x11")


def measure(program: Program, home: Path, size: tuple[int, int], *, idle: float = 2) -> dict[str, float]:
    """Bytes for each action that the program has."""
    forget_place(home)
    with Session(program.command, environment(home), size=size) as session:
        session.wait(lambda: re.search(program.ready, session.text), program.ready)
        session.settle(0.8, at_most=4)
        found = {"first": float(len(session.raw))}
        if program.typed:
            found["key"] = max(_bytes(session, key) for key in program.typed)
        if program.to_list:
            _bytes(session, program.to_list)
        if program.cursor:
            found["cursor"] = mean(_bytes(session, program.cursor) for _ in range(5))
        if program.to_text:
            _bytes(session, program.to_text)
        if program.line:
            found["line"] = mean(_bytes(session, program.line) for _ in range(8))
        if program.page:
            found["page"] = mean(_bytes(session, program.page) for _ in range(2))
        found["idle"] = _idle(session, idle)
    return found


def forget_place(home: Path) -> None:
    """Let the next start be like the first."""
    shutil.rmtree(home / "state", ignore_errors=True)


def _bytes(session: Session, keys: str) -> int:
    before = len(session.raw)
    session.keys(keys)
    session.wait(lambda: len(session.raw) > before, f"an answer to {keys!r}")
    session.settle(0.35, at_most=2)
    return len(session.raw) - before


def _idle(session: Session, seconds: float) -> float:
    before, end = len(session.raw), time.monotonic() + seconds
    while time.monotonic() < end:
        session.pump(0.1)
    return (len(session.raw) - before) / seconds


def over_budget(found: dict[str, float], size: tuple[int, int]) -> list[str]:
    """What takes more bytes than it may, in words."""
    budget = BUDGET[size]
    return [
        f"{action} at {size[0]}x{size[1]}: {found[action]:.0f} of {budget[action]} bytes"
        for action in ACTIONS
        if action in found and found[action] > budget[action]
    ]
