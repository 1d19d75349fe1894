"""Places survive, damaged ones are left aside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from seedread.actions.command_table import Place
from seedread.screens.browse.search import SearchController
from seedread.userdata.session_state import SessionState, SessionStore, dumped
from seedread_index.archive import Archive
from seedread_index.model.article import article_id

from .conftest import Open


def test_a_place_survives(tmp_path: Path) -> None:
    place = SessionState(query="kremlin", article="ab12", offset=400, reading=True, marks={"a": ["ab12", 7]})
    place.remember_offset("ab12", 400)
    SessionStore("digest", tmp_path).save(dumped(place))
    assert SessionStore("digest", tmp_path).load() == place


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"query": 3, "offset": "x"}',
        '{"marks": {"a": 3}}',
        '{"offsets": {"a": "b"}}',
        '{"sort": "up"}',
    ],
)
def test_a_damaged_place_is_a_fresh_one(tmp_path: Path, content: str) -> None:
    SessionStore("digest", tmp_path).save(content or " ")
    assert SessionStore("digest", tmp_path).load() == SessionState()


def test_only_the_latest_offsets_are_kept() -> None:
    place = SessionState()
    for number in range(700):
        place.remember_offset(str(number), number)
    place.remember_offset("300", 1)
    assert len(place.offsets) == 500
    assert place.offsets["300"] == 1
    assert "100" not in place.offsets


def test_read_marks_add_up(tmp_path: Path) -> None:
    store = SessionStore("digest", tmp_path)
    store.want_read(["a", "b"], read=True)
    store.flush()
    store.want_read(["a"], read=False)
    store.flush()
    assert SessionStore("digest", tmp_path).load_read() == {"b"}


async def test_what_was_kept_of_parts_by_their_lines_is_kept_of_them_by_their_identity(
    open_app: Open, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    texts = [f"Ferry {number} left the harbour at noon. " * 200 for number in range(4)]
    records = [{"id": f"story-{number}", "text": text} for number, text in enumerate(texts)]
    (folder / "all.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))
    with Archive.open([folder]) as archive:
        archive.sync()
        now = {article.part: article.id for article in archive.articles(archive.ids())}
        store = SessionStore(archive.folder.name)
    before = {line: article_id(b"all.jsonl", line) for line in ("1", "2", "3", "4")}
    assert set(now) == set(before)
    assert not set(now.values()) & set(before.values())
    place = SessionState(article=before["3"], offset=4000, reading=True, marks={"a": [before["4"], 7]})
    place.remember_offset(before["2"], 200)
    store.save(dumped(place))
    store.want_read([before["1"], "of no article"], read=True)
    store.flush()
    async with open_app(folder) as app:
        await app.until(lambda: now["1"] in app.browse.session.read_ids)
        assert app.article.id == now["3"]
        assert app.browse.reader.top_offset > 0
        assert app.browse.session.read_ids == {now["1"], "of no article"}
        assert app.browse.session.place.marks == {"a": [now["4"], 7]}
        assert app.browse.session.place.offsets[now["2"]] == 200
        app.browse.session_place.save_now()
    assert store.load().article == now["3"]
    assert store.load_read() == {now["1"], "of no article"}


async def test_the_place_is_searched_for_before_anything_is_waited_for(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is typed meanwhile would be overwritten by its query."""
    steps: list[str] = []
    search_for = SearchController.search_for

    async def searched(self: SearchController, *arguments: Any, **options: Any) -> None:
        steps.append("search")
        await search_for(self, *arguments, **options)

    def looked_up(archive: Archive, ids: Collection[str]) -> dict[str, str]:
        steps.append("look up")
        return {}

    monkeypatch.setattr(SearchController, "search_for", searched)
    monkeypatch.setattr(Archive, "moved_ids", looked_up)
    async with open_app() as app:
        await app.until(lambda: app.browse.session_place.restored)
        assert steps[:2] == ["search", "look up"]


async def test_what_is_typed_while_the_last_search_runs_again_replaces_it(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter")
        app.browse.session_place.save_now()
    typed: list[str] = []
    search_for = SearchController.search_for

    async def and_typed(self: SearchController, query: str, **options: Any) -> None:
        found = asyncio.ensure_future(search_for(self, query, **options))
        await asyncio.sleep(0)
        line = self._frame.input
        line.replace("pump", *line.selection)
        typed.append(line.value)
        await found

    monkeypatch.setattr(SearchController, "search_for", and_typed)
    async with open_app() as app:
        await app.until(lambda: bool(typed))
        assert typed == ["pump"]


async def test_a_restored_search_says_so_and_that_typing_replaces_it(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter")
        app.browse.session_place.save_now()
    async with open_app() as app:
        assert app.browse.input.value == "harbour" and app.place() is Place.INPUT
        assert app.shown()[-1].startswith("Restored your last search: typing replaces it, → edits it")
        await app.press("right")
        assert "complete" in app.shown()[-1] and "replaces" not in app.shown()[-1]
        await app.press("enter", "slash")
        assert app.shown()[-1].startswith("Typing replaces it, → edits it")
        await app.type("pump")
        assert app.browse.input.value == "pump" and "replaces" not in app.shown()[-1]
