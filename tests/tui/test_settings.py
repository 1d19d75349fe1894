"""The settings file: defaults, values, and errors that name their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedread.settings import Settings, SettingsError, load, parse

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


@pytest.mark.parametrize(
    ("source", "line", "word"),
    [
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
        ("[keys]\nnext-hit = 'L'\n", 2, "reserved"),
        ("[keys]\nnext-hit = '3'\n", 2, "counts"),
        ("theme = \n", 1, "line 1"),
    ],
)
def test_a_bad_line_is_named(source: str, line: int, word: str) -> None:
    with pytest.raises(SettingsError) as raised:
        parse(source, PATH)
    assert f"{line}" in raised.value.message.split(": ")[0] or f"line {line}" in raised.value.message
    assert word in raised.value.message


def test_a_conflict_of_two_chosen_keys_names_both_lines() -> None:
    with pytest.raises(SettingsError) as raised:
        parse('[keys]\nnext-hit = "Z"\n\nprevious-hit = "Z"\n', PATH)
    assert "next-hit (line 2)" in raised.value.message
    assert "previous-hit (line 4)" in raised.value.message


def test_a_conflict_with_a_default_key_says_so() -> None:
    with pytest.raises(SettingsError) as raised:
        parse('[keys]\nnext-hit = "j"\n', PATH)
    assert "next-hit (line 2)" in raised.value.message
    assert "down (default)" in raised.value.message


def test_keys_may_be_swapped() -> None:
    settings = parse('[keys]\nnext-hit = "N"\nprevious-hit = "n"\n', PATH)
    assert settings.keys["next-hit"].keys == ("N",)


def test_one_key_may_mean_two_things_in_two_places() -> None:
    parse('[keys]\nnext-unread = "f4"\nnext-article = "f4"\n', PATH)
