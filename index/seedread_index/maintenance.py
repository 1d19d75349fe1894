"""Upkeep of an archive's cache: what is wrong with it in words, and building that part again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from seedread_index.catalogue.catalogue import CHECKSUMS as CATALOGUE_CHECKSUMS
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.rebuild import discard
from seedread_index.catalogue.work_queue import indexed_count
from seedread_index.engines.whoosh.engine import open_fulltext
from seedread_index.engines.whoosh.version import CHECKSUMS
from seedread_index.files.checksums import ChecksumFile, mark_damage
from seedread_index.files.error_translation import DamagedError, translate_os_error
from seedread_index.files.trusted_folders import refuse_foreign
from seedread_index.model.errors import ArchiveError
from seedread_index.sync.lock import WriteLock


def problems(folder: Path) -> tuple[str, ...]:
    """What is wrong with the index in `folder`, in words; empty where it is sound. Reads everything."""
    if not os.path.exists(folder):
        return ()
    if found := _ownership(folder):
        return tuple(found)
    if not (folder / "catalogue.db").exists():
        lost = (folder / "fulltext").exists()
        return ("the catalogue is missing",) if lost else ()
    damaged = _catalogue(folder)
    return (*damaged, *(_fulltext(folder) if not damaged else _damaged_files(folder)))


def changed_files(folder: Path) -> tuple[str, ...]:
    """The files of the index that are not as they were written, each hashed in full; cheap on memory.

    Where there are any, the mark of damage is left, so that the next sync checks in full and heals.
    """
    changed: list[str] = []
    for checksums in (folder / CATALOGUE_CHECKSUMS, folder / "fulltext" / CHECKSUMS):
        if found := ChecksumFile(checksums).damaged(full=True):
            mark_damage(checksums.parent)
            changed += found
    return tuple(changed)


def drop_what_is_damaged(folder: Path, *, wait: float | None = 0) -> bool:
    """Delete the damaged parts of the index, so that the next sync makes them anew; False where it is sound.

    Raises LockedError. A full text is made anew from the catalogue, a catalogue from the folders.
    """
    lock = WriteLock(folder)
    lock.acquire(wait)
    try:
        catalogue = folder / "catalogue.db"
        lost = not catalogue.exists() and (folder / "fulltext").exists()
        if lost or (catalogue.exists() and _catalogue(folder)):
            discard(catalogue)
        elif not _fulltext(folder):
            return False
        if (folder / "fulltext").exists():
            shutil.rmtree(folder / "fulltext")
        return True
    except OSError as error:
        raise translate_os_error(error, folder) from error
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
    """What is wrong with the catalogue. Raises ArchiveError where it is too busy to be looked at."""
    try:
        catalogue = Catalogue.open(folder / "catalogue.db")
        try:
            found = catalogue.damaged()
        finally:
            catalogue.close()
    except DamagedError as problem:
        return [problem.message]
    return [f"the catalogue is damaged: {', '.join(found)}"] if found else []


def _damaged_files(folder: Path) -> list[str]:
    found = ChecksumFile(folder / "fulltext" / CHECKSUMS).damaged(full=True)
    return [f"the full-text index is damaged ({', '.join(sorted(found)[:3])})"] if found else []


def _fulltext(folder: Path) -> list[str]:
    """What is wrong with the full text beside a sound catalogue; hashed before anything of it is decoded."""
    if damaged := _damaged_files(folder):
        return damaged
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
    except DamagedError as problem:
        return [problem.message]
    return [f"the full text lacks {wanted - held} articles"] if held < wanted else []
