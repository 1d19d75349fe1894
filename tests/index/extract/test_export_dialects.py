"""Fields as the exports of readers, clippers and libraries name them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.model.article import Article

Read = Callable[..., FileReading]
One = Callable[..., Article]
TEXT = "The clerks of the river office counted ninety barges on Monday, they said in a statement."
URL = "https://river.example/2023/barges"


def written(**fields: object) -> str:
    return json.dumps({"title": "Barges counted", **fields})


@pytest.mark.parametrize("key", ["canonical", "alternate"])
def test_the_address_of_an_entry_in_a_reader_s_export(article: One, key: str) -> None:
    found = article(
        written(summary={"content": TEXT}, published=1699953120, **{key: [{"href": URL}]}), "a.json"
    )
    assert found.origin.url == URL


def test_who_published_an_entry_is_its_author(article: One) -> None:
    assert (
        article(written(content=TEXT, published_by=["Petra Lindholm"]), "a.json").author == "Petra Lindholm"
    )


def test_the_program_that_sent_a_post_is_not_its_source(article: One) -> None:
    program = '<a href="https://mobile.example" rel="nofollow">Example for iPhone</a>'
    assert article(written(full_text=TEXT, source=program), "a.json").source is None
    assert article(written(selftext=TEXT, domain="self.news"), "a.json").source is None


def test_parts_of_a_day_may_be_strings(article: One) -> None:
    issued = {"date-parts": [["2023", 11, 14]]}
    assert str(article(written(abstract=TEXT, URL=URL, issued=issued), "a.json").date) == "2023-11-14"


def test_the_note_of_an_abstract_stands_in_for_a_text(read: Read) -> None:
    header = '"Title","Url","Abstract Note","Date","Date Added"'
    table = f'{header}\n"Barges","{URL}","{TEXT}","2023-11-14","2024-01-05"\n'
    (one,) = read(table, "library.csv").articles
    assert (one.title, str(one.date)) == ("Barges", "2023-11-14")


def test_a_table_of_links_says_so(read: Read) -> None:
    found = read(f"title,url,time_added,status\nBarges,{URL},1700470000,unread\n" * 3, "part_000000.csv")
    assert not found.articles
    assert "save the pages" in found.reason


def test_the_bookmarks_of_raindrop_are_links(read: Read) -> None:
    header = "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite"
    table = f"{header}\n1,Barges,,{TEXT!r},{URL},Unsorted,river,2024-01-02T10:00:00.000Z,,,false\n"
    assert "links" in read(table, "export.csv").reason


def test_a_transcript_in_pieces_is_no_list_of_articles(read: Read) -> None:
    found = read(f"start\tend\ttext\n0\t3000\t{TEXT}\n3000\t6000\t{TEXT}\n", "speech.tsv")
    assert not found.articles
    assert "transcript" in found.reason


def test_the_links_of_pocket_are_bookmarks(read: Read) -> None:
    links = f'<li><a href="{URL}" time_added="1700470000" tags="river">Barges counted</a></li>' * 9
    page = (
        f"<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><ul>{links}</ul></body></html>"
    )
    assert "bookmarks" in read(page, "ril_export.html").reason


def test_an_sql_dump_that_sets_options_first(read: Read) -> None:
    dump = "-- PostgreSQL database dump\n\nSET statement_timeout = 0;\nCREATE TABLE a (id int);\n"
    assert "SQL" in read(dump, "db.txt").reason


def clipped(content: str) -> str:
    return (
        '<?xml version="1.0"?><en-export><note><title>Barges</title><created>20240104T101112Z</created>'
        f"<note-attributes><source-url>{URL}</source-url></note-attributes>"
        f"<content><![CDATA[<en-note>{content}<p>{TEXT}</p></en-note>]]></content></note></en-export>"
    )


def test_the_day_of_clipping_counts_where_the_page_says_none(article: One) -> None:
    assert str(article(clipped("<p>November 14, 2023</p>"), "a.enex").date) == "2023-11-14"
    assert str(article(clipped(""), "a.enex").date) == "2024-01-04"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f"%0 Newspaper Article\n%T Barges counted\n%A Lindholm, Petra\n%X {TEXT}\n%D 2023\n", "references"),
        ('.\\" made by a program\n.TH BARGES 1\n.SH NAME\nbarges \\- count barges on the river\n', "manual"),
    ],
)
def test_other_texts_that_are_no_articles(read: Read, text: str, word: str) -> None:
    found = read(text, "a.txt")
    assert not found.articles
    assert word in found.reason


def test_an_export_of_zotero_is_a_list_of_references(read: Read) -> None:
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    zotero = 'xmlns:z="http://www.zotero.org/namespaces/export#"'
    item = "<z:Attachment><z:itemType>attachment</z:itemType></z:Attachment>"
    found = read(f"<rdf:RDF {rdf} {zotero}>{item}</rdf:RDF>", "a.rdf")
    assert "references" in found.reason


def test_labels_of_a_german_mail_saved_as_text(article: One) -> None:
    head = "Von:\tRiver News <news@river.example>\nGesendet:\tDienstag, 7. März 2023 09:12\nAn:\tLeser\n"
    found = article(f"{head}Betreff:\tBarges counted\n\n{TEXT}\n", "a.txt")
    assert (found.title, str(found.date), found.source) == ("Barges counted", "2023-03-07", "River News")


def test_a_title_loses_the_name_of_its_source(read: Read) -> None:
    record = {"title": "Barges counted - River News", "publication": "River News", "content": TEXT}
    assert read(json.dumps(record), "a.json").articles[0].title == "Barges counted"
    item = f"<title>Barges counted - River News</title><description>{TEXT}</description>"
    feed = f"<rss><channel><title>River News</title><item>{item}</item></channel></rss>"
    assert read(feed, "a.rss").articles[0].title == "Barges counted"
    kept = {"title": "Trouble at River News", "publication": "River News", "content": TEXT}
    assert read(json.dumps(kept), "b.json").articles[0].title == "Trouble at River News"


def test_the_fields_of_solr_say_what_type_they_have(article: One) -> None:
    found = article(
        json.dumps(
            {"title_t": ["Barges counted"], "content_txt": [TEXT], "source_s": "River News", "url_s": URL}
        ),
        "a.json",
    )
    assert (found.title, found.source, found.origin.url) == ("Barges counted", "River News", URL)


def test_columns_of_a_german_table(read: Read) -> None:
    header = "Überschrift;Veröffentlicht am;Verfasser;Medium;Volltext"
    (one,) = read(f"{header}\nKähne;07.03.2023 09:12;Petra Lindholm;Nordblatt;{TEXT}\n", "a.csv").articles
    assert (one.title, str(one.date), one.author) == ("Kähne", "2023-03-07", "Petra Lindholm")


@pytest.mark.parametrize(
    "body",
    [
        {"time": 1700000000000, "blocks": [{"id": "a", "type": "paragraph", "data": {"text": TEXT}}]},
        [
            {
                "_type": "block",
                "children": [{"_type": "span", "text": TEXT[:30]}, {"_type": "span", "text": TEXT[30:]}],
            }
        ],
    ],
    ids=["Editor.js", "Portable Text"],
)
def test_texts_of_editors(article: One, body: object) -> None:
    assert TEXT in article(written(body=body, date="2023-11-14"), "a.json").text


def test_those_credited_in_an_object_are_the_authors(article: One) -> None:
    credits = {"by": [{"type": "author", "name": "Petra Lindholm"}]}
    assert article(written(content=TEXT, credits=credits), "a.json").author == "Petra Lindholm"


def test_the_pages_that_a_browser_recorded(read: Read) -> None:
    def entry(kind: str, text: str, status: int = 200) -> dict[str, object]:
        content = {"size": len(text), "mimeType": kind, "text": text}
        response = {"status": status, "content": content, "headers": []}
        return {
            "startedDateTime": "2024-01-05",
            "request": {"method": "GET", "url": URL},
            "response": response,
        }

    page = (
        "<html><head><title>Barges counted</title>"
        "<meta property='article:published_time' content='2023-11-14T09:12:00Z'></head>"
        f"<body><article><h1>Barges counted</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    )
    entries = [
        entry("text/html; charset=utf-8", page),
        entry("text/html", page.replace("counted", "lost"), 404),
        entry("text/javascript", f"var text = '{TEXT}';"),
    ]
    (one,) = read(json.dumps({"log": {"version": "1.2", "entries": entries}}), "page.har").articles
    assert (one.title, str(one.date), one.origin.url) == ("Barges counted", "2023-11-14", URL)


def test_a_page_below_the_header_of_its_response(article: One) -> None:
    header = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nDate: Fri, 05 Jan 2024 10:00:00 GMT\r\n\r\n"
    page = f"<html><body><h1>Barges counted</h1><p>November 14, 2023</p><p>{TEXT}</p></body></html>"
    found = article(header + page, "page.txt")
    assert (found.title, str(found.date)) == ("Barges counted", "2023-11-14")
    assert "HTTP" not in found.text


@pytest.mark.parametrize("header", ["Content-Base", "X-RSS-URL"])
def test_the_address_of_a_feed_s_entry_that_was_kept_as_mail(article: One, header: str) -> None:
    head = f"From: Petra Lindholm\nSubject: Barges\nDate: Tue, 14 Nov 2023 09:12:00 +0000\n{header}: {URL}\n"
    found = article(f"{head}Message-Id: <1@localhost>\n\n{TEXT}\n", "1.eml")
    assert (found.origin.url, found.source) == (URL, "river.example")


def test_sgml_of_a_corpus_with_a_document_type(read: Read) -> None:
    def story(number: int) -> str:
        return (
            f'<REUTERS NEWID="{number}"><DATE>1{number}-NOV-1987 15:01:01.79</DATE><TEXT>&#2;\n'
            f"<TITLE>BARGES COUNTED {number}</TITLE><BODY>{TEXT}</BODY></TEXT></REUTERS>\n"
        )

    articles = read(f'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n{story(1)}{story(2)}', "reut2-000.sgm").articles
    assert [(one.title, str(one.date)) for one in articles] == [
        ("BARGES COUNTED 1", "1987-11-11"),
        ("BARGES COUNTED 2", "1987-11-12"),
    ]


def test_the_column_that_a_table_s_reason_names_may_be_a_text(read: Read) -> None:
    assert "'Highlight'" in read("Highlight,Amazon Book ID,Highlighted at\na,b,c\nd,e,f\n", "data.csv").reason
