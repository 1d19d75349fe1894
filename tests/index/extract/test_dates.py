"""Dates are taken only where they are real and plain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from seedread_index.extract.segmentation.header.date_lines import date_line, find_date, metadata_date
from seedread_index.model.article import Article, PassageKind

One = Callable[..., Article]
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
        "二〇二〇年二月二十八日",
        "二零二零年二月廿八日 星期五",
        "发布日期：二〇二〇年二月二十八日",
        "令和二年二月二十八日",
        "民國一〇九年二月二十八日",
        "2020. 2. 28.",
        "28.II.2020",
        "February the 28th, 2020",
        "Friday, February 28, 2020 | Page A3",
        "Paris, le 28 février 2020",
        "نُشر في 28 فبراير 2020",
        "28-Feb-2020",
        "Feb 28th, 2020",
        "28.02.20",
        "Posted: 02/28/20 10:15 AM ET",
        "Port Amber, 28 February 2020",
        "Staff desk | 28 Feb 2020",
        "Publié le 28 février 2020 à 14h05 - Mis à jour le 1 mars 2020 à 08h12",
        "Giriş: 28 Şubat 2020 14:05",
        "Le 28 février 2020 à 14 h 05",
        "28 FEVRIER 2020",
        "28 ŞUBAT 2020 CUMARTESİ",
        "28 ΦΕΒΡΟΥΑΡΙΟΥ 2020",
        "28 شباط/فبراير 2020",
        "28 شباط (فبراير) 2020",
        "28 лютого 2020 р.",
        "Ana Lis, 28 lutego 2020 r.",
        "Roma, 28 feb. 2020 (ANSA)",
        "28 feb.2020",
        "Lis, 28-Feb-20",
        "Fri 28 Feb '20",
        "20200228",
        "2020年2月28日 星期五",
        "时间：2020-02-28 14:05 作者：王明 来源：港口日报",
        "更新时间：2020-03-01 发布时间：2020-02-28",
        "Created: 28 February 2020; Modified: 2 March 2020; Archived: 3 March 2020",
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
        "Order 20201328",
        "Wohnung 28, Feb '20 or later",
    ],
)
def test_prose_and_other_numbers_are_no_date_line(line: str) -> None:
    assert date_line(line)[0] is False


@pytest.mark.parametrize("written", ["2020-02-30", "0000-00-00", "31 April 2020", "2020-13-01"])
def test_an_impossible_date_is_no_date(written: str) -> None:
    assert find_date(written)[0] is None


@pytest.mark.parametrize(
    "line",
    [
        "Retrieved 28 February 2020",
        "Downloaded on 28 February 2020",
        "Abgerufen am 28.02.2020",
        "Vence: 28 de febrero de 2020",
        "Born: 28 February 1960",
        "Anzeige, gültig bis 28.02.2020",
    ],
)
def test_the_day_of_fetching_a_life_or_a_deadline_dates_no_article(line: str) -> None:
    assert date_line(line)[1] is None


def test_an_update_dates_nothing_beside_a_day_of_publishing_that_is_not_clear() -> None:
    assert find_date("Publié le 03/05/2021, mis à jour le 15/05/2021")[0] is None
    assert find_date("Publié le 13/05/2021, mis à jour le 15/05/2021")[0] == dt.date(2021, 5, 13)


def test_an_update_on_a_line_of_its_own_yields_to_publishing_below(article: One, news: str) -> None:
    for lines in (
        "Updated: 6 March 2021\n\nPublished: 5 March 2021",
        "Updated\n\n6 March 2021\n\nPublished\n\n5 March 2021",
    ):
        assert article(f"Ferry sails again\n\n{lines}\n\n{news}").date == dt.date(2021, 3, 5)
    alone = article(f"Ferry sails again\n\nUpdated: 6 March 2021\n\n{news}")
    assert alone.date == dt.date(2021, 3, 6)


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


def test_of_two_date_lines_the_first_counts_where_no_headline_stands_between_them(article: One) -> None:
    story = "The ferry to Lowick was late again on Monday, said those who waited for two hours on the pier."
    more = "The harbour master said that a second boat would come in May, when the summer begins there."
    found = article(f"5 March 2021\n\n8 March 2021\n\n{story}\n\n{more}\n")
    assert (found.date, found.title_inferred) == (dt.date(2021, 3, 5), True)
    titled = article(f"5 March 2021\n\nFerry late again\n\n8 March 2021\n\n{story}\n\n{more}\n")
    assert (titled.date, titled.title) == (dt.date(2021, 3, 8), "Ferry late again")


@pytest.mark.parametrize(
    "line", ["Vol. 12, No. 3 March 2025", "Page 3 March 2025", "二〇二〇年", "一年二月三日"]
)
def test_the_number_of_an_issue_is_no_day(line: str) -> None:
    assert find_date(line)[0] is None


@pytest.mark.parametrize(
    ("numerals", "month", "day"),
    [("十二月三十一", 12, 31), ("十月十", 10, 10), ("一月二十", 1, 20), ("十一月卅", 11, 30)],
)
def test_chinese_numerals_count_in_tens(numerals: str, month: int, day: int) -> None:
    assert find_date(f"二〇一九年{numerals}日")[0] == dt.date(2019, month, day)


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("Publié le :", "28 février 2020"),
        ("Publicado el", "28 de febrero de 2020"),
        ("Publicado em", "28 de fevereiro de 2020"),
        ("Fecha de publicación", "28 de febrero de 2020"),
        ("Mis à jour le", "28 février 2020"),
        ("نُشر في", "28 فبراير 2020"),
    ],
)
def test_a_label_above_its_date_is_no_text_and_no_name(article: One, news: str, label: str, day: str) -> None:
    found = article(f"Harbour council agrees on night ferries\n\n{label}\n\n{day}\n\n{news}")
    assert found.date == DAY and found.author is None
    assert label not in [
        found.text[p.start : p.end] for p in found.of_kind(PassageKind.BODY, PassageKind.BYLINE)
    ]


def test_an_item_of_a_list_names_the_author(article: One, news: str) -> None:
    found = article(
        f"Harbour council agrees on ferries\n\n* Published: 28 February 2020\n* Author: Ana Reyes\n\n{news}"
    )
    assert (found.date, found.author) == (DAY, "Ana Reyes")
