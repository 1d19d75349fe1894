"""Sweeps what killed writers left half written in an archive's folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from seedread_index.files.error_translation import translate_os_error

_LEFT = ("*.new", "*.ctmp", "*.tmp")
"""Files that were to be renamed into place, and the temporary files and folders of Whoosh."""


def sweep(folder: Path) -> None:
    """Delete the leftovers in an archive's folder and in its full text; for the holder of the write lock.

    Raises ArchiveError.
    """
    for place in (folder, folder / "fulltext"):
        for leftover in [path for pattern in _LEFT for path in place.glob(pattern)]:
            try:
                if leftover.is_dir() and not leftover.is_symlink():
                    shutil.rmtree(leftover)
                else:
                    leftover.unlink(missing_ok=True)
            except OSError as error:
                raise translate_os_error(error, place) from error
