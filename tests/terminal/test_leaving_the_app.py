"""What leaves the reader in a real terminal: copies through tmux, and the words about a fault."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from terminals.multiplexer import Tmux
from terminals.session import Session, environment

BROKEN = """
import sys
from seedread.actions.handlers import command
from seedread.screens.global_commands import GlobalCommands
from seedread.__main__ import main
GlobalCommands.show_messages = command("messages")(lambda *_: 1 / 0)
sys.argv[1:] = ["--ner-model", "rules", *sys.argv[1:]]
sys.exit(main())
"""


def test_a_copied_paragraph_arrives_in_tmux(
    tmp_path: Path, seeds: Path, needs_program: Callable[[str], str]
) -> None:
    command = [sys.executable, "-m", "seedread", "--ner-model", "rules", str(seeds)]
    with Tmux(needs_program("tmux"), tmp_path, command, environment(tmp_path)) as tmux:
        tmux.wait_for("Enter results")
        tmux.keys("/Peskov")
        tmux.wait_for("result 1 of 1")
        tmux.keys("Enter", "Enter")
        tmux.wait_for("n next hit")
        tmux.keys("y")
        tmux.wait_for("Copied the paragraph")
        copied = tmux.wait_for("A possibility of a meeting at the highest level", within=tmux.buffer)
        assert copied.rstrip().endswith("000_f3c12d9c3c59545f.txt, paragraph 2")


def test_a_fault_gives_the_terminal_back_and_is_told_in_one_line(tmp_path: Path, seeds: Path) -> None:
    with Session([sys.executable, "-c", BROKEN, str(seeds)], environment(tmp_path)) as session:
        session.wait_for("Enter results")
        session.keys("\r")
        session.wait_for("Enter open")
        session.keys("!")
        assert session.wait_for_end() == 70
        after = session.raw.rpartition(b"\x1b[?1049l")[2].decode()
        assert "internal error: ZeroDivisionError" in after
        assert "Traceback" not in session.raw.decode()
