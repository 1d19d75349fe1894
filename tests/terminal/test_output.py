"""A terminal that is behind gets the last state, not every state."""

from __future__ import annotations

import os
import select

from terminals.emulator import Emulator

from seedread.terminal.renderer.output import ASK, OutputThread
from seedread.terminal.renderer.screen import TerminalScreen


def frame(number: int) -> str:
    """A frame that changes every cell."""
    return "".join(f"\x1b[{y};1H{str(number % 10) * 80}" for y in range(1, 25)) + "\x1b[1;1H"


def test_frames_are_skipped_while_the_terminal_is_behind_and_the_last_is_never_lost() -> None:
    read, write = os.pipe()
    output = OutputThread(TerminalScreen(80, 24), write, "utf-8")
    output.start()
    output.write("\x1b[?1049h")
    written = 0
    for number in range(2001):
        written += len(frame(number))
        output.write(frame(number))
    terminal, received = Emulator(80, 24), 0
    while terminal.display[-1] != "0" * 80 or select.select([read], [], [], 0.2)[0]:
        data = os.read(read, 65536)
        received += len(data)
        terminal.feed(data.decode())
    output.close(5)
    os.close(write)
    os.close(read)
    assert not output.is_alive()
    assert received < written / 4


def test_what_is_under_way_is_limited_where_the_terminal_answers_and_writes_never_block() -> None:
    read, write = os.pipe()
    output = OutputThread(TerminalScreen(80, 24), write, "utf-8")
    output.start()
    output.write("\x1b[?1049h")
    output.write(frame(0))
    received = b""
    while ASK.encode() not in received:
        received += os.read(read, 65536)
    output.answered()
    sent = 0
    for number in range(1, 41):
        output.write(frame(number))
        while select.select([read], [], [], 0.02)[0]:
            sent += len(os.read(read, 65536))
    while sent < 4096 or select.select([read], [], [], 0.2)[0]:
        sent += len(os.read(read, 65536))
    assert sent < 4096 + 2 * len(frame(0))
    terminal = Emulator(80, 24)
    for _ in range(sent // 512):
        output.answered()
    output.write(frame(7))
    while terminal.display[-1] != "7" * 80:
        data = os.read(read, 65536).decode()
        for _ in range(data.count(ASK)):
            output.answered()
        terminal.feed(data)
    output.close(5)
    os.close(write)
    os.close(read)


def test_a_terminal_that_is_gone_ends_nothing_but_the_writing() -> None:
    read, write = os.pipe()
    os.close(read)
    output = OutputThread(TerminalScreen(80, 24), write, "utf-8")
    output.start()
    for number in range(20):
        output.write(frame(number))
    output.write("\x1b[?1049h")
    output.close(5)
    assert not output.is_alive()
    os.close(write)


def test_what_was_written_before_the_end_is_sent() -> None:
    read, write = os.pipe()
    output = OutputThread(TerminalScreen(80, 24), write, "utf-8")
    output.start()
    for control in ("\x1b[?1049h", "\x1b[?25l", "\x1b[?1049l", "\x1b[?25h"):
        output.write(control)
    output.close(5)
    os.close(write)
    assert os.read(read, 65536).endswith(b"\x1b[?1049l\x1b[?25h")
    os.close(read)
