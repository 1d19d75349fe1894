"""`seedread entities` on the bundled seeds."""

from __future__ import annotations

import pytest

from .conftest import Run


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
    assert "no entity has zzzqq" in nobody.err


def test_the_text_is_one_line_an_entity(on_seeds: Run) -> None:
    lines = on_seeds("entities", "-n", "3").out.splitlines()
    assert len(lines) == 3
    assert "the first 3 are shown" in on_seeds("entities", "-n", "3").err


@pytest.mark.parametrize("form", ["--csv", "--format={name}"])
def test_other_forms(on_seeds: Run, form: str) -> None:
    out = on_seeds("entities", form, "--type", "person,place").out
    assert "Vladimir Putin" in out
