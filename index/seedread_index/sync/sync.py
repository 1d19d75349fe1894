"""Brings an archive level with its folders: walk, read, store, index, then what needs all articles."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.files import reconsider, root_numbers
from seedread_index.catalogue.rebuild import open_or_rebuild
from seedread_index.catalogue.work_queue import prune_spans, unenriched
from seedread_index.files.sweeping import sweep
from seedread_index.model.settings import EngineSettings
from seedread_index.model.status import Progress, ProgressCallback, Stage, SyncReport
from seedread_index.sync.fingerprint import reconsider_changed
from seedread_index.sync.ingest.indexer import FullTextIndexer
from seedread_index.sync.lock import WriteLock
from seedread_index.sync.scan.plan import Plan, plan
from seedread_index.sync.scan.walk import Walk

CATALOGUE = "catalogue.db"
FULLTEXT = "fulltext"
_BEGUN = "begun"
"""The note in a catalogue whose full text began with it."""
_SETTLED = "settled"
"""The note of the state in which nothing was left to do."""


def sync(
    roots: Sequence[Path],
    folder: Path,
    settings: EngineSettings,
    *,
    corrections_file: Path | None = None,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
    rebuild: bool = False,
    wait: float | None = 0,
) -> SyncReport:
    """Sync the archive over `roots` whose index lies in `folder`; text, rules and links, never the model.

    Raises LockedError where another process writes for longer than `wait` seconds (None: wait for ever), and
    ArchiveError where a root or the cache fails.
    """
    lock = WriteLock(folder)
    lock.acquire(wait)
    try:
        sweep(folder)
        catalogue = open_or_rebuild(folder / CATALOGUE)
        try:
            work = _Sync(roots, settings, catalogue, progress=progress, cancelled=cancelled)
            report = work.run(corrections_file, anew=rebuild)
            catalogue.seal()
            return report
        finally:
            catalogue.close()
    finally:
        lock.release()


class _Sync:
    """One sync at work; what reads, indexes and links is imported where there is something to do."""

    def __init__(
        self,
        roots: Sequence[Path],
        settings: EngineSettings,
        catalogue: Catalogue,
        *,
        progress: ProgressCallback | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._roots = roots
        self._settings = settings
        self._catalogue = catalogue
        self._progress = progress or (lambda _: None)
        self._cancelled = cancelled or (lambda: False)
        self._indexer = FullTextIndexer(catalogue, catalogue.path.parent / FULLTEXT, settings.processes)
        self._interrupted = False
        self._report = SyncReport()

    def run(self, corrections_file: Path | None, *, anew: bool) -> SyncReport:
        """Do it; an interrupt keeps what is stored."""
        try:
            self._run(corrections_file, anew=anew)
        except KeyboardInterrupt:
            self._interrupted = True
        finally:
            self._indexer.close()
        return replace(self._report, interrupted=self._interrupted)

    def _run(self, corrections_file: Path | None, *, anew: bool) -> None:
        self._begin(anew=anew)
        made = self._planned()
        if made is None or self._stopped():
            return
        if made:
            self._indexer.repair()
            self._read(made)
        if not self._stopped() and self._catalogue.meta(_SETTLED) != self._state(corrections_file):
            self._settle(corrections_file)

    def _begin(self, *, anew: bool) -> None:
        """Finish what an earlier sync could not; part a catalogue from a full text that is not its own."""
        if anew or self._catalogue.meta(_BEGUN) is None or self._indexer.is_lost():
            self._indexer.discard()
        for _ in self._catalogue.seal_rows():
            if self._stopped():
                return
        with self._catalogue.transaction():
            if anew:
                reconsider(self._catalogue, skipped_only=False)
            if self._catalogue.meta(_BEGUN) is None:
                self._catalogue.set_meta(_BEGUN, 1)
        self._indexer.catch_up()

    def _planned(self) -> Plan | None:
        paths = [os.fsencode(root) for root in self._roots]
        with self._catalogue.transaction():
            numbers = root_numbers(self._catalogue, paths)
            reconsider_changed(self._catalogue, self._settings)

        def report(count: int) -> bool:
            self._progress(Progress(Stage.WALK, count, None))
            return self._stopped()

        walk = Walk(self._roots, self._settings)
        return plan(
            self._catalogue, numbers, paths, walk, max_size=self._settings.max_file_size, report=report
        )

    def _read(self, made: Plan) -> None:
        from seedread_index.sync.ingest.ingest import Ingest

        ingest = Ingest(self._catalogue, self._indexer, self._settings, self._progress, self._stopped)
        try:
            ingest.take(made)
        finally:
            self._report = ingest.report()

    def _settle(self, corrections_file: Path | None) -> None:
        """What looks at all articles at once."""
        from seedread_index.sync.passes.analyze import enrich_pending
        from seedread_index.sync.passes.annotation import link_pending
        from seedread_index.sync.passes.near_duplicates import group_duplicates
        from seedread_index.sync.passes.repeated_boilerplate import mark_repetition

        enrich_pending(self._catalogue, self._settings, self._progress, self._stopped)
        group_duplicates(self._catalogue, self._stopped)
        mark_repetition(self._catalogue, self._stopped)
        self._indexer.catch_up()
        self._progress(Progress(Stage.LINK, 0, None))
        link_pending(self._catalogue, corrections_file, self._stopped)
        if not self._stopped() and not unenriched(self._catalogue):
            with self._catalogue.transaction():
                prune_spans(self._catalogue)
                self._catalogue.set_meta(_SETTLED, self._state(corrections_file))

    def _state(self, corrections_file: Path | None) -> str:
        """What settling depends on: the articles, and the user's corrections."""
        try:
            found = corrections_file.stat() if corrections_file is not None else None
        except OSError:
            found = None
        corrections = (found.st_size, found.st_mtime_ns) if found is not None else ()
        return f"{self._catalogue.generation()} {corrections}"

    def _stopped(self) -> bool:
        self._interrupted = self._interrupted or self._cancelled()
        return self._interrupted
