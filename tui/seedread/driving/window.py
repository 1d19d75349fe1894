"""How far the terminal may be behind: bytes sent and not yet answered for."""

from __future__ import annotations

from collections import deque

ASK = "\x1b[6n"
"""Asks for the place of the cursor; a terminal answers when it has come so far."""
_WIDTH = 4096
_WORTH_ASKING = 512


class Window:
    """Counts what is under way to the terminal.

    A secure shell takes megabytes at once, whatever the line behind it carries, so that a write that does not
    block says nothing. A question at the end of a frame does: its answer tells that the frame has arrived. A
    terminal that has never answered is taken to be always level.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Know nothing, and ask again."""
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
        if not (self._first or (self._answers and self._unasked >= _WORTH_ASKING)):
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
