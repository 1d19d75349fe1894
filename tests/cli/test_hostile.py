"""Nothing that a file holds or is called reaches the terminal as commands, whatever the command."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from .conftest import Run

ATTACKS = (
    "\x1b]0;title\x07",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "\x1bP+q544e\x1b\\",
    "\u202egnp.exe",
    "\u2066isolated",
    "\x08\x08\x08",
    "\x7f",
    "[@click=app.quit]quit[/]",
    "[/]",
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles whose names, titles, sources and texts attack the terminal."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, attack in enumerate(ATTACKS):
        name = f"{number}{attack.replace('/', '_')}.txt"
        text = (
            f"SOURCE: Harbour {attack} News\nTITLE: The lighthouse {attack} of the harbour\n"
            "PUBLISHED: 2020-02-28\n\n"
            f"Mayor Anna {attack} Weber said on Friday the lighthouse {attack} would be repainted.\n"
        )
        (folder / name).write_text(text, encoding="utf-8")
        (folder / f"empty{name}").write_bytes(b"")
    (folder / os.fsdecode(b"raw\xff\xfe\x1b.txt")).write_text("The lighthouse of the harbour stands.\n")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "lighthouse", "-n", "0"],
        ["search", "lighthouse", "--json"],
        ["search", "lighthouse", "--jsonl", "--snippets", "5"],
        ["search", "lighthouse", "--csv"],
        ["search", "lighthouse", "--format", "{path} {title} {source} {snippet}"],
        ["search", "\x1b]0;x\x07 \u202e"],
        ["search", '"\x1b[31m'],
        ["show", "--all"],
        ["show", "--all", "--text"],
        ["show", "--all", "--jsonl"],
        ["show", "\x1b[31mnowhere"],
        ["list"],
        ["list", "--csv"],
        ["kwic", "lighthouse"],
        ["kwic", "lighthouse", "--jsonl"],
        ["quotes"],
        ["quotes", "--by", "\x1b[31mnobody"],
        ["count", "lighthouse", "--by", "source"],
        ["entities"],
        ["entities", "--csv"],
        ["entities", "\x1b[31m"],
        ["status", "-v"],
        ["status", "--json"],
        ["index", "-v"],
        ["doctor"],
        ["--\x1b[31m"],
        ["\x1b[31mnowhere"],
        ["search", "-C", "\x1b[31mnowhere", "a"],
        ["config", "\x1b[31m"],
        ["completion", "\x1b[31m"],
        ["keys", "\x1b[31m"],
        ["search", "a", "--sort", "\x1b[31m"],
        ["search", "a", "--since", "\x1b[31m"],
        ["search", "a", "--format", "{\x1b[31m}"],
    ],
    ids=lambda arguments: " ".join(arguments).encode("unicode_escape").decode(),
)
def test_nothing_but_text_comes_out(
    run: Run, shared_cache: Path, monkeypatch: pytest.MonkeyPatch, hostile: Path, arguments: list[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_cache))
    monkeypatch.setenv("SEEDREAD_ARCHIVE", str(hostile))
    ended = run(*arguments)
    assert ended.out or ended.err
    assert not CONTROL.search(ended.out), CONTROL.search(ended.out)
    assert not CONTROL.search(ended.err)


def test_markup_stays_as_it_is_written(run: Run, hostile: Path) -> None:
    out = run("search", "lighthouse", "-n", "0", "-C", str(hostile)).out
    assert "[@click=app.quit]quit[/]" in out


def test_the_true_name_comes_back_with_nul(
    run: Run, hostile: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from seedread.__main__ import main

    main(["list", "-0", "-q", "-C", str(hostile)])
    out, _ = capfdbinary.readouterr()
    names = set(out.split(b"\0")[:-1])
    assert names == {os.fsencode(path) for path in hostile.iterdir() if not path.name.startswith("empty")}


def test_a_traceback_is_text_as_well(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("\x1b]0;x\x07 \u202e")

    monkeypatch.setattr("seedread.userdata.archive_choice.choose", broken)
    ended = run("list", "--debug")
    assert ended.code == 70
    assert "Traceback" in ended.err
    assert not CONTROL.search(ended.err)
