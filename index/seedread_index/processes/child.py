"""One child process: its start, its pipes, which never block this program, and the jobs a pool gives it."""

from __future__ import annotations

import contextlib
import os
import select
import selectors
import subprocess
import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seedread_index.processes.frames import Frame, FrameBuffer, framed
from seedread_index.processes.jobs import PoolLimits, Task
from seedread_index.processes.limits import Watch

_AT_ONCE = 1 << 18


def child_command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package; never one from the current folder."""
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """The environment of a child: this package is found in it wherever it was found here."""
    home = str(Path(__file__).parents[2])
    known = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join([home, known] if known else [home])}


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """What a child runs: a module of this package, the value it is sent first, and how long it may take to
    start: a network disk may hold the program."""

    module: str
    first: Any = None
    environment: Mapping[str, str] = field(default_factory=dict)
    start_limit: float = 60.0


class Child:
    """A process that runs a program; nothing here waits for it, `end` aside."""

    def __init__(self, program: Program) -> None:
        self._process = subprocess.Popen(
            child_command(program.module, str(os.getpid())),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment() | dict(program.environment),
            cwd="/",
            process_group=0,
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        for pipe in (self._in, self._out):
            os.set_blocking(pipe.fileno(), False)
        self._outgoing: deque[memoryview] = deque()
        self._buffer = FrameBuffer()
        self._finishing = False
        self.watch = Watch(self._process.pid)
        self.send(program.first)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def answers(self) -> int:
        """The descriptor on which its answers come."""
        return self._out.fileno()

    @property
    def jobs_pipe(self) -> int:
        """The descriptor through which it gets jobs."""
        return self._in.fileno()

    @property
    def wants_to_write(self) -> bool:
        """Whether jobs wait until the child has read others."""
        return bool(self._outgoing)

    @property
    def is_broken(self) -> bool:
        """Whether it wrote something that is not a frame."""
        return self._buffer.is_broken

    def send(self, value: Any) -> None:
        """Send a value as soon as the child reads."""
        self._outgoing.append(memoryview(framed(value)))
        self.flush()

    def finish(self) -> None:
        """Close its input once everything is sent."""
        self._finishing = True
        self.flush()

    def flush(self) -> None:
        """Write what the pipe takes."""
        try:
            while self._outgoing:
                head = self._outgoing[0]
                written = os.write(self._in.fileno(), head[:_AT_ONCE])
                if written < len(head):
                    self._outgoing[0] = head[written:]
                else:
                    self._outgoing.popleft()
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._outgoing.clear()  # That it has ended is seen when its answers are read.
        if self._finishing:
            self._in.close()

    def receive(self) -> list[Frame] | None:
        """The frames that have come; None when the process has ended."""
        try:
            data = os.read(self._out.fileno(), _AT_ONCE)
        except BlockingIOError:
            return []
        return self._buffer.feed(data) if data else None

    def is_silent(self) -> bool:
        """Whether nothing waits to be read from it."""
        poll = select.poll()
        poll.register(self._out, select.POLLIN)
        return not poll.poll(0)

    def end(self) -> None:
        """Kill it and wait for its end."""
        self._process.kill()
        for pipe in (self._in, self._out):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        self._process.wait()


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

    def has_room(self, task: Task, limits: PoolLimits) -> bool:
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
