"""What passes between a sync and its reading processes: jobs and their outcomes, framed on a pipe."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any

from seedread_index.article import Article, Mention
from seedread_index.status import SkipStatus

_HEAD = struct.Struct("!Q?")
HEAD = _HEAD.size
READY = "ready"
"""What a process says first of all."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, and its articles to study at once; where its hash is still `known`, nothing is read.

    `size` is about how many bytes its outcome will have.
    """

    number: int
    path: bytes
    relative: bytes
    salt: bytes = b""
    known: bytes | None = None
    study: bool = True
    size: int = 0


@dataclass(frozen=True, slots=True)
class StudyJob:
    """Articles, by their numbers in the catalogue at `path`, to study."""

    number: int
    path: str
    articles: tuple[int, ...]
    size: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What is worked out from an article alone.

    Its mentions by rules, its sketch for near-duplicates, the fingerprints of its edges for repetition.
    """

    mentions: tuple[Mention, ...] = ()
    sketch: bytes = b""
    edges: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An article that was read, studied already or not."""

    article: Article
    study: Study | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What became of a job; `size` and `changed_ns` are as before the reading, None where there was none.

    `same` says that the content has the known hash. `studies` are by the number of a stored article, or by
    the place among the articles of the outcome before this one, which was not `final`: that one counts as it
    is if the process has to be stopped before the next.
    """

    number: int
    size: int | None = None
    changed_ns: int | None = None
    hash: bytes | None = None
    same: bool = False
    articles: tuple[Prepared, ...] = ()
    studies: Mapping[int, Study] = field(default_factory=dict)
    status: SkipStatus | None = None
    reason: str = ""
    final: bool = True

    def studied(self, later: Outcome) -> Outcome:
        """This outcome, which was not final, with the studies of the one that came after it."""
        found = later.studies
        articles = [replace(each, study=found.get(place)) for place, each in enumerate(self.articles)]
        return replace(self, articles=tuple(articles), final=True)


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
