"""The child's side: takes jobs from its standard input and writes their answers to its standard output."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any

from seedread_index.processes.frames import Kind, framed, read_frame

Work = Callable[[Any], Generator[Any, None, Any]]
"""Yields parts of a job's answer and returns the last of it."""


class Link:
    """The pipes to the parent; what a library prints to standard output goes nowhere.

    `tied` ends this process with the thread that started it, else it has to end with its input.
    """

    def __init__(self, *, memory: int | None = None, tied: bool = True) -> None:
        if tied:
            die_with_parent(int(sys.argv[1]))
        if memory is not None:
            limit_memory(memory)
        self._jobs = os.fdopen(os.dup(0), "rb")
        self._answers = os.fdopen(os.dup(1), "wb")
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        os.dup2(nowhere, 1)

    def send(self, value: Any, kind: Kind) -> None:
        """Write one frame."""
        self._answers.write(framed(value, kind))
        self._answers.flush()

    def first(self) -> Any:
        """The value that the program was started with."""
        return next(self.jobs())

    def jobs(self) -> Iterator[Any]:
        """The jobs as they come, until the input ends."""
        while (frame := read_frame(self._jobs)) is not None:
            yield frame.value()


def serve(link: Link, work: Work, finish: Callable[[], Iterable[Any]] = tuple) -> None:
    """Do jobs until the input ends, then send the parts that `finish` still has."""
    link.send(None, Kind.READY)
    for job in link.jobs():
        try:
            answer = _answer(link, work(job))
        except MemoryError:
            link.send(None, Kind.FAILED)
        else:
            link.send(answer, Kind.ANSWER)
            del answer
    for part in finish():
        link.send(part, Kind.PART)


def _answer(link: Link, answering: Generator[Any, None, Any]) -> Any:
    """Send the parts of an answer; the last of it."""
    while True:
        try:
            part = next(answering)
        except StopIteration as last:
            return last.value
        link.send(part, Kind.PART)
        del part


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
