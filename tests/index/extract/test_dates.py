"""Dates are taken only where they are real and plain."""

from __future__ import annotations

import datetime as dt

import pytest

from seedread_index.extract.segmentation.header.date_lines import date_line, find_date, metadata_date

DAY = dt.date(2020, 2, 28)


@pytest.mark.parametrize(
    "line",
    [
        "2020-02-28",
        "2020-02-28T23:30:00-08:00",
        "Updated: 2020-02-28T04:44:00Z",
        "2020/02/28",
        "28 Feb 2020",
        "28 February 2020 - 10:15 GMT",
        "Friday, 28 February 2020 - 10:15 GMT",
        "February 28, 2020",
        "Posted: Feb 28, 2020 at 6:01 pm",
        "Published Fri, Feb 28 20206:01 PM EST",
        "Last updated: 28.02.2020 10:15",
        "Published 28/02/2020",
        "28 февраля 2020 года",
        "28 février 2020",
        "28 de febrero de 2020",
        "٢٨ فبراير ٢٠٢٠",
        "2020年2月28日",
        "28-Feb-2020",
        "Feb 28th, 2020",
        "28.02.20",
        "Posted: 02/28/20 10:15 AM ET",
        "Port Amber, 28 February 2020",
        "Staff desk | 28 Feb 2020",
        "Publié le 28 février 2020 à 14h05 - Mis à jour le 1 mars 2020 à 08h12",
        "Giriş: 28 Şubat 2020 14:05",
    ],
)
def test_a_line_that_only_says_when_is_a_date_line(line: str) -> None:
    assert date_line(line) == (True, DAY)


@pytest.mark.parametrize(
    "line",
    [
        "The date 2020-02-28 was chosen by the council after a long debate about the ferries.",
        "Talks began on 28 February 2020.",
        "Five ferries in 1999",
        "Budget 2020/21",
        "",
        "Call 555 2020 0228",
        "Attack of 11 September 2001 remembered",
        "Firmware 10.11.12.13",
    ],
)
def test_prose_and_other_numbers_are_no_date_line(line: str) -> None:
    assert date_line(line)[0] is False


@pytest.mark.parametrize("written", ["2020-02-30", "0000-00-00", "31 April 2020", "2020-13-01"])
def test_an_impossible_date_is_no_date(written: str) -> None:
    assert find_date(written)[0] is None


@pytest.mark.parametrize("line", ["3 hours ago", "Updated 5 min ago", "Yesterday"])
def test_a_line_that_counts_back_is_a_date_line_without_a_date(line: str) -> None:
    assert date_line(line) == (True, None)


def test_years_of_two_digits_are_near() -> None:
    assert find_date("17.11.19")[0] == dt.date(2019, 11, 17)
    assert find_date("17.11.87")[0] == dt.date(1987, 11, 17)


def test_a_day_and_month_that_could_change_places_are_not_guessed() -> None:
    assert date_line("Published 03/04/2021") == (True, None)
    assert find_date("04/04/2021")[0] == dt.date(2021, 4, 4)


@pytest.mark.parametrize(
    "value",
    [
        "2020-02-28",
        "Fri, 28 Feb 2020 09:30:00 +0200",
        "20200228093000+02'00'",
        1582882200,
        1582882200000,
        DAY,
        dt.datetime(2020, 2, 28, 9),
    ],
)
def test_metadata_give_dates_in_many_shapes(value: object) -> None:
    assert metadata_date(value) == DAY


@pytest.mark.parametrize("value", [None, "", "soon", 7, True, [], 1e300, "2020-02-30"])
def test_metadata_without_a_date_give_none(value: object) -> None:
    assert metadata_date(value) is None
