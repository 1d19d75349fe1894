"""What search asks of the articles and entities of an archive, wherever these are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from seedread_index.model.article import Article, EntityType, Header, Mention
from seedread_index.model.entity import Entity


class ArticleSource(Protocol):
    """The articles of an archive; numbers are the source's own, ids are known to users."""

    def generation(self) -> int:
        """A number that grows with every commit that readers can see."""

    def ids(self) -> Sequence[str]:
        """Every article once, newest first, undated ones last, then by path."""

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


class EntitySource(Protocol):
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

    def mentions(self, article: int, of: Collection[str] | None = None, /) -> tuple[Mention, ...]:
        """The mentions in an article, by their place in its text; at least those of some entities."""
