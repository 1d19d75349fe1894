"""What passes between a sync and its reading processes: Job, Prepared, Outcome, framed on a pipe."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import IO, Any

from seedread_index.article import Article, Mention
from seedread_index.status import SkipStatus

_HEAD = struct.Struct("!Q?")
HEAD = _HEAD.size
READY = "ready"
"""What a process says first of all."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read; where its content still has the hash `known`, nothing is read."""

    number: int
    path: bytes
    relative: bytes
    salt: bytes = b""
    known: bytes | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An article with what is stored beside it, worked out where it was read; mentions None: not sought."""

    article: Article
    mentions: tuple[Mention, ...] | None = None
    sketch: bytes = b""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What became of a job; `size` and `mtime_ns` are as before the reading, None where there was none.

    `same` says that the content has the known hash. An outcome that is not `final` is what counts if the
    process has to be stopped before the next one.
    """

    number: int
    size: int | None = None
    mtime_ns: int | None = None
    hash: bytes | None = None
    same: bool = False
    articles: tuple[Prepared, ...] = ()
    status: SkipStatus | None = None
    reason: str = ""
    final: bool = True


def framed(value: Any, *, final: bool = True) -> bytes:
    """A value as one frame: its length, whether it is final, its pickle; both ends are this program."""
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _HEAD.pack(len(body), final) + body


def frame_head(head: bytes | bytearray) -> tuple[int, bool]:
    """The length of a frame's body, and whether it is final."""
    length, final = _HEAD.unpack(head)
    return length, final


def unframed(body: bytes) -> Any:
    """The value in a frame's body."""
    return pickle.loads(body)


def read_frame(file: IO[bytes]) -> Any:
    """The next value on a pipe; None at its end."""
    head = file.read(HEAD)
    if len(head) < HEAD:
        return None
    length, _ = frame_head(head)
    body = file.read(length)
    return unframed(body) if len(body) == length else None
