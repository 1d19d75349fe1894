"""The result list: rows, cursor, supply and what it tells."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TypeVar

import pytest
from rich.cells import cell_len
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot

from seedread.widgets.results.result_list import ResultList
from seedread_index.model.article import Span

from .conftest import Host, MakeHit

Heard = TypeVar("Heard", bound=Message)


def messages(host: Host[ResultList], kind: type[Heard]) -> list[Heard]:
    return [message for message in host.heard if isinstance(message, kind)]


async def fill(
    host: Host[ResultList],
    pilot: Pilot[None],
    hit_of: MakeHit,
    total: int,
    *,
    key: object = 1,
    cursor: int = 0,
    rows: int = 60,
) -> None:
    await pilot.pause()
    host.widget.set_results(total, key=key, cursor=cursor)
    start = max(0, cursor - rows // 2)
    host.widget.supply(key, start, [hit_of(row) for row in range(start, min(start + rows, total))])
    await pilot.pause()


async def test_a_row_has_its_title_first_and_what_is_known_at_the_right_edge(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        list_host.widget.ticked = frozenset({"id0"})
        list_host.widget.read_ids = frozenset({"id1"})
        await fill(list_host, pilot, hit_of, 4)
        rows = [row.rstrip() for row in list_host.rows()]
        facts = "+1 near-duplicate  1 hit  The Daily Example"
        assert rows[0] == "▌✓ Title of row 0" + facts.rjust(80 - 17)
        assert rows[1] == "   Row 0: the mayor opened the bridge over the river."
        assert rows[2] == "   ~ Title of row 1" + "1 hit  The Daily Example  2020-02-02".rjust(80 - 19)
        assert rows[4].startswith(" • Title of row 2 ")


async def test_facts_give_way_to_a_title_and_blank_lines_to_rows(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        long = "A headline that is so long that it takes the whole of the width, as some headlines do"
        await fill(list_host, pilot, lambda row: hit_of(row + 1, title=long), 2)
        rows = [row.rstrip() for row in list_host.rows()]
        assert rows[0].endswith("…  2020-02-02") and "Daily" not in rows[0]
        assert rows[2] == "" and rows[3] != ""
        await fill(list_host, pilot, hit_of, 4, key=2)
        assert [row.rstrip() for row in list_host.rows()][2] != ""


async def test_an_empty_list_says_why_and_what_to_do(list_host: Host[ResultList]) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        list_host.widget.notice = ("No results for bridg", "Did you mean bridge? (F3)")
        list_host.widget.set_results(0, key=1)
        await pilot.pause()
        rows = [row.rstrip() for row in list_host.rows()]
        assert rows[:4] == ["", "   No results for bridg", "   Did you mean bridge? (F3)", ""]


async def test_the_mark_in_a_snippet_is_styled(list_host: Host[ResultList], hit_of: MakeHit) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        await fill(list_host, pilot, hit_of, 3)
        style = list_host.styles_of("bridge")[0]
        assert style.bold and style.underline and not style.dim


@pytest.mark.parametrize("inferred", [False, True])
async def test_the_marks_in_a_title_are_styled_as_far_as_it_is_shown(
    list_host: Host[ResultList], hit_of: MakeHit, inferred: bool
) -> None:
    title = "Mayor at the bridge, and a very long rest until the last bridge of all"
    hit = replace(
        hit_of(0, title=title, snippet="Nothing here."),
        title_inferred=inferred,
        title_marks=(Span(13, 19), Span(59, 65)),
    )
    async with list_host.run_test(size=(80, 10)) as pilot:
        await fill(list_host, pilot, lambda _: hit, 1)
        [style] = list_host.styles_of("bridge")
        assert style.underline
        assert not any(style.underline for style in list_host.styles_of("Mayor"))


async def test_a_hundred_thousand_rows_cost_only_those_in_view(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        list_host.widget.set_results(100_000, key="q")
        await pilot.pause()
        wanted = messages(list_host, ResultList.RowsRequested)
        assert [(message.key, message.start, message.stop_row) for message in wanted] == [("q", 0, 24)]
        list_host.widget.supply("q", 0, [hit_of(row) for row in range(24)])
        list_host.widget.action_end()
        await pilot.pause()
        assert list_host.widget.cursor == 99_999
        last = messages(list_host, ResultList.RowsRequested)[-1]
        assert (last.start, last.stop_row) == (99_976, 100_000)


async def test_rows_that_are_supplied_at_once_are_not_asked_for(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 24)) as pilot:
        await fill(list_host, pilot, hit_of, 1000, rows=24)
        assert not messages(list_host, ResultList.RowsRequested)
        await fill(list_host, pilot, hit_of, 1000, key=2, rows=12)
        assert [
            (message.start, message.stop_row) for message in messages(list_host, ResultList.RowsRequested)
        ] == [(12, 24)]


async def test_rows_are_asked_for_once_until_one_moves_away(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        list_host.widget.set_results(1000, key=1)
        await pilot.pause()
        list_host.widget.action_cursor_down(5)
        await pilot.pause()
        assert len(messages(list_host, ResultList.RowsRequested)) == 1


async def test_old_rows_stay_until_the_new_ones_have_come(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        await fill(list_host, pilot, hit_of, 10, key="old")
        before = list_host.rows()
        list_host.widget.set_results(5, key="new")
        await pilot.pause()
        assert list_host.rows() == before
        list_host.widget.supply("old", 0, [hit_of(90)])
        assert list_host.rows() == before
        list_host.widget.supply("new", 0, [hit_of(number, title="Other") for number in range(2)])
        assert list_host.rows() == before
        list_host.widget.supply("new", 2, [hit_of(number, title="Other") for number in range(2, 5)])
        assert all("Other" in row for row in list_host.rows()[::2])


async def test_no_results_are_shown_at_once(list_host: Host[ResultList], hit_of: MakeHit) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        await fill(list_host, pilot, hit_of, 10, key="old")
        list_host.heard.clear()
        list_host.widget.set_results(0, key="none")
        await pilot.pause()
        assert not "".join(list_host.rows()).strip()
        highlighted = messages(list_host, ResultList.Highlighted)
        assert len(list_host.heard) == 1
        assert [(message.index, message.hit) for message in highlighted] == [(0, None)]
        for action in ("cursor_down", "cursor_up", "page_down", "page_up", "home", "end", "open"):
            getattr(list_host.widget, f"action_{action}")()
        assert list_host.widget.cursor == 0


async def test_a_move_before_the_new_rows_have_come_shows_their_places(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        await fill(list_host, pilot, hit_of, 10, key="old")
        list_host.widget.set_results(5, key="new")
        list_host.widget.action_cursor_down()
        await pilot.pause()
        assert [row.rstrip() for row in list_host.rows()] == [
            "   …",
            "",
            "▌  …",
            "",
            "   …",
            "",
            "   …",
            "",
        ]


async def test_moving_the_cursor_draws_two_rows_again(
    list_host: Host[ResultList], hit_of: MakeHit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with list_host.run_test(size=(80, 24)) as pilot:
        await fill(list_host, pilot, hit_of, 100)
        drawn: list[Region | str] = []
        monkeypatch.setattr(
            list_host.widget, "refresh", lambda *regions, **_: drawn.extend(regions or ["all"])
        )
        list_host.widget.action_cursor_down()
        assert drawn == [Region(0, 0, 80, 2), Region(0, 2, 80, 2)]
        drawn.clear()
        list_host.widget.cursor = 12
        assert drawn == ["all"]
        drawn.clear()
        list_host.widget.ticked = frozenset({"id3", "id99"})
        assert drawn == [Region(0, 4, 80, 2)]


async def test_the_cursor_tells_its_row_and_again_when_the_row_arrives(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        await pilot.pause()
        list_host.widget.set_results(500, key=1)
        list_host.widget.cursor = 300
        await pilot.pause()
        list_host.heard.clear()
        hit = hit_of(300)
        list_host.widget.supply(1, 300, [hit])
        await pilot.pause()
        told = messages(list_host, ResultList.Highlighted)
        assert [(message.index, message.hit) for message in told] == [(300, hit)]


async def test_a_row_that_has_not_come_is_opened_when_it_does(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        await pilot.pause()
        list_host.widget.set_results(500, key=1)
        list_host.widget.action_open()
        await pilot.pause()
        assert not messages(list_host, ResultList.Opened)
        hit = hit_of(0)
        list_host.widget.supply(1, 0, [hit])
        await pilot.pause()
        assert [(message.index, message.hit) for message in messages(list_host, ResultList.Opened)] == [
            (0, hit)
        ]
        list_host.widget.supply(1, 0, [hit])
        await pilot.pause()
        assert len(messages(list_host, ResultList.Opened)) == 1


async def test_pages_move_the_view_and_the_cursor_together(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 9)) as pilot:
        await fill(list_host, pilot, hit_of, 60)
        rows = list_host.widget
        rows.action_cursor_down()
        rows.action_page_down()
        assert (rows.cursor, rows.top) == (5, 4)
        rows.action_page_down(2)
        assert (rows.cursor, rows.top) == (13, 12)
        rows.action_half_page_up()
        assert (rows.cursor, rows.top) == (11, 10)
        rows.action_page_up(10)
        assert (rows.cursor, rows.top) == (0, 0)
        rows.action_end()
        assert (rows.cursor, rows.top) == (59, 56)
        rows.action_home()
        assert (rows.cursor, rows.top) == (0, 0)
        rows.cursor = 999
        assert rows.cursor == 59


async def test_results_can_start_at_any_row(list_host: Host[ResultList], hit_of: MakeHit) -> None:
    async with list_host.run_test(size=(80, 9)) as pilot:
        await fill(list_host, pilot, hit_of, 1000, cursor=500)
        rows = list_host.widget
        assert rows.cursor == 500
        assert rows.top <= 500 < rows.top + rows.rows_in_view
        assert any("Title of row 500" in row for row in list_host.rows())


async def test_the_cursor_stays_in_view_when_the_pane_shrinks(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    async with list_host.run_test(size=(80, 40)) as pilot:
        await fill(list_host, pilot, hit_of, 60, cursor=15)
        for size in [(80, 10), (40, 3), (9, 2), (1, 1), (300, 100), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            first, stop = list_host.widget.view
            assert first <= 15 < stop


async def test_more_snippet_lines_show_more_of_it(list_host: Host[ResultList], hit_of: MakeHit) -> None:
    async with list_host.run_test(size=(40, 12)) as pilot:
        long = " ".join(f"word{number}" for number in range(30)) + " bridge " + "tail " * 30
        list_host.widget.snippet_lines = 3
        await pilot.pause()
        list_host.widget.set_results(3, key=1)
        list_host.widget.supply(1, 0, [hit_of(row, snippet=long) for row in range(3)])
        await pilot.pause()
        assert sum("bridge" in row for row in list_host.rows()) == 3
        assert all(row.strip() for row in list_host.rows())
        list_host.widget.snippet_lines = 0
        await pilot.pause()
        assert sum("Title" in row for row in list_host.rows()) == 3


@pytest.mark.parametrize(
    "size", [(1, 1), (2, 3), (8, 2), (9, 3), (20, 5), (39, 7), (64, 9), (80, 24), (300, 100)], ids=str
)
async def test_every_row_is_exactly_as_wide_as_the_pane(
    list_host: Host[ResultList], hit_of: MakeHit, size: tuple[int, int]
) -> None:
    titles = [
        "漢字" * 40,
        "مرحبا بالعالم " * 6,
        "👨‍👩‍👧🇩🇪 " * 20,
        "bad \x1b]0;x\x07 [@click=quit]",
        "e\u0301" * 90,
        "",
    ]
    hits = [
        hit_of(row, title=titles[row % 6], snippet=titles[(row + 1) % 6] + " bridge " + titles[row % 6])
        for row in range(60)
    ]
    async with list_host.run_test(size=size) as pilot:
        rows = list_host.widget
        rows.ascii_only = size[0] == 20
        await pilot.pause()
        rows.set_results(100, key=1)
        rows.supply(1, 0, hits)
        dice = random.Random(3)
        for _ in range(40 if size[0] < 100 else 8):
            dice.choice(
                [rows.action_cursor_down, rows.action_page_down, rows.action_page_up, rows.action_end]
            )()
            for line in list_host.rows():
                assert cell_len(line) == size[0]
                assert not set(line) & set("\x1b\x07\n")
        rows.action_home()
        if size[0] >= 20 and size[1] > 1:
            assert "bridge" in list_host.rows()[1]


async def test_the_focused_cursor_stands_out_by_style(list_host: Host[ResultList], hit_of: MakeHit) -> None:
    async with list_host.run_test(size=(80, 8)) as pilot:
        await fill(list_host, pilot, hit_of, 3)
        list_host.widget.focus()
        await pilot.pause()
        assert list_host.styles_of("Title of row 0")[0].reverse
        assert not list_host.styles_of("Title of row 2")[0].reverse
        list_host.screen.set_focus(None)
        await pilot.pause()
        assert not list_host.styles_of("Title of row 0")[0].reverse


async def test_beside_the_text_a_title_is_shown_in_full_and_its_date_after_it(
    list_host: Host[ResultList], hit_of: MakeHit
) -> None:
    long = "A headline about the bridge that is too long for a narrow list, with a bridge"
    titles = {0: long, 1: "A short one", 2: "A headline with no room for its date on it"}
    made = {
        row: replace(hit_of(2 * row + 1, title=title), title_inferred=False) for row, title in titles.items()
    }
    made[0] = replace(made[0], title_marks=(Span(21, 27), Span(71, 77)))
    async with list_host.run_test(size=(48, 24)) as pilot:
        list_host.widget.beside_text = True
        await fill(list_host, pilot, made.__getitem__, 3)
        rows = [row.rstrip() for row in list_host.rows()]
        assert rows[0] == "▌• A headline about the bridge that is too long"
        assert rows[1] == "   for a narrow list, with a bridge".ljust(38) + "2020-02-02"
        assert rows[2].startswith("   Row 1: ") and rows[3] == ""
        assert rows[4].startswith(" • A short one ") and rows[4].endswith("  2020-02-04")
        assert rows[5].startswith("   Row 3: the mayor") and rows[6].startswith("   ") and rows[6].strip()
        assert rows[8].endswith("its date on it") and rows[9].endswith("  2020-02-06")
        assert all(style.underline for style in list_host.styles_of("bridge")[:2])


@pytest.mark.parametrize(("before", "after"), [(40, 900), (8, 900), (900, 40)])
async def test_the_article_under_the_cursor_stays_on_its_line_when_rows_are_inserted(
    list_host: Host[ResultList], hit_of: MakeHit, before: int, after: int
) -> None:
    async with list_host.run_test(size=(80, 24)) as pilot:
        await fill(list_host, pilot, hit_of, before)
        listed = list_host.widget
        listed.action_cursor_down(5)
        line = listed.line_of_cursor
        for inserted in (7, 3, 11):  # one commit after another, each with rows above
            listed.set_results(after, key=inserted, cursor=listed.cursor + inserted, same=True)
            listed.supply(inserted, 0, [hit_of(number) for number in range(60)])
            await pilot.pause()
            assert abs(listed.line_of_cursor - line) < listed.row_height
        assert listed.cursor == 5 + 7 + 3 + 11
