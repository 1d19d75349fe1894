"""What comes late moves nothing that was moved since; what cannot run now runs afterwards; no key is lost.

The tests hold work at a gate and let it go in the wrong order, so none depends on the clock.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedread.actions.handlers import Call
from seedread.screens.browse import reading
from seedread.screens.browse.background_work import Work, WorkUpdate
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search_thread import Answer, Request, Searches
from seedread.screens.entities.list_screen import EntitiesScreen
from seedread.userdata.session_state import SessionState, SessionStore, dumped
from seedread_index.archive import Archive

from .conftest import Open, Running


class Gate:
    """A function that waits, the first time it is called, until it is let go."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self, *arguments: object, **options: object) -> object:
        if not self.reached.is_set():
            self.reached.set()
            assert self.open.wait(30)
        return self._function(*arguments, **options)


def at_gate(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> Gate:
    gate = Gate(getattr(owner, name))

    def function(*arguments: object, **options: object) -> object:  # one that binds to its instance
        return gate(*arguments, **options)

    monkeypatch.setattr(owner, name, function)
    return gate


async def test_eight_quick_steps_with_the_preview_open_end_on_the_eighth_row(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "p")
        await app.pilot.press(*"jjjjjjjj")
        await app.settle()
        assert app.browse.articles.cursor == app.browse.row == 8
        assert app.article.id == app.results.ids()[8]


async def test_a_late_preview_leaves_the_cursor_where_it_is(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.press("enter", "p")
        gate = at_gate(monkeypatch, reading, "_loaded")
        late = asyncio.create_task(app.browse.reading.show_row(1, only_if_new=True))
        await app.until(gate.reached.is_set)
        app.browse.articles.cursor = 7
        gate.open.set()
        assert not await late
        await app.settle()
        assert app.browse.row == 7
        assert app.article.id == app.results.ids()[7]


async def test_a_late_preview_leaves_the_paragraph_of_what_was_opened_since(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(size=(120, 8)) as app:
        await app.press("enter")
        app.browse.reading.clear()
        gate = at_gate(monkeypatch, reading, "_loaded")
        late = asyncio.create_task(app.browse.reading.show_row(0, only_if_new=True))
        await app.until(gate.reached.is_set)
        await app.browse.reading.show_row(0)
        app.browse.focus_on(app.browse.reader)
        app.browse.reader.action_end()
        offset = app.browse.reader.top_offset
        gate.open.set()
        assert not await late
        await app.settle()
        assert app.browse.reader.top_offset == offset > 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_a_session_comes_back_to_its_paragraph_though_a_preview_is_late(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with open_app(size=(60, 9)) as app:
        await app.press("enter", "enter", "G")
        article, offset = app.article, app.browse.reader.top_offset
        app.browse.session_place.save()
        await app.settle()
    opened = asyncio.Event()
    show_row = ReadingController.show_row

    async def gated(*arguments: Any, only_if_new: bool = False) -> bool:
        if only_if_new:
            await opened.wait()
        shown = await show_row(*arguments, only_if_new=only_if_new)
        opened.set()
        return shown

    monkeypatch.setattr(ReadingController, "show_row", gated)
    async with open_app(size=size) as app:
        assert app.browse.is_reading
        assert app.article.id == article.id
        seen = app.browse.reader.visible_span
        assert seen.start <= offset < seen.end


async def test_a_preview_does_not_forget_how_far_an_article_was_read(open_app: Open) -> None:
    async with open_app(size=(120, 8)) as app:
        await app.press("enter", "enter", "G", "q")
        article, offset = app.article.id, app.browse.session.place.offsets[app.article.id]
        assert offset > 0
        await app.press("slash")
        await app.type("harbour")
        await app.press("enter", *"jjjk")
        await app.until(lambda: app.browse.reading.article is not None)
        row = app.browse.search.row_of(article)
        assert row is not None
        app.browse.articles.cursor = row
        await app.settle()
        assert app.article.id == article
        assert app.browse.session.place.offsets[article] == offset


async def test_coming_back_leaves_alone_whoever_has_begun_to_type(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.press("enter", "enter", "j")
        app.browse.session_place.save()
        await app.settle()
    gate = at_gate(monkeypatch, reading, "_loaded")

    async def first_results(running: Running) -> None:
        await running.until(gate.reached.is_set)
        running.browse.input.value = "weather"
        gate.open.set()
        await running.until(lambda: running.browse.session_place.restored)

    monkeypatch.setattr(type(app), "started", first_results)
    async with open_app() as app:
        await app.settle()
        assert app.browse.input.value == app.browse.search.query_text == "weather"
        assert not app.browse.is_reading


def test_an_older_place_never_takes_the_place_of_a_newer_one(tmp_path: Path) -> None:
    store = SessionStore("digest", tmp_path)
    store.want(dumped(SessionState(query="older")))
    store.want(dumped(SessionState(query="newer")))  # and the thread of the first comes last
    store.flush()
    store.flush()
    assert SessionStore("digest", tmp_path).load().query == "newer"


def test_read_marks_are_written_in_the_order_they_were_made(tmp_path: Path) -> None:
    store = SessionStore("digest", tmp_path)
    store.want_read(["a", "b"], read=True)
    store.want_read(["a"], read=False)
    store.flush()
    assert SessionStore("digest", tmp_path).load_read() == {"b"}


async def test_quick_toggles_tick_row_after_row(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter")
        for _ in range(3):
            app.browse.call_command(Call("tick"))  # with nothing in between, as quick as can be
        assert app.browse.articles.ticked == frozenset(app.results.ids()[:3])
        assert app.browse.row == 3


async def test_counts_repeat_what_can_be_repeated(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter")
        await app.pilot.press(*"4x")
        ids = app.results.ids()
        await app.until(lambda: app.browse.articles.ticked == frozenset(ids[:4]))
        assert app.browse.row == 4
        await app.press(*"4x4k4x")  # over two ticked ones and two that are not
        await app.press(*"X", "X", "g", "2", "u")
        assert app.browse.session.read_ids == frozenset(ids[:2])
        await app.press(*"2J")
        assert app.browse.row == 3


async def test_a_count_of_ticks_ends_with_the_list(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "G", "k", *"9x")
        assert app.browse.articles.ticked == frozenset(app.results.ids()[-2:])


async def test_a_count_of_ticks_in_the_text_goes_down_the_list(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "enter", *"3x")
        assert app.browse.articles.ticked == frozenset(app.results.ids()[:3])
        assert app.browse.row == 0


async def test_a_count_of_hits_counts_the_one_that_opens_the_preview(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("weather")
        await app.press("enter", *"3n")
        assert app.browse.row == 2  # one hit to an article


async def test_a_late_search_follows_the_cursor(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app() as app:
        await app.press("enter")
        gate = at_gate(monkeypatch, Archive, "search")
        app.browse.search.repeat()
        await app.until(gate.reached.is_set)
        app.browse.articles.cursor = 4
        gate.open.set()
        await app.settle()
        assert app.browse.row == 4


async def test_keys_after_enter_are_for_the_results_of_the_query(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.type("harbour")
        gate = at_gate(monkeypatch, Archive, "search")
        await app.pilot.press("enter")
        await app.until(gate.reached.is_set)
        await app.pilot.press(*"jjx")
        gate.open.set()
        await app.settle()
        assert app.browse.row == 3
        assert app.browse.articles.ticked == {app.results.ids()[2]}


async def test_ctrl_c_drops_the_keys_that_wait(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app() as app:
        await app.press("enter")
        monkeypatch.setattr(app.app._keys, "_ready", lambda: False)
        await app.pilot.press(*"jjx", "ctrl+c")
        monkeypatch.setattr(app.app._keys, "_ready", lambda: True)
        await app.press("j")
        assert app.browse.row == 1
        assert not app.browse.articles.ticked


async def test_news_of_the_archive_does_not_swallow_enter(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.type("harbour")
        gate = at_gate(monkeypatch, Archive, "search")
        await app.pilot.press("enter")
        await app.until(gate.reached.is_set)
        app.browse.search.repeat()
        gate.open.set()
        await app.settle()
        assert "harbour" in app.browse.session.history.queries
        assert app.browse.row == 0


async def test_an_answer_that_was_overtaken_is_dropped(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        archive = app.browse.session.archive
        gate = at_gate(monkeypatch, archive, "search")
        shown: list[Answer] = []
        searches = Searches(archive, shown.append)
        assert searches.submit(Request("weather"))
        run = asyncio.create_task(searches.run(frozenset))
        await app.until(gate.reached.is_set)
        assert not searches.submit(Request("harbour"))
        gate.open.set()
        await run
        assert [answer.request.text for answer in shown] == ["harbour"]


async def test_keys_wait_for_a_completion_in_a_prompt(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.press("enter", "f", "f")
        await app.type("harb")
        gate = at_gate(monkeypatch, Archive, "complete")
        await app.pilot.press("tab", "enter")
        await app.until(gate.reached.is_set)
        gate.open.set()
        await app.settle()
        assert app.browse.search.filter_text == "harbour"


async def test_the_reader_follows_the_keyboard_into_the_text(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(size=(120, 30)) as app:
        await app.press("enter")
        app.browse.articles.cursor = 5
        app.browse.focus_on(app.browse.reader)  # before the list could tell of its cursor
        await app.browse.reading.show_in_focused_reader()
        assert app.article.id == app.results.ids()[5]


async def test_a_late_list_of_names_is_dropped_and_the_cursor_stays_on_its_name(
    open_app: Open, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "e", *"jj")
        panel = app.app.screen
        assert isinstance(panel, EntitiesScreen)
        assert panel.entity is not None
        name = panel.entity.name
        gate = at_gate(monkeypatch, Archive, "entities")
        late = asyncio.create_task(panel.load(cursor=0))
        await app.until(gate.reached.is_set)
        panel.sort = "name"
        await panel.load()
        assert panel.entity.name == name
        gate.open.set()
        await late
        assert panel.entity.name == name


async def test_a_count_of_ticks_ends_with_the_names(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "e", "G", "k", *"9x")
        panel = app.panel
        assert panel.lines.ticked == {line.target for line in panel.lines.lines[-2:]}


async def test_results_that_change_do_not_change_what_is_being_read(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", *"jjj", "enter")
        article, results = app.article, app.results
        left = app.browse.session.archive.search("nobody has this")
        answer = Answer(Request("", typing=False, follow=True), replace(results, rows=left.rows))
        app.browse.search.take_answer(answer)
        await app.settle()
        assert app.browse.reading.article is article
        await app.press("x")
        assert app.browse.articles.ticked == {article.id}


async def test_articles_that_are_read_meanwhile_move_neither_the_selected_one_nor_its_line(
    open_app: Open, tmp_path: Path
) -> None:
    folder = tmp_path / "growing"
    folder.mkdir()

    def write(numbers: range) -> None:
        for number in numbers:
            text = f"Harbour talks number {number}\n\n20{number:02}-05-15\n\nThe harbour waits for boats.\n"
            (folder / f"{number:02}.txt").write_text(text)

    write(range(10, 30))
    with Archive.open([folder]) as archive:
        archive.sync()
        async with open_app(folder) as app:
            await app.press("enter", *"jjjjj")
            articles = app.browse.articles
            here, line = articles.hit, articles.line_of_cursor
            for more in (range(30, 38), range(38, 60)):  # newer ones, which stand above
                write(more)
                archive.sync()
                app.browse.search.repeat()
                await app.settle()
                assert articles.hit is not None and here is not None
                assert (articles.hit.id, articles.line_of_cursor) == (here.id, line)
            assert articles.total == 50


async def test_better_results_that_come_while_typing_are_in_view(open_app: Open, tmp_path: Path) -> None:
    folder = tmp_path / "growing"
    folder.mkdir()

    def write(number: int, times: int) -> None:
        words = "The harbour waits. " * times + "Boats and trains and buses of the town are late. " * (
            9 - times
        )
        (folder / f"{number:02}.txt").write_text(f"Talks number {number}\n\n2021-05-15\n\n{words}\n")

    for number in range(30):
        write(number, 1)
    with Archive.open([folder]) as archive:
        archive.sync()
        async with open_app(folder) as app:
            await app.type("harbour")
            articles = app.browse.articles
            for number in (40, 50):
                write(number, number // 6)
                archive.sync()
                app.browse.search.repeat()
                await app.settle()
                assert articles.cursor == articles.top == 0
                assert articles.hit is not None and articles.hit.title == f"Talks number {number}"
            assert articles.total == 32


async def test_lists_of_names_say_that_there_may_be_more_and_show_them_in_the_end(
    open_app: Open, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [WorkUpdate()]
    monkeypatch.setattr(Work, "poll", lambda *_: now[0])
    async with open_app(seeds) as app:

        async def work(update: WorkUpdate) -> None:
            now[0] = update
            await app.until(lambda: app.browse.background.activity == update.activity)
            await app.settle()

        await work(WorkUpdate("finding names 1 of 2", names_missing=True))
        await app.press("enter", "e")
        await app.until(lambda: app.entities.entity is not None)
        assert " names so far, most mentioned; finding names 1 of 2" in app.shown()[0]
        loads = app.entities._loads
        await work(WorkUpdate("finding names 2 of 2", names_missing=True))
        assert "; finding names 2 of 2" in app.shown()[0] and app.entities._loads == loads
        await work(WorkUpdate("finding quotations"))
        await app.until(lambda: app.entities._loads > loads)
        await app.settle()
        assert "so far" not in app.shown()[0] and "finding" not in app.shown()[0]
        await work(WorkUpdate("reading 1 of 9", names_missing=True))
        await app.press("enter")
        await app.until(lambda: "person; reading 1 of 9" in "\n".join(app.shown()))
        await app.press("C")
        await app.until(lambda: "reading 1 of 9" in app.shown()[0])
        await app.press("q", "q", "q", "E")
        await app.until(lambda: "names so far" in app.shown()[0] and "reading 1 of 9" in app.shown()[0])


async def test_the_name_on_a_card_and_the_title_of_a_list_go_before_progress(
    open_app: Open, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = WorkUpdate("finding names 122 of 1,000", names_missing=True)
    monkeypatch.setattr(Work, "poll", lambda *_: now)
    async with open_app(seeds, size=(120, 40)) as app:
        await app.until(lambda: app.browse.session.finding_names == now.activity)
        await app.press("enter", "e")
        await app.until(lambda: app.entities.entity is not None)
        assert "; finding names 122 of 1,000" in app.shown()[0]
        await app.press("slash")
        await app.type("erdogan")
        await app.press("enter", "enter")
        await app.until(
            lambda: any("Recep Tayyip Erdogan" in row and row.endswith("person") for row in app.shown())
        )
        await app.press("q")
        await app.pilot.resize_terminal(60, 24)
        await app.until(lambda: app.shown()[0].endswith("1 name so far, most mentioned"))
        assert app.shown()[0].startswith("  Names in all articles  ")


async def test_a_list_without_names_says_whether_more_may_come(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [WorkUpdate("linking names", names_missing=True)]
    monkeypatch.setattr(Work, "poll", lambda *_: now[0])
    monkeypatch.setattr(Archive, "entities", lambda *_, **__: ())
    async with open_app() as app:
        await app.until(lambda: app.browse.session.finding_names == "linking names")
        await app.press("enter", "enter", "left_square_bracket", "left_square_bracket")
        assert app.browse.message == "No further name so far; linking names"
        await app.press("e")
        await app.until(lambda: "No names yet; they appear as they are found" in "\n".join(app.shown()))
        assert " 1 of 1" not in app.shown()[-1]
        await app.press("slash")
        await app.type("zzzqq")
        await app.press("enter")
        await app.until(lambda: "No name so far contains zzzqq" in "\n".join(app.shown()))
        now[0] = WorkUpdate()
        await app.press("q")
        await app.until(lambda: "No names here" in "\n".join(app.shown()))


async def test_ticked_names_stay_under_their_headings_and_the_hints_say_what_can_be_done(
    open_app: Open, seeds: Path
) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "e")
        await app.until(lambda: app.entities.entity is not None)

        whole = [row.rstrip() for row in app.shown()[2:6]]
        await app.press("x")
        assert app.shown()[1].startswith("    Name")
        assert [row[4:] for row in app.shown()[2:6]] == [row[2:] for row in whole]
        assert "x tick  M merge  X hide" in app.shown()[-1]
        await app.press("k", "x")
        assert app.shown()[1].startswith("  Name") and "s sort" in app.shown()[-1]
