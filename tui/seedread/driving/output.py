"""The thread that writes to the terminal, always the latest state."""

from __future__ import annotations

import os
import select
from threading import Condition, Thread

from seedread.driving.screen import TerminalScreen


class Output(Thread):
    """Sends what a screen has to send as fast as the terminal takes it, and no faster.

    While a write blocks, the screen goes on taking frames; what is sent next is the way to the last of them.
    """

    def __init__(self, screen: TerminalScreen, fileno: int, encoding: str) -> None:
        super().__init__(daemon=True, name="seedread-output")
        self._screen = screen
        self._fileno = fileno
        self._encoding = encoding
        self._condition = Condition()
        self._closing = False
        self._lost = False

    def write(self, data: str) -> None:
        """Take one write of Textual; never blocks on the terminal."""
        with self._condition:
            self._screen.write(data)
            self._condition.notify()

    def resize(self, width: int, height: int) -> None:
        """Take a new size of the terminal; it is painted with the next write or `wake`."""
        with self._condition:
            self._screen.resize(width, height)

    def redraw(self) -> None:
        """Paint everything anew."""
        with self._condition:
            self._screen.forget()
            self._condition.notify()

    def wake(self) -> None:
        """Send whatever there is to send."""
        with self._condition:
            self._condition.notify()

    def close(self, timeout: float) -> None:
        """Send the rest and end; gives up on a terminal that takes nothing for so many seconds."""
        with self._condition:
            self._closing = True
            self._condition.notify()
        self.join(timeout)

    def run(self) -> None:
        """Send until closed."""
        while True:
            with self._condition:
                while not (self._screen.ready or self._closing):
                    self._condition.wait()
                data = self._screen.take()
                if self._closing and not data:
                    return
            self._send(data.encode(self._encoding, "replace"))

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view and not self._lost:
            try:
                view = view[os.write(self._fileno, view) :]
            except BlockingIOError:
                select.select((), (self._fileno,), ())
            except OSError:
                self._lost = True
