"""ArchiveReader: search, articles and entities of an archive, from the last commit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from seedread_index.model import versions
from seedread_index.model.article import Article, EntityType
from seedread_index.model.entity import CoMention, Entity, EntityCard, Months
from seedread_index.model.errors import QueryError
from seedread_index.model.library import SavedSearch, SavedSearchCount
from seedread_index.model.quotation import Quotation
from seedread_index.model.results import Explanation, Hit, Matches, Offer, OtherForms, Results, SearchRequest
from seedread_index.open_archive import OpenArchive

if TYPE_CHECKING:
    from seedread_index.export.graph import EntityPair
    from seedread_index.model.article import Header
    from seedread_index.search.assist.completion import Completion
    from seedread_index.search.collocates import Collocate
    from seedread_index.search.facets import Facets
    from seedread_index.search.related import Related


class ArchiveReader(OpenArchive):
    """The reading half of an archive; every method may be called from any thread.

    Reading never waits for a writer and works from the last commit; before the first one everything is empty.
    Every method raises ArchiveError for an index that cannot be read, and of it DamagedError for one that has
    to be built again.
    """

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

    def like(self, text: str, request: SearchRequest | None = None) -> Results | None:
        """The articles that are most like a text: those with any of its telling words.

        Of the request the order, the period and the filter count. None where the archive has no such word.
        """
        from seedread_index.search.related import example_query

        words = self._searcher().telling_words(text)
        if not words:
            return None
        return self.search(replace(request or SearchRequest(), query=example_query(words), match="any"))

    def example_query(self, text: str, most: int = 12) -> str:
        """A query for any of the `most` most telling words of a text; "" where no article has one of them."""
        from seedread_index.search.related import any_of_words

        return any_of_words(self._searcher().telling_words(text)[:most])

    def related(self, article_id: str, most: int = 20) -> list[Related]:
        """The articles that share telling words and names with one, its near-duplicates left out."""
        from seedread_index.search.related import related

        article = self.article(article_id)
        if article is None:
            return []
        return related(self, article, self._searcher().telling_words, self.counts()[0], most)

    def near_duplicates(self, article_id: str) -> list[str]:
        """Ids of the other articles that say nearly the same as one, newest first."""
        catalogue = self._index().catalogue
        groups = catalogue.groups()
        leader = groups.get(article_id, article_id)
        return [each for each in catalogue.ids() if each != article_id and groups.get(each, each) == leader]

    def collocates(self, results: Results, *, window: int = 5, least: int = 2) -> list[Collocate]:
        """The words within `window` words of the hits, in at least `least` places, most telling first."""
        from seedread_index.search.collocates import collocates

        return collocates(results, self.hits, self._index().catalogue.articles, window, least)

    # -- articles ----------------------------------------------------------------------------------------

    def ids(self) -> Sequence[str]:
        """Every article once (exact copies are folded), newest first, then by path."""
        return self._index().catalogue.ids()

    def ids_starting(self, start: str) -> list[str]:
        """The ids that begin with some digits."""
        return [each for each in self._index().catalogue.ids() if each.startswith(start)]

    def counts(self) -> tuple[int, int]:
        """How many articles there are, and how many of them have a date."""
        return self._index().catalogue.counts()

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

    def months(self, entity_ids: Iterable[str]) -> dict[str, Months]:
        """The dated articles that mention entities, by month, by the ids of the entities."""
        return self._index().mentions.months(entity_ids)

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

    def entity_pairs(
        self,
        *,
        types: Sequence[EntityType] | None = None,
        entity_id: str | None = None,
        least: int = 1,
        most: int | None = None,
    ) -> list[EntityPair]:
        """Entities of some types (None: people, places, organisations, groups) that articles name together.

        In at least `least` articles, most first; with `entity_id` only the pairs of that one.
        """
        from seedread_index.search.entity_pairs import entity_pairs

        index = self._index()
        return entity_pairs(index.catalogue, index.mentions, types, entity_id, least=least, most=most)

    # -- saved searches ----------------------------------------------------------------------------------

    def save_search(self, name: str, query: str) -> SavedSearchCount:
        """Save a query under a name; what matches it now counts as seen.

        Raises LibraryError, and QueryError for a query that cannot be read.
        """
        results = self.search(SearchRequest(query, group=False))
        search = self.saved_searches().add(name, query)
        self.alerts().see(search, results.ids())
        return SavedSearchCount(search, results.total, 0)

    def count_saved(self) -> list[SavedSearchCount]:
        """Every saved search with its counts. Raises LibraryError."""
        return [self._counted(search) for search in self.saved_searches().all()]

    def _counted(self, search: SavedSearch) -> SavedSearchCount:
        alerts = self.alerts()
        baseline = alerts.baseline(search)
        try:
            ids = self.search(SearchRequest(search.query, group=False)).ids()
        except QueryError as error:
            return SavedSearchCount(search, problem=error.message)
        return SavedSearchCount(search, len(ids), len(alerts.new(ids, baseline)) if baseline else None)

    def see_saved(self, search: SavedSearch) -> None:
        """Count what matches a saved search now as seen. Raises LibraryError and QueryError."""
        ids = self.search(SearchRequest(search.query, group=False)).ids()
        self.alerts().see(search, ids, self.alerts().baseline(search))
