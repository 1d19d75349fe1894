"""Copying by OSC 52, wrapped where a multiplexer stands between."""

from __future__ import annotations

import base64
import re

import pytest

from seedread.terminal.external import LARGEST, osc52


def test_a_plain_terminal_gets_the_text_as_it_is() -> None:
    assert (
        osc52("né", {"TERM": "xterm-256color"}) == f"\x1b]52;c;{base64.b64encode('né'.encode()).decode()}\x07"
    )


def test_tmux_gets_it_plain_and_wrapped_with_escapes_doubled() -> None:
    both = osc52("text", {"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"})
    plain = osc52("text", {"TERM": "xterm"})
    assert both is not None
    assert plain is not None
    assert both.startswith(plain)
    assert both.removeprefix(plain) == f"\x1bPtmux;\x1b{plain}\x1b\\"


@pytest.mark.parametrize(("term", "times"), [("screen-256color", 200), ("screen.xterm", 200), ("screen", 9)])
def test_over_ssh_the_multiplexer_is_guessed_by_the_terminal(term: str, times: int) -> None:
    text = "long text " * times
    plain, sent = osc52(text, {}), osc52(text, {"TERM": term})
    assert plain is not None
    assert sent is not None
    assert sent.endswith(plain) == (term != "screen.xterm")
    assert sent.startswith("\x1bP") == (term != "screen-256color")


def test_what_would_litter_a_screen_far_away_is_refused() -> None:
    assert osc52("long text " * 200, {"TERM": "screen"}) is None


def test_screen_gets_short_pieces_that_add_up() -> None:
    wrapped = osc52("long text " * 200, {"TERM": "screen.xterm", "STY": "1.tty"})
    assert wrapped is not None
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", wrapped, re.DOTALL)
    assert max(map(len, pieces)) < 256
    assert "".join(pieces) == osc52("long text " * 200, {"TERM": "xterm"})


def test_what_is_too_long_is_refused() -> None:
    assert osc52("x" * LARGEST, {}) is None
