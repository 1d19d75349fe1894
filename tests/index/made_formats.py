"""A folder with a file of each format, made as the programs named beside them make it, and what it holds."""

from __future__ import annotations

import base64
import bz2
import datetime as dt
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import count

import pyarrow  # type: ignore[import-untyped]  # pyarrow has no types
from pyarrow import parquet

from seedread_index.model.installation import ZSTANDARD

SOURCE = "The Northgate Courier"


@dataclass(frozen=True)
class Story:
    """A made article: what a file states of it, and a phrase of its text."""

    number: int
    title: str
    day: dt.date
    author: str

    @property
    def phrase(self) -> str:
        return f"moved {self.number} barrels of herring"

    @property
    def paragraphs(self) -> list[str]:
        return [
            f"The porters of the old market {self.phrase} on Monday, the harbour office said in a statement.",
            f"It was the first such load since winter, and the council of ward {self.number} praised them.",
        ]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def html(self) -> str:
        return "".join(f"<p>{one}</p>" for one in self.paragraphs)

    @property
    def url(self) -> str:
        return f"https://courier.example/{self.number}"

    @property
    def written_day(self) -> str:
        return f"{self.day:%B} {self.day.day}, {self.day.year}"

    @property
    def rfc(self) -> str:
        return self.day.strftime("%a, %d %b %Y 09:30:00 +0000")


@dataclass(frozen=True)
class Made:
    """A file: its name, the program whose form it has, its content and the stories in it."""

    name: str
    program: str
    content: bytes
    stories: tuple[Story, ...]


_numbers = count(11)


def stories(many: int) -> tuple[Story, ...]:
    """Stories that no other file holds."""
    made = []
    for _ in range(many):
        number = next(_numbers)
        day = dt.date(2023, 1, 1) + dt.timedelta(days=number)
        author = ("Petra Lindholm", "Marc Boutin", "Tibor Szalai")[number % 3]
        made.append(Story(number, f"Porters move load {number} through the old market", day, author))
    return tuple(made)


def made(name: str, program: str, many: int, write: Callable[[tuple[Story, ...]], str | bytes]) -> Made:
    told = stories(many)
    content = write(told)
    return Made(name, program, content.encode() if isinstance(content, str) else content, told)


def joined(
    write: Callable[[Story], str], head: str = "", foot: str = ""
) -> Callable[[tuple[Story, ...]], str]:
    return lambda told: head + "".join(map(write, told)) + foot


def one(write: Callable[[Story], str | bytes]) -> Callable[[tuple[Story, ...]], str | bytes]:
    return lambda told: write(told[0])


def every_format() -> Iterator[Made]:
    """Every file of the folder."""
    yield from _texts()
    yield from _pages()
    yield from _mail()
    yield from _json()
    yield from _tables()
    yield from _feeds()
    yield from _documents()
    yield from _archives()
    yield from _exports()


def _texts() -> Iterator[Made]:
    def plain(story: Story) -> str:
        return f"{story.title}\nBy {story.author}\n{story.written_day}\n\n{story.text}\n"

    yield made("plain.txt", "an editor", 1, one(plain))
    yield made(
        "jekyll.md",
        "Jekyll",
        1,
        one(lambda s: f"---\ntitle: {s.title}\ndate: {s.day}\nauthor: {s.author}\n---\n\n{s.text}\n"),
    )
    yield made("clipping.md", "Obsidian", 1, one(_clipping))
    yield made(
        "0b1c0d1e0f102132435465768798a9ba.md",
        "Joplin",
        1,
        one(
            lambda s: (
                f"{s.title}\n\n{s.text}\n\nid: 0b1c0d1e0f102132435465768798a9ba\nparent_id: \n"
                f"created_time: 2024-05-01T10:00:00.000Z\nauthor: {s.author}\nsource_url: {s.url}\n"
                "is_todo: 0\ntype_: 1"
            )
        ),
    )
    yield made("packed.txt.gz", "gzip", 1, one(lambda s: gzip.compress(plain(s).encode())))
    yield made("packed.txt.bz2", "bzip2", 1, one(lambda s: bz2.compress(plain(s).encode())))
    yield made("packed.txt.xz", "xz", 1, one(lambda s: lzma.compress(plain(s).encode())))
    yield made(
        "packed.jsonl.zst",
        "Zstandard",
        2,
        lambda told: import_module(ZSTANDARD).compress("".join(map(_line, told)).encode()),
    )
    yield made("film.srt", "a subtitler", 1, one(lambda s: _cues(s, ",", "")))
    yield made("film.vtt", "a video site", 1, one(lambda s: _cues(s, ".", "WEBVTT\n\n")))


