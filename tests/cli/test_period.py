"""--since and --until: dates as people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from seedread.cli.parser import UsageError
from seedread.cli.selection import period, within


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-02-08", "2020-02-08", "2020-02-08"),
    ],
)
def test_since_is_the_first_day_and_until_the_last(text: str, first: str, last: str) -> None:
    assert period(text, None) == (dt.date.fromisoformat(first), None)
    assert period(None, text) == (None, dt.date.fromisoformat(last))


def test_dates_may_be_told_from_today() -> None:
    first, last = period("last year", "today")
    assert first is not None
    assert last is not None
    assert (first.month, first.day) == (1, 1)
    assert dt.timedelta(0) < last - first < dt.timedelta(days=732)


@pytest.mark.parametrize(
    "text", ["", "soon", "2020-13", "2020-02-30", "0000", "99999 years ago", ">2020", "'"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        period(text, None)


def test_a_period_holds_its_ends_and_no_undated_article() -> None:
    allowed = period("2020-02", "2020-02")
    assert within(dt.date(2020, 2, 1), allowed)
    assert within(dt.date(2020, 2, 29), allowed)
    assert not within(dt.date(2020, 3, 1), allowed)
    assert not within(None, period("2020", None))
    assert not within(None, period(None, "2020"))
    assert within(None, period(None, None))
