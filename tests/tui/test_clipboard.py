"""Copying by OSC 52, wrapped where a multiplexer stands between."""

from __future__ import annotations

import base64
import re

from seedread.clipboard import LARGEST, osc52


def test_a_plain_terminal_gets_the_text_as_it_is() -> None:
    assert (
        osc52("né", {"TERM": "xterm-256color"}) == f"\x1b]52;c;{base64.b64encode('né'.encode()).decode()}\x07"
    )


def test_tmux_passes_the_sequence_on_with_escapes_doubled() -> None:
    wrapped = osc52("text", {"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"})
    assert wrapped is not None
    assert wrapped.startswith("\x1bPtmux;\x1b\x1b]52;c;")
    assert wrapped.endswith("\x07\x1b\\")


def test_screen_gets_short_pieces_that_add_up() -> None:
    wrapped = osc52("long text " * 200, {"TERM": "screen.xterm", "STY": "1.tty"})
    assert wrapped is not None
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", wrapped, re.DOTALL)
    assert max(map(len, pieces)) < 256
    assert "".join(pieces) == osc52("long text " * 200, {"TERM": "xterm"})


def test_what_is_too_long_is_refused() -> None:
    assert osc52("x" * LARGEST, {}) is None