def _clipping(story: Story) -> str:
    return (
        f'---\ntitle: "{story.title}"\nsource: "{story.url}"\nauthor:\n  - "[[{story.author}]]"\n'
        f"published: {story.day}\ncreated: 2024-05-01\ntags:\n  - clippings\n---\n\n{story.text}\n"
    )


def _cues(story: Story, mark: str, head: str) -> str:
    cues = (
        f"{n}\n00:00:0{n}{mark}000 --> 00:00:0{n + 1}{mark}000\n{text}\n\n"
        for n, text in enumerate((story.title, *story.paragraphs), 1)
    )
    return head + "".join(cues)


def _line(story: Story) -> str:
    return (
        json.dumps({"title": story.title, "date": str(story.day), "text": story.text, "url": story.url})
        + "\n"
    )


def _article_page(story: Story, head: str, byline: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{story.title} - {SOURCE}</title>{head}</head>"
        f"<body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><article><h1>{story.title}</h1>"
        f"{byline}{story.html}</article><footer><a href=/imprint>Imprint</a></footer></body></html>"
    )


def _pages() -> Iterator[Made]:
    def linked(story: Story) -> str:
        said = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": f"{story.day}T09:30:00Z",
            "author": {"@type": "Person", "name": story.author},
            "publisher": {"@type": "Organization", "name": SOURCE},
        }
        return _article_page(story, f"<script type='application/ld+json'>{json.dumps(said)}</script>")

    def opened(story: Story) -> str:
        return _article_page(
            story,
            f"<meta property=og:title content='{story.title}'><meta property=og:site_name content='{SOURCE}'>"
            f"<meta property=article:published_time content={story.day}T09:30:00Z>"
            f"<meta name=author content='{story.author}'>",
        )

    def bare(story: Story) -> str:
        return _article_page(
            story,
            "",
            f"<p class=byline>By {story.author}</p><time datetime={story.day}>{story.written_day}</time>",
        )

    yield made("linked-data.html", "a newspaper's system", 1, one(linked))
    yield made("open-graph.htm", "WordPress", 1, one(opened))
    yield made("time-element.html", "a static site", 1, one(bare))

    def saved(story: Story) -> str:
        return (
            "From: <Saved by Blink>\r\n"
            f"Snapshot-Content-Location: {story.url}\r\nSubject: {story.title}\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n------B\r\n'
            "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            f"Content-Location: {story.url}\r\n\r\n{opened(story).replace('=', '=3D')}\r\n------B--\r\n"
        )

    yield made("saved.mhtml", "Chrome", 1, one(saved))


def _head(story: Story, more: str = "") -> str:
    address = story.author.lower().replace(" ", ".")
    return (
        f"From: {story.author} <{address}@courier.example>\nTo: list@quay.example\nSubject: {story.title}\n"
        f"Date: {story.rfc}\nMessage-ID: <{story.number}@courier.example>\n{more}"
    )


def _mail() -> Iterator[Made]:
    yield made("thunderbird.eml", "Thunderbird", 1, one(lambda s: f"{_head(s)}\n{s.text}\n\n-- \nThe desk\n"))

    def outlook(story: Story) -> bytes:
        more = (
            'MIME-Version: 1.0\nContent-Type: text/plain; charset="iso-8859-1"\n'
            "Content-Transfer-Encoding: base64\nX-Mailer: Microsoft Outlook 16.0\n"
        )
        body = base64.b64encode(f"\x93{story.text}\x94".encode("latin-1")).decode()
        return f"{_head(story, more)}\n{body}\n".encode()

    def mailchimp(story: Story) -> str:
        more = (
            "List-Unsubscribe: <https://courier.example/out>\nMIME-Version: 1.0\n"
            "List-Id: 3f21937f0f636c8cec1db30bfmc list <3f21937f0f636c8cec1db30b.1.list-id.example>\n"
            'Content-Type: multipart/alternative; boundary="b"\n'
        )
        return (
            f"{_head(story, more)}\n--b\nContent-Type: text/plain\n\nView this email in your browser\n"
            "\n--b\nContent-Type: text/html; charset=utf-8\n\n<div style='display:none'>Preview</div>"
            f"{story.html}<p>Unsubscribe | Our address</p>\n--b--\n"
        )

    yield made("outlook.eml", "Outlook", 1, one(outlook))
    yield made("newsletter.eml", "Mailchimp", 1, one(mailchimp))
    yield made("list.mbox", "Mailman", 3, joined(_in_mailbox))
    yield made(
        "RMAIL",
        "Emacs",
        2,
        joined(
            lambda s: f"\x0c\n0, unseen,,\n*** EOOH ***\n{_head(s)}\n{s.text}\n\x1f",
            "BABYL OPTIONS:\nVersion: 5\n\x1f",
        ),
    )
    yield made("Maildir/cur/1614585600.M1P1.host:2,S", "Dovecot", 1, one(lambda s: f"{_head(s)}\n{s.text}\n"))


