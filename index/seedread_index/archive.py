"""Archive: open, sync, search, read, entities, correct, repair."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from seedread_index.archive_folder import ArchiveFolder
from seedread_index.archive_reader import ArchiveReader
from seedread_index.model.correction import ArticleCorrection, Correction, CorrectionResult, ListedCorrection
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError, CorrectionError, QueryError
from seedread_index.model.status import DryRun, FileReport, ProgressCallback, Status, SyncReport

if TYPE_CHECKING:
    from seedread_index.model.article import Header as Header
    from seedread_index.model.explanation import ArticleExplanation
    from seedread_index.search.assist.completion import Completion as Completion
    from seedread_index.search.facets import Facet as Facet
    from seedread_index.search.facets import Facets as Facets
    from seedread_index.sync.background import Background as Background

Cancelled = Callable[[], bool]


def clean_line(text: str) -> str:
    """A text from outside (file name, argument, error) made safe to show on one line."""
    from seedread_index.text.sanitize import clean_line as cleaned

    return cleaned(text)


def require_engine(name: str) -> None:
    """Raise ModelError where the entity engine of that name or path is not installed."""
    from seedread_index.ner.spacy.installed import RULES, find_model

    if name != RULES:
        find_model(name)


def parse_period(text: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day that 2020-02, >2020 or "last week" means, None where open. Raises QueryError."""
    from seedread_index.search.query.periods import parse_period as parsed

    try:
        return parsed(text, dt.date.today())
    except ValueError as error:
        raise QueryError(str(error), 'try 2020-02, 2020-02-01..2020-03-15, >2020 or "last week"') from None


