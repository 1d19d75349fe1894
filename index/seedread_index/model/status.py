"""What an archive says of itself: Status, what was skipped and why, the progress of long work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class SkipStatus(StrEnum):
    """Why a path gave no article; RETRY: for want of memory or by a crash, so that it is tried again."""

    EMPTY = "empty"
    BINARY = "binary"
    BROKEN = "broken"
    SKIP = "skip"
    DENIED = "denied"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that gave no article (or only a part of one), with the reason in words."""

    path: str
    path_bytes: bytes
    status: SkipStatus
    reason: str


@dataclass(frozen=True, slots=True)
class Writer:
    """The process that writes to an archive now; `since` is ISO 8601."""

    pid: int
    since: str


@dataclass(frozen=True, slots=True, eq=False)
class Status:
    """The state of an archive; `changed_at` is ISO 8601 of the last commit, None before the first."""

    folders: tuple[str, ...]
    articles: int
    searchable: int
    annotated: int
    engine: str
    changed_at: str | None
    writer: Writer | None
    skipped: tuple[Skipped, ...]


class Stage(StrEnum):
    """What long work is doing."""

    WALK = "walk"
    READ = "read"
    INDEX = "index"
    ANNOTATE = "annotate"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come; `total` is None while unknown; `committed` grows with each commit."""

    stage: Stage
    done: int
    total: int | None
    committed: int = 0


ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did: counts of articles added, changed (or moved) and removed, and of skipped paths.

    `retry` counts the files, among those skipped, that are tried again at the next sync.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    skipped: int = 0
    interrupted: bool = False
    retry: int = 0

    @property
    def touched(self) -> int:
        """How many articles were written or removed."""
        return self.added + self.changed + self.removed
