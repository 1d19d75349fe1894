"""Upkeep of an archive's cache: what is wrong with it in words, and mending that."""

from __future__ import annotations

import shutil
from pathlib import Path

from seedread_index.errors import ArchiveError
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.fulltext import open_fulltext
from seedread_index.storage.guard import refuse_foreign
from seedread_index.storage.pending import indexed_count
from seedread_index.syncing.lock import WriteLock


def problems(folder: Path) -> tuple[str, ...]:
    """What is wrong with the index in `folder`, in words; empty where it is sound. Reads everything."""
    if not (folder / "catalogue.db").exists():
        return ()
    return tuple(problem for check in (_ownership, _catalogue, _fulltext) for problem in check(folder))


def drop_what_is_damaged(folder: Path, *, wait: float | None = 0) -> bool:
    """Delete the damaged parts of the index, so that the next sync makes them anew; False where it is sound.

    Raises LockedError. A full text is made anew from the catalogue, a catalogue from the folders.
    """
    lock = WriteLock(folder)
    lock.acquire(wait)
    try:
        damaged_catalogue = _catalogue(folder)
        if not damaged_catalogue and not _fulltext(folder):
            return False
        if damaged_catalogue:
            (folder / "catalogue.db").unlink(missing_ok=True)
        shutil.rmtree(folder / "fulltext", ignore_errors=True)
        return True
    finally:
        lock.release()


def forget(folder: Path) -> bool:
    """Delete an archive's index, which holds full texts; False where there was none. Raises LockedError."""
    if not folder.exists():
        return False
    lock = WriteLock(folder)
    lock.acquire(0)
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise ArchiveError(
            f"the index could not be deleted: {error.strerror}", f"delete {folder} by hand"
        ) from error
    finally:
        lock.release()
    return True


def _ownership(folder: Path) -> list[str]:
    found = []
    for path in (folder, folder / "catalogue.db", folder / "fulltext"):
        try:
            refuse_foreign(path)
        except ArchiveError as problem:
            found.append(problem.message)
    return found


def _catalogue(folder: Path) -> list[str]:
    try:
        catalogue = Catalogue.open(folder / "catalogue.db")
        try:
            found = catalogue.check()
        finally:
            catalogue.close()
    except ArchiveError as problem:
        return [problem.message]
    return [f"the catalogue is damaged: {found}"] if found else []


def _fulltext(folder: Path) -> list[str]:
    try:
        catalogue = Catalogue.open(folder / "catalogue.db")
        try:
            wanted = indexed_count(catalogue)
        finally:
            catalogue.close()
        if not (folder / "fulltext").is_dir():
            return ["the full text is missing"] if wanted else []
        fulltext = open_fulltext(folder / "fulltext", writable=False)
        try:
            held = fulltext.count()
            snapshot = fulltext.snapshot()
            try:
                snapshot.read_through()
            finally:
                snapshot.close()
        finally:
            fulltext.close()
    except ArchiveError as problem:
        return [problem.message]
    return [f"the full text lacks {wanted - held} articles"] if held < wanted else []
