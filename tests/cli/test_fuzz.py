"""Hostile command lines, settings and corrections: an exit code that is documented, and no traceback."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from seedread.cli.commands import COMMANDS, parser_of
from seedread_index.archive import Archive

from .conftest import Run

DOCUMENTED = {0, 1, 2, 3, 4, 5}
WORDS = (
    "",
    "-",
    "--",
    "\udcff\udcfe",
    "\x1b[31m\u202e",
    "'\"" * 40,
    "(" * 300,
    "a* " * 300,
    "x" * 70_000,
    "{title",
    "{}",
    "\\",
    "9" * 5000,
    "-1",
    "nan",
    "1e400",
    "½",
    "2020-02-31",
    "person:",
    "~~~",
    "*",
    "..",
    "/dev/null",
    "/proc/self/mem",
    "東京",
)
"""No NUL and no lone surrogates but those of bytes: the system passes none."""
ENDLESS = ("--watch", "--wait", "--forget", "--rebuild", "--annotate", "--path", "--init")
TOML = (
    b"",
    b"\xff\xfe\x00",
    b"\xef\xbb\xbf",
    b"a = " + b"[" * 100_000,
    b"[" * 100_000,
    b"a" + b".a" * 50_000 + b" = 1",
    b"a = " + b"9" * 5000,
    b"a = 9999-99-99",
    b"correction = 1",
    b"correction = [{}]",
    b"[[correction]]",
    b"[[correction]]\ndo = []",
    b"[correction]\ndo = 'hide'",
    b"[[correction]]\ndo = 'hide'\nname = '\x1b[31m'",
    b"[[correction]]\ndo = 'hide'\nname = 'x'\n[[correction.name]]",
    b"[[correction]]\ndo = 'merge'\nname = 'x'\ninto = '" + b"y" * 100_000 + b"'",
    b"engine = 1",
    b"keys = []",
    b"[keys]\ndown = {}",
    b"[engine]\nprocesses = 1e400",
    b"[engine]\njson_fields = { title = {} }",
    b"[engine]\nner_model = '\\u0000'",
    b"[engine]\nner_model = '/proc/self'",
    b"[engine.ner_model]\na.b = 1",
    b"theme = ['dark']",
    b"theme = {}",
    b"split = inf",
    b"'' = 1",
    b"\x00" * 1000,
)


def command_line(chance: random.Random) -> list[str]:
    """A command with options of its own and words of nobody's."""
    name = chance.choice(list(COMMANDS))
    line = [name]
    for _ in range(chance.randrange(5)):
        options = [each for each in parser_of(name).option_names() if each not in ENDLESS]
        line += [chance.choice(options)] if chance.random() < 0.6 else []
        line += [chance.choice(WORDS)] if chance.random() < 0.8 else []
    return line


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders for settings and data of this test alone; it is the working folder, for files that it names."""
    monkeypatch.chdir(tmp_path)
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    return tmp_path


@pytest.mark.parametrize("seed", range(150))
def test_no_command_line_is_a_fault(on_seeds: Run, own: Path, seed: int) -> None:
    line = command_line(random.Random(seed))
    ended = on_seeds(*line)
    assert ended.code in DOCUMENTED, (line, ended.err)
    assert "Traceback" not in ended.err or "--debug" in line


def put(path: Path, content: bytes | None) -> None:
    """A file, or a named pipe."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if content is None:
        os.mkfifo(path)
    else:
        path.write_bytes(content)


@pytest.mark.parametrize("content", [*TOML, None], ids=range(len(TOML) + 1))
def test_no_settings_file_is_a_fault(on_seeds: Run, own: Path, content: bytes | None) -> None:
    put(own / "CONFIG" / "seedread" / "settings.toml", content)
    for line in (["config"], ["list"], ["keys"]):
        ended = on_seeds(*line)
        assert ended.code in DOCUMENTED, (line, ended.err)
        assert (ended.code == 2) == ("settings.toml" in ended.err), ended.err


@pytest.mark.parametrize("content", [*TOML, None], ids=range(len(TOML) + 1))
def test_no_file_of_corrections_is_a_fault(
    on_seeds: Run, own: Path, seeds: Path, content: bytes | None
) -> None:
    file = Archive.open([seeds]).folder.corrections
    assert file.is_relative_to(own)
    put(file, content)
    told = []
    for line in (["index"], ["status"], ["entities", "-n", "1"], ["entities", "--undo"]):
        ended = on_seeds(*line)
        assert ended.code in DOCUMENTED, (line, ended.err)
        told.append("corrections are not applied" in ended.err)
    assert told[0] == told[1]
    if content is None or b"[" * 1000 in content:
        assert told[:2] == [True, True]
