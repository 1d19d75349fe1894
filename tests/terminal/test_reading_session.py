"""The reader on the bundled articles, in a real terminal, from the first frame to the shell."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminals.multiplexer import Tmux
from terminals.session import Session, environment

Start = Callable[..., Session]
LISTED = ("~ Russian President Vladimir Putin", "~ President Vladimir Putin", "Enter results")
FOUND = ("the Kremlin said", "the Kremlin showed", "Enter results")
NAMED = r"  (person|place|org|group) "
READER = [sys.executable, "-m", "seedread"]


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A home where the bundled articles are indexed, names found by rules."""
    home = tmp_path_factory.mktemp("indexed")
    command = [*READER, "index", "--annotate", "--ner-model", "rules", str(seeds)]
    subprocess.run(command, env=environment(home), check=True, capture_output=True)
    return home


@pytest.fixture
def start(tmp_path: Path, seeds: Path, indexed: Path) -> Iterator[Start]:
    """Starts the reader on the bundled articles, with keys typed at once."""
    sessions: list[Session] = []
    home = tmp_path / "home"
    shutil.copytree(indexed, home)

    def begin(typed: str = "", *, size: tuple[int, int] = (80, 24), **changes: str) -> Session:
        env = environment(home, **{"TERM": "screen-256color", **changes})
        session = Session([*READER, "--ner-model", "rules", str(seeds)], env, size=size)
        sessions.append(session)
        session.keys(*typed)
        return session

    yield begin
    for session in sessions:
        session.close()


def status(session: Session) -> str:
    """The status line."""
    return session.screen.display[-2]


def current(session: Session) -> str:
    """The line with the current hit."""
    marked = [row for row in session.screen.display if row.startswith("▶")]
    return marked[0][2:].strip() if marked else ""


def press(session: Session, key: str) -> None:
    """Press a key and take what it shows."""
    before = len(session.raw)
    session.keys(key)
    session.wait(lambda: len(session.raw) > before, f"an answer to {key!r}")
    session.settle()


def walk(session: Session, key: str) -> tuple[str, str]:
    """Press a key that leads to another hit; the line of the hit and the status line then.

    On a loaded machine they may come in frames of their own: where a walk ends the line stays as it is.
    """
    line, said = current(session), status(session)

    def walked() -> bool:
        ended = re.search("last hit of|first hit of", status(session), re.IGNORECASE)
        return status(session) != said and (ended is not None or current(session) not in ("", line))

    session.keys(key)
    session.wait(walked, f"another hit by {key!r}")
    return current(session), status(session)


def name_after(session: Session, key: str) -> str:
    """Press a key that leads to another name; the name that the status line says then."""
    said = status(session)
    session.keys(key)
    session.wait(lambda: status(session) != said and re.search(NAMED, status(session)), f"a name by {key!r}")
    return status(session).split("  ")[0]


def read_kremlin(session: Session) -> None:
    """Go to the first hit of what was typed."""
    session.wait_for(*FOUND)
    press(session, "\r")
    press(session, "\r")
    session.wait_for("n next hit")
    session.wait(lambda: "Kremlin" in current(session), "the first hit")


def test_the_articles_are_listed_by_their_first_sentence(start: Start) -> None:
    session = start()
    session.wait_for(*LISTED)
    rows = session.screen.display
    assert rows[0].startswith("seeds ") or rows[0].startswith("example articles ")
    assert rows[1].startswith("Search ")
    title = r"▌.? ~ Russian President Vladimir Putin and Turkish [\w ]+…  2020-02-28$"
    assert re.match(title, rows[2].rstrip())
    assert re.match(r" .? ~ President Vladimir Putin met with his [\w -]+…", rows[5])
    assert " date" not in rows[2] + rows[5]


def test_a_search_leads_to_its_first_hit_and_through_all_of_them(start: Start) -> None:
    session = start("/Kremlin")
    session.wait_for(*FOUND)
    rows = session.screen.display
    assert rows[1].split() == ["Search", "Kremlin"]
    assert "Kremlin" in rows[3]
    assert "Kremlin" in rows[6]
    read_kremlin(session)
    places = [(current(session), status(session))]
    while "Last hit of" not in status(session):
        places.append(walk(session, "n"))
        assert len(places) < 9
    hits = [line for line, said in places if "Last hit of" not in said]
    assert len(hits) == len(set(hits)) == 4
    assert all("Kremlin" in line for line in hits)
    counters = [re.findall(r"hit (\d+ of \d+) ·", said)[-1] for _, said in places]
    assert counters == ["1 of 2", "2 of 2", "1 of 2", "2 of 2", "2 of 2"]
    assert [said.startswith("Next article: 2 of 2") for _, said in places] == [
        False,
        False,
        True,
        False,
        False,
    ]
    back = []
    while "First hit of" not in status(session):
        back.append(walk(session, "N")[0])
        assert len(back) < 9
    assert back[:-1] == hits[-2::-1]


def test_mentions_are_walked_and_q_leads_back_to_the_list(start: Start) -> None:
    session = start("/Kremlin")
    read_kremlin(session)
    names = []
    for key in ("]", "]", "["):
        names.append(name_after(session, key))
    assert names[0] == names[2] != names[1]
    press(session, "q")
    session.wait_for("Enter open", "result 1 of 2")


