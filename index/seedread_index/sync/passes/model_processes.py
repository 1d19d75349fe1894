"""Model processes at work: texts go out in batches, spans come back; spaCy stays in the processes."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from seedread_index.model.errors import ModelError
from seedread_index.ner.spans import LabelledSpan
from seedread_index.processes.child import Program
from seedread_index.processes.jobs import Failure, Job, PoolLimits, RefusedError, Trouble
from seedread_index.processes.pool import Pool

_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Matrices this small gain nothing from threads, and two processes would fight for the cores."""
_MEMORY_EACH = 800 * 1024 * 1024
_WORTH_TWO = 120
"""Texts from which a second process, with its seconds of loading, is worth it."""

_LIMIT = 300.0
"""Seconds that a batch may take, which is about one second of work."""
_START_LIMIT = 300.0
_HINTS = {
    Trouble.CRASHED: "It may need more memory.",
    Trouble.MEMORY: "out of memory",
    Trouble.LATE: f"It took longer than {_LIMIT:g} seconds over some texts.",
    Trouble.NOT_STARTED: "It does not start; it may need more memory.",
}

Spans = tuple[LabelledSpan, ...]


def processes_for(texts: int, most: int) -> int:
    """How many processes to use for so many texts: two where two cores and the memory for it are idle."""
    if most < 2 or texts < _WORTH_TWO or idle_cores() < 1.5 or free_memory() < 3 * _MEMORY_EACH:
        return 1
    return 2


class ModelProcesses:
    """Processes with a model each; give them batches, take results in the order in which they are ready."""

    def __init__(self, name: str | None, count: int) -> None:
        program = Program("seedread_index.ner.spacy.pipeline", name, _ONE_THREAD, start_limit=_START_LIMIT)
        self._pool = Pool(program, PoolLimits(processes=count, ahead=2))
        self._count = count
        self._given: dict[int, Any] = {}
        self._number = itertools.count()

    def __enter__(self) -> Self:
        self._pool.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.__exit__(kind, error, trace)

    @property
    def hungry(self) -> bool:
        """Whether some process would soon wait for texts."""
        return self._pool.in_flight < 2 * self._count

    @property
    def busy(self) -> bool:
        """Whether results are still to come."""
        return self._pool.in_flight > 0

    def give(self, key: Any, texts: Sequence[str]) -> None:
        """Have the texts of one batch read."""
        number = next(self._number)
        self._given[number] = key
        self._pool.submit(Job(number, list(texts), limit=_LIMIT))

    def take(self, patience: float) -> tuple[Any, list[Spans]] | None:
        """A batch that is done, its key and the spans of each text; None when none came in time.

        Raises ModelError when a batch could not be read, at the second try either.
        """
        try:
            event = self._pool.take(patience)
        except RefusedError as refused:
            raise ModelError(*refused.args) from refused
        if event is None or event.job is None:
            return None
        key = self._given.pop(event.job.number)
        if isinstance(event, Failure):
            raise ModelError("The entity model process ended.", _HINTS[event.trouble])
        return key, [tuple(LabelledSpan(*span) for span in spans) for spans in event.value()]


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
