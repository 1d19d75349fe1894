"""Keys in their order: each one goes where the one before it has moved the keyboard to."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from textual import events
from textual.message_pump import MessagePump
from textual.widgets import Input

_PATIENCE = 0.5
"""Seconds after which a key whose way was cut off, by a screen that closed, holds nobody up."""


class TypeAhead:
    """Holds keys that come faster than they are served.

    Textual hands every key at once to what has the focus now; of two keys typed quickly, or while the program
    was starting, the second would miss what the first one opened.
    """

    def __init__(
        self,
        serve: Callable[[events.Key], Awaitable[None]],
        way: Callable[[], Sequence[MessagePump]],
        ready: Callable[[], bool],
    ) -> None:
        self._serve = serve
        self._way = way
        self._ready = ready
        self._keys: deque[events.Key] = deque()
        self._since: float | None = None

    async def take(self, key: events.Key) -> None:
        """Serve a key as soon as those before it were served."""
        self._keys.append(key)
        await self.go_on()

    def forget(self) -> None:
        """Drop the keys that wait."""
        self._keys.clear()

    async def go_on(self) -> None:
        """Serve the next key, if it is time; text for an input line changes nothing for the key after it."""
        if self._since is not None and time.monotonic() - self._since < _PATIENCE:
            return
        while self._keys and self._ready():
            key, way = self._keys.popleft(), self._way()
            if key.is_printable and isinstance(way[0], Input):
                await self._serve(key)
                continue
            self._since = time.monotonic()
            await self._serve(key)
            self._follow(way, 0)
            return

    def _follow(self, way: Sequence[MessagePump], step: int) -> None:
        """Go the way of a key, behind it, from the widget up to the app."""
        while step < len(way) - 1:
            if way[step].call_later(self._follow, way, step + 1):
                return
            step += 1
        way[-1].call_later(self._served)

    async def _served(self) -> None:
        self._since = None
        await self.go_on()
