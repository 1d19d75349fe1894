"""Words are counted alike for the list and for the reader."""

from __future__ import annotations

from seedread_index.text.chunks import count_words, words_in


def test_white_space_parts_words() -> None:
    assert count_words("Two  words\n").total == 2
    assert count_words("").total == 0


def test_each_character_of_chinese_and_japanese_is_a_word() -> None:
    text = "東京の大臣 said no"
    assert count_words(text) == (2, 5)
    assert words_in(text, 0, len(text)) == 7
