"""Wrapping: every line fits, nothing is lost, no grapheme is split."""

from __future__ import annotations

import wcwidth
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from seedread.widgets.rendering.cells import max_cell_len, sanitized
from seedread.widgets.rendering.wrapping import fold, wrap

CLUSTERS = [
    *("the", "mayor", "opened", " ", " ", " ", "al-Assad", "—", "incomprehensibilities", "(", ")", ".", "”"),
    *(
        "漢",
        "字",
        "。",
        "、",
        "「",
        "한국",
        "مرحبا",
        "שלום",
        "e\u0301",
        "🇩🇪",
        "👍🏽",
        "👨‍👩‍👧",
        "⚠️",
        "กำ",
        "क्षि",
        "बाढ़",
        "မြို့",
        "\u00a0",
        "\u3000",
    ),
]
texts = st.lists(st.sampled_from(CLUSTERS), max_size=60).map("".join)
odd = st.lists(st.sampled_from([*CLUSTERS, " \u200c", " \u0316", "\u200b"]), max_size=60).map("".join)
plain = st.text(st.sampled_from("ab c-—’é"), max_size=200)
widths = st.integers(1, 40)


def is_one_grapheme(line: str) -> bool:
    """Whether there is but one grapheme in a line, besides characters that take no cells."""
    return sum(cell_len(cluster) > 0 for cluster in wcwidth.iter_graphemes(line)) == 1


def lines_of(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@given(st.one_of(texts, odd, plain, st.text(max_size=80).map(sanitized)), widths)
@example("漢字", 1)
@example("a 漢", 2)
@example("ab  ", 2)
def test_lines_cover_the_text_but_for_white_space_between_them(text: str, width: int) -> None:
    at = 0
    for start, end in wrap(text, width):
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@given(st.one_of(texts, odd, plain, st.text(max_size=80).map(sanitized)), widths)
@example("🇩🇪\u200b", 1)
@example("बाढ़ से", 2)
def test_no_line_is_wider_than_the_width_unless_it_is_one_grapheme(text: str, width: int) -> None:
    for line in lines_of(text, width):
        assert max_cell_len(line) <= width or is_one_grapheme(line)


@given(texts, widths)
def test_no_line_starts_or_ends_inside_a_grapheme(text: str, width: int) -> None:
    borders = {0}
    for cluster in wcwidth.iter_graphemes(text):
        borders.add(max(borders) + len(cluster))
    for start, end in wrap(text, width):
        assert start in borders
        assert end in borders


@given(st.one_of(texts, plain), widths)
def test_lines_neither_start_nor_end_with_white_space(text: str, width: int) -> None:
    assert all(line == line.strip() for line in lines_of(text, width))


@given(plain, widths)
def test_plain_and_wide_texts_are_wrapped_alike(text: str, width: int) -> None:
    """A wide character far behind sends the same words down the other path."""
    tail = " " + "x" * width + " 漢"
    words = [line for line in lines_of(text + tail, width) if "x" not in line and "漢" not in line]
    assert words == [line for line in lines_of(text + " " + "x" * width, width) if "x" not in line]


def test_words_stay_whole_where_they_can() -> None:
    assert lines_of("The mayor opened the new bridge", 12) == ["The mayor", "opened the", "new bridge"]


def test_a_long_word_is_broken_at_its_dash_before_it_is_cut() -> None:
    assert lines_of("Bashar al-Assad", 10) == ["Bashar al-", "Assad"]
    assert lines_of("incomprehensible", 6) == ["incomp", "rehens", "ible"]


def test_a_minus_stays_with_its_number() -> None:
    assert lines_of("it was -10 degrees", 8) == ["it was", "-10", "degrees"]


def test_ideographs_break_anywhere_but_not_before_closing_marks() -> None:
    assert lines_of("漢字漢字。漢", 8) == ["漢字漢", "字。漢"]
    assert lines_of("漢字漢「字」", 8) == ["漢字漢", "「字」"]


def test_hangul_breaks_at_its_spaces() -> None:
    assert lines_of("한국 대통령", 8) == ["한국", "대통령"]


def test_a_space_that_must_not_break_holds_words_together() -> None:
    assert lines_of("漢 10\u00a0km", 6) == ["漢", "10\u00a0km"]


def test_an_empty_paragraph_has_no_lines() -> None:
    assert wrap("", 10) == wrap("   ", 10) == []


def test_a_folded_table_line_keeps_its_spaces() -> None:
    line = "a    b    c"
    assert [line[start:end] for start, end in fold(line, 6)] == ["a    b", "    c"]


@given(texts, widths)
def test_folded_lines_tile_the_line_and_fit(text: str, width: int) -> None:
    lines = fold(text, width)
    assert "".join(text[start:end] for start, end in lines) == text.rstrip()
    for start, end in lines:
        assert max_cell_len(text[start:end]) <= width or is_one_grapheme(text[start:end])
