"""Days in paths, and only where they are days."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from seedread_index.extract.inferred_date import dateline_day, path_day
from seedread_index.model.article import Article

One = Callable[..., Article]


@pytest.mark.parametrize(
    "path",
    [
        b"2020/02/28/story.txt",
        b"2020-02-28-story.txt",
        b"20200228_story.txt",
        b"news/2020-02-28/a.txt",
        b"2019-01-01/2020-02-28.txt",
        b"story_2020_02_28.html",
        b"story-20200228.txt",
    ],
)
def test_days_in_paths(path: bytes) -> None:
    assert str(path_day(path)) == "2020-02-28"


@pytest.mark.parametrize(
    "path",
    [
        b"story.txt",
        b"2020/story.txt",
        b"2020-02/story.txt",
        b"1202002281.txt",
        b"id20200228x.txt",
        b"2020-13-28.txt",
        b"2020-01-01_2020-12-31.txt",
        b"20200230.txt",
        b"v1.2020.02.2.txt",
        b"0612020022.txt",
    ],
)
def test_numbers_that_are_no_days(path: bytes) -> None:
    assert path_day(path) is None


def test_a_day_in_the_text_beats_one_in_the_path(article: One, news: str) -> None:
    found = article(news, "2020/02/28/a.txt")
    assert (str(found.date), found.date_from) == ("2020-02-28", "path")
    dated = article(f"Ferry\n\nMarch 5, 2021\n\n{news}", "2020/02/28/a.txt")
    assert (str(dated.date), dated.date_from) == ("2021-03-05", "text")


def test_the_origin_of_an_article_is_kept(article: One) -> None:
    record = (
        '{"title": "Tram", "text": "The tram stopped for an hour on Monday.", "url": "https://a.example/1",'
        ' "author": "Ana Reyes", "section": "Local", "date": "2021-03-05T10:00:00+02:00"}'
    )
    found = article(record, "a.json")
    origin = found.origin
    assert (found.author, origin.url, origin.section) == ("Ana Reyes", "https://a.example/1", "Local")
    assert (origin.published, origin.title_from, origin.author_from) == (
        "2021-03-05T10:00:00+02:00",
        "metadata",
        "metadata",
    )


@pytest.mark.parametrize(
    "line",
    [
        "LONDON, March 5, 2021 (Reuters) - The harbour",
        "HARLOW, England (AP) — March 5, 2021 — The harbour",
        "NEW YORK, N.Y. (March 5, 2021) – The harbour",
        "(ANSA) - ROMA, 5 MAR 2021 - Il porto",
        "Madrid, 5 mar 2021 (EFE).- El puerto",
        "Le Havre, 5 mars 2021 - La digue",
        "МОСКВА, 5 марта 2021 /ТАСС/. Порт",
        "新华社北京2021年3月5日电（记者王明）港务局",
    ],
)
def test_days_in_datelines(line: str) -> None:
    assert str(dateline_day(line)) == "2021-03-05"


@pytest.mark.parametrize(
    "line",
    [
        "Le 5 mars 2021 - la digue a tenu.",
        "On March 5, 2021 - a Friday - the wall held.",
        "Ana Roca (5 March 1961 – 6 April 2021) was a painter.",
        "Basel, 5. März 2021 - 7. März 2021: Messe in den Hallen.",
        "Friday, March 5, 2021 - the wall held.",
        "The wall, begun on March 5, 2021 - and done since - held.",
    ],
)
def test_days_that_open_a_paragraph_but_no_dateline(line: str) -> None:
    assert dateline_day(line) is None
