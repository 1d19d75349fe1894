"""One child process: its start, its pipes, which never block this program, and whether it is late."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seedread_index.processes.frames import Frame, FrameBuffer, framed

_PATIENCE = 20.0
"""How many times its limit of processor time a job may take by the clock, where it does not stand still."""
_AT_ONCE = 1 << 18


def child_command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package; never one from the current folder."""
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """The environment of a child: this package is found in it wherever it was found here."""
    home = str(Path(__file__).parents[2])
    known = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join([home, known] if known else [home])}


def processor_time(pid: int) -> float | None:
    """Seconds that a process has computed; None where the system does not tell (only Linux does so)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return None


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


class Watch:
    """Tells whether a process is late: a busy machine is no fault of a job."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.begin()

    def begin(self) -> None:
        """Count from now on."""
        self._began, self._spent = time.monotonic(), processor_time(self._pid)
        self._moved = self._spent or 0.0, self._began

    def left_to_start(self, limit: float) -> float:
        """Seconds until a process that has not started yet is late."""
        return self._began + limit - time.monotonic()

    def left(self, allowed: float, still: float) -> float:
        """Seconds until it is late: when it has computed for `allowed`, or stood still for `still`."""
        now, spent = time.monotonic(), processor_time(self._pid)
        if spent is None or self._spent is None:
            return self._began + allowed - now
        if spent > self._moved[0]:
            self._moved = spent, now
        return min(
            self._spent + allowed - spent,
            self._moved[1] + still - now,
            self._began + _PATIENCE * allowed - now,
        )
