"""Dates in the text seen from the article's date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from seedread_index.ner.date_mentions import looks_ahead, resolve

from .conftest import Shelf

FRIDAY = dt.date(2020, 2, 28)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2020-02-28", "2020-02-28", "2020-02-28"),
        ("March 5, 2019", "2019-03-05", "2019-03-05"),
        ("5th of March 2019", "2019-03-05", "2019-03-05"),
        ("Tuesday, March 5, 2019", "2019-03-05", "2019-03-05"),
        ("September 2018", "2018-09-01", "2018-09-30"),
        ("2015", "2015-01-01", "2015-12-31"),
        ("1990s", "1990-01-01", "1999-12-31"),
        ("2011-2013", "2011-01-01", "2013-12-31"),
        ("Friday", "2020-02-28", "2020-02-28"),
        ("late Thursday", "2020-02-27", "2020-02-27"),
        ("Wednesday night", "2020-02-26", "2020-02-26"),
        ("last Friday", "2020-02-21", "2020-02-21"),
        ("next Friday", "2020-03-06", "2020-03-06"),
        ("Saturday", "2020-02-22", "2020-02-22"),
        ("March 5", "2020-03-05", "2020-03-05"),
        ("Dec. 30", "2019-12-30", "2019-12-30"),
        ("February 29", "2020-02-29", "2020-02-29"),
        ("January", "2020-01-01", "2020-01-31"),
        ("December", "2019-12-01", "2019-12-31"),
        ("March of last year", "2019-03-01", "2019-03-31"),
        ("last week", "2020-02-17", "2020-02-23"),
        ("last month", "2020-01-01", "2020-01-31"),
        ("next year", "2021-01-01", "2021-12-31"),
        ("yesterday", "2020-02-27", "2020-02-27"),
        ("the day before yesterday", "2020-02-26", "2020-02-26"),
        ("the day after tomorrow", "2020-03-01", "2020-03-01"),
        ("Tuesday night", "2020-02-25", "2020-02-25"),
        ("this past Friday", "2020-02-21", "2020-02-21"),
        ("this Sunday", "2020-03-01", "2020-03-01"),
        ("next Tuesday", "2020-03-03", "2020-03-03"),
        ("last Saturday", "2020-02-22", "2020-02-22"),
        ("in 2018", "2018-01-01", "2018-12-31"),
        ("early March", "2020-03-01", "2020-03-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("Sunday, March 1", "2020-03-01", "2020-03-01"),
        ("by March 5", "2020-03-05", "2020-03-05"),
        ("three days ago", "2020-02-25", "2020-02-25"),
    ],
)
def test_dates_are_resolved(words: str, first: str, last: str) -> None:
    assert resolve(words, FRIDAY) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "words",
    [
        "March 5 or 6",
        "recent days",
        "monthly",
        "a decade",
        "three weeks ago",
        "February 30",
        "03/04/2020",
        "1500000",
        "the day",
        "next Saturday",
        "last Monday",
        "this Monday",
        "by Monday",
        "until Friday",
        "a week ago",
        "the past year",
        "the coming week",
        "August 30",
        "August",
        "Monday, March 1",
        "Tuesday, March 6, 2019",
        "2010-11",
        "the 1900s",
        "around 2015",
        "2300",
        "",
    ],
)
def test_what_is_not_certain_is_left_open(words: str) -> None:
    assert resolve(words, FRIDAY) is None


@pytest.mark.parametrize(
    ("words", "published"),
    [("last week", "2020-03-01"), ("next Monday", "2020-03-01"), ("next Friday", "2020-02-24")],
)
def test_weeks_that_some_begin_on_sunday_are_left_open(words: str, published: str) -> None:
    assert resolve(words, dt.date.fromisoformat(published)) is None


@pytest.mark.parametrize("words", ["Friday", "March 5", "last week", "January"])
def test_without_the_articles_date_nothing_relative_is_resolved(words: str) -> None:
    assert resolve(words, None) is None


@pytest.mark.parametrize(
    ("told", "ahead"),
    [
        ("It rained. They will meet on Friday", True),
        ("The vote is due late on Friday", True),
        ("They will see. He left on Friday", False),
        ("He spoke on Friday and will go", False),
    ],
)
def test_a_weekday_of_what_is_to_come_is_left_open(told: str, ahead: bool) -> None:
    start = told.index("Friday")
    assert looks_ahead(told, start) is ahead
    assert (resolve("Friday", FRIDAY, ahead=looks_ahead(told, start)) is None) is ahead


def test_a_card_leaves_out_the_weekday_of_what_is_to_come(shelf: Shelf) -> None:
    shelf.put("a", "Anna Keller will come to Rome on Friday.", date="2020-02-26")
    shelf.link()
    (rome,) = shelf.store.resolve("Rome")
    assert shelf.card(rome).mentioned_last is None


def test_the_dates_of_the_seeds_are_those_of_the_gold(seeds: Path, seeds_gold: dict[str, Any]) -> None:
    for name, document in seeds_gold["docs"].items():
        published = FRIDAY if name.startswith("000") else None
        for mention in document["mentions"]:
            if mention["type"] != "DATE" or mention["entity"] is None:
                continue
            found = resolve(mention["text"], published)
            assert found is not None, mention["text"]
            told = mention["entity"]
            assert str(found.first).startswith(told), mention["text"]
            assert str(found.last).startswith(told), mention["text"]


def test_a_card_knows_the_first_and_last_date_told_beside_a_name(shelf: Shelf) -> None:
    text = "Anna Keller came to Rome in September 2018.\n\nTony Rossini left Rome on Friday."
    shelf.put("a", text, date="2020-02-28")
    shelf.link()
    (rome,) = shelf.store.resolve("Rome")
    (keller,) = shelf.store.resolve("Anna Keller")
    card = shelf.card(rome)
    assert (str(card.mentioned_first), str(card.mentioned_last)) == ("2018-09-01", "2020-02-28")
    assert shelf.card(keller).mentioned_last == dt.date(2018, 9, 30)
