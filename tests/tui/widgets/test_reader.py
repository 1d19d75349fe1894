"""The reader: what it shows, where it stands, and that it stays there."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from seedread.widgets.reader.reader import Reader
from seedread_index.model.article import Article, PassageKind, Span

from .conftest import Host, SpansOf

Make = Callable[..., Article]
LONG = "\n\n".join(
    f"Paragraph {number}: the mayor opened the bridge over the river, and many people came to see it."
    for number in range(400)
)


async def test_it_shows_header_and_paragraphs_with_blank_lines_between(
    reader_host: Host[Reader], article_of: Make
) -> None:
    async with reader_host.run_test(size=(80, 12)) as pilot:
        reader_host.widget.show(article_of("The mayor came.\nThe people cheered."))
        await pilot.pause()
        rows = [row.strip() for row in reader_host.rows()]
        assert rows[:7] == [
            "Mayor opens the new bridge",
            "2020-02-28 · The Daily Example · 6 words · 1 min",
            "",
            "The mayor came.",
            "",
            "The people cheered.",
            "",
        ]


async def test_it_opens_at_the_first_hit_and_marks_its_row(
    reader_host: Host[Reader], article_of: Make, spans_of: SpansOf
) -> None:
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        hits = spans_of(LONG, "Paragraph 200:")
        reader.show(article_of(LONG), hits)
        await pilot.pause()
        row = next(row for row in reader_host.rows() if "Paragraph 200:" in row)
        assert row.startswith("▶ ")
        assert reader.hit_index == 0
        assert reader_host.styles_of("Paragraph 200:")[0].reverse


async def test_an_article_shown_before_there_is_room_opens_at_its_hit(
    article_of: Make, spans_of: SpansOf
) -> None:
    class Early(App[None]):
        def compose(self) -> ComposeResult:
            reader = Reader()
            reader.show(article_of(LONG), spans_of(LONG, "Paragraph 200:"))
            yield reader

    app = Early()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = app.query_one(Reader).visible_span
        assert seen.start <= LONG.index("Paragraph 200:") < seen.end


async def test_a_noted_place_comes_back_on_top(reader_host: Host[Reader], article_of: Make) -> None:
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article_of(LONG))
        reader.scroll_lines(123)
        await pilot.pause()
        noted = reader.top_offset
        rows = reader_host.rows()
        reader.show(None)
        reader.show(article_of(LONG), at=noted)
        await pilot.pause()
        assert reader.top_offset == noted
        assert reader_host.rows() == rows


async def test_the_same_words_stay_on_top_at_every_size(reader_host: Host[Reader], article_of: Make) -> None:
    async with reader_host.run_test(size=(120, 40)) as pilot:
        reader = reader_host.widget
        reader.show(article_of(LONG))
        await pilot.pause()
        reader.goto(LONG.index("Paragraph 150:"))
        await pilot.pause()
        for size in [(80, 24), (50, 12), (20, 5), (1, 1), (300, 100), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            top = reader.visible_lines()[0]
            assert LONG[top.start :].startswith("Paragraph 150:") or size == (1, 1), size
        assert reader.top_offset == LONG.index("Paragraph 150:")


async def test_the_end_stays_the_end_when_the_pane_grows_and_shrinks(
    reader_host: Host[Reader], article_of: Make
) -> None:
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article_of(LONG))
        await pilot.pause()
        reader.action_end()
        before = reader.top_offset
        assert reader.at_end and reader.fraction == 1.0
        await pilot.resize_terminal(100, 40)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert reader.top_offset == before


async def test_paging_shows_every_line_once_but_one_for_bearings(
    reader_host: Host[Reader], article_of: Make
) -> None:
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article_of(LONG))
        await pilot.pause()
        last = reader_host.rows()[-1]
        reader.action_page_down()
        assert reader_host.rows()[0] == last
        reader.action_page_up()
        assert reader.top_offset == 0
        assert reader_host.rows()[-1] == last


async def test_counts_multiply_movements_and_ends_are_ends(
    reader_host: Host[Reader], article_of: Make
) -> None:
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article_of(LONG))
        await pilot.pause()
        reader.action_line_down(5)
        five = reader_host.rows()
        reader.action_home()
        for _ in range(5):
            reader.action_line_down()
        assert reader_host.rows() == five
        reader.action_half_page_down(2)
        reader.action_half_page_up(2)
        reader.action_line_up(5)
        assert reader.top_offset == 0
        assert not reader.scroll_lines(-1)
        reader.action_page_down(10**6)
        assert reader.at_end
        assert not reader.scroll_lines(1)


async def test_it_tells_where_it_is_once_per_move(reader_host: Host[Reader], article_of: Make) -> None:
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article_of(LONG))
        await pilot.pause()
        reader_host.heard.clear()
        reader.action_end()
        await pilot.pause()
        (moved,) = reader_host.heard
        assert isinstance(moved, Reader.Moved)
        assert (moved.top_offset, moved.fraction) == (reader.top_offset, 1.0)
        reader.action_end()
        await pilot.pause()
        assert len(reader_host.heard) == 1


async def test_boilerplate_folds_and_unfolds_around_the_same_top(
    reader_host: Host[Reader], article_of: Make
) -> None:
    text = "The mayor came.\n\nShare this.\nSubscribe now.\n\nThe end."
    article = article_of(text, passages=[("Share this.\nSubscribe now.", PassageKind.BOILERPLATE)])
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.fold_key = "x"
        reader.show(article)
        await pilot.pause()
        assert any("▸ 2 lines of boilerplate folded (x shows)" in row for row in reader_host.rows())
        assert not any("Share this." in row for row in reader_host.rows())
        reader.boilerplate_shown = True
        await pilot.pause()
        assert any("Share this." in row for row in reader_host.rows())
        assert reader_host.styles_of("Share this.")[0].dim


async def test_a_hit_in_boilerplate_unfolds_it(
    reader_host: Host[Reader], article_of: Make, spans_of: SpansOf
) -> None:
    text = "The mayor came.\n\nShare this.\n\nThe end."
    article = article_of(text, passages=[("Share this.", PassageKind.BOILERPLATE)])
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader_host.widget.show(article, spans_of(text, "Share"))
        await pilot.pause()
        assert reader_host.widget.boilerplate_shown
        assert any(row.startswith("▶ Share this.") for row in reader_host.rows())


async def test_the_column_is_no_wider_than_the_measure(reader_host: Host[Reader], article_of: Make) -> None:
    async with reader_host.run_test(size=(200, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article_of("word " * 500))
        await pilot.pause()
        assert max(len(row.rstrip()) for row in reader_host.rows()) <= 74
        reader.measure = 40
        await pilot.pause()
        assert max(len(row.rstrip()) for row in reader_host.rows()[3:]) <= 42


async def test_no_article_is_an_empty_pane(reader_host: Host[Reader]) -> None:
    async with reader_host.run_test(size=(30, 4)) as pilot:
        reader = reader_host.widget
        reader.show(None)
        for action in (
            "line_down",
            "line_up",
            "page_down",
            "page_up",
            "half_page_down",
            "half_page_up",
            "home",
            "end",
        ):
            getattr(reader, f"action_{action}")()
        reader.goto(5)
        reader.reveal(5)
        assert not reader.next_hit() and not reader.next_mention()
        await pilot.pause()
        assert reader_host.rows() == [" " * 30] * 4
        assert (reader.top_offset, reader.fraction, reader.visible_span) == (0, 1.0, Span(0, 0))


async def test_a_later_reading_of_the_article_keeps_the_place(
    reader_host: Host[Reader], article_of: Make, spans_of: SpansOf
) -> None:
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article_of(LONG), spans_of(LONG, "river"), at=spans_of(LONG, "river")[70].start)
        await pilot.pause()
        top = reader.top_offset
        reader.renew(article_of(LONG, mentions=[("mayor", "PERSON", "m")]))
        await pilot.pause()
        assert (reader.top_offset, reader.hit_index) == (top, 70)
        assert any(style.bold for style in reader_host.styles_of("mayor"))
        reader.renew(article_of("Other words."))
        assert reader.top_offset == 0 and reader.hit_count == 0


async def test_an_empty_article_has_a_header_alone(reader_host: Host[Reader], article_of: Make) -> None:
    async with reader_host.run_test(size=(60, 6)) as pilot:
        reader_host.widget.show(article_of(""))
        reader_host.widget.action_end()
        await pilot.pause()
        assert reader_host.rows()[0].strip() == "Mayor opens the new bridge"


async def test_the_paragraph_around_an_offset_is_a_source_line(
    reader_host: Host[Reader], article_of: Make
) -> None:
    reader = reader_host.widget
    text = "  One.\n  Two words. \n\nThree."
    async with reader_host.run_test(size=(60, 6)):
        reader.show(article_of(text))
        assert text[slice(*reader.paragraph(text.index("words")))] == "Two words."
        assert text[slice(*reader.paragraph(len(text)))] == "Three."


HOSTILE = (
    "Plain words. 漢字漢字漢字。한국어 대통령 مرحبا بالعالم שלום עולם e\u0301e\u0301 "
    "👨\u200d👩\u200d👧👍🏽🇩🇪 ⚠️ กำลัง \x1b[2J\x9b31m\u202e"
    "\n\nReds      12   3\nBlues     7    99\n" + "x" * 400 + "\n" + "漢" * 300
)


@pytest.mark.parametrize(
    "size", [(1, 1), (2, 1), (1, 5), (3, 3), (10, 4), (23, 9), (24, 9), (80, 24), (300, 100)], ids=str
)
async def test_every_row_is_exactly_as_wide_as_the_pane(
    reader_host: Host[Reader], article_of: Make, spans_of: SpansOf, size: tuple[int, int]
) -> None:
    article = article_of(
        HOSTILE * 5,
        title="漢字 \x1b]0;owned\x07 [@click=app.quit]title[/]",
        neutralised=7,
        mentions=[("대통령", "PERSON", "k"), ("عالم", "GPE", "w"), ("字漢", "ORG", None)],
    )
    hits = (*spans_of(article.text, "e"), *spans_of(article.text, "漢漢"), *spans_of(article.text, "👩"))
    async with reader_host.run_test(size=size) as pilot:
        reader = reader_host.widget
        reader.show(article, hits)
        await pilot.pause()
        dice = random.Random(7)
        moves: list[Callable[[], object]] = [
            reader.next_hit,
            reader.previous_hit,
            reader.next_mention,
            reader.action_page_down,
            reader.action_line_up,
            reader.action_end,
            reader.action_home,
        ]
        for _ in range(60 if size[0] < 100 else 10):
            dice.choice(moves)()
            for row in reader_host.rows():
                assert cell_len(row) == size[0]
                assert not set(row) & set("\x1b\x07\x9b\u202e\n")
