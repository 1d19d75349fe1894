"""A shared archive, opened: its articles, entities and words, and the reader that searches them.

There is no `engines.base.Engine` here: a server has no folder to look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seedread_index.engines.opensearch.articles import ServerArticles
from seedread_index.engines.opensearch.entities.mentions import ServerMentions
from seedread_index.engines.opensearch.entities.overlay import OwnCorrections
from seedread_index.engines.opensearch.index import SharedIndex
from seedread_index.engines.opensearch.reader import ServerReader
from seedread_index.engines.opensearch.transport.access import Access
from seedread_index.engines.opensearch.transport.connection import Connection
from seedread_index.engines.opensearch.vocabulary import ServerVocabulary
from seedread_index.model.status import IndexEngine, Status
from seedread_index.server_address import ServerAddress

NAME = "opensearch"
"""The name of the engine."""


@dataclass(frozen=True, slots=True)
class ServerArchive:
    """The archive on its server: what is stored of it, and who searches it."""

    index: SharedIndex
    articles: ServerArticles
    entities: ServerMentions
    vocabulary: ServerVocabulary

    @classmethod
    def open(cls, address: ServerAddress, access: Access, corrections: Path | None = None) -> ServerArchive:
        """Look whether the archive is there, and open it, corrected as the reader's own file says.

        Raises ArchiveError.
        """
        own = OwnCorrections(corrections) if corrections is not None else None
        index = SharedIndex(Connection(address, access), own.state if own is not None else None)
        try:
            index.open()
        except BaseException:
            index.close()
            raise
        articles = ServerArticles(index)
        return cls(index, articles, ServerMentions(index, articles, own), ServerVocabulary(index))

    @property
    def engine(self) -> str:
        """The name of the engine."""
        return NAME

    def reader(self, generation: int) -> ServerReader:
        """The archive as it is now, open for reading, known by a number."""
        return ServerReader(self.index, self.articles, self.entities, generation)

    def status(self, address: str) -> Status:
        """What there is at an address, and how fresh what the indexers published is."""
        total = self.articles.total()
        indexers = self.index.freshness()
        return Status(
            folders=(address,),
            articles=total,
            searchable=total,
            annotated=self.entities.annotated(),
            engine="that of the indexers",
            changed_at=max((each.at for each in indexers), default=None),
            writer=None,
            skipped=(),
            index_engine=IndexEngine(NAME, self.index.version(), "unchecked"),
            indexers=indexers,
        )

    def close(self) -> None:
        """Close what is open to the server."""
        self.index.close()


class ServerReading:
    """A server's archive where `archive_folder.Reading` has the index of one on this machine."""

    def __init__(self, server: ServerArchive) -> None:
        self.server = server
        self.catalogue = server.articles
        self.mentions = server.entities

    def close(self) -> None:
        """Close what is open to the server."""
        self.server.close()
