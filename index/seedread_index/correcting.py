"""Correcting entities: a change of the user's file under the write lock, laid over the archive at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from seedread_index.entities.mending import Correction, Mendings
from seedread_index.entity import Mended
from seedread_index.storage.catalogue import Catalogue
from seedread_index.syncing.annotation import link_pending
from seedread_index.syncing.annotation_mending import problems
from seedread_index.syncing.lock import WriteLock


def add(folder: Path, file: Path, correction: Correction, *, wait: float | None) -> Mended:
    """Add a correction. Raises LockedError, and MendingError where it contradicts an earlier one."""

    def change(mendings: Mendings) -> str:
        added = mendings.add(
            correction.do,
            correction.name,
            type=correction.type,
            into=correction.into,
            into_type=correction.into_type,
            to=correction.to,
        )
        return str(added)

    return _changed(folder, file, change, wait)


def undo(folder: Path, file: Path, *, wait: float | None) -> Mended | None:
    """Take the last correction back; None where there is none."""

    def change(mendings: Mendings) -> str:
        undone = mendings.undo()
        return str(undone) if undone else ""

    mended = _changed(folder, file, change, wait)
    return mended if mended.correction else None


def _changed(folder: Path, file: Path, change: Callable[[Mendings], str], wait: float | None) -> Mended:
    lock = WriteLock(folder)
    lock.acquire(wait)
    try:
        mendings = Mendings.load(file)
        correction = change(mendings)
        if correction:
            mendings.save()
        catalogue = Catalogue.open(folder / "catalogue.db", writable=True)
        try:
            link_pending(catalogue, file)
            return Mended(correction, tuple(problems(catalogue)))
        finally:
            catalogue.close()
    finally:
        lock.release()
