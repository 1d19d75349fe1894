"""An index as search asks it: opened at one commit, and how many searches look at that.

One on this machine is opened with the doc values of its catalogue; a server keeps these itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from seedread_index.engines.query_ast import Everything
from seedread_index.model.deadline import unlimited
from seedread_index.search.assist.completion import FieldValues

if TYPE_CHECKING:
    from seedread_index.engines.base import FullText, IndexReader, Vocabulary
    from seedread_index.engines.opensearch.archive import ServerArchive
    from seedread_index.search.stores import ArticleStore, EntityStore

_VALUES = 5_000
"""Values of a field on a server, the most frequent, that are completed."""


class Opened:
    """A reader of one commit of an index; closed once it is retired and nobody looks.

    `load_facets` loads what facets are counted from, before their time begins.
    """

    __slots__ = ("load_facets", "reader", "retired", "users")

    def __init__(self, reader: IndexReader, load_facets: Callable[[], None] = lambda: None) -> None:
        self.reader = reader
        self.load_facets = load_facets
        self.users = 0
        self.retired = False


class SearchedIndex(Protocol):
    """The index of one archive; from any thread."""

    @property
    def engine(self) -> str:
        """The name of the engine."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the archive."""

    def at(self, generation: int, /) -> Opened:
        """The commit of that number, opened."""

    def field_values(self, generation: int, /) -> FieldValues:
        """What the fields of articles hold, as of a commit."""

    def close(self) -> None:
        """Close the files."""


class LocalIndex:
    """The full text beside a catalogue; implements `SearchedIndex`."""

    def __init__(self, catalogue: ArticleStore, mentions: EntityStore, fulltext: FullText) -> None:
        self._catalogue = catalogue
        self._mentions = mentions
        self._fulltext = fulltext
        self.engine = fulltext.engine

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the archive."""
        return self._fulltext.vocabulary

    def at(self, generation: int) -> Opened:
        """The commit of that number, opened, with what the catalogue knows of its articles."""
        from seedread_index.search.stores import CatalogueValues

        values = CatalogueValues(self._catalogue, self._mentions, generation)
        return Opened(self._fulltext.reader(values), values.load_facets)

    def field_values(self, generation: int) -> FieldValues:
        """What the fields of articles hold, as of a commit."""
        return FieldValues(generation, self._catalogue.headers(self._catalogue.ids()))

    def close(self) -> None:
        """Close the files."""
        self._fulltext.close()


class ServerIndex:
    """The index of a shared archive, on a server; implements `SearchedIndex`."""

    def __init__(self, server: ServerArchive) -> None:
        self._server = server
        self.engine = server.engine

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the archive."""
        return self._server.vocabulary

    def at(self, generation: int) -> Opened:
        """The archive as it is, which is at least of that number."""
        return Opened(self._server.reader(generation))

    def field_values(self, generation: int) -> FieldValues:
        """The most frequent values of the fields of articles."""
        fields = ("source", "author", "lang", "month")
        counted = self._server.reader(generation).facets(Everything(), fields, _VALUES, unlimited())
        sources, authors, languages, months = (dict(counted[field]) for field in fields)
        return FieldValues.of_counts(generation, sources, authors, languages, months)

    def close(self) -> None:
        """Close what is open: the server is closed with its archive."""
