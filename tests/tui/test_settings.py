"""The settings file: defaults, values, and errors that name their line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from seedread.actions.chosen_keys import UNBOUND, canonical, key_rows, keys_of, overrides, sendable
from seedread.actions.command_table import BY_NAME, COMMANDS
from seedread.userdata.settings import Settings, SettingsError, load, parse
from seedread_index.model.engine_settings import ArchiveSettings

PATH = Path("settings.toml")


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Settings()


def test_values_are_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        'theme = "light"\nmouse = true\nsplit = 30\n[keys]\nnext-hit = ["n", "f3"]\n'
        '[engine]\nexclude = ["*.bak"]\nner_model = "rules"\nfile_time_limit = 5\n'
    )
    settings = load(path)
    assert (settings.theme, settings.mouse, settings.split) == ("light", True, 30)
    assert settings.keys["next-hit"].keys == ("n", "f3")
    assert settings.engine.exclude == ("*.bak",)
    assert settings.engine.ner_model == "rules"
    assert settings.engine.file_time_limit == 5.0


def test_the_cache_and_whom_to_trust_in_it_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    path = tmp_path / "settings.toml"
    path.write_text('[engine]\ncache = "~/shared"\ntrusted_owners = ["wire", "1001"]\n')
    engine = load(path).engine
    assert (engine.cache, engine.trusted_owners) == ("/home/ann/shared", ("wire", "1001"))


@pytest.mark.parametrize(
    ("source", "line", "word"),
    [
        ('[engine]\ncache = "shared"\n', 2, "absolute"),
        ('\ntheme = "sepia"\n', 2, "sepia"),
        ("mouse = 1\n", 1, "mouse"),
        ('\n\nthemes = "dark"\n', 3, "themes"),
        ("split = 5\n", 1, "split"),
        ("split = true\n", 1, "split"),
        ("[engine]\nprocesses = 'two'\n", 2, "processes"),
        ("[engine]\n\nexclude = 'x'\n", 3, "exclude"),
        ("[engine]\nspeed = 3\n", 2, "speed"),
        ("[keys]\nnext-hit = 3\n", 2, "next-hit"),
        ("[keys]\nfly = 'n'\n", 2, "fly"),
        ("[keys]\nnext-hit = '3'\n", 2, "counts"),
        ("theme = \n", 1, "line 1"),
        ("[keys]\nnext-hit = 'ctrl+1'\n", 2, "no terminal sends"),
        ("[keys]\nnext-hit = 'shift+a'\n", 2, "no terminal sends"),
        ("[keys]\nnext-hit = 'ctrl+i'\n", 2, "no terminal sends"),
        ("[keys]\nnext-hit = ['n', 'super+n']\n", 2, "no terminal sends"),
        ("[keys]\nnext-hit = 'f25'\n", 2, "no terminal sends"),
        ("[keys]\nnext-hit = 'foo'\n", 2, "no terminal sends"),
        ("[engine]\nprocesses = 0\n", 2, "processes"),
        ("[engine]\nmax_file_size = -1\n", 2, "max_file_size"),
        ("[engine]\nfile_time_limit = nan\n", 2, "file_time_limit"),
        ("[engine]\nfile_time_limit = inf\n", 2, "file_time_limit"),
        ("[engine]\njson_fields = { titel = 'x' }\n", 2, "unknown field 'titel'"),
        ("[engine]\n\n[engine.json_fields]\ntitel = 'x'\n", 3, "unknown field 'titel'"),
        ("\narchives = 3\n", 2, "archives must be a table"),
        ("[archives]\n\n'~/news' = true\n", 3, "is not a table"),
        ('mouse = true\n[archives."news"]\nday_first = true\n', 2, "not an absolute path"),
        ('[archives."~/news"]\nday_first = "yes"\n', 2, "day_first must be true or false, not 'yes'"),
        ("[archives.'/a.b/c']\n\nday_frist = true\n", 3, "unknown setting 'day_frist'"),
        (
            '[archives."~/a"]\nday_first = true\n[archives."~/b"]\nmetadata = 3\n',
            4,
            "metadata must be the path",
        ),
        ('[archives."~/a"]\nmetadata = " "\n', 2, "metadata must be the path"),
        ('[archives."~/a"]\n\n[archives."~/b/../a"]\n', 3, "another table"),
        ("[archives]\n'~/a' = { day_first = 1 }\n", 2, "day_first"),
        ("[engine]\nday_first = true\n", 2, "setting of one archive"),
        ("a = 1\nb = " + "[" * 100_000, 2, "deep"),
    ],
)
def test_a_bad_line_is_named(source: str, line: int, word: str) -> None:
    with pytest.raises(SettingsError) as raised:
        parse(source, PATH)
    assert raised.value.message.startswith(f"{PATH}:{line}: ")
    assert word in raised.value.message


def test_settings_of_one_archive_go_by_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "link").symlink_to("news")
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = parse(
        '[engine]\nmetadata = "all.csv"\n[archives."~/link"]\nmetadata = "../own.csv"\nday_first = true\n'
        '[archives]\n"/else" = { day_first = true }\n',
        PATH,
    ).engine
    news = os.fsencode(tmp_path.resolve() / "news")
    own = ArchiveSettings("../own.csv", day_first=True)
    assert settings.metadata == "all.csv"
    assert settings.of_archive(news) == settings.of_archive(news + b"/2020/a.txt") == (news, own)
    assert settings.of_archive(b"/else") == (b"/else", ArchiveSettings(day_first=True))
    assert settings.of_archive(news + b"paper") == (news + b"paper", ArchiveSettings())


def test_every_error_of_an_archive_says_what_to_write() -> None:
    for source in (
        "archives = 3",
        '[archives."x"]',
        '[archives."/x"]\nday_first = 1',
        "[engine]\nday_first = true",
    ):
        with pytest.raises(SettingsError) as raised:
            parse(source, PATH)
        assert "day_first = true" in raised.value.hint


def test_a_conflict_of_two_chosen_keys_names_both_lines() -> None:
    with pytest.raises(SettingsError) as raised:
        parse('[keys]\nnext-hit = "Z"\n\nprevious-hit = "Z"\n', PATH)
    assert "next-hit (line 2)" in raised.value.message
    assert "previous-hit (line 4)" in raised.value.message


def test_a_key_of_the_users_wins_over_a_default_and_the_loser_says_so() -> None:
    keys = parse('[keys]\nnext-hit = ["n", "j", "f3"]\nrun = "f2"\n', PATH).keys
    assert keys_of(BY_NAME["next-hit"], keys) == ("n", "j", "f3")
    assert keys_of(BY_NAME["down"], keys) == ("down",)
    assert keys_of(BY_NAME["offer"], keys) == (";",)
    assert keys_of(BY_NAME["input-offer"], keys) == ("f3",)  # next-hit has no place in an input line
    assert keys_of(BY_NAME["input-facets"], keys) == ()
    assert overrides(keys) == {
        "next-hit": "n,j,f3",
        "run": "f2",
        "down": "down",
        "offer": ";",
        "input-facets": UNBOUND,
    }
    told = {name: tooltip for _, _, _, name, tooltip in key_rows(keys)}
    assert told["down"].endswith("(your settings give j to next-hit)")
    assert told["offer"].endswith("(your settings give F3 to next-hit)")
    assert not any("your settings" in told[name] for name in ("up", "next-hit", "input-offer"))


def test_keys_may_be_swapped() -> None:
    settings = parse('[keys]\nnext-hit = "N"\nprevious-hit = "n"\n', PATH)
    assert settings.keys["next-hit"].keys == ("N",)


def test_one_key_may_mean_two_things_in_two_places() -> None:
    parse('[keys]\nnext-unread = "f4"\nnext-article = "f4"\n', PATH)


def test_a_model_that_is_not_installed_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[engine]\n\nner_model = 'no_such_pipeline'\n")
    with pytest.raises(SettingsError) as raised:
        load(path)
    assert raised.value.message.startswith(f"{path}:3: ner_model = 'no_such_pipeline'")
    assert raised.value.hint


def test_a_pipe_in_place_of_the_settings_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.toml")
    with pytest.raises(SettingsError, match="named pipe"):
        load(tmp_path / "settings.toml")


def test_a_line_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"split = 30\ntheme = '\xff'\n")
    with pytest.raises(SettingsError, match=r"settings.toml:2: is not UTF-8"):
        load(tmp_path / "settings.toml")


def test_every_default_key_and_every_key_that_textual_reads_from_a_terminal_may_be_chosen() -> None:
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

    for command in COMMANDS:
        assert all(sendable(canonical(key)) for key in command.keys), command
    read = {key.value for keys in ANSI_SEQUENCES_KEYS.values() if isinstance(keys, tuple) for key in keys}
    odd = {key for key in read if key.startswith("<") or (key[-1].isdecimal() and key.startswith("ctrl+"))}
    odd = {key for key in odd if not key.startswith("ctrl+f")} | {"shift+escape"}
    assert [key for key in sorted(read - odd) if not sendable(canonical(key))] == []


@pytest.mark.parametrize(
    "key", ["n", "N", "é", "+", "?", "question_mark", "space", "ctrl+n", "shift+tab", "F3"]
)
def test_ordinary_keys_may_be_chosen(key: str) -> None:
    assert sendable(canonical(key))
