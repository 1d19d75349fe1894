"""The events of a pool that have not been taken yet, counted in bytes; not safe without the pool's lock."""

from __future__ import annotations

from collections import deque

from seedread_index.processes.jobs import Event


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
