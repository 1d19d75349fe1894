"""How few bytes the way from one picture to the next takes, and that no terminal goes astray on it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terminals.counting import Counting, as_textual, marks_in_no_cells
from terminals.emulator import Emulator
from terminals.playground import WORDS

from seedread.terminal.renderer.screen import TerminalScreen
from seedread.terminal.renderer.styles import Style, Styles


class Pair:
    """A screen and the terminal that it is shown on."""

    def __init__(self, width: int = 80, height: int = 24, counting: Counting = as_textual) -> None:
        self.screen = TerminalScreen(width, height)
        self.terminal = Emulator(width, height, counting)
        self.write("\x1b[?1049h")
        self.write("\x1b[?7l")

    def write(self, data: str) -> str:
        """Show a write; what was sent for it."""
        self.screen.write(data)
        sent = self.screen.take()
        self.terminal.feed(sent)
        return sent

    def rows(self, *rows: str) -> str:
        """Show rows; what was sent for them."""
        width = self.screen.size[0]
        drawn = [f"\x1b[{y};1H{row}{' ' * (width - len(row))}" for y, row in enumerate(rows, 1)]
        return self.write("".join(drawn) + "\x1b[1;1H")


VERSE = ["some words", "of an", "article", "that goes on", "for", "a while", "and", "differs", "by", "line"]
LINES = [f"line {n}: {' '.join(random.Random(n).sample(VERSE, 9))}" for n in range(40)]
LONGEST = max(map(len, LINES))


def test_one_line_down_scrolls_the_region_and_writes_one_line() -> None:
    pair = Pair()
    pair.rows("head", *LINES[:22], "foot 1")
    sent = pair.rows("head", *LINES[1:23], "foot 2")
    assert len(sent) < LONGEST + 40
    assert pair.terminal.display[1].startswith("line 1:")
    assert pair.terminal.display[22].startswith("line 22:")
    assert pair.terminal.display[23].startswith("foot 2")


def test_one_line_up_scrolls_back() -> None:
    pair = Pair()
    pair.rows("head", *LINES[1:23], "foot")
    sent = pair.rows("head", *LINES[:22], "foot")
    assert len(sent) < LONGEST + 40
    assert [row.split(":")[0] for row in pair.terminal.display[1:3]] == ["line 0", "line 1"]


def test_two_regions_that_move_are_both_scrolled() -> None:
    pair = Pair()
    pair.rows(*LINES[:10], "between", *LINES[20:32])
    sent = pair.rows(*LINES[1:11], "between", *LINES[21:33])
    assert len(sent) < 2 * (LONGEST + 40)
    assert pair.terminal.display[9].startswith("line 10:")
    assert pair.terminal.display[11].startswith("line 21:")


def test_margins_are_reset_in_the_frame_that_sets_them() -> None:
    pair = Pair()
    pair.rows("head", *LINES[:22], "foot")
    pair.rows("head", *LINES[1:23], "foot")
    assert pair.terminal.margins in {None, (0, 23)}


def test_a_page_that_overlaps_deletes_its_lines_at_once() -> None:
    pair = Pair()
    pair.rows("head", *LINES[:22], "foot")
    sent = pair.rows("head", *LINES[18:40], "foot")
    assert "\x1b[18M" in sent
    assert pair.terminal.display[1].startswith("line 18:")
    assert pair.terminal.display[22].startswith("line 39:")
    assert pair.terminal.display[23].startswith("foot")


def test_a_page_back_that_overlaps_inserts_its_lines_at_once() -> None:
    pair = Pair()
    pair.rows("head", *LINES[18:40], "foot")
    assert "\x1b[18L" in pair.rows("head", *LINES[:22], "foot")
    assert [row.split(":")[0] for row in pair.terminal.display[1:3]] == ["line 0", "line 1"]


def test_spaces_between_words_in_a_style_are_written_not_jumped_over() -> None:
    pair = Pair()
    assert "\x1b[1mone two three" in pair.write("\x1b[1;1H\x1b[1mone two three\x1b[m\x1b[1;1H")


def test_indented_rows_below_each_other_are_reached_by_line_feeds() -> None:
    pair = Pair()
    sent = pair.rows("  one line", "  the next", "", "  and one after a gap")
    assert "line\r\n  the next\r\n\n  and" in sent


def test_unchanged_words_are_written_again_only_where_a_jump_is_no_shorter() -> None:
    pair = Pair()
    pair.rows("one of the words")
    assert "ONE of THE" in pair.rows("ONE of THE words")
    assert "TWO\x1b[18GWORDS" in pair.rows("TWO of THE words WORDS"), "a long gap is jumped over"


def test_an_emptied_row_is_erased_not_written() -> None:
    pair = Pair()
    pair.rows("word " * 15)
    assert len(pair.rows("")) < 12


def test_a_background_is_written_not_erased() -> None:
    pair = Pair()
    sent = pair.write(f"\x1b[1;1H\x1b[44m{' ' * 80}\x1b[0m\x1b[1;1H")
    assert " " * 80 in sent
    assert {cell.bg for cell in pair.terminal.rows()[0]} == {"44"}


def test_colours_of_spaces_cost_nothing() -> None:
    pair = Pair()
    sent = pair.write("\x1b[1;1H\x1b[31mone\x1b[0m \x1b[31mtwo\x1b[0m\x1b[1;1H")
    assert "one two" in sent or "one\x1b[Ctwo" in sent


@pytest.mark.parametrize("seed", range(5))
def test_a_terminal_that_measures_characters_otherwise_keeps_the_rest_in_place(seed: int) -> None:
    """Only the characters in doubt differ: each row still ends where it should."""
    chance = random.Random(seed)
    pair = Pair(100, 10, marks_in_no_cells)
    for _ in range(20):
        rows = [" ".join(chance.choices(WORDS, k=6)) for _ in range(10)]
        drawn = [
            f"\x1b[{y};1H{' ' * 100}\x1b[{y};1H{row}\x1b[{y};91Hends here!" for y, row in enumerate(rows, 1)
        ]
        pair.write("".join(drawn) + "\x1b[1;1H")
        assert all(row.endswith("ends here!") for row in pair.terminal.display)


@pytest.mark.parametrize("rest", ["\ufe0f\u200d🌈", "🏽\u200d🚒"])
@pytest.mark.parametrize("before", ["🏳", "x", "│", " "])
def test_the_rest_of_an_emoji_that_a_cursor_or_a_panel_cuts_takes_no_cells(before: str, rest: str) -> None:
    pair = Pair(40, 2)
    sent = pair.write(f"\x1b[1;1H\x1b[7m{before}\x1b[27m{rest} said\x1b[1;21Hends here!\x1b[1;1H")
    cells = pair.terminal.rows()[0]
    assert cells[0].data == before
    assert "🌈" not in sent
    assert "🚒" not in sent
    assert "".join(cell.data for cell in cells[20:30]) == "ends here!"


def test_a_mark_put_on_a_space_leaves_the_background_of_that_space() -> None:
    pair = Pair(40, 2)
    pair.write("\x1b[1;1H\x1b[44m \x1b[43m\u0bc6 water\x1b[0m\x1b[1;1H")
    assert pair.terminal.rows()[0][0].bg == "44"


colours = st.sampled_from(["", "31", "97", "38;5;20", "38;2;1;2;3"])
backgrounds = st.sampled_from(["", "41", "107", "48;5;99", "48;2;9;8;7"])
looks = st.builds(Style, st.integers(0, 2**13 - 1), colours, backgrounds)


@settings(max_examples=300, deadline=None)
@given(looks, looks)
def test_a_change_of_style_arrives_at_the_style_meant(before: Style, after: Style) -> None:
    styles = Styles()
    one, other = styles.number(before), styles.number(after)
    start = styles.change(0, one)
    assert styles[styles.applied(0, start[2:-1])] == before if start else before == Style()
    change = styles.change(one, other)
    assert styles[styles.applied(one, change[2:-1])] == after if change else before == after


def test_a_table_full_of_styles_is_made_anew_without_a_trace() -> None:
    pair = Pair(30, 3)
    for step in range(0, 21_000, 25):
        cells = "".join(f"\x1b[38;2;{n % 256};{n // 256};7mx\x1b[0m" for n in range(step, step + 25))
        pair.write(f"\x1b[1;1H{cells}\x1b[1;1H")
    assert [cell.fg for cell in pair.terminal.rows()[0][:25]] == [
        f"2 {n % 256} {n // 256} 7" for n in range(step, step + 25)
    ]


def test_a_link_is_closed_at_the_end_of_the_frame_that_opened_it() -> None:
    pair = Pair()
    closed = "\x1b]8;;\x1b\\"
    sent = pair.write(f"\x1b[1;1H\x1b]8;;https://lantern.example\x1b\\word{closed}\x1b[1;1H")
    assert "https://lantern.example" in sent
    assert sent.rfind(closed) > sent.rfind("word")
