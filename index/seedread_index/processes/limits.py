"""What a child process may take: its memory, its time, and that it ends with its parent."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
import time
from pathlib import Path

_PATIENCE = 20.0
"""How many times its limit of processor time a job may take by the clock, where it does not stand still."""
_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the thread that started it ends (Linux); `parent` is its pid."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)  # The parent ended before the kernel was told.


def limit_memory(most: int) -> None:
    """Let this process allocate at most so many bytes, and leave no core file when it crashes."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def processor_time(pid: int) -> float | None:
    """Seconds that a process has computed; None where the system does not tell (only Linux does so)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return None


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
