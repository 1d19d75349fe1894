"""`seedread search` on the bundled seeds: found, not found, refused, in every form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from .conftest import Ran, Run
from .shape_checks import assert_shape, many, maybe

FIRST, SECOND = "000_f3c12d9c3c59545f.txt", "003_3b4f8caba0df371f.txt"


def paths(ran: Ran) -> list[str]:
    return [row["path"] for row in ran.rows]


def test_kremlin_is_in_both_seeds(on_seeds: Run) -> None:
    found = on_seeds("search", "Kremlin", "--jsonl")
    assert found.code == 0
    assert sorted(paths(found)) == [FIRST, SECOND]
    for row in found.rows:
        (snippet,) = row["snippets"]
        assert any(snippet["text"][start:end] == "Kremlin" for start, end in snippet["marks"])
        assert row["hits"] == len(row["spans"]) > 0


def test_a_month_finds_the_dated_seed_alone(on_seeds: Run) -> None:
    found = on_seeds("search", "date:2020-02", "--jsonl")
    assert found.code == 0
    assert paths(found) == [FIRST]


def test_nothing_found_ends_with_1_and_is_explained(on_seeds: Run) -> None:
    found = on_seeds("search", "zzzqq")
    assert found.code == 1
    assert found.out == ""
    assert "zzzqq" in found.err


def test_words_that_look_like_operators_and_fields_are_told(on_seeds: Run) -> None:
    found = on_seeds("search", "zzzqq or titel:Kremlin zebra:x")
    assert found.code == 1
    assert "did you mean OR, in capitals?" in found.err
    assert "unknown field titel:; did you mean title:?" in found.err
    assert "unknown field zebra:" in found.err
    assert "did you mean NEAR/3, in capitals?" in on_seeds("search", "zzzqq near/3 Kremlin").err
    assert "capitals" not in on_seeds("search", "zzzqq near Kremlin").err  # far more often a word
    assert "did you mean NOT, in capitals?" in on_seeds("search", "not zzzqq").err
    assert (
        "did you mean title: without the space behind it?" in on_seeds("search", "Kremlin title: zzzqq").err
    )


def test_a_part_of_the_text_needs_words_to_look_for(on_seeds: Run) -> None:
    found = on_seeds("search", "in:boilerplate", "--jsonl")
    assert found.code == 2
    assert "write in:boilerplate and the words to find there" in found.err


@pytest.mark.parametrize(("query", "column"), [('"a', 0), ("Kremlin (", 8), ("Kremlin AND", None)])
def test_a_bad_query_ends_with_2_and_a_caret_under_the_place(
    on_seeds: Run, query: str, column: int | None
) -> None:
    ended = on_seeds("search", query)
    assert ended.code == 2
    assert ended.out == ""
    lines = ended.err.splitlines()
    echo = lines.index(f"  {query}")
    assert lines[echo + 1].strip() == "^"
    assert column is None or lines[echo + 1].index("^") == column + 2


def test_the_bundled_seeds_are_named_when_nothing_else_is(on_seeds: Run, seeds: Path) -> None:
    assert "bundled samples" in on_seeds("search", "Kremlin").err
    assert on_seeds("search", "Kremlin", "-q").err == ""
    assert on_seeds("search", "Kremlin", "-C", str(seeds)).err == ""


def test_the_environment_names_an_archive(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(
        "The lighthouse of the harbour was repainted on Tuesday, the town said.\n"
    )
    monkeypatch.setenv("SEEDREAD_ARCHIVE", str(tmp_path))
    found = run("search", "lighthouse", "--jsonl")
    assert paths(found) == ["a.txt"]
    assert found.err == ""


def test_several_folders_are_one_archive(run: Run, tmp_path: Path, seeds: Path) -> None:
    (tmp_path / "a.txt").write_text("The Kremlin was not named by the harbour town's council on Tuesday.\n")
    found = run("search", "Kremlin", "--jsonl", "-C", str(tmp_path), "-C", str(seeds))
    assert sorted(paths(found)) == [FIRST, SECOND, "a.txt"]


def test_the_text_names_file_title_and_a_snippet_with_its_hit(on_seeds: Run) -> None:
    out = on_seeds("search", "Peskov").out
    assert FIRST in out
    assert "2020-02-28" in out
    assert "Russian President Vladimir Putin and Turkish counterpart" in out
    assert "Dmitry Peskov" in out
    assert "\x1b" not in out
    assert "\x1b[1;4mPeskov\x1b[0m" in on_seeds("search", "Peskov", "--color", "always").out


def test_words_are_joined_and_match_any_is_an_or(on_seeds: Run) -> None:
    assert on_seeds("search", "Peskov", "refugees", "--jsonl").code == 1
    found = on_seeds("search", "Peskov", "refugees", "--match", "any", "--jsonl")
    assert sorted(paths(found)) == [FIRST, SECOND]


def test_n_limits_the_rows_and_the_total_stays(on_seeds: Run) -> None:
    document = on_seeds("search", "Kremlin", "--json", "-n", "1").document
    assert (document["total"], len(document["hits"])) == (2, 1)
    limited = on_seeds("search", "Kremlin", "-n", "1")
    assert "1 of 2" in limited.err


def test_n_0_means_every_near_duplicate(run: Run, tmp_path: Path) -> None:
    story = "\n\n".join(
        f"The harbour council met on day {day} to discuss the repainting of the lighthouse and the cost of "
        f"scaffolding number {day * 7}, which members called reasonable after a long debate."
        for day in range(1, 9)
    )
    (tmp_path / "a.txt").write_text(story + "\n")
    (tmp_path / "b.txt").write_text(story + "\n\nThe next session is in spring.\n")
    grouped = run("search", "lighthouse", "--jsonl", "-C", str(tmp_path))
    every = run("search", "lighthouse", "--jsonl", "-n", "0", "-C", str(tmp_path))
    assert len(grouped.rows) == 1
    assert len(grouped.rows[0]["variants"]) == 1
    assert sorted(paths(every)) == ["a.txt", "b.txt"]


def test_many_queries_at_once_name_theirs_in_every_hit(on_seeds: Run, tmp_path: Path) -> None:
    (tmp_path / "queries").write_text("Kremlin\n\nzzzqq\nPeskov\r\n")
    found = on_seeds("search", "--queries", str(tmp_path / "queries"), "--jsonl")
    assert found.code == 0
    assert [row["query"] for row in found.rows] == ["Kremlin", "Kremlin", "Peskov"]
    document = on_seeds("search", "--queries", str(tmp_path / "queries"), "--json").document
    assert document["total"] == 3


def test_a_bad_query_among_many_is_named_by_its_line(on_seeds: Run, tmp_path: Path) -> None:
    (tmp_path / "queries").write_text('Kremlin\n"a\nPeskov\n')
    found = on_seeds("search", "--queries", str(tmp_path / "queries"), "--jsonl")
    assert found.code == 2
    assert [row["query"] for row in found.rows] == ["Kremlin", "Kremlin", "Peskov"]
    assert "line 2" in found.err


def test_queries_come_from_standard_input(on_seeds: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfPeskov\n")))
    assert [row["query"] for row in on_seeds("search", "--queries", "-", "--jsonl").rows] == ["Peskov"]


def test_a_period_keeps_its_articles_alone(on_seeds: Run) -> None:
    assert paths(on_seeds("search", "Kremlin", "--since", "2020", "--jsonl")) == [FIRST]
    assert paths(on_seeds("search", "Kremlin", "--until", "2020-02", "--jsonl")) == [FIRST]
    assert on_seeds("search", "Kremlin", "--since", "2021").code == 1
    assert (
        "2 articles have Kremlin, but none in this period"
        in on_seeds("search", "Kremlin", "--since", "2021").err
    )


def test_the_order_is_chosen(on_seeds: Run) -> None:
    assert paths(on_seeds("search", "Kremlin", "--sort", "path", "--jsonl")) == [FIRST, SECOND]
    assert paths(on_seeds("search", "Kremlin", "--sort", "title", "--jsonl")) == [SECOND, FIRST]
    assert paths(on_seeds("search", "Kremlin", "--sort", "date", "--jsonl")) == [FIRST, SECOND]


def test_csv_has_a_header_and_no_formula(run: Run, tmp_path: Path) -> None:
    (tmp_path / "=cmd.txt").write_text(
        "=HYPERLINK(harbour) opens the story of the lighthouse by the harbour wall.\n"
    )
    out = run("search", "lighthouse", "--csv", "-C", str(tmp_path)).out
    header, row = csv.reader(io.StringIO(out))
    assert header == ["path", "title", "date", "source", "score", "hits", "snippet", "id"]
    assert row[0] == "'=cmd.txt"
    assert all(not cell.startswith("=") for cell in row)


def test_a_template_prints_what_it_says(on_seeds: Run) -> None:
    out = on_seeds("search", "Kremlin", "--sort", "path", "--format", r"{date}\t{path} {hits}").out
    assert out.splitlines()[0].startswith(f"2020-02-28\t{FIRST} ")
    assert out.splitlines()[1].startswith(f"\t{SECOND} ")


def test_names_alone_end_with_nul(on_seeds: Run, seeds: Path) -> None:
    out = on_seeds("search", "Kremlin", "--sort", "path", "-0").out
    assert out.split("\0") == [str(seeds / FIRST), str(seeds / SECOND), ""]


def test_an_empty_query_lists_everything(on_seeds: Run) -> None:
    assert paths(on_seeds("search", "", "--jsonl")) == [FIRST, SECOND]


def test_a_query_that_starts_with_a_minus_comes_after_two_dashes(on_seeds: Run) -> None:
    assert paths(on_seeds("search", "--jsonl", "--", "-Peskov")) == [SECOND]


def test_a_folder_without_articles_is_told(run: Run, tmp_path: Path) -> None:
    ended = run("search", "Kremlin", "-C", str(tmp_path))
    assert ended.code == 1
    assert "no articles" in ended.err


def test_no_snippets_and_many(on_seeds: Run) -> None:
    assert all(
        row["snippets"] == [] for row in on_seeds("search", "Syria", "--jsonl", "--snippets", "0").rows
    )
    assert any(
        len(row["snippets"]) > 1 for row in on_seeds("search", "Syria", "--jsonl", "--snippets", "3").rows
    )


def test_json_is_read_back_by_any_reader(on_seeds: Run) -> None:
    lines = on_seeds("search", "Kremlin", "--jsonl").out.split("\n")[:-1]
    assert lines
    for line in lines:
        assert json.loads(line)["schema"] == 1


def test_facets_count_who_and_what_is_named(on_seeds: Run) -> None:
    found = on_seeds("search", "Kremlin", "--facets", "--json").document
    kinds = ("person", "place", "org", "group", "source", "author", "year", "lang")
    assert_shape(found, {"schema": int, "query": str, "total": int, "partial": bool, "facets": dict})
    assert tuple(found["facets"]) == kinds
    for values in found["facets"].values():
        assert_shape(values, many({"value": str, "id": maybe(str), "count": int}))
    assert (found["query"], found["total"]) == ("Kremlin", 2)
    assert found["facets"]["lang"] == [{"value": "en", "id": None, "count": 2}]
    first = found["facets"]["person"][0]
    again = on_seeds("search", f'Kremlin person:"{first["value"]}"', "-n", "0", "--jsonl").rows
    assert len(again) == first["count"]


def test_facets_in_every_form(on_seeds: Run) -> None:
    lines = on_seeds("search", "Kremlin", "--facets", "-n", "1").out.splitlines()
    assert [line.split()[0] for line in lines][:2] == ["person", "place"]
    rows = list(
        csv.DictReader(io.StringIO(on_seeds("search", "Kremlin", "--facets", "--csv", "-n", "0").out))
    )
    assert {row["facet"] for row in rows} >= {"person", "place", "lang"}
    ended = on_seeds("search", "Kremlin", "--facets", "-0")
    assert ended.code == 2 and "--facets and -0" in ended.err
    nothing = on_seeds("search", "zzzqq", "--facets", "--json")
    assert nothing.code == 1 and nothing.document["total"] == 0


def test_what_other_forms_would_give_is_said_last(on_seeds: Run) -> None:
    exact, every = (on_seeds("search", query, "--json") for query in ('"reports"', "reports"))
    shape, wider = json.loads(exact.out), json.loads(every.out)
    assert wider["total"] > shape["total"]
    assert shape["more_with_forms"] == wider["total"] - shape["total"]
    assert (shape["with_forms"], wider["with_forms"], wider["more_with_forms"]) == ("reports", None, 0)
    for ran in (exact, on_seeds("search", '"reports"')):
        last = ran.err.splitlines()[-1]
        assert last.endswith("more with other forms: reports"), last
    assert "other forms" not in every.err
