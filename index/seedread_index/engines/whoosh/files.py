"""The files of a full text: what they are called, whether they are there, and whether they are sound."""

from __future__ import annotations

from pathlib import Path

from seedread_index.engines.whoosh.vocabulary import sound_vocabulary
from seedread_index.files.checksums import ChecksumFile, clear_mark, is_marked
from seedread_index.model import versions

INDEX_NAME = f"articles{versions.FULL_TEXT}"
"""The name of the index in its folder."""
CHECKSUMS = "checksums"
"""The file in the index's folder that holds the checksums of the others."""


def exists(folder: Path) -> bool:
    """Whether a full text of today's version is in a folder; says nothing of what it holds."""
    return any(folder.glob(f"_{INDEX_NAME}_*.toc"))


def damaged_files(folder: Path) -> list[str]:
    """The files that are not as they were written, each hashed in full."""
    return ChecksumFile(folder / CHECKSUMS).damaged(full=True)


def is_sound(folder: Path) -> bool:
    """Whether the files are as they were written; notes those of which nothing is known."""
    marked = is_marked(folder)
    checksums = ChecksumFile(folder / CHECKSUMS)
    if checksums.damaged(full=marked):
        return False
    entries = checksums.load()
    if entries is None or None in entries.values():
        if not sound_vocabulary(folder):
            return False
        checksums.note_all()
    if marked:
        clear_mark(folder)
    return True
