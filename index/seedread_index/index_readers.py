"""The read side of an archive: its catalogue, mentions and searcher, opened once and shared by threads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.mentions import MentionStore

if TYPE_CHECKING:
    from seedread_index.search.searcher import Searcher


class ReadSide:
    """What is open of one catalogue file; `identity` (device, inode) tells whether it was replaced since."""

    def __init__(self, folder: Path, identity: tuple[int, int]) -> None:
        self.catalogue = Catalogue.open(folder / "catalogue.db")
        self.identity = identity
        self.mentions = MentionStore(self.catalogue)
        self._folder = folder
        self._searcher: Searcher | None = None

    def searcher(self) -> Searcher:
        """The searcher; Whoosh is imported with the first call."""
        if self._searcher is None:
            from seedread_index.engines.whoosh.engine import open_fulltext
            from seedread_index.search.searcher import Searcher

            fulltext = open_fulltext(self._folder / "fulltext", writable=False)
            self._searcher = Searcher(self.catalogue, self.mentions, fulltext)
        return self._searcher

    def close(self) -> None:
        """Close the files."""
        if self._searcher is not None:
            self._searcher.close()
        self.catalogue.close()
