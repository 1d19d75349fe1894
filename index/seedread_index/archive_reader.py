"""The reading half of the front door: search, articles and entities, from the last commit."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedread_index.model.article import Article, EntityType
from seedread_index.model.entity import CoMention, Entity, EntityCard
from seedread_index.model.errors import ArchiveError
from seedread_index.model.results import Explanation, Hit, Matches, Results
from seedread_index.model.search_request import SearchRequest

if TYPE_CHECKING:
    from seedread_index.catalogue.catalogue import Header
    from seedread_index.index_readers import ReadSide
    from seedread_index.search.assist.completion import Completion
    from seedread_index.search.facets import Facets


class ReadableArchive:
    """What lies in an archive's cache folder, for readers; every method may be called from any thread.

    Reading never waits for a writer and works from the last commit; before the first one everything is empty.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._reading: ReadSide | None = None

    def close(self) -> None:
        """Close every file; the archive may be used again afterwards."""
        with self._lock:
            if self._reading is not None:
                self._reading.close()
                self._reading = None

    def generation(self) -> int:
        """A number that grows with every commit that a reader can see; 0 before the first."""
        reading = self._read()
        return reading.catalogue.generation() if reading else 0

    # -- searching ---------------------------------------------------------------------------------------

    def search(self, request: SearchRequest | str) -> Results:
        """The articles that match a request, best first; a plain query is a request with every default.

        Raises QueryError for a query that cannot be read or takes too long.
        """
        if isinstance(request, str):
            request = SearchRequest(request)
        reading = self._read()
        if reading is None:
            return Results(request.query, "", (), (), 0.0, 0)
        return reading.searcher().search(request)

    def hits(
        self,
        results: Results,
        start: int = 0,
        stop: int | None = None,
        *,
        snippets: int = 1,
        exhaustive: bool = False,
    ) -> list[Hit]:
        """The rows [start, stop) of results with their places and snippets.

        Places may be missing in rows marked partial, as the time for an answer was over; `exhaustive` asks
        for all of them, which takes longer the longer the articles are.
        """
        reading = self._read()
        if reading is None:
            return []
        return reading.searcher().hits(results, start, stop, snippets=snippets, exhaustive=exhaustive)

    def matches(self, results: Results, article_id: str) -> Matches:
        """Where in an article's text the query of `results` is met."""
        reading = self._read()
        return reading.searcher().matches(results, article_id) if reading else Matches()

    def explain(self, results: Results) -> Explanation:
        """Why there are few results: counts per term, other spellings, what is hidden."""
        reading = self._read()
        return reading.searcher().explain(results) if reading else Explanation()

    def complete(self, text: str, cursor: int, limit: int = 8) -> list[Completion]:
        """Completions for the word, field or name at `cursor` of a query."""
        reading = self._read()
        return reading.searcher().complete(text, cursor, limit) if reading else []

    def facets(self, results: Results) -> Facets | None:
        """Counts by entity, source, year and language over results."""
        reading = self._read()
        return reading.searcher().facets(results) if reading else None

    # -- articles ----------------------------------------------------------------------------------------

    def ids(self) -> list[str]:
        """Every article once (exact copies are folded), newest first, then by path."""
        reading = self._read()
        return reading.catalogue.ids() if reading else []

    def article(self, article_id: str) -> Article | None:
        """One article with its mentions; None when there is none of that id."""
        articles = self.articles([article_id])
        return articles[0] if articles else None

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles with their mentions, in the order asked; missing ones are left out."""
        reading = self._read()
        if reading is None:
            return []
        found = reading.catalogue.articles(ids)
        numbers = reading.catalogue.numbers([article.id for article in found])
        return [
            replace(article, mentions=reading.mentions.mentions(numbers[article.id]))
            for article in found
            if article.id in numbers
        ]

    def headers(self, ids: Sequence[str]) -> list[Header]:
        """Titles, dates and so on without the texts, in the order asked."""
        reading = self._read()
        return reading.catalogue.headers(ids) if reading else []

    def find(self, path: bytes) -> list[str]:
        """Ids of the articles in a file: by its path relative to a root, to here, or absolute."""
        reading = self._read()
        if reading is None:
            return []
        for candidate in (path, os.path.abspath(path), os.path.realpath(path)):
            if found := reading.catalogue.find(candidate):
                return found
        return []

    # -- entities ----------------------------------------------------------------------------------------

    def entities(
        self,
        *,
        types: Sequence[EntityType] | None = None,
        filter: str = "",
        sort: str = "count",
        limit: int | None = None,
    ) -> list[Entity]:
        """Entities that articles mention; `types` None means person, place, org and group."""
        reading = self._read()
        if reading is None:
            return []
        return reading.mentions.entities(types=types, filter=filter, sort=sort, limit=limit)

    def entity(self, entity_id: str) -> Entity | None:
        """One entity."""
        reading = self._read()
        return reading.mentions.entity(entity_id) if reading else None

    def card(self, entity_id: str) -> EntityCard | None:
        """Everything that an entity's card shows."""
        reading = self._read()
        return reading.mentions.card(entity_id) if reading else None

    def co_mentions(self, entity_id: str, limit: int = 50) -> list[CoMention]:
        """Entities that share articles with this one, most first."""
        reading = self._read()
        return reading.mentions.co_mentions(entity_id, limit) if reading else []

    def articles_of(self, entity_ids: Sequence[str], *, together: bool = False) -> list[str]:
        """Ids of the articles that mention any (with `together`, all) of the entities, newest first."""
        reading = self._read()
        if reading is None or not entity_ids:
            return []
        sets = [reading.mentions.articles_of([entity_id]) for entity_id in entity_ids]
        numbers = set.intersection(*sets) if together else set.union(*sets)
        wanted = set(reading.catalogue.ids_of(numbers).values())
        return [article_id for article_id in reading.catalogue.ids() if article_id in wanted]

    # -- inside ------------------------------------------------------------------------------------------

    def _read(self) -> ReadSide | None:
        """The open read side, opened again when the file was replaced; None where there is none."""
        path = self.folder / "catalogue.db"
        try:
            stat = path.stat()
        except FileNotFoundError:
            if (self.folder / "fulltext").exists():
                from seedread_index.files.error_translation import REPAIR_HINT, DamagedError

                raise DamagedError("the catalogue of the index is missing", REPAIR_HINT) from None
            return None
        except OSError as error:
            raise ArchiveError(
                f"the index cannot be read: {error.strerror}", f"look at {self.folder}"
            ) from error
        identity = (stat.st_dev, stat.st_ino)
        with self._lock:
            if self._reading is None or self._reading.identity != identity:
                from seedread_index.index_readers import ReadSide

                self.close()
                self._reading = ReadSide(self.folder, identity)
            return self._reading
