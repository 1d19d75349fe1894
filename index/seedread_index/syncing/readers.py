"""Reading processes at work: each file has its time; a process that takes longer is ended and replaced."""

from __future__ import annotations

import os
import pickle
import selectors
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from seedread_index.errors import ArchiveError
from seedread_index.settings import EngineSettings
from seedread_index.status import SkipStatus
from seedread_index.syncing.jobs import Job, Outcome, StudyJob, unframed
from seedread_index.syncing.reading_process import ReadingProcess

_AHEAD = 8
"""How many jobs a process is given at once: enough that it never waits, few enough that no pipe fills."""
_LARGE = 8 * 1024 * 1024
"""Of files from this size on one is read at a time, for the memory that takes."""
_BACKLOG = 32 * 1024 * 1024
"""How many bytes of outcomes may wait to be stored before no more jobs are given."""
_BACKLOG_COUNT = 2000

_Told = tuple[bytes, ...]
"""The body of an outcome's frame, and that of its studies where they came later."""


class Readers:
    """Several processes that read files; outcomes come in the order of the jobs."""

    def __init__(self, jobs: Sequence[Job | StudyJob], settings: EngineSettings, processes: int) -> None:
        self._todo = deque(jobs)
        self._order = [job.number for job in jobs]
        self._settings = settings
        self._count = max(1, min(processes, len(jobs)))
        self._processes: list[ReadingProcess] = []
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
            process = ReadingProcess(self._settings)
            self._processes.append(process)
            selector.register(process, selectors.EVENT_READ, process)
        if self._waiting > _BACKLOG or len(self._done) > _BACKLOG_COUNT:
            return
        for depth in range(_AHEAD):
            for process in self._processes:
                if self._todo and process.has_room(self._todo[0], depth) and not self._waits(self._todo[0]):
                    process.give(self._todo.popleft())

    def _waits(self, job: Job | StudyJob) -> bool:
        """Whether a large file has to wait for another one."""
        return job.size >= _LARGE and any(
            each.size >= _LARGE for process in self._processes for each in process.jobs
        )

    def _until_deadline(self) -> float:
        limit = self._settings.file_time_limit
        left = [process.time_left(limit) for process in self._processes if process.jobs]
        return min(1.0, max(0.01, min(left, default=1.0)))

    def _hear(self, process: ReadingProcess, selector: selectors.BaseSelector) -> None:
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
                seconds = f"{process.allowed(limit):g}"
                reason = f"took longer than {seconds} s to read; raise file_time_limit to wait longer"
                self._replace(process, selector, reason)

    def _replace(self, process: ReadingProcess, selector: selectors.BaseSelector, reason: str) -> None:
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
