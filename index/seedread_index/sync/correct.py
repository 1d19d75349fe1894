"""Correcting entities: a change of the user's file under the write lock, laid over the archive at once."""

from __future__ import annotations

from collections.abc import Callable

from seedread_index.archive_folder import ArchiveFolder
from seedread_index.linking.corrections import CorrectionsFile
from seedread_index.model.correction import Correction, CorrectionResult
from seedread_index.sync.passes.annotation import link_pending
from seedread_index.sync.passes.apply_corrections import problems


def add(folder: ArchiveFolder, correction: Correction, *, wait: float | None) -> CorrectionResult:
    """Add a correction. Raises LockedError, and CorrectionError where it contradicts an earlier one."""

    def change(corrections_file: CorrectionsFile) -> str:
        return str(corrections_file.add(correction))

    return _changed(folder, change, wait)


def undo(folder: ArchiveFolder, *, wait: float | None) -> CorrectionResult | None:
    """Take the last correction back; None where there is none."""

    def change(corrections_file: CorrectionsFile) -> str:
        undone = corrections_file.undo()
        return str(undone) if undone else ""

    corrected = _changed(folder, change, wait)
    return corrected if corrected.correction else None


def _changed(
    folder: ArchiveFolder, change: Callable[[CorrectionsFile], str], wait: float | None
) -> CorrectionResult:
    with folder.writing(wait) as index:
        file = CorrectionsFile.load(folder.corrections)
        correction = change(file)
        if correction:
            file.save()
        link_pending(index.catalogue, folder.corrections)
        return CorrectionResult(correction, tuple(problems(index.catalogue)))
