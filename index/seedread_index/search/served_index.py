"""The index of a shared archive, as search asks it; implements `search.opened.SearchedIndex`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedread_index.engines.query_ast import Everything
from seedread_index.model.deadline import unlimited
from seedread_index.search.assist.completion import FieldValues
from seedread_index.search.opened import Opened

if TYPE_CHECKING:
    from seedread_index.engines.base import Vocabulary
    from seedread_index.engines.opensearch.engine import Served

_VALUES = 5_000
"""Values of a field, the most frequent, that are completed."""


class ServedIndex:
    """What is searched on a server."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self.engine = served.engine

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the archive."""
        return self._served.vocabulary

    def at(self, generation: int) -> Opened:
        """The archive as it is, which is at least of that number."""
        return Opened(self._served.reader(generation))

    def field_values(self, generation: int) -> FieldValues:
        """The most frequent values of the fields of articles."""
        fields = ("source", "author", "lang", "month")
        counted = self._served.reader(generation).facets(Everything(), fields, _VALUES, unlimited())
        sources, authors, languages, months = (dict(counted[field]) for field in fields)
        return FieldValues.of_counts(generation, sources, authors, languages, months)

    def close(self) -> None:
        """Close what is open: the server is closed with its archive."""
