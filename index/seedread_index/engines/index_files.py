"""The files of a full text, whichever engine wrote them: their checksums, and whether they are sound.

Only a check of the files on disk tells a damaged full text from a fault of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from seedread_index.engines.vocabulary import sound_vocabulary
from seedread_index.files.checksums import ChecksumFile, clear_mark, is_marked
from seedread_index.model.errors import REPAIR_HINT, DamagedError

CHECKSUMS = "checksums"
"""The file in the index's folder that holds the checksums of the others."""

Check = Callable[[], Sequence[str]]
"""Hashes the files in full and gives the names of those that are damaged."""


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


def checksum_state(folder: Path) -> str:
    """Whether the files are as they were written, by their times: ok, damaged or unchecked."""
    checksums = ChecksumFile(folder / CHECKSUMS)
    if checksums.damaged():
        return "damaged"
    entries = checksums.load()
    return "unchecked" if not entries or None in entries.values() else "ok"


def version_of(package: str) -> str | None:
    """The version of a library that an engine needs; None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def damaged_fulltext(names: Sequence[str]) -> DamagedError:
    """The error that names damaged files of the full text."""
    return DamagedError(f"the full-text index is damaged ({', '.join(sorted(names)[:3])})", REPAIR_HINT)
