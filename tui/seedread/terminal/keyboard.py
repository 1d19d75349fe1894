"""Reading keys in a thread, until the driver stops it or the terminal is gone."""

from __future__ import annotations

import codecs
import os
import re
import selectors
from collections.abc import Callable
from threading import Event

from textual._xterm_parser import XTermParser
from textual.message import Message

from seedread_index.text.sanitize import CONTROLS

_SECONDS_BETWEEN_TICKS = 0.1


def read_keys(fileno: int, encoding: str, stopped: Event, deliver: Callable[[Message], None]) -> bool:
    """Read and deliver what is typed until stopped; whether the terminal is still there.

    Textual's own loop takes the end of the input for silence and spins.
    """
    parser = XTermParser()
    pasted = PasteFilter()
    decode = codecs.getincrementaldecoder(encoding)("replace").decode
    with selectors.SelectSelector() as selector:
        selector.register(fileno, selectors.EVENT_READ)
        while not stopped.is_set():
            if selector.select(_SECONDS_BETWEEN_TICKS):
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
