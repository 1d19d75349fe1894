"""`seedread entities` on the bundled seeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedread.cli.streams.stdout import Output

from .conftest import Ran, Run


def test_people_are_found_across_both_seeds(on_seeds: Run) -> None:
    rows = on_seeds("entities", "--jsonl", "--type", "person").rows
    counts = {row["name"]: row["articles"] for row in rows}
    assert counts["Vladimir Putin"] == 2
    assert all(row["type"] == "person" for row in rows)


def test_the_most_mentioned_stand_first(on_seeds: Run) -> None:
    articles = [row["articles"] for row in on_seeds("entities", "--jsonl").rows]
    assert articles == sorted(articles, reverse=True)
    names = [row["name"].casefold() for row in on_seeds("entities", "--jsonl", "--sort", "name").rows]
    assert names == sorted(names)


def test_a_word_narrows_the_names(on_seeds: Run) -> None:
    found = on_seeds("entities", "erdogan", "--jsonl")
    assert found.code == 0
    assert all("Erdogan" in " ".join([row["name"], *row["aliases"]]) for row in found.rows)
    nobody = on_seeds("entities", "zzzqq")
    assert nobody.code == 1
    assert "no name contains zzzqq" in nobody.err


def test_the_text_is_one_line_an_entity(on_seeds: Run) -> None:
    lines = on_seeds("entities", "-n", "3").out.splitlines()
    assert len(lines) == 3
    assert "showing the first 3" in on_seeds("entities", "-n", "3").err


def test_a_terminal_is_told_what_the_columns_are_and_a_pipe_is_not(
    on_seeds: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = {
        "articles": ["entities", "-n", "3"],
        "together": ["entities", "--with", "Vladimir Putin"],
        "likelihood": ["kwic", "--collocates", "Kremlin"],
    }
    assert not any(on_seeds(*each).out.split()[0] == head for head, each in commands.items())
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(Output, "interactive", property(lambda _: True))
    for head, each in commands.items():
        first, second = on_seeds(*each).out.splitlines()[:2]
        assert first.split()[0] == head and second.split()[0].replace(".", "").isdigit()
        assert first.index(head) + len(head) == len(second) - len(second.lstrip()) + len(second.split()[0])
    assert on_seeds("entities", "--csv").out.startswith("name,type")


@pytest.mark.parametrize("form", ["--csv", "--format={name}"])
def test_other_forms(on_seeds: Run, form: str) -> None:
    out = on_seeds("entities", form, "--type", "person,place").out
    assert "Vladimir Putin" in out


def named(ran: Ran) -> dict[str, str]:
    return {row["name"]: row["id"] for row in ran.rows}


def test_a_merge_is_seen_kept_through_a_rebuild_and_taken_back(run: Run) -> None:
    before = named(run("entities", "--jsonl"))
    merged = run("entities", "--merge", "Dmitry Peskov", "Vladimir Putin", "-v")
    assert merged.code == 0
    assert "Peskov" in merged.err
    assert "corrections.toml" in merged.err
    after = named(run("entities", "--jsonl"))
    assert "Dmitry Peskov" not in after
    assert after["Vladimir Putin"] == before["Vladimir Putin"]
    run("index", "--rebuild")
    assert "Dmitry Peskov" not in named(run("entities", "--jsonl"))
    undone = run("entities", "--undo")
    assert undone.code == 0
    assert "undone" in undone.err
    assert named(run("entities", "--jsonl")) == before
    nothing = run("entities", "--undo")
    assert (nothing.code, nothing.out) == (1, "")
    assert "nothing to undo" in nothing.err


def test_hiding_and_retyping(run: Run) -> None:
    name = "Dmitry Peskov"
    assert run("entities", "--hide", name).code == 0
    assert name not in named(run("entities", "--jsonl"))
    assert run("entities", "--undo").code == 0
    assert run("entities", "--retype", name, "group").code == 0
    assert {row["name"]: row["type"] for row in run("entities", "--jsonl").rows}[name] == "group"
    assert run("entities", "--retype", name, "planet").code == 2


def test_adding_a_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Traders of the dawn market left early, and the dawn market closed for good."
    )
    folder = ("-C", str(tmp_path))
    added = run("entities", "--add", "dawn market", "org", *folder)
    assert added.code == 0
    assert "2 mentions in 1 article" in added.err
    assert {row["name"]: row["type"] for row in run("entities", "--jsonl", *folder).rows}[
        "dawn market"
    ] == "org"
    nowhere = run("entities", "--add", "Dusk Market", "org", *folder)
    assert nowhere.code == 1
    assert "no article contains Dusk Market" in nowhere.err
    assert run("entities", "--undo", *folder).code == run("entities", "--undo", *folder).code == 0
    assert "dawn market" not in {row["name"] for row in run("entities", "--jsonl", *folder).rows}
    assert run("entities", "--add", "dawn market", *folder).code == 2
    assert run("entities", "--add", "--", "-", "org", *folder).code == 2


def test_a_name_that_is_not_there_is_told_with_near_ones(run: Run) -> None:
    ended = run("entities", "--merge", "Dmitri Peskow", "Vladimir Putin")
    assert ended.code == 1
    assert "no such name: Dmitri Peskow" in ended.err
    assert "did you mean Dmitry Peskov" in ended.err
    assert run("entities", "--undo").code == 1


@pytest.mark.parametrize(
    "arguments",
    [["--merge", "Putin"], ["--merge", "a", "b", "--undo"], ["--alias", "a"], ["--undo", "Putin"]],
    ids=" ".join,
)
def test_a_correction_that_is_not_whole_is_refused(run: Run, arguments: list[str]) -> None:
    assert run("entities", *arguments).code == 2


def test_a_type_that_no_name_has_is_refused(on_seeds: Run) -> None:
    ended = on_seeds("entities", "--retype", "Syria", "money")
    assert ended.code == 2
    assert "person, place, org, group, event" in ended.err


def test_the_total_counts_what_the_limit_leaves_out_too(on_seeds: Run) -> None:
    document = on_seeds("entities", "-n", "1", "--json").document
    assert len(document["entities"]) == 1 < document["total"]


@pytest.mark.parametrize("option", ["--share", "--unshare"])
def test_corrections_of_an_archive_here_are_not_shared(run: Run, option: str) -> None:
    refused = run("entities", option)
    assert refused.code == 2
    assert "need a shared archive" in refused.err
