"""The contract of the engines: all find the same articles, in the same order, and count them alike."""

from __future__ import annotations

import itertools
import os
import random
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from seedread_index.engines.article_keys import keys_of
from seedread_index.engines.base import AllOf, AnyOf, Engine, Order, Terms, Within, Without
from seedread_index.engines.document import HIDDEN, document_of, hidden_spans
from seedread_index.engines.tantivy.engine import TantivyEngine
from seedread_index.engines.whoosh.engine import WhooshEngine
from seedread_index.model.article import Article, EntityType
from seedread_index.model.deadline import unlimited
from seedread_index.model.entity import Entity
from seedread_index.model.errors import DamagedError
from seedread_index.model.results import Results
from seedread_index.search.query.parser import parse
from seedread_index.search.query.planner import Planner

from .conftest import Shelf, an_article

ENGINES: list[Engine] = [WhooshEngine(), TantivyEngine()]
NAMES = [engine.name for engine in ENGINES]
Make = Callable[..., Article]
WORDS = [
    "harbour",
    "harbours",
    "grain",
    "grains",
    "border",
    "strike",
    "strikes",
    "striking",
    "vote",
    "voter",
    "votes",
    "river",
    "storm",
    "bridge",
    "talks",
    "talk",
    "minister",
    "ministry",
    "deal",
    "treaty",
    "ship",
    "ships",
    "port",
    "o'brien",
    "U.S.",
    "2,000",
    "Łódź",
    "中国人",
    "peace",
    "army",
    "co-operation",
    "cooperates",
    "e-mails",
]
TITLES = ["Harbour deal", "Grain talks", "Storm over the bridge", "", "The vote", "Peace and the border"]
PEOPLE = ["Ann Roe", "Bo Li", "Cy Moss"]


def made(chance: random.Random, number: int) -> Article:
    """An article of few words, so that queries have many matches and near misses."""
    text = " ".join(chance.choices([*WORDS, *WORDS[:8], *PEOPLE], k=chance.randrange(8, 60)))
    return an_article(
        f"{number:016x}",
        text,
        title=chance.choice(TITLES),
        date=f"20{chance.randrange(18, 22)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 28):02}"
        if chance.random() < 0.9
        else "",
        source=chance.choice(["The Daily", "The Post", None]),
        lang=chance.choice(["en", "en", "fr"]),
        boilerplate=" ".join(chance.choices(["subscribe", "newsletter", "grain", "talks"], k=4))
        if chance.random() < 0.3
        else "",
        path=f"{chance.choice(['north', 'south'])}/{number}.txt",
        author=chance.choice([None, "Ann Roe", "Bo Li, Ann Roe"]),
        section=chance.choice([None, "World", "World/Business", "Sport"]),
        url=chance.choice([None, f"https://example.org/world/{number}"]),
    )


