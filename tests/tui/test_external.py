"""The commands that editors and pagers are called by."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedread.terminal.external import editor_command, pager_command, run_program
from seedread_index.model.errors import SeedreadError


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({}, ["vi", "+7", "/a b.txt"]),
        ({"EDITOR": "nano -w"}, ["nano", "-w", "+7", "/a b.txt"]),
        ({"EDITOR": "nano", "VISUAL": "/usr/bin/vim"}, ["/usr/bin/vim", "+7", "/a b.txt"]),
        ({"EDITOR": "hx"}, ["hx", "/a b.txt:7"]),
        ({"EDITOR": "code"}, ["code", "--wait", "--goto", "/a b.txt:7"]),
    ],
)
def test_an_editor_is_called_at_the_line(environ: dict[str, str], command: list[str]) -> None:
    assert editor_command(Path("/a b.txt"), 7, environ) == command


def test_the_pager_is_the_users() -> None:
    assert pager_command({"PAGER": "less -S"}) == ["less", "-S"]
    assert pager_command({}) == ["less"]


def test_a_variable_that_cannot_be_read_is_told() -> None:
    with pytest.raises(SeedreadError, match="EDITOR"):
        editor_command(Path("x"), 1, {"EDITOR": "vi 'x"})


def test_a_program_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SeedreadError, match="cannot be started"):
        run_program([str(tmp_path / "none")])
