"""A child as a member of a pool: the jobs it has, and whether the pool listens to it."""

from __future__ import annotations

import selectors
from collections import deque

from seedread_index.processes.child import Child
from seedread_index.processes.jobs import Limits, Task


class Member:
    """A child and the jobs that it was given; it is at the first of them."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.tasks: deque[Task] = deque()
        self.ready = False
        self.finishing = False
        self.has_spoken = False
        """Whether a part of the answer to the present job has come."""
        self._fresh = True
        self._read: int | None = None
        self._written: int | None = None

    @property
    def number(self) -> int | None:
        """The number of the job it is at."""
        return self.tasks[0].number if self.tasks else None

    @property
    def is_watched(self) -> bool:
        """Whether it should be saying something soon, and would be heard."""
        return self._read is not None and (bool(self.tasks) or self.finishing)

    def has_room(self, task: Task, limits: Limits) -> bool:
        """Whether it may be given one more job: never behind a younger one, and alone for a second try."""
        if task.attempt > 1:
            return self._fresh
        if not self.tasks:
            return True
        last = self.tasks[-1]
        given = sum(each.job.size for each in self.tasks) + task.job.size
        return (
            last.attempt == 1
            and last.number < task.number
            and len(self.tasks) < limits.ahead
            and given <= limits.ahead_bytes
        )

    def give(self, task: Task) -> None:
        """Give it one more job."""
        if not self.tasks and self.ready:
            self.child.watch.begin()
        self._fresh = False
        self.tasks.append(task)
        self.child.send(task.value)

    def done(self) -> Task:
        """Take away the job that it has answered."""
        self.has_spoken = False
        return self.tasks.popleft()

    def finish(self) -> None:
        """Let it end by itself."""
        if not self.finishing:
            self.finishing = True
            self.child.watch.begin()
            self.child.finish()

    def allowed(self, task: Task) -> float:
        """Seconds that it may compute before it says something."""
        job = task.job
        return job.limit if self.has_spoken or job.first_limit is None else job.first_limit

    def time_left(self, start_limit: float) -> float:
        """Seconds until it is late."""
        if not self.ready:
            return self.child.watch.left_to_start(start_limit)
        if not self.tasks:
            return self.child.watch.left(start_limit, start_limit)
        task = self.tasks[0]
        return self.child.watch.left(self.allowed(task), task.job.limit)

    def listen(self, selector: selectors.BaseSelector, *, reading: bool) -> None:
        """Have its answers read or not; its time counts only while they are."""
        if reading and self._read is None:
            self._read = self.child.answers
            selector.register(self._read, selectors.EVENT_READ, self)
            self.child.watch.begin()
        elif not reading and self._read is not None:
            selector.unregister(self._read)
            self._read = None
        writing = self.child.wants_to_write
        if writing and self._written is None:
            self._written = self.child.jobs_pipe
            selector.register(self._written, selectors.EVENT_WRITE, self)
        elif not writing and self._written is not None:
            selector.unregister(self._written)
            self._written = None

    def write(self, selector: selectors.BaseSelector) -> None:
        """Send what its pipe takes."""
        self.child.flush()
        if not self.child.wants_to_write and self._written is not None:
            selector.unregister(self._written)
            self._written = None

    def ignore(self, selector: selectors.BaseSelector) -> None:
        """Listen to it no more."""
        for descriptor in (self._read, self._written):
            if descriptor is not None:
                selector.unregister(descriptor)
        self._read = self._written = None
