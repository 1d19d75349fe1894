"""One tree of errors: each says what happened, and a hint says what to do next."""

from __future__ import annotations


class SeedreadError(Exception):
    """The root of the tree; `exit_code` is what a command ends with."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class QueryError(SeedreadError):
    """A query that cannot be read; `position` is the offset in it, in code points."""

    def __init__(self, message: str, hint: str = "", position: int = 0) -> None:
        super().__init__(message, hint)
        self.position = position


class ArchiveError(SeedreadError):
    """An archive that is missing, unreadable, damaged or not safe to open."""

    exit_code = 3


class LockedError(SeedreadError):
    """Another process is writing to the archive; `pid` and `since` (ISO 8601) tell which, where known."""

    exit_code = 4

    def __init__(
        self, message: str, hint: str = "", pid: int | None = None, since: str | None = None
    ) -> None:
        super().__init__(message, hint)
        self.pid = pid
        self.since = since


class ModelError(SeedreadError):
    """An entity engine that is missing, altered or cannot be loaded."""

    exit_code = 3


class MendingError(SeedreadError):
    """A correction of entities that cannot be applied or read; `line` is its line in the user's file."""

    def __init__(self, message: str, hint: str = "", line: int | None = None) -> None:
        super().__init__(message, hint)
        self.line = line
