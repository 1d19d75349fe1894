"""Progress is drawn on a terminal's standard error alone, once the work takes a moment."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path

import pexpect
import pytest

from seedread.cli.streams import stderr
from seedread.cli.streams.stderr import Messages, ProgressBar
from seedread.wording import progress_text
from seedread_index.model.status import Progress, Stage

from .conftest import Run

_PROGRAM = """
import sys
from pathlib import Path
from seedread.cli.streams import stderr
from seedread.cli.streams.stderr import Messages
from seedread_index.model.status import Progress, Stage
stderr._MOMENT = float(sys.argv[1])
stderr._APART = 0
messages = Messages(sys.stderr)
with stderr.ProgressBar(messages) as bar:
    for done in range(0, 11):
        bar(Progress(Stage.READ, done, 10))
    bar(Progress(Stage.INDEX, 0, None))
    messages.info("a message")
print("ended")
"""


class Terminal(io.StringIO):
    """A terminal that forgets."""

    def isatty(self) -> bool:
        return True


def drawn(moment: str, **environ: str) -> str:
    """What a terminal gets from a short piece of work."""
    child = pexpect.spawn(
        sys.executable, ["-c", _PROGRAM, moment], env={**os.environ, **environ}, encoding="utf-8", timeout=300
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return str(child.before)


def test_long_work_draws_a_line_and_takes_it_away() -> None:
    out = drawn("0")
    assert "reading 10 of 10 (100 %)" in out
    assert "\rindexing\x1b[K\r\x1b[Kseedread: a message\r\n" in out
    assert out.endswith("ended\r\n")


def test_the_line_changes_twice_a_second_however_often_the_work_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    told: list[str] = []
    messages = Messages(Terminal())
    monkeypatch.setattr(messages, "transient", told.append)
    with ProgressBar(messages) as bar:
        for tick in range(17_000):
            now = 100 + tick / 1000
            bar(Progress(Stage.READ, tick, 17_000))
    assert 30 <= len(told) <= 2 * 17 + 1
    assert sum(map(len, told)) < 1_200
    assert told[-1] == ""


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("total", [None, 0])
def test_a_total_that_is_not_known_is_not_shown(stage: Stage, total: int | None) -> None:
    assert " of " not in progress_text(Progress(stage, 0, total))
    assert progress_text(Progress(stage, 1200, None)).endswith(" 1,200")


def test_short_work_draws_nothing() -> None:
    assert drawn("1000") == "seedread: a message\r\nended\r\n"


def test_a_dumb_terminal_gets_nothing() -> None:
    assert drawn("0", TERM="dumb") == "seedread: a message\r\nended\r\n"


@pytest.mark.parametrize("quiet", [True, False])
def test_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return quiet

    monkeypatch.setattr(stderr, "_MOMENT", 0.0)
    messages = Messages(Stream())
    monkeypatch.setattr(messages, "transient", lambda text: pytest.fail("a line was drawn") if text else None)
    messages.quiet = quiet
    with ProgressBar(messages) as bar:
        bar(Progress(Stage.READ, 1, 2))


@pytest.mark.parametrize("command", ["search", "kwic", "list"])
@pytest.mark.parametrize("width", [60, 100])
def test_no_line_is_wider_than_the_terminal(on_seeds: Run, seeds: Path, command: str, width: int) -> None:
    assert on_seeds("index", "-q", str(seeds)).code == 0  # here, and once: else each command starts a process
    words = [command, *([] if command == "list" else ["Kremlin"]), "-q", "--color", "never", "-C", str(seeds)]
    child = pexpect.spawn(
        sys.executable, ["-m", "seedread", *words], dimensions=(24, width), encoding="utf-8", timeout=300
    )
    child.expect(pexpect.EOF)
    lines = str(child.before).splitlines()
    assert len(lines) >= 2
    assert max(map(len, lines)) <= width
