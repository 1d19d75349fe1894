"""Every command in the README and the guides runs as it is written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import Run

PROJECT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/guide.md", "docs/library.md", "docs/privacy.md", "docs/recipes.md")
HEAD = "SOURCE: Harbour News\nTITLE: {}\nPUBLISHED: {}\n\n"
STORY = """\
President Vladimir Putin said on Friday that grain would leave Odesa through the corridor again.

"The strikes on Idlib will end," Vladimir Putin said in Moscow. V. Putin spoke after a call with Anna Weber,
the mayor of Kiel. Ships of the grain corridor wait in Odesa, and traders in Kiel hope for a mild winter.
"""
OTHER = """\
Traders in Kiel, where Anna Weber is mayor, heard Vladimir Putin speak of ships from Odesa.

The corridor of last year carried wheat and maize; insurers ask for twice the premium, and crews for a bonus.
"""
MORE = "\nThe harbour office counted ships, tugs and barges, and wrote down when each of them left the pier."
SOMETIMES = re.compile(r"entities -C \S+ --undo|alert|correct -C \S+ --list|--import|--adopt")
"""What may find nothing: on a second look, or before anything is kept."""


def _commands() -> Iterator[tuple[str, str]]:
    """The lines of code, indented or fenced, that begin with the program."""
    for page in PAGES:
        text = (PROJECT / page).read_text(encoding="utf-8")
        fenced = "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
        lines = re.findall(r"^ {4}(?:\$ )?(seedread .+)$", text, re.MULTILINE)
        for line in (*lines, *re.findall(r"^(seedread .+)$", fenced, re.MULTILINE)):
            yield page, line.rstrip("\\").strip()


def _words(line: str, home: Path) -> list[str]:
    """The arguments of the command alone: without a pipe, a redirection or a remark."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|>")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if set(word) <= {"|", ">"}:
            break
        words.append(re.sub(r"^~(?=/)", str(home), word))
    return words[1:]


@pytest.fixture
def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder_of: Callable[[Path, dict[str, str]], Path]
) -> Path:
    """A home with the folder that the documentation speaks of, as the current folder."""
    folder_of(
        tmp_path / "news",
        {
            "story.txt": HEAD.format("The grain corridor reopens", "2023-03-05") + STORY + MORE * 10,
            "other.txt": HEAD.format("Kiel waits for ships", "2024-03-06") + OTHER,
        },
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SEEDREAD_ARCHIVE", str(tmp_path / "news"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_every_command_runs(run: Run, home: Path, page: str) -> None:
    lines = [line for named, line in _commands() if named == page]
    assert lines
    for line in lines:
        words = _words(line, home)
        ended = run(*words, "--ner-model", "rules") if words[0] not in {"doctor", "config"} else run(*words)
        if words == [str(home / "news")]:
            assert "needs a terminal" in ended.err
        elif not SOMETIMES.search(line):
            assert ended.code == 0, (line, ended.err)
        assert ended.code in {0, 1, 2}, (line, ended.err)
        assert ended.code != 2 or "needs a terminal" in ended.err, (line, ended.err)


def test_the_targets_of_make_exist() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    text = "".join((PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    named = {
        name
        for pair in re.findall(r"`make ([a-z-]+)|^    make ([a-z-]+)", text, re.MULTILINE)
        for name in pair
    }
    assert "run" in named
    assert named - {""} <= targets
