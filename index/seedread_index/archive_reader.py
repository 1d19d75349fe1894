"""ArchiveReader: search, articles and entities of an archive, from the last commit."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from seedread_index.model import versions
from seedread_index.model.article import Article, EntityType
from seedread_index.model.entity import CoMention, Entity, EntityCard
from seedread_index.model.errors import ArchiveError
from seedread_index.model.quotation import Quotation
from seedread_index.model.results import (
    Explanation,
    Hit,
    Matches,
    Offer,
    OtherForms,
    Results,
    SearchRequest,
)

if TYPE_CHECKING:
    from seedread_index.archive_folder import ArchiveFolder, Reading
    from seedread_index.library.alerts import Alerts
    from seedread_index.library.archive_library import ArchiveLibrary
    from seedread_index.model.article import Header
    from seedread_index.search.assist.completion import Completion
    from seedread_index.search.facets import Facets
    from seedread_index.search.searcher import Searcher


class ArchiveReader:
    """The reading half of an archive; every method may be called from any thread.

    Reading never waits for a writer and works from the last commit; before the first one everything is empty.
    Every method raises ArchiveError for an index that cannot be read, and of it DamagedError for one that has
    to be built again.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._opened: Reading | None = None
        self._searching: Searcher | None = None
        self._library: ArchiveLibrary | None = None
        self._closed = False

    def close(self) -> None:
        """Close every file; a call that reads raises ArchiveError from then on."""
        with self._lock:
            self._closed = True
            self._close_files()

    def _close_files(self) -> None:
        """Close every file; the next call that reads opens them anew."""
        with self._lock:
            if self._searching is not None:
                self._searching.close()
                self._searching = None
            if self._opened is not None:
                self._opened.close()
                self._opened = None
            self._library = None

    def generation(self) -> int:
        """A number that grows with every commit that a reader can see; 0 before the first."""
        return self._index().catalogue.generation()

    def stamp(self) -> object:
        """Something that changes with every commit; opens nothing and waits for nothing."""
        try:
            found = self.folder.catalogue.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

    # -- searching ---------------------------------------------------------------------------------------

    def search(self, request: SearchRequest | str) -> Results:
        """The articles that match a request, best first; a plain query is a request with every default.

        Raises QueryError for a query that cannot be read or takes too long.
        """
        return self._searcher().search(SearchRequest(request) if isinstance(request, str) else request)

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
        return self._searcher().hits(results, start, stop, snippets=snippets, exhaustive=exhaustive)

    def matches(self, results: Results, article_id: str) -> Matches:
        """Where in an article's text the query of `results` is met."""
        return self._searcher().matches(results, article_id)

    def explain(self, results: Results) -> Explanation:
        """Why there are few results: counts per term, other spellings, what is hidden."""
        return self._searcher().explain(results)

    def offers(self, results: Results) -> tuple[Offer, ...]:
        """The queries that are offered beside results, the likeliest first."""
        return self._searcher().offers(results)

    def other_forms(self, results: Results, *, group: bool = True) -> OtherForms | None:
        """How many more rows there would be if exact words stood for any form; None where that is none."""
        return self._searcher().other_forms(results, group=group)

    def complete(self, text: str, cursor: int, limit: int = 8) -> list[Completion]:
        """Completions for the word, field or name at `cursor` of a query."""
        return self._searcher().complete(text, cursor, limit)

    def facets(self, results: Results, most: int = 20) -> Facets:
        """The `most` most frequent entities of each type, sources, authors, years and languages.

        They are counted over all articles that meet the query, near-duplicates included.
        """
        return self._searcher().facets(results, most)

    # -- articles ----------------------------------------------------------------------------------------

    def ids(self) -> list[str]:
        """Every article once (exact copies are folded), newest first, then by path."""
        return self._index().catalogue.ids()

    def article(self, article_id: str) -> Article | None:
        """One article with its mentions; None when there is none of that id."""
        articles = self.articles([article_id])
        return articles[0] if articles else None

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles with their mentions, in the order asked; missing ones are left out."""
        index = self._index()
        found = index.catalogue.articles(ids)
        numbers = index.catalogue.numbers([article.id for article in found])
        return [
            replace(article, mentions=index.mentions.mentions(numbers[article.id]))
            for article in found
            if article.id in numbers
        ]

    def headers(self, ids: Sequence[str]) -> list[Header]:
        """Titles, dates and so on without the texts, in the order asked."""
        return self._index().catalogue.headers(ids)

    def find(self, path: bytes) -> list[str]:
        """Ids of the articles in a file: by its path relative to a root, to here, or absolute."""
        index = self._index()
        for candidate in (path, os.path.abspath(path), os.path.realpath(path)):
            if found := index.catalogue.find(candidate):
                return found
        return []

    def moved_ids(self, ids: Iterable[str]) -> dict[str, str]:
        """The ids now of articles that had one of `ids` in an earlier version; others are left out.

        Parts of a file went by their line or key once, and go by what identifies them since.
        """
        from seedread_index.catalogue.files import moved_ids

        return moved_ids(self._index().catalogue, ids)

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
        return self._index().mentions.entities(types=types, filter=filter, sort=sort, limit=limit)

    def entities_called(self, name: str, types: Sequence[EntityType]) -> list[Entity]:
        """Entities of these types that go by a name in full, most mentioned first."""
        return self._index().mentions.called(name, types)

    def entity(self, entity_id: str) -> Entity | None:
        """One entity."""
        return self._index().mentions.entity(entity_id)

    def resolve(self, name: str, types: Sequence[EntityType] | None = None) -> list[str]:
        """Ids of the entities that go by a name, most mentioned first; by a part of it where none has it."""
        return self._index().mentions.resolve(name, types)

    def card(self, entity_id: str) -> EntityCard | None:
        """Everything that an entity's card shows."""
        return self._index().mentions.card(entity_id)

    def co_mentions(self, entity_id: str, limit: int = 50) -> list[CoMention]:
        """Entities that share articles with this one, most first."""
        return self._index().mentions.co_mentions(entity_id, limit)

    def articles_of(self, entity_ids: Sequence[str], *, together: bool = False) -> list[str]:
        """Ids of the articles that mention any (with `together`, all) of the entities, newest first."""
        index = self._index()
        if not together:
            numbers = index.mentions.articles_of(entity_ids)
        else:
            sets = [index.mentions.articles_of([entity_id]) for entity_id in entity_ids]
            numbers = set.intersection(*sets) if sets else set()
        wanted = set(index.catalogue.ids_of(numbers).values())
        return [article_id for article_id in index.catalogue.ids() if article_id in wanted]

    # -- quotations --------------------------------------------------------------------------------------

    def quotations(
        self,
        ids: Iterable[str] | Results | None = None,
        *,
        by: Sequence[str] | None = None,
        about: Sequence[str] | None = None,
    ) -> Iterator[Quotation]:
        """The quotations of articles (of all without any), in the order given, else newest first.

        Of results with `said:` or `about:` those that these ask for. `by` and `about` are ids of entities: of
        whoever says it, or for whom it is said, and of whom it mentions.
        """
        from seedread_index.search.quotations import quotations

        index = self._index()
        return quotations(index.catalogue, index.mentions, ids, by, about)

    def unquoted(self) -> int:
        """How many articles are yet to be read for quotations."""
        return self._index().mentions.unquoted(versions.QUOTATION_RULES)

    # -- what the user keeps -----------------------------------------------------------------------------

    def library(self) -> ArchiveLibrary:
        """The user's stars, tags, notes and collections, as far as they are of this archive's articles."""
        from seedread_index.library.archive_library import ArchiveLibrary, library_path
        from seedread_index.library.journal import Journal

        with self._lock:
            index = self._index()
            if self._library is None:
                self._library = ArchiveLibrary(Journal(library_path(self.folder.data_root)), index.catalogue)
            return self._library

    def alerts(self) -> Alerts:
        """What alerts have shown of this archive."""
        from seedread_index.library.alerts import Alerts

        return Alerts(self.folder.alerts, self._index().catalogue)

    # -- inside ------------------------------------------------------------------------------------------

    def _index(self) -> Reading:
        """The index, opened again where another catalogue is in its place now."""
        with self._lock:
            if self._closed:  # by another thread: what was opened now would never be closed
                raise ArchiveError("the archive is closed", "open it again")
            if self._opened is None or self._opened.identity != self.folder.identity():
                self._close_files()
                self._opened = self.folder.reading()
            return self._opened

    def _searcher(self) -> Searcher:
        """The searcher over the index; Whoosh is imported with the first call."""
        with self._lock:
            index = self._index()
            if self._searching is not None and self._searching.engine != self.folder.engine.name:
                self._searching.close()
                self._searching = None
            if self._searching is None:
                from seedread_index.search.searcher import Searcher

                self._searching = Searcher(
                    index.catalogue, index.mentions, index.fulltext(), quotations=index.mentions
                )
            return self._searching
