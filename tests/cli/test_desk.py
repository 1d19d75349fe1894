"""The commands of the desk: what is kept, saved searches and alerts, and what is handed over."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from .conftest import Run
from .shape_checks import DATE, HEX, assert_shape, many, maybe, one_of

FERRY = """The ferry to Lowick is late again

Passengers waited for two hours on the pier at Lowick on Monday, and no boat came before noon.

"Nobody told us a thing," said Ines Farrow, who sells tickets there.
"""
KEPT = {
    "schema": one_of(1),
    "id": maybe(HEX),
    "path": str,
    "file": str,
    "title": str,
    "date": maybe(DATE),
    "starred_at": maybe(str),
    "tags": many(str),
    "notes": many(HEX),
    "collections": many(str),
    "passages": many({"star": HEX, "text": str}),
}
NOTE = {
    "schema": one_of(1),
    "note": HEX,
    "id": maybe(HEX),
    "path": str,
    "title": str,
    "text": str,
    "quote": maybe(str),
    "start": maybe(int),
    "end": maybe(int),
    "drifted": bool,
    "at": str,
}
SAVED = {
    "schema": one_of(1),
    "name": str,
    "query": str,
    "added": maybe(str),
    "total": int,
    "new": maybe(int),
}


@pytest.fixture
def folder(tmp_path: Path) -> str:
    news = tmp_path / "news"
    news.mkdir()
    (news / "ferry.txt").write_text(FERRY)
    (news / "mill.txt").write_text("A mill burns\n\nFiremen came to the mill at Orston in the night.\n")
    return str(news)


def test_articles_are_starred_tagged_and_collected(run: Run, folder: str) -> None:
    assert run("star", "-C", folder, "--list").code == 1
    made = run("star", "-C", folder, "ferry.txt", "mill.txt")
    assert (made.code, made.out, made.err) == (0, "", "seedread star: starred: 2 articles\n")
    assert run("star", "-C", folder, "--remove", "mill.txt").code == 0
    assert run("star", "-C", folder, "--remove", "mill.txt").code == 1
    assert run("tag", "-C", folder, "on water", "ferry.txt").code == 0
    assert run("collection", "-C", folder, "Autumn", "--add", "ferry.txt", "mill.txt").code == 0
    (row,) = run("star", "-C", folder, "--jsonl").rows
    assert_shape(row, KEPT)
    assert (row["path"], row["tags"], row["collections"]) == ("ferry.txt", ["on water"], ["Autumn"])
    assert run("tag", "-C", folder, "On Water", "--list", "-0").out == f"{folder}/ferry.txt\0"
    assert run("tag", "-C", folder, "--jsonl").rows == [{"schema": 1, "tag": "on water", "articles": 1}]
    assert run("collection", "-C", folder, "--csv").out == "collection,articles\nAutumn,2\n"
    assert len(run("collection", "-C", folder, "autumn", "--json").document["articles"]) == 2
    assert run("collection", "-C", folder, "autumn", "mill.txt", "--remove").code == 0
    assert run("library", "-C", folder, "--format", "{path} {tags}").out == "ferry.txt on water\n"


def test_a_passage_is_starred_listed_exported_and_taken_off(run: Run, folder: str) -> None:
    (article,) = run("show", "-C", folder, "ferry.txt", "--jsonl").rows
    passage = next(each for each in article["passages"] if each["kind"] == "body")
    at = f"{passage['start']}..{passage['end']}"
    assert run("star", "-C", folder, "ferry.txt", "--at", at).code == 0
    (row,) = run("star", "-C", folder, "--jsonl").rows
    assert_shape(row, KEPT)
    text = article["text"][passage["start"] : passage["end"]]
    assert row["starred_at"] is None and [each["text"] for each in row["passages"]] == [text]
    assert "1 starred passage" in run("library", "-C", folder).out
    (handed,) = run("export", "-C", folder, "--starred", "--jsonl").rows
    assert [(each["text"], each["notes"]) for each in handed["quotations"]] == [(text, [])]
    assert run("star", "-C", folder, "ferry.txt", "mill.txt", "--at", at).code == 2
    assert run("star", "-C", folder, "ferry.txt", "--at", at).code == 0
    assert run("star", "-C", folder).code == 1


def test_what_names_no_article_changes_nothing(run: Run, folder: str) -> None:
    for words in (["star"], ["tag", "x"], ["collection", "x", "--add"], ["note"]):
        missed = run(
            words[0], "-C", folder, *words[1:], "ferry.txt" if words == ["note"] else "nosuch.txt", "t"
        )
        assert missed.code == (0 if words == ["note"] else 1), words
    assert run("star", "-C", folder, "--list").code == 1
    assert run("star", "-C", folder, "--remove").code == 2
    assert run("note", "-C", folder, "ferry.txt").code == 2
    assert run("note", "-C", folder, "--remove", "abcdef").code == 2


def test_notes_stand_at_their_words(run: Run, folder: str) -> None:
    start = FERRY.index("Nobody")
    place = f"{start}..{start + 6}"
    assert run("note", "-C", folder, "ferry.txt", "--at", place, "who", "should?").code == 0
    assert run("note", "-C", folder, "mill.txt", "all of it").code == 0
    rows = run("note", "-C", folder, "--jsonl").rows
    for row in rows:
        assert_shape(row, NOTE)
    assert (rows[0]["text"], rows[0]["quote"], rows[0]["start"]) == ("who should?", "Nobody", start)
    assert run("note", "-C", folder, "--list", "mill.txt", "--format", "{text}").out == "all of it\n"
    (Path(folder) / "ferry.txt").write_text(FERRY.replace("Nobody", "Someone"))
    (row,) = run("note", "-C", folder, "--list", "ferry.txt", "--jsonl").rows
    assert (row["drifted"], row["start"]) == (True, None)
    assert "no longer in the text" in run("note", "-C", folder, "--list").out
    assert run("note", "-C", folder, "--remove", row["note"]).code == 0
    assert run("library", "-C", folder, "--undo").code == 0
    assert len(run("note", "-C", folder, "--jsonl").rows) == 2


def test_a_library_is_taken_to_another_machine(run: Run, folder: str, tmp_path: Path) -> None:
    run("star", "-C", folder, "ferry.txt")
    file = str(tmp_path / "desk.jsonl")
    assert run("library", "-C", folder, "--export", file).code == 0
    run("library", "-C", folder, "--undo")
    assert run("star", "-C", folder).code == 1
    Path(file).write_text(Path(file).read_text().replace('"n": "', '"n": "f') + "{\n")
    taken = run("library", "-C", folder, "--import", file)
    assert (taken.code, "1 line of" in taken.err, "1 change added" in taken.err) == (0, True, True)
    assert run("library", "-C", folder, "--import", file).code == 1
    assert run("star", "-C", folder).code == 0
    assert run("library", "-C", folder, "--import", str(tmp_path / "nosuch")).code == 2


def test_an_alert_prints_what_came_since_and_nothing_twice(run: Run, folder: str) -> None:
    saved = run("saved", "-C", folder, "--add", "boats", "ferry", "OR", "boat")
    assert (saved.code, "saved boats: 1 article" in saved.err) == (0, True)
    (row,) = run("saved", "-C", folder, "--jsonl").rows
    assert_shape(row, SAVED)
    assert (row["query"], row["total"], row["new"]) == ("ferry OR boat", 1, 0)
    assert run("alert", "-C", folder, "boats").code == 1
    (Path(folder) / "boat.txt").write_text("A boat came to Lowick\n\nIt was painted in green and blue.\n")
    (Path(folder) / "ferry.txt").write_text(FERRY + "\nThe ferry came at noon.\n")
    assert run("saved", "-C", folder, "--jsonl").rows[0]["new"] == 1
    found = run("alert", "-C", folder, "boats", "--jsonl")
    assert found.code == 0
    (hit,) = found.rows
    assert (hit["path"], hit["saved"], len(hit["since"])) == ("boat.txt", "boats", 20)
    assert hit["spans"] and hit["snippets"]
    again = run("alert", "-C", folder, "--all", "--jsonl")
    assert (again.code, again.out) == (1, "")
    (Path(folder) / "boat.txt").rename(Path(folder) / "moved.txt")
    assert run("alert", "-C", folder, "boats").code == 1
    assert run("saved", "-C", folder, "--rename", "boats", "ships").code == 0
    assert run("alert", "-C", folder, "ships").code == 1
    assert run("saved", "-C", folder, "--remove", "ships").code == 0
    assert run("alert", "-C", folder, "ships").code == 2


def test_the_first_alert_of_another_archive_sets_its_baseline(run: Run, folder: str, tmp_path: Path) -> None:
    run("saved", "-C", folder, "--add", "boats", "ferry")
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.txt").write_text(FERRY)
    first = run("alert", "-C", str(other), "boats")
    assert (first.code, first.out, "1 article match in this archive" in first.err) == (1, "", True)
    (other / "two.txt").write_text(FERRY.replace("late", "early"))
    assert run("saved", "-C", folder, "--rename", "boats", "ships").code == 0
    assert run("alert", "-C", str(other), "ships", "--format", "{path}").out == "two.txt\n"
    run("saved", "-C", folder, "--remove", "ships")
    run("saved", "-C", folder, "--add", "ships", "pier")
    again = run("alert", "-C", str(other), "ships")
    assert (again.code, again.out, "2 articles match in this archive" in again.err) == (1, "", True)


def test_a_saved_query_that_cannot_be_read_is_named_and_the_others_are_listed(run: Run, folder: str) -> None:
    run("saved", "-C", folder, "--add", "boats", "ferry")
    file = Path(os.environ["XDG_DATA_HOME"]) / "seedread" / "saved.toml"
    file.write_text(file.read_text() + '[[search]]\nname = "bad"\nquery = "(ferry"\n')
    listed = run("saved", "-C", folder, "--jsonl")
    assert [(row["name"], row["total"], row["new"]) for row in listed.rows] == [
        ("boats", 1, 0),
        ("bad", 0, None),
    ]
    assert "bad: " in listed.err


def test_a_library_that_cannot_be_read_keeps_no_search_from_its_answer(run: Run, folder: str) -> None:
    (Path(os.environ["XDG_DATA_HOME"]) / "seedread" / "library.jsonl").mkdir(parents=True)
    for line in (["search", "ferry"], ["list"], ["show", "ferry.txt"]):
        ended = run(line[0], "-C", folder, *line[1:], "--jsonl")
        assert (ended.code, ended.rows[0]["starred"]) == (0, False)
        assert ended.err.count("cannot show stars and tags: the library is a folder") == 1
    assert run("star", "-C", folder, "ferry.txt").code == 2
    assert run("search", "-C", folder, "is:starred").code == 2


def test_a_query_that_cannot_be_read_is_not_saved(run: Run, folder: str) -> None:
    assert run("saved", "-C", folder, "--add", "x", "(ferry").code == 2
    assert run("saved", "-C", folder, "--add", "x").code == 2
    assert run("saved", "-C", folder, "ferry").code == 2
    assert run("saved", "-C", folder).code == 1


def test_an_export_goes_by_query_choice_and_ending(run: Run, folder: str, tmp_path: Path) -> None:
    run("tag", "-C", folder, "water", "ferry.txt")
    made = run("export", "-C", folder, "passengers")
    assert made.code == 0
    assert "> Passengers waited for two hours" in made.out and "Tags: water" in made.out
    assert "with your tags or notes on 1 article (--no-notes leaves them out)" in made.err
    run("note", "-C", folder, "ferry.txt", "who waited?")
    without = run("export", "-C", folder, "passengers", "--no-notes")
    assert "water" not in without.out and "who waited?" not in without.out and "tags" not in without.err
    assert run("export", "-C", folder, "tag:water").out.startswith("# Articles tagged water\n")
    (record,) = run("export", "-C", folder, "passengers", "--jsonl").rows
    for quotation in record["quotations"]:
        assert FERRY[quotation["start"] : quotation["end"]] == quotation["text"]
    assert run("export", "-C", folder, "--tagged", "water", "--csv").out.count("\n") == 2
    whole = run("export", "-C", folder, "--tagged", "water", "--whole", "--csv")
    assert whole.out.count("\n") == 3
    file = tmp_path / "found.json"
    assert run("export", "-C", folder, "mill", "-o", str(file)).code == 0
    assert json.loads(file.read_text())[0]["title"] == "A mill burns"
    assert (
        run("export", "-C", folder, "--articles", "mill.txt", "ferry.txt", "--ris").out.count("ER  - ") == 2
    )
    assert run("export", "-C", folder, "nosuchword").code == 1
    assert run("export", "-C", folder, "--starred").code == 1
    assert run("export", "-C", folder, "mill", "-n", "0", "--bibtex").out.startswith("@misc{")


def test_an_export_is_refused_where_it_could_do_harm(run: Run, folder: str) -> None:
    refused = run("export", "-C", folder, "mill", "-o", f"{folder}/mill.txt")
    assert (refused.code, "is inside the archive" in refused.err) == (2, True)
    assert (Path(folder) / "mill.txt").read_text().startswith("A mill burns")
    assert run("export", "-C", folder, "mill", "--docx").code == 2
    assert run("export", "-C", folder).code == 2
    unknown = run("export", "-C", folder, "mill", "-o", f"{folder}/../mill.pdf")
    assert (unknown.code, "cannot write .pdf files" in unknown.err) == (2, True)
    assert run("export", "-C", folder, "mill", "--starred").code == 2
    assert run("export", "-C", folder, "mill", "-o", f"{folder}/../no/where.md").code == 2


def test_a_word_document_is_made_by_pandoc(run: Run, folder: str, tmp_path: Path) -> None:
    from shutil import which

    if which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    file = tmp_path / "mill.docx"
    assert run("export", "-C", folder, "mill", "-o", str(file)).code == 0
    assert file.read_bytes().startswith(b"PK")


def paths(run: Run, folder: str, query: str) -> list[str]:
    return sorted(row["path"] for row in run("search", "-C", folder, query, "--jsonl").rows)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_what_is_kept_is_found_by_fields_of_the_query(run: Run, folder: str, engine: str) -> None:
    if engine == "tantivy":
        pytest.importorskip("tantivy")
    assert run("index", "-C", folder, "--index-engine", engine).code == 0
    run("star", "-C", folder, "ferry.txt")
    run("tag", "-C", folder, "on water", "ferry.txt", "mill.txt")
    run("note", "-C", folder, "mill.txt", "Compare the Évening Post")
    assert paths(run, folder, "is:starred") == ["ferry.txt"]
    assert paths(run, folder, "NOT is:starred") == ["mill.txt"]
    assert paths(run, folder, 'tag:"On Water" Orston') == ["mill.txt"]
    assert paths(run, folder, "tag:water") == []
    assert paths(run, folder, "note:evening") == ["mill.txt"]
    assert paths(run, folder, "note:compa") == []
    assert paths(run, folder, "note:comparing") == ["mill.txt"]
    assert paths(run, folder, 'note:"post compare" OR is:starred') == ["ferry.txt", "mill.txt"]
    assert paths(run, folder, "is:unread") == ["ferry.txt", "mill.txt"]
    found = run("search", "-C", folder, "is:starred -is:unread", "--json")
    assert (found.code, found.document["explained"]) == (1, "is starred, is read")
    without = run("search", "-C", folder, "NOT tag:x NOT note:y NOT is:starred", "--json").document
    assert without["explained"] == "is not tagged x, has no note with y, is not starred"
    assert run("search", "-C", folder, "is:happy").code == 2
    assert paths(run, folder, 'tag:(x OR "on water") NOT Orston') == ["ferry.txt"]
    hit = run("search", "-C", folder, "is:starred", "--jsonl").rows[0]
    row = next(row for row in run("list", "-C", folder, "--jsonl").rows if row["path"] == "ferry.txt")
    article = run("show", "-C", folder, "ferry.txt", "--json").document
    for each in (hit, row, article):
        assert (each["tags"], each["starred"], each["read"]) == (["on water"], True, False)
    lines = run("search", "-C", folder, "is:starred", "--format", "{path} {tags}").out
    assert lines == "ferry.txt on water\n"
