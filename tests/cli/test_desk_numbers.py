"""What the desk counts: two-way tables, comparisons, collocates, samples, and who is named with whom."""

from __future__ import annotations

import csv
import io
from itertools import combinations
from pathlib import Path

import networkx  # type: ignore[import-untyped]
import pytest

from .conftest import Run

STORIES = {
    "a.txt": (
        "2021-03-05",
        "Angela Merkel met Emmanuel Macron in Berlin. They spoke of grain prices and wheat.",
    ),
    "b.txt": (
        "2021-03-06",
        "Angela Merkel met Emmanuel Macron in Paris. They spoke of grain prices and fish.",
    ),
    "c.txt": ("2021-04-01", "Emmanuel Macron came to Rome with a long list of old wheat fields of France."),
    "d.txt": ("2022-01-01", "Nobody knows what the grain harvest of the year will bring to the market."),
}


@pytest.fixture
def folder(tmp_path: Path) -> str:
    news = tmp_path / "news"
    news.mkdir()
    for name, (day, text) in STORIES.items():
        (news / name).write_text(f"What was said that day\n\n{day}\n\n{text}\n")
    return str(news)


def test_counts_in_two_ways_add_up(run: Run, folder: str) -> None:
    rows = run("count", "-C", folder, "grain", "--by", "year,month", "--jsonl").rows
    assert [(row["year"], row["month"], row["articles"]) for row in rows] == [
        ("2021", "2021-03", 2),
        ("2022", "2022-01", 1),
    ]
    assert run("count", "-C", folder, "grain", "--by", "day", "--csv").out.splitlines()[1:] == [
        "grain,2021-03-05,1",
        "grain,2021-03-06,1",
        "grain,2022-01-01,1",
    ]
    assert run("count", "-C", folder, "grain", "--by", "month,nosuch").code == 2
    assert run("count", "-C", folder, "grain", "--by", "year,month,day").code == 2


def test_names_are_counted_as_facets_count_them(run: Run, folder: str) -> None:
    assert run("count", "-C", folder, "grain", "--by", "person").out == (
        "2\tAngela Merkel\n2\tEmmanuel Macron\n"
    )
    (facets,) = run("search", "-C", folder, "said", "--facets", "--jsonl").rows
    for kind in ("person", "place", "org", "group"):
        rows = run("count", "-C", folder, "said", "--by", kind, "--jsonl").rows
        expected = {(each["value"], each["count"]) for each in facets["facets"][kind]}
        assert {(row[kind], row["articles"]) for row in rows} == expected
    rows = run("count", "-C", folder, "said", "--by", "person,month", "--jsonl").rows
    assert [(row["person"], row["month"], row["articles"]) for row in rows] == [
        ("Angela Merkel", "2021-03", 2),
        ("Emmanuel Macron", "2021-03", 2),
        ("Emmanuel Macron", "2021-04", 1),
    ]
    assert len(run("count", "-C", folder, "said", "--by", "place", "--jsonl").rows) > 2


def test_a_comparison_is_set_algebra(run: Run, folder: str) -> None:
    ids = {word: {row["id"] for row in run("search", "-C", folder, word, "-n", "0", "--jsonl").rows}
           for word in ("grain", "wheat")}  # fmt: skip
    (row,) = run("compare", "-C", folder, "grain", "wheat", "--jsonl").rows
    parts = (ids["grain"] - ids["wheat"], ids["grain"] & ids["wheat"], ids["wheat"] - ids["grain"])
    assert (row["only_a"], row["both"], row["only_b"]) == tuple(map(len, parts)) == (2, 1, 1)
    for part, name in zip(parts, ("a", "both", "b"), strict=True):
        shown = run("compare", "-C", folder, "grain", "wheat", "--show", name, "--jsonl").rows
        assert {each["id"] for each in shown} == part
    months = run("compare", "-C", folder, "grain", "wheat", "--by", "month", "--json").document
    assert (months["only_a"], months["both"], months["only_b"]) == (2, 1, 1)
    assert [(m["month"], m["only_a"], m["both"], m["only_b"]) for m in months["rows"]] == [
        ("2021-03", 1, 1, 0),
        ("2021-04", 0, 0, 1),
        ("2022-01", 1, 0, 0),
    ]
    assert run("compare", "-C", folder, "grain").code == 2
    assert run("compare", "-C", folder, "nosuch", "neither").code == 1


