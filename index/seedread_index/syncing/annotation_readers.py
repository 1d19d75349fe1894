"""Model processes at work: texts go out in batches, spans come back; spaCy stays in the processes."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from seedread_index.entities.spans import LabelledSpan
from seedread_index.errors import ModelError
from seedread_index.syncing.children import child_command, child_environment
from seedread_index.syncing.idleness import free_memory, idle_cores
from seedread_index.syncing.jobs import HEAD, frame_head, framed, unframed

_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Matrices this small gain nothing from threads, and two processes would fight for the cores."""
_MEMORY_EACH = 800 * 1024 * 1024
_WORTH_TWO = 120
"""Texts from which a second process, with its seconds of loading, is worth it."""

Spans = tuple[LabelledSpan, ...]


def processes_for(texts: int, most: int) -> int:
    """How many processes to use for so many texts: two where two cores and the memory for it are idle."""
    if most < 2 or texts < _WORTH_TWO or idle_cores() < 1.5 or free_memory() < 3 * _MEMORY_EACH:
        return 1
    return 2


class ModelProcesses:
    """Processes with a model each; give them batches, take results in the order in which they are ready."""

    def __init__(self, name: str | None, count: int) -> None:
        self._results: queue.SimpleQueue[tuple[Any, list[Spans]] | ModelError] = queue.SimpleQueue()
        self._todo: queue.SimpleQueue[tuple[Any, list[str]] | None] = queue.SimpleQueue()
        self._count = count
        self._in_flight = 0
        # Started here and not in the threads: the kernel ends a child with the thread that started it.
        self._processes = [_started(name) for _ in range(count)]
        self._threads = [
            threading.Thread(target=self._serve, args=(process,), name="model", daemon=True)
            for process in self._processes
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
            self._todo.put(None)
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
            process.wait()

    @property
    def hungry(self) -> bool:
        """Whether some process would soon wait for texts."""
        return self._in_flight < 2 * self._count

    @property
    def busy(self) -> bool:
        """Whether results are still to come."""
        return self._in_flight > 0

    def give(self, key: Any, texts: Sequence[str]) -> None:
        """Have the texts of one batch read."""
        self._in_flight += 1
        self._todo.put((key, list(texts)))

    def take(self, patience: float) -> tuple[Any, list[Spans]] | None:
        """A batch that is done, its key and the spans of each text; None when none came in time.

        Raises ModelError when a process has failed.
        """
        try:
            found = self._results.get(timeout=patience)
        except queue.Empty:
            return None
        if isinstance(found, ModelError):
            raise found
        self._in_flight -= 1
        return found

    # -- in the threads ----------------------------------------------------------------------------------

    def _serve(self, process: subprocess.Popen[bytes]) -> None:
        """Pass batches to one process and its answers on."""
        try:
            ready, fine = _answer(process)
            if not fine:
                raise ModelError(*ready)
            while (job := self._todo.get()) is not None:
                key, texts = job
                assert process.stdin is not None
                process.stdin.write(framed(texts))
                process.stdin.flush()
                answer, _ = _answer(process)
                self._results.put((key, [tuple(LabelledSpan(*s) for s in spans) for spans in answer]))
        except ModelError as problem:
            self._results.put(problem)
        except (OSError, ValueError, EOFError) as problem:
            told = ModelError(
                "The process of the entity model ended.", f"It may need more memory. {problem}".strip()
            )
            self._results.put(told)


def _started(name: str | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        child_command("seedread_index.syncing.annotation_worker", str(os.getpid()), name or ""),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=child_environment() | _ONE_THREAD,
        cwd="/",
        process_group=0,
    )


def _answer(process: subprocess.Popen[bytes]) -> tuple[Any, bool]:
    """The next value that a process gives, and whether it is an answer and no refusal."""
    assert process.stdout is not None
    head = process.stdout.read(HEAD)
    if len(head) < HEAD:
        raise EOFError
    length, final = frame_head(head)
    body = process.stdout.read(length)
    if len(body) < length:
        raise EOFError
    return unframed(body), final
