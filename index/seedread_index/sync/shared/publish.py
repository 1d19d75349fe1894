"""Publishes the articles of an archive to a server: those that are new or changed, and what went; or none."""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections.abc import Callable, Iterator, Sequence

from seedread_index.archive_folder import ArchiveFolder
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.publications import Publications, names_of, representatives
from seedread_index.engines.document import document_of
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.documents import shared_id
from seedread_index.engines.opensearch.transport.access import Access
from seedread_index.engines.opensearch.transport.connection import Connection
from seedread_index.engines.opensearch.writer import ArchiveWriter
from seedread_index.model.errors import ArchiveError
from seedread_index.model.status import Progress, ProgressCallback, PublishReport, Stage
from seedread_index.server_address import ServerAddress

_AT_ONCE = 500
_BEATS = 10
"""Portions after which readers are told how far it is."""
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,63}")


def publish(
    folder: ArchiveFolder,
    address: ServerAddress,
    access: Access,
    label: str,
    *,
    shards: int | None = None,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
    wait: float | None = 0,
) -> PublishReport:
    """Publish the articles of an archive under a label: new and changed ones, and deletions; nothing twice.

    `shards` is the number of shards of a shared archive that is created now (None: `layout.SHARDS`), `wait`
    how many seconds to wait for another writer (None: without limit). Raises LockedError, and ArchiveError
    for an invalid label and where the server cannot be written to; what was published until then is noted.
    """
    if not _LABEL.fullmatch(label):
        raise ArchiveError(
            f"invalid label: {label!r}",
            "use letters, digits, . _ and -, such as wire-1; each indexer needs its own label",
        )
    connection = Connection(address, access)
    try:
        connection.reach()
        with folder.writing(wait) as index:
            writer = ArchiveWriter(connection, label, version=_version())
            writer.prepare(shards or layout.SHARDS)
            work = _Publishing(index.catalogue, writer, address)
            try:
                return work.run(progress or (lambda _: None), cancelled or (lambda: False))
            finally:
                index.catalogue.seal()
    finally:
        connection.close()


def unpublish(address: ServerAddress, access: Access, label: str) -> int:
    """Delete what was published under a label, for an indexer that retires; how many articles that were.

    Raises ArchiveError where nothing was, and where the server cannot be written to.
    """
    connection = Connection(address, access)
    try:
        connection.reach()
        return ArchiveWriter(connection, label).retire()
    finally:
        connection.close()


class _Publishing:
    """One publication at work."""

    def __init__(self, catalogue: Catalogue, writer: ArchiveWriter, address: ServerAddress) -> None:
        self._catalogue = catalogue
        self._writer = writer
        target = f"{address.name} {writer.label} {layout.fingerprint()}"
        self._published = Publications(catalogue, target)
        self._revision, self._level = f"published_revision {target}", f"published_level {target}"
        self._put = self._dropped = 0

    def run(self, progress: ProgressCallback, cancelled: Callable[[], bool]) -> PublishReport:
        """Do it; an interrupt keeps what is noted."""
        if self._writer.is_empty():
            self._published.clear()  # the server started over
        now = self._catalogue.generation()
        level = self._catalogue.meta(self._level) == now and self._published.known() > 0
        waiting = array("q") if level else self._published.changed()
        if not self._published.known():
            self._drop_unknown()
        groups = representatives(self._catalogue)
        interrupted = False
        for number, numbers in enumerate(_portions(waiting)):
            if cancelled():
                interrupted = True
                break
            progress(Progress(Stage.PUBLISH, self._put, len(waiting), self._put))
            portion = self._published.states(numbers)
            articles = self._catalogue.by_number(each.number for each in portion)
            names = names_of(self._catalogue, [each.number for each in portion])
            self._writer.put(
                [(articles[n], document_of(articles[n]), names[n]) for n in names if n in articles], groups
            )
            with self._catalogue.transaction():
                self._published.note(portion)
            self._put += len(numbers)
            if number % _BEATS == _BEATS - 1:
                self._finish(len(waiting) - self._put, complete=False)
        if not interrupted:
            gone = [] if level else self._published.gone()
            self._writer.drop(gone)
            with self._catalogue.transaction():
                self._published.forget(gone)
            self._dropped += len(gone)
            with self._catalogue.transaction():
                self._catalogue.set_meta(self._level, now)
        self._finish(len(waiting) - self._put, complete=not interrupted)
        return PublishReport(self._put, self._dropped, self._published.known(), interrupted)

    def _drop_unknown(self) -> None:
        """Take away what the server has of this label from a time that is not known here any more."""
        here = {shared_id(self._writer.label, each) for each in self._catalogue.ids()}
        unknown = [key for key in self._writer.published() if key not in here]
        self._writer.drop_keys(unknown)
        self._dropped += len(unknown)

    def _finish(self, waiting: int, *, complete: bool) -> None:
        now = dt.datetime.now(dt.UTC)
        revision = int(self._catalogue.meta(self._revision) or 0)
        if self._put or self._dropped:
            revision = int(now.timestamp() * 1000)
            with self._catalogue.transaction():
                self._catalogue.set_meta(self._revision, revision)
        self._writer.finish(
            articles=self._published.known(),
            waiting=waiting,
            revision=revision,
            at=now.isoformat(timespec="seconds"),
            complete=complete,
        )


def _portions(waiting: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(waiting), _AT_ONCE):
        yield waiting[start : start + _AT_ONCE]


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("seedread")
    except PackageNotFoundError:
        return "unknown"
