"""How much of the machine stands idle: cores and memory that a second process could have."""

from __future__ import annotations

import os
import time
from pathlib import Path

_MOMENT = 0.5
"""Seconds that are watched. The load average would still tell of the work that was done just before."""
_IDLE_FIELD = 4
"""Where /proc/stat has the idle time in its first line (proc(5)): cpu, user, nice, system, idle."""


def idle_cores() -> float:
    """Cores that stand idle for a moment, of those that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    before, began = _idle_seconds(), time.monotonic()
    if before is None:
        return cores - os.getloadavg()[0]
    time.sleep(_MOMENT)
    after = _idle_seconds() or before
    return min(cores, (after - before) / (time.monotonic() - began))


def _idle_seconds() -> float | None:
    """Seconds for which the cores have stood idle since the start, summed; None where no Linux tells."""
    try:
        first = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
        return int(first.split()[_IDLE_FIELD]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None


def free_memory() -> int:
    """Bytes of memory that are available; plenty where the system does not tell."""
    try:
        with Path("/proc/meminfo").open(encoding="ascii") as file:
            for line in file:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 1 << 40