def test_leaving_gives_back_a_clean_terminal(start: Start) -> None:
    session = start()
    before = termios.tcgetattr(session.child.child_fd)[:4]
    session.wait_for(*LISTED)
    press(session, "\r")
    session.keys("q")
    assert session.wait_for_end() == 0
    assert termios.tcgetattr(session.child.child_fd)[:4] == before
    raw = session.raw.decode()
    for on, off in (("?1049h", "?1049l"), ("?25l", "?25h"), ("?2004h", "?2004l"), ("?7l", "?7h")):
        assert raw.rfind(off) > raw.rfind(on)
    assert re.findall(r"\x1b\[([\d;]*)m", raw)[-1] == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_reader_cleanly_with_its_child(start: Start, number: int) -> None:
    session = start()
    before = termios.tcgetattr(session.child.child_fd)[:4]
    session.wait_for(*LISTED)
    os.kill(session.pid, number)
    assert session.wait_for_end() == 128 + number
    assert termios.tcgetattr(session.child.child_fd)[:4] == before
    assert b"\x1b[?1049l" in session.raw


def test_the_same_paragraph_stays_on_top_through_sizes(start: Start) -> None:
    session = start("/Kremlin", size=(120, 40))
    session.wait_for(*FOUND[:2])
    session.resize(80, 24)
    session.settle()
    read_kremlin(session)
    press(session, "j")
    while not session.screen.display[2].strip():
        press(session, "j")
    top = " ".join(session.screen.display[2].split()[:3])
    for size in ((120, 40), (80, 24), (50, 12), (80, 24)):
        session.resize(*size)
        session.settle()
    session.wait(lambda: top in " ".join(session.screen.display[1:5]), f"{top!r} at the top")


def test_any_size_is_survived(start: Start) -> None:
    session = start("/Kremlin")
    read_kremlin(session)
    for size in ((1, 1), (300, 100), (2, 2), (20, 3), (7, 60), (80, 24)):
        session.resize(*size)
        session.settle()
    session.wait_for("n next hit", "Kremlin")
    press(session, "q")
    session.wait_for("Enter open")


def test_escape_and_a_key_at_once_do_nothing_unwanted(start: Start) -> None:
    session = start("/Kremlin")
    session.wait_for(*FOUND)
    press(session, "\r")
    session.wait_for("Enter open")
    session.keys("\x1be")
    session.settle()
    assert session.child.isalive()
    assert FOUND[0] in session.text
    assert "Enter open" in session.text


def test_the_place_is_found_again_at_another_size(start: Start) -> None:
    session = start("/Kremlin")
    read_kremlin(session)
    second = walk(session, "n")[0][:30]
    session.keys("Q")
    assert session.wait_for_end() == 0
    again = start(size=(100, 30))
    again.wait_for(second)
    again.settle()
    assert again.screen.display[1].split() == ["Search", "Kremlin"]
    press(again, "q")
    again.wait_for(FOUND[0], FOUND[1])


def test_control_l_paints_what_something_else_wrote_over(start: Start) -> None:
    session = start()
    session.wait_for(*LISTED)
    session.settle()
    session.screen.feed("\x1b[H\x1b[2Jsomebody's message")
    assert LISTED[0] not in session.text
    session.keys("\x0c")
    session.wait_for(*LISTED)
    assert "somebody" not in session.text


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_any_locale_starts(start: Start, locale: str) -> None:
    session = start(LANG=locale, LC_ALL=locale)
    session.wait_for(*LISTED)


def test_a_terminal_without_colours_gets_none(start: Start) -> None:
    session = start("/Kremlin", NO_COLOR="1")
    read_kremlin(session)
    session.settle()
    cells = [cell for row in session.screen.rows() for cell in row]
    assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}
    assert any(cell.bold or cell.underscore or cell.italics for cell in cells)


def test_without_a_terminal_it_says_so_and_ends(tmp_path: Path, seeds: Path) -> None:
    done = subprocess.run(
        [*READER, str(seeds)],
        env=environment(tmp_path),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 2
    assert b"terminal" in done.stderr
    assert b"\x1b" not in done.stderr + done.stdout


def test_a_dumb_terminal_gets_no_sequences(tmp_path: Path, seeds: Path) -> None:
    with Session([*READER, str(seeds)], environment(tmp_path, TERM="dumb")) as session:
        session.wait_for("2020-02-28")
        assert b"\x1b" not in session.raw


def test_tmux_shows_what_the_emulator_shows(
    tmp_path: Path, seeds: Path, needs_program: Callable[[str], str]
) -> None:
    command = [sys.executable, "-m", "seedread", "--ner-model", "rules", str(seeds)]
    with Tmux(needs_program("tmux"), tmp_path, command, environment(tmp_path)) as tmux:
        tmux.wait_for(*LISTED)
        tmux.keys("/Kremlin")
        tmux.wait_for(*FOUND)
        tmux.keys("Enter")
        tmux.wait_for("Enter open")
        tmux.keys("Enter")
        first = tmux.wait_for("n next hit", "▶")
        assert re.search(r"▶.*Kremlin", first)
        assert "hit 1 of 2 ·" in first
        tmux.keys("j", "j", "j", "k", "n")
        second = tmux.wait_for("hit 2 of 2 ·")
        assert re.search(r"▶.*Kremlin", second)
