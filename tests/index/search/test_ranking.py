"""What ranks an article: its length, words that stand together, and who stands for a group of copies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from seedread_index.engines import ranking
from seedread_index.engines.whoosh.scoring import bm25, exactness
from seedread_index.model.article import Article

from .conftest import Shelf

Make = Callable[..., Article]
FILLER = "The council met again and spoke of roads, schools and the price of bread in the old town."
TITLE = "News of the day"
"""Without one the opening words would count for more."""


def test_a_word_counts_for_more_in_a_short_article(shelf: Shelf, article: Make) -> None:
    shelf.put(
        article("long", f"{FILLER} {FILLER} {FILLER} A ferry sank.", title=TITLE, date="2021-01-02"),
        article("short", "Since the morning a small ferry is missing.", title=TITLE, date="2021-01-01"),
        article("other", FILLER, date="2021-01-03"),
    )
    assert list(shelf.search("ferry").ids()) == ["short", "long"]


def test_words_that_stand_together_count_for_more_than_the_same_words_apart(
    shelf: Shelf, article: Make
) -> None:
    shelf.put(
        article("apart", f"The harbour waits. {FILLER} Then came a strike.", title=TITLE, date="2021-01-02"),
        article(
            "together", f"The harbour strike waits. {FILLER} Then came a.", title=TITLE, date="2021-01-01"
        ),
        article("other", FILLER, date="2021-01-03"),
    )
    assert list(shelf.search("harbour strike", match="any").ids()) == ["together", "apart"]


def test_of_copies_that_fit_a_query_alike_the_leader_is_shown(shelf: Shelf, article: Make) -> None:
    text = f"A ferry sank. {FILLER}"
    shelf.put(
        article("newest", text, date="2021-01-03"),
        article("leader", text, date="2021-01-02"),
        article("oldest", text, date="2021-01-01"),
    )
    shelf.catalogue.representatives.update(newest="leader", oldest="leader")
    shelf.catalogue.commits += 1
    assert list(shelf.search("ferry").ids()) == ["leader"]


def test_engines_with_a_bm25_of_their_own_have_the_weights_of_whoosh() -> None:
    form = exactness.WEIGHTS.form
    assert bm25.WEIGHTS.title == ranking.TITLE_WEIGHT
    assert pytest.approx(form / (1 - form), abs=0.005) == ranking.FORM_WEIGHT
