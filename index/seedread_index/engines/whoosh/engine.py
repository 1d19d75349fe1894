"""The Whoosh engine as sync and search see it; Whoosh is imported with the first opening."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seedread_index.engines import index_files
from seedread_index.engines.whoosh import files

if TYPE_CHECKING:
    from seedread_index.engines.whoosh.fulltext import WhooshFullText


class WhooshEngine:
    """The embedded engine; implements `engines.base.Engine`."""

    name = "whoosh"

    def version(self) -> str | None:
        """The version of the library, None where it is not installed."""
        return index_files.version_of("whoosh3")

    def checksums(self, folder: Path) -> str:
        """Whether the files are as they were written, at a quick look: ok, damaged or unchecked."""
        return index_files.checksum_state(folder)

    def exists(self, folder: Path) -> bool:
        """Whether a full text of today's version is in a folder; says nothing of what it holds."""
        return files.exists(folder)

    def is_sound(self, folder: Path) -> bool:
        """Whether the files are as they were written; notes those of which nothing is known."""
        return index_files.is_sound(folder)

    def damaged_files(self, folder: Path) -> list[str]:
        """The files that are not as they were written, each hashed in full."""
        return index_files.damaged_files(folder)

    def open(self, folder: Path, *, writable: bool) -> WhooshFullText:
        """The full text in a folder; an empty one where a reader finds none. Raises ArchiveError."""
        from seedread_index.engines.whoosh.fulltext import open_fulltext

        return open_fulltext(folder, writable=writable)