def _in_mailbox(story: Story) -> str:
    lines = _head(story, "List-Id: Quay news <quay.lists.example>\n")
    sent = f"{story.day:%a %b %d} 09:30:00 {story.day.year}"
    return f"From desk at courier.example  {sent}\n{lines}\n{story.text}\n\n"


def _channel(told: tuple[Story, ...]) -> str:
    messages = [
        {
            "id": s.number,
            "type": "message",
            "date": f"{s.day}T09:30:00",
            "from": SOURCE,
            "text": [{"type": "bold", "text": s.title}, f"\n\n{s.text}"],
        }
        for s in told
    ]
    return json.dumps({"name": SOURCE, "type": "public_channel", "id": 12, "messages": messages})


def _channel_page(told: tuple[Story, ...]) -> str:
    messages = "".join(
        f'<div class="message default clearfix" id="message{s.number}"><div class="body">'
        f'<div class="pull_right date details" title="{s.day:%d.%m.%Y} 09:30:00 UTC+01:00">\n09:30\n</div>'
        f'<div class="from_name">\n{SOURCE} \n</div><div class="text">\n<strong>{s.title}</strong><br><br>'
        f"{'<br><br>'.join(s.paragraphs)}\n</div></div></div>"
        for s in told
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>'
        f'<div class="page_header"><div class="text bold">\n{SOURCE}\n</div></div>'
        f'<div class="page_body chat_page"><div class="history">{messages}</div></div></body></html>'
    )


def _json() -> Iterator[Made]:
    yield made("ChatExport/result.json", "Telegram", 2, _channel)
    yield made("ChatExport/messages.html", "Telegram", 2, _channel_page)
    yield made(
        "news-please.json",
        "news-please",
        1,
        one(
            lambda s: json.dumps(
                {
                    "authors": [s.author],
                    "date_download": "2024-05-01 10:00:00",
                    "date_publish": f"{s.day} 09:30:00",
                    "language": "en",
                    "maintext": s.text,
                    "source_domain": "courier.example",
                    "title": s.title,
                    "url": s.url,
                }
            )
        ),
    )
    yield made(
        "newsapi.json",
        "NewsAPI",
        3,
        lambda told: json.dumps(
            {
                "status": "ok",
                "totalResults": len(told),
                "articles": [
                    {
                        "source": {"id": None, "name": SOURCE},
                        "author": s.author,
                        "title": s.title,
                        "url": s.url,
                        "publishedAt": f"{s.day}T09:30:00Z",
                        "content": s.text,
                    }
                    for s in told
                ],
            }
        ),
    )
    yield made(
        "guardian.json",
        "the Guardian's API",
        2,
        lambda told: json.dumps(
            {
                "response": {
                    "status": "ok",
                    "results": [
                        {
                            "id": f"news/{s.number}",
                            "webTitle": s.title,
                            "webPublicationDate": f"{s.day}T09:30:00Z",
                            "webUrl": s.url,
                            "fields": {"bodyText": s.text, "byline": s.author},
                        }
                        for s in told
                    ],
                }
            }
        ),
    )
    yield made(
        "mongoexport.jsonl",
        "MongoDB",
        2,
        joined(
            lambda s: (
                json.dumps(
                    {
                        "_id": {"$oid": f"5e{s.number:022d}"},
                        "headline": {"main": s.title},
                        "pub_date": {"$date": f"{s.day}T09:30:00Z"},
                        "body": s.html,
                        "author": s.author,
                        "web_url": s.url,
                    }
                )
                + "\n"
            )
        ),
    )
    yield made("scrapy.jl", "Scrapy", 2, joined(_line))


