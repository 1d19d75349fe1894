"""The Searcher: queries in, articles, places and explanations out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.model.article import Article
from seedread_index.model.errors import QueryError

from .conftest import Shelf

Make = Callable[..., Article]


@pytest.fixture
def seeded(shelf: Shelf, article: Make, seeds: Path) -> Shelf:
    """The two bundled articles."""
    for path in sorted(seeds.glob("*.txt")):
        made = article(path.name[:3], path.read_text(encoding="utf-8"), path=path.name)
        if path.name.startswith("000"):
            made = dataclasses.replace(made, date=dt.date(2020, 2, 28))
        shelf.put(made)
    return shelf


def test_a_word_is_found_in_both_seeds_with_the_word_in_the_snippet(seeded: Shelf) -> None:
    results = seeded.search("Kremlin")
    hits = seeded.searcher.hits(results)
    assert sorted(hit.id for hit in hits) == ["000", "003"]
    for hit in hits:
        (snippet,) = hit.snippets
        assert "Kremlin" in [snippet.text[start:end] for start, end in snippet.marks]
        assert hit.hits == len(hit.spans) > 0


def test_a_month_finds_what_is_dated_in_it_only(seeded: Shelf) -> None:
    assert seeded.found("date:2020-02") == ["000"]


def test_a_word_that_is_nowhere_finds_nothing(seeded: Shelf) -> None:
    assert seeded.found("zzzqq") == []


def test_an_open_quote_is_an_error_with_its_position_when_run(seeded: Shelf) -> None:
    with pytest.raises(QueryError) as caught:
        seeded.search('moscow "a')
    assert caught.value.position == 7
    assert caught.value.hint


def test_an_open_quote_counts_as_closed_while_typing(seeded: Shelf) -> None:
    assert seeded.found('"state med', typing=True) == ["003"]


def test_an_empty_query_lists_everything_newest_first(seeded: Shelf) -> None:
    assert list(seeded.search("").ids()) == ["000", "003"]
