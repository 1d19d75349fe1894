"""Where a terminal may give East Asian Ambiguous characters two cells, rows are right on either kind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terminals.comparing import ComparingDriver, difference, signs
from terminals.counting import Counting, ambiguous_in_two_cells, as_textual
from terminals.emulator import Emulator
from terminals.playing import play, play_reader
from terminals.session import Session, environment

from seedread.terminal.renderer import widths
from seedread.terminal.renderer.screen import TerminalScreen
from seedread.widgets.rendering import cells
from seedread.widgets.rendering.cells import max_cell_len
from seedread.widgets.rendering.wrapping import wrap

WIDTH, HEIGHT = 80, 6
COUNTINGS = {"one cell": as_textual, "two cells": ambiguous_in_two_cells}
WORDS = ("the", "“No,”", "he", "—", "wait…", "Москва", "Ελλάδα", "½ °C", "·", "│", "東京", "café")
lines = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
columns = st.tuples(lines, lines, st.integers(0, WIDTH - 1))
frames = st.lists(st.lists(columns, min_size=HEIGHT, max_size=HEIGHT), min_size=2, max_size=4)


@pytest.fixture
def in_doubt() -> Iterator[None]:
    """A terminal whose ambiguous characters may take two cells."""
    widths.doubt_ambiguous("wide", {})
    yield
    widths.doubt_ambiguous("narrow", {})


class Terminal:
    """A terminal that gets the differences between frames."""

    def __init__(self, counting: Counting) -> None:
        self.counting = counting
        self.shown = Emulator(WIDTH, HEIGHT, counting)
        self._changing = TerminalScreen(WIDTH, HEIGHT)
        self._whole = TerminalScreen(WIDTH, HEIGHT)
        self.write("\x1b[?1049h")
        self.write("\x1b[?7l")

    def write(self, data: str) -> str:
        """Show a write; what was sent for it."""
        self._changing.write(data)
        self._whole.write(data)
        sent = self._changing.take()
        self.shown.feed(sent)
        return sent

    def row(self, text: str, y: int = 1) -> str:
        """Show a row; what was sent for it."""
        return self.write(f"\x1b[{y};1H{' ' * WIDTH}\x1b[{y};1H{text}\x1b[1;1H")

    @property
    def redrawn(self) -> Emulator:
        """What a terminal of the same kind shows that is drawn from nothing."""
        self._whole.forget()
        terminal = Emulator(WIDTH, HEIGHT, self.counting)
        terminal.feed("\x1b[?7l" + self._whole.take())
        return terminal


@pytest.mark.parametrize("counting", COUNTINGS.values(), ids=COUNTINGS)
@settings(max_examples=60, deadline=None)
@given(pictures=frames)
def test_what_is_shown_is_what_a_redraw_shows(
    counting: Counting, pictures: list[list[tuple[str, str, int]]]
) -> None:
    widths.doubt_ambiguous("wide", {})
    try:
        terminal = Terminal(counting)
        for picture in pictures:
            for y, (text, other, column) in enumerate(picture, 1):
                terminal.row(f"{text}\x1b[{y};{column + 1}H{other}", y)
            assert not difference(terminal.redrawn, terminal.shown)
    finally:
        widths.doubt_ambiguous("narrow", {})


@pytest.mark.parametrize("counting", COUNTINGS.values(), ids=COUNTINGS)
@pytest.mark.usefixtures("in_doubt")
def test_no_character_is_overwritten_or_left_over(counting: Counting) -> None:
    terminal = Terminal(counting)
    for text in ("“No,” he said", "“No,” she said", "“Yes…” she said", "and", "“No,” he — said", "“No,” he"):
        terminal.row(text)
        assert signs(terminal.shown.display[0]) == signs(text)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.usefixtures("in_doubt")
async def test_random_actions_show_the_same_cells(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ComparingDriver, "kinds", {"two cells": ambiguous_in_two_cells})
    driver = await (play_reader(seed, 25) if seed else play(seed, 40, ansi=True))
    assert not driver.difference
    assert driver.compared > 3  # paints of a busy machine are fewer: many keys share one


@pytest.mark.usefixtures("in_doubt")
def test_lines_are_wrapped_for_the_terminal_that_gives_most_cells() -> None:
    text = "“Нет”, — сказал он … " * 20
    assert all(max_cell_len(text[start:end]) <= 40 for start, end in wrap(text, 40))
    assert all(
        sum(width for _, width in ambiguous_in_two_cells(text[start:end])) <= 40
        for start, end in wrap(text, 40)
    )


@pytest.mark.usefixtures("in_doubt")
def test_a_character_in_the_last_column_keeps_the_cell_that_it_may_reach_back_into() -> None:
    terminal = Terminal(ambiguous_in_two_cells)
    for text in ("│ a", "│ a b", "│"):
        terminal.write(f"\x1b[1;1H{text}{' ' * (WIDTH - len(text) - 1)}│\x1b[1;1H")
        assert not difference(terminal.redrawn, terminal.shown)
    terminal.write(f"\x1b[1;{WIDTH - 1}Hx\x1b[1;1H")
    terminal.write(f"\x1b[1;{WIDTH - 1}H \x1b[1;1H")
    assert not difference(terminal.redrawn, terminal.shown)


def test_without_doubt_a_changed_word_in_a_quotation_is_sent_alone() -> None:
    terminal = Terminal(as_textual)
    terminal.row("“No,” he said — on Monday, and went home")
    assert len(terminal.row("“No,” he said — on Friday, and went home")) < 20


@pytest.mark.parametrize(
    ("setting", "environ", "expected"),
    [
        ("auto", {"LANG": "ja_JP.UTF-8"}, True),
        ("auto", {"LC_CTYPE": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ("auto", {"LC_ALL": "C.UTF-8", "LANG": "ko_KR.UTF-8"}, False),
        ("auto", {"LC_CTYPE": "C.UTF-8", "LANG": "ko_KR.UTF-8"}, True),
        ("auto", {"LANG": "de_DE.UTF-8"}, False),
        ("auto", {}, False),
        ("narrow", {"LANG": "ja_JP.UTF-8"}, False),
        ("wide", {"LANG": "de_DE.UTF-8"}, True),
    ],
)
@pytest.mark.usefixtures("in_doubt")
def test_the_setting_decides_and_else_the_locale(
    setting: str, environ: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    widths.doubt_ambiguous(setting, environ)
    assert widths.ambiguous_in_doubt() is expected
    assert cells.choose("auto").ascii_only is expected


def test_the_reader_in_a_japanese_locale_draws_its_own_symbols_in_ascii(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text("A ferry\n\nThe ferry left at noon, “late” as ever.\n")
    command = [sys.executable, "-m", "seedread", "--ner-model", "rules", str(tmp_path / "news")]
    with Session(command, environment(tmp_path, LANG="ja_JP.UTF-8")) as session:
        session.wait(lambda: "A ferry" in session.text, "the article in the list")
        assert "▌" not in session.text
        assert "“late”" in session.text
