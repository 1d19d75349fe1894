"""One tree of errors: each says what happened, and a hint says what to do next."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from pathlib import Path

REBUILD_HINT = "run `seedread index{archive}` to rebuild it; your notes and corrections are kept"
REPAIR_HINT = "run `seedread index{archive} --repair` to rebuild it"


def archive_options(roots: Iterable[Path]) -> str:
    """The options that name the archive over `roots` on a command line, each with a blank before it."""
    return "".join(f" -C {shlex.quote(typed_root(os.fsdecode(root)))}" for root in roots)


def typed_root(root: str) -> str:
    """A root of an archive as it is typed: an address, which a path has cut a slash from, has both."""
    scheme, colon, rest = root.partition(":/")
    return f"{scheme}://{rest.lstrip('/')}" if colon and scheme.lower().startswith("opensearch+") else root


class SeedreadError(Exception):
    """The root of the tree; `exit_code` is what a command ends with."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self._hint = hint
        self._archive = ""

    @property
    def hint(self) -> str:
        """What to do next; commands in it are for the archive of `name_archive`."""
        return self._hint.replace("{archive}", self._archive)

    @property
    def with_hint(self) -> str:
        """The message, and after a colon what to do next."""
        return f"{self.message}: {self.hint}" if self.hint else self.message

    def name_archive(self, roots: Iterable[Path]) -> None:
        """Make the commands in the hint apply to the archive over `roots` when pasted."""
        self._archive = archive_options(roots)


class QueryError(SeedreadError):
    """An invalid query; `position` is the offset in it, in code points."""

    def __init__(self, message: str, hint: str = "", position: int = 0) -> None:
        super().__init__(message, hint)
        self.position = position


class ArchiveError(SeedreadError):
    """An archive that is missing, unreadable, damaged or not safe to open."""

    exit_code = 3


class DamagedError(ArchiveError):
    """An index that is damaged, truncated or of another version and has to be rebuilt."""


class BusyError(ArchiveError):
    """An index that another process kept locked for longer than the wait."""


class ShortageError(ArchiveError):
    """Open files or memory that the system lacks now, which says nothing about the index."""

    exit_code = 5


class ForeignError(ArchiveError):
    """An index that another account owns: it can be read, but only its owner can write to it."""

    def __init__(self, owner: str) -> None:
        super().__init__(
            f"this index belongs to {owner}, who updates it",
            "to make your own, choose another cache with --cache",
        )
        self.owner = owner


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
    """An entity model that is missing, altered or cannot be loaded."""

    exit_code = 3


class CorrectionError(SeedreadError):
    """A correction that cannot be applied or read; `line` is its line in the user's file."""

    def __init__(self, message: str, hint: str = "", line: int | None = None) -> None:
        super().__init__(message, hint)
        self.line = line
