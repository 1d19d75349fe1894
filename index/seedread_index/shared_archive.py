"""SharedArchive: a shared archive, read as one on this machine is; and the way to open either."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from seedread_index.archive import Archive, Cancelled
from seedread_index.archive_folder import ArchiveFolder, default_cache_root, default_data_root
from seedread_index.model.article import Article, EntityType
from seedread_index.model.correction import ArticleCorrection, Correction, CorrectionResult, ListedCorrection
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.entity import Months
from seedread_index.model.errors import ArchiveError, typed_root
from seedread_index.model.status import (
    FileReport,
    LinkReport,
    ProgressCallback,
    PublishReport,
    Status,
    SyncReport,
)
from seedread_index.server_address import ServerAddress, is_address

if TYPE_CHECKING:
    from seedread_index.archive_folder import Reading
    from seedread_index.catalogue.files import PlacedArticles
    from seedread_index.engines.opensearch.archive import ServerReading
    from seedread_index.engines.opensearch.transport.access import Access
    from seedread_index.export.graph import EntityPair
    from seedread_index.model.explanation import ArticleExplanation
    from seedread_index.search.searcher import Searcher
    from seedread_index.sync.background import Background

_LOOK = 30.0
"""Seconds after which an app that is open looks for what was published."""
_LISTED = 10_000
"""Articles of an entity that are listed at most."""


def open_archive(
    roots: Sequence[Path | str], settings: EngineSettings | None = None, *, gone: bool = False
) -> Archive:
    """The archive over folders and files, or the one on a server whose address stands alone.

    As `Archive.open`; of a server nothing is asked yet. Raises ArchiveError.
    """
    addresses = [os.fspath(root) for root in roots if is_address(os.fspath(root))]
    if not addresses:
        return Archive.open(roots, settings, gone=gone)
    if len(roots) > 1:
        raise ArchiveError("a shared archive cannot be combined with others", "open it alone")
    return SharedArchive.at(typed_root(addresses[0]), settings)


class SharedArchive(Archive):
    """A shared archive. It is read; its indexers write it, each from its own folders.

    What the user keeps (stars, tags, notes, places, saved searches) stays on this machine. What only an index
    on this machine can do raises ArchiveError, which says what to use instead.
    """

    def __init__(self, address: ServerAddress, folder: ArchiveFolder, settings: EngineSettings) -> None:
        super().__init__((Path(str(address)),), folder, settings)
        self.address = address

    @classmethod
    def at(
        cls, url: str, settings: EngineSettings | None = None, *, data_root: Path | None = None
    ) -> SharedArchive:
        """The archive at an address; nothing is asked of the server yet. Raises ArchiveError."""
        address = ServerAddress.parse(url)
        digest = hashlib.sha256(str(address).encode()).hexdigest()[:16]
        folder = ArchiveFolder(
            default_cache_root() / "archives" / digest,
            (data_root or default_data_root()) / "archives" / digest / "corrections.toml",
        )
        return cls(address, folder, settings or EngineSettings())

    # -- reading -----------------------------------------------------------------------------------------

    def _index(self) -> Reading:
        """The archive on the server, opened with the first call."""
        return cast("Reading", self._server_reading())

    def _server_reading(self) -> ServerReading:
        with self._lock:
            if self._closed:
                raise ArchiveError("the archive is closed", "open it again")
            if self._opened is None:
                from seedread_index.engines.opensearch.archive import ServerArchive, ServerReading
                from seedread_index.engines.opensearch.transport.connection import require

                require()
                server = ServerArchive.open(self.address, self.access(), self.folder.corrections)
                self._opened = cast("Reading", ServerReading(server))
            return cast("ServerReading", self._opened)

    def access(self) -> Access:
        """How to log in to the server."""
        from seedread_index.engines.opensearch.transport.access import access_of

        return access_of(self.address, self.settings.servers)

    def _placed(self, index: Reading) -> PlacedArticles:
        return cast("PlacedArticles", index.catalogue)

    def _searcher(self) -> Searcher:
        with self._lock:
            reading = self._server_reading()
            if self._searching is None:
                from seedread_index.search.opened import ServerIndex
                from seedread_index.search.searcher import Searcher

                self._searching = Searcher(
                    reading.catalogue,
                    reading.mentions,
                    ServerIndex(reading.server),
                    quotations=reading.mentions,
                    kept=self._ids_by_field,
                )
            return self._searching

    def stamp(self) -> object:
        """Something that changes now and then, so that what was published is looked at; asks nothing."""
        return int(time.monotonic() // _LOOK)

    def counts(self) -> tuple[int, int]:
        """How many articles there are; that all of them have a date is taken for granted."""
        total = self._server_reading().catalogue.total()
        return total, total

    def months(self, _entity_ids: Iterable[str]) -> dict[str, Months]:
        """Nothing: a card asks the server for the months of its own entity."""
        return {}

    def find(self, path: bytes) -> list[str]:
        """Ids of the articles of a file, by its path as the archive shows it."""
        return self._server_reading().catalogue.find(path)

    def ids_starting(self, start: str) -> list[str]:
        """The ids that begin with some digits, the first of them where they are many."""
        return self._server_reading().catalogue.starting(start)

    def moved_ids(self, _ids: Iterable[str]) -> dict[str, str]:
        """Ids on a server never change."""
        return {}

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles with their mentions, in the order given; skips missing ones."""
        self._server_reading().mentions.prepare(ids)
        return super().articles(ids)

    def articles_of(self, entity_ids: Sequence[str], *, together: bool = False) -> list[str]:
        """Ids of the newest articles that mention any (with `together`, all) of the entities."""
        return self._server_reading().mentions.articles_mentioning(
            entity_ids, together=together, most=_LISTED
        )

    def entity_pairs(
        self,
        *,
        types: Sequence[EntityType] | None = None,
        entity_id: str | None = None,
        least: int = 1,
        most: int | None = None,
    ) -> list[EntityPair]:
        """Pairs of entities in the same articles. Raises QueryError where they are too many to count."""
        return self._server_reading().mentions.pairs(types, entity_id, least=least, most=most)

    def explain_articles(self, ids: Sequence[str], **_: Any) -> Iterator[ArticleExplanation]:
        """Where the fields of articles come from, as was published: the files are with the indexers."""
        from seedread_index.sync.explain import as_published

        return as_published(self.articles(ids), self._server_reading().catalogue.labels(ids))

    def near_duplicates(self, article_id: str) -> list[str]:
        """Ids of the other articles that say nearly the same as one."""
        return self._server_reading().catalogue.near_duplicates(article_id)

    def file_of(self, _article_id: str) -> Path | None:
        """None: the files lie with the indexers."""
        return None

    def status(self) -> Status:
        """What there is, and how fresh what the indexers published is."""
        return self._server_reading().server.status(str(self.address))

    def files(self) -> FileReport:
        """Nothing: each indexer tells of its own files."""
        return FileReport()

    def check(self) -> tuple[str, ...]:
        """What is wrong with the archive on the server, in words."""
        return self._server_reading().server.index.problems()

    def changed_files(self) -> tuple[str, ...]:
        """Nothing: a server checks its own files."""
        return ()

    def engine(self) -> str:
        """The indexers find names."""
        return "that of the indexers"

    def sync(self, *_: Any, **__: Any) -> SyncReport:
        """Nothing to do: the indexers publish."""
        self._server_reading()
        return SyncReport()

    def background(self, *, annotate: bool = True) -> Background:
        """Nothing to do: the indexers publish."""
        from seedread_index.sync.background import NoBackground

        return NoBackground((), self.folder, self.settings, annotate=annotate)

    def link(
        self, progress: ProgressCallback | None = None, *, cancelled: Cancelled | None = None
    ) -> LinkReport:
        """Link the names of the whole archive, for its one linker, and apply the shared corrections."""
        from seedread_index.sync.shared.link import link_shared

        return link_shared(self.address, self.access(), progress=progress, cancelled=cancelled)

    def correct(self, *corrections: Correction | ArticleCorrection, **_: Any) -> CorrectionResult:
        """Correct entities for the user alone: in the user's own file, applied to what the server answers.
        Raises CorrectionError as `Archive.correct` does, and ArchiveError for what only indexers correct."""
        from seedread_index.sync.shared import own_corrections

        made = own_corrections.add(self.folder.corrections, corrections)
        return CorrectionResult(made, self._server_reading().mentions.problems())

    def undo(self, articles: Sequence[str] = (), **_: Any) -> CorrectionResult | None:
        """Undo the user's last correction; None if there is none. Raises CorrectionError."""
        from seedread_index.sync.shared import own_corrections

        undone = own_corrections.undo(self.folder.corrections, articles)
        return CorrectionResult(undone, self._server_reading().mentions.problems()) if undone else None

    def article_corrections(self) -> tuple[ListedCorrection, ...]:
        """Corrections of articles in the user's file, none of which is applied. Raises CorrectionError."""
        from seedread_index.sync.shared import own_corrections

        return own_corrections.listed(self.folder.corrections)

    def share_corrections(self, *, withdraw: bool = False) -> int:
        """Have the linker apply the user's corrections for all readers, or forget those that were shared; how
        many they are. Raises CorrectionError, and ArchiveError where the user may not write."""
        from seedread_index.sync.shared.shared_corrections import share, unshare

        if withdraw:
            return unshare(self.address, self.access())
        return share(self.address, self.access(), self.folder.corrections)

    def unpublish(self, label: str) -> int:
        """Delete all that was published under a label; how many articles. Raises ArchiveError."""
        from seedread_index.sync.shared.publish import unpublish

        return unpublish(self.address, self.access(), label)

    # -- what its indexers do ----------------------------------------------------------------------------

    def _own_index(self, *_: Any, **__: Any) -> Any:
        """Raise ArchiveError: only an archive on this machine can do it."""
        raise ArchiveError(
            "not possible with a shared archive: only its indexers write to it",
            "do it in an indexer's own archive, then publish again",
        )

    dry_run = annotate = watch = convert_index = repair = forget = verify_engine = _own_index


def publish(
    archive: Archive,
    url: str,
    label: str,
    progress: ProgressCallback | None = None,
    *,
    shards: int | None = None,
    cancelled: Cancelled | None = None,
    wait: float | None = 0,
) -> PublishReport:
    """Publish the articles of an archive on this machine under a label; see `sync.shared.publish`.

    Raises LockedError, and ArchiveError for an invalid address or label and where the server cannot be
    written to.
    """
    from seedread_index.sync.shared.publish import publish as publish_to

    to = SharedArchive.at(url, archive.settings)
    asked = (archive.folder, to.address, to.access(), label)
    return publish_to(*asked, shards=shards, progress=progress, cancelled=cancelled, wait=wait)
