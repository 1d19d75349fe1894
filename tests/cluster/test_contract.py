"""The contract of the engines, kept by a server: it finds what Whoosh finds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest

from seedread_index.engines.base import Order, Terms, Vocabulary
from seedread_index.engines.document import document_of
from seedread_index.engines.opensearch.archive import ServerArchive
from seedread_index.engines.opensearch.documents import shared_id
from seedread_index.engines.opensearch.transport.access import Access
from seedread_index.engines.opensearch.transport.connection import Connection
from seedread_index.engines.opensearch.writer import ArchiveWriter
from seedread_index.engines.whoosh.engine import WhooshEngine
from seedread_index.linking.keys import block_of, key_of
from seedread_index.linking.shared_names import Name, Names, SharedMention, Use
from seedread_index.model.article import EntityType
from seedread_index.model.deadline import unlimited
from seedread_index.model.entity import Entity
from seedread_index.model.results import Results, SearchRequest
from seedread_index.search.opened import ServerIndex
from seedread_index.search.query.parser import parse
from seedread_index.search.query.planner import Planner
from seedread_index.search.searcher import Searcher
from seedread_index.server_address import ServerAddress

from ..index.search.conftest import Shelf
from ..index.search.test_engines import PEOPLE, made, queries
from .nodes import Cluster
from .shared import emptied, write_entities

LABEL = "wire"


@dataclass
class Both:
    """The same archive here and on a server."""

    shelf: Shelf
    searcher: Searcher
    server: ServerArchive

    def local(self, query: str, **options: object) -> Results:
        return self.shelf.search(query, **options)

    def remote(self, query: str, **options: object) -> Results:
        return self.searcher.search(SearchRequest(query, **options))  # type: ignore[arg-type]

    def keys(self, ids: list[str]) -> list[str]:
        """Ids on the server of articles here."""
        return [shared_id(LABEL, each) for each in ids]


def names_in(shelf: Shelf, number: int) -> Names:
    """The names in an article of a shelf as a server keeps them."""
    mentions = []
    counts: dict[tuple[Name, str], int] = {}
    for mention in shelf.mentions.mentions(number):
        name = person(mention.text)
        counts[name, mention.text] = counts.get((name, mention.text), 0) + 1
        mentions.append(SharedMention(mention.start, mention.end, mention.label, name))
    return Names([Use(name, text, name.key, n) for (name, text), n in counts.items()], mentions)


def person(text: str) -> Name:
    """The name of a person."""
    key = key_of(EntityType.PERSON, text)
    return Name("person", block_of(EntityType.PERSON, key), key)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, each_version: Cluster) -> Iterator[Both]:
    """Two hundred articles, some of them near-duplicates, some put twice, some dropped."""
    shelf = Shelf.of(tmp_path_factory.mktemp("whoosh"), WhooshEngine())
    chance = random.Random(11)
    articles = [made(chance, number) for number in range(200)]
    shelf.put(*articles)
    shelf.put(*(made(chance, number) for number in range(0, 40, 4)))
    gone = [articles[number].id for number in range(5, 200, 23)]
    address = ServerAddress.parse(emptied(each_version, "contract"))
    writer = ArchiveWriter(Connection(address), LABEL)
    writer.prepare()
    writer.put([(each, document_of(each), Names()) for each in shelf.catalogue.articles(gone)], {})
    shelf.drop(*gone)
    writer.drop(gone)
    ids = sorted(shelf.catalogue.kept)
    shelf.catalogue.representatives = {ids[at + 1]: ids[at] for at in range(0, 60, 6)}
    shelf.catalogue.representatives |= {ids[at + 2]: ids[at] for at in range(0, 60, 12)}
    shelf.mentions.named = [
        Entity(f"e{at}", name, EntityType.PERSON, 1, 1, (), ()) for at, name in enumerate(PEOPLE)
    ]
    shelf.catalogue.commits += 1
    leaders = shelf.catalogue.representatives
    leaders = leaders | {each: each for each in leaders.values()}
    numbers = shelf.catalogue.numbers(ids)
    for _ in range(2):
        for start in range(0, len(ids), 50):
            some = shelf.catalogue.articles(ids[start : start + 50])
            writer.put(
                [(each, document_of(each), names_in(shelf, numbers[each.id])) for each in some], leaders
            )
    writer.finish(articles=len(ids), waiting=0, revision=1, at="2026-01-01T00:00:00", complete=True)
    write_entities(
        each_version, "contract", {each.id: (each.name, [person(each.name)]) for each in shelf.mentions.named}
    )
    server = ServerArchive.open(address, Access())
    searcher = Searcher(server.articles, server.entities, ServerIndex(server), lambda: 0.0)
    yield Both(shelf, searcher, server)
    searcher.close()
    server.close()
    shelf.searcher.close()


def test_four_hundred_queries_of_eleven_kinds_find_the_same(both: Both) -> None:
    shared: list[int] = []
    for kind, query in queries(random.Random(7)):
        here, there = both.local(query, group=False), both.remote(query, group=False)
        wanted, found = both.keys(here.ids()), there.ids()
        assert set(found) == set(wanted), (kind, query)
        if wanted:
            shared.append(len(set(wanted[:10]) & set(found[:10])) * 10 // len(wanted[:10]))
    assert sum(shared) / len(shared) >= 8, sum(shared) / len(shared)


@pytest.mark.parametrize("sort", ["date", "title", "path"])
def test_orders_are_the_same(both: Both, sort: str) -> None:
    for _, query in list(queries(random.Random(9)))[::10]:
        wanted = both.keys(both.local(query, sort=sort, group=False).ids())
        assert both.remote(query, sort=sort, group=False).ids() == wanted, query


def test_near_duplicates_are_the_others_of_a_group(both: Both) -> None:
    ids = sorted(both.shelf.catalogue.kept)
    group, alone = both.keys(ids[:3]), both.keys(ids[-1:])
    for each in group:
        assert set(both.server.articles.near_duplicates(each)) == {*group} - {each}
    assert both.server.articles.near_duplicates(alone[0]) == []
    assert both.server.articles.near_duplicates("0" * 16) == []


def test_groups_counts_facets_and_explanations_are_the_same(both: Both) -> None:
    for _, query in list(queries(random.Random(8)))[::8]:
        here, there = both.local(query), both.remote(query)
        assert there.total == here.total, query
        rows = there.rows.rows(0, there.total)
        members = {one for row in rows for one in (row.id, *row.variants)}
        assert members == set(both.keys(both.local(query, group=False).ids())), query
        wanted, found = both.shelf.searcher.facets(here), both.searcher.facets(there)
        for name in ("people", "sources", "authors", "years", "languages", "total"):
            assert getattr(found, name) == getattr(wanted, name), (query, name)
        why, because = both.shelf.searcher.explain(here), both.searcher.explain(there)
        assert because.terms == why.terms, query
        assert because.hidden_by_filter == why.hidden_by_filter, query
        assert because.only_in_boilerplate == why.only_in_boilerplate, query


@pytest.mark.parametrize("sort", ["relevance", "date", "title", "path"])
@pytest.mark.parametrize("group", [True, False])
def test_pages_are_cut_from_the_whole(
    both: Both, sort: str, group: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedread_index.engines.opensearch.rows.FIRST", 5)
    for query in ("grain", "", "grain OR talks"):
        results = both.remote(query, sort=sort, group=group)
        whole = both.remote(query, sort=sort, group=group).ids()
        assert [each for at in range(0, results.total, 7) for each in results.ids(at, at + 7)] == whole
        assert results.total == len(whole) == len(set(whole))
        assert [results.rows.position_of(each) for each in whole[:40:5]] == list(
            range(0, min(40, len(whole)), 5)
        )
        assert results.rows.position_of("never there") is None
        assert results.rows.count_among([*whole[3:20], "never there", *whole[3:5]]) == len(whole[3:20])
        assert results.rows.rows(len(whole), len(whole) + 5) == []
        hidden = [one for each in whole[:20] for one in results.variants(each)]
        assert results.rows.count_among(hidden) == 0


@pytest.mark.parametrize("group", [True, False])
def test_what_lies_beyond_the_window_of_the_server_is_gone_through(
    both: Both, group: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = both.remote("grain OR talks OR harbour", group=group)
    rows = wanted.rows.rows(0, wanted.total)
    monkeypatch.setattr("seedread_index.engines.opensearch.rows.WINDOW", 50)
    monkeypatch.setattr("seedread_index.engines.opensearch.rows._WALKED", 40)
    monkeypatch.setattr("seedread_index.engines.opensearch.rows.FIRST", 5)
    results = both.remote("grain OR talks OR harbour", group=group)
    assert results.total == len(rows)
    found = [row for at in range(0, len(rows), 20) for row in results.rows.rows(at, at + 20)]
    assert [row.id for row in found] == [row.id for row in rows]
    assert [set(row.variants) for row in found] == [set(row.variants) for row in rows]
    assert results.rows.position_of(rows[-1].id) == len(rows) - 1


def test_a_form_stands_where_its_term_does(both: Both) -> None:
    with both.searcher._looking() as opened, both.shelf.searcher._looking() as local:
        for first, second in (
            ("=grains", "talk"),
            ("grain", "=talks"),
            ("=ships", "=ship"),
            ("=GRAINS", "talk"),
        ):
            plan = Terms(None, (frozenset([first]), frozenset([second])), None, first)
            wanted = local.reader.find(plan, Order(), unlimited())
            assert len(opened.reader.find(plan, Order(), unlimited())) == len(wanted), first


def test_articles_with_the_very_form_of_a_word_come_first(both: Both) -> None:
    for query, form in (("ship", "ship"), ("strikes", "strikes"), ("o'brien", "o'brien")):
        results = both.remote(query, group=False)
        texts = [article.text.lower().split() for article in both.server.articles.articles(results.ids())]
        having = [form in words for words in texts]
        assert having == sorted(having, reverse=True), query


def test_words_are_those_of_the_archive(both: Both) -> None:
    here, there = both.shelf.fulltext.vocabulary, both.server.vocabulary
    asked: tuple[Callable[[Vocabulary], Iterable[tuple[str, int]]], ...] = (
        lambda words: words.starting("str", 10),
        lambda words: words.matching("gr", "gr?in*", 10),
        lambda words: words.between("vot", 4, 5, 10),
        lambda words: words.known(["harbour", "never", "ships"]),
        lambda words: words.every("s"),
    )
    for ask in asked:
        assert {word for word, _ in ask(there)} == {word for word, _ in ask(here)} != set()


def test_articles_come_back_as_they_were_sent(both: Both) -> None:
    for article in list(both.shelf.catalogue.kept.values())[::20]:
        (found,) = both.server.articles.articles([shared_id(LABEL, article.id)])
        for name in (
            "path",
            "path_bytes",
            "title",
            "title_inferred",
            "date",
            "source",
            "lang",
            "text",
            "passages",
            "author",
            "origin",
            "content_hash",
        ):
            assert getattr(found, name) == getattr(article, name), name
        assert both.server.articles.find(article.path.encode()) == [found.id]


def test_a_plan_of_names_and_fields_is_planned_alike(both: Both) -> None:
    with both.searcher._looking() as opened:
        plan = Planner(opened.reader, both.server.entities, unlimited()).plan(
            parse('person:"Ann Roe" source:da*')
        )
        wanted = both.local('person:"Ann Roe" source:da*', group=False).total
        assert opened.reader.count(plan, unlimited()) == wanted > 0


def test_fields_are_completed(both: Both) -> None:
    assert {each.text for each in both.searcher.complete("source:", 7)} == {'"The Daily"', '"The Post"'}
    assert both.searcher.complete("lang:", 5)
