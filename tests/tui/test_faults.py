"""What goes wrong, comes late or is not finished yet: told, or left aside; no crash, no stale row."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from seedread.actions.command_table import Place
from seedread.screens.browse import reading
from seedread.screens.browse.screen import BrowseScreen
from seedread.screens.entities.list_screen import EntitiesScreen
from seedread.screens.panel import PanelScreen
from seedread.userdata.session_state import Step
from seedread.userdata.settings import KeyChoice, Settings
from seedread_index.archive import Archive
from seedread_index.model.errors import ArchiveError

from .conftest import Open, Running


def said(app: Running) -> str:
    assert isinstance(app.app.screen, BrowseScreen | PanelScreen)
    return app.app.screen.message


@pytest.mark.parametrize(("method", "keys"), [("hits", ["G"]), ("article", ["p"]), ("entities", ["e"])])
async def test_an_archive_that_fails_in_the_background_is_told(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, method: str, keys: list[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ArchiveError("the index is damaged", "seedread index --repair mends it")

    async with open_app(size=(60, 8)) as app:
        await app.press("enter")
        monkeypatch.setattr(Archive, method, fail)
        app.browse.articles._rows.replace(12, app.browse.search.results_key)
        await app.press(*keys)
        await app.until(lambda: "damaged: seedread index --repair" in said(app))


async def test_an_article_that_comes_after_other_results_takes_its_own_row(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading, go_on = threading.Event(), threading.Event()
    loaded = reading._loaded

    def slow(*arguments: Any) -> object:
        loading.set()
        go_on.wait(10)
        return loaded(*arguments)

    async with open_app() as app:
        await app.press("enter", *"jjj")
        wanted = app.browse.reading.current_id
        monkeypatch.setattr(reading, "_loaded", slow)
        task = asyncio.create_task(app.browse.reading.show_row(app.browse.row))
        await app.until(loading.is_set)
        app.browse.search.set_sort("path")
        await app.until(lambda: app.browse.reading.current_id == wanted and app.browse.row != 3)
        row = app.browse.row
        go_on.set()
        assert await task
        assert (app.browse.reading.current_id, app.browse.row) == (wanted, row)


async def test_a_panel_that_is_left_before_its_rows_come_does_no_harm(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go_on = threading.Event(), threading.Event()
    entities = Archive.entities

    def slow(self: Archive, **options: Any) -> object:
        asked.set()
        go_on.wait(10)
        return entities(self, **options)

    async with open_app() as app:
        monkeypatch.setattr(Archive, "entities", slow)
        await app.pilot.press("enter", "e")
        await app.until(asked.is_set)
        panel = app.app.screen
        assert isinstance(panel, EntitiesScreen)
        await app.pilot.press("q")
        await app.until(lambda: app.app.screen is app.browse)
        go_on.set()
        await app.settle()
        await panel.load()
        assert not panel.is_attached


async def test_what_is_no_query_yet_does_not_pass_for_one(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour]]* [[")
        assert app.results.total == 12
        await app.press("ctrl+u")
        await app.type("]]*")
        assert "Incomplete query; showing all 12" in app.shown()[-2]


async def test_the_first_letter_of_a_word_leaves_the_rows_alone(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour x")
        assert app.results.total == 12
        await app.type("y")
        assert app.results.total == 0


async def test_a_wrong_filter_is_refused_and_the_old_one_stays(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "f", "f")
        await app.type("date:2021-03")
        await app.press("enter", "f", "ctrl+u")
        await app.type("date:soon")
        await app.press("enter")
        assert app.browse.problem
        assert "soon" in app.browse.message
        assert app.browse.search.filter_text == "date:2021-03"
        assert app.results.total == 1


async def test_zen_from_the_list_opens_the_article(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "z")
        assert app.browse.zen
        assert app.browse.place is Place.READER
        await app.press("z", "q")
        assert app.place() is Place.LIST


async def test_commands_of_the_text_work_from_a_panel(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "enter", "q", "e", "left_parenthesis")
        assert app.app.screen is app.browse
        await app.press("e", "less_than_sign")
        assert "can be resized" in app.app.screen.message


async def test_the_hints_and_the_fold_name_the_keys_that_a_user_chose(open_app: Open) -> None:
    keys = {
        "next-hit": KeyChoice(("f4",), 1),
        "boilerplate": KeyChoice(("f6",), 2),
        "explain": KeyChoice(("f7",), 3),
    }
    async with open_app(settings=Settings(glyphs="unicode", keys=keys)) as app:
        await app.type("harbour")
        await app.press("enter", "f7")
        assert app.browse.message == "Query: harbour"
        app.browse.session.learned = frozenset(Step)
        await app.press("enter")
        assert "F4 next hit" in app.shown()[-1]
        assert app.browse.reader.fold_key == "F6"


async def test_a_caret_stands_under_its_place_behind_wide_characters(open_app: Open) -> None:
    async with open_app() as app:
        await app.type('港の "talks')
        await app.press("enter")
        assert app.shown()[2].index("^") == len("Search ") + 5


async def test_what_is_cut_is_marked_in_ascii_where_only_that_can_be_shown(open_app: Open) -> None:
    async with open_app(size=(40, 24), settings=Settings(glyphs="ascii")) as app:
        app.browse.notify_user("a long story " * 9)
        await app.settle()
        assert app.shown()[-2].isascii()
        assert app.shown()[-2].endswith(">")
        await app.press("enter", "question_mark")
        assert all(line.isascii() for line in app.shown())


async def test_help_shows_only_what_the_screen_below_has(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "question_mark", "question_mark")
        shown = {line.text.split()[0] for line in app.panel.lines.lines if line.kind == "plain" and line.text}
        assert "C" not in shown


async def test_the_company_of_everybody_is_cut_with_a_sign(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds, size=(50, 24)) as app:
        await app.press("enter", "e")
        await app.until(lambda: app.entities.entity is not None)
        await app.press("i")
        await app.until(lambda: any("Latest" in line for line in app.shown()))
        await app.press("G")
        assert app.shown()[-2].endswith("…")
