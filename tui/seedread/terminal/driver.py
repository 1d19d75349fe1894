"""The driver: Textual's own for Linux and macOS, except that only what changed on the screen is written.

And that keys are read until the driver is stopped or the terminal is gone, and pasted text as text.
"""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import math
import os
import re
import selectors
import signal
import struct
import sys
import termios
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from seedread.terminal import early_paint, process
from seedread.terminal.renderer.output import OutputThread
from seedread.terminal.renderer.screen import TerminalScreen
from seedread_index.text.sanitize import CONTROLS

if TYPE_CHECKING:
    from textual.app import App

TESTED_WITH = ("8.2.8",)
"""The versions of Textual that the differential test was run with."""
_POINTER_SHAPE = "\x1b]22;"
_SECONDS_TO_CATCH_UP = 0.4
_SECONDS_TO_DRAIN = 2.0
_SECONDS_TO_RESUME = 0.3
_SECONDS_TO_RESIZE = 0.15


class CellDriver(LinuxDriver):
    """Writes only changed cells: `App(driver_class=CellDriver)`.

    Everything goes through `write`. Of the base classes it uses the methods below,
    `suspend_application_mode`, `resume_application_mode`, and the attributes `fileno`, `exit_event`,
    `attrs_before`, `_app`, `_loop`, `_size`, `_auto_restart` and `_must_signal_resume`.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.exit_event: Stop = Stop()
        self._terminal = 2
        width, height = self._measured()
        if size is None:
            self._size = (width, height)
        self._screen = TerminalScreen(width, height, colourless=process.colourless())
        self._output: OutputThread | None = None
        self._encoding = sys.__stderr__.encoding if sys.__stderr__ is not None else "utf-8"
        self._resumed = False
        self._suspended = False

    def write(self, data: str) -> None:
        """Take one write of Textual."""
        if self._output is not None and (self._mouse or not data.startswith(_POINTER_SHAPE)):
            self._output.write(data)

    def redraw(self) -> None:
        """Redraw the whole screen, after something else has written to it."""
        if self._output is not None:
            self._output.redraw()

    def start_application_mode(self) -> None:
        """Take the terminal over, with the early paint where there is one."""
        # First of all: from here on nobody else gives the terminal back.
        process.install(self._app, stop=self._stop, resume=self._resume)
        self._suspended = False
        painted = early_paint.taken_over()
        self._screen.resize(*self._measured())
        if painted is not None and (painted.width, painted.height) == self._screen.size:
            self._screen.adopt(painted.first_frame)
        self._output = OutputThread(self._screen, self._terminal, self._encoding)
        self._output.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if painted is not None:
            self.attrs_before = painted.attributes
        self._keep_line_feeds()

    def _keep_line_feeds(self) -> None:
        """Let the system add no carriage return to a line feed; the encoder writes it where it belongs."""
        with contextlib.suppress(termios.error):
            attributes = termios.tcgetattr(self.fileno)
            attributes[1] &= ~termios.ONLCR
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)

    def run_input_thread(self) -> None:
        """Read keys; leave the app when the terminal is gone."""
        if not read_keys(self.fileno, self._encoding, self.exit_event, self.process_message):
            self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=128 + signal.SIGHUP))

    def _stop(self) -> None:
        """Give the terminal back, stop, and take it again."""
        if not self._auto_restart:
            process.stop_process_group()
            return
        self.suspend_application_mode()
        self._resumed = True
        process.stop_process_group()
        self._must_signal_resume = True
        self.resume_application_mode()
        self._loop.call_later(_SECONDS_TO_RESUME, setattr, self, "_resumed", False)

    def _resume(self) -> None:
        """Restore the terminal after a stop that came without warning (SIGSTOP)."""
        if self._auto_restart and not self._resumed and self._output is not None:
            self.suspend_application_mode()
            self.resume_application_mode()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._output is not None:
            self._output.catch_up(_SECONDS_TO_CATCH_UP)
        super().stop_application_mode()

    def suspend_application_mode(self) -> None:
        """Give the terminal back until it is resumed."""
        self._suspended = True
        super().suspend_application_mode()

    def close(self) -> None:
        """Send the rest and end the thread that writes."""
        super().close()
        if self._output is not None:
            self._output.close(_SECONDS_TO_DRAIN)
            self._output = None
        if not self._suspended:
            process.release()

    def process_message(self, message: Message) -> None:
        """Look at messages on their way to the app; runs in the thread that reads keys."""
        if isinstance(message, events.CursorPosition):
            if self._output is not None:
                self._output.answered()
            return
        if isinstance(message, events.Resize):
            self._loop.call_soon_threadsafe(self._resized, *message.size)
        super().process_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size for the event of a new one; called in a signal handler, so that no lock may be taken."""
        size = self._measured()
        self._loop.call_soon_threadsafe(self._resized, *size)
        return size

    def _measured(self) -> tuple[int, int]:
        """What the terminal says, not what COLUMNS and LINES do."""
        for fileno in (self._terminal, self.fileno, 1):
            try:
                answer = fcntl.ioctl(fileno, termios.TIOCGWINSZ, b"\0" * 8)
            except OSError:
                continue
            height, width = struct.unpack("4H", answer)[:2]
            if width and height:
                return width, height
        return 80, 24

    def _resized(self, width: int, height: int) -> None:
        output = self._output
        if output is None or (width, height) == self._screen.size:
            return
        output.resize(width, height)
        self._loop.call_later(_SECONDS_TO_RESIZE, output.wake)


