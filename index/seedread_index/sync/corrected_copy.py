"""The user's own copy of the catalogue of another account's archive, with the user's corrections of entities.

Nothing is written where the other account keeps the index, and nobody else sees the corrections. What that
account corrected is applied first, then the user's own, as if all stood in one file.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from seedread_index.archive_folder import ArchiveFolder, default_cache_root
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.connection import connect
from seedread_index.catalogue.database import discard
from seedread_index.files.error_translation import translated_errors
from seedread_index.files.trusted_folders import make_private
from seedread_index.files.user_files import write_file
from seedread_index.files.write_lock import WriteLock
from seedread_index.linking.corrections_file import CorrectionsFile
from seedread_index.model.errors import CorrectionError, LockedError
from seedread_index.sync.passes.correct_articles import ArticleCorrector
from seedread_index.sync.passes.correct_entities import applied_tables, problems
from seedread_index.sync.passes.link import link_pending
from seedread_index.sync.passes.quote import quote_pending

_COPIED, _THEIRS = "copied_from", "their_corrections"
_LEAST_PAUSE = 5.0
"""Seconds between two copies of a catalogue that changes."""
_PAUSE = 20
"""How many times as long as copying took nothing is copied again."""
_WAIT = 30.0
"""Seconds to wait for another session of the user's that copies."""

_State = tuple[tuple[int, ...], tuple[int, ...]]


class CorrectedCopy:
    """A copy of an archive's catalogue in the user's cache; it takes the catalogue's size once more."""

    def __init__(self, folder: ArchiveFolder, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._path = default_cache_root() / "corrected" / folder.name / "catalogue.db"
        self._later = 0.0
        self._known: _State | None = None

    def current(self) -> Path:
        """Where the copy lies, made again where the catalogue or the corrections have changed since.

        While the archive is being indexed it stays for some time as it is. Raises ArchiveError.
        """
        state = self._state()
        own = self._known is None or state[1] != self._known[1]
        if own or (state != self._known and self._clock() >= self._later):
            try:
                self.change(lambda _: "")
            except LockedError:
                if not self._path.exists():
                    raise
        return self._path

    def change(self, change: Callable[[Catalogue], str]) -> tuple[str, tuple[str, ...]]:
        """Change the user's corrections and apply them to the copy: what was changed, and what does not fit.

        Raises LockedError where another session takes long, and ArchiveError.
        """
        make_private(self._path.parent)
        lock = WriteLock(self._path.with_name("lock"))
        lock.acquire(_WAIT)
        try:
            copied = self._copied()
            with closing(Catalogue.open(self._path, writable=True)) as catalogue:
                changed = change(catalogue)
                self._apply(catalogue)
                self._known = (copied, self._state()[1])
                return changed, tuple(problems(catalogue))
        finally:
            lock.release()

    def _copied(self) -> tuple[int, ...]:
        """Copy the catalogue as of its last commit, unless that is what is there; what was copied."""
        wanted, before = self._state()[0], 0
        if self._path.exists():
            with closing(Catalogue.open(self._path)) as there:
                if there.meta(_COPIED) == json.dumps(wanted):
                    return wanted
                before = there.generation()
        start = self._clock()
        new = self._path.with_name("new.db")
        discard(new)
        with (
            closing(connect(self._folder.catalogue, writable=False)) as original,
            closing(connect(new, writable=True)) as copy,
        ):
            original.backup(copy)
        with closing(Catalogue.open(new, writable=True)) as catalogue, catalogue.transaction():
            catalogue.set_meta(_COPIED, json.dumps(wanted))
            catalogue.set_meta(_THEIRS, applied_tables(catalogue))
            catalogue.set_meta("generation", max(catalogue.generation(), before + 1))
        with translated_errors(self._path.parent):
            new.replace(self._path)
        self._later = self._clock() + max(_LEAST_PAUSE, _PAUSE * (self._clock() - start))
        return wanted

    def _apply(self, catalogue: Catalogue) -> None:
        """Apply the corrections of both accounts, those of the index's owner first.

        What was applied stays where the user's file cannot be read; `Archive.corrections_problem` says so.
        """
        try:
            mine = CorrectionsFile.load(self._folder.corrections).entity_tables()
        except CorrectionError:
            return
        both = self._path.with_name("corrections.toml")
        with translated_errors(both.parent):
            write_file(both, f"{catalogue.meta(_THEIRS)}\n{mine}".encode())
        ArticleCorrector(catalogue, both).catch_up()
        link_pending(catalogue, both)
        quote_pending(catalogue, older=False)

    def _state(self) -> _State:
        """What tells whether the catalogue's file, and the user's corrections, have changed."""
        with translated_errors(self._folder.path):
            found = self._folder.catalogue.stat()
        try:
            mine = self._folder.corrections.stat()
        except OSError:
            corrections: tuple[int, ...] = ()
        else:
            corrections = mine.st_size, mine.st_mtime_ns
        return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns), corrections
