"""Words and minutes of a text."""

from __future__ import annotations

import pytest

from seedread.widgets.reader.document import words_and_minutes
from seedread_index.model.article import Span


def test_what_is_left_out_is_not_counted() -> None:
    assert words_and_minutes("one two three four Share this now", [Span(19, 33)]) == (4, 1)
    assert words_and_minutes("") == (0, 1)


def test_long_texts_are_estimated_from_their_start() -> None:
    words, minutes = words_and_minutes("word " * 238_000)
    assert words == pytest.approx(238_000, rel=0.01)
    assert minutes == pytest.approx(1000, rel=0.01)


def test_each_ideograph_is_a_word_and_read_faster() -> None:
    assert words_and_minutes("漢字" * 510) == (1020, 4)
