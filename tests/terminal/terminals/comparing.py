"""A driver for tests that shows the same output to two terminals: as Textual writes it, and as ours does."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Mapping
from typing import Any

from textual import events
from textual.driver import Driver
from textual.geometry import Size

from seedread.terminal.renderer.screen import TerminalScreen
from seedread.widgets.rendering.cells import max_cell_len
from terminals.counting import COUNTINGS, Counting
from terminals.emulator import Emulator

_FRAMES_BETWEEN = 5
"""Drawing the picture whole for every kind of terminal takes time; what went wrong in a frame stays wrong."""


class ComparingDriver(Driver):
    """Feeds each write to an emulator, and its difference to another, and holds them against each other.

    Some writes are held back, as they are when the terminal is behind, so that frames are skipped. Terminals
    that count cells otherwise, two for even seeds and two for odd ones, get the same difference: they show
    what they show when it is drawn whole.
    """

    seed = 0
    kinds: Mapping[str, Counting] | None = None
    """The other terminals, where they are not chosen by the seed."""
    last: ComparingDriver | None = None

    def __init__(self, app: Any, *, size: tuple[int, int] | None = None, **options: Any) -> None:
        super().__init__(app, size=size, **options)
        self.width, self.height = size or (80, 24)
        self.chance = random.Random(self.seed)
        self.theirs = Emulator(self.width, self.height)
        self.ours = Emulator(self.width, self.height)
        self.screen = TerminalScreen(self.width, self.height)
        self.whole = TerminalScreen(self.width, self.height)
        self.countings = self.kinds or dict(list(COUNTINGS.items())[self.seed % 2 * 2 :][:2])
        self.others = {
            name: Emulator(self.width, self.height, counting) for name, counting in self.countings.items()
        }
        self.compared = 0
        self.their_bytes = 0
        self.our_bytes = 0
        self.difference = ""
        self.unpainted = True
        type(self).last = self

    @property
    def is_headless(self) -> bool:
        return False

    def start_application_mode(self) -> None:
        self.write("\x1b[?1049h")
        self.write("\x1b[?7l")
        self.resize(self.width, self.height)

    def stop_application_mode(self) -> None:
        self.write("\x1b[?1049l")

    def disable_input(self) -> None:
        pass

    def resize(self, width: int, height: int) -> None:
        """Give the terminal another size, and tell the app."""
        self.width, self.height = width, height
        self.theirs.resize(height, width)
        self.ours.resize(height, width)
        self.unpainted = True
        for other in self.others.values():
            other.resize(height, width)
        for screen in (self.screen, self.whole):
            screen.resize(width, height)
        size = Size(width, height)
        loop = asyncio.get_running_loop()
        self._size = size
        asyncio.run_coroutine_threadsafe(self._app._post_message(events.Resize(size, size)), loop=loop)

    def write(self, data: str) -> None:
        self.theirs.feed(data)
        starts = [f"\x1b[{row};1H" in data for row in (1, self.height, self.height + 1)]
        if starts == [True, True, False]:
            self.unpainted = False
        self.their_bytes += len(data.encode())
        for screen in (self.screen, self.whole):
            screen.write(data)
        if self.chance.random() < 0.7:
            self.send()

    def send(self) -> None:
        """Send what is to be sent, and compare."""
        sent = self.screen.take()
        self.our_bytes += len(sent.encode())
        self.ours.feed(sent)
        for other in self.others.values():
            other.feed(sent)
        if not self.difference and not self.screen.ready and not self.unpainted:
            self.difference = difference(self.theirs, self.ours)
            if self.ours.in_doubt:
                self.difference = "cells were blanked under a style"
            if not self.difference and self.compared % _FRAMES_BETWEEN == 0:
                self.difference = self._among_others()
            if self.difference:
                self.difference += f"\nat {self.width}x{self.height}, sent {sent[:400]!r}"
            self.compared += 1

    def _among_others(self) -> str:
        """What terminals that count otherwise show and should not, in words."""
        if not self.whole.active:
            return ""
        self.whole.forget()
        drawn = self.whole.take()
        for name, counting in self.countings.items():
            other = self.others[name]
            redrawn = Emulator(self.width, self.height, counting)
            redrawn.feed("\x1b[?7l" + drawn)
            if found := difference(redrawn, other) or lost(self.theirs, other):
                return f"{name}: {found}"
        return ""


def signs(row: str) -> str:
    """What must not get lost of a row: everything but spaces and what joins."""
    return re.sub("[\\s\u200d\ufe0f]", "", row)


def lost(one: Emulator, other: Emulator) -> str:
    """The first row whose signs are not those of another terminal, though it has room on any."""
    for y, (left, right) in enumerate(zip(one.display, other.display, strict=True)):
        if signs(left) != signs(right) and max_cell_len(left.rstrip()) <= one.columns:
            return f"row {y}:\n{left}\nbecame\n{right}"
    return ""


def difference(one: Emulator, other: Emulator) -> str:
    """The first cell in which two terminals differ, in words; nothing where they show the same."""
    for y, (left, right) in enumerate(zip(one.rows(), other.rows(), strict=True)):
        for x, (a, b) in enumerate(zip(left, right, strict=True)):
            if a != b:
                return f"row {y}, column {x}: {a} became {b}\n{one.display[y]}\n{other.display[y]}"
    theirs, ours = (one.cursor.x, one.cursor.y), (other.cursor.x, other.cursor.y)
    return "" if theirs == ours else f"cursor {theirs} became {ours}"
