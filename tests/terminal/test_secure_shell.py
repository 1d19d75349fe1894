"""The reader over a secure shell, on a line of 150 ms and 64 kbit/s."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from terminals import wire
from terminals.link import SlowLink
from terminals.secure_shell import server
from terminals.session import Session, environment


def test_held_keys_skip_pages_on_a_slow_line_and_end_on_the_last(
    tmp_path: Path, needs_program: Callable[[str], str]
) -> None:
    needs_program("sshd")
    needs_program("ssh")
    folder = wire.make_articles(tmp_path / "articles", 3)
    program = wire.seedread(folder)
    rules = ["--annotate", "--ner-model", "rules"]
    subprocess.run(
        [*program.command[:3], "index", *rules, str(folder)],
        env=environment(tmp_path),
        check=True,
        capture_output=True,
    )
    variables = [f"{name}={value}" for name, value in environment(tmp_path).items()]
    with server(tmp_path / "keys") as (port, client), SlowLink(port) as link:
        command = [*client, str(link.port), f"exec {shlex.join(['env', *variables, *program.command])}"]
        with Session(command, environment(tmp_path), answering=True) as session:
            session.wait_for("Enter results", "Report")
            session.keys("\r")
            session.wait_for("Enter open")
            session.keys("\r")
            session.wait_for("n next hit")
            session.settle(1)
            before, first = len(session.raw), session.screen.display[:-2]
            session.keys(" ")
            session.wait(lambda: session.screen.display[:-2] != first, "another page")
            session.settle(1)
            page = len(session.raw) - before
            second = session.screen.display[:-2]
            before = len(session.raw)
            for _ in range(40):
                session.keys(" ", "b")
            session.wait(lambda: not session.settle(1.5), "the last page")
            assert page > 500
            assert len(session.raw) - before < 40 * page
            assert session.screen.display[:-2] == second
            session.keys("Q")
            assert session.wait_for_end() == 0
