"""Help, version and completion come at once: no heavy library is imported for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from seedread import __version__
from seedread.cli.commands import COMMANDS

from .conftest import Run

_HEAVY = ("textual", "whoosh", "rich", "sqlite3", "spacy", "numpy", "platformdirs", "chardet", "asyncio")
_PROGRAM = (
    "import sys; from seedread.__main__ import main; code = main(sys.argv[1:]);"
    f"print('imported:', [name for name in {_HEAVY!r} if name in sys.modules], code, file=sys.stderr)"
)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["completion", "bash"],
        ["completion", "zsh"],
        ["completion", "fish"],
        *([name, "--help"] for name in COMMANDS),
    ],
    ids=" ".join,
)
def test_no_heavy_library_is_imported_for(arguments: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments], capture_output=True, text=True, check=True
    )
    assert ended.stderr.strip() == "imported: [] 0"
    assert ended.stdout


def test_line_mode_imports_no_textual(seeds: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from seedread import linemode;"
        "from seedread.userdata.settings import Settings;"
        f"code = linemode.run([Path({str(seeds)!r})], Settings());"
        "print('imported:', 'textual' in sys.modules, code, file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], input="Kremlin\n1\nq\n", capture_output=True, text=True, check=True
    )
    assert ended.stderr.splitlines()[-1] == "imported: False 0"
    assert "Kremlin" in ended.stdout


def test_every_command_is_in_the_help(run: Run) -> None:
    helped = run("--help")
    assert helped.code == 0
    assert all(f"\n  {name} " in helped.out for name in COMMANDS)
    assert helped.err == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_names_it_and_its_shared_options(run: Run, name: str) -> None:
    helped = run(name, "--help")
    assert helped.code == 0
    assert helped.out.startswith(f"usage: seedread {name} ")
    assert "--quiet" in helped.out
    assert max(map(len, helped.out.splitlines())) <= 80


def test_the_version_is_the_packages(run: Run) -> None:
    assert run("--version").out == f"seedread {__version__}\n"


def test_help_after_two_dashes_is_a_word(run: Run) -> None:
    searched = run("search", "--", "--help")
    assert searched.code != 0
    assert "usage" not in searched.out
