"""Progress is drawn on a terminal's standard error alone, once the work takes a moment."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pexpect
import pytest

from seedread.cli import progress
from seedread.cli.progress import ProgressBar
from seedread.cli.talk import Talk
from seedread_index.status import Progress, Stage

_PROGRAM = """
import sys
from pathlib import Path
from seedread.cli import progress
from seedread.cli.talk import Talk
from seedread_index.status import Progress, Stage
progress._MOMENT = float(sys.argv[1])
with progress.ProgressBar(Talk(sys.stderr)) as bar:
    for done in range(0, 11):
        bar(Progress(Stage.READ, done, 10))
    bar(Progress(Stage.INDEX, 3, None))
print("ended")
"""


def drawn(moment: str, **environ: str) -> str:
    """What a terminal gets from a short piece of work."""
    child = pexpect.spawn(
        sys.executable, ["-c", _PROGRAM, moment], env={**os.environ, **environ}, encoding="utf-8", timeout=60
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return str(child.before)


def test_long_work_draws_a_bar_and_takes_it_away() -> None:
    out = drawn("0")
    assert "reading" in out
    assert "10/10" in out
    assert out.rstrip().endswith("ended")


def test_short_work_draws_nothing() -> None:
    assert drawn("1000").strip() == "ended"


def test_a_dumb_terminal_gets_nothing() -> None:
    assert drawn("0", TERM="dumb").strip() == "ended"


@pytest.mark.parametrize("quiet", [True, False])
def test_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return quiet

    monkeypatch.setattr(progress, "_MOMENT", 0.0)
    monkeypatch.setattr(progress, "_bar", lambda: pytest.fail("a bar was drawn"))
    talk = Talk(Stream())
    talk.quiet = quiet
    with ProgressBar(talk) as bar:
        bar(Progress(Stage.READ, 1, 2))


@pytest.mark.parametrize("command", ["search", "kwic", "list"])
@pytest.mark.parametrize("width", [60, 100])
def test_no_line_is_wider_than_the_terminal(seeds: Path, command: str, width: int) -> None:
    words = [command, *([] if command == "list" else ["Kremlin"]), "-q", "--color", "never", "-C", str(seeds)]
    child = pexpect.spawn(
        sys.executable, ["-m", "seedread", *words], dimensions=(24, width), encoding="utf-8", timeout=60
    )
    child.expect(pexpect.EOF)
    lines = str(child.before).splitlines()
    assert len(lines) >= 2
    assert max(map(len, lines)) <= width
