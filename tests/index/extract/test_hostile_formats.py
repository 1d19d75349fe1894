"""Hostile forms of every format that is read: bombs, depth, entities, broken containers, endless parts."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable

import pyarrow  # type: ignore[import-untyped]  # pyarrow has no types
import pytest
from pyarrow import parquet

from seedread_index.extract.extractor import FileReading
from seedread_index.model.status import SkipStatus

Read = Callable[..., FileReading]
WORD = "<w:document xmlns:w='w'><w:body>{}</w:body></w:document>"
ENTITIES = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


def zipped(**members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text, packing)
    return content.getvalue()


def docx(document: str) -> bytes:
    return zipped(**{"[Content_Types]_dot_xml": "<Types/>", "word__document_dot_xml": document})


BOMBS: dict[str, Callable[[], bytes]] = {
    "a.docx": lambda: docx(WORD.format("<w:p><w:r><w:t>" + "A" * 80_000_000 + "</w:t></w:r></w:p>")),
    "a.odt": lambda: zipped(
        mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="A" * 80_000_000
    ),
    "a.csv.gz": lambda: gzip.compress(bytes(64 << 20)),
    "a.warc.gz": lambda: gzip.compress(b"WARC/1.0\r\n" + bytes(64 << 20)),
}
"""Made where a test asks: each worker collects this module, and packing takes a moment."""


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_not_inflated(read: Read, name: str) -> None:
    reading = read(BOMBS[name](), name, max_inflated_size=50 << 20)
    assert (reading.articles, reading.status) == ((), SkipStatus.BROKEN)


@pytest.mark.parametrize(
    "name",
    ["a.xml", "a.rss", "a.enex", "a.html", "a.csv", "a.rtf", "a.srt", "a.eml", "a.jsonl", "a.docx", "a.warc"],
)
@pytest.mark.parametrize(
    "data",
    [
        b"<?xml version='1.0'?>" + b"<a>" * 100_000,
        b"<rss><channel>" + b"<item>" * 50_000,
        b"<en-export>" + b"<note>" * 50_000,
        b"{\\rtf1" + b"{" * 100_000,
        b"From: a\nSubject: b\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 2000,
        b"From a 2020\nFrom: a\n\n" + b"x" * 500_000,
        b"text" + b',"' * 200_000,
        b"[" * 50_000,
        b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nx",
        b"1\n00:00:01,000 --> 00:00:02,000\n" * 3000,
        b"HD x\n" * 3000,
        b"1 of 2 DOCUMENTS\n" * 3000,
        b"Document 1 of 2\n" * 3000,
        b"<div style='display:none'>" * 20_000,
    ],
)
def test_depth_and_repetition_end_with_a_reason(read: Read, name: str, data: bytes) -> None:
    reading = read(data, name)
    assert reading.articles or reading.reason


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("a.xml", "<r><title>t</title><date>2021-03-05</date><text>&b;&f; end of it</text></r>"),
        ("a.enex", "<en-export><note><title>t &f;</title><content>&b;&f;</content></note></en-export>"),
    ],
)
def test_entities_are_never_expanded(read: Read, name: str, markup: str) -> None:
    shown = "".join(one.text for one in read(f"<?xml version='1.0'?>{ENTITIES}{markup}", name).articles)
    assert "haha" not in shown and "root:" not in shown


def test_entities_of_a_word_document_are_never_expanded(read: Read) -> None:
    document = ENTITIES + WORD.format("<w:p><w:r><w:t>x&b;&f; end</w:t></w:r></w:p>")
    shown = "".join(one.text for one in read(docx(document), "a.docx").articles)
    assert "haha" not in shown and "root:" not in shown


@pytest.mark.parametrize(
    ("name", "markup", "words"),
    [
        ("a.xml", "<r><title>T</title><date>2021-03-05</date><text>The ferry left.</text>", "is truncated"),
        ("a.rss", "<rss><channel><item><title>The ferry left</title></item><item>", "is truncated"),
        (
            "a.enex",
            "<en-export><note><title>T</title><content>The ferry left.</p></content></note><n>",
            "match",
        ),
        ("a.xml", "<a>" * 50_000, "nested too deeply"),
    ],
)
def test_what_is_wrong_with_xml_is_said(read: Read, name: str, markup: str, words: str) -> None:
    reading = read(markup, name)
    assert (reading.status, words in reading.reason) == (SkipStatus.BROKEN, True)
    assert bool(reading.articles) == ("ferry" in markup)


def test_entities_of_their_own_do_not_lose_a_feed_or_a_book(read: Read) -> None:
    laughs = '<!DOCTYPE r [<!ENTITY a0 "haha">'
    laughs += "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)) + "]>"
    item = "<item><title>T &a8;</title><description>The ferry left. &a8;</description></item>"
    (found,) = read(f"{laughs}<rss><channel>{item}</channel></rss>", "a.rss").articles
    assert "The ferry left." in found.text and "haha" not in found.text
    document = laughs + WORD.format("<w:p><w:r><w:t>The ferry left. &a8;</w:t></w:r></w:p>")
    assert "The ferry left." in read(docx(document), "a.docx").articles[0].text


def test_pictures_in_rich_text_and_very_many_attributes_are_passed_over(read: Read) -> None:
    picture = "{\\pict\\pngblip " + "89504e47" * 100_000 + "}"
    (found,) = read("{\\rtf1 The ferry left the quay at noon." + picture + "}", "a.rtf").articles
    assert "89504e47" not in found.text
    attributes = " ".join(f'k{number}="v"' for number in range(3000))
    (found,) = read(
        f"<r><a {attributes}><title>T</title><text>The ferry left.</text></a></r>", "a.xml"
    ).articles
    assert found.title == "T"


def test_a_broken_zip_file_is_named(read: Read) -> None:
    cut = docx(WORD.format("<w:p><w:r><w:t>The ferry left.</w:t></w:r></w:p>"))[:-40]
    reading = read(cut, "a.docx")
    assert reading.articles == () and reading.reason


def test_a_record_of_very_many_keys_is_read(read: Read) -> None:
    record = {"title": "Ferry", "text": "The ferry left."} | {f"key{number}": "x" for number in range(50_000)}
    (found,) = read(json.dumps(record), "a.json").articles
    assert found.title == "Ferry"


def parquet_of(columns: dict[str, list[object]], **options: object) -> bytes:
    content = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), content, **options)
    return content.getvalue()


def test_a_parquet_table_inflates_within_bounds_and_keeps_what_was_read(read: Read) -> None:
    rows = 600
    data = parquet_of({"title": ["T"] * rows, "text": ["harbour " * 8000] * rows}, compression="zstd")
    found = read(data, "a.parquet")
    assert found.status is SkipStatus.BROKEN
    assert "expands beyond the limit" in found.reason
    assert 0 < len(found.articles) < rows


def test_a_damaged_or_wide_parquet_table_is_named(read: Read, news: str) -> None:
    data = parquet_of({"title": ["Crane"], "text": [news]}, compression="none")
    assert "is truncated or damaged; fetch it again" in read(data[:-30], "a.parquet").reason
    assert "is a damaged Parquet table" in read(b"PAR1" + bytes(60) + b"PAR1", "a.parquet").reason
    assert (
        "is a table that is damaged after 0 rows" in read(b"PAR1" + bytes(90) + data[94:], "a.parquet").reason
    )
    wide = parquet_of({f"c{number}": [1] for number in range(2001)})
    assert "more than 2,000 columns" in read(wide, "a.parquet").reason


def test_the_structs_of_a_parquet_table_have_the_fields_of_its_articles(read: Read, news: str) -> None:
    article = {"title": "Crane", "text": news, "published": "2023-11-14", "vector": [0.5] * 4}
    about = {"url": "https://river.example/crane", "source": "River News"}
    found = read(parquet_of({"id": [1], "article": [article], "meta": [about]}), "a.parquet").articles
    assert [(one.title, str(one.date), one.source, one.origin.url) for one in found] == [
        ("Crane", "2023-11-14", "River News", "https://river.example/crane")
    ]
    beside = parquet_of({"title": ["Crane"], "text": [news], "metadata": [{"date": "2023-11-14"}]})
    assert [str(one.date) for one in read(beside, "b.parquet").articles] == ["2023-11-14"]
