"""What searching needs of an archive beside its full text: ArticleStore and EntityStore.

The catalogue and its store of mentions implement them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from seedread_index.model.article import Article, EntityType, Header, Mention
from seedread_index.model.entity import Entity


class ArticleStore(Protocol):
    """The articles of an archive; numbers are the store's own, ids are known to users."""

    def generation(self) -> int:
        """A number that grows with every commit that readers can see."""

    def ids(self) -> list[str]:
        """Every article once, newest first, undated ones last, then by path."""

    def order(self) -> list[tuple[int, str]]:
        """Number and id of every article, in the same order."""

    def values(self, names: Sequence[str], /) -> Iterator[tuple[Any, ...]]:
        """The number and the named values (title, path, source, author, lang, date) of every article."""

    def groups(self) -> dict[str, str]:
        """Near-duplicates: an article's id to the id of its group's representative, which is left out."""

    def article(self, article_id: str, /) -> Article | None:
        """An article without its mentions."""

    def articles(self, ids: Sequence[str], /) -> list[Article]:
        """Articles in the order asked, without mentions; missing ones are left out."""

    def headers(self, ids: Sequence[str], /) -> list[Header]:
        """Titles, dates and so on without the texts, in the order asked; missing ones are left out."""

    def numbers(self, ids: Iterable[str], /) -> dict[str, int]:
        """Numbers by id."""

    def ids_of(self, numbers: Iterable[int], /) -> dict[int, str]:
        """Ids by number."""


class EntityStore(Protocol):
    """The entities of an archive and where they are mentioned; articles go by their numbers."""

    def entities(
        self,
        *,
        types: Sequence[EntityType] | None = None,
        filter: str = "",
        sort: str = "count",
        limit: int | None = None,
    ) -> list[Entity]:
        """Entities whose name or alias has all words of `filter`; `types` None means the named ones."""

    def entity(self, entity_id: str, /) -> Entity | None:
        """One entity."""

    def resolve(self, name: str, types: Sequence[EntityType] | None = None, /) -> list[str]:
        """Ids of the entities that go by a name, most mentioned first."""

    def articles_of(self, entity_ids: Iterable[str], /) -> set[int]:
        """The articles that mention any of the entities outside boilerplate and credits."""

    def mentions(self, article: int, /) -> tuple[Mention, ...]:
        """The mentions in an article, by their place in its text."""

    def entities_by_article(self) -> tuple[list[tuple[str, str]], Iterator[tuple[int, Sequence[int]]]]:
        """The entities that are not hidden, each by id and type, and for each article with some of them its
        number and which of these it mentions where it counts, each once."""
