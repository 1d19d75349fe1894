"""EPUB: an issue of a periodical is many articles, a book is one unless a setting wants its chapters."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.model.article import Article, PassageKind

Read = Callable[..., FileReading]
One = Callable[..., Article]
NAVIGATION = "<div class='bar'>| <a href='b.xhtml'>Next</a> | <a href='index.xhtml'>Section menu</a> |</div>"


def issue(stories: list[tuple[str, str]], title: str, more: str = "", *, contents: bool = True) -> bytes:
    """An EPUB of stories as (headline, markup), with a table of contents and a page of links."""
    content = io.BytesIO()
    names = ["index.xhtml", *(f"s{n}.xhtml" for n in range(len(stories)))]
    points = "".join(
        f"<navPoint><navLabel><text>{head}</text></navLabel><content src='s{n}.xhtml'/></navPoint>"
        for n, (head, _) in enumerate(stories)
        if head
    )
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
    ncx = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' if contents else ""
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>",
        )
        archive.writestr(
            "c.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title>{more}</metadata><manifest>{items}{ncx}</manifest><spine>{spine}</spine>"
            "</package>",
        )
        front = "<navLabel><text>Front</text></navLabel><content src='index.xhtml'/>"
        archive.writestr("toc.ncx", f"<ncx><navMap><navPoint>{front}{points}</navPoint></navMap></ncx>")
        links = "".join(f"<li><a href='s{n}.xhtml'>{head}</a></li>" for n, (head, _) in enumerate(stories))
        archive.writestr("index.xhtml", f"<html><body><h1>Contents</h1><ul>{links}</ul></body></html>")
        for number, (_, markup) in enumerate(stories):
            archive.writestr(f"s{number}.xhtml", f"<html><body>{NAVIGATION}{markup}</body></html>")
    return content.getvalue()


def story(number: int, news: str) -> tuple[str, str]:
    head = f"Story {number} of the harbour"
    return head, f"<h2>{head}</h2><p>By Ana Reyes</p><p>March {number}, 2025</p><p>{news}</p>"


CALIBRE = (
    "<dc:creator>calibre</dc:creator><dc:publisher>calibre</dc:publisher><dc:date>2025-10-19</dc:date>"
    "<dc:contributor>calibre (6.0)</dc:contributor>"
)


@pytest.mark.parametrize(
    ("title", "more"),
    [
        ("Harbour Gazette [Mon, 03 Mar 2025]", ""),
        ("Harbour Gazette", '<meta name="calibre:publication_type" content="periodical:x"/>'),
        ("Harbour Gazette", ""),
    ],
)
def test_the_stories_of_an_issue_are_articles(read: Read, news: str, title: str, more: str) -> None:
    articles = read(issue([story(n, news) for n in (1, 2, 3)], title, CALIBRE + more), "issue.epub").articles
    assert [one.title for one in articles] == [f"Story {n} of the harbour" for n in (1, 2, 3)]
    assert [str(one.date) for one in articles] == ["2025-03-01", "2025-03-02", "2025-03-03"]
    assert {one.source for one in articles} == {"Harbour Gazette"}
    assert [one.part for one in articles] == ["s0.xhtml", "s1.xhtml", "s2.xhtml"]
    first = articles[0]
    assert [first.text[p.start : p.end] for p in first.of_kind(PassageKind.BOILERPLATE)] == [
        "| Next | Section menu |"
    ]
    assert "calibre" not in first.text


def test_a_book_is_one_article_or_its_chapters(article: One, read: Read, news: str) -> None:
    chapters = [(f"Chapter {n}", f"<h2>Chapter {n}</h2><p>{news}</p>") for n in (1, 2, 3)]
    book = issue(chapters, "The Old Quay", "<dc:creator>Ana Reyes</dc:creator>")
    assert article(book, "book.epub").title == "The Old Quay"
    parts = read(book, "book.epub", epub_chapters=True).articles
    assert [one.title for one in parts] == ["Chapter 1", "Chapter 2", "Chapter 3"]


def test_the_day_of_a_conversion_counts_only_where_there_is_no_other(article: One, news: str) -> None:
    book = issue([("One", f"<p>March 3, 2025</p><p>{news}</p>")], "The Old Quay", CALIBRE, contents=False)
    found = article(book, "book.epub")
    assert found.source is None
    assert (str(found.date), found.date_from) == ("2025-03-03", "text")
    bare = article(issue([("One", f"<p>{news}</p>")], "The Old Quay", CALIBRE, contents=False), "book.epub")
    assert (str(bare.date), bare.date_from) == ("2025-10-19", "metadata")


def test_a_description_that_speaks_of_a_magazine_makes_no_issue(read: Read, news: str) -> None:
    description = "<meta property='se:long-description'>First printed in a magazine.</meta>"
    book = issue([(f"Chapter {n}", f"<p>{news}</p>") for n in (1, 2)], "The Old Quay", description)
    assert len(read(book, "book.epub").articles) == 1


def test_stories_of_one_file_are_parted_at_the_elements_that_the_contents_name(read: Read, news: str) -> None:
    stories = "".join(f"<div id='a{n}'><h2>Story {n}</h2><p>{news} Number {n}.</p></div>" for n in (1, 2, 3))
    data = io.BytesIO(
        issue([("All", f"<h1>News</h1>{stories}")], "Gazette [Mon, 03 Mar 2025]", contents=True)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "toc.ncx":
                content = (
                    "<ncx><navMap>"
                    + "".join(
                        f"<navPoint><navLabel><text>Story {n}</text></navLabel>"
                        f"<content src='s0.xhtml#a{n}'/></navPoint>"
                        for n in (1, 2, 3)
                    )
                    + "</navMap></ncx>"
                ).encode()
            new.writestr(name, content)
    articles = read(out.getvalue(), "issue.epub").articles
    assert [(one.title, one.part) for one in articles] == [
        (f"Story {n}", f"s0.xhtml#a{n}") for n in (1, 2, 3)
    ]
    assert ["Number 2" in one.text for one in articles] == [False, True, False]


def test_what_tells_of_the_book_is_no_story(read: Read, news: str) -> None:
    imprint = (
        "Imprint",
        "<section epub:type='imprint'><p>Printed by the harbour press of Quay Street.</p></section>",
    )
    articles = read(
        issue([imprint, story(1, news), story(2, news)], "Gazette [Mon, 03 Mar 2025]"), "i.epub"
    ).articles
    assert [one.title for one in articles] == ["Story 1 of the harbour", "Story 2 of the harbour"]


def test_every_author_of_a_book_is_named_and_untitled_is_no_title(article: One, news: str) -> None:
    named = "<dc:creator>Ana Reyes</dc:creator><dc:creator>Tom Hale</dc:creator>"
    found = article(issue([("One", f"<p>{news}</p>")], "Untitled document", named, contents=False), "b.epub")
    assert found.author == "Ana Reyes, Tom Hale"
    assert found.title != "Untitled document"


@pytest.mark.parametrize("name", ["Imprint", "Table of contents", "Impressum", "About us"])
def test_a_page_about_the_issue_is_no_story_whatever_its_markup(read: Read, news: str, name: str) -> None:
    page = (name, f"<h2>{name}</h2><p>{news}</p>")
    data = issue([page, story(1, news), story(2, news)], "Gazette [Mon, 03 Mar 2025]")
    assert [one.title for one in read(data, "i.epub").articles] == [
        "Story 1 of the harbour",
        "Story 2 of the harbour",
    ]


def without_entries(data: bytes, names: set[str]) -> bytes:
    """An EPUB whose table of contents does not name some of its files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "toc.ncx":
                points = content.split("<navPoint>")
                content = "<navPoint>".join(one for one in points if not any(n in one for n in names))
            new.writestr(name, content)
    return out.getvalue()


