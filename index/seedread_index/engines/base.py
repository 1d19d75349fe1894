"""What sync and search use of an index engine, whichever it is: Engine, FullText, Snapshot, Vocabulary.

Scoring is not behind this protocol: it reads the postings of a Whoosh snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from seedread_index.engines.document import Document


class Vocabulary(Protocol):
    """The words of an archive by their surface forms, each with the number of articles that have it."""

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix`, most frequent first."""

    def matching(self, prefix: str, glob: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and match a pattern of * and ?, most frequent first."""

    def between(self, prefix: str, shortest: int, longest: int, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and have so many characters, most frequent first."""

    def known(self, words: Iterable[str]) -> list[tuple[str, int]]:
        """Those of some words that the archive has."""


class Snapshot(Protocol):
    """One commit of a full text, open for reading."""

    def count(self) -> int:
        """How many documents there are."""

    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first `limit` terms of a field that start with a prefix."""

    def close(self) -> None:
        """Close the files."""


class FullText(Protocol):
    """The documents of one archive in an engine. Every method raises DamagedError where files are damaged."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the documents."""

    def update(self, documents: Iterable[Document], gone_ids: Iterable[str] = ()) -> None:
        """Put documents in place of those with the same ids and drop the gone ones, in one commit."""

    def build(self, batches: Iterable[Sequence[Document]], processes: int = 2) -> Iterator[list[str]]:
        """Take many documents in by several processes; yields the ids of each commit as it is made.

        Documents whose process ended over them are left out.
        """

    def count(self) -> int:
        """How many documents there are."""

    def snapshot(self) -> Snapshot:
        """The last commit, open for reading."""

    def check(self) -> None:
        """Read everything through; raises DamagedError."""

    def close(self) -> None:
        """Close the files."""


class Engine(Protocol):
    """An index engine: what it can tell of a folder without opening it, and the way to open it."""

    def exists(self, folder: Path) -> bool:
        """Whether a full text of today's version is in a folder; says nothing of what it holds."""

    def is_sound(self, folder: Path) -> bool:
        """Whether the files of a full text are as they were written; for the holder of the write lock.

        Every file is hashed where a reader met damage, else those whose times are not the ones noted.
        Files of which nothing is known yet, or not any more, are noted as they are.
        """

    def damaged_files(self, folder: Path) -> list[str]:
        """The files that are not as they were written, each hashed in full."""

    def open(self, folder: Path, *, writable: bool) -> FullText:
        """The full text in a folder; an empty one where a reader finds none.

        Raises ArchiveError for a folder that others could have written to, and DamagedError.
        """
