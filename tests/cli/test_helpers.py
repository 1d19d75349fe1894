"""`seedread completion`, `keys` and `config`."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from seedread.cli.commands import COMMANDS, parser_of
from seedread.cli.commands.program.config import MEANINGS
from seedread.userdata.settings import Settings, load, settings_path
from seedread_index.model.engine_settings import ArchiveSettings, EngineSettings, ServerSettings

from .conftest import Run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_knows_every_command_and_option(run: Run, shell: str) -> None:
    script = run("completion", shell).out
    for name in COMMANDS:
        assert name in script
        for option in parser_of(name).option_names():
            bare = option.lstrip("-") if shell == "fish" else option
            assert bare in script, f"{name} {option}"


def completed(script: str, *words: str, cwd: Path | None = None) -> set[str]:
    """What bash offers for the last word."""
    bash = shutil.which("bash")
    assert bash is not None
    ask = f'{script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _seedread; printf "%s\\n" "${{COMPREPLY[@]}}"'
    asked = subprocess.run(
        [bash, "-c", ask, "bash", *words], capture_output=True, text=True, check=True, cwd=cwd
    )
    assert asked.stderr == ""
    return set(asked.stdout.split())


def test_bash_completes_commands_options_choices_and_files(run: Run, tmp_path: Path) -> None:
    script = run("completion", "bash").out
    (tmp_path / "articles").mkdir()
    assert completed(script, "seedread", "se", cwd=tmp_path) == {"search"}
    assert completed(script, "seedread", "art", cwd=tmp_path) == {"articles"}
    assert completed(script, "seedread", "search", "--js", cwd=tmp_path) == {"--json", "--jsonl"}
    assert completed(script, "seedread", "search", "--sort", "d", cwd=tmp_path) == {"date"}
    assert completed(script, "seedread", "-C", "a", cwd=tmp_path) == {"articles"}
    assert completed(script, "seedread", "-C", "articles", "lis", cwd=tmp_path) == {"list"}
    assert completed(script, "seedread", "completion", "", cwd=tmp_path) == {"bash", "zsh", "fish"}
    assert completed(script, "seedread", "search", "art", cwd=tmp_path) == set()


def test_scripts_of_other_shells_hang_together(run: Run) -> None:
    zsh = run("completion", "zsh").out
    assert zsh.startswith("#compdef seedread\n")
    assert len(re.findall(r'^ +\("', zsh, re.MULTILINE)) == len(COMMANDS) + 1
    assert zsh.count(";;") == len(COMMANDS) + 3
    for line in zsh.splitlines():
        assert line.count("'") % 2 == 0, line
    fish = run("completion", "fish").out.partition("\nend\n")[2]
    for line in fish.splitlines():
        assert line.startswith("complete -c seedread ")
        assert line.replace("\\'", "").count("'") % 2 == 0, line


def test_keys_are_those_of_the_reader(run: Run) -> None:
    from seedread.actions.chosen_keys import key_rows

    rows = run("keys", "--jsonl").rows
    assert [(row["keys"], row["name"]) for row in rows] == [(row[1], row[3]) for row in key_rows()]
    out = run("keys").out
    assert all(row["help"] in out for row in rows)


def test_keys_are_narrowed_by_words(run: Run) -> None:
    assert len(run("keys", "next", "hit", "--jsonl").rows) >= 1
    assert run("keys", "zzzqq").code == 1


def test_keys_are_those_of_the_settings(run: Run) -> None:
    settings_path().parent.mkdir(parents=True)
    name = run("keys", "--jsonl").rows[1]["name"]
    settings_path().write_text(f'[keys]\n{name} = "f9"\n')
    assert [row["name"] for row in run("keys", "F9", "--jsonl").rows] == [name]


def test_config_prints_settings_that_are_read_back(run: Run, tmp_path: Path) -> None:
    printed = run("config").out
    (tmp_path / "settings.toml").write_text(printed)
    assert tomllib.loads(printed)["theme"] == Settings().theme
    assert load(tmp_path / "settings.toml") == Settings()


def test_config_begins_a_file_once(run: Run) -> None:
    begun = run("config", "--init")
    assert begun.code == 0
    assert begun.out.strip() == str(settings_path())
    assert stat.S_IMODE(settings_path().stat().st_mode) == 0o600
    assert load() == Settings()
    settings_path().write_text("mouse = true\n")
    assert "already" in run("config", "--init").err
    assert run("config", "mouse").out == "true\n"
    assert run("config", "engine.file_time_limit").out == "20.0\n"
    assert run("config", "--json").document["settings"]["mouse"] is True


def test_the_file_to_start_from_explains_every_setting_and_can_be_uncommented(run: Run) -> None:
    run("config", "--init")
    lines = settings_path().read_text().splitlines()
    uncommented = [line[1:] if line.startswith("#") and line[1:2] != " " else line for line in lines]
    settings_path().write_text("\n".join(uncommented))
    written = tomllib.loads("\n".join(uncommented))
    loaded = load()
    assert list(loaded.engine.archives.values()) == [ArchiveSettings("../table.csv", day_first=True)]
    example = ServerSettings("reader", "pass show search/reader", os.path.expanduser("~/authority.pem"))
    assert loaded.engine.servers == {"search.example.org": example}
    assert replace(loaded, engine=replace(loaded.engine, archives={}, servers={})) == Settings()
    engine = {each.name for each in fields(EngineSettings)} - {"archives", "servers", "day_first"}
    assert set(written["engine"]) == engine - {"ner_model"}
    (folder,) = written["archives"]
    archive = set(written["archives"][folder])
    assert archive == {each.name for each in fields(ArchiveSettings)}
    own = {each.name for each in fields(Settings)} - {"engine", "keys"}
    assert set(MEANINGS) == own | {f"engine.{name}" for name in engine} | {
        *(f"archives.{name}" for name in archive),
        *(f"servers.{each.name}" for each in fields(ServerSettings)),
    }
    for meaning in MEANINGS.values():
        assert f"# {meaning}:" in lines


def test_the_documentation_of_the_settings_has_every_one_with_its_meaning() -> None:
    told = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, meaning in MEANINGS.items():
        assert [line for line in told.splitlines() if line.startswith(f"| `{name}` |") and meaning in line]


def test_settings_of_an_archive_are_printed_as_they_are_written(run: Run, tmp_path: Path) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(f'[archives."{tmp_path}"]\nday_first = true\n')
    printed = tomllib.loads(run("config").out)
    assert printed["archives"] == {str(tmp_path.resolve()): {"day_first": True}}
    own = run("config", "--json").document["settings"]["archives"]
    assert own == {str(tmp_path.resolve()): {"metadata": "", "day_first": True}}


def test_a_bad_settings_file_is_named_with_its_line(run: Run) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('mouse = true\ntheme = "pink"\n')
    ended = run("config")
    assert ended.code == 2
    assert "settings.toml:2" in ended.err
    assert run("search", "Kremlin").code == 2


def test_how_a_server_is_entered_is_printed_as_it_is_written(run: Run) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('[servers."Search.example.org"]\nuser = "reader"\n')
    printed = tomllib.loads(run("config").out)
    assert printed["servers"] == {"search.example.org": {"user": "reader"}}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('password = "sesam"', "passwords cannot be stored in the settings"),
        ("user = 3", "user must be a string"),
        ('host = "x"', "unknown setting 'host' of a server"),
    ],
)
def test_a_wrong_setting_of_a_server_is_named_with_its_line(run: Run, line: str, said: str) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(f'[servers."a.example"]\n{line}\n')
    told = run("config")
    assert told.code == 2
    assert ":2: " in told.err and said in told.err and "sesam" not in told.err
