"""`seedread [PATH…]`: what is decided before the reader opens."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

import pytest

from seedread.cli import main
from seedread.userdata import archive_choice
from seedread.userdata.settings import Settings, settings_path

from .conftest import Run

Opened = list[tuple[tuple[Path, ...], Settings, dict[str, str]]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What the reader was opened with; there seems to be a terminal, and no reader runs."""
    calls: Opened = []

    def run(roots: tuple[Path, ...], settings: Settings) -> int:
        calls.append((tuple(roots), settings, dict(os.environ)))
        return 7

    monkeypatch.setattr(main, "_is_terminal", lambda descriptor: True)
    monkeypatch.setattr("seedread.app.run", run)
    monkeypatch.setattr("seedread.terminal.early_paint.paint", lambda: None)
    return calls


def test_paths_are_opened_and_remembered(run: Run, opened: Opened, tmp_path: Path, seeds: Path) -> None:
    assert run(str(tmp_path), "-C", str(seeds)).code == 7
    ((roots, _, _),) = opened
    assert set(roots) == {tmp_path, seeds}
    assert set(archive_choice.recent()[0]) == {tmp_path.resolve(), seeds}


def test_the_last_archive_opens_without_a_word(run: Run, opened: Opened, tmp_path: Path) -> None:
    run(str(tmp_path))
    run()
    assert opened[1][0] == (tmp_path.resolve(),)


def test_the_seeds_open_the_first_time_and_are_not_remembered(run: Run, opened: Opened, seeds: Path) -> None:
    run()
    assert opened[0][0] == (seeds,)
    assert archive_choice.recent() == []


def test_a_path_called_like_a_command_comes_after_two_dashes(
    run: Run, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "search").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run("--", "search").code == 7
    assert opened[0][0] == (Path("search"),)


def test_columns_and_lines_do_not_reach_the_reader(
    run: Run, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "10")
    run(str(tmp_path))
    assert not {"COLUMNS", "LINES"} & set(opened[0][2])


def test_the_cache_is_named_on_the_command_line_from_here(
    run: Run, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(str(tmp_path), "--cache", "shared")
    assert opened[0][1].engine.cache == str(tmp_path / "shared")


def test_the_entity_engine_is_chosen_on_the_command_line(run: Run, opened: Opened, tmp_path: Path) -> None:
    run(str(tmp_path), "--ner-model", "rules")
    assert opened[0][1].engine.ner_model == "rules"


def test_without_a_terminal_nothing_opens(run: Run, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "_is_terminal", lambda descriptor: descriptor != 2)
    assert run().code == 2
    assert opened == []


def test_a_dumb_terminal_gets_the_line_mode(
    run: Run, opened: Opened, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[Sequence[Path]] = []

    def line_mode(roots: Sequence[Path], settings: Settings, known: Collection[str]) -> int:
        assert "search" in known
        modes.append(roots)
        return 5

    monkeypatch.setattr("seedread.linemode.run", line_mode)
    monkeypatch.setenv("TERM", "dumb")
    assert run(str(seeds)).code == 5
    assert modes == [(seeds,)]
    monkeypatch.setenv("TERM", "xterm")
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("line_mode = true\n")
    assert run(str(seeds)).code == 5
    assert opened == []


def test_a_bad_settings_file_is_told_on_a_clean_screen(
    run: Run, opened: Opened, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored = []
    monkeypatch.setattr("seedread.terminal.early_paint.restore", lambda: restored.append(True))
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('theme = "pink"\n')
    ended = run(str(seeds))
    assert ended.code == 2
    assert "settings.toml:1" in ended.err
    assert restored
    assert opened == []


@pytest.mark.parametrize(
    "arguments", [["{}"], ["show", "{}"], ["search", "x", "--ner-model", "{}"], ["list", "{}"]]
)
def test_a_name_too_long_for_any_file_is_no_fault_of_the_program(run: Run, arguments: list[str]) -> None:
    ended = run(*[argument.format("x" * 5000) for argument in arguments])
    assert ended.code in {1, 3}
    assert "fault" not in ended.err


def test_help_for_a_command_that_is_none_says_so(run: Run) -> None:
    ended = run("help", "serch")
    assert ended.code == 2
    assert "unknown command: serch" in ended.err
