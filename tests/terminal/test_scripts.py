"""Scripts that terminals measure differently: nothing is lost, and all stands where a redraw puts it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from terminals.comparing import difference, signs
from terminals.counting import COUNTINGS, Counting
from terminals.emulator import Emulator
from terminals.playground import SCRIPTS

from seedread.terminal.renderer.screen import TerminalScreen
from seedread.widgets.rendering.cells import max_cell_len

WIDTH, HEIGHT = 100, 6
LOOKS = ("", "\x1b[1m", "\x1b[44m", "\x1b[7m", "\x1b[4;31m")
words = st.sampled_from(["the", "flood", "Москва", "東京", "│", *SCRIPTS])
texts = st.lists(words, max_size=9).map(" ".join)
rows = st.tuples(texts, st.sampled_from(LOOKS), texts, st.sampled_from(LOOKS), st.integers(0, WIDTH - 1))
frames = st.lists(st.lists(rows, min_size=HEIGHT, max_size=HEIGHT), min_size=2, max_size=4)


class Watched:
    """A terminal that gets the differences, and what one shows that gets each picture whole."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._changing = TerminalScreen(WIDTH, HEIGHT)
        self._whole = TerminalScreen(WIDTH, HEIGHT)
        self.terminal = Emulator(WIDTH, HEIGHT, counting)
        self.write("\x1b[?1049h")
        self.write("\x1b[?7l")

    def write(self, data: str) -> None:
        """Show a write."""
        self._changing.write(data)
        self._whole.write(data)
        self._whole.forget()
        self.terminal.feed(self._changing.take())

    @property
    def redrawn(self) -> Emulator:
        """What a terminal of the same kind shows that is drawn from nothing."""
        terminal = Emulator(WIDTH, HEIGHT, self._counting)
        terminal.feed("\x1b[?7l" + self._whole.take())
        return terminal

    def rows(self, *texts: str) -> None:
        """Show rows."""
        drawn = [f"\x1b[{y};1H\x1b[m{' ' * WIDTH}\x1b[{y};1H{text}\x1b[m" for y, text in enumerate(texts, 1)]
        self.write("".join(drawn) + "\x1b[1;1H")


@pytest.fixture(params=list(COUNTINGS.values()), ids=list(COUNTINGS))
def watched(request: pytest.FixtureRequest) -> Watched:
    """A terminal of each kind."""
    return Watched(request.param)


@pytest.mark.parametrize("counting", COUNTINGS.values(), ids=COUNTINGS)
@settings(max_examples=60, deadline=None)
@given(pictures=frames)
def test_what_is_shown_is_what_a_redraw_shows(
    counting: Counting, pictures: list[list[tuple[str, str, str, str, int]]]
) -> None:
    watched = Watched(counting)
    for picture in pictures:
        watched.rows(
            *(
                f"{look}{text}\x1b[{y};{column + 1}H\x1b[m{other_look}{other}"
                for y, (text, look, other, other_look, column) in enumerate(picture, 1)
            )
        )
        assert not difference(watched.redrawn, watched.terminal)


@pytest.mark.parametrize("text", SCRIPTS)
def test_no_sign_of_a_text_is_overwritten_or_left_over(watched: Watched, text: str) -> None:
    line = f"{text} and {text}"
    for row in (line, f"{line}, {text}", f"\x1b[7m{text}\x1b[m and {text}", "and", text):
        watched.rows(row)
        shown = row.replace("\x1b[7m", "").replace("\x1b[m", "")
        assert signs(watched.terminal.display[0]) == signs(shown)


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_column_after_enough_blank_cells_keeps_its_place(watched: Watched, text: str) -> None:
    gap = " " * (max(max_cell_len(text) - cell_len(text), 1) + 1)
    watched.rows(f"{text}{gap}2021-03-04")
    column = cell_len(text + gap)
    date = watched.terminal.rows()[0][column : column + 10]
    assert "".join(cell.data for cell in date) == "2021-03-04"


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_a_text_took_beside_its_place_is_blank_after_it(watched: Watched, text: str) -> None:
    for word in (text, "and", text[:1], text):
        watched.rows(f"{word}\x1b[1;81H2021-03-04")
        assert signs(watched.terminal.display[0]) == signs(f"{word}2021-03-04")


@pytest.mark.parametrize("counting", COUNTINGS.values(), ids=COUNTINGS)
@pytest.mark.parametrize("text", SCRIPTS)
def test_no_terminal_takes_more_cells_for_a_text_than_are_kept_for_it(counting: Counting, text: str) -> None:
    assert sum(width for _, width in counting(text)) <= max_cell_len(text)


def test_a_row_of_uncertain_width_is_sent_without_moving_the_cursor_inside() -> None:
    screen = TerminalScreen(WIDTH, HEIGHT)
    line = "शहर में बाढ़ से हज़ारों लोग बेघर"
    for write in ("\x1b[?1049h", f"\x1b[1;1H{line}\x1b[1;1H"):
        screen.write(write)
    assert line in screen.take()
