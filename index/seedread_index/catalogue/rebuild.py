"""Opens the catalogue for writing, built anew where it is damaged or of another version."""

from __future__ import annotations

from pathlib import Path

from seedread_index.catalogue.catalogue import CHECKSUMS, Catalogue
from seedread_index.files.checksums import ChecksumFile, is_marked
from seedread_index.files.error_translation import DamagedError, translated_errors


def open_or_rebuild(path: Path) -> Catalogue:
    """The catalogue at `path` for its one writer; an empty one where it cannot be used."""
    try:
        catalogue = Catalogue.open(path, writable=True)
    except DamagedError:
        discard(path)
        return Catalogue.open(path, writable=True)
    if not is_marked(path.parent) or not _damaged(catalogue):
        return catalogue
    catalogue.close()
    discard(path)
    return Catalogue.open(path, writable=True)


def _damaged(catalogue: Catalogue) -> bool:
    """Whether a check of everything finds damage."""
    try:
        return bool(catalogue.damaged())
    except DamagedError:
        return True


def discard(path: Path) -> None:
    """Delete a catalogue; nothing of the user's own lies in it."""
    with translated_errors(path.parent):
        for name in (path, path.with_name(path.name + "-journal")):
            name.unlink(missing_ok=True)
        ChecksumFile(path.with_name(CHECKSUMS)).remove()
