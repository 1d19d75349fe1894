"""Where the files of an archive are, and the only way to open them, for reading or writing."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import REPAIR_HINT, ArchiveError, DamagedError, ForeignError
from seedread_index.model.status import IndexEngine

if TYPE_CHECKING:
    from seedread_index.catalogue.catalogue import Catalogue
    from seedread_index.catalogue.entities.mentions import MentionStore
    from seedread_index.engines.base import Engine, FullText
    from seedread_index.files.write_lock import WriteLock

Identity = tuple[int, int] | None
"""Device and inode of a catalogue, to notice when it is replaced; None if there is none."""
_LEFTOVERS = ("*.new", "*.old", "*.ctmp", "*.tmp")
"""Files to be renamed into place or replaced, and the temporary files and folders of Whoosh."""
DEFAULT_ENGINE = "whoosh"
INDEX_ENGINES = (DEFAULT_ENGINE, "tantivy")
"""The engines that can keep a full text."""


def engine_named(name: str) -> Engine:
    """The engine of a name, one of INDEX_ENGINES; whether what it needs is installed, `open` tells."""
    from seedread_index.engines.tantivy.engine import TantivyEngine
    from seedread_index.engines.whoosh.engine import WhooshEngine

    return TantivyEngine() if name == TantivyEngine.name else WhooshEngine()


def default_cache_root() -> Path:
    """The default folder for indexes: the user's cache folder."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("seedread", appauthor=False))


def default_data_root() -> Path:
    """The default folder for corrections: the user's data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("seedread", appauthor=False))


def _named_cache(name: str) -> Path:
    """The folder of a cache that was named, which need not be there yet. Raises ArchiveError."""
    path = Path(name).absolute()
    try:
        path.stat()
    except (FileNotFoundError, PermissionError):
        pass  # it is made, or refused, by what needs it
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise ArchiveError(f"the cache cannot be used: {why}", "choose another with --cache") from error
    return path


@dataclass(frozen=True, slots=True)
class ArchiveFolder:
    """The folder of an archive's index, which can be rebuilt, and the user's own files, which cannot.

    `path` contains the catalogue, the full text in a separate folder, their checksums, and the lock of the
    one writer; `corrections` is the user's file of corrections, elsewhere.
    """

    path: Path
    corrections: Path
    shared: Path | None = None
    """The cache that was named for it, whose group and mode its files get; None for the account's own."""

    @classmethod
    def of(
        cls,
        roots: Iterable[Path],
        cache_root: Path | None = None,
        data_root: Path | None = None,
        settings: EngineSettings | None = None,
    ) -> ArchiveFolder:
        """The folder of the archive over `roots`, named after a hash of their resolved paths.

        Of the settings the cache counts, where no other is named, and whom to trust there from now on.
        Raises ArchiveError where those are no accounts, and for a cache that no folder can be called.
        """
        shared = None
        if settings is not None and settings.trusted_owners:
            from seedread_index.files.trusted_folders import trust

            trust(settings.trusted_owners)
        if settings is not None and settings.cache and cache_root is None:
            shared = cache_root = _named_cache(settings.cache)
        digest = hashlib.sha256(b"\0".join(os.fsencode(root) for root in roots)).hexdigest()[:16]
        return cls(
            (cache_root or default_cache_root()) / "archives" / digest,
            (data_root or default_data_root()) / "archives" / digest / "corrections.toml",
            shared,
        )

    def owner(self) -> str | None:
        """The account that owns the index, if it is another one; else None."""
        from seedread_index.files.trusted_folders import other_owner

        return other_owner(self.path)

    @property
    def data_root(self) -> Path:
        """The user's data folder, with what the user keeps of all archives."""
        return self.corrections.parents[2]

    @property
    def alerts(self) -> Path:
        """The user's file of what alerts have shown of this archive."""
        return self.corrections.with_name("alerts.json")

    @property
    def name(self) -> str:
        """The unique name of this archive."""
        return self.path.name

    @property
    def catalogue(self) -> Path:
        """The catalogue's database."""
        return self.path / "catalogue.db"

    @property
    def fulltext(self) -> Path:
        """The folder of the engine's files."""
        return self.path / "fulltext"

    @property
    def lock(self) -> Path:
        """The file that the one writer locks."""
        return self.path / "lock"

    @property
    def engine(self) -> Engine:
        """The engine that keeps the full text: the one whose files are there, Whoosh where none are."""
        from seedread_index.engines.tantivy.engine import TantivyEngine

        return engine_named(TantivyEngine.name if TantivyEngine.wrote(self.fulltext) else DEFAULT_ENGINE)

    def index_engine(self) -> IndexEngine:
        """The engine's name, version and checksums."""
        engine = self.engine
        return IndexEngine(engine.name, engine.version(), engine.checksums(self.fulltext))

    @property
    def next_fulltext(self) -> Path:
        """Where a full text is built that will replace the current one."""
        return self.path / "fulltext.new"

    def replace_fulltext(self) -> None:
        """Replace the full text by the next one; for the one writer. Raises OSError."""
        if self.fulltext.exists():
            self.fulltext.rename(self._last_fulltext)
        self.next_fulltext.rename(self.fulltext)
        shutil.rmtree(self._last_fulltext, ignore_errors=True)

    @property
    def _last_fulltext(self) -> Path:
        return self.path / "fulltext.old"

    def identity(self, catalogue: Path | None = None) -> Identity:
        """Which catalogue, or copy of it, is there now; None before the first commit.

        Raises DamagedError if only the full text exists, and ArchiveError for an unreadable folder.
        """
        try:
            found = (catalogue or self.catalogue).stat()
        except FileNotFoundError:
            if self.fulltext.exists():
                raise DamagedError("the catalogue of the index is missing", REPAIR_HINT) from None
            return None
        except OSError as error:
            raise ArchiveError(
                f"the index cannot be read: {error.strerror}", f"look at {self.path}"
            ) from error
        return found.st_dev, found.st_ino

    def reading(self, catalogue: Path | None = None) -> Reading:
        """The index as of its last commit; an empty one before the first. Never waits for a writer.

        With another `catalogue`, a copy, this is read instead of the index's own. Raises ArchiveError, or its
        subclass DamagedError for an index that has to be rebuilt.
        """
        return Reading(self, catalogue)

    @contextmanager
    def writing(self, wait: float | None = 0, *, renew: bool = False) -> Iterator[Writing]:
        """The index for its one writer, locked until the block ends.

        `wait` is how many seconds to wait for another writer (None: without limit). `renew` replaces an
        unusable catalogue by an empty one, and deletes what killed writers left half written.
        Raises LockedError, ForeignError for the index of another account, and ArchiveError where the cache
        cannot be written.
        """
        from seedread_index.files.trusted_folders import make_like, mask_of
        from seedread_index.files.write_lock import WriteLock

        if (owner := self.owner()) is not None:
            raise ForeignError(owner)
        if self.shared is not None and self.shared.is_dir():
            make_like(self.path, self.shared)
            with mask_of(self.shared), self._locked(WriteLock(self.lock), wait, renew=renew) as index:
                yield index
            return
        with self._locked(WriteLock(self.lock), wait, renew=renew) as index:
            yield index

    @contextmanager
    def _locked(self, lock: WriteLock, wait: float | None, *, renew: bool) -> Iterator[Writing]:
        lock.acquire(wait)
        index = Writing(self, renew=renew)
        try:
            if renew:
                self._sweep()
            yield index
        finally:
            try:
                index.close()
            finally:
                lock.release()

    def _sweep(self) -> None:
        """Delete the leftovers of killed writers. Raises ArchiveError."""
        from seedread_index.files.error_translation import translate_os_error

        if self._last_fulltext.exists() and not self.fulltext.exists():  # a replacement was cut short
            self._last_fulltext.rename(self.fulltext)
        for place in (self.path, self.fulltext):
            for leftover in [path for pattern in _LEFTOVERS for path in place.glob(pattern)]:
                try:
                    if leftover.is_dir() and not leftover.is_symlink():
                        shutil.rmtree(leftover)
                    else:
                        leftover.unlink(missing_ok=True)
                except OSError as error:
                    raise translate_os_error(error, place) from error


