"""Cells: what may be drawn, where it may be cut."""

from __future__ import annotations

import re

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from seedread.terminal.renderer import frame as screen
from seedread.widgets.rendering.cells import (
    clipped,
    fitting_length,
    graphemes,
    is_plain,
    sanitized,
    snap_to_graphemes,
)
from seedread_index.text import sanitize

SAMPLES = [
    "🇩🇪🇫🇷🇬",
    "क्षि न्न्न",
    "กำลัง",
    "한국 가",
    "👍🏽👨‍👩‍👧",
    "1️⃣e\u0301⚠️",
    "مرحبا بالعالم",
    "שָׁלוֹם",
    "a—b “c”",
]
CLUSTERS = [
    "a",
    " ",
    "é",
    "漢",
    "字",
    "한",
    "ب",
    "ש",
    "ש\u05c1",
    "e\u0301",
    "🇩🇪",
    "👍🏽",
    "👨‍👩‍👧",
    "⚠️",
    "กำ",
    "क्षि",
    "—",
]
mixed = st.lists(st.sampled_from(CLUSTERS), max_size=40).map("".join)


@pytest.mark.parametrize("text", SAMPLES)
def test_graphemes_are_those_of_unicode(text: str) -> None:
    assert [text[start:end] for start, end, _ in graphemes(text)] == list(wcwidth.iter_graphemes(text))


@given(mixed)
def test_graphemes_tile_a_text_and_their_cells_add_up(text: str) -> None:
    spans = graphemes(text)
    assert "".join(text[start:end] for start, end, _ in spans) == text
    assert sum(cells for _, _, cells in spans) == cell_len(text)


@given(st.text())
def test_defused_text_keeps_its_length_and_obeys_nobody(text: str) -> None:
    safe = sanitized(text)
    assert len(safe) == len(text)
    assert all(character.isprintable() or not character.isascii() for character in safe)
    assert not set(safe) & set("\x1b\x07\x9b\x9d\x85\u2028\u202e\u2066\u200e")
    assert sanitized(safe) == safe


def test_control_characters_become_visible_and_line_breaks_spaces() -> None:
    assert sanitized("a\x1b]52;c\x07b\nc\td\u202ee\U000e0041") == "a�]52;c�b c d�e�"


def test_a_joiner_between_letters_hides_no_letter() -> None:
    assert cell_len(sanitized("a\u200db")) == 2
    assert sanitized("👨\u200d👩") == "👨\u200d👩"


def test_every_plain_character_is_one_cell_wide() -> None:
    plain = [chr(point) for point in range(0x20, 0x3000) if point != 0x7F and is_plain(chr(point))]
    assert len(plain) > 900
    assert {get_character_cell_size(character) for character in plain} == {1}
    assert not any(wcwidth.wcwidth(character) != 1 for character in plain)


@given(mixed, st.integers(0, 30))
def test_what_fits_is_whole_graphemes_and_no_more(text: str, width: int) -> None:
    kept = fitting_length(text, width)
    assert cell_len(text[:kept]) <= width
    assert kept in {0, *(end for _, end, _ in graphemes(text))}


@given(mixed, st.integers(0, 30))
def test_clipped_text_is_never_wider_than_asked(text: str, width: int) -> None:
    assert cell_len(clipped(text, width)) <= width


def test_clipped_text_says_that_something_is_missing() -> None:
    assert clipped("The mayor opened", 9) == "The mayo…"
    assert clipped("漢字漢字", 5) == "漢字…"
    assert clipped("short", 9) == "short"


def test_a_mark_that_ends_inside_a_grapheme_takes_all_of_it() -> None:
    assert snap_to_graphemes("cafe\u0301 au", 0, 4) == (0, 5)
    assert snap_to_graphemes("👨‍👩‍👧 x", 2, 3) == (0, 5)
    assert snap_to_graphemes("plain", 1, 3) == (1, 3)


def test_nothing_unsafe_reaches_the_cells_of_the_terminal() -> None:
    table = re.compile(f"[{sanitize.ALL_UNSAFE}{sanitize.WHITESPACE_CONTROLS}]")
    for each in filter(table.match, map(chr, range(0xE01F0))):
        assert each not in "".join(screen.cells(f"a{each}b")[0])
        assert each not in "".join(screen.cells(sanitized(f"a{each}b"))[0])
