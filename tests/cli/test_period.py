"""--since and --until: dates as people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from seedread.cli.parser import UsageError
from seedread.cli.period import period, within

TODAY = dt.date(2024, 3, 31)  # a Sunday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-2-8", "2020-02-08", "2020-02-08"),
        ("today", "2024-03-31", "2024-03-31"),
        ("Yesterday", "2024-03-30", "2024-03-30"),
        ("this week", "2024-03-25", "2024-03-31"),
        ("last  week", "2024-03-18", "2024-03-24"),
        ("this month", "2024-03-01", "2024-03-31"),
        ("last month", "2024-02-01", "2024-02-29"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("3 days ago", "2024-03-28", "2024-03-28"),
        ("1 month ago", "2024-02-29", "2024-02-29"),
        ("13 months ago", "2023-02-28", "2023-02-28"),
        ("2 years ago", "2022-03-31", "2022-03-31"),
    ],
)
def test_since_is_the_first_day_and_until_the_last(text: str, first: str, last: str) -> None:
    assert period(text, None, TODAY) == (dt.date.fromisoformat(first), None)
    assert period(None, text, TODAY) == (None, dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["soon", "2020-13", "2020-02-30", "0000", "99999 years ago", "20200228", "'"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        period(text, None, TODAY)


def test_a_period_holds_its_ends_and_no_undated_article() -> None:
    first, last = period("2020-02", "2020-02", TODAY)
    assert within(dt.date(2020, 2, 1), first, last)
    assert within(dt.date(2020, 2, 29), first, last)
    assert not within(dt.date(2020, 3, 1), first, last)
    assert not within(None, first, None)
    assert not within(None, None, last)
    assert within(None, None, None)
