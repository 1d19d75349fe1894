"""Tables as other programs than Excel write them: what stands above and in them, and their days."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.model.article import Article

Read = Callable[..., FileReading]
One = Callable[..., Article]
DAY = dt.date(2021, 3, 5)
STORY = "The tram to Port Amber stopped for an hour on Monday; two cars will be sold in the spring."


def table(days: list[str], header: str = "title,text,date", above: str = "") -> str:
    """A table of a story for each day."""
    rows = "".join(f'Tram stops {n},"{STORY} {n}.",{day}\n' for n, day in enumerate(days))
    return f"{above}{header}\n{rows}"


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (["05/03/2021", "25/03/2021"], dt.date(2021, 3, 5)),
        (["05/03/2021", "03/25/2021"], dt.date(2021, 5, 3)),
        (["05-03-2021", "31-12-2020"], dt.date(2021, 3, 5)),
        (["05/03/2021", "06/04/2021"], None),
        (["05/03/2021", "03/25/2021", "25/03/2021"], None),
    ],
)
def test_other_days_of_a_column_show_whether_the_day_leads(
    read: Read, days: list[str], first: dt.date | None
) -> None:
    assert read(table(days), "news.csv").articles[0].date == first
    records = [{"title": f"Tram {n}", "text": f"{STORY} {n}", "published": day} for n, day in enumerate(days)]
    assert read(json.dumps(records), "news.json").articles[0].date == first
    lines = "\n".join(map(json.dumps, records))
    assert read(lines, "news.jsonl").articles[0].date == first


def test_settings_beat_what_a_column_shows(read: Read) -> None:
    found = read(table(["05/03/2021", "03/25/2021"]), "news.csv", day_first=True).articles
    assert [each.date for each in found] == [dt.date(2021, 3, 5), dt.date(2021, 3, 25)]


@pytest.mark.parametrize("day", ["44260", "44260.4375", '"44260,4375"', "20210305", "1614938400"])
def test_days_as_numbers(article: One, day: str) -> None:
    assert article(table([day]), "news.csv").date == DAY


def test_days_in_three_columns(article: One) -> None:
    made = f'title,text,year,month,day\nTram stops,"{STORY}",2021,3.0,5\n'
    assert article(made, "news.csv").date == DAY


@pytest.mark.parametrize("above", ["Press review\nMade on 2022-01-01\n\n", "Press review,,\n,,\n", "sep=,\n"])
def test_lines_above_the_header_are_passed_over(read: Read, above: str) -> None:
    found = read(table(["2021-03-05", "2021-03-05"], above=above), "news.csv").articles
    assert [(each.title, each.date) for each in found] == [(f"Tram stops {n}", DAY) for n in (0, 1)]


@pytest.mark.parametrize("sign", ["^", "~", "|", "¦"])
def test_rare_delimiters(article: One, sign: str) -> None:
    made = f"title{sign}text{sign}date\nTram stops{sign}{STORY}{sign}2021-03-05\n"
    assert (article(made, "news.csv").title, article(made, "news.csv").date) == ("Tram stops", DAY)


def test_columns_with_long_names(article: One) -> None:
    header = "Article Headline (original language),Full text of the article,Date of publication (YYYY-MM-DD)"
    found = article(table(["2021-03-05"], header), "news.csv")
    assert (found.title, found.date) == ("Tram stops 0", DAY)


def test_marks_escaped_with_a_backslash(article: One) -> None:
    made = f'title,text,date\n"The \\"tram\\" stops","{STORY} \\"Yes\\", they said.",2021-03-05\n'
    found = article(made, "news.csv")
    assert (found.title, found.date) == ('The "tram" stops', DAY)
    assert '"Yes", they said.' in found.text


def test_line_breaks_written_as_letters_are_line_breaks(article: One) -> None:
    found = article(
        f"title\ttext\tauthor\nTram stops\t{STORY}\\n\\nThe line closes in April.\t\\N\n", "news.tsv"
    )
    assert f"{STORY}\n\nThe line closes" in found.text
    assert found.author is None
    path = article(f"title\ttext\nTram stops\t{STORY} See C:\\new\\names for it.\n", "news.tsv")
    assert "C:\\new\\names" in path.text


@pytest.mark.parametrize("cell", ["NULL", "nan", "None", "<NA>"])
def test_cells_without_a_value_are_none(article: One, cell: str) -> None:
    assert article(f'title,author,text\nTram stops,{cell},"{STORY}"\n', "news.csv").author is None


def test_a_table_of_titles_and_descriptions_alone_is_read(read: Read) -> None:
    rows = "".join(f'{n},Tram stops {n},"{STORY}"\n' for n in range(3))
    assert len(read(f"Class Index,Title,Description\n{rows}", "news.csv").articles) == 3
    goods = "".join(f"{n},Tram {n},Red model\n" for n in range(3))
    assert not read(f"number,Title,Description\n{goods}", "goods.csv").articles


def test_days_may_be_numbers_with_a_decimal_comma(read: Read) -> None:
    found = read(f'title;timestamp;text\nTram stops;1614938400,0;"{STORY}"\n', "a.csv").articles
    parts = read(f'title;year;month;day;text\nTram stops;2021,0;3,0;5,0;"{STORY}"\n', "b.csv").articles
    assert [one.date for one in (*found, *parts)] == [DAY, DAY]
