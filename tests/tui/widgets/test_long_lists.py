"""Lists that draw only the rows that are looked at: concordances; and charts and changes row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from textual.app import App, ComposeResult

from seedread.analysis.concordance import ContextLine, sorted_lines
from seedread.analysis.counts import Timeline, periods
from seedread.analysis.word_diff import word_diff
from seedread.widgets.bar_list import BarLine, BarList
from seedread.widgets.context_list import ContextList, ContextRows
from seedread.widgets.line_list import LineList
from seedread.widgets.rendering.cells import clipped_start


def context(number: int, left: str = "left of it", right: str = "right of it") -> ContextLine:
    return ContextLine(str(number), f"{number}.txt", "A title", None, None, 0, 3, left, "hit", right)


def app_of(widget: LineList) -> App[None]:
    class Holder(App[None]):
        def compose(self) -> ComposeResult:
            yield widget

    return Holder()


async def test_ten_thousand_lines_scroll_by_drawing_those_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    widget = ContextList()
    drawn = made = 0
    segments, row = ContextList.segments, ContextRows.__getitem__

    def counting(self: ContextList, *arguments: object) -> object:
        nonlocal drawn
        drawn += 1
        return segments(self, *arguments)  # type: ignore[arg-type]

    def making(self: ContextRows, at: int) -> object:
        nonlocal made
        made += 1
        return row(self, at)

    monkeypatch.setattr(ContextList, "segments", counting)
    monkeypatch.setattr(ContextRows, "__getitem__", making)
    async with app_of(widget).run_test(size=(80, 20)) as pilot:
        widget.set_lines(ContextRows([context(number) for number in range(10_000)]))
        await pilot.pause()
        drawn = made = 0
        for at in (9_999, 0, 5_000):
            widget.cursor = at
            await pilot.pause()
        assert widget.line is not None and widget.line.target == context(5_000)
        assert drawn <= 3 * 2 * 20 and made <= 3 * 2 * 20 + 10


async def test_hits_stand_one_under_the_other_behind_their_dates() -> None:
    widget = ContextList()
    async with app_of(widget).run_test(size=(80, 4)) as pilot:
        lines = [replace(context(n, left="x" * n * 20), date=dt.date(2021, 3, n + 1)) for n in range(3)]
        widget.set_lines(ContextRows([*lines, context(9)]))
        await pilot.pause()
        drawn = [widget.render_line(row).text for row in range(4)]
        assert [text[:12] for text in drawn] == [*(f" 2021-03-0{n}" + " " for n in (1, 2, 3)), " " * 12]
        assert len({text.index("hit") for text in drawn}) == 1
        assert "…xx" in drawn[2]


def test_lines_are_sorted_by_words_whatever_their_accents() -> None:
    rights = ["edge", "Écluse", "eclair", "zebra", "Énorme", "eclipse"]
    lines = [context(number, right=f" {word} x") for number, word in enumerate(rights)]
    assert [line.right.split()[0] for line in sorted_lines(lines, "right")] == [
        *("eclair", "eclipse", "Écluse", "edge", "Énorme", "zebra"),
    ]
    lines = [context(n, left=left) for n, left in enumerate(["b a", "a b", "c á", "Å a"])]
    assert [line.left for line in sorted_lines(lines, "left")] == ["Å a", "b a", "c á", "a b"]


@pytest.mark.parametrize(
    ("text", "width", "wanted"),
    [("abcdef", 6, "abcdef"), ("abcdef", 4, "…def"), ("ab 港の会議", 6, "…会議"), ("abc", 0, "")],
)
def test_a_text_is_cut_at_its_start_by_whole_graphemes(text: str, width: int, wanted: str) -> None:
    assert clipped_start(text, width) == wanted


async def test_bars_are_on_one_scale_and_show_whatever_there_is() -> None:
    widget = BarList()
    async with app_of(widget).run_test(size=(40, 10)) as pilot:
        widget.set_lines(
            [
                BarLine("2020", counts=(1000,)),
                BarLine("2021", counts=(500,)),
                BarLine("2022", counts=(1,)),
                BarLine("2023", counts=(0,)),
            ]
        )
        await pilot.pause()
        drawn = [widget.render_line(row).text for row in range(4)]
        full = drawn[0].count("█")
        assert full >= 20 and drawn[1].count("█") in (full // 2, full // 2 + 1)
        assert any(part in drawn[2] for part in "▏▎▍▌▋▊▉█")
        assert drawn[3].split() == ["2023", "0"]
        widget.set_lines([BarLine("x", counts=(2, 0, 2))])
        assert widget.render_line(0).text.split()[-3:] == ["2", "0", "2"]


def test_all_periods_between_the_first_and_the_last_are_named() -> None:
    assert list(periods("2019-11", "2020-02", "month")) == ["2019-11", "2019-12", "2020-01", "2020-02"]
    assert list(periods("2020-02-28", "2020-03-01", "day")) == ["2020-02-28", "2020-02-29", "2020-03-01"]
    assert list(periods("0999", "1001", "year")) == ["0999", "1000", "1001"]


@pytest.mark.parametrize(
    ("days", "unit"),
    [
        (["2020-01-01", "2020-03-02"], "day"),
        (["2020-01-01", "2020-03-03"], "month"),
        (["2020-01-01", "2024-12-31"], "month"),
        (["2020-01-01", "2025-01-01"], "year"),
        ([], "year"),
    ],
)
def test_the_unit_follows_the_span(days: list[str], unit: str) -> None:
    assert Timeline(dict.fromkeys(days, 1)).unit == unit


def words_of(text: str, spans: Iterator[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("seed", range(20))
def test_exactly_the_changed_words_are_marked(seed: int) -> None:
    random = Random(seed)
    vocabulary = [f"w{number}" for number in range(60)]
    old = [[random.choice(vocabulary) for _ in range(random.randrange(1, 12))] for _ in range(8)]
    new, added, dropped = [], 0, 0
    for paragraph in old:
        kept = []
        for word in paragraph:
            if random.random() < 0.1:
                dropped += 1
                continue
            kept.append(word)
            if random.random() < 0.1:
                kept.append(f"new{len(kept)}x{seed}")
                added += 1
        new.append(kept)
    texts = ["\n\n".join(map(" ".join, each)) for each in (old, new)]
    diff = word_diff(*texts)
    sides = [
        [side for side in each if side] for each in zip(*((p.old, p.new) for p in diff.pairs), strict=True)
    ]
    for text, found in zip(texts, sides, strict=True):
        assert [text[side.start : side.end] for side in found] == [p for p in text.split("\n\n") if p]
    unchanged = [
        [word for side in found for word in _unmarked(text, side.start, side.end, side.changed)]
        for text, found in zip(texts, sides, strict=True)
    ]
    assert unchanged[0] == unchanged[1]
    marked = [word for side in sides[1] for word in words_of(texts[1], iter(side.changed))]
    assert {word for word in marked if word.startswith("new")} == {
        word for paragraph in new for word in paragraph if word.startswith("new")
    }
    assert (len(marked), diff.dropped - diff.added) == (diff.added, dropped - added)


def _unmarked(text: str, start: int, end: int, changed: tuple[tuple[int, int], ...]) -> list[str]:
    """The words of a paragraph that are not marked."""
    letters = list(text)
    for first, last in changed:
        letters[first:last] = " " * (last - first)
    return "".join(letters[start:end]).split()
