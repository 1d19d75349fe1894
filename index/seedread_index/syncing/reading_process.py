"""One reading process: the jobs it has been given, what it answers, and whether it is late."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections import deque
from pathlib import Path

from seedread_index.settings import EngineSettings
from seedread_index.syncing.children import child_command, child_environment
from seedread_index.syncing.jobs import HEAD, Job, StudyJob, frame_head, framed

_AHEAD_BYTES = 8 * 1024 * 1024
"""How many bytes of files a process is given at once where they are several."""
_STEP = 4 * 1024 * 1024
"""A file has its time once more for each so many bytes: many articles can be in one."""
_PATIENCE = 20.0
"""How many times its limit of processor time a file may take by the clock, where it does not stand still."""
_START_LIMIT = 60.0
"""How many seconds a process may take to start: a network disk may hold the program."""


def processor_time(pid: int) -> float | None:
    """Seconds that a process has computed; None where the system does not tell (only Linux does so)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return None


class ReadingProcess:
    """One reading process with the jobs that it has been given."""

    def __init__(self, settings: EngineSettings) -> None:
        self._process = subprocess.Popen(
            child_command("seedread_index.syncing.read_worker", str(os.getpid())),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            cwd="/",
            process_group=0,
        )
        self.jobs: deque[Job | StudyJob] = deque()
        self.ready = False
        self.partial: bytes | None = None
        self._buffer = bytearray()
        self.begin()
        self._send(framed(settings))

    def fileno(self) -> int:
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def give(self, job: Job | StudyJob) -> None:
        """Give it one more job."""
        if not self.jobs:
            self.begin()
        self.jobs.append(job)
        self._send(framed(job))

    def has_room(self, job: Job | StudyJob, depth: int) -> bool:
        """Whether it may be given one more job; a large one only when it has no other."""
        if not self.jobs:
            return True
        given = sum(each.size for each in self.jobs)
        return len(self.jobs) <= depth and given + job.size <= _AHEAD_BYTES

    def begin(self) -> None:
        """Count the time from now on."""
        self._began, self._spent = time.monotonic(), processor_time(self._process.pid)
        self._moved = self._spent or 0.0, self._began

    def time_left(self, limit: float) -> float:
        """Seconds until it is late, at the earliest: a busy machine is no fault of a file."""
        now, spent = time.monotonic(), processor_time(self._process.pid)
        if not self.ready:
            return self._began + _START_LIMIT - now
        allowed = self.allowed(limit)
        if spent is None or self._spent is None:
            return self._began + allowed - now
        if spent > self._moved[0]:
            self._moved = spent, now
        return min(
            self._spent + allowed - spent,
            self._moved[1] + limit - now,
            self._began + _PATIENCE * allowed - now,
        )

    def allowed(self, limit: float) -> float:
        """Seconds that its present job may take."""
        return limit * (1 + self.jobs[0].size // _STEP)

    def frames(self) -> list[tuple[bytes, bool]] | None:
        """The frames that have come, each a body and whether it is final; None when the process has ended."""
        data = os.read(self.fileno(), 1 << 20)
        if not data:
            return None
        self._buffer += data
        found = []
        while len(self._buffer) >= HEAD:
            length, final = frame_head(self._buffer[:HEAD])
            end = HEAD + length
            if len(self._buffer) < end:
                break
            with memoryview(self._buffer) as view:
                found.append((bytes(view[HEAD:end]), final))
            del self._buffer[:end]
        return found

    def end(self) -> int:
        """Kill it; the exit code that it had before, if any."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        return self._process.wait()

    def _send(self, frame: bytes) -> None:
        assert self._process.stdin is not None
        # Where it has ended, that is seen when its outcomes are read.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(frame)
            self._process.stdin.flush()
