"""The tantivy engine as sync and search see it; tantivy is imported with the first opening."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from seedread_index.engines import index_files
from seedread_index.engines.tantivy import CONTENTS, VERSION
from seedread_index.files.trusted_folders import make_inside, refuse_foreign
from seedread_index.model.errors import ArchiveError
from seedread_index.model.installation import install_command

if TYPE_CHECKING:
    from seedread_index.engines.tantivy.fulltext import TantivyFullText


class TantivyEngine:
    """The engine of the extra `large`; implements `engines.base.Engine`."""

    name = "tantivy"

    @staticmethod
    def wrote(folder: Path) -> bool:
        """Whether the full text in a folder is of this engine, of whichever version."""
        return (folder / CONTENTS).exists() or any(folder.glob("tantivy[0-9]*"))

    def require(self) -> None:
        """Raise ArchiveError where tantivy is not installed."""
        if find_spec("tantivy") is None:
            raise ArchiveError(
                "the index engine tantivy is not installed",
                f"{install_command('large')}, or seedread index --index-engine whoosh",
            )

    def version(self) -> str | None:
        """The version of the library, None where it is not installed."""
        return index_files.version_of("tantivy")

    def checksums(self, folder: Path) -> str:
        """Whether the files are as they were written, at a quick look: ok, damaged or unchecked."""
        return index_files.checksum_state(folder)

    def exists(self, folder: Path) -> bool:
        """Whether a full text of today's version is in a folder; says nothing of what it holds."""
        return (folder / CONTENTS).exists() and (folder / VERSION).exists()

    def is_sound(self, folder: Path) -> bool:
        """Whether the files are as they were written; notes those of which nothing is known."""
        return index_files.is_sound(folder)

    def damaged_files(self, folder: Path) -> list[str]:
        """The files that are not as they were written, each hashed in full."""
        return index_files.damaged_files(folder)

    def open(self, folder: Path, *, writable: bool) -> TantivyFullText:
        """The full text in a folder; an empty one where a reader finds none. Raises ArchiveError."""
        self.require()
        from seedread_index.engines.tantivy.fulltext import TantivyFullText

        if writable:
            make_inside(folder)
        else:
            refuse_foreign(folder)
        return TantivyFullText(folder, writable=writable)