def test_a_sample_is_repeated_by_its_seed(run: Run, folder: str) -> None:
    every = [row["path"] for row in run("search", "-C", folder, "of", "--jsonl").rows]
    sampled = run("search", "-C", folder, "of", "--sample", "2", "--seed", "7", "--jsonl")
    paths = [row["path"] for row in sampled.rows]
    assert len(set(paths)) == 2 and set(paths) < set(every)
    assert "--seed 7" in sampled.err
    again = run("search", "-C", folder, "of", "--sample", "2", "--seed", "7", "--jsonl").rows
    assert [row["path"] for row in again] == paths
    whole = run("search", "-C", folder, "of", "--sample", "99", "--jsonl").rows
    assert [row["path"] for row in whole] == every
    for wrong in (["--seed", "1"], ["--sample", "2", "-n", "1"], ["--sample", "2", "--facets"]):
        assert run("search", "-C", folder, "of", *wrong).code == 2


def test_collocates_go_by_their_likelihood(run: Run, folder: str) -> None:
    rows = run("kwic", "-C", folder, "grain", "--collocates", "--window", "2", "--jsonl").rows
    first = {row["word"]: (row["near"], row["total"]) for row in rows}
    assert first["prices"] == (2, 2)
    assert "grain" not in first
    assert [row["log_likelihood"] for row in rows] == sorted(
        (row["log_likelihood"] for row in rows), reverse=True
    )
    assert run("kwic", "-C", folder, "grain", "--collocates", "--sort", "left").code == 2
    (line,) = run("kwic", "-C", folder, "list", "--jsonl").rows
    assert (line["hit"], line["source"]) == ("list", None)


def test_pairs_are_counted_with_their_days(run: Run, folder: str) -> None:
    args = ("entities", "-C", folder, "--pairs", "--type", "person,place")
    rows = run(*args, "--jsonl").rows
    named = {(row["source"], row["target"]): row for row in rows}
    by_names = {frozenset(pair): row for pair, row in named.items()}
    both = by_names[frozenset({"Angela Merkel", "Emmanuel Macron"})]
    assert (both["articles"], both["first"], both["last"]) == (2, "2021-03-05", "2021-03-06")
    wanted: dict[frozenset[str], int] = {}
    for row in run("show", "-C", folder, "--all", "--jsonl").rows:
        ids = {m["entity"] for m in row["mentions"] if m["entity"] and m["type"] in ("person", "place")}
        for pair in combinations(sorted(ids), 2):
            wanted[frozenset(pair)] = wanted.get(frozenset(pair), 0) + 1
    assert {frozenset({row["a"], row["b"]}): row["articles"] for row in rows} == wanted
    table = list(csv.reader(io.StringIO(run(*args, "--least", "2", "--csv").out)))
    assert table[0][:3] == ["source", "target", "weight"]
    assert [row[2] for row in table[1:]] == ["2"]
    graph = networkx.parse_graphml(run(*args, "--graphml").out)
    assert {frozenset({a, b}): weight for a, b, weight in graph.edges(data="weight")} == wanted
    assert set(graph) == {identity for pair in wanted for identity in pair}
    assert {"Angela Merkel", "Berlin"} <= {name for _, name in graph.nodes(data="name")}


