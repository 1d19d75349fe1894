"""`seedread count` and `seedread kwic`: numbers and lines of context that agree with search."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run

FIRST, SECOND = "000_f3c12d9c3c59545f.txt", "003_3b4f8caba0df371f.txt"


def test_count_is_one_number(on_seeds: Run) -> None:
    assert on_seeds("count", "Kremlin").out == "2\n"
    nothing = on_seeds("count", "zzzqq")
    assert (nothing.code, nothing.out) == (1, "0\n")


def test_places_are_those_of_search(on_seeds: Run) -> None:
    places = sum(row["hits"] for row in on_seeds("search", "Kremlin", "--jsonl").rows)
    assert places > 2
    assert on_seeds("count", "Kremlin", "--hits").out == f"2\t{places}\n"


def test_groups_are_counted(on_seeds: Run) -> None:
    assert on_seeds("count", "Kremlin", "--by", "month").out == "1\t2020-02\n1\tunknown\n"
    rows = on_seeds("count", "Kremlin", "--by", "year", "--jsonl").rows
    assert [(row["year"], row["articles"]) for row in rows] == [("2020", 1), (None, 1)]
    assert on_seeds("count", "Kremlin", "--by", "lang").out == "2\ten\n"
    assert on_seeds("count", "Kremlin", "--by", "month", "--hits").code == 2


def test_an_article_counts_for_each_of_its_authors(run: Run, tmp_path: Path) -> None:
    for number, author in enumerate(("Ann Roe and Bo Lind", "Ann Roe", "")):
        text = f"The ferry number {number} left the harbour at noon, its captain told the council."
        news = {"title": f"Ferry {number}", "author": author, "text": text}
        (tmp_path / f"{number}.json").write_text(json.dumps(news))
    run("index", str(tmp_path))
    counted = run("count", "ferry", "--by", "author", "-C", str(tmp_path))
    assert counted.out == "2\tAnn Roe\n1\tBo Lind\n1\tunknown\n"


def test_many_queries_are_counted_with_their_names(on_seeds: Run, tmp_path: Path) -> None:
    (tmp_path / "queries").write_text("Kremlin\nzzzqq\n")
    counted = on_seeds("count", "--queries", str(tmp_path / "queries"))
    assert counted.out == "2\tKremlin\n0\tzzzqq\n"
    assert counted.code == 0
    assert on_seeds("count", "--queries", str(tmp_path / "queries"), "--csv").out.splitlines() == [
        "query,articles",
        "Kremlin,2",
        "zzzqq,0",
    ]


def test_every_line_of_a_concordance_is_a_place_of_search(on_seeds: Run, seeds: Path) -> None:
    spans = {row["path"]: row["spans"] for row in on_seeds("search", "Kremlin", "--jsonl").rows}
    lines = on_seeds("kwic", "Kremlin", "--jsonl", "--width", "30").rows
    assert sorted((line["path"], line["start"], line["end"]) for line in lines) == sorted(
        (path, *span) for path, places in spans.items() for span in places
    )
    for line in lines:
        text = (seeds / line["path"]).read_text("utf-8")
        around = text[line["start"] - len(line["left"]) : line["end"] + len(line["right"])].replace("\n", " ")
        assert line["left"] + line["hit"] + line["right"] == around
        assert len(line["left"]) <= 30


def test_the_hits_stand_under_each_other(on_seeds: Run) -> None:
    lines = on_seeds("kwic", "Kremlin", "--width", "20").out.splitlines()
    assert len(lines) > 2
    assert {line.index("Kremlin") for line in lines if line.count("Kremlin") == 1} == {10 + 2 + 20}
    assert all(FIRST in line or SECOND in line for line in lines)


def test_a_concordance_is_sorted_by_what_stands_beside_the_hit(on_seeds: Run) -> None:
    right = [row["right"].split() for row in on_seeds("kwic", "Putin", "--sort", "right", "--jsonl").rows]
    folded = [[word.casefold() for word in words] for words in right]
    assert folded == sorted(folded)
    left = [row["left"].split()[::-1] for row in on_seeds("kwic", "Putin", "--sort", "left", "--jsonl").rows]
    folded = [[word.casefold() for word in words] for words in left]
    assert folded == sorted(folded)
    assert len(on_seeds("kwic", "Putin", "-n", "2", "--jsonl").rows) == 2


def test_nothing_to_show_ends_with_1(on_seeds: Run) -> None:
    nothing = on_seeds("kwic", "zzzqq")
    assert (nothing.code, nothing.out) == (1, "")
    assert "zzzqq" in nothing.err