def queries(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Four hundred queries of eleven kinds, with the kind of each."""

    def word() -> str:
        return chance.choice(WORDS)

    def some(count: int) -> str:
        return " ".join(word() for _ in range(count))

    kinds: dict[str, Callable[[], str]] = {
        "word": word,
        "and": lambda: some(chance.randrange(2, 4)),
        "or": lambda: f"{word()} OR {word()} OR ({some(2)})",
        "not": lambda: chance.choice([f"{word()} -{word()}", f"NOT {word()}", f'{word()} -"{some(2)}"']),
        "phrase": lambda: f'"{some(chance.choice((2, 2, 3)))}"',
        "near": lambda: f'"{some(chance.choice((2, 2, 3, 4)))}"~{chance.randrange(1, 9)}',
        "pattern": lambda: chance.choice(
            ["harb*", "stri*", "vot*", "gr?in", f'"gr* {word()}"', "sh*s", "coop*", "email?"]
        ),
        "fuzzy": lambda: chance.choice(["harbor~", "grian~", "strke~1", "votr~2", "brdge~"]),
        "field": lambda: chance.choice(
            [
                *(f"title:{word()}", f"body:{word()}", f'body:"{some(2)}"', f"source:daily {word()}"),
                *(
                    "path:north",
                    "url:example.org/world",
                    "author:roe",
                    "section:world",
                    f"lang:fr {word()}",
                    "source:pos*",
                ),
                f'body:"{some(3)}"~4',
            ]
        ),
        "date": lambda: (
            f"{word()} {chance.choice(['date:2019', 'since:2020-06', 'until:2019-03', 'date:2018-02'])}"
        ),
        "entity": lambda: f'person:"{chance.choice(PEOPLE)}" {chance.choice([word(), ""])}',
    }
    for kind, (_, make) in zip(
        itertools.cycle(kinds), zip(range(400), itertools.cycle(kinds.values())), strict=False
    ):
        yield kind, make()


@dataclass
class Both:
    """The same archive in every engine."""

    shelves: dict[str, Shelf]

    def search(self, query: str, **options: object) -> dict[str, Results]:
        return {name: shelf.search(query, **options) for name, shelf in self.shelves.items()}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Two hundred articles put in by several commits, some replaced, some dropped, some near-duplicates."""
    shelves = {}
    for engine in ENGINES:
        shelf = Shelf.of(tmp_path_factory.mktemp(engine.name), engine)
        chance = random.Random(11)
        articles = [made(chance, number) for number in range(200)]
        shelf.put(*articles[:120])
        shelf.put(*articles[100:])
        shelf.put(*(made(chance, number) for number in range(0, 40, 4)))
        shelf.drop(*(articles[number].id for number in range(5, 200, 23)))
        ids = sorted(shelf.catalogue.kept)
        shelf.catalogue.representatives = {ids[at + 1]: ids[at] for at in range(0, 60, 6)}
        shelf.catalogue.representatives |= {ids[at + 2]: ids[at] for at in range(0, 60, 12)}
        shelf.mentions.named = [
            Entity(f"e{at}", name, EntityType.PERSON, 1, 1, (), ()) for at, name in enumerate(PEOPLE)
        ]
        shelf.catalogue.commits += 1
        shelves[engine.name] = shelf
    yield Both(shelves)
    for shelf in shelves.values():
        shelf.searcher.close()


def test_four_hundred_queries_of_eleven_kinds_find_the_same(both: Both) -> None:
    shared: list[int] = []
    asked = list(queries(random.Random(7)))
    met = {kind: 0 for kind, _ in asked}
    for kind, query in asked:
        found = both.search(query, group=False)
        first, *others = (set(results.ids()) for results in found.values())
        assert all(other == first for other in others), (query, *(first ^ other for other in others))
        met[kind] += len(first)
        best, *rest = (results.ids(0, 10) for results in found.values())
        shared += [len(set(best) & set(other)) * 10 // max(len(best), 1) for other in rest if best]
        for sort in ("date", "title", "path"):
            orders = [results.ids() for results in both.search(query, sort=sort, group=False).values()]
            assert all(order == orders[0] for order in orders), (query, sort)
    assert len(asked) == 400 and len(met) == 11 and all(met.values()), met
    assert sum(shared) / len(shared) >= 8, sum(shared) / len(shared)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("in:boilerplate subscribe", ({"subscribe"},)),
        ("grain in:boilerplate", ({"grain", "grains"},)),
        ("in:boilerplate (talks OR newsletter)", ({"talks", "talk", "newsletter"},)),
        ("subscribe in:boilerplate grain", ({"subscribe"}, {"grain", "grains"})),
    ],
)
def test_in_boilerplate_finds_what_a_look_at_every_text_finds(
    both: Both, query: str, words: tuple[set[str], ...]
) -> None:
    for name, results in both.search(query, group=False).items():
        expected = set()
        for article in both.shelves[name].catalogue.kept.values():
            hidden = [article.text[each.start : each.end] for each in hidden_spans(article)]
            away = set(" ".join(hidden).split())
            shown = set(article.text.lower().removesuffix(" ".join(hidden)).split())
            if all(away & word for word in words) and not all(shown & word for word in words):
                expected.add(article.id)
        assert expected
        assert set(results.ids()) == expected, name


