"""Exports of libraries' databases: EBSCO, Gale and NewsBank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading

Read = Callable[..., FileReading]

STORIES = (
    (
        "Clerks count ninety barges",
        dt.date(2023, 11, 14),
        "Petra Lindholm",
        "The clerks of the river office counted ninety barges on Monday, more than in any week before.",
        "Most of them carried gravel for the new bridge, the office said in a statement on its page.",
    ),
    (
        "Bridge to open in the spring",
        dt.date(2023, 11, 5),
        "Jonas Ekdahl",
        "The new bridge over the river will open in the spring, a year later than planned, builders said.",
        "The town will keep the ferry until then, and the fare stays as it is for the islanders.",
    ),
)


def newsbank(title: str, day: dt.date, author: str, *text: str) -> str:
    return (
        f"1. {title}\n\nPublication: River News (Halden, NY)\nDate: {day:%B %d, %Y}\nByline: {author}\n"
        "Page: A3\nSection: Local\n\n"
        + "\n\n".join(text)
        + "\n\nCaption: The pier at noon\nRecord Number: 0F3A\n"
        "Copyright: Copyright, 2023, River News. All Rights Reserved.\n\n"
    )


def newsbank_in_lines(title: str, day: dt.date, author: str, *text: str) -> str:
    return (
        f"{title}\nRiver News (Halden, NY) - {day:%A, %B %d, %Y}\nAuthor: {author}\n\n"
        + "\n\n".join(text)
        + "\n\nEdition: Final\nSection: Local\nPage: 1B\nRecord Number: 1004A7\n"
        "Copyright (c) 2023 River News\n\n"
    )


def gale(title: str, day: dt.date, author: str, *text: str) -> str:
    return (
        f"{title}\nAuthor: {author}\nDate: {day:%b. %d, %Y}\nFrom: River News(Vol. 12, Issue 3)\n"
        "Publisher: River Press Ltd.\nDocument Type: Article\nLength: 345 words\nLexile Measure: 1290L\n\n"
        "Full Text:\n" + "\n\n".join(text) + "\n\nCopyright: COPYRIGHT 2023 River Press Ltd.\n"
        "Source Citation   (MLA 9th Edition)\nGale In Context, link.example/apps.\n"
        "Gale Document Number: GALE|A7712345\n\n"
    )


def ebsco(title: str, day: dt.date, author: str, *text: str) -> str:
    return (
        f"Record: 1\nTitle:\n    {title}.\nAuthors:\n    {author}\n"
        f"Source:\n    River News. {day:%m/%d/%Y}, Vol. 12 Issue 3, p3-5. 3p.\nDocument Type:\n    Article\n"
        "Subject Terms:\n    *BARGES\n    *RIVERS\nISSN:\n    0028-9604\nAccession Number:\n    9206121\n"
        f"Database:\n    Academic Search Complete\n\nSection: Local\n{title}\n\n"
        + "\n\n".join(text)
        + "\n\n~~~~~~~~\n\nCopyright of River News is the property of River Press.  No copies.\n\n"
    )


def ebsco_in_short(title: str, day: dt.date, author: str, *text: str) -> str:
    return (
        f"Title: {title}\nAU: {author}\nSource: River News; {day:%b %d, %Y}\nAN: 2W61\n"
        "Database: Source Plus\n\n" + "\n\n".join(text) + "\n\n"
    )


@pytest.mark.parametrize("written", [newsbank, newsbank_in_lines, gale, ebsco, ebsco_in_short])
@pytest.mark.parametrize("count", [1, 2])
def test_each_document_of_a_library_s_database_is_an_article(
    read: Read, written: Callable[..., str], count: int
) -> None:
    found = read("".join(written(*story) for story in STORIES[:count]), "export.txt").articles
    assert len(found) == count
    for article, (title, day, author, *text) in zip(found, STORIES, strict=False):
        assert (article.title, article.date, article.author) == (title, day, author)
        assert article.source in {"River News", "River News (Halden, NY)"}
        shown = [article.text[p.start : p.end] for p in article.passages if p.kind == "body"]
        assert shown == text


def test_a_record_number_makes_no_export_of_a_report(read: Read) -> None:
    text = "\n\n".join(STORIES[0][3:])
    (one,) = read(f"{STORIES[0][0]}\n\n{text}\n\nRecord Number: 0F3A\n\nMore is to follow.", "a.txt").articles
    assert one.title == STORIES[0][0]
    assert text.split("\n\n")[1] in one.text


def test_subjects_below_a_document_of_nexis_uni_are_no_text(read: Read) -> None:
    title, day, author, *text = STORIES[0]
    document = (
        f"{title}\nRiver News\n{day:%B %d, %Y} {day:%A}\n\nCopyright 2023 River News\n\n"
        f"Byline: {author}\n\nBody\n\n"
        + "\n\n".join(text)
        + "\n\nClassification\n\nSubject: BARGES (91%)\n\nIndustry: SHIPPING (80%)\n\nEnd of Document\n\n"
    )
    (one,) = read(document, "uni.txt").articles
    assert "SHIPPING" not in one.text
    assert text[1] in one.text


def test_a_source_within_an_article_does_not_end_it(read: Read) -> None:
    title, day, author, *text = STORIES[0]
    sourced = [text[0], "Source: the river office.", text[1]]
    found = read(gale(title, day, author, *sourced) + gale(*STORIES[1]), "export.txt").articles
    assert text[1] in found[0].text
