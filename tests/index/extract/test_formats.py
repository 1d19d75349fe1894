"""Formats beside plain text give the same kind of article, and say what is missing."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import io
import json
import lzma
import sys
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from importlib import import_module

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.extract.web.plain_text import text_of
from seedread_index.model.article import Article, PassageKind
from seedread_index.model.installation import ZSTANDARD, extra_of, install_command
from seedread_index.model.status import SkipStatus

Read = Callable[..., FileReading]
One = Callable[..., Article]
ZSTD = import_module(ZSTANDARD)
TITLE = "Council agrees on night ferries"
DAY = dt.date(2020, 2, 28)


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><nav>Home World</nav>{body}</body></html>"


def paragraphs(news: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in news.split("\n\n"))


def book(chapters: list[str], title: str = TITLE) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="content.opf"/></rootfiles></container>',
        )
        items = "".join(
            f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
            for n in range(len(chapters))
        )
        spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
        archive.writestr(
            "content.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title><dc:date>2020-02-28</dc:date></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for number, chapter in enumerate(chapters):
            archive.writestr(f"c{number}.xhtml", f"<html><body>{chapter}</body></html>", zipfile.ZIP_DEFLATED)
    return content.getvalue()


# -- Markdown ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "front", ["---\ntitle: {t}\ndate: 2020-02-28\n---\n", '+++\ntitle = "{t}"\ndate = 2020-02-28\n+++\n']
)
def test_front_matter_is_metadata_and_no_text(article: One, news: str, front: str) -> None:
    found = article(front.format(t=TITLE) + news, "post.md")
    assert (found.title, found.date, found.date_from) == (TITLE, DAY, "metadata")
    assert "---" not in found.text and "+++" not in found.text


def test_a_first_heading_is_the_title(article: One, news: str) -> None:
    for style in ("", " {#first .strong}"):
        found = article(f"# {TITLE}{style}\n\n{news}", "post.md")
        assert (found.title, found.title_inferred) == (TITLE, False)
        assert [passage.kind for passage in found.passages].count(PassageKind.TITLE) == 1
        assert found.passages[0].kind is PassageKind.TITLE


def test_bad_front_matter_loses_only_itself(read: Read, news: str) -> None:
    reading = read("---\ntitle: [unclosed\n---\n" + news, "post.md")
    assert reading.status is SkipStatus.BROKEN
    assert "night ferries" in reading.articles[0].text


# -- HTML ----------------------------------------------------------------------------------------------------


def test_a_page_gives_its_main_text_title_date_and_site(article: One, news: str) -> None:
    head = (
        f'<title>{TITLE} - The Lantern</title><meta property="og:site_name" content="The Lantern">'
        '<meta property="article:published_time" content="2020-02-28T09:30:00+02:00">'
        "<script>var hidden=1</script>"
    )
    found = article(page(f"<h1>{TITLE}</h1><article>{paragraphs(news)}</article>", head), "page.html")
    assert (found.title, found.date, found.source) == (TITLE, DAY, "The Lantern")
    assert "hidden" not in found.text
    assert news.split("\n\n")[1] in found.text
    assert found.text.startswith(TITLE)


def test_a_page_named_txt_is_read_as_a_page(article: One, news: str) -> None:
    assert "<p>" not in article(page(paragraphs(news)), "page.txt").text


def test_xml_entities_are_never_expanded(read: Read) -> None:
    reading = read(
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;</p></html>',
        "a.xhtml",
    )
    assert (reading.articles, reading.status) == ((), SkipStatus.BROKEN)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 30_000 + "text",
        "<a" * 50_000,
        "<" * 100_000,
        "<!--" * 20_000,
        "<title>" * 60_000,
        "&" * 100_000,
    ],
)
def test_hostile_markup_ends_soon(read: Read, markup: str) -> None:
    read(markup, "page.html")
    text_of(markup)


def test_markup_becomes_paragraphs() -> None:
    assert (
        text_of("<p>One <b>two</b><br>three</p><script>x</script><ul><li>four<li>five</ul>")
        == "One two\nthree\n\nfour\nfive"
    )


# -- JSON ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "record"),
    [
        ({}, {"title": TITLE, "date": "2020-02-28", "text": "{news}"}),
        ({}, {"headline": TITLE, "datePublished": "2020-02-28T10:00:00Z", "articleBody": "{news}"}),
        (
            {},
            {
                "data": {
                    "title": {"rendered": TITLE},
                    "published_at": 1582882200,
                    "content": {"rendered": "<p>{news}</p>"},
                }
            },
        ),
        (
            {"title": "meta.h", "text": "t", "date": "meta.d"},
            {"meta": {"h": TITLE, "d": "2020-02-28"}, "t": "{news}"},
        ),
    ],
)
def test_an_article_is_found_under_common_names_or_the_users(
    article: One, news: str, fields: dict[str, str], record: dict[str, object]
) -> None:
    content = json.dumps(record).replace("{news}", json.dumps(news)[1:-1])
    found = article(content, "a.json", json_fields=fields)
    assert (found.title, found.date, found.part) == (TITLE, DAY, None)
    assert "port authority" in found.text


def test_every_article_of_a_list_has_a_part_and_an_id_of_its_own(read: Read, news: str) -> None:
    reading = read(json.dumps({"items": [{"title": f"Story {n}", "text": news} for n in range(3)]}), "a.json")
    assert [one.part for one in reading.articles] == ["items.0", "items.1", "items.2"]
    assert len({one.id for one in reading.articles}) == 3


def test_good_lines_survive_bad_ones(read: Read, news: str) -> None:
    lines = [
        json.dumps({"title": "First", "text": news}),
        "{bad",
        "",
        "null",
        json.dumps({"text": news + "\u2028end"}, ensure_ascii=False),
    ]
    reading = read("\n".join(lines), "feed.jsonl")
    assert [one.part for one in reading.articles] == ["1", "5"]
    assert reading.status is SkipStatus.BROKEN
    assert "1 line" in reading.reason


@pytest.mark.parametrize("content", ["", "[" * 100_000, '{"a": 1,}', "42"])
def test_json_that_is_none_is_broken(read: Read, content: str) -> None:
    assert read(content, "a.json").status is SkipStatus.BROKEN


def test_json_without_an_article_names_the_setting(read: Read) -> None:
    assert "json_fields" in read("[1, 2, [3]]", "a.json").reason


# -- mail ----------------------------------------------------------------------------------------------------


def mail(news: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = headers.get("subject", TITLE)
    message["From"] = "Irene Example <irene@example.invalid>"
    message["Date"] = "Fri, 28 Feb 2020 09:30:00 +0200"
    message.set_content(news)
    return message


def test_a_message_gives_subject_date_and_text(article: One, news: str) -> None:
    found = article(bytes(mail(news, subject="Les ferries — d'été")), "a.eml")
    assert (found.title, found.date) == ("Les ferries — d'été", DAY)
    assert "port authority" in found.text
    assert "Irene Example" in found.text


def test_html_mail_is_read_where_there_is_no_plain_text(article: One, news: str) -> None:
    message = mail("x")
    message.set_content(page(paragraphs(news)), subtype="html")
    assert "port authority" in article(bytes(message), "a.eml").text


def test_a_mailbox_is_many_articles(read: Read, news: str) -> None:
    box = "".join(f"From a@b Fri Feb 28 09:30:00 2020\nSubject: Mail {n}\n\n{news}\n\n" for n in range(3))
    assert [one.title for one in read(box, "a.mbox").articles] == ["Mail 0", "Mail 1", "Mail 2"]


def test_parts_within_parts_without_end_are_broken(read: Read, news: str) -> None:
    nested = (
        "Content-Type: multipart/mixed; boundary=a\n\n"
        + "--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 900
    )
    assert read(nested + news, "a.eml").status is SkipStatus.BROKEN


# -- books and PDF -------------------------------------------------------------------------------------------


def test_a_book_is_read_in_reading_order(article: One, news: str) -> None:
    found = article(book([paragraphs(news), "<p>The second chapter.</p>"]), "a.epub")
    assert (found.title, found.date) == (TITLE, DAY)
    assert found.text.index("port authority") < found.text.index("The second chapter.")


def test_a_book_with_a_bomb_is_not_read(read: Read) -> None:
    reading = read(book(["A" * 20_000_000]), "a.epub")
    assert (reading.articles, reading.status) == ((), SkipStatus.BROKEN)


def test_a_zip_file_is_binary_whatever_its_name(read: Read) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "text")
    assert read(content.getvalue(), "a.txt").status is SkipStatus.BINARY


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("a.pdf", "pypdfium2"),
        ("a.html", "trafilatura"),
        ("a.epub", "lxml"),
        ("a.md", "yaml"),
        ("a.parquet", "pyarrow"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(
    read: Read, monkeypatch: pytest.MonkeyPatch, name: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    contents = {
        "a.pdf": b"%PDF-1.4\n",
        "a.html": b"<p>text</p>",
        "a.epub": book(["x"]),
        "a.md": b"---\ntitle: x\n---\ntext",
        "a.parquet": b"PAR1\0\0PAR1",
    }
    reading = read(contents[name], name)
    assert reading.status is SkipStatus.SKIP
    assert f"needs the extra {extra_of(library)}: {install_command(extra_of(library))}" in reading.reason


# -- compressed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "pack"),
    [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zst", ZSTD.compress)],
)
def test_compressed_text_is_read_and_a_cut_one_as_far_as_it_goes(
    read: Read, article: One, news: str, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    assert article(pack(news.encode()), f"a.txt.{ending}").text == news
    assert (
        article(pack(json.dumps({"title": TITLE, "text": news}).encode()), f"a.json.{ending}").title == TITLE
    )
    assert read(pack(news.encode() * 50)[:-20], f"a.txt.{ending}").status is SkipStatus.BROKEN


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, ZSTD.compress])
def test_a_bomb_is_not_inflated(read: Read, pack: Callable[[bytes], bytes]) -> None:
    reading = read(pack(bytes(64 << 20)), "a.txt.gz")
    assert (reading.articles, reading.status) == ((), SkipStatus.BROKEN)
