"""The same search, row and paragraph after leaving, at another size too; reading marks and coverage."""

from __future__ import annotations

import asyncio
import signal
import stat
from pathlib import Path

import pytest

from seedread.actions.command_table import Place
from seedread.screens import requests
from seedread.screens.browse.jumps import Origin
from seedread.screens.browse.navigation import NavigationController
from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.help import HelpScreen, MessagesScreen
from seedread.terminal import process
from seedread.userdata.session_log import entries
from seedread.userdata.session_state import state_root
from seedread.userdata.settings import Settings
from seedread.widgets.line_list import Line

from .conftest import Open


async def leave_in_the_text(open_app: Open) -> tuple[str, int]:
    async with open_app(size=(70, 14)) as app:
        await app.type("harbour")
        await app.press("enter", "j", "j", "enter", "j", "j", "j", "j")
        app.browse.session_place.save()
        await app.settle()
        return app.article.id, app.browse.reader.top_offset


async def test_a_killed_session_comes_back_to_its_paragraph_at_another_size(open_app: Open) -> None:
    article_id, offset = await leave_in_the_text(open_app)
    assert offset > 0
    async with open_app(size=(110, 24)) as app:
        assert app.browse.input.value == "harbour"
        assert app.browse.row == 2
        assert app.article.id == article_id
        assert app.browse.place is Place.READER
        seen = app.browse.reader.visible_span
        assert seen.start <= offset < seen.end


async def test_the_current_hit_comes_back_with_its_count(open_app: Open) -> None:
    async with open_app(size=(70, 14)) as app:
        await app.type("harbour")
        await app.press("enter", "enter", "n", "n", "j")
        counted = app.browse.reader.hit_index, app.browse.reader.top_offset
        assert counted[0] == 2
        app.browse.session_place.save()
        await app.settle()
    async with open_app(size=(70, 14)) as app:
        assert (app.browse.reader.hit_index, app.browse.reader.top_offset) == counted
        assert f"hit 3 of {app.browse.reader.hit_count}" in app.shown()[-1]


async def test_what_was_read_is_marked_and_counted(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "enter", "J", "q")
        assert "read 2 of 12" in app.shown()[-2]
        await app.press("u")
        assert "Marked 1 article as unread" in app.browse.message
    async with open_app() as app:
        await app.press("tab", "slash", "enter")
        assert len(app.browse.session.read_ids) == 1
        await app.press("g", "J")
        assert app.browse.reading.current_id not in app.browse.session.read_ids


