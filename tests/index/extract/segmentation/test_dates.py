"""Lines that say when, in the languages and calendars of the archive."""

from __future__ import annotations

import datetime as dt

import pytest

from seedread_index.extract.segmentation.header.date_lines import date_line, find_date
from seedread_index.extract.segmentation.header.written_dates import lunar_date, solar_date

DAY = dt.date(2022, 4, 9)


@pytest.mark.parametrize(
    "line",
    [
        "Saturday, April 9, 2022",
        "Posted on April 9, 2022 by webmaster",
        "April 9, 2022 by Jane Moss",
        "April 9, 2022 / Jane Moss / 7 Comments",
        "By Jane Moss | April 9, 2022 | Tides | 12 comments",
        "Published on 9 April 2022 in Tides",
        "Sat, Apr. 9, 2022 at 4:10 p.m.",
        "Apr. 9, 2022 4:10 PM",
        "Updated: 11 April 2022, Published: 9 April 2022",
        "Modified: 11 Apr 2022; Published: 9 Apr 2022",
        "Jane Moss (@JaneMoss7) Published April 9, 2022 | 04:50 PM",
        "AFP 9 avril 2022 à 07:19 (Mis à jour : 11 avril 2022 à 07:38)",
        "16:10, April 9, 2022",
        "April 9, 2022 · 4 min read",
        "9. April 2022, 14:20 Uhr Lesezeit: 3 Min.",
        "9 Aprile 2022 Aggiornato alle 16:01 1 minuti di lettura",
        "9 апреля 2022, время чтения 2 минуты",
        "2022年4月9日 16時10分",
        "令和4年4月9日",
        "9 نيسان 2022",
        "9 أفريل 2022",
        "٩ أبريل ٢٠٢٢",
        "۲۰ فروردین ۱۴۰۱",
        "9 Απριλίου 2022",
        "9 באפריל 2022",
        "9. huhtikuuta 2022",
        "9 เมษายน 2565",
        "2022. április 9.",
        "9 kwietnia 2022",
        "9. dubna 2022",
        "9 aprilie 2022",
        "ngày 9 tháng 4 năm 2022",
    ],
)
def test_the_line_dates_the_article(line: str) -> None:
    assert date_line(line) == (True, DAY)


@pytest.mark.parametrize(
    "line",
    [
        "On April 9, 2022 Jane Moss met the harbour master",
        "Currency rates: dollar, euro and pound on 9 April 2022 at the old exchange",
        "How the ferry was lost (updated April 9, 2022)",
        "04/09/22    03/09/22  04/09/21",
    ],
)
def test_a_line_that_says_more_is_none(line: str) -> None:
    assert not date_line(line)[0]


def test_day_and_month_are_never_guessed() -> None:
    assert date_line("09/04/2022") == (True, None)
    assert date_line("19/04/2022") == (True, dt.date(2022, 4, 19))


def test_an_update_counts_alone() -> None:
    assert find_date("Last updated: 9 April 2022")[0] == DAY


def test_calendars() -> None:
    assert solar_date(1400, 1, 1) == dt.date(2021, 3, 21)
    assert solar_date(1399, 12, 30) == dt.date(2021, 3, 20)
    assert lunar_date(1445, 1, 1) == dt.date(2023, 7, 19)
