"""`seedread doctor`: what is wrong, and how to fix it."""

from __future__ import annotations

import os
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from seedread.cli import environment_checks
from seedread.cli.environment_checks import Level
from seedread.userdata.settings import settings_path
from seedread_index.archive import Archive
from seedread_index.model.installation import READ_WITH, install_command

from .conftest import Run


def test_doctor_finds_nothing_wrong_with_the_seeds(on_seeds: Run) -> None:
    on_seeds("index", "-q")
    report = on_seeds("doctor", "--json").document
    wrong = [check for check in report["checks"] if check["level"] == "wrong"]
    assert wrong == []
    assert all(list(check) == ["area", "level", "found", "fix"] for check in report["checks"])
    areas = {check["area"] for check in report["checks"]}
    assert {"versions", "terminal", "colours", "clipboard", "locale", "cache", "index", "engine"} <= areas
    assert "no problems found" in on_seeds("doctor").out


def test_doctor_names_what_is_wrong_and_how_to_mend_it(
    on_seeds: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("theme = 3\n")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    told = on_seeds("doctor")
    assert told.code == 1
    assert "settings.toml:1" in told.out
    assert "XDG_STATE_HOME" in told.out
    assert "2 problems" in told.out


def test_an_installation_without_a_model_is_no_fault(on_seeds: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedread_index.archive.Archive.engine", lambda self: "rules")
    monkeypatch.setattr("seedread_index.archive.Archive.annotate", lambda self, *_, **options: 0)
    told = on_seeds("doctor")
    assert "names are found by rules only" in told.out
    assert install_command("entities") in told.out
    assert "no problems found" in told.out
    assert install_command("entities") in on_seeds("index", "--no-sync", "--annotate").err


def test_a_model_that_is_named_and_not_there_is_one(on_seeds: Run) -> None:
    told = on_seeds("doctor", "--ner-model", "no_such_pipeline")
    assert told.code == 1
    assert "no_such_pipeline" in told.out


def test_corrections_that_cannot_be_read_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    archive = Archive.open([tmp_path / "news"])
    assert "not applied" not in run("doctor", str(tmp_path / "news")).out
    archive.folder.corrections.parent.mkdir(parents=True)
    archive.folder.corrections.write_text("[[merge\n")
    told = run("doctor", str(tmp_path / "news"))
    assert told.code == 1
    assert "not applied: " in told.out
    assert str(archive.folder.corrections) in told.out


def test_folders_of_impossible_names_are_told(on_seeds: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/" + "x" * 5000)
    told = on_seeds("doctor")
    assert told.code == 1
    assert "File name too long" in told.out


def test_doctor_refuses_folders_that_others_may_write(run: Run) -> None:
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "seedread"
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    report = run("doctor", "--json")
    assert report.code == 1
    assert {"area": "cache", "level": "wrong"}.items() <= next(
        check for check in report.document["checks"] if check["area"] == "cache"
    ).items()


@pytest.mark.parametrize(
    ("environ", "way", "level", "found"),
    [
        ({}, "auto", Level.OK, "OSC 52"),
        ({"SSH_TTY": "/dev/pts/1"}, "auto", Level.OK, "over SSH"),
        ({"STY": "1.x"}, "auto", Level.OK, "screen"),
        ({"TMUX": "/tmp/x,1,0"}, "file", Level.OK, "file"),
    ],
)
def test_the_way_to_the_clipboard_is_named(
    environ: dict[str, str], way: str, level: Level, found: str
) -> None:
    (check,) = environment_checks.clipboard(environ, way)
    assert check.level is level
    assert found in check.found


def test_a_tmux_that_keeps_copies_to_itself_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment_checks, "_tmux_option", lambda name: "off")
    (check,) = environment_checks.clipboard({"TMUX": "x"}, "auto")
    assert check.level is Level.WRONG
    assert "set-clipboard on" in check.fix


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({"NO_COLOR": "1"}, "none"),
        ({"COLORTERM": "truecolor"}, "24"),
        ({"TERM": "xterm-256color"}, "256"),
        ({}, "16"),
    ],
)
def test_colours_are_counted(environ: dict[str, str], found: str) -> None:
    (check,) = environment_checks.colours(environ)
    assert check.found.startswith(found)


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"TMUX": "x", "TERM": "xterm-256color"}, "inside tmux"),
        ({"STY": "x", "TERM": "xterm"}, "inside screen"),
        ({"TMUX": "x", "TERM": "tmux-256color"}, ""),
        ({"TMUX": "x", "TERM": "screen-256color"}, ""),
        ({"TERM": "xterm"}, ""),
    ],
)
def test_a_multiplexer_under_a_strange_name_is_noted(environ: dict[str, str], told: str) -> None:
    found = [check.found for check in environment_checks.terminal(environ) if "inside" in check.found]
    assert [told in text for text in found] == [True] * bool(told)


def test_columns_and_lines_are_noted() -> None:
    assert any(
        "COLUMNS" in check.found for check in environment_checks.terminal({"COLUMNS": "80", "TERM": "xterm"})
    )


def test_every_library_of_the_extras_for_formats_is_looked_for() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    extra = {re.split("[>=<;]", line)[0] for line in (*extras["formats"], *extras["parquet"])}
    distributions = packages_distributions()
    known = {name for module in READ_WITH for name in distributions.get(module.split(".")[0], ())}
    assert {name.casefold() for name in extra} <= {name.casefold() for name in known}


def test_a_format_whose_library_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment_checks, "is_installed", lambda module: module != "pypdfium2")
    (check,) = (check for check in environment_checks.versions() if check.area == "formats")
    assert check.level is Level.NOTE
    assert check.found == "cannot read: PDF"
