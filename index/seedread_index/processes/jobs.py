"""What a pool is given and gives back: jobs, their answers, failures, and the limits of it all."""

from __future__ import annotations

import pickle
from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

_OVERHEAD = 512
"""Bytes that an event takes beside its body."""


class RefusedError(Exception):
    """A child says that it cannot work at all; the arguments are its own words."""


class Trouble(StrEnum):
    """Why a job got no answer."""

    CRASHED = "crashed"
    MEMORY = "memory"
    LATE = "late"
    NOT_STARTED = "not started"


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A value for a child to work on; `again` is what a second try gets instead, where it is given.

    `size` is about how many bytes the answer has. `first_limit` is how many seconds the child may compute
    before the first part of an answer, `limit` between two parts and before each where nothing else is said.
    """

    number: int
    value: Any
    again: Any = None
    size: int = 0
    limit: float = 20.0
    first_limit: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A part of the answer to a job, or the `final` one; `job` is None for what a child says at its end."""

    job: Job | None
    body: bytes
    final: bool

    def value(self) -> Any:
        """What the child said."""
        return pickle.loads(self.body)

    @property
    def size(self) -> int:
        """How many bytes it takes while it waits."""
        return len(self.body) + _OVERHEAD


@dataclass(frozen=True, slots=True, eq=False)
class Failure:
    """The end of a job that got no answer in two tries; `allowed` is how many seconds it had."""

    job: Job
    trouble: Trouble
    allowed: float
    final: bool = True
    size: int = _OVERHEAD


Event = Answer | Failure


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """What a pool may use.

    `ahead` jobs at most are given to a child at once, as long as their sizes do not exceed `ahead_bytes`; of
    jobs from the size `large` on, one is done at a time. `backlog` is how many bytes of answers may wait.
    """

    processes: int = 2
    ahead: int = 8
    ahead_bytes: int = 8 << 20
    large: int = 8 << 20
    backlog: int = 32 << 20


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """A job on its way: how often it has been tried, this time included."""

    number: int
    job: Job = field(compare=False)
    attempt: int = field(default=1, compare=False)

    def again(self) -> Task:
        """The same for the second try."""
        return replace(self, attempt=self.attempt + 1)

    @property
    def value(self) -> Any:
        """What the child gets."""
        return self.job.value if self.attempt == 1 or self.job.again is None else self.job.again


class Backlog:
    """Events in the order in which they came, or in the order of the jobs; `limit` is in bytes."""

    def __init__(self, limit: int, *, ordered: bool) -> None:
        self._limit = limit
        self._ordered = ordered
        self._order: deque[int] = deque()
        self._events: dict[int | None, deque[Event]] = {None: deque()}
        self.held = self.peak = self.ended = 0
        self.full = False
        """Whether no more work should be begun."""

    def expect(self, number: int) -> None:
        """Note a job whose events will come."""
        if self._ordered:
            self._order.append(number)

    def is_oldest(self, number: int | None) -> bool:
        """Whether this is the job whose events are waited for."""
        return self._ordered and number is not None and bool(self._order) and self._order[0] == number

    def pauses(self, number: int | None) -> bool:
        """Whether a child at this job should not be read now; the one that is waited for always is."""
        return self.full and not (self.is_oldest(number) and not self.has_next)

    def put(self, number: int | None, event: Event) -> None:
        """Take in an event of a job."""
        key = number if self._ordered else None
        self._events.setdefault(key, deque()).append(event)
        self.held += event.size
        self.peak = max(self.peak, self.held)
        self.full = self.full or self.held > self._limit

    @property
    def has_next(self) -> bool:
        """Whether an event can be taken."""
        return bool(self._events.get(self._key()))

    @property
    def is_low(self) -> bool:
        """Whether there is room for more since it was full."""
        return self.held < self._limit // 2

    def take(self) -> Event | None:
        """The next event."""
        key = self._key()
        waiting = self._events.get(key)
        if not waiting:
            return None
        event = waiting.popleft()
        self.held -= event.size
        self.full = self.full and not self.is_low
        if event.final:
            self.ended += 1
            if self._ordered:
                del self._events[self._order.popleft()]
        return event

    def _key(self) -> int | None:
        return self._order[0] if self._ordered and self._order else None
