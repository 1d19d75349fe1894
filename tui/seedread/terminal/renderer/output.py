"""The thread that writes to the terminal, always the latest state."""

from __future__ import annotations

import os
import select
from collections import deque
from threading import Condition, Thread

from seedread.terminal.renderer.screen import TerminalScreen

_SECONDS_FOR_AN_ANSWER = 2.0


class OutputThread(Thread):
    """Sends the updates of a screen as fast as the terminal takes them.

    While a write blocks, or too much is under way, the screen goes on taking frames; what is sent next is the
    way to the last of them.
    """

    def __init__(self, screen: TerminalScreen, fileno: int, encoding: str) -> None:
        super().__init__(daemon=True, name="seedread-output")
        self._screen = screen
        self._fileno = fileno
        self._encoding = encoding
        self._condition = Condition()
        self._window = Window()
        self._closing = False
        self._lost = False

    def write(self, data: str) -> None:
        """Take one write of Textual; never blocks on the terminal."""
        with self._condition:
            self._screen.write(data)
            self._condition.notify()

    def resize(self, width: int, height: int) -> None:
        """Take a new size of the terminal, in cells; it is painted with the next write or `wake`."""
        with self._condition:
            self._screen.resize(width, height)

    def redraw(self) -> None:
        """Redraw everything."""
        with self._condition:
            self._screen.forget()
            self._condition.notify()

    def wake(self) -> None:
        """Send whatever there is to send."""
        with self._condition:
            self._condition.notify()

    def answered(self) -> None:
        """Note that the terminal has answered the oldest question."""
        with self._condition:
            self._window.answered()
            self._condition.notify_all()

    def catch_up(self, timeout: float) -> None:
        """Wait up to `timeout` seconds for pending answers; a late one would be typed into the shell."""
        with self._condition:
            self._condition.wait_for(lambda: self._lost or not self._window.waiting, timeout)

    def close(self, timeout: float) -> None:
        """Send the rest and end; give up on a terminal that takes nothing for `timeout` seconds."""
        with self._condition:
            self._closing = True
            self._condition.notify()
        self.join(timeout)

    def run(self) -> None:
        """Send until closed."""
        while True:
            with self._condition:
                self._wait()
                data = self._screen.take()
                if self._closing and not data:
                    return
                if not self._closing and self._screen.active and self._window.asks_after(len(data)):
                    data += ASK
            self._send(data.encode(self._encoding, "replace"))

    def _wait(self) -> None:
        """Wait for something to send, and for the terminal to be near enough; an answer may get lost."""
        while not self._closing:
            if not self._screen.ready:
                self._condition.wait()
            elif self._window.open:
                return
            elif not self._condition.wait(_SECONDS_FOR_AN_ANSWER):
                self._window.reset()

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view and not self._lost:
            try:
                view = view[os.write(self._fileno, view) :]
            except BlockingIOError:
                select.select((), (self._fileno,), ())
            except OSError:
                self._lost = True


ASK = "\x1b[6n"
"""Asks for the position of the cursor (DSR 6); the answer tells that everything before has arrived."""
_WIDTH = 4096
_MIN_ASKED = 512


class Window:
    """Flow control: counts the bytes under way to the terminal.

    A secure shell takes megabytes at once, whatever the line behind it carries, so that a write that does not
    block says nothing. A question at the end of a frame does: its answer tells that the frame has arrived. A
    terminal that has never answered is taken to be up to date.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Start over, and ask again."""
        self._asked: deque[int] = deque()
        self._under_way = 0
        self._unasked = 0
        self._answers = False
        self._first = True

    @property
    def open(self) -> bool:
        """Whether more may be sent."""
        return not self._answers or self._under_way < _WIDTH

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._asked)

    def asks_after(self, count: int) -> bool:
        """Note so many bytes about to be sent; whether to ask at their end."""
        self._under_way += count
        self._unasked += count
        if not (self._first or (self._answers and self._unasked >= _MIN_ASKED)):
            return False
        self._first = False
        self._asked.append(self._unasked)
        self._unasked = 0
        return True

    def answered(self) -> None:
        """Note an answer."""
        if self._asked:
            self._answers = True
            self._under_way -= self._asked.popleft()
