"""Reading processes at work: each file has its time; a process that takes longer is ended and replaced."""

from __future__ import annotations

import contextlib
import os
import pickle
import selectors
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import seedread_index
from seedread_index.errors import ArchiveError
from seedread_index.settings import EngineSettings
from seedread_index.status import SkipStatus
from seedread_index.syncing.jobs import HEAD, Job, Outcome, StudyJob, frame_head, framed, unframed

_AHEAD, _AHEAD_BYTES = 8, 8 * 1024 * 1024
"""How many jobs, of how many bytes, a process is given at once: enough that it never waits."""
_PATIENCE = 3.0
"""How many times its limit of processor time a file may take by the clock."""
_START_LIMIT = 60.0
"""How many seconds a process may take to start: a network disk may hold the program."""
_BACKLOG = 32 * 1024 * 1024
"""How many bytes of outcomes may wait to be stored before no more jobs are given."""
_BACKLOG_COUNT = 2000


def child_command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package; never one from the current folder."""
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """The environment of a child: this package is found in it wherever it was found here."""
    home = str(Path(seedread_index.__file__).parent.parent)
    known = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join([home, known] if known else [home])}


_Told = tuple[bytes, ...]
"""The body of an outcome's frame, and that of its studies where they came later."""


def processor_time(pid: int) -> float | None:
    """Seconds that a process has computed; None where the system does not tell (only Linux does so)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return None


class _Process:
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
        self._since = time.monotonic(), processor_time(self._process.pid)

    def time_left(self, limit: float) -> float:
        """Seconds until it is late, at the earliest: a busy machine is no fault of a file."""
        began, spent = self._since
        waited = time.monotonic() - began
        if not self.ready:
            return _START_LIMIT - waited
        now = processor_time(self._process.pid)
        if spent is None or now is None:
            return limit - waited
        return min(limit - (now - spent), _PATIENCE * limit - waited)

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


class Readers:
    """Several processes that read files; outcomes come in the order of the jobs."""

    def __init__(self, jobs: Sequence[Job | StudyJob], settings: EngineSettings, processes: int) -> None:
        self._todo = deque(jobs)
        self._order = [job.number for job in jobs]
        self._settings = settings
        self._count = max(1, min(processes, len(jobs)))
        self._processes: list[_Process] = []
        self._done: dict[int, _Told] = {}
        self._waiting = 0
        self._news = threading.Condition()
        self._closing = False
        self._failure: BaseException | None = None
        self._wake_out, self._wake_in = os.pipe()
        self._thread = threading.Thread(target=self._run, name="readers", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        os.write(self._wake_in, b".")
        self._thread.join()
        os.close(self._wake_in)
        os.close(self._wake_out)

    def outcomes(self, patience: float = 0.5) -> Iterator[tuple[int, Outcome | None]]:
        """How many are done, and the next outcome in order; None where none came for `patience` seconds."""
        for done, number in enumerate(self._order):
            while True:
                with self._news:
                    if number not in self._done:
                        self._news.wait(patience)
                    if self._failure is not None:
                        raise self._failure
                    found = self._done.pop(number, None)
                    self._waiting -= sum(map(len, found or ()))
                if found is not None:
                    break
                yield done, None
            if self._waiting < _BACKLOG // 2:
                os.write(self._wake_in, b".")
            outcome: Outcome = unframed(found[0])
            if len(found) > 1:
                outcome = outcome.studied(unframed(found[1]))
            del found
            yield done + 1, outcome
            del outcome

    # -- in the thread -----------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self._wake_out, selectors.EVENT_READ, None)
                while not self._closing and (self._todo or any(p.jobs for p in self._processes)):
                    self._feed(selector)
                    for key, _ in selector.select(self._until_deadline()):
                        if key.data is None:
                            os.read(self._wake_out, 4096)
                        else:
                            self._hear(key.data, selector)
                    self._end_late(selector)
        except (OSError, ArchiveError) as error:
            self._failure = error
        finally:
            for process in self._processes:
                process.end()
            with self._news:
                self._news.notify_all()

    def _feed(self, selector: selectors.BaseSelector) -> None:
        """Start processes while there is work for them, and keep each in jobs."""
        while len(self._processes) < self._count and self._todo:
            process = _Process(self._settings)
            self._processes.append(process)
            selector.register(process, selectors.EVENT_READ, process)
        if self._waiting > _BACKLOG or len(self._done) > _BACKLOG_COUNT:
            return
        for depth in range(_AHEAD):
            for process in self._processes:
                if self._todo and process.has_room(self._todo[0], depth):
                    process.give(self._todo.popleft())

    def _until_deadline(self) -> float:
        limit = self._settings.file_time_limit
        left = [process.time_left(limit) for process in self._processes if process.jobs]
        return max(0.01, min(left)) if left else 1.0

    def _hear(self, process: _Process, selector: selectors.BaseSelector) -> None:
        frames = process.frames()
        if frames is None:
            self._replace(
                process, selector, "ended the reading process; it may be damaged, or made to do harm"
            )
            return
        for body, final in frames:
            if not process.ready:
                process.ready = True
            elif not final:
                process.partial = body
            else:
                told = (body,) if process.partial is None else (process.partial, body)
                process.partial = None
                self._tell(process.jobs.popleft(), told)
            process.begin()

    def _end_late(self, selector: selectors.BaseSelector) -> None:
        limit = self._settings.file_time_limit
        for process in list(self._processes):
            if process.jobs and process.time_left(limit) <= 0:
                reason = f"took longer than {limit:g} s to read; raise file_time_limit to wait longer"
                self._replace(process, selector, reason)

    def _replace(self, process: _Process, selector: selectors.BaseSelector, reason: str) -> None:
        """End a process; the job that it was at is told as lost, the others go back to be done."""
        selector.unregister(process)
        self._processes.remove(process)
        process.end()
        if not process.ready:
            raise ArchiveError("the reading process does not start", "install seedread again")
        if not process.jobs:
            return
        job = process.jobs.popleft()
        self._todo.extendleft(reversed(process.jobs))
        lost = Outcome(job.number, status=SkipStatus.BROKEN, reason=reason)
        self._tell(job, (process.partial or pickle.dumps(lost),))

    def _tell(self, job: Job | StudyJob, told: _Told) -> None:
        with self._news:
            self._done[job.number] = told
            self._waiting += sum(map(len, told))
            self._news.notify_all()
