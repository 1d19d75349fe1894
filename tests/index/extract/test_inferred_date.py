"""Days in paths, and only where they are days."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from seedread_index.extract.inferred import dateline_day, day_near, path_day
from seedread_index.model.article import Article, Passage, PassageKind

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


_KINDS = {"t": PassageKind.TITLE, "b": PassageKind.BODY, "-": PassageKind.BOILERPLATE}


def near(*lines: str) -> str | None:
    """The day near the headline of lines, each after a letter for its kind."""
    text = "\n".join(line[2:] for line in lines)
    passages, at = [], 0
    for line in lines:
        passages.append(Passage(at, at + len(line) - 2, _KINDS[line[0]]))
        at += len(line) - 1
    day = day_near(text, passages)
    return day.isoformat() if day else None


@pytest.mark.parametrize(
    "line",
    [
        "12.05.2019 Harbours & Ships Home App",
        "Irene Example12.05.2019",
        "Ida Example Shipping editor May 12, 2019",
        "Mon 12 May 2019 06.05 GMT",
        "by ida - 12 May 2019 - add a comment",
        "Published on 12 May 2019 by ida and two others",
        "PUBLISHED: May 12, 2019 at 9:06 a.m. | UPDATED: May 14, 2019 at 9:26 a.m.",
        "HARBOURS12. Mai 2019",
    ],
)
def test_a_line_about_the_headline_dates_a_page(line: str) -> None:
    assert near("- Home", "- News", "t Ferries at night", f"- {line}", "b The council met.") == "2019-05-12"
    assert near("- News", f"- {line}", "t Ferries at night", "b The council met.") == "2019-05-12"


@pytest.mark.parametrize(
    "line",
    [
        "Two hundred people came to the harbour on 12 May 2019 to see the ships there",
        "The next meeting of the council is on 12 May 2019.",
        "Member since 12 May 2019",
        "Harbour fair 12 to 14 May 2019 tickets",
        "May 12, 2019. (AP Photo/Ida Example)",
        "© 2019",
    ],
)
def test_other_lines_about_the_headline_date_nothing(line: str) -> None:
    assert near("- Home", "- News", "t Ferries at night", f"- {line}", "b The council met.") is None


def test_what_is_below_the_headline_beats_what_is_above_and_an_update_is_last() -> None:
    lines = (
        "- 3 April 2011",
        "t Ferries at night",
        "- Updated 14 May 2019",
        "- Ida, 12 May 2019",
        "b It met.",
    )
    assert near(*lines) == "2019-05-12"
    far = ("- 12 May 2019", "- Home", "- News", "- Ships", "- Maps", "t Ferries at night", "b It met.")
    assert near(*far) is None


def test_a_page_without_headline_is_dated_by_a_line_that_only_says_when() -> None:
    assert near("- 3 April 2011", "- Sun 12 May 2019", "- Share", "b It met.") == "2019-05-12"
    assert near("- Ships 12 May 2019 and more", "- Share", "b It met.") is None
    assert near("- Sun 12 May 2019", *["- Share"] * 12, "b It met.") is None
    assert near("- Sun 12 May 2019") is None
