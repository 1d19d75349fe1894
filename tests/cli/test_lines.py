"""One record is one physical line, whatever the articles hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Articles with every kind of line end around the same word."""
    for number, sign in enumerate(BREAKS):
        text = f"The{sign}lighthouse {number}\n\nA man{sign}saw the lighthouse{sign}on{sign}Friday in Rome.\n"
        (tmp_path / f"{number}.txt").write_text(text * 2, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "lighthouse", "-n", "0", "--format", "{snippet}"],
        ["search", "lighthouse", "-n", "0", "--csv"],
        ["show", "--all", "--format", "{title} {text} {path}"],
        ["show", "--all", "--csv"],
        ["list", "--csv"],
        ["list", "--format", "{title}"],
        ["kwic", "lighthouse"],
        ["kwic", "lighthouse", "--csv"],
        ["kwic", "lighthouse", "--format", "{left}{hit}{right}"],
        ["count", "lighthouse", "--by", "source", "--csv"],
        ["entities", "--csv"],
        ["entities", "--format", "{name} {aliases}"],
    ],
    ids=" ".join,
)
def test_a_record_is_one_line(run: Run, folder: Path, arguments: list[str]) -> None:
    command = [*arguments, "-C", str(folder)]
    data = [each for each in command if not each.startswith(("{", "--format", "--csv"))]
    records = len(run(*data, "--jsonl").rows)
    ended = run(*command)
    lines = ended.out.splitlines()  # at every kind of line end
    assert ended.code == 0
    assert records
    assert len(lines) == records + ("--csv" in arguments)
