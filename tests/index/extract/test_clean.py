"""Cleaning makes any text harmless and changes nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedread_index.text.sanitize import MAX_JOINED, MAX_MARKS, MAX_UNSEEN, clean, clean_line, squeeze

HARMFUL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
ANY_TEXT = st.text(st.characters())
NASTY = st.text(
    st.sampled_from(
        "ab \n\r\t\x0b\x0c\x85\u2028\u2029\x1b\x07\x00\x9b\u202e\u2066\ufeff\u0301\U000e0041"
        "\ud800\u200d\ufe0f\U0001f467"
    )
)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    assert clean(f"one{end}two") == ("one\ntwo", 0)


def test_blank_lines_of_windows_files_stay_single() -> None:
    assert clean("one\r\n\r\ntwo")[0] == "one\n\ntwo"


def test_a_tab_becomes_a_space_and_counts_for_nothing() -> None:
    assert clean("one\ttwo") == ("one two", 0)


@pytest.mark.parametrize("control", ["\x1b", "\x07", "\x00", "\x7f", "\x9b", "\x9d", "\ud83d"])
def test_a_control_character_is_shown_as_a_replacement_and_counted(control: str) -> None:
    assert clean(f"a{control}b") == ("a\ufffdb", 1)


def test_an_escape_sequence_loses_its_escape() -> None:
    cleaned, count = clean("\x1b]52;c;cm0=\x07 and \x1b[2J")
    assert "\x1b" not in cleaned and "\x07" not in cleaned
    assert count == 3


@pytest.mark.parametrize("unseen", ["\u202e", "\u2066", "\u2069", "\U000e0041"])
def test_bidi_controls_and_tags_are_dropped_and_counted(unseen: str) -> None:
    assert clean(f"a{unseen}b") == ("ab", 1)


def test_stacked_marks_are_capped() -> None:
    cleaned, count = clean("H" + "\u0301" * 300 + "i")
    assert cleaned == "H" + "\u0301" * MAX_MARKS + "i"
    assert count == 300 - MAX_MARKS


@pytest.mark.parametrize("unseen", ["\u200d", "\u200b", "\ufe0f", "\U000e0101", "\u2060"])
def test_floods_without_width_are_capped(unseen: str) -> None:
    cleaned, count = clean("a" + unseen * 400 + "b")
    assert cleaned == "a" + unseen * MAX_UNSEEN + "b"
    assert count == 400 - MAX_UNSEEN


def test_a_sign_joined_without_end_is_parted() -> None:
    cleaned, count = clean("\U0001f467\u200d" * 200 + "!")
    assert cleaned.count("\u200d") == MAX_JOINED
    assert count == 200 - MAX_JOINED
    assert clean("e" + "\u0301\u200d" * 50)[0] == "e" + "\u0301\u200d" * (MAX_MARKS // 2)


@pytest.mark.parametrize(
    "plain",
    [
        "cafe\u0301 and caf\u00e9",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2764\ufe0f\u200d\U0001f525 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 " * 40,
        "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f",
        "— “quotes” … \u00a0 ü 日本語\n\n second line ",
    ],
)
def test_real_writing_stays_as_it_is(plain: str) -> None:
    assert clean(plain) == (plain, 0)


def test_a_cleaned_line_has_no_line_ends() -> None:
    assert clean_line("new\nline\ttab\x1b") == "new line tab\ufffd"
    assert squeeze("  a \n\n b ") == "a b"


@given(ANY_TEXT | NASTY)
def test_cleaning_is_idempotent_and_leaves_nothing_harmful(text: str) -> None:
    cleaned, _ = clean(text)
    assert clean(cleaned) == (cleaned, 0)
    assert not HARMFUL.search(cleaned)
    cleaned.encode("utf-8")
    assert "\n" not in clean_line(text)


@given(NASTY)
def test_what_is_counted_was_there(text: str) -> None:
    assert 0 <= clean(text)[1] <= len(text)