def test_groups_counts_facets_and_explanations_are_the_same(both: Both) -> None:
    for _, query in list(queries(random.Random(8)))[::3]:
        totals, counted, facets, explained = [], [], [], []
        for shelf in both.shelves.values():
            results = shelf.search(query)
            totals.append(results.total)
            assert sorted(results.ids()) == sorted(set(results.ids()))
            grouped = {*results.ids(), *(one for each in results.ids() for one in results.variants(each))}
            assert grouped == set(shelf.search(query, group=False).ids()), query
            found = shelf.searcher.facets(results)
            facets.append(
                (found.people, found.sources, found.authors, found.years, found.languages, found.total)
            )
            why = shelf.searcher.explain(results)
            explained.append((why.terms, why.hidden_by_filter, why.only_in_boilerplate))
            with shelf.searcher._looking() as opened:
                plan = Planner(opened.reader, shelf.mentions, unlimited()).plan(parse(query))
                counted.append(opened.reader.count(plan, unlimited()))
        assert len(set(totals)) == len(set(counted)) == 1, query
        assert all(each == facets[0] for each in facets), query
        assert all(each == explained[0] for each in explained), query


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sort", ["relevance", "date", "title", "path"])
def test_pages_are_cut_from_the_whole(both: Both, name: str, sort: str) -> None:
    for query in ("grain", "", "grain OR talks", "path:north", '"grain talks"~3'):
        results = both.shelves[name].search(query, sort=sort)
        whole = both.shelves[name].search(query, sort=sort).ids()
        pages = [results.ids(start, start + 7) for start in range(0, results.total, 7)]
        assert [each for page in pages for each in page] == whole
        assert results.total == len(whole) == len(set(whole))
        assert [results.rows.position_of(each) for each in whole[:40]] == list(range(min(40, len(whole))))
        assert results.rows.position_of("never there") is None
        assert results.rows.count_among([*whole[3:20], "never there", *whole[3:5]]) == len(whole[3:20])
        assert results.rows.rows(len(whole), len(whole) + 5) == []
        hidden = [one for each in whole for one in results.variants(each)]
        assert results.rows.count_among(hidden) == 0


@pytest.mark.parametrize("name", NAMES)
def test_scores_fall_and_ties_go_to_the_newer_article(both: Both, name: str) -> None:
    shelf = both.shelves[name]
    order = {each: at for at, each in enumerate(shelf.catalogue.ids())}
    for query in ("grain OR talks", "harbour", "source:daily", "person:Roe"):
        results = shelf.search(query, group=False)
        keys = [(-row.score, order[row.id]) for row in results.rows.rows(0, results.total)]
        assert keys == sorted(keys)


@pytest.mark.parametrize("engine", ENGINES, ids=NAMES)
def test_a_commit_is_seen_whole_or_not_at_all(
    engine: Engine, shelf_in: Callable[..., Shelf], tmp_path: Path, article: Make
) -> None:
    shelf = shelf_in(tmp_path, engine)
    shelf.put(article("a", "old harbour"), article("b", "harbour"))
    before = shelf.search("harbour")
    shelf.fulltext.apply([document_of(article("c", "harbour"))], ["b"])
    assert shelf.found("harbour") == ["a", "b"]
    shelf.fulltext.discard()
    shelf.fulltext.commit()
    shelf.catalogue.commits += 1
    assert shelf.found("harbour") == ["a", "b"]
    shelf.put(article("a", "new bridge"), article("a", "newer bridge"))
    shelf.drop("b", "never there") if "never there" in shelf.catalogue.kept else shelf.drop("b")
    assert (shelf.found("harbour"), shelf.found("bridge")) == ([], ["a"])
    assert shelf.fulltext.count() == 1
    assert sorted(before.ids()) == ["a", "b"]
    generations = {shelf.search("bridge").generation, before.generation}
    assert len(generations) == 2


@pytest.mark.parametrize("engine", ENGINES, ids=NAMES)
def test_what_the_catalogue_has_let_go_is_not_found_before_the_index_follows(
    engine: Engine, shelf_in: Callable[..., Shelf], tmp_path: Path, article: Make
) -> None:
    shelf = shelf_in(tmp_path, engine)
    shelf.put(article("a", "the harbour"), article("b", "harbour"), article("c", "bridge"))
    del shelf.catalogue.kept["a"]
    shelf.catalogue.let_go.append("a")
    shelf.catalogue.commits += 1
    for sort in ("relevance", "date"):
        results = shelf.search("harbour", sort=sort)
        assert (results.ids(), results.total) == (["b"], 1)
    assert shelf.search("NOT bridge").total == 1
    assert shelf.searcher.facets(shelf.search("harbour")).total == 1


