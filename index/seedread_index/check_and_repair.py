"""Checks an index and reports problems in words; repairs it by deleting damaged parts."""

from __future__ import annotations

import os
import shutil
from contextlib import closing

from seedread_index.archive_folder import ArchiveFolder
from seedread_index.catalogue.database import checksums_of, discard
from seedread_index.catalogue.work_queue import indexed_count
from seedread_index.files.checksums import mark_damage
from seedread_index.files.error_translation import translate_os_error
from seedread_index.files.trusted_folders import refuse_foreign
from seedread_index.model.errors import ArchiveError, DamagedError


def problems(folder: ArchiveFolder) -> tuple[str, ...]:
    """The problems of an index, in words; empty if there are none. Reads everything."""
    if not os.path.exists(folder.path):
        return ()
    if found := _ownership(folder):
        return tuple(found)
    if not folder.catalogue.exists():
        return ("the catalogue is missing",) if folder.fulltext.exists() else ()
    damaged = _catalogue(folder)
    return (*damaged, *(_fulltext(folder) if not damaged else _damaged_files(folder)))


def changed_files(folder: ArchiveFolder) -> tuple[str, ...]:
    """The files of the index whose checksums do not match, each hashed in full; cheap on memory.

    Where there are any, the mark of damage is left, so that the next sync checks in full and repairs.
    """
    catalogue = checksums_of(folder.catalogue).damaged(full=True)
    fulltext = folder.engine.damaged_files(folder.fulltext)
    for place, found in ((folder.path, catalogue), (folder.fulltext, fulltext)):
        if found:
            mark_damage(place)
    return (*catalogue, *fulltext)


def drop_what_is_damaged(folder: ArchiveFolder, *, wait: float | None = 0) -> bool:
    """Delete the damaged parts of the index, which the next sync rebuilds; False if there are none.

    Raises LockedError. A full text is rebuilt from the catalogue, a catalogue from the folders.
    """
    with folder.writing(wait):
        try:
            there = folder.catalogue.exists()
            if (not there and folder.fulltext.exists()) or (there and _catalogue(folder)):
                discard(folder.catalogue)
            elif not _fulltext(folder):
                return False
            if folder.fulltext.exists():
                shutil.rmtree(folder.fulltext)
            return True
        except OSError as error:
            raise translate_os_error(error, folder.path) from error


def forget(folder: ArchiveFolder) -> bool:
    """Delete an archive's index, with its full texts; False if there was none.

    Raises LockedError, ArchiveError.
    """
    if not folder.path.exists():
        return False
    with folder.writing():
        try:
            shutil.rmtree(folder.path)
        except OSError as error:
            raise ArchiveError(
                f"the index could not be deleted: {error.strerror}", f"delete {folder.path} by hand"
            ) from error
    return True


def _ownership(folder: ArchiveFolder) -> list[str]:
    found = []
    for path in (folder.path, folder.catalogue, folder.fulltext):
        try:
            refuse_foreign(path)
        except ArchiveError as problem:
            found.append(problem.message)
    return found


def _catalogue(folder: ArchiveFolder) -> list[str]:
    """What is wrong with the catalogue. Raises ArchiveError where it is too busy to be looked at."""
    try:
        with closing(folder.reading()) as index:
            found = index.catalogue.damaged()
    except DamagedError as problem:
        return [problem.message]
    return [f"the catalogue is damaged: {', '.join(found)}"] if found else []


def _damaged_files(folder: ArchiveFolder) -> list[str]:
    found = folder.engine.damaged_files(folder.fulltext)
    return [f"the full-text index is damaged ({', '.join(sorted(found)[:3])})"] if found else []


def _fulltext(folder: ArchiveFolder) -> list[str]:
    """What is wrong with the full text beside a sound catalogue; hashed before anything of it is decoded."""
    if damaged := _damaged_files(folder):
        return damaged
    try:
        with closing(folder.reading()) as index:
            wanted = indexed_count(index.catalogue)
            with closing(index.fulltext()) as fulltext:
                held = fulltext.count()
                fulltext.check()
    except DamagedError as problem:
        return [problem.message]
    return [f"the full text lacks {wanted - held} articles"] if held < wanted else []