def test_who_is_named_with_somebody(run: Run, folder: str) -> None:
    rows = run("entities", "-C", folder, "--with", "Macron", "--type", "person", "--jsonl").rows
    assert [(row["name"], row["together"]) for row in rows] == [("Angela Merkel", 2)]
    assert run("entities", "-C", folder, "--with", "Nobody Atall").code == 1
    assert run("entities", "-C", folder, "--with", "Macron", "--graphml").code == 2
    assert run("entities", "-C", folder, "--pairs", "Macron").code == 2


def test_articles_by_entities(run: Run, folder: str) -> None:
    args = ("entities", "-C", folder, "--articles", "--type", "person")
    table = list(csv.DictReader(io.StringIO(run(*args, "--csv").out)))
    assert [(row["path"], row["Angela Merkel"], row["Emmanuel Macron"]) for row in table] == [
        ("c.txt", "0", "1"),
        ("b.txt", "1", "1"),
        ("a.txt", "1", "1"),
    ]
    rows = run(*args, "-n", "1", "--jsonl").rows
    assert [len(row["entities"]) for row in rows] == [1] * len(rows)


def test_articles_like_a_text_are_found_by_its_telling_words(run: Run, folder: str, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("The old wheat fields of France, " + "and so on, " * 400 + "grew (nothing: OR what?\n")
    found = run("search", "-C", folder, "--like", str(text), "--jsonl")
    assert found.code == 0
    assert found.rows[0]["path"] == "c.txt"
    assert "any of: " in found.err and "fields" in found.err
    text.write_text("Zzyzx qwertyuiop\n")
    nothing = run("search", "-C", folder, "--like", str(text))
    assert (nothing.code, "no distinctive word" in nothing.err) == (1, True)
    assert run("search", "-C", folder, "--like", str(text), "grain").code == 2
    assert run("search", "-C", folder, "--like", str(tmp_path / "nosuch")).code == 2


def test_related_articles_say_what_they_share(run: Run, folder: str) -> None:
    rows = run("related", "-C", folder, "a.txt", "--jsonl").rows
    assert rows[0]["path"] == "b.txt"
    assert "a.txt" not in [row["path"] for row in rows]
    assert "prices" in rows[0]["because"]["words"]
    names = {row["id"]: row["name"] for row in run("entities", "-C", folder, "--jsonl").rows}
    assert {names[each] for each in rows[0]["because"]["entities"]} >= {"Angela Merkel", "Emmanuel Macron"}
    assert "Angela Merkel" in run("related", "-C", folder, "a.txt", "--format", "{path} {names}").out
    assert "both: " in run("related", "-C", folder, "a.txt").out
    assert run("related", "-C", folder).code == 2
    assert run("related", "-C", folder, "nosuch.txt").code == 1


def test_a_concordance_tells_what_it_leaves_out(run: Run, tmp_path: Path) -> None:
    """Near-duplicates, unless all are asked for; and queries that no word in a text answers."""
    words = [f"Word{number} of the story goes on about the harbour" for number in range(30)]
    for name, last in (("one.txt", "and it ends."), ("two.txt", "and it ended so.")):
        (tmp_path / name).write_text(f"The ferry sails. {'. '.join(words)} {last}\n")
    (tmp_path / "other.txt").write_text("Nobody knows what the grain harvest of the year will bring.\n")
    found = run("kwic", "-C", str(tmp_path), "ferry", "--jsonl")
    assert len(found.rows) == 1
    assert "without 1 near-duplicate (-n 0 for all)" in found.err
    assert "without 1 near-duplicate" in run("kwic", "-C", str(tmp_path), "ferry", "--collocates").err
    both = run("kwic", "-C", str(tmp_path), "ferry", "--jsonl", "-n", "0")
    assert len(both.rows) == 2
    assert "near-duplicate" not in both.err
    nothing = run("kwic", "-C", str(tmp_path), "-n", "0", "NOT ferry")
    assert nothing.code == 1
    assert "NOT ferry has no word to show in the articles that match" in nothing.err
