"""Completion of live values: names, tags, saved searches, settings, and words of queries."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread.__main__ import main

from ..conftest import make_folder
from .conftest import Run

ARTICLES = {
    "mill.txt": (
        "SOURCE: Harbour News\nTITLE: A mill burns\nPUBLISHED: 2021-03-05\n\n"
        "Mayor Anna Weber of Kiel said on Friday that the mill burned. Anna Weber saw Jonas Holm there.\n"
    ),
    "ferry.txt": (
        "SOURCE: Island Courier\nTITLE: The ferry is late\nPUBLISHED: 2021-03-06\n\n"
        "Anna Weber of Kiel said that the ferry was late. Annika Berg agreed with Anna Weber on Saturday.\n"
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two articles in "my news", a tag, a collection and a saved search."""
    made = tmp_path_factory.mktemp("completed")
    folder = str(make_folder(made / "my news", ARTICLES))
    with pytest.MonkeyPatch.context() as patch:
        _move_in(made, patch)
        for command in (
            ("tag", "grain deal", "mill.txt"),
            ("collection", "Fires", "mill.txt"),
            ("saved", "--add", "late ferries", "ferry"),
        ):
            assert main([*command, "-q", "-C", folder, "--ner-model", "rules"]) == 0
    return made


def _move_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("HOME", str(home))
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))


@pytest.fixture
def archive(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The folder of the articles, with the user's folders that belong to it."""
    _move_in(home, monkeypatch)
    return str(home / "my news")


@pytest.mark.parametrize(
    ("kind", "word", "expected"),
    [
        ("entities", "anna", ["Anna Weber"]),
        ("sources", "har", ["Harbour News"]),
        ("tags", "GRAIN", ["grain deal"]),
        ("collections", "", ["Fires"]),
        ("saved", "late", ["late ferries"]),
        ("query", 'person:"anna w', ['person:"Anna Weber"']),
        ("settings", "engine.ma", ["engine.max_file_size", "engine.max_inflated_size"]),
    ],
)
def test_live_values_start_with_the_word(
    run: Run, archive: str, kind: str, word: str, expected: list[str]
) -> None:
    found = run("completion", "--values", kind, "-C", archive, "--", word)
    assert (found.code, found.out.splitlines(), found.err) == (0, expected, "")


@pytest.mark.parametrize("kind", ["entities", "tags", "query"])
def test_where_nothing_can_be_read_nothing_is_said(run: Run, tmp_path: Path, kind: str) -> None:
    for place in (tmp_path / "nowhere", tmp_path):
        found = run("completion", "--values", kind, "-C", str(place), "--", "a")
        assert (found.code, found.out, found.err) == (0, "", "")


def _program(folder: Path) -> Path:
    """A script called seedread that runs this program."""
    path = folder / "seedread"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m seedread "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def test_bash_offers_them(run: Run, archive: str, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    script = run("completion", "bash").out

    def offered(*words: str, line: str = "") -> list[str]:
        ask = (
            f'{script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); COMP_LINE="{line}"\n'
            "COMP_POINT=${#COMP_LINE}\n"
            '_seedread; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        asked = subprocess.run(
            [bash, "-c", ask, "bash", str(_program(tmp_path)), *words],
            capture_output=True,
            text=True,
            check=True,
        )
        assert asked.stderr == ""
        return asked.stdout.splitlines()

    assert offered("quotes", "-C", archive, "--by", "ann") == ["Anna Weber", "Annika Berg"]
    assert offered("tag", "-C", archive, "gr") == ["grain deal"]
    typed = f"seedread search -C '{archive}' source:har"
    assert offered("search", "-C", archive, "source", ":", "har", line=typed) == ['"Harbour News"']


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_offer_them(
    run: Run, needs_program: Callable[[str], str], archive: str, tmp_path: Path, shell: str
) -> None:
    program = needs_program(shell)
    _program(tmp_path)
    script = tmp_path / "script"
    script.write_text(run("completion", shell).out, encoding="utf-8")
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    if shell == "fish":
        ask = f'source "{script}"; complete -C "seedread quotes -C {archive!r} --by ann"'
        asked = [program, "--no-config", "-c", ask]
    else:
        # Without a line editor the functions of zsh's completion are stood in for.
        ask = (
            f'_call_program() {{ shift; eval "$*" 2>/dev/null }}; compadd() {{ print -l $found }}\n'
            f'source <(sed "/^_seedread \\"/d" "{script}")\n'
            f"words=(seedread quotes -C {archive!r} --by ann); CURRENT=6; PREFIX=ann\n"
            "words[4]=${(q)words[4]}\n"
            "_seedread_values entities"
        )
        asked = [program, "-f", "-c", ask]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, env=environ)
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["Anna Weber", "Annika Berg"], (
        done.stderr
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_scripts_are_valid(
    run: Run, needs_program: Callable[[str], str], tmp_path: Path, shell: str
) -> None:
    script = tmp_path / "script"
    script.write_text(run("completion", shell).out, encoding="utf-8")
    checked = subprocess.run(
        [needs_program(shell), "-n", script], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
