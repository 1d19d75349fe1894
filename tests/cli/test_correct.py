"""`seedread correct`: fields and passages of articles, listed, undone, and refused where they are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run
from .shape_checks import ARTICLE, CORRECTION, assert_shape

TEXT = """A mill burns

Firemen came to the mill at Orston in the night, and nobody was hurt, said Paul Reeve of the brigade.

Sign up for the letter of the evening page and read it on the train to work.

The owners want to build it again before the winter, with a roof of slate and without the wheel.
"""


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "mill.txt").write_text(TEXT)
    (tmp_path / "news" / "pond.txt").write_text(TEXT.replace("mill", "pond").replace("slate", "reed"))
    return str(tmp_path / "news")


def test_fields_are_corrected_listed_and_undone(run: Run, folder: str) -> None:
    made = run(
        "correct", "-C", folder, "mill.txt", "--title", "Fire at Orston", "--date", "2021-03-05",
        "--source", "Echo", "--author", "Ida Brook", "-v",
    )  # fmt: skip
    assert (made.code, made.out) == (0, "")
    assert "set the title of mill.txt to Fire at Orston; set the date of mill.txt to 2021-03-05" in made.err
    assert "corrections.toml" in made.err
    article = run("show", "-C", folder, "mill.txt", "--json").document
    assert_shape(article, ARTICLE)
    fields = {"title": "Fire at Orston", "date": "2021-03-05", "source": "Echo", "author": "Ida Brook"}
    for name, value in fields.items():
        assert (article[name], article[f"{name}_from"]) == (value, "correction")
    row = run("list", "-C", folder, "--jsonl").rows[0]
    hit = run("search", "-C", folder, "title:fire", "--jsonl").rows[0]
    assert {name: row[name] for name in fields} == {name: hit[name] for name in fields} == fields
    listed = run("correct", "-C", folder, "--list", "--jsonl").rows
    for each in listed:
        assert_shape(each, CORRECTION)
    assert [(each["do"], each["value"], each["problem"]) for each in listed] == [
        (name, value, None) for name, value in fields.items()
    ]
    assert run("correct", "-C", folder, "--list", "--json").document["corrections"] == listed
    assert run("correct", "-C", folder, "--list", "pond.txt").code == 1
    assert "corrected   4" in run("status", "-C", folder).out
    undone = run("correct", "-C", folder, "--undo")
    assert (undone.code, undone.err.strip().endswith("undone: set the author of mill.txt to Ida Brook")) == (
        0,
        True,
    )
    cleared = run("correct", "-C", folder, "mill.txt", "--date", "none", "--title", "none")
    assert cleared.code == 0
    article = run("show", "-C", folder, "mill.txt", "--json").document
    assert (article["date"], article["author"], article["title_inferred"]) == (None, None, True)


def test_several_articles_at_once_and_the_last_one_of_an_article(run: Run, folder: str) -> None:
    made = run("correct", "-C", folder, "mill.txt", "pond.txt", "--source", "Echo")
    assert "set the source of mill.txt and 1 more to Echo" in made.err
    run("correct", "-C", folder, "pond.txt", "--author", "Ida Brook")
    assert len(run("search", "-C", folder, "source:echo", "--jsonl", "-n", "0").rows) == 2
    assert "undone: set the source" in run("correct", "-C", folder, "mill.txt", "--undo").err
    assert run("correct", "-C", folder, "mill.txt", "--undo").code == 1
    assert run("search", "-C", folder, "source:echo").code == 1
    assert run("show", "-C", folder, "pond.txt", "--json").document["author"] == "Ida Brook"


def test_a_passage_is_boilerplate_by_its_offsets(run: Run, folder: str) -> None:
    start = TEXT.index("Sign up")
    place = f"{start}..{TEXT.index('work.') + 5}"
    assert run("correct", "-C", folder, "mill.txt", "--boilerplate", place).code == 0
    assert [row["path"] for row in run("search", "-C", folder, "train", "--jsonl").rows] == ["pond.txt"]
    (row,) = run("correct", "-C", folder, "--list", "--jsonl").rows
    assert (row["text"][:7], row["value"]) == ("Sign up", None)
    Path(folder, "mill.txt").write_text(TEXT.replace("evening", "morning"))
    changed = run("correct", "-C", folder, "--list")
    assert "not applied: mill.txt: the article no longer has this passage" in changed.out
    assert "1 (1 not applied: seedread correct --list)" in run("status", "-C", folder).out
    assert json.loads(run("status", "-C", folder, "--json").out)["corrections"]["not_applied"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["mill.txt", "--date", "5 or 6 March"], "5 or 6 March is not a date"),
        (["mill.txt", "--body", "0..9999"], "0..9999 is not in the text, which has 292 characters"),
        (["mill.txt", "--body", "9"], "not START..END: '9'"),
        (["mill.txt", "pond.txt", "--body", "0..5"], "--body takes one article, not 2"),
        (["mill.txt"], "nothing to correct"),
        ([], "nothing to correct"),
        (["--title", "X"], "no article given"),
        (["--list", "--undo"], "--list and --undo cannot be combined"),
        (["--list", "mill.txt", "--title", "X"], "--title cannot be combined"),
        (["mill.txt", "--title", ""], "the title is empty"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    run: Run, folder: str, arguments: list[str], message: str
) -> None:
    ran = run("correct", "-C", folder, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert run("correct", "-C", folder, "--list").code == 1


def test_what_is_no_name_in_an_article(run: Run, folder: str) -> None:
    def people(name: str) -> list[str]:
        document = run("show", "-C", folder, name, "--json").document
        return [each["text"] for each in document["mentions"] if each["type"] == "person"]

    start = TEXT.index("Paul Reeve")
    made = run("correct", "-C", folder, "mill.txt", "--no-name", f"{start}..{start + len('Paul Reeve')}")
    assert (made.code, "marked “Paul Reeve” in mill.txt as not a name" in made.err) == (0, True)
    assert (people("mill.txt"), people("pond.txt")) == ([], ["Paul Reeve"])
    (listed,) = run("correct", "-C", folder, "--list", "--jsonl").rows
    assert_shape(listed, CORRECTION)
    assert (listed["do"], listed["text"], listed["problem"]) == ("no_name", "Paul Reeve", None)
    run("index", "-C", folder, "--rebuild")
    assert people("mill.txt") == []
    assert run("correct", "-C", folder, "--undo").code == 0
    assert people("mill.txt") == ["Paul Reeve"]


def test_an_article_that_is_not_there(run: Run, folder: str) -> None:
    ran = run("correct", "-C", folder, "mill.txt", "mell.txt", "--title", "X")
    assert ran.code == 1
    assert "no such article: mell.txt" in ran.err
    assert run("show", "-C", folder, "mill.txt", "--json").document["title"] == "A mill burns"
    assert run("correct", "-C", folder, "--undo").code == 1


def test_control_characters_in_a_value_do_nothing(run: Run, folder: str) -> None:
    run("correct", "-C", folder, "mill.txt", "--title", "Fire\x1b[2J at\tOrston")
    assert (
        run("show", "-C", folder, "mill.txt", "--json").document["title"]
        == "Fire\N{REPLACEMENT CHARACTER}[2J at Orston"
    )
