"""The thread's work of reading keys, until the driver stops it or the terminal is gone."""

from __future__ import annotations

import codecs
import os
import selectors
from collections.abc import Callable
from threading import Event

from textual._xterm_parser import XTermParser
from textual.message import Message

from seedread.driving.pasting import PasteFilter

_SECONDS_BETWEEN_TICKS = 0.1


def read_keys(fileno: int, encoding: str, stopped: Event, deliver: Callable[[Message], None]) -> bool:
    """Read and deliver what is typed until stopped; whether the terminal is still there.

    Textual's own loop takes the end of the input for silence and asks again at once, for ever.
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
