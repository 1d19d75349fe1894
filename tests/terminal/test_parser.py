"""What the driver takes from Textual, and what of it may reach the terminal."""

from __future__ import annotations

import re

import pytest

from seedread.terminal.external import osc52
from seedread.terminal.renderer.screen import TerminalScreen

ATTACKS = {
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "clipboard in C1": "\x9d52;c;ZXZpbA==\x9c",
    "title": "\x1b]2;owned\x07",
    "answerback": "\x05\x1bZ\x1b[c\x1b[>q\x1b[6n",
    "alternate screen": "\x1b[?1049l\x1b[?25h",
    "reset": "\x1bc\x1b[!p",
    "device control": '\x1bP$q"p\x1b\\',
    "image": "\x1b_Ga=T;AAAA\x1b\\",
    "C1 introducer": "\x9b31m\x9b2J",
    "charset": "\x0e\x1b(0\x1b*B",
    "scrolling": "\x1b[5;10r\x1bM\x1bD\x1b[3S",
    "keyboard": "\x1b[>4;1m\x1b[=5u\x1b[?2004l",
    "bell and backspace": "\x07\x08\x08\x7f\t\v\f",
    "report": "\x1b[21t\x1b[14t",
}
OURS = re.compile(
    rb"\x1b\[[\d;]*[mHXKJGCDABr]|\x1b\[\?(?:1049[hl]|25[hl]|2026[hl])|\r\n*|\n|\x1bM|\x08|[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]+"
)


def sent(*writes: str, width: int = 60, height: int = 4) -> str:
    """What the terminal gets for some writes."""
    screen = TerminalScreen(width, height)
    for write in ("\x1b[?1049h", *writes):
        screen.write(write)
    return screen.take()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_sequences_in_text_do_not_reach_the_terminal(attack: str) -> None:
    frame = f"\x1b[1;1Hbefore {attack} after\x1b[1;1H"
    out = sent(frame).encode()
    assert not OURS.sub(b"", out), out
    assert b"\xc2\x9b" not in out
    assert b"\xc2\x9d" not in out
    assert b"before" in out
    assert b"after" in out
    for final in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1bM", b"]52", b"\x1b]"):
        if final != b"]52":
            assert final not in out


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert "\N{REPLACEMENT CHARACTER}" in sent("\x1b[1;1Hbroken \ud83d half\x1b[1;1H")


@pytest.mark.parametrize("mark", "\u202e\u2066\u2069\u061c\u200f\u206a\ufeff\U000e0041")
def test_marks_of_direction_and_hidden_tags_are_dropped(mark: str) -> None:
    assert "safetxt.exe" in sent(f"\x1b[1;1Hsafe{mark}txt.exe\x1b[1;1H")


def test_a_write_of_nothing_but_sequences_is_handed_on_in_order() -> None:
    clipboard = "\x1b]52;c;aGVsbG8=\x07"
    through_tmux = "\x1bPtmux;\x1b\x1b]52;c;aGVsbG8=\x07\x1b\\"
    out = sent("\x1b[?2004h", clipboard, through_tmux, "\x07", "\x1b[?2026$p", "\x1b[>25u")
    assert out.startswith(f"\x1b[?1049h\x1b[?2004h{clipboard}{through_tmux}\x07\x1b[?2026$p\x1b[>25u")


@pytest.mark.parametrize("environ", [{}, {"TMUX": "x"}, {"STY": "x"}], ids=["plain", "tmux", "screen"])
def test_the_clipboard_is_reached_whatever_stands_between(environ: dict[str, str]) -> None:
    sequence = osc52("A quotation, rather long. " * 60, environ)
    assert sequence is not None
    assert sequence in sent("\x1b[1;1Htext\x1b[1;1H", sequence)


def test_an_image_makes_the_next_frame_a_whole_one() -> None:
    screen = TerminalScreen(20, 3)
    for write in ("\x1b[?1049h", "\x1b[1;1Htext\x1b[1;1H"):
        screen.write(write)
    screen.take()
    screen.write("\x1b_Ga=d\x1b\\")
    assert "text" in screen.take()


def test_nothing_is_sent_while_an_update_is_open() -> None:
    screen = TerminalScreen(20, 3)
    screen.write("\x1b[?1049h")
    screen.take()
    screen.write("\x1b[?2026h")
    screen.write("\x1b[1;1Htext\x1b[1;1H")
    assert not screen.ready
    assert screen.take() == ""
    screen.write("\x1b[?2026l")
    assert screen.ready
    assert "text" in screen.take()


def test_only_large_frames_are_bracketed_where_the_terminal_can_synchronise() -> None:
    screen = TerminalScreen(80, 24)
    screen.write("\x1b[?1049h")
    screen.take()
    for text in ("word " * 16, "x"):
        screen.write("\x1b[?2026h")
        rows = "".join(f"\x1b[{y};1H{text}" for y in range(1, 25))
        screen.write(rows if len(text) > 1 else "\x1b[3;3Hx\x1b[1;1H")
        screen.write("\x1b[?2026l")
        assert screen.take().startswith("\x1b[?2026h") == (len(text) > 1)


def test_the_frame_before_the_end_is_not_painted_over_the_shell() -> None:
    out = sent("\x1b[1;1Htext\x1b[1;1H", "\x1b[?1049l", "\x1b[1;1Hlate\x1b[1;1H")
    assert out.endswith("\x1b[?1049l")
    assert "late" not in out


def test_a_link_is_closed_in_the_frame_that_opens_it() -> None:
    out = sent("\x1b[1;1H\x1b]8;id=1;https://example.org\x1b\\\x1b[4mlink\x1b[0m\x1b]8;;\x1b\\ text\x1b[1;1H")
    assert "\x1b]8;id=1;https://example.org\x1b\\\x1b[4mlink" in out
    assert out.index("\x1b]8;;\x1b\\") > out.index("link")


def test_a_link_is_closed_though_nothing_is_drawn_after_it() -> None:
    out = sent("\x1b[1;1H\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\\x1b[1;1H")
    assert out.count("\x1b]8;;https://example.org\x1b\\") == 1
    assert out.index("\x1b]8;;\x1b\\") > out.index("link")


def test_a_frame_that_changes_nothing_sends_nothing() -> None:
    screen = TerminalScreen(20, 3)
    frame = "\x1b[1;1H\x1b[31mred\x1b[0m plain\x1b[1;1H"
    for write in ("\x1b[?1049h", frame):
        screen.write(write)
    screen.take()
    screen.write(frame)
    assert screen.take() == ""
