"""Which articles meet a plan: what is looked up among some of them is what a look at all of them finds."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from seedread_index.engines.whoosh.scoring.evaluator import Evaluator
from seedread_index.engines.whoosh.scoring.index_reader import IndexReader
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
def view(shelf: Shelf, article: Make) -> IndexReader:
    """A view of 60 articles, some of which are deleted."""
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
        return found


@pytest.mark.parametrize("query", QUERIES)
def test_looking_among_some_articles_finds_what_looking_at_all_does(
    shelf: Shelf, view: IndexReader, query: str
) -> None:
    evaluator = Evaluator(view, lambda _: set(), unlimited())
    plan = Planner(view.snapshot, shelf.fulltext.vocabulary, shelf.mentions, unlimited()).plan(parse(query))
    every = evaluator.scores(plan)
    assert every
    some = set(range(0, len(view.ids), 2))
    assert evaluator.scores(plan, among=some) == {
        rank: score for rank, score in every.items() if rank in some
    }
