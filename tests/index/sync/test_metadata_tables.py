"""A table whose rows name the files of the archive gives their title, date and source."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SyncReport

Sync = Callable[..., SyncReport]
TEXT = "Ferry leaves\n\nMarch 5, 2021\n\nThe ferry of day {n} left the harbour at noon, the office said."


def fill(folder: Path, *names: str) -> None:
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(n=number))


def rows(*names: str, **more: str) -> list[dict[str, str]]:
    return [
        {"file": name, "title": f"Title of {n}", "date": f"2019-01-0{n + 1}", "source": "Quay News", **more}
        for n, name in enumerate(names)
    ]


def lines(table: list[dict[str, str]]) -> str:
    return "\n".join(map(json.dumps, table)) + "\n"


def commas(table: list[dict[str, str]]) -> str:
    return "\n".join([",".join(table[0]), *(",".join(row.values()) for row in table)]) + "\n"


def articles(cache: Path) -> dict[str, Article]:
    catalogue = Catalogue.open(cache / "catalogue.db")
    try:
        return {one.path: one for one in catalogue.articles(catalogue.ids())}
    finally:
        catalogue.close()


@pytest.mark.parametrize(
    ("name", "write"), [("meta.jsonl", lines), ("meta.csv", commas), ("meta.json", json.dumps)]
)
def test_a_table_beside_the_texts_is_found_and_beats_them(
    news: Path,
    cache: Path,
    run_sync: Sync,
    name: str,
    write: Callable[[list[dict[str, str]]], str],
) -> None:
    fill(news, "txt/a.txt", "txt/b.txt", "txt/c.txt")
    (news / name).write_text(write(rows("a.txt", "b.txt")))
    run_sync()
    found = articles(cache)
    assert set(found) == {"txt/a.txt", "txt/b.txt", "txt/c.txt"}
    first = found["txt/a.txt"]
    assert (first.title, first.title_inferred, first.source) == ("Title of 0", False, "Quay News")
    assert (str(first.date), first.date_from, first.origin.title_from) == ("2019-01-01", "table", "table")
    assert (str(found["txt/c.txt"].date), found["txt/c.txt"].date_from) == ("2021-03-05", "text")


def test_the_table_itself_is_left_out(
    news: Path, run_sync: Sync, reasons: Callable[[], dict[str, str]]
) -> None:
    fill(news, "a.txt", "b.txt")
    (news / "meta.csv").write_text(commas(rows("a.txt", "b.txt")))
    run_sync()
    assert "table of metadata of 2 files" in reasons()["meta.csv"]


def test_a_table_outside_is_named_by_the_setting(
    news: Path, cache: Path, run_sync: Sync, tmp_path: Path
) -> None:
    fill(news, "a.txt", "b.txt")
    (tmp_path / "meta.jsonl").write_text(lines(rows("a.txt")))
    run_sync(settings=EngineSettings(metadata="../meta.jsonl"))
    found = articles(cache)
    assert (found["a.txt"].title, found["b.txt"].date_from) == ("Title of 0", "text")


def test_a_table_that_changes_or_goes_is_followed(news: Path, cache: Path, run_sync: Sync) -> None:
    fill(news, "a.txt", "b.txt")
    table = news / "meta.jsonl"
    table.write_text(lines(rows("a.txt", "b.txt")))
    run_sync()
    assert run_sync().touched == 0
    table.write_text(lines(rows("a.txt", "b.txt", source="Other News")))
    assert run_sync().changed == 2
    assert articles(cache)["a.txt"].source == "Other News"
    assert run_sync().touched == 0
    table.unlink()
    run_sync()
    assert articles(cache)["a.txt"].title == "Ferry leaves"


@pytest.mark.parametrize(
    "table",
    [
        rows("x.txt", "y.txt"),
        rows("a.txt", "x.txt", "y.txt", "z.txt"),
        rows("a.txt", "b.txt", text="The table holds the article itself. " * 20),
    ],
)
def test_other_records_stay_articles_or_are_left_out(
    news: Path, cache: Path, run_sync: Sync, table: list[dict[str, str]]
) -> None:
    fill(news, "a.txt", "b.txt")
    (news / "meta.jsonl").write_text(lines(table))
    run_sync()
    assert articles(cache)["a.txt"].title == "Ferry leaves"


def test_half_a_character_in_a_table_ends_no_sync(news: Path, cache: Path, run_sync: Sync) -> None:
    fill(news, "txt/a.txt")
    (news / "odd.json").write_text('{"title": "half \\ud83d pair", "text": "The ferry left."}')
    run_sync()
    assert "txt/a.txt" in articles(cache)


@pytest.mark.parametrize("title", [">", " --- ", "…"])
def test_a_title_without_a_letter_is_none(news: Path, cache: Path, run_sync: Sync, title: str) -> None:
    names = ("one.txt", "two.txt", "three.txt")
    fill(news, *names)
    (news / "meta.jsonl").write_text(lines([*rows(*names[1:]), *rows(names[0], title=title)]))
    run_sync()
    found = articles(cache)["one.txt"]
    assert (found.title, found.origin.title_from, found.source) == ("Ferry leaves", "text", "Quay News")


def test_a_table_may_name_files_without_their_extensions(news: Path, cache: Path, run_sync: Sync) -> None:
    fill(news, "posts/1234.ferry.txt", "posts/1235.quay.txt")
    (news / "posts.csv").write_text(
        "post_id,post_date,is_published,title\n"
        "1234.ferry,2019-01-01T09:00:00.000Z,true,Title of 0\n"
        "1235.quay,2019-01-02T09:00:00.000Z,true,Title of 1\n"
    )
    run_sync()
    found = articles(cache)
    assert {path: (one.title, str(one.date)) for path, one in found.items()} == {
        "posts/1234.ferry.txt": ("Title of 0", "2019-01-01"),
        "posts/1235.quay.txt": ("Title of 1", "2019-01-02"),
    }


def test_numbers_that_some_files_are_called_by_make_no_table(news: Path, cache: Path, run_sync: Sync) -> None:
    fill(news, *(f"{n}.txt" for n in range(1, 9)))
    (news / "sections.csv").write_text("id,title\n1,World\n2,Sport\n3,Weather\n")
    run_sync()
    assert {one.title for one in articles(cache).values()} == {"Ferry leaves"}


def test_rows_that_all_name_one_file_make_no_table(news: Path, cache: Path, run_sync: Sync) -> None:
    fill(news, "1", "2")
    (news / "hits.jsonl").write_text(lines([{"_id": "1", "title": f"Hit {n}"} for n in range(9)]))
    run_sync()
    assert {one.title for one in articles(cache).values()} == {"Ferry leaves"}