async def test_a_query_that_was_run_comes_back_as_run(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harb")
        assert app.results.total == 12
        await app.press("enter")
        await app.until(lambda: app.results.total == 0)
        app.browse.session_place.save()
        await app.settle()
    async with open_app() as app:
        await app.until(lambda: app.browse.session_place.restored)
        assert app.browse.input.value == "harb"
        assert app.results.total == 0


async def test_the_preview_marks_the_hits_of_the_newest_query(open_app: Open) -> None:
    async with open_app(size=(140, 30)) as app:
        await app.type("Bamako")
        await app.press("enter")
        await app.until(lambda: app.browse.reader.hit_count > 0)
        article, hits = app.article.id, app.browse.reader.hit_count
        app.browse.run_worker(app.browse.search.search_for("Bamako harbour", stay_at=article))
        await app.until(lambda: app.browse.reader.hit_count > hits)
        assert app.article.id == article
        app.browse.run_worker(app.browse.search.search_for("zzzqq"))
        await app.until(lambda: app.browse.reading.article is None)
        assert "Bamako" not in "".join(app.shown()[2:-2])


async def test_the_state_is_private(open_app: Open) -> None:
    await leave_in_the_text(open_app)
    files = [path for path in state_root().rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_earlier_queries_come_back_by_up_and_by_a_search(open_app: Open) -> None:
    async with open_app() as app:
        for query in ("harbour", "weather"):
            await app.press("slash", "ctrl+u")
            await app.type(query)
            await app.press("enter")
        await app.press("slash", "ctrl+e", "ctrl+u", "up")
        assert app.browse.input.value == "weather"
        await app.press("up")
        assert app.browse.input.value == "harbour"
        await app.press("down")
        assert app.browse.input.value == "weather"
        await app.press("ctrl+u")
        await app.type("harb")
        await app.press("ctrl+r")
        assert app.browse.input.value == "harbour"


async def test_resizing_keeps_the_paragraph_on_top(open_app: Open) -> None:
    async with open_app(size=(120, 40)) as app:
        await app.press("enter", "enter", "j", "j", "j", "j", "j")
        text = app.article.text
        paragraph = text.count("\n", 0, app.browse.reader.top_offset)
        for size in ((80, 24), (50, 12), (80, 24)):
            await app.pilot.resize_terminal(*size)
            await app.settle()
            assert text.count("\n", 0, app.browse.reader.top_offset) == paragraph


async def test_every_size_survives(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "enter")
        for size in ((1, 1), (3, 2), (20, 5), (300, 100), (80, 1), (1, 60), (80, 24)):
            await app.pilot.resize_terminal(*size)
            await app.settle()
            await app.press("n", "q", "enter")
        assert any("harbour" in line.lower() for line in app.shown())


async def test_a_damaged_state_file_does_no_harm(open_app: Open, tmp_path: Path) -> None:
    await leave_in_the_text(open_app)
    for path in state_root().rglob("*.json"):
        path.write_text("{")
    async with open_app() as app:
        assert app.results.total == 12


async def test_escape_at_the_list_does_not_end_the_program(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "escape", "escape")
        assert app.app.return_value is None
        assert "Press q to quit" in app.browse.message
        await app.press("enter", "escape")
        assert app.browse.place is Place.LIST


@pytest.mark.parametrize("key", ["escape", "h", "left"])
async def test_a_key_back_to_the_list_that_is_pressed_twice_at_once_does_not_end_the_program(
    open_app: Open, key: str
) -> None:
    async with open_app() as app:
        await app.press("enter", "enter")
        assert app.browse.is_reading
        answer = asyncio.Event()
        app.browse.hold_keys_for(_wait(answer))
        for _ in range(2):  # as they come while another command is still running
            app.browse.key = key
            app.browse.action_do("back" if key == "escape" else "close-reader")
        answer.set()
        await app.until(lambda: not app.browse.busy)
        assert app.browse.place is Place.LIST
        assert app.app.return_value is None
        await app.press("q")
        assert app.app.return_value == 0


async def test_a_key_that_another_screen_got_is_known_to_the_one_its_command_runs_on(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "M", "j", "escape")
        assert app.app.screen is app.browse
        assert app.browse.key == "escape"
        app.browse.action_do("back")
        await app.pilot.pause()
        assert app.app.return_value is None


async def _wait(event: asyncio.Event) -> None:
    await event.wait()


async def test_work_that_ends_after_the_screen_was_left_does_no_harm(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "enter")
        browse, article = app.browse, app.article
        assert article is not None
        await app.app.push_screen(MessagesScreen(browse.session))
        await browse.remove()
        browse.reader.show(article, ())
        browse.search.repeat()
        browse.session_place.save()
        browse.notify_user("late")
        browse.show_caret(3)
        browse.focus_on(browse.articles)
        await app.pilot.pause()
        assert app.app.return_value is None


async def test_the_place_is_kept_at_the_moment_of_leaving(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "j", "j", "enter")
        left = app.article.id
        await app.pilot.press("Q")
    async with open_app() as app:
        assert app.article.id == left


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
async def test_the_paragraph_is_kept_at_the_moment_of_a_signal(
    open_app: Open, number: signal.Signals
) -> None:
    async with open_app(size=(70, 14)) as app:
        await app.type("harbour")
        await app.press("enter", "j", "j", "enter")
        app.browse.session_place.save_now()
        await app.press("j", "j", "j", "j")
        article_id, offset = app.article.id, app.browse.reader.top_offset
        process._leave(app.app, number)
    async with open_app(size=(70, 14)) as app:
        assert (app.article.id, app.browse.reader.top_offset) == (article_id, offset)


@pytest.mark.parametrize("size", [(60, 9), (120, 9)])
async def test_the_list_comes_back_with_the_paragraph_where_its_article_was_left(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size=(60, 9)) as app:
        await app.type("harbour")
        await app.press("enter", "j", "enter", "G", "q", "q")
        offset = app.browse.session.place.offsets[app.article.id]
        assert offset > 0
    async with open_app(size=size) as app:
        reader = app.browse.reader
        assert not app.browse.is_reading
        if app.browse.shows_article:
            assert reader.visible_span.start <= offset < reader.visible_span.end
        await app.press("escape", "enter")
        assert app.browse.is_reading
        assert reader.visible_span.start <= offset < reader.visible_span.end


async def test_a_private_session_leaves_no_history_no_places_and_no_log(open_app: Open, news: Path) -> None:
    private = Settings(glyphs="unicode", log=True, private=True)
    async with open_app(settings=private) as app:
        await app.type("harbour")
        await app.press("enter", "enter", "j", "q")
        await app.app._archive_requested(requests.ArchiveRequested((news,)))
        await app.until(lambda: app.browse.session_place.restored)
    assert not state_root().exists() or not [each for each in state_root().rglob("*") if each.is_file()]


async def test_a_session_with_a_log_notes_searches_and_what_was_opened(open_app: Open) -> None:
    async with open_app(settings=Settings(glyphs="unicode", log=True)) as app:
        await app.type("harbour")
        await app.press("enter", "enter", "J")
        titles = [each.title for each in app.browse.session.archive.headers(app.results.ids(0, 2))]
    found = [(entry.do, entry.query or entry.title) for entry in entries()]
    assert found == [("search", "harbour"), *(("open", title) for title in titles)]


async def test_back_leads_from_a_search_to_the_list_of_names_that_it_was_opened_from(
    open_app: Open, seeds: Path
) -> None:
    async with open_app(seeds) as app:
        await app.type("Kremlin")
        await app.press("enter")
        assert "opens the article" in app.shown()[-1]
        await app.press("e")
        await app.until(lambda: app.entities.entity is not None)
        names, name = app.entities, app.entities.entity
        await app.press("j", "k", "asterisk")
        assert app.screen() is app.browse and "person:" in app.browse.input.value
        await app.press("enter", "q")  # into an article and back to its list
        assert app.place() is Place.LIST and app.app.return_value is None
        assert "q back" in app.shown()[-1]
        await app.press("escape")
        assert app.screen() is names and app.entities.entity == name
        assert app.browse.input.value == "Kremlin"
        await app.press("q")
        assert app.screen() is app.browse and app.place() is Place.LIST
        assert "q quit" in app.shown()[-1]
        await app.press("q")
        assert app.app.return_value == 0


async def test_back_leads_from_an_article_to_the_card_that_it_was_opened_from(
    open_app: Open, seeds: Path
) -> None:
    async with open_app(seeds) as app:
        await app.type("Kremlin")
        await app.press("enter", "enter", "right_square_bracket", "enter")
        await app.until(lambda: "Latest sentences" in "\n".join(app.shown()))
        card = app.screen()
        await app.press("enter")
        assert app.screen() is app.browse and app.browse.is_reading
        await app.press("q")
        assert app.screen() is card
        await app.press("enter", "h")  # the list of that article is on the way back now
        assert app.place() is Place.LIST
        await app.press("q")
        assert app.screen() is card
        await app.press("q")
        assert app.browse.is_reading and app.browse.input.value == "Kremlin"
        await app.press("q")
        assert app.place() is Place.LIST and app.app.return_value is None


async def test_a_line_of_a_card_opens_its_article_again_and_again(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("Kremlin")
        await app.press("enter", "enter", "right_square_bracket", "enter")
        await app.until(lambda: "Latest sentences" in "\n".join(app.shown()))
        card = app.screen()
        assert isinstance(card, EntityCardScreen)
        panel: EntityCardScreen = card
        for _ in range(3):
            rows = panel.all_lines
            await app.press("enter")
            assert app.screen() is app.browse and app.browse.is_reading
            await app.press("q")
            assert app.screen() is card
            panel.put(rows)  # not laid out anew in between


async def test_the_cursor_stays_on_its_item_when_a_panel_is_laid_out_anew(
    open_app: Open, seeds: Path
) -> None:
    first, second = object(), object()
    async with open_app(seeds) as app:
        await app.press("enter", "question_mark")
        panel = app.screen()
        assert isinstance(panel, HelpScreen)
        panel.put([Line("head"), Line("a", target=first), Line("b", target=second), Line("c", target=second)])
        panel.lines.cursor = 3
        panel.reflow([Line("head"), *(Line("a", target=first) for _ in range(4)), Line("b c", target=second)])
        assert panel.lines.line is not None and panel.lines.line.text == "b c"
        panel.reflow([Line("none")])
        assert panel.lines.cursor == 0


async def test_keys_wait_until_the_way_back_has_ended_below_a_card(
    open_app: Open, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, may_go = asyncio.Event(), asyncio.Event()
    step_back = NavigationController.step_back

    async def slowly(self: NavigationController, step: Origin) -> None:
        going.set()
        await may_go.wait()
        await step_back(self, step)

    async with open_app(seeds) as app:
        await app.type("Kremlin")
        await app.press("enter", "enter", "right_square_bracket", "enter")
        await app.until(lambda: "Latest sentences" in "\n".join(app.shown()))
        card = app.screen()
        await app.press("enter")
        monkeypatch.setattr(NavigationController, "step_back", slowly)
        await app.pilot.press("q")
        await going.wait()
        assert app.screen() is card
        await app.pilot.press("enter", "h")
        may_go.set()
        await app.settle()
        assert app.screen() is app.browse and app.place() is Place.LIST
        await app.press("q")
        assert app.screen() is card


async def test_screens_on_the_way_back_are_given_up_when_there_are_many(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "e")
        first = app.entities
        for _ in range(9):
            await app.until(lambda: app.entities.entity is not None)
            await app.press("asterisk", "e")
        assert not first.is_attached
        assert sum(1 for _ in app.browse.navigation.trail.screens) == 8
