"""What is kept in one session in a real terminal is there in the next, whatever became of the files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminals.session import Session, environment

READER = [sys.executable, "-m", "seedread"]
FERRY = """The ferry to Lowick is late again

2021-03-05

Passengers waited for two hours on the pier at Lowick on Monday, and no boat came before noon.

"Nobody told us a thing about the boat," said Ines Farrow, who sells tickets there.

A second boat is to be bought in May, the mayor of Lowick said.
"""
MILL = "A mill burns at Orston\n\n2021-03-06\n\nFiremen came to the mill at Orston in the night.\n"
NOTES = ("which boat", "ask her", "with what money")
Start = Callable[..., Session]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of two articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY)
    (folder / "mill.txt").write_text(MILL)
    return folder


@pytest.fixture
def start(tmp_path: Path, news: Path) -> Iterator[Start]:
    """Starts the reader on the folder with a query typed; no session comes back to the place of another."""
    sessions: list[Session] = []

    def begin(query: str) -> Session:
        if not (tmp_path / "home" / "cache").exists():
            command(tmp_path / "home", "index", "-C", str(news), "--ner-model", "rules")
        state = str(tmp_path / f"state{len(sessions)}")
        reader = [*READER, "--ner-model", "rules", str(news)]
        session = Session(reader, environment(tmp_path / "home", XDG_STATE_HOME=state))
        sessions.append(session)
        session.wait_for("Search")
        session.keys("/", *query)
        session.wait_for(query, "Lowick")
        return session

    yield begin
    for session in sessions:
        session.close()


def opened(session: Session) -> Session:
    """Open the first result."""
    session.keys("\r", "\r")
    session.wait_for("n next hit")
    return session


def noted(session: Session, text: str) -> None:
    """Write a note on the current passage."""
    session.keys("a")
    session.wait_for("Note:")
    session.keys(*text, "\r")
    session.wait_for("Note added")


def left(session: Session) -> None:
    """Quit, and be back in the shell."""
    session.keys("Q")
    assert session.wait_for_end() == 0


def kept(home: Path) -> list[dict[str, object]]:
    """The lines of the library."""
    text = (home / "data/seedread/library.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


def command(home: Path, *words: str) -> str:
    """What a subcommand prints."""
    done = subprocess.run(
        [*READER, *words], env=environment(home), check=False, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def test_what_is_kept_is_found_again_whatever_happened(start: Start, tmp_path: Path, news: Path) -> None:
    home = tmp_path / "home"
    session = opened(start("boat"))
    session.keys("B")
    session.wait_for("Starred")
    session.keys("t")
    session.wait_for("Tag")
    session.keys(*"on water", "\r")
    session.wait_for("Tagged on water")
    for number, text in enumerate(NOTES, start=1):
        noted(session, text)
        session.keys("n")
        if number < len(NOTES):
            session.wait_for(f"hit {number + 1} of 3")
    quotes = [line["quote"]["text"] for line in kept(home) if line["do"] == "note"]  # type: ignore[index]
    assert len(quotes) == len(set(quotes)) == 3
    session.keys("U")
    session.wait_for("Undone: note added")
    noted(session, NOTES[-1])
    left(session)

    changed = FERRY.replace("Passengers", "Lowick is an island.\n\nPassengers")
    (news / "ferry.txt").write_text(changed.replace("be bought in May", "be hired"))
    shutil.rmtree(home / "cache")
    session = opened(start('is:starred tag:"on water" note:money'))
    session.wait_for("1 note has drifted")
    session.keys("A")
    session.wait_for(NOTES[0])
    session.keys("\r")
    session.wait_for("Notes on this passage", NOTES[0], "two hours on the pier")
    session.keys("q", "A")
    session.wait_for(NOTES[1])
    left(session)


def test_two_sessions_write_at_once_and_a_moved_folder_is_adopted(
    start: Start, tmp_path: Path, news: Path
) -> None:
    home = tmp_path / "home"
    both = [opened(start("boat")) for _ in range(2)]
    for session in both:
        session.keys("a")
    for session in both:
        session.wait_for("Note:")
    for text, session in zip(NOTES, both, strict=False):
        session.keys(*text)
    for session in both:
        session.keys("\r")
    for session in both:
        session.wait_for("Note added")
    assert {line["text"] for line in kept(home)} == set(NOTES[:2])
    for session in both:
        left(session)

    moved = tmp_path / "elsewhere"
    news.rename(moved)
    (moved / "ferry.txt").write_text(FERRY.replace("two hours", "three hours"))
    assert "--adopt" in command(home, "library", "-C", str(moved))
    assert "adopted" in command(home, "library", "-C", str(moved), "--adopt")
    found = command(home, "search", "-C", str(moved), "note:boat note:her", "--format", "{path}")
    assert found.splitlines()[0] == "ferry.txt"
