"""Brings an archive up to date with its folders: walk, read, store, index, then what needs all articles."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from seedread_index.archive_folder import ArchiveFolder, engine_named
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.files import reconsider, root_numbers
from seedread_index.catalogue.work_queue import prune_spans, unenriched
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import Progress, ProgressCallback, Stage, SyncReport
from seedread_index.sync.fingerprint import reconsider_changed, reconsider_dates
from seedread_index.sync.ingest.indexer import FullTextIndexer, convert, engine_of
from seedread_index.sync.scan.plan import Plan, note_plan, plan
from seedread_index.sync.scan.walk import Walk

_BEGUN = "begun"
"""The note in a catalogue whose full text began with it."""
_SETTLED = "settled"
"""The note of the state in which nothing was left to do."""


def sync(
    roots: Sequence[Path],
    folder: ArchiveFolder,
    settings: EngineSettings,
    *,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
    rebuild: bool = False,
    wait: float | None = 0,
) -> SyncReport:
    """Sync the archive over `roots`; text, rules and links, never the model.

    Raises LockedError where another process writes for longer than `wait` seconds (None: without limit), and
    ArchiveError where a root or the cache fails.
    """
    with folder.writing(wait, renew=True) as index:
        work = _Sync(roots, folder, settings, index.catalogue, progress=progress, cancelled=cancelled)
        report = work.run(anew=rebuild)
        index.catalogue.seal()
        return report


def annotate(
    folder: ArchiveFolder,
    settings: EngineSettings,
    *,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
    first: Sequence[str] = (),
    wait: float | None = 0,
) -> int:
    """Run the entity model over what it has not read; how many articles it annotated.

    `first` holds ids to be read before others; it may grow meanwhile. Raises LockedError and ModelError.
    """
    from seedread_index.sync.passes.annotation import annotate_pending
    from seedread_index.sync.passes.quote import quote_pending

    with folder.writing(wait) as index:
        count = annotate_pending(
            index.catalogue,
            settings,
            corrections_file=folder.corrections,
            progress=progress,
            cancelled=cancelled or (lambda: False),
            first=first,
        )
        quote_pending(index.catalogue, progress, cancelled or (lambda: False), older=True)
        index.catalogue.seal()
        return count


def convert_index(
    folder: ArchiveFolder,
    settings: EngineSettings,
    name: str,
    *,
    progress: ProgressCallback | None = None,
    wait: float | None = 0,
) -> bool:
    """Have another engine keep the full text, made from the catalogue; False where it does already.

    Raises LockedError, and ArchiveError where the engine is not installed or the cache cannot be written.
    """
    with folder.writing(wait, renew=True) as index:
        catalogue = index.catalogue
        engine = engine_named(name)
        if engine_of(catalogue, folder, name).name == name and engine.exists(folder.fulltext):
            return False
        done = 0

        def report(count: int) -> None:
            nonlocal done
            done += count
            if progress is not None:
                progress(Progress(Stage.INDEX, done, None, done))

        convert(catalogue, folder, engine, settings.processes, report)
        catalogue.seal()
    return True


class _Sync:
    """One sync at work; what reads, indexes and links is imported where there is something to do."""

    def __init__(
        self,
        roots: Sequence[Path],
        folder: ArchiveFolder,
        settings: EngineSettings,
        catalogue: Catalogue,
        *,
        progress: ProgressCallback | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._roots = roots
        self._folder = folder
        self._corrections = folder.corrections
        self._settings = settings
        self._catalogue = catalogue
        self._progress = progress or (lambda _: None)
        self._cancelled = cancelled or (lambda: False)
        self._indexer = FullTextIndexer(
            catalogue,
            engine_of(catalogue, folder, settings.index_engine),
            folder.fulltext,
            settings.processes,
        )
        self._interrupted = False
        self._report = SyncReport()

    def run(self, *, anew: bool) -> SyncReport:
        """Do it; an interrupt keeps what is stored."""
        try:
            self._run(anew=anew)
        except KeyboardInterrupt:
            self._interrupted = True
        finally:
            self._indexer.close()
        return replace(self._report, interrupted=self._interrupted)

    def _run(self, *, anew: bool) -> None:
        self._begin(anew=anew)
        made = self._planned()
        if made is None or self._stopped():
            return
        if made:
            self._indexer.repair()
            self._read(made)
        if not self._stopped():
            note_plan(self._catalogue, made)
        if not self._stopped() and self._catalogue.meta(_SETTLED) != self._state():
            self._settle()

    def _begin(self, *, anew: bool) -> None:
        """Finish what an earlier sync could not; part a catalogue from a full text that is not its own."""
        if anew or self._catalogue.meta(_BEGUN) is None or self._indexer.is_lost():
            self._indexer.discard()
        for _ in self._catalogue.seal_rows():
            if self._stopped():
                return
        if self._indexer.is_dated():
            self._renew_fulltext()
        with self._catalogue.transaction():
            if anew:
                reconsider(self._catalogue, skipped_only=False)
            if self._catalogue.meta(_BEGUN) is None:
                self._catalogue.set_meta(_BEGUN, 1)
            self._indexer.note_engine()
            self._indexer.note_analysis()
            self._indexer.renew_fields()
        self._indexer.catch_up()

    def _renew_fulltext(self) -> None:
        """Make the full text by today's analysis, from the catalogue; the old one is searched until then."""
        done = 0

        def report(count: int) -> None:
            nonlocal done
            done += count
            self._progress(Progress(Stage.INDEX, done, None, done))

        engine = engine_of(self._catalogue, self._folder, self._settings.index_engine)
        convert(self._catalogue, self._folder, engine, self._settings.processes, report)

    def _planned(self) -> Plan | None:
        paths = [os.fsencode(root) for root in self._roots]
        with self._catalogue.transaction():
            numbers = root_numbers(self._catalogue, paths)
            reconsider_changed(self._catalogue, self._settings)
            reconsider_dates(self._catalogue, self._settings, dict(zip(numbers, paths, strict=True)))

        def report(count: int) -> bool:
            self._progress(Progress(Stage.WALK, count, None))
            return self._stopped()

        walk = Walk(self._roots, self._settings)
        return plan(self._catalogue, numbers, paths, walk, settings=self._settings, report=report)

    def _read(self, made: Plan) -> None:
        from seedread_index.sync.ingest.ingest import Ingest
        from seedread_index.sync.passes.correct_articles import ArticleCorrector

        corrector = ArticleCorrector(self._catalogue, self._corrections)
        ingest = Ingest(
            self._catalogue, self._indexer, self._settings, self._progress, self._stopped, corrector=corrector
        )
        try:
            ingest.take(made)
        finally:
            self._report = ingest.report()

    def _settle(self) -> None:
        """What looks at all articles at once."""
        from seedread_index.sync.passes.boilerplate import mark_repetition
        from seedread_index.sync.passes.correct_articles import ArticleCorrector
        from seedread_index.sync.passes.enrich import enrich_pending
        from seedread_index.sync.passes.link import link_pending
        from seedread_index.sync.passes.quote import quote_pending
        from seedread_index.sync.passes.repetitions import group_duplicates

        corrector = ArticleCorrector(self._catalogue, self._corrections)
        corrector.catch_up()
        enrich_pending(self._catalogue, self._settings, self._progress, self._stopped)
        group_duplicates(self._catalogue, self._progress, self._stopped)
        mark_repetition(self._catalogue, self._stopped)
        corrector.catch_up()
        self._indexer.catch_up()
        self._progress(Progress(Stage.LINK, 0, None))
        link_pending(self._catalogue, self._corrections, self._stopped)
        quote_pending(self._catalogue, self._progress, self._stopped, older=False)
        if not self._stopped() and not unenriched(self._catalogue):
            with self._catalogue.transaction():
                prune_spans(self._catalogue)
                self._catalogue.set_meta(_SETTLED, self._state())

    def _state(self) -> str:
        """What settling depends on: the articles, and the user's corrections."""
        try:
            found = self._corrections.stat()
            corrections: tuple[int, ...] = found.st_size, found.st_mtime_ns
        except OSError:
            corrections = ()
        return f"{self._catalogue.generation()} {corrections}"

    def _stopped(self) -> bool:
        self._interrupted = self._interrupted or self._cancelled()
        return self._interrupted
