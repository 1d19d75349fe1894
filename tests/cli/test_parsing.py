"""Command lines: subcommands, options in any order, words after two dashes, and what is said of mistakes."""

from __future__ import annotations

import pytest

from seedread.cli.commands import COMMANDS, parser_of
from seedread.cli.main import reader_parser, split
from seedread.cli.parser import OPTIONS_WITH_VALUE, UsageError

from .conftest import Run


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("search Kremlin", "search", "Kremlin"),
        ("-C folder search Kremlin", "search", "-C folder Kremlin"),
        ("-C search list", "list", "-C search"),
        ("--archive=folder -q search a", "search", "--archive=folder -q a"),
        ("-q --wait search a", "search", "-q --wait a"),
        ("folder search", None, "folder search"),
        ("-- search", None, "-- search"),
        ("", None, ""),
    ],
)
def test_the_subcommand_is_the_first_word(line: str, name: str | None, rest: str) -> None:
    assert split(line.split()) == (name, rest.split())


def test_options_that_may_stand_first_and_take_a_value_are_known() -> None:
    for made in [reader_parser(), *map(parser_of, COMMANDS)]:
        for action in made.actions:
            shared = set(action.option_strings) & OPTIONS_WITH_VALUE
            assert not shared or action.nargs is None, f"{made.prog} {action.option_strings}"


def test_words_and_options_come_in_any_order() -> None:
    options = parser_of("search").parse(["state", "--jsonl", "media", "-n", "3", "-C", "a", "x", "-C", "b"])
    assert options.words == ["state", "media", "x"]
    assert (options.jsonl, options.limit, options.archive) == (True, 3, ["a", "b"])


def test_everything_after_two_dashes_is_a_word() -> None:
    assert parser_of("search").parse(["a", "--", "-b", "--", "--json"]).words == ["a", "-b", "--", "--json"]
    assert parser_of("show").parse(["--", "-x.txt"]).words == ["-x.txt"]


def test_wait_takes_its_seconds_only_with_an_equals_sign() -> None:
    read = parser_of("index").parse
    assert read([]).wait == 0
    assert read(["--wait"]).wait is None
    assert read(["--wait=2.5"]).wait == 2.5
    assert read(["--wait", "folder"]).words == ["folder"]
    with pytest.raises(UsageError, match="not a number of seconds"):
        read(["--wait=soon"])


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (["search", "--jsnl", "a"], "unknown option --jsnl", "did you mean --jsonl?"),
        (["search", "--limits=3", "a"], "unknown option --limits", "did you mean --limit?"),
        (["search", "-Kremlin"], "unknown option -Kremlin", "seedread search -- -Kremlin"),
        (["search", "-n", "few", "a"], "not a number of rows: 'few'", "seedread search --help"),
        (["search", "-n", "-1", "a"], "-n", "seedread search --help"),
        (["search", "--json", "--csv", "a"], "not allowed with", "seedread search --help"),
        (["search", "--sort", "size", "a"], "'size'", "relevance"),
        (["search", "--since", "soon", "a"], "soon is not a date", "2020-02"),
        (["search", "--since", "2021", "--until", "2020", "a"], "later than", "swap"),
        (["search", "--format", "{titel}", "a"], "unknown field {titel}", "title"),
        (["search", "--queries", "/nowhere/q.txt"], "cannot read", "one query per line"),
        (["search", "--queries", "-", "a"], "cannot be combined", "one of them"),
        (["search"], "no query given", "seedread list"),
        (["search", "--snippets", "-2", "a"], "--snippets", "--help"),
        (["kwic", "--width", "0", "a"], "not a number of characters: '0' (from 1 to 1,000)", "--help"),
        (["kwic", "--width", "x", "a"], "not a number of characters: 'x'", "--help"),
        (["search", "-n", "9" * 5000, "a"], "not a number of rows", "--help"),
        (["search", "--format", "{title", "a"], "unmatched { at character 1", "{{ for the character"),
        (["search", "--format", "{title} }", "a"], "unmatched } at character 9", "}} for the character"),
        (["search", "caf\udce9"], "not valid UTF-8: caf?", "UTF-8 terminal"),
        (["search", "--since", "\udce9", "a"], "--since: not valid UTF-8", "UTF-8 terminal"),
        (["entities", "--hide", "a", "\udce9"], "--hide: not valid UTF-8", "UTF-8 terminal"),
        (["entities", *map(str, range(1001))], "at most 100 words", "seedread entities"),
        (["entities", "x" * 60_000], "10,000 characters", "seedread entities"),
        (["show"], "no article given", "seedread list"),
        (["show", "--all", "x"], "no article given", "seedread list"),
        (["entities", "--type", "planet"], "unknown type: planet", "person"),
        (["index", "--rebuild", "--forget"], "not allowed with", "--help"),
        (["completion"], "no shell given", "bash"),
        (["completion", "tcsh"], "unknown shell: tcsh", "bash"),
        (["config", "engine.max_file_sizes"], "unknown setting", "did you mean engine.max_file_size?"),
        (["search", "--format", "{tilte}", "a"], "unknown field {tilte}", "did you mean title?"),
        (["entities", "--type", "persn"], "unknown type: persn", "did you mean person?"),
        (["help", "serch"], "unknown command: serch", "did you mean search?"),
        (["config", "colour"], "unknown setting: colour", "theme"),
        (["config", "theme", "dark"], "changed in the settings file", "config --path"),
        (["serach", "Kremlin"], "unknown command: serach", "did you mean seedread search?"),
        (["Search", "Kremlin"], "unknown command: Search", "did you mean seedread search?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_ends_with_2_and_says_what_to_do(
    run: Run, arguments: list[str], said: str, hint: str
) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert said in ended.err
    assert hint in ended.err
    assert "Traceback" not in ended.err


def test_a_mistyped_command_is_never_a_search(run: Run) -> None:
    ended = run("cuont", "Kremlin")
    assert ended.code == 2
    assert ended.out == ""


def test_a_path_that_is_not_there_ends_with_3(run: Run) -> None:
    ended = run("/nowhere/articles")
    assert ended.code == 3
    assert "no such file or folder: /nowhere/articles" in ended.err
    assert run("search", "a", "-C", "/nowhere/articles").code == 3


def test_the_traceback_is_shown_with_debug_only(run: Run) -> None:
    assert "Traceback" not in run("search", "a", "-C", "/nowhere").err
    assert "Traceback" in run("search", "a", "-C", "/nowhere", "--debug").err


def test_a_fault_of_the_programs_own_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("no reason")

    monkeypatch.setattr("seedread.userdata.archive_choice.choose", broken)
    ended = run("list")
    assert ended.code == 70
    assert "ZeroDivisionError: no reason" in ended.err
    assert "Traceback" not in ended.err


def test_an_empty_name_is_no_folder(run: Run) -> None:
    for arguments in (["list", "-C", ""], [""]):
        ended = run(*arguments)
        assert ended.code == 3
        assert "the name of the archive is empty" in ended.err


def test_help_and_version_may_be_words(run: Run) -> None:
    assert run("help").out == run("--help").out
    assert run("help", "search").out == run("search", "--help").out
    assert run("version").out == run("--version").out


def test_no_wrong_value_of_an_option_names_a_function_of_the_program() -> None:
    for made in [reader_parser(), *map(parser_of, COMMANDS)]:
        for action in made.actions:
            if action.type is None or not action.option_strings:
                continue
            with pytest.raises(UsageError) as raised:
                made.parse([f"{action.option_strings[-1]}=\u00bd x"])
            assert "\u00bd x" in raised.value.message
            assert "invalid" not in raised.value.message
