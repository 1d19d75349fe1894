"""What leaves the reader in a real terminal: copies through tmux, and the words about a fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from terminals.session import Session, environment

BROKEN = """
import sys
from seedread.screens.browse import BrowseScreen
from seedread.__main__ import main
BrowseScreen.HANDLERS["messages"] = lambda *_: 1 / 0
sys.argv[1:] = ["--ner-model", "rules", *sys.argv[1:]]
sys.exit(main())
"""


def test_a_copied_paragraph_arrives_in_tmux(
    tmp_path: Path, seeds: Path, needs_program: Callable[[str], str]
) -> None:
    tmux = [needs_program("tmux"), "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    env = environment(tmp_path)
    line = f"exec {sys.executable} -m seedread --ner-model rules {seeds}"
    subprocess.run([*tmux, "new-session", "-d", "-x", "80", "-y", "24", line], env=env, check=True)

    def told(*words: str) -> str:
        done = subprocess.run([*tmux, *words], env=env, check=False, capture_output=True, text=True)
        return done.stdout

    def wait_for(*words: str, shows: str) -> None:
        with Session(["cat"], env) as patience:
            patience.wait(lambda: shows in told(*words), f"{shows!r} in tmux")

    try:
        wait_for("capture-pane", "-p", shows="Enter results")
        told("send-keys", "/Peskov")
        wait_for("capture-pane", "-p", shows="1/1")
        told("send-keys", "Enter", "Enter")
        wait_for("capture-pane", "-p", shows="n next hit")
        told("send-keys", "y")
        wait_for("capture-pane", "-p", shows="copied the paragraph")
        wait_for("show-buffer", shows="A possibility of a meeting at the highest level")
        assert told("show-buffer").rstrip().endswith("000_f3c12d9c3c59545f.txt, paragraph 2")
    finally:
        told("kill-server")


def test_a_fault_gives_the_terminal_back_and_is_told_in_one_line(tmp_path: Path, seeds: Path) -> None:
    with Session([sys.executable, "-c", BROKEN, str(seeds)], environment(tmp_path)) as session:
        session.wait_for("Enter results")
        session.keys("\r")
        session.wait_for("Enter open")
        session.keys("!")
        assert session.wait_for_end() == 70
        after = session.raw.rpartition(b"\x1b[?1049l")[2].decode()
        assert "a fault in seedread: ZeroDivisionError" in after
        assert "Traceback" not in session.raw.decode()
