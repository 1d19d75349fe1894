"""Word, OpenDocument, rich text, HTML tables and mail as other programs than the common ones write them."""

from __future__ import annotations

import base64
import io
import lzma
import zipfile
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.model.article import Article
from seedread_index.model.status import SkipStatus

Read = Callable[..., FileReading]
One = Callable[..., Article]
LEAD = "The tram to Port Amber stopped for an hour on Monday, the works said."
REST = "Two cars will be sold in the spring, and the line will close at night."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="urn:r"'
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
FLAT = (
    f'<?xml version="1.0"?><office:document xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:mimetype="application/vnd.oasis.opendocument.%s">'
    "<office:meta><dc:title>Tram stops</dc:title></office:meta><office:body><office:text><text:h"
    ' text:outline-level="1">Tram stops</text:h><office:binary-data>iVBORw0KGgo</office:binary-data>'
    f"<text:p>{LEAD}</text:p></office:text></office:body></office:document>"
)


def packed(members: dict[str, str]) -> bytes:
    """A zip file of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_a_large_first_letter_belongs_to_its_word(article: One) -> None:
    initial = '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>T</w:t></w:r></w:p>'
    body = f"{initial}<w:p><w:r><w:t>{LEAD[1:]}</w:t></w:r></w:p>"
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    found = article(packed({"word/document.xml": document}), "a.docx")
    assert found.text.startswith(LEAD)


@pytest.mark.parametrize("kind", ["html", "mht"])
def test_a_page_that_a_program_put_into_a_document_is_read(article: One, kind: str) -> None:
    page = f"<html><body><p>{LEAD}</p><p>{REST}</p></body></html>"
    mail = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
    )
    chunk = page if kind == "html" else f"{mail}{page}\n--b--\n"
    relation = f'<Relationships><Relationship Id="a1" Target="/word/page.{kind}"/></Relationships>'
    document = f'<w:document {W}><w:body><w:altChunk r:id="a1"/></w:body></w:document>'
    relations = "word/_rels/document.xml.rels"
    made = packed({"word/document.xml": document, relations: relation, f"word/page.{kind}": chunk})
    assert f"{LEAD}\n\n{REST}" in article(made, "a.docx").text


def test_a_flat_open_document_is_read_without_its_pictures(read: Read) -> None:
    (found,) = read(FLAT % "text", "a.fodt").articles
    assert (found.title, found.title_inferred) == ("Tram stops", False)
    assert LEAD in found.text
    assert "iVBOR" not in found.text
    sheet = read(FLAT % "spreadsheet", "a.fods")
    assert (sheet.articles, sheet.reason) == ((), "is an OpenDocument spreadsheet; save its sheets as CSV")


def test_an_encrypted_open_document_says_so(read: Read) -> None:
    manifest = "<manifest><encryption-data/></manifest>"
    made = packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "\x8f\x02\x07",
            "META-INF/manifest.xml": manifest,
        }
    )
    found = read(made, "a.odt")
    assert (found.status, found.reason) == (
        SkipStatus.BROKEN,
        "is encrypted; save a copy without its password",
    )


@pytest.mark.parametrize(
    "picture",
    [rb"{\pict\jpegblip\bin9 \xff{}\\}}{\x00}", rb"{\pict\jpegblip\bin ffd8ffe0}", rb"{\pict\bin3 }}}}"],
)
def test_rich_text_with_a_picture_in_bytes_is_read(article: One, picture: bytes) -> None:
    picture = picture.replace(rb"\xff{}\\}}{\x00", b"\xff{}\\}}{\x00}")
    made = b"{\\rtf1\\ansi " + picture + LEAD.encode() + b"\\par " + REST.encode() + b"\\par}"
    text = article(made, "a.rtf").text
    assert text.startswith(LEAD)
    assert REST in text


def test_bars_and_bullets_of_rich_text_are_not_shown(article: One) -> None:
    table = r"\trowd\cellx100\cellx200 Cars\cell Nights\cell\row\pard "
    text = article(rf"{{\rtf1\ansi {LEAD}\par {table}\u-3913? {REST}\par}}", "a.rtf").text
    assert "|\n" not in text
    assert f"• {REST}" in text or f"•{REST}" in text


def test_cells_that_lay_out_a_page_are_not_shown(article: One) -> None:
    cells = f"<tr><td></td><td></td><td>{LEAD} {REST}</td></tr><tr><td>Cars</td><td></td><td>12</td></tr>"
    page = f"<html><body><h1>Tram stops</h1><p>{REST} {LEAD}</p><table>{cells}</table></body></html>"
    lines = article(page, "a.html").text.split("\n")
    assert [line for line in lines if line.startswith("|") or line.endswith("|")] == []


def test_a_message_in_a_message_may_be_encoded(article: One) -> None:
    inner = base64.encodebytes(f"From: b@wire.example\nSubject: Cars\n\n{LEAD}\n".encode()).decode()
    made = (
        "From: a@wire.example\nSubject: Fwd: Cars\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{REST}\n--b\nContent-Type: message/rfc822\n"
        f"Content-Transfer-Encoding: base64\n\n{inner}\n--b--\n"
    )
    assert f"Subject: Cars\n\n{LEAD}" in article(made, "a.eml").text


def test_the_older_format_of_xz_is_read(read: Read) -> None:
    packed_text = lzma.compress(f"Tram stops\n\n{LEAD} {REST}\n".encode(), lzma.FORMAT_ALONE)
    for name in ("story.txt.lzma", "story"):
        (found,) = read(packed_text, name).articles
        assert LEAD in found.text
    cut = read(packed_text[:-9], "story.txt.lzma")
    assert "truncated" in cut.reason
    bomb = read(lzma.compress(b"a" * (64 << 20), lzma.FORMAT_ALONE), "story.txt.lzma")
    assert "possible zip bomb" in bomb.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\0\1\0\0Standard ACE DB\0\1\0", "is an Access database; export its table as CSV"),
        (b"\xffWPC\x10\0\0\0", "is a WordPerfect document; save it as .docx or text"),
        (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "is a OneNote notebook; export its pages as PDF or Word"),
        (b"\x04\x22\x4d\x18\x64\x40", "is packed with LZ4; unpack it"),
        (b"\x1f\x9d\x90", "is packed with compress (.Z); unpack it"),
        (
            packed({"Index/Document.iwa": ""}),
            "is a document of Pages, Numbers or Keynote; save it as .docx, CSV or PDF",
        ),
    ],
)
def test_files_that_are_never_read_say_what_they_are(read: Read, data: bytes, reason: str) -> None:
    found = read(data + b"\0" * 64 if not data.startswith(b"PK") else data, "file.bin")
    assert (found.status, found.reason) == (SkipStatus.BINARY, reason)
