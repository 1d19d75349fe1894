"""Which articles meet a plan: what is looked up among some of them is what a look at all of them finds."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from seedread_index.engines.whoosh.scoring.evaluator import Evaluator, WhooshReader
from seedread_index.model.article import Article
from seedread_index.model.deadline import unlimited
from seedread_index.search.query.parser import parse
from seedread_index.search.query.planner import Planner

from .conftest import Shelf

Make = Callable[..., Article]
WORDS = ["harbour", "grain", "border", "strike", "vote"]
QUERIES = [
    "grain",
    "grain strike vote",
    '"grain strike"',
    '"vote grain strike"',
    '"grain vote"~3',
    "grain -strike",
    "NOT grain",
    "grain OR (strike border)",
    "gr* vote",
    "title:grain",
    "body:grain",
    "since:2020-06-01",
    "grain since:2020-06-01",
    "",
]


@pytest.fixture
def reader(shelf: Shelf, article: Make) -> WhooshReader:
    """A reader of 60 articles, some of which are deleted."""
    chance = random.Random(5)

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count))

    shelf.put(
        *(
            article(f"{at:02}", words(16), title=words(2), date=f"2020-{1 + at % 12:02}-01")
            for at in range(60)
        )
    )
    shelf.drop(*(f"{at:02}" for at in range(0, 60, 9)))
    with shelf.searcher._looking() as found:
        assert isinstance(found.reader, WhooshReader)
        return found.reader


@pytest.mark.parametrize("query", QUERIES)
def test_looking_among_some_articles_finds_what_looking_at_all_does(
    shelf: Shelf, reader: WhooshReader, query: str
) -> None:
    evaluator = Evaluator(reader.view, unlimited())
    plan = Planner(reader, shelf.mentions, unlimited()).plan(parse(query))
    every = evaluator.scores(plan)
    assert every
    some = set(range(0, len(reader.view.values), 2))
    assert evaluator.scores(plan, among=some) == {
        rank: score for rank, score in every.items() if rank in some
    }