def _tables() -> Iterator[Made]:
    def comma(story: Story) -> str:
        return (
            f'{story.number},"{story.title}",{story.day},{story.author},{SOURCE},{story.url},"{story.text}"\n'
        )

    yield made("pandas.csv", "pandas", 3, joined(comma, ",title,date,author,publication,url,content\n"))
    yield made(
        "excel.csv",
        "Excel",
        2,
        joined(
            lambda s: f'"{s.title}";{s.day:%d.%m.%Y};{s.author};"{" ".join(s.paragraphs)}"\r\n',
            "\ufeffTitel;Datum;Autor;Text\r\n",
        ),
    )
    yield made(
        "media-cloud.tsv",
        "a database",
        2,
        joined(
            lambda s: (
                f"{s.number}\t{s.title}\t{s.day}T09:30:00Z\t{SOURCE}\t{s.url}\t{' '.join(s.paragraphs)}\n"
            ),
            "stories_id\ttitle\tpublish_date\tmedia_name\turl\tstory_text\n",
        ),
    )

    def columns(told: tuple[Story, ...]) -> bytes:
        content = io.BytesIO()
        table = pyarrow.table(
            {
                "title": [s.title for s in told],
                "article": [s.text for s in told],
                "published": pyarrow.array([s.day for s in told]),
                "authors": [[s.author] for s in told],
                "url": [s.url for s in told],
                "embedding": [[0.1, 0.2] for _ in told],
            }
        )
        parquet.write_table(table, content)
        return content.getvalue()

    yield made("train-00000-of-00001.parquet", "Hugging Face", 3, columns)


def _feeds() -> Iterator[Made]:
    def item(story: Story) -> str:
        return (
            f"<item><title>{story.title}</title><link>{story.url}</link><dc:creator>{story.author}</dc:creator>"
            f"<pubDate>{story.rfc}</pubDate><guid>{story.url}</guid><description>Short</description>"
            f"<content:encoded><![CDATA[{story.html}]]></content:encoded></item>"
        )

    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    yield made(
        "wordpress.rss",
        "WordPress",
        3,
        joined(
            item,
            f"<?xml version='1.0'?><rss version='2.0' {spaces}><channel><title>{SOURCE}</title>"
            "<link>https://courier.example</link>",
            "</channel></rss>",
        ),
    )

    def entry(story: Story) -> str:
        return (
            f"<entry><title>{story.title}</title><link rel='alternate' href='{story.url}'/>"
            f"<id>{story.url}</id>"
            f"<published>{story.day}T09:30:00Z</published><updated>2024-05-01T00:00:00Z</updated>"
            f"<author><name>{story.author}</name></author>"
            f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{story.html}</div></content></entry>"
        )

    yield made(
        "blogger.atom",
        "Blogger",
        2,
        joined(
            entry,
            f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>{SOURCE}</title>"
            "<updated>2024-05-01T00:00:00Z</updated>",
            "</feed>",
        ),
    )

    def described(story: Story) -> str:
        return (
            f"<item rdf:about='{story.url}'><title>{story.title}</title><link>{story.url}</link>"
            f"<dc:date>{story.day}T09:30:00+00:00</dc:date><dc:creator>{story.author}</dc:creator>"
            f"<description>{' '.join(story.paragraphs)}</description></item>"
        )

    yield made(
        "agency.rdf",
        "a news agency",
        2,
        joined(
            described,
            "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
            f"xmlns='http://purl.org/rss/1.0/' {spaces}><channel rdf:about='https://courier.example'>"
            f"<title>{SOURCE}</title><link>https://courier.example</link></channel>",
            "</rdf:RDF>",
        ),
    )
    yield made(
        "records.xml",
        "a content system",
        2,
        joined(
            lambda s: (
                f"<article id='{s.number}'><headline>{s.title}</headline><published>{s.day}</published>"
                f"<author>{s.author}</author><body>{s.html}</body></article>"
            ),
            "<?xml version='1.0'?><articles>",
            "</articles>",
        ),
    )


