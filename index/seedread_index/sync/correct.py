"""Correcting entities: a change of the user's file under the write lock, laid over the archive at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.linking.corrections import CorrectionsFile
from seedread_index.model.correction import Correction, CorrectionResult
from seedread_index.sync.lock import WriteLock
from seedread_index.sync.passes.annotation import link_pending
from seedread_index.sync.passes.apply_corrections import problems


def add(folder: Path, file: Path, correction: Correction, *, wait: float | None) -> CorrectionResult:
    """Add a correction. Raises LockedError, and CorrectionError where it contradicts an earlier one."""

    def change(corrections_file: CorrectionsFile) -> str:
        return str(corrections_file.add(correction))

    return _changed(folder, file, change, wait)


def undo(folder: Path, file: Path, *, wait: float | None) -> CorrectionResult | None:
    """Take the last correction back; None where there is none."""

    def change(corrections_file: CorrectionsFile) -> str:
        undone = corrections_file.undo()
        return str(undone) if undone else ""

    corrected = _changed(folder, file, change, wait)
    return corrected if corrected.correction else None


def _changed(
    folder: Path, file: Path, change: Callable[[CorrectionsFile], str], wait: float | None
) -> CorrectionResult:
    lock = WriteLock(folder)
    lock.acquire(wait)
    try:
        corrections_file = CorrectionsFile.load(file)
        correction = change(corrections_file)
        if correction:
            corrections_file.save()
        catalogue = Catalogue.open(folder / "catalogue.db", writable=True)
        try:
            link_pending(catalogue, file)
            return CorrectionResult(correction, tuple(problems(catalogue)))
        finally:
            catalogue.close()
    finally:
        lock.release()