__all__ = ["TESTED_WITH", "CellDriver"]


_SECONDS_BETWEEN_TICKS = 0.1
_TICKS = math.ceil(ESCAPE_DELAY / _SECONDS_BETWEEN_TICKS) + 1
"""Ticks after which an escape is known to be a key of its own; nothing else needs them."""


class Stop(Event):
    """An event that ends a wait for keys: while it is set, its descriptor can be read from."""

    def __init__(self) -> None:
        super().__init__()
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)

    def fileno(self) -> int:
        """The descriptor."""
        return self._reader

    def set(self) -> None:
        """Set it."""
        super().set()
        os.write(self._writer, b"x")

    def clear(self) -> None:
        """Unset it."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._reader, 4096)
        super().clear()


def read_keys(fileno: int, encoding: str, stopped: Stop, deliver: Callable[[Message], None]) -> bool:
    """Read and deliver what is typed until stopped; whether the terminal is still there.

    Textual's own loop takes the end of the input for silence and spins, and wakes up ten times a second.
    """
    parser = XTermParser()
    pasted = PasteFilter()
    decode = codecs.getincrementaldecoder(encoding)("replace").decode
    with selectors.SelectSelector() as selector:
        for each in (fileno, stopped):
            selector.register(each, selectors.EVENT_READ)
        ticks = 0
        while not stopped.is_set():
            if selector.select(_SECONDS_BETWEEN_TICKS if ticks else None):
                if stopped.is_set():
                    break
                ticks = _TICKS
                try:
                    data = os.read(fileno, 4096)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                if not data:
                    return False
                for message in parser.feed(pasted.feed(decode(data))):
                    deliver(message)
            else:
                ticks -= 1
            for message in parser.tick():
                deliver(message)
    return True


_START = "\x1b[200~"
_END = "\x1b[201~"
_CONTROLS = re.compile(f"[{CONTROLS}]")


class PasteFilter:
    """Passes on what is typed as it is, and what a terminal brackets as pasted without control characters.

    Textual takes an escape inside a paste for the start of a key's sequence and presses what follows.
    """

    def __init__(self) -> None:
        self._pasting = False
        self._before = ""
        """The last characters passed on, which may begin the mark that starts a paste."""
        self._held = ""
        """Characters of a paste that may begin the mark that ends it."""

    def feed(self, data: str) -> str:
        """Take what was read; what to pass on."""
        passed = ""
        while data or self._held:
            if not self._pasting:
                passed += (typed := self._typed(data))
                data = data[len(typed) :]
                continue
            text, ended, rest = (self._held + data).partition(_END)
            self._held = ""
            if not ended:
                text, self._held = _without_beginning(text)
                return passed + _CONTROLS.sub("", text)
            passed += _CONTROLS.sub("", text) + ended
            self._pasting, data = False, rest
        return passed

    def _typed(self, data: str) -> str:
        """Data up to where a paste starts; keys never wait."""
        seen = self._before + data
        start = seen.find(_START)
        self._pasting = start >= 0
        self._before = "" if self._pasting else seen[1 - len(_START) :]
        return data[: start + len(_START) - len(seen) + len(data)] if self._pasting else data


def _without_beginning(text: str) -> tuple[str, str]:
    """A text without the beginning of the final mark that it ends with, and that beginning."""
    for length in range(min(len(_END) - 1, len(text)), 0, -1):
        if text.endswith(_END[:length]):
            return text[:-length], text[-length:]
    return text, ""
