"""OpenArchive: the files of an archive opened for reading, and reopened if they are replaced."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Set
from typing import TYPE_CHECKING

from seedread_index.model.errors import ArchiveError

if TYPE_CHECKING:
    from seedread_index.archive_folder import ArchiveFolder, Reading
    from seedread_index.catalogue.files import PlacedArticles
    from seedread_index.library.alerts import Alerts
    from seedread_index.library.archive_library import ArchiveLibrary
    from seedread_index.library.saved_searches import SavedSearches
    from seedread_index.search.searcher import Searcher
    from seedread_index.sync.corrected_copy import CorrectedCopy

_MOST_RETIRED = 4
"""Replaced readings and searchers that stay open, two of each."""
_COPIED_AGAIN = 30
"""Seconds after which a copy of another account's catalogue is checked again."""


class OpenArchive:
    """The catalogue, the full text and the user's library of one archive; from any thread.

    Reads the last commit; replaced files are reopened at the next call.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._opened: Reading | None = None
        self._searching: Searcher | None = None
        self._library: ArchiveLibrary | None = None
        self._copy: CorrectedCopy | None = None
        self._retired: list[Reading | Searcher] = []
        """What was replaced and other threads may be reading."""
        self.read_ids: Callable[[], Set[str]] = frozenset
        """Gives the ids of the articles that were read, for is:read and is:unread."""
        self._closed = False

    def close(self) -> None:
        """Close every file; later calls that read raise ArchiveError."""
        with self._lock:
            self._closed = True
            self._close_files()

    def _close_files(self) -> None:
        """Close every file; the next call that reads reopens them."""
        with self._lock:
            self._retire_files()
            self._close_retired(0)

    def _retire_files(self) -> None:
        """Have the next call that reads reopen the files; those of the last one or two times stay open, as
        other threads may be in the middle of a query."""
        self._retired += [each for each in (self._searching, self._opened) if each is not None]
        self._searching, self._opened, self._library = None, None, None
        self._close_retired(_MOST_RETIRED)

    def _close_retired(self, most: int) -> None:
        while len(self._retired) > most:
            self._retired.pop(0).close()

    def generation(self) -> int:
        """A number that grows with every commit that a reader can see; 0 before the first."""
        return self._index().catalogue.generation()

    def stamp(self) -> object:
        """Something that changes with every commit; opens nothing and waits for nothing."""
        try:
            found = self.folder.catalogue.stat()
        except OSError:
            return None
        changed = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
        if self._copy is None:
            return changed
        return changed, time.monotonic() // _COPIED_AGAIN  # a copy may come later than the commit

    # -- what the user keeps -----------------------------------------------------------------------------

    def library(self) -> ArchiveLibrary:
        """The user's stars, tags, notes and collections of this archive's articles."""
        from seedread_index.library.archive_library import ArchiveLibrary, library_path
        from seedread_index.library.journal import Journal

        with self._lock:
            index = self._index()
            if self._library is None:
                self._library = ArchiveLibrary(
                    Journal(library_path(self.folder.data_root)), self._placed(index)
                )
            return self._library

    def alerts(self) -> Alerts:
        """What alerts have shown of this archive."""
        from seedread_index.library.alerts import Alerts

        return Alerts(self.folder.alerts, self._placed(self._index()))

    def saved_searches(self) -> SavedSearches:
        """The user's saved searches, which are shared by all archives."""
        from seedread_index.library.saved_searches import SavedSearches

        return SavedSearches.of(self.folder.data_root)

    # -- inside ------------------------------------------------------------------------------------------

    def _ids_by_field(self, field: str, value: str) -> Iterable[str]:
        from seedread_index.library.query_fields import ids_by_field

        return ids_by_field(self.library(), self.read_ids, field, value)

    def _placed(self, index: Reading) -> PlacedArticles:
        """The articles of the index as the library and alerts know them."""
        from seedread_index.catalogue.files import CataloguePlaces

        return CataloguePlaces(index.catalogue)

    def _index(self) -> Reading:
        """The index, opened again where another catalogue is in its place now."""
        with self._lock:
            if self._closed:  # by another thread: what was opened now would never be closed
                raise ArchiveError("the archive is closed", "open it again")
            copy, identity = self._corrected_copy(), self.folder.identity()
            catalogue = copy.current() if copy is not None and identity is not None else None
            if catalogue is not None:
                identity = self.folder.identity(catalogue)
            if self._opened is None or self._opened.identity != identity:
                self._retire_files()
                self._opened = self.folder.reading(catalogue)
            return self._opened

    def _corrected_copy(self) -> CorrectedCopy | None:
        """The user's own copy of the catalogue, where that is another account's and the user corrected it."""
        if not self.folder.corrections.exists() or self.folder.owner() is None:
            return None
        if self._copy is None:
            from seedread_index.sync.corrected_copy import CorrectedCopy

            self._copy = CorrectedCopy(self.folder)
        return self._copy

    def _searcher(self) -> Searcher:
        """The searcher over the index; Whoosh is imported with the first call."""
        with self._lock:
            index = self._index()
            if self._searching is not None and self._searching.engine != self.folder.engine.name:
                self._searching.close()
                self._searching = None
            if self._searching is None:
                from seedread_index.search.opened import LocalIndex
                from seedread_index.search.searcher import Searcher

                self._searching = Searcher(
                    index.catalogue,
                    index.mentions,
                    LocalIndex(index.catalogue, index.mentions, index.fulltext()),
                    quotations=index.mentions,
                    kept=self._ids_by_field,
                )
            return self._searching
