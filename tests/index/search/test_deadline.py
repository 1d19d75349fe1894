"""A search that runs out of time answers with rows that are right, and says that there may be more."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from seedread_index.model.article import Article
from seedread_index.model.deadline import Deadline, Expired, unlimited
from seedread_index.model.errors import QueryError
from seedread_index.model.results import SearchRequest
from seedread_index.search import searcher as searcher_module
from seedread_index.search.highlight.highlighter import spans_of
from seedread_index.search.searcher import Searcher
from seedread_index.text.proximity import near_windows

from .conftest import Shelf

Make = Callable[..., Article]
WORDS = ["harbour", "grain", "border", "strike", "vote", "voter", "grains", "strict"]
QUERIES = [
    "grain OR strike OR vote",
    "grain strike",
    "(grain OR vote) -strike",
    "NOT (grain strike)",
    "vote -(grain AND NOT strike)",
    '"grain strike"',
    '-"grain strike"',
    '"grain vote strike"~2',
    '"gr* str* vote"~3 OR border',
    "grain~2 OR vot*",
    "body:grain NOT border~1",
]


class Ticks:
    """A clock that goes on by one whenever somebody looks at it."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def ticking(shelf: Shelf) -> Searcher:
    """The searcher of a shelf with such a clock."""
    shelf.searcher._clock = Ticks()
    return shelf.searcher


@pytest.fixture
def filled(shelf: Shelf, article: Make) -> Shelf:
    """Forty articles of few words."""
    chance = random.Random(3)
    shelf.put(
        *(
            article(f"{at:02}", " ".join(chance.choices(WORDS, k=12)), title=chance.choice(WORDS))
            for at in range(40)
        )
    )
    return shelf


def test_a_deadline_that_has_passed_stays_passed() -> None:
    times = iter([0.0, 0.5, 1.0])
    deadline = Deadline(1.0, lambda: next(times))
    assert not deadline.over()
    assert deadline.over()
    assert deadline.over()
    with pytest.raises(Expired):
        deadline.check()


@pytest.mark.parametrize("query", QUERIES)
def test_whatever_is_found_in_time_is_right(
    filled: Shelf, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = set(filled.found(query, group=False))
    searcher = ticking(filled)
    seen = set()
    for seconds in itertools.count(1):
        monkeypatch.setattr(searcher_module, "SEARCH", seconds)
        try:
            results = searcher.search(SearchRequest(query, group=False))
        except QueryError as error:
            seen.add("refused")
            assert "too long" in error.message
            continue
        assert set(results.ids()) <= every
        if not results.partial:
            assert set(results.ids()) == every
            break
        seen.add("partial")
    assert "refused" in seen


def test_a_cut_search_with_rows_says_that_it_is_partial(
    filled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = ticking(filled)
    totals = []
    for seconds in range(1, 40):
        monkeypatch.setattr(searcher_module, "SEARCH", seconds)
        try:
            results = searcher.search(SearchRequest('"grain vote"~1 OR "strike border"~1', group=False))
        except QueryError:
            continue
        totals.append(results.total)
        assert results.partial
    assert totals == sorted(totals)
    assert totals[0] < totals[-1]


def test_matches_that_are_cut_short_say_so_and_are_not_kept(
    filled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = ticking(filled)
    monkeypatch.setattr(searcher_module, "SEARCH", 100_000)
    results = searcher.search(SearchRequest("grain OR vote OR strike OR border", group=False))
    monkeypatch.setattr(searcher_module, "MATCHES", 2)
    cut = searcher.hits(results, exhaustive=True)
    matches = searcher.matches(results, cut[-1].id)
    monkeypatch.setattr(searcher_module, "MATCHES", 100_000)
    whole = searcher.hits(results, exhaustive=True)
    assert matches.partial
    assert not searcher.matches(results, cut[-1].id).partial
    assert all(hit.partial for hit in cut[1:])
    assert not any(hit.partial for hit in whole)
    assert all(set(short.spans) <= set(full.spans) for short, full in zip(cut, whole, strict=True))
    for hit in whole:
        assert hit.spans == spans_of(results.plan, filled.catalogue.kept[hit.id], deadline=unlimited())  # type: ignore[arg-type]


def test_the_first_rows_get_the_time_that_their_search_left(
    filled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = ticking(filled)
    monkeypatch.setattr(searcher_module, "SEARCH", 100_000)
    results = searcher.search(SearchRequest("grain OR vote OR strike OR border", group=False))
    assert results.cpu_seconds > 0
    monkeypatch.setattr(searcher_module, "MATCHES", 1)
    monkeypatch.setattr(searcher_module, "ANSWER", 100_000)
    assert not any(hit.partial for hit in searcher.hits(results, 0, 20))
    monkeypatch.setattr(searcher_module, "ANSWER", results.cpu_seconds + 3)
    assert not any(hit.partial for hit in searcher.hits(replace(results), 0, 20))  # found before, and kept
    others = searcher.search(SearchRequest("grain OR vote OR strike", group=False))
    monkeypatch.setattr(searcher_module, "ANSWER", others.cpu_seconds + 3)
    assert any(hit.partial for hit in searcher.hits(others, 0, 20))


def test_an_explanation_that_is_cut_short_tells_no_wrong_count(
    filled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = filled.search("grain NOT (grain OR vote)")
    whole = filled.searcher.explain(results)
    searcher = ticking(filled)
    terms = []
    for seconds in range(1, 60):
        monkeypatch.setattr(searcher_module, "EXPLAIN", seconds)
        terms.append(set(searcher.explain(results).terms))
        assert terms[-1] <= set(whole.terms)
    assert terms[0] < terms[-1]


def test_a_query_longer_than_any_is_not_completed(filled: Shelf) -> None:
    assert filled.searcher.complete("gra", 3)
    text = "-".join(["gra"] * 2000)
    assert filled.searcher.complete(text, len(text)) == []


@pytest.mark.parametrize("seed", range(60))
def test_words_are_near_where_any_choice_of_positions_is(seed: int) -> None:
    chance = random.Random(seed)
    places = [sorted(chance.sample(range(20), chance.randint(1, 5))) for _ in range(chance.randint(1, 3))]
    counts = [chance.randint(1, 2) for _ in places]
    slop = chance.randint(0, 4)
    slots = [at_each for at_each, count in zip(places, counts, strict=True) for _ in range(count)]
    choices = {
        tuple(sorted(choice))
        for choice in itertools.product(*slots)
        if len(set(choice)) == len(choice) and max(choice) - min(choice) < len(slots) + slop
    }
    tightest: dict[int, int] = {}
    for choice in choices:
        tightest[choice[-1]] = max(tightest.get(choice[-1], 0), choice[0])
    found = list(near_windows(places, counts, slop, unlimited()))
    assert set(found) <= choices
    assert {window[-1]: window[0] for window in found} == tightest


def test_the_clock_of_the_thread_is_read_no_earlier_than_the_time_may_be_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wall, used, reads = 100.0, 5.0, 0

    def thread_time() -> float:
        nonlocal reads
        reads += 1
        return used

    monkeypatch.setattr(time, "thread_time", thread_time)
    monkeypatch.setattr(time, "monotonic", lambda: wall)
    deadline = Deadline(1.0, time.thread_time)
    wall = 100.9
    assert not deadline.over()
    assert reads == 1  # when it was made
    wall, used = 101.0, 5.25
    assert not deadline.over()
    wall = 101.7
    assert not deadline.over()
    assert reads == 2
    wall, used = 101.75, 6.0
    assert deadline.over()
    assert deadline.passed