def zipped(members: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def _documents() -> Iterator[Made]:
    def word(story: Story) -> bytes:
        body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in story.paragraphs)
        title = f"<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>{story.title}</w:t></w:r></w:p>"
        space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
        return zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": f"<w:document {space}><w:body>{title}{body}</w:body></w:document>",
            }
        )

    def open_document(story: Story) -> bytes:
        spaces = (
            "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
            "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
        )
        body = "".join(f"<text:p>{text}</text:p>" for text in story.paragraphs)
        return zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": (
                    f"<office:document-content {spaces}><office:body><office:text>"
                    f"<text:p text:style-name='Title'>{story.title}</text:p>{body}"
                    "</office:text></office:body></office:document-content>"
                ),
            }
        )

    def rich(story: Story) -> str:
        body = "".join(rf"{text}\par\par " for text in story.paragraphs)
        return rf"{{\rtf1\ansi\ansicpg1252{{\fonttbl{{\f0 Times;}}}}{{\b {story.title}}}\par\par {body}}}"

    yield made("word.docx", "Word", 1, one(word))
    yield made("writer.odt", "LibreOffice", 1, one(open_document))
    yield made("wordpad.rtf", "WordPad", 1, one(rich))
    yield made("release.pdf", "a press office", 1, one(_pdf))
    yield made("issue.epub", "calibre", 3, _epub(f"{SOURCE} [Mon, 06 Mar 2023]", dated=True))
    yield made(
        "clips.enex",
        "Evernote",
        2,
        joined(
            lambda s: (
                f"<note><title>{s.title}</title><content><![CDATA[<en-note>{s.html}</en-note>]]></content>"
                f"<created>{s.day:%Y%m%d}T093000Z</created><note-attributes><author>{s.author}</author>"
                f"<source-url>{s.url}</source-url></note-attributes></note>"
            ),
            "<?xml version='1.0'?><en-export application='Evernote'>",
            "</en-export>",
        ),
    )


def _pdf(story: Story) -> bytes:
    words = f"Northgate, {story.day:%d %B %Y} - {' '.join(story.paragraphs)}".split()
    lines = [(20, 780, story.title)]
    lines += [(11, 750 - 14 * n, " ".join(words[9 * n : 9 * n + 9])) for n in range(len(words) // 9 + 1)]
    shown = " ".join(f"BT /F {size} Tf 1 0 0 1 60 {y} Tm ({text}) Tj ET" for size, y, text in lines)
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font"
        " << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
    )
    out = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 5\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def _epub(title: str, *, dated: bool) -> Callable[[tuple[Story, ...]], bytes]:
    def write(told: tuple[Story, ...]) -> bytes:
        names = ["index", *(f"s{s.number}" for s in told)]
        items = "".join(
            f"<item id='{n}' href='{n}.xhtml' media-type='application/xhtml+xml'/>" for n in names
        )
        spine = "".join(f"<itemref idref='{n}'/>" for n in names)
        points = "".join(
            f"<navPoint><navLabel><text>{s.title}</text></navLabel>"
            f"<content src='s{s.number}.xhtml'/></navPoint>"
            for s in told
        )
        links = "".join(f"<li><a href='s{s.number}.xhtml'>{s.title}</a></li>" for s in told)
        members = {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>"
            ),
            "c.opf": (
                "<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>"
                f"<dc:title>{title}</dc:title><dc:creator>calibre</dc:creator></metadata><manifest>{items}"
                f"<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/></manifest>"
                f"<spine>{spine}</spine></package>"
            ),
            "toc.ncx": (
                "<ncx><navMap><navPoint><navLabel><text>News</text></navLabel>"
                f"<content src='index.xhtml'/>{points}</navPoint></navMap></ncx>"
            ),
            "index.xhtml": f"<html><body><ul>{links}</ul></body></html>",
        }
        for s in told:
            day = f"<p>{s.written_day}</p>" if dated else ""
            members[f"s{s.number}.xhtml"] = (
                f"<html><body><h2>{s.title}</h2><p>By {s.author}</p>{day}{s.html}</body></html>"
            )
        return zipped(members)

    return write


def _archives() -> Iterator[Made]:
    def record(story: Story) -> str:
        head = f"<meta property=article:published_time content={story.day}T09:30:00Z>"
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_article_page(story, head)}"
        return (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {story.url}\r\n"
            f"WARC-Date: 2024-05-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{story.number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(body.encode())}\r\n\r\n{body}\r\n\r\n"
        )

    yield made("crawl.warc", "wget", 2, joined(record))
    yield made(
        "crawl.warc.gz", "Heritrix", 2, lambda told: b"".join(gzip.compress(record(s).encode()) for s in told)
    )


