"""A limit of CPU time, passed to every step of a search that may take long."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

SEARCH = 0.45
"""Seconds for the articles of a query."""
ANSWER = 0.75
"""Seconds for a search together with the matches in the rows that are shown; a last step may run over."""
MATCHES, MATCHES_PER_CHARACTER = 0.2, 2e-6
"""Seconds for every match in some articles, and for each character of their texts."""
EXPLAIN = 0.2
"""Seconds to explain why there are few results, other spellings included."""
COMPLETE = 0.3
"""Seconds for the completions of a word."""
FACETS = 0.5
"""Seconds for the counts over results."""

Clock = Callable[[], float]


class Expired(Exception):
    """Raised when the time is over before there is any answer; never leaves this package."""


class Deadline:
    """The CPU time that the calling thread may still use; once over, it stays over.

    Steps that can return a partial answer check `over` and stop: every row of the answer matches, and
    others may be missing. Other steps call `check`. The default clock is the CPU time of the thread, so
    other threads and programs do not count. Create it in the thread that uses it.

    That clock costs a call of the system, on virtual machines 3 to 50 microseconds; since a thread has no
    more CPU time than passes on the wall, it is read no earlier than it may say that the time is over.
    """

    __slots__ = ("_clock", "_earliest", "_end", "passed")

    def __init__(self, seconds: float, clock: Clock = time.thread_time) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._earliest = time.monotonic() + seconds if clock is time.thread_time else -math.inf
        self.passed = False
        """Whether anything was cut short."""

    def over(self) -> bool:
        """Whether the time is over; the caller then stops."""
        if not self.passed and time.monotonic() >= self._earliest:
            left = self._end - self._clock()
            self.passed = left <= 0
            if self._clock is time.thread_time:
                self._earliest = time.monotonic() + left
        return self.passed

    def check(self) -> None:
        """Raise Expired when the time is over."""
        if self.over():
            raise Expired


def unlimited() -> Deadline:
    """A deadline that never expires."""
    return Deadline(float("inf"), lambda: 0.0)
