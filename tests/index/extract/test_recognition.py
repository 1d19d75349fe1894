"""A file is read by what is in it; what is no article is left out with a true reason."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.extract.formats.left_out import reason_by_content
from seedread_index.model.article import Article
from seedread_index.model.status import SkipStatus

Read = Callable[..., FileReading]
One = Callable[..., Article]


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped("notes/a.txt"), "a ZIP archive; unpack it"),
        (zipped("xl/workbook.xml", "[Content_Types].xml"), "save its sheets as CSV"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "a 7z archive; unpack it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"), "Outlook message"),
        (b"!BDN\x01\x02\0\0", "readpst"),
        (b"%!PS-Adobe-3.0\n", "convert it to PDF"),
        (b"SQLite format 3\0\x10\0", "export its table"),
        (b"PAR1\x15\x04\0\0", "Parquet"),
        (b"\x89PNG\r\n\x1a\n\0", "a picture"),
        (bytes(60) + b"BOOKMOBI", "EPUB"),
    ],
)
@pytest.mark.parametrize("name", ["a", "a.txt", "a.DOCX"])
def test_what_is_no_text_is_named_with_what_to_do(read: Read, data: bytes, words: str, name: str) -> None:
    reading = read(data, name)
    assert (reading.articles, reading.status) == ((), SkipStatus.BINARY)
    assert words in reading.reason


@pytest.mark.parametrize(
    "text", ["PAR1 is the sign of a tram line.", "MSCF has met in Port Amber.", "ID3 won."]
)
def test_words_that_look_like_a_signature_are_text(article: One, text: str) -> None:
    assert text in article(text).text


CODE = "import os\n\ndef main():\n    for name in os.listdir():\n        print(name)\n\nmain()\n"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("fetch.py", CODE, "program source"),
        ("fetch", CODE, "program source"),
        ("run", "#!/bin/sh\ncurl x\n", "program source"),
        ("min.txt", "!function(e){var t={};return t.a=e(1),(t.b=[2])}(window);", "program source"),
        ("site.css", "p{color:red}", "style sheet"),
        (
            "css",
            "@media print{a{color:red}}\np { margin: 0; }\nh1 { margin: 0; padding: 1px }\n",
            "style sheet",
        ),
        ("conf.yml", "key: value\n", "configuration"),
        ("Makefile", "all:\n\tls\n", "program source"),
        ("LICENSE", "MIT License\n\nPermission is hereby granted to any person.\n", "a licence"),
        ("requirements.txt", "requests==2.1\nlxml\n", "configuration"),
        ("refs", "TY  - NEWS\nTI  - Lock gates fail\nER  - \n", "references"),
        ("refs.txt", "@article{visser2021,\n  title = {Lock gates fail},\n}\n", "references"),
        ("dump.sql", "INSERT INTO a VALUES (1);", "SQL"),
        (
            "words.txt",
            "\n".join(a + b + c for a in "abcdef" for b in "abcdef" for c in "klmnop"),
            "word list",
        ),
        ("page.url", "[InternetShortcut]\nURL=https://a.example\n", "link to a page"),
        (
            "package.json",
            '{"name": "p", "version": "1", "description": "A tool for news", "author": "Me"}',
            "JSON",
        ),
        (
            "cfg.json",
            '{"help": {"text": "Press F1."}, "w": {"a": [{"text": "A ship.", "source": "x"}]}}',
            "JSON",
        ),
        ("feeds.opml", "<?xml version='1.0'?><opml><body><outline text='a'/></body></opml>", "OPML"),
        (
            "map.xml",
            "<?xml version='1.0'?><urlset><url><loc>https://a.example/1</loc></url></urlset>",
            "sitemap",
        ),
    ],
)
def test_what_nobody_wrote_as_an_article_is_left_out(read: Read, name: str, content: str, words: str) -> None:
    reading = read(content, name)
    assert (reading.articles, reading.status) == ((), SkipStatus.SKIP)
    assert words in reading.reason


def test_a_file_that_the_setting_include_names_is_read(read: Read) -> None:
    assert read(CODE, "talks/fetch.py", include=("talks/*",)).articles
    assert not read(CODE, "fetch.py", include=("talks/*",)).articles


@pytest.mark.parametrize(
    "text",
    [
        "<Laughter> filled the hall in Port Amber, the clerk wrote.",
        "[Editor's note: the ferry left.]\n\nThe ferry left at noon, the harbour office said.",
        "{Applause}\n\nThe council met in Port Amber on Tuesday.",
        "From the roof they watched the fire until 2021.\n\nNobody was hurt.",
        "Note: the ferry left.\nTo: be or not to be, she asked.\n\nThe council met on Tuesday.",
        "Import duties rise\n\nThe ministry will raise import duties; traders (and ports) fear for jobs.",
        "Menu\n\nSoup\n\nFish; chips\n\nThe cook said that fish is dear.\n\nHe buys it in Port Amber.",
        "TY said so. The ferry left.",
        "The ferry (1) left [it], they (2) said; (3) stayed [here]; the quay (4) is [old] & (5) wet (6); so.",
        "The ferry left the quay at noon with thirty on board, they said.\n\nif (a) {\nb = 1;\n}\nc();",
    ],
)
def test_prose_with_signs_of_other_formats_stays_prose(article: One, text: str) -> None:
    assert article(text, "story").text.strip() == text


STAMPS = [f"2024-03-05 10:{minute:02}:00" for minute in range(20)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("\n".join(f'10.0.0.1 - - [05/Mar/2024:10:{n:02}:00 +0000] "GET /a" 200 5' for n in range(9)), "log"),
        ("\n".join(f"[{stamp},123] ERROR db: connection lost" for stamp in STAMPS), "log"),
        ("\n".join(f"Mar  5 10:{n:02}:00 quay kernel: [{n}.1] usb reset" for n in range(9)), "log"),
        ('Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError: x\n', "log"),
        ("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:Council votes\nEND:VEVENT\n", "calendar"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Roe\nEND:VCARD\n", "address book"),
        ("% draft\n\\documentclass{article}\n\\begin{document}\nThe lock gates failed.\n", "pandoc"),
        ('# French\nmsgid ""\nmsgstr "Language: fr"\n\nmsgid "Save"\nmsgstr "Enregistrer"\n', "translations"),
        ("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old words\n+new words\n", "program source"),
        ("\n".join(f"https://wire.example/2024/story-{n}.html" for n in range(9)), "save the pages"),
        ("\n".join(f"{n * 7919:064x}  file{n}.bin" for n in range(1, 9)), "checksums"),
        ("-----BEGIN CERTIFICATE-----\n" + "MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkq\n" * 9, "encoded"),
        ("\n".join(["QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZn"] * 9), "encoded"),
        ("[core]\nbare = false\nmode = true\n[remote]\nurl = https://a.example\nfetch = +refs\n", "config"),
        ("version: 3\nservices:\n  web:\n    image: nginx\n    ports:\n      - 80:80\n", "configuration"),
    ],
)
@pytest.mark.parametrize("name", ["kept", "kept.txt"])
def test_what_programs_write_is_no_article(read: Read, content: str, words: str, name: str) -> None:
    reading = read(content, name)
    assert (reading.articles, reading.status) == ((), SkipStatus.SKIP)
    assert words in reading.reason
    assert read(content, name, include=(name,)).articles


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(f"{stamp} The minister has arrived, officials said." for stamp in STAMPS),
        "ann: the gates are open\nbob: at last\nann: the barges move\nbob: all of them\nann: nearly\n",
        "title: Lock gates\ndate: 2024-03-05\nauthor: ann roe\nsource: wire\nurl: x\nsection: city\nid: 1\n"
        "lang: en\ntags: port\n\nThe harbour council voted on Tuesday to rebuild the gates that failed.",
        '{"a": 1}\n\nThe config had one line too few, the engineers said.\n\nIt was mended in May.',
        "[Updated at 10:45] The harbour council voted on Tuesday to rebuild the lock gates.",
        "{Port Amber} The harbour council voted on Tuesday to rebuild the lock gates.",
        "#gates\n#harbour\n#vote\n#city\n#works\n\nThe council voted on Tuesday.",
        "Ships, barges, ferries, tugs\n\nAll of them wait for the gates to open, the port said.",
        "Where to read more\n\n" + "\n".join(f"https://wire.example/{n}" for n in range(3)),
        "import duties rise again\n\nThe council voted on Tuesday to rebuild the lock gates.",
        "From Port Amber, 5 March 2024\n\nThe council voted on Tuesday to rebuild the lock gates.",
        "12:30 --> the ferry leaves\n\nThe council voted on Tuesday to rebuild the lock gates.",
        "Ward 1   97   3.7%\nWard 2  194   7.4%\nWard 3  291  11.1%\nWard 4  388  14.8%\nWard 5  485  18%\n",
        "The ferry to Port Amber was moored again on Tuesday after two days of storm, and the harbour office"
        " said that nobody had been hurt.\n\n{src: 'https://example.org/player.swf', width: 684, height: 31 }"
        "\n\n"
        "{config: { autoPlay: false, scaling: 'fit', videoFile: 'https://example.org/2019/03/"
        "a-long-name-of-a-file-for-the-player-of-the-page.mp3', loop: false, autoRewind: true } }\n",
        "The sheet of the new site is short, its maker wrote in a letter to the readers of this paper on"
        " Monday:\np { margin: 0; }\nIt sets the margins of every paragraph to nothing, and leaves all"
        " other things as"
        " the readers of the old site have known them for ten years.\nh1 { padding: 0; }\n",
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe council voted on Tuesday to rebuild the lock"
        " gates.\n-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n-----END PGP SIGNATURE-----\n",
    ],
)
def test_an_odd_article_is_an_article(read: Read, text: str) -> None:
    assert len(read(text, "story.txt").articles) == 1


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
def test_a_damaged_document_is_not_called_an_archive(read: Read, name: str) -> None:
    cut = zipped("[Content_Types].xml", "word/document.xml", "content.xml")[:-30]
    assert "damaged" in read(cut, name).reason
    assert "unpack" not in read(cut, name).reason
    assert "truncated or damaged" in read(zipped("a.txt")[:-30], "a.zip").reason


def test_lines_of_a_poem_are_no_list_of_words(read: Read) -> None:
    assert read("\n".join(["the", "ferry", "leaves", "the", "quay", "at", "noon"] * 40), "poem.txt").articles


@pytest.mark.parametrize("name", ["dump", "dump.txt", "dump.log", "dump.jl"])
def test_json_is_json_under_any_name(read: Read, news: str, name: str) -> None:
    records = [{"title": f"Story {n}", "text": news} for n in range(2)]
    for content in (json.dumps(records, indent=1), "\n".join(map(json.dumps, records))):
        assert [one.title for one in read(content, name).articles] == ["Story 0", "Story 1"]


@pytest.mark.parametrize("name", ["saved", "saved.txt", "1614585600.M1P1.host:2,S"])
def test_a_message_is_a_message_under_any_name(article: One, name: str) -> None:
    message = (
        "Subject: Ferry stuck\nFrom: Desk <desk@wire.example>\nDate: Mon, 3 May 2021 10:00:00 +0000\n"
        "Content-Transfer-Encoding: quoted-printable\n\nThe ferry to G=C3=B6teborg is stuck in ice.\n"
    )
    found = article(message, name)
    assert (found.title, str(found.date)) == ("Ferry stuck", "2021-05-03")
    assert "Göteborg" in found.text


def test_front_matter_is_read_in_plain_text_too(article: One, news: str) -> None:
    found = article(f"---\ntitle: Night ferries\ndate: 2020-02-28\n---\n{news}", "post.txt")
    assert (found.title, str(found.date)) == ("Night ferries", "2020-02-28")
    assert "---" not in found.text


def test_a_fragment_of_html_is_read_as_html(article: One, news: str) -> None:
    found = article("".join(f"<p>{one}</p>\n" for one in news.split("\n\n")), "cut.txt")
    assert "<p>" not in found.text and "port authority" in found.text


@pytest.mark.parametrize("text", ["{" + "name: value, " * 400, "-- a " * 400, "/* a " * 400])
def test_no_form_is_looked_for_in_every_way_that_there_is(text: str) -> None:
    sentence = (
        "The harbour council voted on Tuesday to rebuild the lock gates that failed in the storm of May."
    )
    assert reason_by_content(f"{sentence}\n{text}\n{sentence}", b"story.txt") is None
    assert reason_by_content(text, b"story.txt") is None
