"""The early paint: a first frame before Textual is imported; keys typed meanwhile wait for the app."""

from __future__ import annotations

import atexit
import os
import termios

TYPE_CHECKING = False
"""As typing has it; typing and dataclasses would cost more time than all the rest of this file."""
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import Any

ROWS_FOR_HEADER = 16
"""A lower screen has neither header nor hints."""
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[m\x1b[H\x1b[2J"
_LEAVE = "\x1b[?1049l\x1b[?25h"


class Painted:
    """What was put on the terminal, and how the terminal was before."""

    __slots__ = ("attributes", "first_frame", "height", "width")

    def __init__(self, first_frame: str, width: int, height: int, attributes: list[Any]) -> None:
        self.first_frame = first_frame
        self.width = width
        self.height = height
        self.attributes = attributes


_painted: Painted | None = None


OPENING = "Opening the archive"
"""What the status line says before there are results."""


def first_frame(width: int, height: int) -> str:
    """The query line and the status line, as the app's first frame has them."""
    if width < 20 or height < 4:
        return ""
    row = 2 if height >= ROWS_FOR_HEADER else 1
    return f"\x1b[{row}H\x1b[1mSearch\x1b[m\x1b[{height - 1}H\x1b[7m{OPENING:<{width}}\x1b[m"


def paint_early(arguments: Sequence[str]) -> None:
    """Paint where a command line can only mean the reader: none, or paths that are there."""
    if os.environ.get("TERM", "dumb") not in {"", "dumb"} and all(map(os.path.exists, arguments)):
        paint()


def paint() -> None:
    """Show the first frame and stop echoing keys; does nothing without a terminal."""
    global _painted  # noqa: PLW0603 - there is one terminal
    if _painted is not None or not (os.isatty(0) and os.isatty(2)):
        return
    try:
        before = termios.tcgetattr(0)
        width, height = os.get_terminal_size(2)
    except (OSError, termios.error):
        return
    if not (width and height):
        return
    drawn = first_frame(width, height)
    _painted = Painted(drawn, width, height, before)
    atexit.register(restore)
    _watch_for_the_end()
    _quiet(before)
    _write(_ENTER + drawn)


def show_name(name: str) -> None:
    """Show in the header which archive is being opened, where the first frame stands and has a header."""
    painted = _painted
    if painted is None or not painted.first_frame or painted.height < ROWS_FOR_HEADER:
        return
    if len(name) < painted.width and name.isascii() and name.isprintable():
        header = f"\x1b[H\x1b[1m{name}\x1b[m"
        painted.first_frame += header
        _write(header)


def taken_over() -> Painted | None:
    """What was painted, for the driver, which from then on answers for the terminal."""
    global _painted
    painted, _painted = _painted, None
    return painted


def restore() -> None:
    """Give the terminal back as it was, unless the driver has taken it over."""
    painted = taken_over()
    if painted is None:
        return
    _write(_LEAVE)
    try:
        termios.tcsetattr(0, termios.TCSANOW, painted.attributes)
    except termios.error:
        return


def _watch_for_the_end() -> None:
    """Give the terminal back on SIGTERM and SIGHUP; an ignored signal (as with `nohup`) stays ignored."""
    import signal

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _quiet(before: list[Any]) -> None:
    """No echo, no lines, no signals from keys: what is typed stays in the terminal until the app reads it."""
    flags = list(before)
    flags[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    flags[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    flags[6] = [*before[6]]
    flags[6][termios.VMIN] = 1
    try:
        termios.tcsetattr(0, termios.TCSANOW, flags)
    except termios.error:
        return


def _write(text: str) -> None:
    try:
        os.write(2, text.encode())
    except OSError:
        return


def _end(number: int, _: FrameType | None) -> None:
    import signal

    restore()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
