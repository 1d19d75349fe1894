"""Pasted text is text: nothing in it presses a key."""

from __future__ import annotations

import pytest

from seedread.terminal.driver import PasteFilter

HOSTILE = "a\x1b]52;c;ZXZpbA==\x07b\x1b[Ac\x9b31md\x00\x7fe\nf\tg"
CLEAN = "a]52;c;ZXZpbA==b[Ac31mde\nf\tg"


def bracketed(text: str) -> str:
    """What a terminal sends for a paste."""
    return f"\x1b[200~{text}\x1b[201~"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1000])
def test_control_characters_are_taken_out_of_a_paste_and_left_in_keys(size: int) -> None:
    keys = "q\x1b[A\x1bx\x03"
    typed = keys + bracketed(HOSTILE) + keys + bracketed("two") + keys
    paste = PasteFilter()
    passed = "".join(paste.feed(typed[at : at + size]) for at in range(0, len(typed), size))
    assert passed == keys + bracketed(CLEAN) + keys + bracketed("two") + keys


def test_what_looks_like_the_end_of_a_paste_and_is_none_is_kept() -> None:
    paste = PasteFilter()
    assert paste.feed("\x1b[200~a\x1b[20") == "\x1b[200~a"
    assert paste.feed("0~b") == "[200~b"
    assert paste.feed("\x1b[201~q") == "\x1b[201~q"


def test_a_key_alone_is_passed_on_at_once() -> None:
    paste = PasteFilter()
    assert paste.feed("\x1b") == "\x1b"
    assert paste.feed("j") == "j"
