"""The session log: off by default, searches and opened articles with their times, replayed; --private."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from seedread.userdata.session_log import SessionLog, entries, log_path
from seedread.userdata.session_state import state_root
from seedread.userdata.settings import settings_path
from seedread_index.archive import Archive
from seedread_index.model.results import SearchRequest

from .conftest import Run
from .shape_checks import assert_shape, many, matching, maybe, one_of

TIME = matching(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
ENTRY = {
    "schema": one_of(1),
    "at": TIME,
    "do": one_of("search", "open"),
    "archive": many(str),
    **dict.fromkeys(
        ("query", "filter", "sort", "match", "since", "until", "id", "path", "title"), maybe(str)
    ),
    "grouped": maybe(bool),
    "total": maybe(int),
}
REPLAYED = {
    "schema": one_of(1),
    "at": TIME,
    "archive": many(str),
    "query": maybe(str),
    "filter": maybe(str),
    "total": maybe(int),
    "now": maybe(int),
    "problem": maybe(str),
}


@pytest.fixture
def folder(tmp_path: Path) -> str:
    news = tmp_path / "news"
    news.mkdir()
    for name, word in (("a.txt", "grain"), ("b.txt", "wheat")):
        (news / name).write_text(f"What was said of {word}\n\n2021-03-05\n\nThe {word} ships left at dawn.\n")
    return str(news)


@pytest.fixture
def logged() -> None:
    """Settings that want the log."""
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text("log = true\n")


def test_nothing_is_logged_unless_the_settings_want_it(run: Run, folder: str) -> None:
    run("search", "-C", folder, "grain")
    empty = run("log")
    assert empty.code == 1 and "log = true" in empty.err
    assert not log_path().exists()


def test_searches_and_opened_articles_are_logged_and_replayed(run: Run, folder: str, logged: None) -> None:
    run("search", "-C", folder, "ships", "--since", "2021")
    run("count", "-C", folder, "grain")
    run("show", "-C", folder, "a.txt")
    run("show", "-C", folder, "--all", "--jsonl")
    rows = run("log", "--jsonl").rows
    for row in rows:
        assert_shape(row, ENTRY)
    assert [(row["do"], row["query"], row["total"], row["path"]) for row in rows] == [
        ("search", "ships", 2, None),
        ("search", "grain", 1, None),
        ("open", None, None, "a.txt"),
    ]
    assert rows[0]["since"] == "2021-01-01"
    assert os.stat(log_path()).st_mode & 0o777 == 0o600
    (Path(folder) / "c.txt").write_text("More of grain\n\n2021-03-06\n\nMore grain ships left today.\n")
    run("index", "-C", folder)
    again = run("log", "--replay", "--jsonl").rows
    for row in again:
        assert_shape(row, REPLAYED)
    assert [(row["query"], row["total"], row["now"]) for row in again] == [("ships", 2, 3), ("grain", 1, 2)]
    assert "1 then" in run("log", "--replay", "-n", "2").out
    markdown = run("log", "--markdown").out
    assert markdown.startswith("# Session log\n\n## ") and "searched for grain: 1 article\n" in markdown
    assert "opened What was said of grain" in run("log", "--markdown").out
    assert run("log", "-C", str(Path(folder).parent)).code == 1
    assert run("log", "--markdown", "--json").code == 2
    assert (run("log", "--clear").code, run("log", "--clear").code) == (0, 1)


def test_a_replayed_search_of_a_folder_that_is_gone_says_so(run: Run, folder: str, logged: None) -> None:
    run("search", "-C", folder, "grain")
    Path(folder).rename(f"{folder}-moved")
    (row,) = run("log", "--replay", "--jsonl").rows
    assert row["now"] is None and row["problem"]


ADDRESS = "opensearch+http://127.0.0.1:9/wire"


@pytest.mark.parametrize("kept", [ADDRESS, ADDRESS.replace("//", "/")])
def test_a_search_of_an_archive_on_a_server_is_made_again_there(run: Run, logged: None, kept: str) -> None:
    entry = {
        "at": "2026-01-02T10:00:00+00:00",
        "do": "search",
        "archive": [kept],
        "query": "grain",
        "total": 3,
    }
    log_path().parent.mkdir(parents=True, exist_ok=True)
    log_path().write_text(json.dumps(entry) + "\n")
    (row,) = run("log", "--replay", "--jsonl", "-C", ADDRESS).rows
    assert row["archive"] == [ADDRESS]
    assert row["problem"] == "127.0.0.1:9 refuses the connection"


def test_private_commands_leave_nothing_behind(run: Run, folder: str, logged: None) -> None:
    run("search", "--private", "-C", folder, "grain")
    run("show", "-C", folder, "--private", "a.txt")
    assert not state_root().exists() or not list(state_root().rglob("*.*"))
    for name in ("list", "keys", "status", "log"):
        assert run(name, "--private", "--help").code == 0


def test_a_log_that_others_wrote_in_is_read_as_far_as_it_can_be(tmp_path: Path, folder: str) -> None:
    path = tmp_path / "log.jsonl"
    with Archive.open(folder) as archive:
        archive.sync()
        log = SessionLog(archive.roots, wanted=True, path=path)
        for _ in range(2):
            log.note_search(SearchRequest("grain"), archive.search("grain"))
    good = json.loads(path.read_text())
    with path.open("a") as stream:
        for bad in ({**good, "at": "today"}, {**good, "total": "x"}, {**good, "do": "rm"}, [1], {}):
            stream.write(json.dumps(bad) + "\n")
        stream.write(json.dumps({**good, "query": "a\x1b]0;x\x07"}) + "\n{not json\n")
    found = list(entries(path))
    assert found[0].query == "grain" and len(found) == 2
    assert "\x1b" not in (found[1].query or "")