class Reading:
    """An index that is open for reading; made by `ArchiveFolder.reading`, shared by threads."""

    def __init__(self, folder: ArchiveFolder, catalogue: Path | None) -> None:
        from seedread_index.catalogue.catalogue import Catalogue, EmptyCatalogue
        from seedread_index.catalogue.entities.mentions import MentionStore

        self._folder = folder
        self.identity = folder.identity(catalogue)
        self.catalogue: Catalogue = EmptyCatalogue()
        if self.identity:
            self.catalogue = Catalogue.open(catalogue or folder.catalogue)
        self.mentions: MentionStore = MentionStore(self.catalogue)

    def fulltext(self) -> FullText:
        """The full text, newly opened; the caller closes it.

        Raises DamagedError if it is missing although articles were indexed.
        """
        from seedread_index.catalogue.work_queue import indexed_count

        folder = self._folder
        if not folder.fulltext.exists() and indexed_count(self.catalogue):
            raise DamagedError("the full text is missing", REPAIR_HINT)
        return folder.engine.open(folder.fulltext, writable=False)

    def close(self) -> None:
        """Close the catalogue."""
        self.catalogue.close()


class Writing:
    """An index that this process alone may write to; made by `ArchiveFolder.writing`."""

    def __init__(self, folder: ArchiveFolder, *, renew: bool) -> None:
        self._folder = folder
        self._renew = renew

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue, opened at the first use and created if missing. Raises ArchiveError."""
        from seedread_index.catalogue.catalogue import Catalogue

        path = self._folder.catalogue
        return Catalogue.open_or_renew(path) if self._renew else Catalogue.open(path, writable=True)

    def close(self) -> None:
        """Close what was opened."""
        if "catalogue" in vars(self):
            self.catalogue.close()
