"""Facets are exact: what a look at every article that meets the query gives."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from seedread_index.archive import Archive
from seedread_index.model.article import NAMED_TYPES, Article, PassageKind, authors_of
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.results import SearchRequest

PEOPLE = ["Angela Merkel", "Vladimir Putin", "Emmanuel Macron", "Joe Biden"]
PLACES = ["Berlin", "Moscow", "Paris", "Geneva", "Cairo"]
WORDS = ["harbour", "grain", "border", "strike", "talks"]


def story(chance: random.Random) -> str:
    """A story in which some are named, some of them twice."""
    named = [
        f"President {name} was in {place}." for name in PEOPLE for place in PLACES if chance.random() < 0.15
    ]
    words = " ".join(chance.choices(WORDS, k=12))
    return "\n\n".join([f"Report on {words} and more.", *named, f"They spoke of {words}."])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Forty synced articles of several sources and years, two of them near-duplicates."""
    root = tmp_path_factory.mktemp("facets")
    chance = random.Random(4)
    rows = ["file,date,source,author"]
    (root / "news").mkdir()
    for number in range(40):
        path = root / "news" / f"{number:02}.txt"
        path.write_text(story(chance) if number != 39 else f"{(path.parent / '00.txt').read_text()} Again.")
        source, authors = (
            chance.choice(["The Daily", "The Post", ""]),
            chance.choice(["Ann Roe", "Ann Roe, Bo Li", ""]),
        )
        rows.append(f'{path.name},{2018 + number % 4}-03-0{1 + number % 9},{source},"{authors}"')
    (root / "table.csv").write_text("\n".join(rows) + "\n")
    settings = EngineSettings(ner_model="rules", metadata="../table.csv")
    opened = Archive.open(root / "news", settings, cache_root=root / "cache", data_root=root / "data")
    opened.sync()
    yield opened
    opened.close()


def brute_force(archive: Archive, articles: list[Article]) -> dict[str, Counter[str]]:
    """What each article has, counted one by one."""
    counts: dict[str, Counter[str]] = {
        name: Counter()
        for name in (*(each.value for each in NAMED_TYPES), "source", "author", "year", "lang")
    }
    for article in articles:
        away = (*article.of_kind(PassageKind.BOILERPLATE), *article.of_kind(PassageKind.CREDIT))
        named = {
            (mention.type.value, mention.entity)
            for mention in article.mentions
            if mention.entity and not any(each.start <= mention.start < each.end for each in away)
        }
        for kind, entity in named:
            if kind in counts:
                counts[kind][entity or ""] += 1
        counts["source"].update([article.source] if article.source else [])
        counts["author"].update(authors_of(article.author))
        counts["year"].update([str(article.date.year)] if article.date else [])
        counts["lang"][article.lang] += 1
    return counts


QUERIES = ["", "grain", "grain strike", "person:Merkel", "talks -grain", "date:2019", "zzz"]


@pytest.mark.parametrize("query", QUERIES)
def test_facets_are_what_a_look_at_every_article_gives(archive: Archive, query: str) -> None:
    results = archive.search(SearchRequest(query, group=False))
    facets = archive.facets(results, 1000)
    wanted = brute_force(archive, archive.articles(results.ids()))
    assert facets.total == results.total
    assert not facets.partial
    found = dict(
        zip(
            wanted,
            (
                *(facets.people, facets.places, facets.orgs, facets.groups),
                *(facets.sources, facets.authors, facets.years, facets.languages),
            ),
            strict=True,
        )
    )
    for name, counts in wanted.items():
        assert {each.id or each.label: each.articles for each in found[name]} == dict(counts), name
    assert not query or query == "zzz" or facets.people


def test_the_most_frequent_values_come_first_and_years_newest_first(archive: Archive) -> None:
    results = archive.search("")
    every, few = archive.facets(results, 1000), archive.facets(results, 2)
    assert few.people == every.people[:2]
    assert [each.articles for each in every.people] == sorted(
        (e.articles for e in every.people), reverse=True
    )
    assert [each.label for each in every.years] == ["2021", "2020", "2019", "2018"]
    assert [each.label for each in few.years] == ["2021", "2020"]


@pytest.mark.parametrize("query", QUERIES)
def test_few_values_are_the_first_of_all(archive: Archive, query: str) -> None:
    results = archive.search(query)
    every, few = archive.facets(results, 1000), archive.facets(results, 3)
    assert (few.people, few.places, few.orgs) == (every.people[:3], every.places[:3], every.orgs[:3])
    assert (few.sources, few.authors, few.years) == (every.sources[:3], every.authors[:3], every.years[:3])


def test_a_facet_narrows_to_the_articles_that_it_counts(archive: Archive) -> None:
    facets = archive.facets(archive.search("grain"))
    for facet in (*facets.people, *facets.places, *facets.sources, *facets.authors, *facets.years):
        narrowed = archive.search(SearchRequest(f"grain {facet.query}", group=False))
        assert narrowed.total == facet.articles, facet
