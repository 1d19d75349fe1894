"""`seedread show` and `seedread list`: whole articles and rows of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import Run

FIRST, SECOND = "000_f3c12d9c3c59545f.txt", "003_3b4f8caba0df371f.txt"


def test_an_article_is_shown_by_path_by_id_and_by_the_start_of_its_id(on_seeds: Run, seeds: Path) -> None:
    shown = on_seeds("show", str(seeds / FIRST), "--json").document
    assert on_seeds("show", FIRST, "--json").document == shown
    assert on_seeds("show", shown["id"], "--json").document == shown
    assert on_seeds("show", shown["id"][:6], "--json").document == shown


def test_a_relative_path_is_taken_from_here(
    on_seeds: Run, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(seeds.parent)
    assert on_seeds("show", f"./seeds/../seeds/{FIRST}", "--json").document["path"] == FIRST


def test_people_see_title_facts_and_text_without_boilerplate(on_seeds: Run) -> None:
    shown = on_seeds("show", SECOND)
    assert shown.code == 0
    assert shown.out.startswith("President Vladimir Putin met with his Syrian counterpart")
    assert "two vast strips of territory" in shown.out
    assert "unprecedented challenges" not in shown.out
    assert "--boilerplate" in shown.err
    assert "unprecedented challenges" in on_seeds("show", SECOND, "--boilerplate").out


def test_the_text_alone_is_the_file(on_seeds: Run, seeds: Path) -> None:
    assert on_seeds("show", FIRST, "--text").out.rstrip("\n") == (seeds / FIRST).read_text("utf-8").rstrip(
        "\n"
    )


def test_several_articles_are_one_document(on_seeds: Run) -> None:
    document = on_seeds("show", FIRST, SECOND, "--json").document
    assert [article["path"] for article in document["articles"]] == [FIRST, SECOND]


def test_what_is_not_there_is_named_and_the_rest_is_shown(on_seeds: Run) -> None:
    shown = on_seeds("show", "nowhere.txt", FIRST, "--jsonl")
    assert shown.code == 1
    assert [row["path"] for row in shown.rows] == [FIRST]
    assert "nowhere.txt" in shown.err


def test_a_file_outside_every_archive_is_shown_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(
        "The lighthouse of the harbour was repainted on Tuesday, the town said.\n"
    )
    shown = run("show", str(tmp_path / "note.txt"), "--json")
    assert shown.code == 0
    assert shown.document["path"] == "note.txt"
    assert "bundled" not in shown.err


def test_a_skipped_file_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    shown = run("show", str(tmp_path / "empty.txt"), "-C", str(tmp_path))
    assert shown.code == 1
    assert "skipped (empty)" in shown.err


def test_names_are_raw_bytes_and_may_start_with_a_minus(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [b"-n.txt", b"caf\xe9.txt", b"two\nlines.txt"]
    for name in names:
        text = f"The lighthouse number {names.index(name)} of the harbour was repainted on Tuesday.\n"
        (tmp_path / os.fsdecode(name)).write_text(text)
    monkeypatch.chdir(tmp_path)
    shown = run("show", "--jsonl", "-C", str(tmp_path), "--", *map(os.fsdecode, names))
    assert shown.code == 0
    assert [bytes.fromhex(row["path_hex"]) for row in shown.rows] == names
    assert all(row["path"].isprintable() for row in shown.rows)


def test_the_list_is_newest_first(on_seeds: Run) -> None:
    rows = on_seeds("list", "--jsonl").rows
    assert [(row["path"], row["date"]) for row in rows] == [(FIRST, "2020-02-28"), (SECOND, None)]
    assert all(row["words"] > 100 and row["title_inferred"] for row in rows)


def test_the_list_takes_order_period_and_limit(on_seeds: Run) -> None:
    def listed(*arguments: str) -> list[str]:
        return [row["path"] for row in on_seeds("list", "--jsonl", *arguments).rows]

    assert listed("--sort", "title") == [SECOND, FIRST]
    assert listed("--since", "2020") == [FIRST]
    assert listed("-n", "1") == [FIRST]
    assert listed("-n", "0") == [FIRST, SECOND]
    assert on_seeds("list", "--since", "2021").code == 1


def test_the_list_is_in_the_order_of_search(run: Run, tmp_path: Path) -> None:
    for name, title in (("b.txt", '"Zebra" found'), ("B.txt", "A dam breaks"), ("a.txt", "Mayor resigns")):
        (tmp_path / name).write_text(f"{title}\n\n2021-03-05\n\nPeople of the town saw it on Monday.\n")
    for sort, order in (("title", ["B.txt", "a.txt", "b.txt"]), ("path", ["B.txt", "a.txt", "b.txt"])):
        for command in (["list"], ["search", "town"]):
            found = run(*command, "--jsonl", "--sort", sort, "-C", str(tmp_path)).rows
            assert [row["path"] for row in found] == order, command


def test_the_list_takes_folders_as_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The lighthouse of the harbour was repainted on Tuesday, the town said.\n"
    )
    listed = run("list", str(tmp_path))
    assert listed.code == 0
    assert (
        listed.out
        == "----------  The lighthouse of the harbour was repainted on Tuesday, the town said.  a.txt\n"
    )


def test_an_empty_folder_is_told(run: Run, tmp_path: Path) -> None:
    listed = run("list", str(tmp_path))
    assert listed.code == 1
    assert "no articles" in listed.err


def test_every_article_in_an_order_of_a_period_and_up_to_a_number(on_seeds: Run) -> None:
    def shown(*arguments: str) -> list[str]:
        return [row["path"] for row in on_seeds("show", "--all", "--jsonl", *arguments).rows]

    assert shown("--sort", "title") == [SECOND, FIRST]
    assert shown("--since", "2020") == [FIRST]
    assert shown("-n", "1") == [FIRST]


def test_a_part_of_a_name_is_answered_with_the_whole(on_seeds: Run) -> None:
    ended = on_seeds("show", "003")
    assert ended.code == 1
    assert f"did you mean {SECOND}?" in ended.err


def test_the_total_of_a_list_counts_what_the_limit_leaves_out_too(on_seeds: Run) -> None:
    document = on_seeds("list", "-n", "1", "--json").document
    assert (len(document["articles"]), document["total"]) == (1, 2)
    assert on_seeds("list", "-n", "1", "--json", "--since", "2020").document["total"] == 1


def test_what_was_never_indexed_is_not_called_empty(run: Run, seeds: Path) -> None:
    for words in (["search", "Kremlin"], ["list"], ["show", "--all"]):
        ended = run(*words, "--no-sync", "-C", str(seeds))
        assert ended.code == 1
        assert "nothing is indexed yet" in ended.err


def test_reasons_are_printed_for_people(on_seeds: Run) -> None:
    shown = on_seeds("show", FIRST, "--explain").out
    assert "read as plain text" in shown
    assert "from the text (the date before the first words)" in shown
    assert "the opening sentence; the file has no headline" in shown
    assert "a date before the first words" in shown
    assert shown.count("text that no rule removes") == 1


@pytest.mark.parametrize("other", [["--csv"], ["--text"], ["-0"], ["--format", "{path}"]])
def test_reasons_have_no_rows(on_seeds: Run, other: list[str]) -> None:
    refused = on_seeds("show", FIRST, "--explain", *other)
    assert refused.code == 2
    assert "--json or --jsonl" in refused.err