def test_a_story_goes_on_in_files_that_the_contents_do_not_name(read: Read, news: str) -> None:
    more = ("-", f"<p>{news} The rest of the first story.</p>")
    data = issue([story(1, news), more, story(2, news)], "Gazette [Mon, 03 Mar 2025]")
    first, second = read(without_entries(data, {"s1.xhtml"}), "i.epub").articles
    assert "The rest of the first story." in first.text
    assert (second.title, str(second.date)) == ("Story 2 of the harbour", "2025-03-02")


def test_stories_with_a_headline_and_a_day_need_no_entry_in_the_contents(read: Read, news: str) -> None:
    data = issue([story(n, news) for n in (1, 2, 3)], "Gazette 2025-03-03", contents=False)
    articles = read(data, "i.epub").articles
    assert [str(one.date) for one in articles] == ["2025-03-01", "2025-03-02", "2025-03-03"]
    assert {one.source for one in articles} == {"Gazette"}


def test_chapters_with_writers_of_their_own_are_an_issue(read: Read, news: str) -> None:
    names = ("Ana Reyes", "Tom Hale", "Ida Holm")
    written = [(f"Piece {n}", f"<h2>Piece {n}</h2><p>By {n}</p><p>{news}</p>") for n in names]
    articles = read(issue(written, "Harbour Magazine No. 3 (March 2025)"), "i.epub").articles
    assert [one.author for one in articles] == list(names)
    assert {one.source for one in articles} == {"Harbour Magazine"}


def test_a_novel_whose_chapters_are_called_by_days_is_one_book(article: One, news: str) -> None:
    days = [(f"{n} May 1897", f"<h2>{n} May 1897</h2><p>{news}</p>") for n in (3, 4, 5)]
    assert article(issue(days, "The Old Quay", "<dc:creator>Ana Reyes</dc:creator>"), "b.epub").part is None


def test_what_calibre_puts_below_a_story_gives_its_address_and_is_no_text(read: Read, news: str) -> None:
    address = "https://gazette.example/1"
    link = f"<a href='{address}'>{address}</a>"
    below = f"<p>This article was downloaded by <strong>calibre</strong> from {link}</p>"
    stories = [(head, markup + below) for head, markup in (story(1, news), story(2, news))]
    first, _ = read(issue(stories, "Harbour Gazette [Mon, 03 Mar 2025]", CALIBRE), "issue.epub").articles
    assert first.origin.url == address
    body = "".join(first.text[p.start : p.end] for p in first.of_kind(PassageKind.BODY))
    assert "downloaded" not in body


def test_the_front_page_of_an_issue_is_no_story(read: Read, news: str) -> None:
    front = ("", "<h1>Harbour Gazette</h1><p>March 3, 2025</p><ul><li>News</li><li>Sport</li></ul>")
    stories = [front, story(1, news), story(2, news)]
    articles = read(issue(stories, "Harbour Gazette [Mon, 03 Mar 2025]", CALIBRE), "issue.epub").articles
    assert [one.title for one in articles] == ["Story 1 of the harbour", "Story 2 of the harbour"]