class Archive(ArchiveReader):
    """A sorted set of roots (folders or files) with their index: read, synced, annotated and corrected.

    with Archive.open("news") as archive:
        archive.sync()
        results = archive.search("grain export")
    """

    def __init__(self, roots: Sequence[Path], folder: ArchiveFolder, settings: EngineSettings) -> None:
        super().__init__(folder)
        self.roots = tuple(roots)
        self.settings = settings

    @classmethod
    def open(
        cls,
        roots: Path | str | Iterable[Path | str],
        settings: EngineSettings | None = None,
        *,
        cache_root: Path | None = None,
        data_root: Path | None = None,
        gone: bool = False,
    ) -> Archive:
        """The archive over one or more folders or files; does not open its index yet.

        `cache_root` and `data_root` are the folders of the index and of the user's corrections, by default
        the user's cache and data folders. Raises ArchiveError if a root is missing, unless `gone` allows that
        because only its index is wanted.
        """
        named = [roots] if isinstance(roots, str | os.PathLike) else list(roots)
        if not named:
            raise ArchiveError("no folder given", "give a folder of articles")
        resolved = sorted({_resolve(Path(root), strict=not gone) for root in named})
        settings = settings or EngineSettings()
        folder = ArchiveFolder.of(resolved, cache_root, data_root, settings)
        return cls(resolved, folder, settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sync(
        self,
        progress: ProgressCallback | None = None,
        *,
        cancelled: Cancelled | None = None,
        wait: float | None = 0,
        rebuild: bool = False,
    ) -> SyncReport:
        """Update the index from the folders: text, names by rules and links, never the model.

        `wait` is how many seconds to wait for another writer (None: without limit); `rebuild` re-reads every
        file again. Raises LockedError.
        """
        from seedread_index.sync.sync import sync

        return sync(
            self.roots,
            self.folder,
            self.settings,
            progress=progress,
            cancelled=cancelled,
            rebuild=rebuild,
            wait=wait,
        )

    def dry_run(self) -> Iterator[DryRun]:
        """How a sync would read each file; writes nothing."""
        from seedread_index.sync.explain import dry_run

        return dry_run(self.roots, self.settings)

    def explain_articles(
        self, ids: Sequence[str], *, cancelled: Cancelled | None = None
    ) -> Iterator[ArticleExplanation]:
        """Where the fields and passages of articles come from, in the order given; skips missing ones.

        Re-reads their files, in separate processes and with the limits of a sync; for a file that is gone it
        returns what is stored.
        """
        from seedread_index.sync.explain import explain

        found = self.articles(ids)
        never = cancelled or (lambda: False)
        return explain(self._index().catalogue, self.roots, self.settings, found, never)

    def files(self) -> FileReport:
        """The files that were left out or read in part, the copies, and counts."""
        return self._index().catalogue.files()

    def annotate(
        self,
        progress: ProgressCallback | None = None,
        *,
        cancelled: Cancelled | None = None,
        wait: float | None = 0,
    ) -> int:
        """Run the entity model on new articles; returns how many it annotated."""
        from seedread_index.sync.sync import annotate

        return annotate(self.folder, self.settings, progress=progress, cancelled=cancelled, wait=wait)

    def background(self, *, annotate: bool = True) -> Background:
        """Sync (and annotate) in a child process that ends with this one; start it with `.start()`."""
        from seedread_index.sync.background import Background

        return Background(self.roots, self.folder, self.settings, annotate=annotate)

    def watch(
        self, *, cancelled: Cancelled | None = None, idle: Callable[[], None] | None = None
    ) -> Iterator[SyncReport]:
        """Sync now and whenever the folders change; what each sync did, until `cancelled`.

        `idle` is called twice a second while nothing changes. Raises ArchiveError if the system cannot watch
        folders.
        """
        from seedread_index.sync.watch import watch

        return watch(self, cancelled=cancelled, idle=idle)

    def status(self) -> Status:
        """What is indexed, how fresh it is, who is writing to it and what was skipped."""
        from seedread_index.files.write_lock import WriteLock
        from seedread_index.ner.spacy.installed import RULES

        index = self._index()
        engine = self.engine()
        roots = tuple(clean_line(os.fsdecode(root)) for root in self.roots)
        return replace(
            index.catalogue.status(roots, engine=engine),
            annotated=index.mentions.annotated(rules_suffice=engine == RULES),
            writer=WriteLock(self.folder.lock).writer(),
            owner=self.folder.owner(),
            index_engine=self.folder.index_engine(),
        )

    def convert_index(
        self, name: str, progress: ProgressCallback | None = None, *, wait: float | None = 0
    ) -> bool:
        """Convert the full text to another index engine (whoosh, tantivy) without re-reading files.

        False if it is already used. The old full text is searched until the new one is ready. Raises
        LockedError, and ArchiveError if the engine is not installed.
        """
        from seedread_index.sync.sync import convert_index

        return convert_index(self.folder, self.settings, name, progress=progress, wait=wait)

    def engine(self) -> str:
        """The name of the entity engine that `annotate` would use; "rules" if none is installed."""
        from seedread_index.ner.spacy.installed import available

        return available(self.settings.ner_model)

    def verify_engine(self) -> str:
        """Check the hashes of the entity engine's files; returns its name. Raises ModelError."""
        from seedread_index.ner.spacy.installed import verify

        return verify(self.settings.ner_model)

    def check(self) -> tuple[str, ...]:
        """The problems of the index, in words; empty if there are none. Reads everything."""
        from seedread_index.check_and_repair import problems

        return problems(self.folder)

    def changed_files(self) -> tuple[str, ...]:
        """The names of the index files whose checksums do not match; hashes every one."""
        from seedread_index.check_and_repair import changed_files

        return changed_files(self.folder)

    def repair(self, progress: ProgressCallback | None = None, *, wait: float | None = 0) -> SyncReport:
        """Rebuild the damaged parts of the index, then sync."""
        from seedread_index.check_and_repair import drop_what_is_damaged

        self._close_files()
        drop_what_is_damaged(self.folder, wait=wait)
        return self.sync(progress, wait=wait)

    def forget(self) -> bool:
        """Delete the archive's index, with its full texts; keeps corrections. False if there was none."""
        from seedread_index.check_and_repair import forget

        self._close_files()
        return forget(self.folder)

    def file_of(self, article_id: str) -> Path | None:
        """The true path of the file that an article or an exact copy of it was read from; None if gone."""
        from seedread_index.catalogue.files import paths_of

        for root, relative in paths_of(self._index().catalogue, article_id):
            base = Path(os.fsdecode(root))
            candidate = (base if base.is_dir() else base.parent) / os.fsdecode(relative)
            if candidate.exists():
                return candidate
        return None

    def corrections_problem(self) -> str:
        """Why the file of corrections cannot be read, in words; empty if it can, or does not exist."""
        from seedread_index.linking.corrections_file import CorrectionsFile

        try:
            CorrectionsFile.load(self.folder.corrections)
        except CorrectionError as problem:
            return f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        return ""

    def correct(
        self, *corrections: Correction | ArticleCorrection, wait: float | None = 0
    ) -> CorrectionResult:
        """Correct entities and articles, and apply the corrections to the archive at once.

        They are stored by names and paths in the user's own file, all or none, and survive re-indexing.
        Raises LockedError, and CorrectionError if one is incomplete or contradicts an earlier one.
        """
        from seedread_index.sync.correct import add

        return add(self.folder, corrections, wait=wait)

    def undo(self, articles: Sequence[str] = (), *, wait: float | None = 0) -> CorrectionResult | None:
        """Undo the last correction, or the last one of the given articles; None if there is none."""
        from seedread_index.sync.correct import undo

        return undo(self.folder, articles, wait=wait)

    def article_corrections(self) -> tuple[ListedCorrection, ...]:
        """The corrections of articles, in order, with why some are not applied. Raises CorrectionError."""
        from seedread_index.sync.correct import listed

        return listed(self.folder, self._index().catalogue)


def _resolve(root: Path, *, strict: bool) -> Path:
    """The true path of a root; raises ArchiveError when it is not there."""
    shown = clean_line(os.fsdecode(root))
    try:
        resolved = root.expanduser().resolve(strict=strict)
    except FileNotFoundError:
        raise ArchiveError(f"no such file or folder: {shown}", "give a folder or file that exists") from None
    except (OSError, RuntimeError) as error:
        raise ArchiveError(f"{shown} cannot be read: {error}", "check its permissions") from error
    return resolved
