"""Small archives in memory behind the real full-text index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from seedread_index.engines.base import Engine
from seedread_index.engines.document import document_of
from seedread_index.engines.whoosh.engine import WhooshEngine
from seedread_index.model.article import Article, EntityType, Header, Mention, Origin, Passage, PassageKind
from seedread_index.model.entity import Entity
from seedread_index.model.results import Results, SearchRequest
from seedread_index.search.opened import LocalIndex
from seedread_index.search.searcher import Searcher
from seedread_index.text.folding import folded


def an_article(
    identity: str,
    text: str,
    *,
    title: str = "",
    date: str = "",
    source: str | None = None,
    lang: str = "en",
    boilerplate: str = "",
    path: str = "",
    author: str | None = None,
    url: str | None = None,
    section: str | None = None,
) -> Article:
    """An article: a title becomes its first line, boilerplate its last one."""
    headed = f"{title}\n\n{text}" if title else text
    whole = f"{headed}\n\n{boilerplate}" if boilerplate else headed
    passages = [Passage(0, len(title), PassageKind.TITLE)] if title else []
    passages.append(Passage(len(headed) - len(text), len(headed), PassageKind.BODY))
    if boilerplate:
        passages.append(Passage(len(whole) - len(boilerplate), len(whole), PassageKind.BOILERPLATE))
    path = path or f"{identity}.txt"
    return Article(
        identity,
        path,
        path.encode(),
        None,
        title or text[:40],
        not title,
        dt.date.fromisoformat(date) if date else None,
        "text" if date else None,
        source,
        lang,
        whole,
        tuple(passages),
        author=author,
        origin=Origin(url, section=section),
    )


@dataclass
class MemoryCatalogue:
    """The ArticleStore of a small archive."""

    kept: dict[str, Article] = field(default_factory=dict)
    representatives: dict[str, str] = field(default_factory=dict)
    commits: int = 0
    let_go: list[str] = field(default_factory=list)

    def generation(self) -> int:
        return self.commits

    def ids(self) -> list[str]:
        def order(article: Article) -> tuple[int, str]:
            return (-article.date.toordinal() if article.date else 0, article.path)

        return [article.id for article in sorted(self.kept.values(), key=order)]

    def order(self) -> list[tuple[int, str]]:
        numbers = self.numbers(self.kept)
        return [(numbers[each], each) for each in self.ids()]

    def dropped(self) -> list[str]:
        return self.let_go

    def values(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        for identity, number in self.numbers(self.kept).items():
            article = self.kept[identity]
            known = {"date": article.date.isoformat() if article.date else None}
            yield (number, *(known.get(name, getattr(article, name)) for name in names))

    def groups(self) -> dict[str, str]:
        return dict(self.representatives)

    def article(self, article_id: str) -> Article | None:
        return self.kept.get(article_id)

    def articles(self, ids: Sequence[str]) -> list[Article]:
        return [self.kept[each] for each in ids if each in self.kept]

    def headers(self, ids: Sequence[str]) -> list[Header]:
        numbers = self.numbers(ids)
        return [
            Header(
                id=each.id,
                number=numbers[each.id],
                path=each.path,
                title=each.title,
                title_inferred=each.title_inferred,
                date=each.date,
                source=each.source,
                lang=each.lang,
                neutralised=each.neutralised,
                words=len(each.text.split()),
                author=each.author,
                origin=each.origin,
            )
            for each in self.articles(ids)
        ]

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        known = sorted(self.kept)
        return {each: known.index(each) for each in ids if each in self.kept}

    def ids_of(self, numbers: Iterable[int]) -> dict[int, str]:
        known = sorted(self.kept)
        return {number: known[number] for number in numbers}


@dataclass
class MemoryMentions:
    """An EntityStore: entities by name, mentioned wherever one of their names stands in a text."""

    catalogue: MemoryCatalogue
    named: list[Entity] = field(default_factory=list)

    def resolve(self, name: str, types: Sequence[EntityType] | None = None) -> list[str]:
        return [
            entity.id
            for entity in self.named
            if (types is None or entity.type in types)
            and folded(name) in {folded(alias) for alias in (entity.name, *entity.aliases)}
        ]

    def entities(
        self,
        *,
        types: Sequence[EntityType] | None = None,
        filter: str = "",
        sort: str = "count",
        limit: int | None = None,
    ) -> list[Entity]:
        return [entity for entity in self.named if types is None or entity.type in types]

    def entity(self, entity_id: str) -> Entity | None:
        return next((entity for entity in self.named if entity.id == entity_id), None)

    def mentions(self, article: int, _of: Collection[str] | None = None) -> tuple[Mention, ...]:
        text = self.catalogue.kept[self.catalogue.ids_of([article])[article]].text
        found = []
        for entity in self.named:
            for alias in (entity.name, *entity.aliases):
                at = text.find(alias)
                while at >= 0:
                    found.append(Mention(at, at + len(alias), alias, "PERSON", entity.id))
                    at = text.find(alias, at + 1)
        return tuple(sorted(found, key=lambda mention: mention.start))

    def articles_of(self, entity_ids: Iterable[str]) -> set[int]:
        wanted = set(entity_ids)
        numbers = self.catalogue.numbers(self.catalogue.kept)
        return {n for n in numbers.values() if any(m.entity in wanted for m in self.mentions(n))}

    def entities_by_article(self) -> tuple[list[tuple[str, str]], Iterator[tuple[int, Sequence[int]]]]:
        known = [entity.id for entity in self.named]
        kinds = [(entity.id, entity.type.value) for entity in self.named]
        numbers = self.catalogue.numbers(self.catalogue.kept).values()
        mentioned = ((number, {mention.entity for mention in self.mentions(number)}) for number in numbers)
        return kinds, (
            (number, sorted(known.index(each or "") for each in found)) for number, found in mentioned
        )


@dataclass
class Shelf:
    """A small archive: articles in memory, their words in a real index."""

    catalogue: MemoryCatalogue
    mentions: MemoryMentions
    fulltext: Any
    searcher: Searcher

    @classmethod
    def of(cls, folder: Path, engine: Engine) -> Shelf:
        """An empty shelf in a folder; its clock stands still: no deadline passes on a busy machine."""
        catalogue = MemoryCatalogue()
        mentions = MemoryMentions(catalogue)
        fulltext = engine.open(folder / "fulltext", writable=True)
        index = LocalIndex(catalogue, mentions, fulltext)
        return cls(catalogue, mentions, fulltext, Searcher(catalogue, mentions, index, lambda: 0.0))

    def put(self, *articles: Article) -> None:
        self.catalogue.kept.update({article.id: article for article in articles})
        self.fulltext.apply(map(document_of, articles))
        self.fulltext.commit()
        self.catalogue.commits += 1

    def drop(self, *ids: str) -> None:
        for each in ids:
            del self.catalogue.kept[each]
        self.fulltext.apply([], ids)
        self.fulltext.commit()
        self.catalogue.commits += 1

    def search(self, query: str, **options: Any) -> Results:
        """The results of a query."""
        return self.searcher.search(SearchRequest(query, **options))

    def found(self, query: str, **options: Any) -> list[str]:
        """Ids that a query finds, sorted."""
        return sorted(self.search(query, **options).ids())

    def marked(self, query: str, identity: str) -> list[str]:
        """What is marked of an article for a query."""
        article = self.catalogue.kept[identity]
        results = self.search(query, group=False)
        return [article.text[start:end] for start, end in self.searcher.matches(results, identity).spans]


@pytest.fixture
def shelf_in() -> Iterator[Callable[..., Shelf]]:
    """A function that makes an empty shelf in a folder."""
    made: list[Shelf] = []

    def make(folder: Path, engine: Engine = WhooshEngine()) -> Shelf:  # noqa: B008 - it has no state
        made.append(Shelf.of(folder, engine))
        return made[-1]

    yield make
    for each in made:
        each.searcher.close()


@pytest.fixture
def shelf(shelf_in: Callable[..., Shelf], tmp_path: Path) -> Shelf:
    """An empty shelf."""
    return shelf_in(tmp_path)


@pytest.fixture
def article() -> Callable[..., Article]:
    """A function that makes an article."""
    return an_article
