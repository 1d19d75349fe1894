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
    """The reading half of an archive; call its methods from any thread.

    Reading never waits for a writer and uses the last commit; before the first one everything is empty.
    Every method raises ArchiveError for an index that cannot be read, or its subclass DamagedError for one
    that has to be rebuilt.
    """

    # -- searching ---------------------------------------------------------------------------------------

    def search(self, request: SearchRequest | str) -> Results:
        """The articles that match a request, best first; a plain query is a request with the defaults.

        Raises QueryError for a query that is invalid or takes too long.
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
        """The rows [start, stop) of results, with matches and snippets.

        Matches may be missing in rows marked partial, if time ran out; `exhaustive` finds all of them, which
        takes longer for longer articles.
        """
        return self._searcher().hits(results, start, stop, snippets=snippets, exhaustive=exhaustive)

    def matches(self, results: Results, article_id: str) -> Matches:
        """Where the query of `results` matches in an article's text."""
        return self._searcher().matches(results, article_id)

    def explain(self, results: Results) -> Explanation:
        """Why there are few results: counts per term, other spellings, what is hidden."""
        return self._searcher().explain(results)

    def offers(self, results: Results) -> tuple[Offer, ...]:
        """Suggested queries, the likeliest first."""
        return self._searcher().offers(results)

    def other_forms(self, results: Results, *, group: bool = True) -> OtherForms | None:
        """How many more rows exact words would have in any form; None if there are none."""
        return self._searcher().other_forms(results, group=group)

    def complete(self, text: str, cursor: int, limit: int = 8) -> list[Completion]:
        """Completions for the word, field or name at `cursor` of a query."""
        return self._searcher().complete(text, cursor, limit)

    def facets(self, results: Results, most: int = 20) -> Facets:
        """The `most` most frequent entities of each type, sources, authors, years and languages.

        Counted over all articles that match the query, near-duplicates included.
        """
        return self._searcher().facets(results, most)

    def like(self, text: str, request: SearchRequest | None = None) -> Results | None:
        """The articles most similar to a text: those with any of its distinctive words.

        Uses the order, the period and the filter of the request. None if no article has such a word.
        """
        from seedread_index.search.related import example_query

        words = self._searcher().telling_words(text)
        if not words:
            return None
        return self.search(replace(request or SearchRequest(), query=example_query(words), match="any"))

    def example_query(self, text: str, most: int = 12) -> str:
        """A query for any of the `most` most distinctive words of a text; "" if no article has one."""
        from seedread_index.search.related import any_of_words

        return any_of_words(self._searcher().telling_words(text)[:most])

    def related(self, article_id: str, most: int = 20) -> list[Related]:
        """The articles that share distinctive words and names with one, without its near-duplicates."""
        from seedread_index.search.related import related

        article = self.article(article_id)
        if article is None:
            return []
        return related(self, article, self._searcher().telling_words, self.counts()[0], most)

    def near_duplicates(self, article_id: str) -> list[str]:
        """Ids of the near-duplicates of an article, newest first."""
        catalogue = self._index().catalogue
        groups = catalogue.groups()
        group = groups.get(article_id, article_id)
        return [each for each in catalogue.ids() if each != article_id and groups.get(each, each) == group]

    def collocates(self, results: Results, *, window: int = 5, least: int = 2) -> list[Collocate]:
        """The words within `window` words of the hits, near at least `least` of them, the best first."""
        from seedread_index.search.collocates import collocates

        return collocates(results, self.hits, self._index().catalogue.articles, window, least)

    # -- articles ----------------------------------------------------------------------------------------

    def ids(self) -> Sequence[str]:
        """Every article once (exact copies are folded), newest first, then by path."""
        return self._index().catalogue.ids()

    def ids_starting(self, start: str) -> list[str]:
        """The ids that begin with these digits."""
        return [each for each in self._index().catalogue.ids() if each.startswith(start)]

    def counts(self) -> tuple[int, int]:
        """How many articles there are, and how many of them have a date."""
        return self._index().catalogue.counts()

    def article(self, article_id: str) -> Article | None:
        """The article with this id, with its mentions; None if there is none."""
        articles = self.articles([article_id])
        return articles[0] if articles else None

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles with their mentions, in the order given; skips missing ones."""
        index = self._index()
        found = index.catalogue.articles(ids)
        numbers = index.catalogue.numbers([article.id for article in found])
        return [
            replace(article, mentions=index.mentions.mentions(numbers[article.id]))
            for article in found
            if article.id in numbers
        ]

    def headers(self, ids: Sequence[str]) -> list[Header]:
        """Titles, dates and other fields without the texts, in the order given."""
        return self._index().catalogue.headers(ids)

    def find(self, path: bytes) -> list[str]:
        """Ids of the articles in a file: by its path relative to a root, to here, or absolute."""
        index = self._index()
        for candidate in (path, os.path.abspath(path), os.path.realpath(path)):
            if found := index.catalogue.find(candidate):
                return found
        return []

    def moved_ids(self, ids: Iterable[str]) -> dict[str, str]:
        """The current ids of articles that had one of `ids` in an earlier version; skips others.

        Parts of a file were once identified by their line or key, and are now by their own id.
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
        """Entities of these types whose full name this is, most mentioned first."""
        return self._index().mentions.called(name, types)

    def entity(self, entity_id: str) -> Entity | None:
        """One entity."""
        return self._index().mentions.entity(entity_id)

    def resolve(self, name: str, types: Sequence[EntityType] | None = None) -> list[str]:
        """Ids of the entities with this name, most mentioned first; if there are none, with a part of it."""
        return self._index().mentions.resolve(name, types)

    def card(self, entity_id: str) -> EntityCard | None:
        """Everything that an entity's card shows."""
        return self._index().mentions.card(entity_id)

    def months(self, entity_ids: Iterable[str]) -> dict[str, Months]:
        """How many dated articles mention each entity, by month, by the ids of the entities."""
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

        For results with `said:` or `about:`, only matching quotations. `by` and `about` are ids of entities:
        of the speaker (or whom a spokesperson speaks for), and of those mentioned.
        """
        from seedread_index.search.quotations import quotations

        index = self._index()
        return quotations(index.catalogue, index.mentions, ids, by, about)

    def unquoted(self) -> int:
        """How many articles have not been searched for quotations yet."""
        return self._index().mentions.unquoted(versions.QUOTATION_RULES)

    def entity_pairs(
        self,
        *,
        types: Sequence[EntityType] | None = None,
        entity_id: str | None = None,
        least: int = 1,
        most: int | None = None,
    ) -> list[EntityPair]:
        """Pairs of entities (types None: people, places, organisations, groups) in the same articles.

        Pairs that share at least `least` articles, most first; with `entity_id` only its pairs.
        """
        from seedread_index.search.collocates import entity_pairs

        index = self._index()
        return entity_pairs(index.catalogue, index.mentions, types, entity_id, least=least, most=most)

    # -- saved searches ----------------------------------------------------------------------------------

    def save_search(self, name: str, query: str) -> SavedSearchCount:
        """Save a query under a name; what matches it now counts as seen.

        Raises LibraryError, and QueryError for an invalid query.
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
        """Mark what matches a saved search now as seen. Raises LibraryError and QueryError."""
        ids = self.search(SearchRequest(search.query, group=False)).ids()
        self.alerts().see(search, ids, self.alerts().baseline(search))