def _exports() -> Iterator[Made]:
    def nexis(told: tuple[Story, ...]) -> str:
        return "Time Of Request: Friday, March 20, 2024\n\n" + "".join(
            f"\n{' ' * 30}{n} of {len(told)} DOCUMENTS\n\n\n{' ' * 20}{SOURCE}\n\n"
            f"{' ' * 22}{s.written_day} {s.day:%A}\n\n{s.title}\n\nBYLINE: {s.author}\n\n"
            f"SECTION: NEWS; Pg. 5\n\nLENGTH: 112 words\n\n{s.text}\n\nLOAD-DATE: May 1, 2024\n\n"
            f"LANGUAGE: ENGLISH\n\n{' ' * 20}Copyright 2023 Northgate Media\n\n"
            for n, s in enumerate(told, 1)
        )

    def factiva(told: tuple[Story, ...]) -> str:
        return "".join(
            f"HD {s.title}\nBY By {s.author}\nWC 212 words\nPD {s.day.day} {s.day:%B %Y}\n"
            f"SN {SOURCE}\nLA English\nLP\n{s.paragraphs[0]}\nTD\n{s.paragraphs[1]}\nPUB Northgate Media\n"
            f"AN Document NGC00000202301{s.number}\n\n"
            for s in told
        )

    def proquest(told: tuple[Story, ...]) -> str:
        rule = "_" * 60
        return (
            "".join(
                f"{rule}\n\nDocument {n} of {len(told)}\n\n{s.title}\n\nAuthor: {s.author}\n\n"
                f"Publication info: {SOURCE}; Northgate. {s.day:%d %b %Y}: B1.\n\nFull text: {s.text}\n\n"
                f"Publication title: {SOURCE}; Northgate\n\n"
                f"Publication date: {s.day:%b} {s.day.day}, {s.day.year}\n\n"
                f"ProQuest document ID: 2000000{s.number}\n\n"
                for n, s in enumerate(told, 1)
            )
            + f"{rule}\n\nContact ProQuest\n"
        )

    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]

    def europresse(story: Story) -> str:
        day = f"{story.day.day} {months[story.day.month - 1]} {story.day.year}"
        return (
            f"<span class='DocPublicationName'>{SOURCE}, no. 59</span><br>"
            "<span class='DocHeader'>lundi </span>"
            f"<span class='DocHeader'>{day}</span><br><span class='TitreArticleVisu'>{story.title}</span><br>"
            f"{story.author}<br><p></p>{'<p></p>'.join(story.paragraphs)}<p></p><b>© 2023 {SOURCE}."
            f"</b><p></p>Numéro de document : news·{story.day:%Y%m%d}·QU·{story.number}"
        )

    yield made("europresse.html", "Europresse", 2, joined(europresse, "<html><body>", "</body></html>"))

    def genios(story: Story) -> str:
        paper = f"{SOURCE} vom {story.day:%d.%m.%Y}, Nr. 59, S. 12"
        return (
            f"{paper}\nWirtschaft\n\n{story.title}\n\nVon {story.author}\n\n{story.text}\n\n"
            f"Quelle: {paper}\nRessort: Wirtschaft\nDokumentnummer: {story.day:%Y%m%d}NC{story.number}\n\n"
            f"Dauerhafte Adresse des Dokuments:\n{story.url}\nAlle Rechte vorbehalten: (c) {SOURCE}\n\n"
        )

    yield made("genios.txt", "Genios", 2, joined(genios))
    yield made("nexis.txt", "Nexis", 2, nexis)
    yield made("factiva.txt", "Factiva", 2, factiva)
    yield made("proquest.txt", "ProQuest", 2, proquest)


NO_ARTICLES = {
    "tool/scrape.py": "import json\n\n\ndef run(path):\n    return json.load(open(path))\n",
    "tool/settings.toml": "[crawler]\ndepth = 3\n",
    "chat.txt": "".join(
        f"[14/11/2023, 09:1{n}:33] {('Lena', 'Tom')[n % 2]}: did you see load {n}?\n" for n in range(8)
    ),
    "time-element_files/style.css": "body { color: black }\n",
    "time-element_files/menu.html": "<html><body><p>Home</p></body></html>",
    "feeds.opml": (
        "<?xml version='1.0'?><opml version='2.0'><body><outline text='News' xmlUrl='x'/></body></opml>"
    ),
}
"""What lies beside the articles in real folders and is none."""
