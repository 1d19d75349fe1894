"""Blocks of labelled lines above a text: how labels are written, and what they give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from seedread_index.extract.segmentation.header.labels import field_of
from seedread_index.model.article import Article

Read = Callable[..., Article]
DAY = dt.date(2018, 7, 9)


@pytest.mark.parametrize(
    "block",
    [
        "Article title: Night ferries\nDate retrieved: 2020-01-01\nDate published: 2018-07-09\nWords: 512",
        "Load-Date: July 10, 2018\n\nDate: July 9, 2018\n\nTitle: Night ferries\n\nBody:",
        "Titel: Night ferries\nDatum: 09.07.2018\nQuelle: Lantern",
        "Заголовок: Night ferries\nДата: 09.07.2018",
        "[Title] Night ferries\n[Date] 2018-07-09",
        "TITLE\tNight ferries\nDATE\t2018-07-09\nURL\thttps://lantern.example/1",
        "---\ntitle: Night ferries\ndate: 2018-07-09\n---",
        "**Title:** Night ferries\n**Date:** 9 July 2018",
        "Titre : Night ferries\nDate de parution : 9 juillet 2018\nSource : Le Quai",
        "Título: Night ferries\nFecha de publicación: 9 de julio de 2018\nMedio: El Muelle",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_labels_in_other_words_and_signs_are_read(
    article: Read, news: str, block: str, line_end: str
) -> None:
    found = article(f"{block}\n\n{news}".replace("\n", line_end))
    assert (found.title, found.title_inferred, found.date) == ("Night ferries", False, DAY)
    assert [p.kind for p in found.passages][-3:] == ["body"] * 3
    assert found.text[found.of_kind("body")[0].start :].startswith("The harbour council")  # type: ignore[arg-type]


def test_a_single_labelled_title_is_the_title(article: Read, news: str) -> None:
    assert article(f"Headline: Night ferries\n\n{news}").title == "Night ferries"


@pytest.mark.parametrize("label", ["Crawled", "Load-Date", "Accessed", "Downloaded on"])
def test_a_labelled_day_of_fetching_dates_nothing(article: Read, news: str, label: str) -> None:
    assert article(f"Title: Night ferries\n{label}: 9 July 2018\n\n{news}").date is None


def test_an_interview_is_no_block_of_labels(article: Read) -> None:
    text = (
        "Reporter: When will the ferries sail at night, and who pays for it?\n\n"
        "Mayor: They will sail from the first of May on, and the town pays for the first year.\n\n"
        "Reporter: What comes after the first year of the night ferries?"
    )
    assert all(passage.kind == "body" for passage in article(text).passages)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("PUBLICATION DATE", "date"),
        ("published_at", "date"),
        ("pubDate", "date"),
        ("publishedOn", "date"),
        ("Last modified", "updated"),
        ("sitename", "site"),
        ("Page title", "other"),
        ("News source", "source"),
        ("Mayor", None),
        ("Key date for ferries", None),
    ],
)
def test_a_label_names_the_field_that_its_words_are_of(label: str, field: str | None) -> None:
    assert field_of(label) == field
