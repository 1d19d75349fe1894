"""A pool of children: gives them jobs, takes their answers, and tries a job that got none once more alone.

A thread starts the children, feeds them and reads what they say; it never waits for one of them, so that
nothing hides a late one. Answers that have not been taken are counted in bytes: above a bound no child is
read except the one at the oldest job, where the answers are wanted in the order of the jobs.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import threading
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from types import TracebackType
from typing import Self

from seedread_index.processes.child import Child, Member, Program
from seedread_index.processes.frames import Frame, FrameError, Kind
from seedread_index.processes.jobs import (
    Answer,
    Backlog,
    Event,
    Failure,
    Job,
    PoolLimits,
    RefusedError,
    Task,
    Trouble,
)

_STILLBORN = 3
"""So many children in a row that end before they are ready, and no more are started."""
_QUEUED = 1000
"""How many jobs `run` keeps waiting."""


class Pool:
    """Children that do jobs; use it as a context, which ends them."""

    def __init__(
        self, program: Program, limits: PoolLimits, *, ordered: bool = False, farewell: bool = False
    ) -> None:
        """`ordered` gives answers in the order of the jobs' numbers, which must rise; `farewell` lets the
        children end by themselves when there are no more jobs, and takes their last parts."""
        self._program = program
        self._limits = limits
        self._farewell = farewell
        self._todo: list[Task] = []
        self._members: list[Member] = []
        self.backlog = Backlog(limits.backlog, ordered=ordered)
        """What was answered and not taken yet."""
        self._stillborn = 0
        self._finished = self._closing = self._over = False
        self._submitted = 0
        self._failure: Exception | None = None
        self._news = threading.Condition()
        self._selector = selectors.DefaultSelector()
        self._wake_out, self._wake_in = os.pipe()
        os.set_blocking(self._wake_in, False)
        self._thread = threading.Thread(target=self._run, name="pool", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        self._wake()
        self._thread.join()
        os.close(self._wake_in)
        os.close(self._wake_out)

    @property
    def queued(self) -> int:
        """How many jobs wait for a child."""
        return len(self._todo)

    @property
    def in_flight(self) -> int:
        """How many jobs have been submitted whose last event was not taken."""
        return self._submitted - self.backlog.ended

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come than what waits to be taken."""
        return self._over

    def submit(self, job: Job) -> None:
        """Have a job done."""
        with self._news:
            self._submitted += 1
            self.backlog.expect(job.number)
            heappush(self._todo, Task(job.number, job))
        self._wake()

    def finish(self) -> None:
        """Say that no more jobs will come."""
        self._finished = True
        self._wake()

    def take(self, patience: float) -> Event | None:
        """The next event; None where none comes within `patience` seconds or at all.

        Raises RefusedError where a child will not start, OSError where the system has none to give.
        """
        with self._news:
            if self.backlog.full:
                self._wake()
            self._news.wait_for(lambda: self.backlog.has_next or self._failure or self._over, patience)
            if self._failure is not None:
                raise self._failure
            event = self.backlog.take()
        if event is not None and self.backlog.is_low:
            self._wake()
        return event

    def run(self, jobs: Iterable[Job], patience: float = 0.5) -> Iterator[Event | None]:
        """Do all the jobs; their events, and None where none came for `patience` seconds."""
        waiting = iter(jobs)
        more = True
        while True:
            while more and self.queued < _QUEUED:
                if (job := next(waiting, None)) is None:
                    more = False
                    self.finish()
                else:
                    self.submit(job)
            event = self.take(patience)
            if event is None and self.is_over:
                return
            yield event

    # -- in the thread -----------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._selector.register(self._wake_out, selectors.EVENT_READ, None)
            while not self._closing and self._has_work():
                self._feed()
                for member in self._members:
                    member.listen(self._selector, reading=not self.backlog.pauses(member.number))
                for key, _ in self._selector.select(self._until_deadline()):
                    self._hear(key.data, key.fd)
                self._end_late()
        except (OSError, RefusedError) as error:
            self._failure = error
        finally:
            for member in self._members:
                member.child.end()
            self._selector.close()
            with self._news:
                self._over = True
                self._news.notify_all()

    def _has_work(self) -> bool:
        if not self._finished or self._todo or any(member.tasks for member in self._members):
            return True
        if not self._farewell:
            return False
        for member in self._members:
            member.finish()
        return bool(self._members)

    def _feed(self) -> None:
        """Give jobs, the oldest first, as long as there are children with room for them."""
        with self._news:
            while self._todo:
                task = self._todo[0]
                oldest = self.backlog.is_oldest(task.number)
                if not oldest and (self.backlog.full or self._is_crowded(task)):
                    return
                if self._is_hopeless(task):
                    self._tell(heappop(self._todo), Failure(task.job, Trouble.NOT_STARTED, 0.0))
                    continue
                member = self._place(task)
                if member is None:
                    return
                member.give(heappop(self._todo))

    def _is_crowded(self, task: Task) -> bool:
        """Whether a job with a large answer has to wait for another one."""
        large = self._limits.large
        return task.job.size >= large and any(
            each.job.size >= large for member in self._members for each in member.tasks
        )

    def _is_hopeless(self, task: Task) -> bool:
        """Whether a job would wait for a child that does not start."""
        return self._stillborn >= _STILLBORN and (task.attempt > 1 or not self._members)

    def _place(self, task: Task) -> Member | None:
        """The child for a job; None where it has to wait."""
        room = [member for member in self._members if member.has_room(task, self._limits)]
        best = min(room, key=lambda member: len(member.tasks), default=None)
        if best is not None and not best.tasks:
            return best
        if self._stillborn >= _STILLBORN:
            return best
        if len(self._members) < self._limits.processes:
            return self._started()
        if task.attempt > 1:
            idle = next((member for member in self._members if not member.tasks), None)
            if idle is not None:
                self._drop(idle)
                return self._started()
        return best

    def _started(self) -> Member | None:
        try:
            member = Member(Child(self._program))
        except OSError:  # No memory or no number for one more process now: it is tried again.
            self._stillborn += 1
            return None
        self._members.append(member)
        return member

    def _until_deadline(self) -> float:
        left = [member.time_left(self._program.start_limit) for member in self._members if member.is_watched]
        return min(1.0, max(0.01, min(left, default=1.0)))

    def _hear(self, member: Member | None, descriptor: int) -> None:
        if member is None:
            os.read(self._wake_out, 4096)
            return
        if member not in self._members:
            return
        if descriptor != member.child.answers:
            member.write(self._selector)
            return
        try:
            frames = member.child.receive()
            for frame in frames or ():
                if member in self._members:
                    self._understand(member, frame)
        except FrameError:
            frames = None
        if (frames is None or member.child.is_broken) and member in self._members:
            self._lose(member, Trouble.CRASHED)

    def _understand(self, member: Member, frame: Frame) -> None:
        member.child.watch.begin()
        if not member.ready:
            if frame.kind is Kind.REFUSED:
                raise RefusedError(*frame.value())
            if frame.kind is not Kind.READY:
                raise FrameError("a child said something before it was ready")
            member.ready = True
            self._stillborn = 0
        elif frame.kind is Kind.PART and (member.tasks or member.finishing):
            task = member.tasks[0] if member.tasks else None
            member.has_spoken = True
            self._tell(task, Answer(task.job if task else None, frame.body, False))
        elif frame.kind is Kind.ANSWER and member.tasks:
            task = member.done()
            self._tell(task, Answer(task.job, frame.body, True))
        elif frame.kind is Kind.FAILED and member.tasks:
            self._lose(member, Trouble.MEMORY)
        else:
            raise FrameError("a child answered what it was not asked")

    def _end_late(self) -> None:
        for member in list(self._members):
            late = member.is_watched and member.time_left(self._program.start_limit) <= 0
            if late and member.child.is_silent():
                self._lose(member, Trouble.LATE)

    def _lose(self, member: Member, trouble: Trouble) -> None:
        """End a child. The job that it was at is tried once more alone; the others go back to be done."""
        self._drop(member)
        tasks = list(member.tasks)
        with self._news:
            if not member.ready:
                self._stillborn += 1
            elif tasks:
                task = tasks.pop(0)
                if task.attempt == 1:
                    heappush(self._todo, task.again())
                else:
                    self._tell(task, Failure(task.job, trouble, member.allowed(task)))
            for task in tasks:
                heappush(self._todo, task)

    def _drop(self, member: Member) -> None:
        member.ignore(self._selector)
        self._members.remove(member)
        member.child.end()

    def _tell(self, task: Task | None, event: Event) -> None:
        with self._news:
            self.backlog.put(task.number if task else None, event)
            self._news.notify_all()

    def _wake(self) -> None:
        with contextlib.suppress(BlockingIOError):  # The pipe is full of such calls already.
            os.write(self._wake_in, b".")
