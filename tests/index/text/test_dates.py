"""One table of months and one rule for dates of numbers, for articles, mentions and queries."""

from __future__ import annotations

import datetime as dt

import pytest

from seedread_index.search.query.periods import parse_period
from seedread_index.text.dates import (
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    MONTHS,
    Period,
    full_year,
    month_and_day,
    real_date,
)


@pytest.mark.parametrize(
    ("first", "separator", "second", "expected"),
    [
        (3, ".", 4, (4, 3)),
        (3, "/", 4, None),
        (3, "-", 4, None),
        (13, "/", 4, (4, 13)),
        (4, "/", 13, (4, 13)),
        (5, "/", 5, (5, 5)),
    ],
)
def test_numbers_are_a_date_where_they_can_be_read_in_one_way(
    first: int, separator: str, second: int, expected: tuple[int, int] | None
) -> None:
    assert month_and_day(first, separator, second) == expected


def test_a_query_reads_numbers_as_articles_do() -> None:
    today = dt.date(2020, 3, 4)
    assert parse_period("3.4.2019", today) == (dt.date(2019, 4, 3), dt.date(2019, 4, 3))
    with pytest.raises(ValueError, match="not a date"):
        parse_period("3/4/2019", today)


def test_months_are_known_in_many_languages_and_short() -> None:
    assert {ENGLISH_MONTHS[name] for name in ("september", "sep", "sept")} == {9}
    assert {MONTHS[name].number for name in ("march", "mars", "märz", "marzo", "марта", "mar")} == {3}
    assert all(MONTHS[name] == ("gregorian", number) for name, number in ENGLISH_MONTHS.items())
    assert MONTHS["فروردین"] == ("solar", 1)
    assert "mars" not in ENGLISH_MONTHS
    assert (ENGLISH_WEEKDAYS["monday"], ENGLISH_WEEKDAYS["thurs"], ENGLISH_WEEKDAYS["sun"]) == (0, 3, 6)


def test_years_of_two_digits_are_those_from_1970_on() -> None:
    assert [full_year(year) for year in (69, 70, 99, 0, 1969)] == [2069, 1970, 1999, 2000, 1969]


def test_no_date_is_given_for_days_that_are_none() -> None:
    assert real_date(2020, 2, 29) == dt.date(2020, 2, 29)
    assert real_date(2019, 2, 29) is None
    assert real_date(1066, 1, 1) is None


def test_periods_hold_their_last_day() -> None:
    assert Period.of_month(2020, 2) == (dt.date(2020, 2, 1), dt.date(2020, 2, 29))
    assert Period.of_years(2019, 2020) == (dt.date(2019, 1, 1), dt.date(2020, 12, 31))
    assert Period.of_week(dt.date(2020, 3, 1)) == (dt.date(2020, 2, 24), dt.date(2020, 3, 1))
