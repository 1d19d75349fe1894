"""Frames on a pipe between this program and its children: a kind, a length and a pickle.

The child's side, too: it takes jobs from its standard input and writes their answers to its standard output.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from enum import IntEnum
from typing import IO, Any, NamedTuple

from seedread_index.processes.limits import die_with_parent, limit_memory

_HEAD = struct.Struct("!BQ")
_LONGEST = 1 << 32
"""Bytes of a frame; what claims to be longer was never a frame of ours."""

Work = Callable[[Any], Generator[Any, None, Any]]
"""Yields parts of a job's answer and returns the last of it."""


class FrameError(Exception):
    """What came on a pipe is no frame."""


class Kind(IntEnum):
    """What a frame means: to a child a JOB; from it that it is READY or REFUSED to start, a PART of the
    answer to its oldest job, the ANSWER that ends the job, or that the job FAILED and may be tried again."""

    JOB = 1
    READY = 2
    REFUSED = 3
    PART = 4
    ANSWER = 5
    FAILED = 6


class Frame(NamedTuple):
    """One frame; the body is decoded by whoever needs the value."""

    kind: Kind
    body: bytes

    def value(self) -> Any:
        """The value in the frame; both ends are this program."""
        return pickle.loads(self.body)


def framed(value: Any, kind: Kind = Kind.JOB) -> bytes:
    """A value as one frame."""
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _HEAD.pack(kind, len(body)) + body


def read_frame(file: IO[bytes]) -> Frame | None:
    """The next frame of a file, waited for; None at its end, in the middle of a frame as well."""
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _opened(head)
    body = file.read(length)
    return Frame(kind, body) if len(body) == length else None


class FrameBuffer:
    """Puts frames together from the pieces in which they arrive."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self.is_broken = False
        """Whether something came that is not a frame; nothing is read after it."""

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that are whole now."""
        self._bytes += data
        found = []
        start = 0
        while len(self._bytes) - start >= _HEAD.size:
            try:
                kind, length = _opened(self._bytes[start : start + _HEAD.size])
            except FrameError:
                self.is_broken = True
                break
            end = start + _HEAD.size + length
            if len(self._bytes) < end:
                break
            with memoryview(self._bytes) as view:
                found.append(Frame(kind, bytes(view[start + _HEAD.size : end])))
            start = end
        del self._bytes[:start]
        return found


def _opened(head: bytes | bytearray) -> tuple[Kind, int]:
    number, length = _HEAD.unpack(head)
    if number not in Kind._value2member_map_ or length > _LONGEST:
        raise FrameError("a child wrote something that is not a frame")
    return Kind(number), length


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
