"""The state of an archive: Status, what was skipped and why, the progress of long work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from seedread_index.model.errors import ForeignError


class SkipStatus(StrEnum):
    """Why a path gave no article; RETRY: memory ran out, the process crashed or the disk was not
    reached; it is tried again."""

    EMPTY = "empty"
    BINARY = "binary"
    BROKEN = "broken"
    SKIP = "skip"
    DENIED = "denied"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that gave no article (or only a part of its articles), with the reason in words.

    `article` is the id of one that it gave, None where it gave none.
    """

    path: str
    path_bytes: bytes
    status: SkipStatus
    reason: str
    article: str | None = None


@dataclass(frozen=True, slots=True)
class CopyFile:
    """A file whose articles are all exact copies; `copy_of` is the path of the file that has them, and
    `article` the id of one of these."""

    path: str
    path_bytes: bytes
    copy_of: str
    article: str


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Files seen: those read, those that are copies, and those that gave no article, which add up."""

    seen: int = 0
    read: int = 0
    copies: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class FileReport:
    """The files of one commit, by path: those left out, those read in part, and copies.

    `counts.left_out` is the number of those left out, `counts.copies` that of the copies.
    """

    counts: FileCounts = FileCounts()
    left_out: tuple[Skipped, ...] = ()
    in_part: tuple[Skipped, ...] = ()
    copies: tuple[CopyFile, ...] = ()


@dataclass(frozen=True, slots=True)
class DryRun:
    """How a file would be read: its format and number of articles, or why it is not read."""

    path: str
    path_bytes: bytes
    format: str | None = None
    articles: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """The process that is writing to an archive; `since` is ISO 8601."""

    pid: int
    since: str


LARGE_ARCHIVE = 100_000
"""The number of articles from which the engine tantivy is recommended."""


@dataclass(frozen=True, slots=True)
class IndexEngine:
    """The engine that keeps the full text: `version` is None if it is not installed, and `checksums` is the
    state of its files: ok, damaged or unchecked."""

    name: str
    version: str | None
    checksums: str


@dataclass(frozen=True, slots=True)
class Indexer:
    """An indexer of a shared archive, by its label: its host, when it last reported (ISO 8601), and how many
    articles it still has to publish."""

    label: str
    host: str
    at: str
    waiting: int
    articles: int = 0


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was published: articles added and removed, and how many the server now has under this label."""

    put: int = 0
    dropped: int = 0
    total: int = 0
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What linking a shared archive did: entities that it has now, shared corrections that were applied, and
    what of these does not fit, in words."""

    entities: int = 0
    corrections: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Status:
    """The state of an archive; `changed_at` is ISO 8601 of the last commit, None before the first.

    `left_out` counts the files that gave no article by rule, the most frequent first.
    """

    folders: tuple[str, ...]
    articles: int
    searchable: int
    annotated: int
    engine: str
    changed_at: str | None
    writer: Writer | None
    skipped: tuple[Skipped, ...]
    files: FileCounts = field(default_factory=FileCounts)
    left_out: tuple[tuple[str, int], ...] = ()
    metadata_table: str | None = None
    index_engine: IndexEngine = IndexEngine("whoosh", None, "unchecked")
    indexers: tuple[Indexer, ...] = ()
    """Those who publish to a shared archive."""
    owner: str | None = None
    """The account that owns the index, if it is another one."""

    @property
    def not_ours(self) -> str:
        """Whose index this is, how fresh it is and who is writing to it, in words; empty for one's own."""
        if self.owner is None:
            return ""
        at_work = f", process {self.writer.pid} is writing to it" if self.writer else ""
        fresh = f"it last changed at {self.changed_at or 'an unknown time'}{at_work}"
        return f"{ForeignError(self.owner).message}: {fresh}"

    @property
    def outgrown(self) -> bool:
        """Whether the archive has outgrown its index engine."""
        return self.articles >= LARGE_ARCHIVE and self.index_engine.name == "whoosh"


class Stage(StrEnum):
    """What long work is doing."""

    WALK = "walk"
    READ = "read"
    INDEX = "index"
    ANNOTATE = "annotate"
    COMPARE = "compare"
    LINK = "link"
    QUOTE = "quote"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of long work; `total` is None while unknown; `committed` grows with each commit."""

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
