"""A search that was cut short says so in what scripts read and in a line for people."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.model.deadline import SEARCH, Clock, Deadline
from seedread_index.search import searcher

from .conftest import Ran, Run

QUERY = '"grain harbour"~3 OR "strike border"~3 OR grain'


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Some articles that meet the query, each in its own way."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for number, text in enumerate(("grain in the harbour", "a strike at the border", "grain, more grain")):
        (articles / f"{number}.txt").write_text(
            f"Story {number}\n\nThere was {text} on that day, they said.\n"
        )
    return str(articles)


def looked_at(looks: int) -> Callable[[float, Clock], Deadline]:
    """A maker of deadlines that pass when they have been looked at so often."""

    def make(seconds: float, clock: Clock) -> Deadline:
        ticks = itertools.count()
        return Deadline(looks, lambda: float(next(ticks)))

    return make


def cut(run: Run, monkeypatch: pytest.MonkeyPatch, *words: str) -> Ran:
    """What a command leaves at the earliest deadline at which there is something to print."""
    for looks in range(1, 500):
        monkeypatch.setattr(searcher, "Deadline", looked_at(looks))
        ran = run(*words, "--no-sync")
        if ran.code == 0:
            return ran
        assert "the query takes too long" in ran.err
    raise AssertionError("there is never anything to print")


def test_a_search_in_json_says_that_it_is_partial(
    run: Run, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run("search", QUERY, "-C", folder, "--json")
    assert whole.document["partial"] is False
    assert "partial" not in whole.err
    ran = cut(run, monkeypatch, "search", QUERY, "-C", folder, "--json")
    assert ran.document["partial"] is True
    assert 0 < ran.document["total"] < whole.document["total"]
    assert "partial: time ran out" in ran.err


def test_a_count_says_that_it_is_partial(run: Run, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("count", QUERY, "-C", folder, "--json").document["counts"][0]["partial"] is False
    ran = cut(run, monkeypatch, "count", QUERY, "-C", folder, "--json")
    assert ran.document["counts"][0]["partial"] is True
    assert "partial: time ran out" in ran.err


@pytest.mark.parametrize("command", ["search", "count", "kwic"])
def test_people_are_told_that_it_is_partial(
    run: Run, folder: str, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    assert "partial" not in run(command, QUERY, "-C", folder).err
    assert "partial: time ran out" in cut(run, monkeypatch, command, QUERY, "-C", folder).err


def test_matches_that_are_cut_short_are_not_shown_as_all(
    run: Run, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "grain OR strike"
    assert "at least" not in run("search", query, "-C", folder).out
    assert "missing" not in run("kwic", query, "-C", folder).err

    def make(seconds: float, clock: Clock) -> Deadline:
        return Deadline(seconds, itertools.repeat(0.0).__next__ if seconds == SEARCH else clock)

    monkeypatch.setattr(searcher, "Deadline", make)
    monkeypatch.setattr(searcher, "ANSWER", 0.0)
    monkeypatch.setattr(searcher, "MATCHES", 0.0)
    monkeypatch.setattr(searcher, "EXPLAIN", 0.0)
    monkeypatch.setattr(searcher, "MATCHES_PER_CHARACTER", 0.0)
    assert run("search", query, "-C", folder, "--no-sync").code == 0
    ran = run("kwic", query, "-C", folder, "--no-sync")
    assert "partial: lines may be missing from" in ran.err
    assert "0.txt" in ran.err