@pytest.mark.parametrize("engine", ENGINES, ids=NAMES)
def test_many_documents_are_built_as_they_are_applied(
    engine: Engine, shelf_in: Callable[..., Shelf], tmp_path: Path
) -> None:
    chance = random.Random(3)
    articles = [made(chance, number) for number in range(60)]
    one, other = shelf_in(tmp_path / "one", engine), shelf_in(tmp_path / "other", engine)
    one.put(*articles)
    other.catalogue.kept.update({each.id: each for each in articles})
    batches = ([document_of(each) for each in articles[at : at + 20]] for at in range(0, 60, 20))
    told = [each for ids in other.fulltext.build(batches, 1) for each in ids]
    other.catalogue.commits += 1
    assert sorted(told) == sorted(each.id for each in articles)
    for query in ("grain", '"grain talks"~4', "vot*", "title:harbour"):
        assert one.found(query, group=False) == other.found(query, group=False)
    assert one.fulltext.vocabulary.starting("vo", 9) == other.fulltext.vocabulary.starting("vo", 9)


@pytest.mark.parametrize("engine", ENGINES, ids=NAMES)
def test_every_file_that_changes_is_noticed(
    engine: Engine, shelf_in: Callable[..., Shelf], tmp_path: Path
) -> None:
    shelf = shelf_in(tmp_path, engine)
    chance = random.Random(5)
    shelf.put(*(made(chance, number) for number in range(30)))
    shelf.fulltext.check()
    shelf.searcher.close()
    folder = tmp_path / "fulltext"
    assert engine.exists(folder) and engine.is_sound(folder) and engine.damaged_files(folder) == []
    apart = ("checksums", "lock", "LOCK", "damaged")
    files = [path.name for path in folder.iterdir() if path.is_file()]
    names = [name for name in files if not any(each in name for each in apart)]
    assert len(names) > 2
    for name in names:
        path = folder / name
        assert path.stat().st_mode & 0o077 == 0, name
        if not (kept := path.read_bytes()):
            continue
        times = path.stat()
        path.write_bytes(bytes([kept[0] ^ 1]) + kept[1:])
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert engine.damaged_files(folder) == [name]
        with pytest.raises(DamagedError):
            engine.open(folder, writable=False).close()
        path.write_bytes(kept)
    assert engine.damaged_files(folder) == []
    assert engine.is_sound(folder)


@pytest.mark.parametrize("engine", ENGINES, ids=NAMES)
def test_an_empty_folder_is_an_empty_index(
    engine: Engine, shelf_in: Callable[..., Shelf], tmp_path: Path
) -> None:
    reader = engine.open(tmp_path / "none", writable=False)
    assert reader.count() == 0
    reader.close()
    assert not engine.exists(tmp_path / "none")
    shelf = shelf_in(tmp_path, engine)
    assert (shelf.found("harbour"), shelf.search("").total) == ([], 0)


@pytest.mark.parametrize("engine", ENGINES, ids=NAMES)
def test_a_form_stands_where_its_term_does(
    engine: Engine, shelf_in: Callable[..., Shelf], tmp_path: Path, article: Make
) -> None:
    shelf = shelf_in(tmp_path, engine)
    shelf.put(article("a", "the grains of the US corridor"))
    with shelf.searcher._looking() as opened:
        for first, second, found in (
            ("=grains", "of", 1),
            ("grain", "of", 1),
            ("=grain", "of", 0),
            ("=US", "=corridor", 1),
            ("us", "corridor", 1),
            ("=CORRIDOR", "corridor", 0),
            ("=corridor", "of", 0),
        ):
            plan = Terms(None, (frozenset([first]), frozenset([second])), None, first)
            assert len(opened.reader.find(plan, Order(), unlimited())) == found, first


@pytest.mark.parametrize("name", NAMES)
def test_words_of_boilerplate_are_found_within_it_alone(both: Both, name: str) -> None:
    shelf = both.shelves[name]
    leaf = Terms(None, (frozenset(["subscrib"]),), None, "subscribe")
    with shelf.searcher._looking() as opened:
        within = Within(HIDDEN, leaf)
        wanted = sum("subscribe" in each.text for each in shelf.catalogue.kept.values())
        assert opened.reader.count(within, unlimited()) == wanted > 0
        assert opened.reader.count(leaf, unlimited()) == 0
        assert opened.reader.count(AllOf((AnyOf((within, leaf)), Without(within))), unlimited()) == 0


def test_keys_are_the_ids_of_a_catalogue_or_hashes() -> None:
    assert keys_of(["00000000000000ff", "ffffffffffffffff"]) == array("Q", [255, 2**64 - 1])
    assert keys_of([]) == array("Q")
    for odd in ("00000000000000FF", "a", "+0000000000000ff"):
        assert keys_of([odd])[0] not in (255, 10)
