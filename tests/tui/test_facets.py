"""Facets: who and what is in the results, with counts, and the filter that they make."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from seedread.actions.command_table import Place
from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.wording import counted, pieces, toggled
from seedread_index.archive import Archive

from .conftest import Open, Running


def rows(app: Running) -> list[str]:
    """The rows of the facets, as they are drawn, without marks."""
    return [f"{getattr(line, 'count', None) or ''} {line.text}".strip() for line in app.browse.facets.lines]


async def put_cursor_on(app: Running, text: str) -> None:
    """Put the cursor on the last row with a text."""
    lines = app.browse.facets.lines
    app.browse.facets.cursor = max(row for row, line in enumerate(lines) if line.text == text)
    await app.settle()


async def test_facets_count_who_is_in_the_results_and_fill_the_place_of_the_list(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "f")
        assert app.place() is Place.FACETS
        archive = app.browse.session.archive
        towns = {each.text for article in archive.articles(app.results.ids()) for each in article.mentions}
        for town in ("Bamako", "Lagos"):
            have = [each for each in archive.articles(app.results.ids()) if town in each.text]
            assert town in towns
            assert f"{len(have)} {town}" in rows(app)
        shown = app.shown()
        assert "In 12 articles" in shown[2]
        assert "12 2021" in rows(app)
        assert not any("Harbour talks number" in line for line in shown)


async def test_enter_narrows_and_once_more_widens_and_minus_leaves_out(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "f")
        await put_cursor_on(app, "Bamako")
        total = app.results.total
        await app.press("enter")
        narrowed = app.results.total
        assert 0 < narrowed < total
        assert app.browse.search.filter_text == "place:Bamako"
        assert app.shown()[2].startswith("Filter place:Bamako   F clears")
        assert app.browse.facets.line is not None
        assert app.browse.facets.line.text == "Bamako"
        await app.press("enter")
        assert (app.results.total, app.browse.search.filter_text) == (total, "")
        await app.press("minus")
        assert (app.results.total, app.browse.search.filter_text) == (total - narrowed, "-place:Bamako")
        await put_cursor_on(app, "place:Bamako")  # among the filters in force, where the minus is taken off
        await app.press("enter")
        assert (app.results.total, app.browse.search.filter_text) == (total, "")
        assert not app.shown()[2].startswith("Filter")


async def test_every_step_can_be_taken_back_and_forward(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "f")
        for town, key in (("Bamako", "enter"), ("Lagos", "minus")):
            await put_cursor_on(app, town)
            await app.press(key)
        steps = ["", "place:Bamako", "place:Bamako -place:Lagos"]
        await app.press("F")
        assert app.browse.search.filter_text == ""
        for wanted in (steps[2], steps[1], steps[0]):
            await app.press("left_parenthesis")
            assert (app.browse.search.filter_text, app.place()) == (wanted, Place.FACETS)
        for wanted in (steps[1], steps[2], ""):
            await app.press("right_parenthesis")
            assert app.browse.search.filter_text == wanted
        assert "In 12 articles" in rows(app)


async def test_q_goes_back_to_where_the_facets_were_opened(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("f2")
        assert app.place() is Place.FACETS
        await app.press("q")
        assert app.place() is Place.INPUT
        await app.press("enter", "enter")
        article = app.article.id
        await app.press("f")
        assert app.place() is Place.FACETS
        await app.press("q")
        assert app.place() is Place.READER
        assert app.article.id == article
        await app.press("f")
        await put_cursor_on(app, "Bamako")
        await app.press("minus")
        await put_cursor_on(app, "Lagos")
        await app.press("minus", "q")
        expected = Place.READER if app.browse.search.row_of(article) is not None else Place.LIST
        assert app.place() is expected
        assert not app.browse.facets_shown


async def test_facets_stand_beside_the_list_where_there_is_room(open_app: Open) -> None:
    async with open_app(size=(120, 30)) as app:
        await app.press("enter", "f")
        shown = app.shown()
        assert any("Harbour talks number" in line and "┃" in line for line in shown)
        assert "In 12 articles" in shown[2].split("┃")[1]
        await app.press("tab", "escape")
        assert app.place() is Place.LIST
        assert app.browse.facets_shown
        await app.press("f")
        assert app.place() is Place.FACETS
        await app.press("S", "escape", "q")  # beside the list they are hidden before q would quit
        assert app.place() is Place.LIST
        assert not app.browse.facets_shown
        assert app.browse.reader.article is not None


async def test_a_query_that_is_typed_counts_again_beside_the_list(open_app: Open) -> None:
    async with open_app(size=(120, 30)) as app:
        await app.press("enter", "f", "S")
        await app.type("brewery")
        assert app.results.total < 12
        assert f"In {counted(app.results.total, 'article')}" in rows(app)
        assert app.place() is Place.INPUT


async def test_nothing_is_counted_while_the_facets_are_hidden(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    counted = Archive.facets

    def noted(self: Archive, results: Any, most: int = 20) -> Any:
        asked.append(results)
        return counted(self, results, most)

    monkeypatch.setattr(Archive, "facets", noted)
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "enter", "q")
        assert not asked
        await app.press("f")
        assert asked == [app.results]
        await app.press("q", "slash")
        await app.type("x")
        assert len(asked) == 1


async def test_counts_of_results_that_have_gone_are_dropped_and_keys_go_on(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, go_on = Archive.facets, threading.Event()

    def slow(self: Archive, results: Any, most: int = 20) -> Any:
        found = counted(self, results, most)
        if not results.query:
            assert go_on.wait(60)
        return found

    monkeypatch.setattr(Archive, "facets", slow)
    async with open_app(size=(120, 30)) as app:
        await app.press("enter")
        await app.pilot.press("f")
        await app.until(lambda: app.place() is Place.FACETS)
        await app.pilot.press("S")
        for key in "brewery":
            await app.pilot.press(key)
        await app.until(lambda: any(line.startswith("In ") for line in rows(app)))
        go_on.set()
        await app.settle()
        await asyncio.sleep(0)
        assert app.browse.input.value == "brewery"
        assert "In 12 articles" not in rows(app)


async def test_counts_that_come_when_the_facets_are_hidden_are_dropped(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, asked, go_on = Archive.facets, threading.Event(), threading.Event()

    def slow(self: Archive, results: Any, most: int = 20) -> Any:
        asked.set()
        assert go_on.wait(60)
        return counted(self, results, most)

    monkeypatch.setattr(Archive, "facets", slow)
    async with open_app() as app:
        await app.press("enter")
        await app.pilot.press("f")
        await app.until(asked.is_set)
        await app.pilot.press("q")
        await app.until(lambda: app.place() is Place.LIST)
        go_on.set()
        await app.settle()
        assert not app.browse.facets.lines


async def test_rows_are_looked_for_by_words_and_groups_are_opened(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "f")
        before = rows(app)
        more = next(line for line in app.browse.facets.lines if line.kind == "dim")
        await put_cursor_on(app, more.text)
        app.browse.facets.cursor = app.browse.facets.lines.index(more)
        await app.press("enter")
        assert len(rows(app)) > len(before)
        await app.press("slash")
        await app.type("putin")
        await app.press("enter")
        assert all("utin" in row for row in rows(app)[2:])
        assert len(rows(app)) > 2
        await app.press("i")
        assert isinstance(app.screen(), EntityCardScreen)
        await app.press("q", "q")
        assert len(rows(app)) > len(before)
        assert app.place() is Place.FACETS


async def test_groups_are_walked_and_heads_passed_over(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "f", "g")
        pane = app.browse.facets
        firsts = [row + 1 for row, line in enumerate(pane.lines) if line.kind == "head" and row]
        assert pane.cursor == firsts[0]
        for row in firsts[1:]:
            await app.press("right_square_bracket")
            assert pane.cursor == row
        for row in reversed(firsts[:-1]):
            await app.press("left_square_bracket")
            assert pane.cursor == row
        await app.press("k")
        assert pane.cursor == firsts[0]
        for _ in pane.lines:
            await app.press("j")
            assert pane.lines[pane.cursor].kind != "head"
        assert pane.cursor == len(pane.lines) - 1


async def test_a_wrong_filter_is_refused_in_the_facets(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "f", "f")
        await app.type("date:nonsense")
        await app.press("enter")
        assert app.browse.problem
        assert app.browse.search.filter_text == ""
        assert app.place() is Place.FACETS


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", []),
        ("a  b", ["a", "b"]),
        ('person:"Vladimir Putin" -source:BBC', ['person:"Vladimir Putin"', "-source:BBC"]),
        ("(a OR b) -(c d)", ["(a OR b)", "-(c d)"]),
        ('open "quote here', ["open", '"quote here']),
        ("open (bracket here", ["open", "(bracket here"]),
    ],
)
def test_a_filter_is_cut_into_its_pieces(query: str, found: list[str]) -> None:
    assert pieces(query) == found


@pytest.mark.parametrize(
    ("query", "piece", "exclude", "found"),
    [
        ("", "lang:en", False, "lang:en"),
        ("lang:en", "lang:en", False, ""),
        ("a -lang:en", "lang:en", False, "a lang:en"),
        ("a lang:en", "lang:en", True, "a -lang:en"),
        ("a -lang:en b", "lang:en", True, "a b"),
        ("a OR b", "c", False, "(a OR b) c"),
        ("NOT c", "c", False, "NOT c"),
        ("b OR c", "c", False, "b OR c"),
    ],
)
def test_a_filter_is_narrowed_widened_and_turned_round(
    query: str, piece: str, exclude: bool, found: str
) -> None:
    assert toggled(query, piece, exclude=exclude) == found
