"""Search as you type, the list, the article and the way between them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events

from seedread.actions.command_table import Place
from seedread.screens.files import FilesScreen
from seedread.userdata.settings import KeyChoice, Settings
from seedread.widgets.single_line import StatusLine
from seedread_index.archive import Archive

from .conftest import Open


async def test_the_query_line_has_the_focus_and_everything_is_listed(open_app: Open) -> None:
    async with open_app() as app:
        assert app.browse.place is Place.INPUT
        assert app.results.total == 12
        assert "12 articles, newest first" in app.shown()[-2]


async def test_typing_lists_what_is_found_and_a_slash_is_swallowed(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("/Kremlin")
        assert app.browse.search.query_text == "Kremlin"
        assert app.results.total == 2
        assert sum("Kremlin" in line for line in app.shown()[2:7]) >= 2


async def test_enter_goes_to_the_list_then_to_the_first_hit(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("Kremlin")
        await app.press("enter")
        assert app.browse.place is Place.LIST
        await app.press("enter")
        assert app.place() is Place.READER
        assert any("the Kremlin said on Friday" in line for line in app.shown())
        assert "hit 1 of 2" in app.shown()[-2]


async def test_n_visits_every_hit_once_and_shift_n_exactly_back(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "enter")
        places = [(app.article.id, app.browse.reader.hit_index)]
        for _ in range(500):
            await app.press("n")
            if app.browse.message.startswith("Last hit"):
                break
            places.append((app.article.id, app.browse.reader.hit_index))
        assert len(places) == len(set(places))
        assert {article for article, _ in places} == set(app.results.ids())
        expected = 0
        for article_id in app.results.ids():
            expected += len(app.browse.session.archive.matches(app.results, article_id).spans)
        assert len(places) == expected
        for place in reversed(places[:-1]):
            await app.press("N")
            assert (app.article.id, app.browse.reader.hit_index) == place


async def test_a_key_of_the_users_takes_it_from_another_command(open_app: Open) -> None:
    async with open_app(settings=Settings(glyphs="unicode", keys={"preview": KeyChoice(("j",), 1)})) as app:
        await app.press("enter", "j")
        assert (app.browse.row, app.browse.preview) == (0, True)
        await app.press("down")
        assert app.browse.row == 1


async def test_titles_are_marked_while_a_query_is_typed(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")

        def marked() -> bool:
            strips = app.app.screen._compositor.render_strips()
            title = next(strip for strip in strips if "Harbour talks" in strip.text)
            return any(part.text == "Harbour" and part.style and part.style.underline for part in title)

        assert marked()
        await app.press("ctrl+u")
        assert not marked()


async def test_crossing_into_the_next_article_is_told(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("weather")
        await app.press("enter", "enter", "n")
        assert "Next article: 2 of 12" in app.shown()[-2]


async def test_keys_pressed_in_a_rush_are_neither_lost_nor_doubled(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("weather")
        await app.press("enter", "enter")
        await app.pilot.press(*"nnnnn")
        await app.settle()
        assert app.browse.row == 5
        assert app.article.id == app.results.ids()[5]


async def test_a_name_typed_at_once_with_its_colon_waits_for_the_prompt(open_app: Open) -> None:
    """As from a slow line, or pasted: all keys are there before the prompt is."""
    async with open_app() as app:
        for _ in range(3):
            await app.press("escape")
            for key in (":", *"files", "\r"):
                app.app.post_message(events.Key({"\r": "enter", ":": "colon"}.get(key, key), key))
            await app.until(lambda: isinstance(app.app.screen, FilesScreen))


async def test_the_names_are_walked_from_the_hit_on(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("Kremlin")
        await app.press("enter", "enter", "right_square_bracket", "n", "right_square_bracket")
        hit, mention = app.hit, app.mention
        assert app.browse.reader.hit_index == 1
        assert mention.start >= hit.start
        assert "\n\n" not in app.article.text[hit.start : mention.start]


async def test_a_count_repeats_a_motion(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "5", "j")
        assert app.browse.articles.cursor == 5
        await app.press("3", "k")
        assert app.browse.articles.cursor == 2
        await app.press("7", "G")
        assert app.browse.articles.cursor == 6
        await app.press("G")
        assert app.browse.articles.cursor == 11


async def test_q_goes_back_and_quits_at_the_top(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "enter", "q")
        assert app.browse.place is Place.LIST
        await app.pilot.press("q")
        await app.until(lambda: not app.app.is_running or app.app.return_code is not None or app.app._exit)
    assert app.app.return_value == 0


async def test_ctrl_c_asks_first(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("ctrl+c")
        assert "Press Ctrl-C again to quit" in app.shown()[-2]
        await app.press("x")
        await app.press("enter", "ctrl+c")
        assert app.app.return_value is None
        await app.pilot.press("ctrl+c")
    assert app.app.return_value == 130


async def test_a_bad_query_is_told_on_enter_with_a_caret_and_the_results_stay(open_app: Open) -> None:
    async with open_app() as app:
        await app.type('harbour "talks')
        assert app.results.total == 12
        assert not app.browse.problem
        await app.press("enter")
        assert app.browse.problem
        assert app.browse.search.results.total == 12
        caret = app.shown()[2]
        assert caret.index("^") == len("Search ") + 'harbour "'.index('"')
        await app.type('"')
        await app.press("enter")
        assert not app.browse.problem
        assert app.browse.place is Place.LIST


async def test_nothing_found_explains_itself(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour zzzqq")
        await app.press("enter")
        assert app.results.total == 0
        assert "No results" in app.shown()[-2]
        assert "zzzqq: 0" in app.shown()[-2]
        assert app.browse.place is Place.INPUT
        await app.press("escape")
        assert app.place() is Place.LIST
        await app.press("slash")
        assert app.browse.place is Place.INPUT


async def test_an_empty_folder_says_what_to_do(open_app: Open, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    async with open_app(empty) as app:
        shown = "\n".join(app.shown())
        assert "No articles in this folder" in shown
        assert "Esc, then :open PATH" in shown
        assert "Esc, then R" in shown
        await app.type("ferry")
        assert any("No articles in this folder" in line for line in app.shown())
        assert not any("No results" in line for line in app.shown())
        await app.press("escape", "colon")
        assert app.app.screen.is_modal


async def test_the_preview_follows_the_cursor(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "p")
        first = app.article.id
        await app.press("j")
        assert app.article.id == app.browse.reading.current_id != first
        assert app.browse.place is Place.LIST
        await app.press("p")
        assert not app.browse.reader.display


async def test_list_and_text_stand_side_by_side_where_there_is_room(open_app: Open) -> None:
    async with open_app(size=(140, 30)) as app:
        await app.press("enter")
        list_region, text_region = app.browse.articles.region, app.browse.reader.region
        assert list_region.y == text_region.y
        assert list_region.right <= text_region.x
        await app.pilot.resize_terminal(80, 24)
        await app.settle()
        assert not app.browse.wide


async def test_the_split_moves(open_app: Open) -> None:
    async with open_app(size=(140, 30)) as app:
        await app.press("enter")
        before = app.browse.articles.size.width
        await app.press("greater_than_sign")
        assert app.browse.articles.size.width > before
        await app.press("less_than_sign", "less_than_sign")
        assert app.browse.articles.size.width < before


async def test_zen_shows_nothing_but_the_text(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "enter", "z")
        assert app.browse.reader.size == app.app.size
        await app.press("q")
        assert not app.browse.zen
        assert app.browse.place is Place.READER


async def test_a_whole_line_of_keys_typed_at_once_arrives_in_order(
    open_app: Open, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searching = Archive.search

    def slow(self: Archive, request: Any) -> object:
        started.wait(0.2)
        return searching(self, request)

    started = threading.Event()
    async with open_app(seeds) as app:
        monkeypatch.setattr(Archive, "search", slow)
        for key, character in (
            *((each, each) for each in "Kremlin"),
            ("enter", "\r"),
            ("enter", "\r"),
            ("n", "n"),
        ):
            app.app.post_message(events.Key(key, character))
        app.app.post_message(events.Key("right_square_bracket", "]"))
        await app.until(lambda: app.browse.reader.current_mention is not None)
        assert app.browse.input.value == "Kremlin"
        assert app.browse.place is Place.READER
        assert app.browse.reader.hit_index == 1


async def test_enter_leaves_the_line_at_once_and_comes_back_when_nothing_is_found(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("zzzqq")
        await app.pilot.press("enter")
        await app.settle()
        assert app.browse.place is Place.INPUT
        assert "No results for zzzqq" in str(app.browse.query_one("#status", StatusLine).left)


async def test_escape_and_a_letter_at_once_do_nothing(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "alt+e")
        assert app.app.screen is app.browse
        await app.press("slash", "alt+e")
        assert app.browse.input.value == ""


async def test_a_pasted_passage_is_an_example_and_a_short_paste_is_a_query(open_app: Open) -> None:
    async with open_app() as app:
        line = app.browse.input
        line.post_message(events.Paste("bronze\nmasks"))
        await app.until(lambda: app.browse.search.query_text == "bronze masks")
        await app.until(lambda: app.results.total == 2)
        passage = (
            "It is said that somebody came to see\n"
            "the bronze masks which a collector of old had kept in the cellar of his house."
        )
        line.select_all()
        line.post_message(events.Paste(passage))
        await app.until(lambda: " OR " in line.value and app.browse.search.query_text == line.value)
        words = line.value.split(" OR ")
        assert {"bronze", "masks", "cellar"} <= set(words)
        assert not {"the", "that", "which"} & set(words)
        await app.until(lambda: "most distinctive words" in app.browse.message)
        best = app.browse.session.archive.article(app.results.ids(0, 1)[0])
        assert best is not None
        assert "bronze masks" in best.text
        line.post_message(events.Paste(" ".join(["unheardof"] * 20)))
        await app.until(lambda: app.browse.message.startswith("No article contains a distinctive word"))
        assert line.value == " OR ".join(words)
