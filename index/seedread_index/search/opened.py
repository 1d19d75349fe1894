"""One commit of an index, open for reading, and how many searches look at it."""

from __future__ import annotations

from seedread_index.engines.base import IndexReader
from seedread_index.search.stores import CatalogueValues


class Opened:
    """A reader of the index with what the catalogue knows; closed once it is retired and nobody looks."""

    __slots__ = ("reader", "retired", "users", "values")

    def __init__(self, reader: IndexReader, values: CatalogueValues) -> None:
        self.reader = reader
        self.values = values
        self.users = 0
        self.retired = False
