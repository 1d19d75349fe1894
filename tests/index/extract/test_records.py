"""Records of JSON, tables, XML, feeds, notes and web archives: fields by the words of their keys."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from collections.abc import Callable

import pyarrow  # type: ignore[import-untyped]  # pyarrow has no types
import pytest
from pyarrow import parquet

from seedread_index.extract.extractor import FileReading
from seedread_index.extract.records import web_archive
from seedread_index.extract.records.keys import rank
from seedread_index.extract.web.plain_text import unescaped
from seedread_index.model.article import Article
from seedread_index.model.status import SkipStatus

Read = Callable[..., FileReading]
One = Callable[..., Article]
DAY = dt.date(2021, 3, 5)
STORY = "The tram to Port Amber stopped for an hour on Monday, the works said."


@pytest.mark.parametrize(
    "key",
    [
        "date",
        "date_publish",
        "publishedAt",
        "pubDate",
        "webPublicationDate",
        "published_on",
        "posted",
        "article_published_time",
        "release_date",
        "created_at",
        "timestamp",
        "fecha",
        "datum",
        "data_pubblicazione",
        "fecha_publicacion",
        "date_de_parution",
        "发布时间",
    ],
)
def test_keys_of_a_day_of_publishing(key: str) -> None:
    assert rank("date", key) is not None


@pytest.mark.parametrize(
    "key",
    [
        "date_modify",
        "updatedAt",
        "date_download",
        "scraped_at",
        "crawl_date",
        "lastmod",
        "filedate",
        "added_on",
        "fecha_actualizacion",
        "data_coleta",
        "expiry_date",
        "birth_date",
        "accessed",
        "publisher",
        "candidate",
        "mandate",
        "posts",
        "lifetime_value",
    ],
)
def test_keys_of_other_days(key: str) -> None:
    assert rank("date", key) is None


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("text", "news_text"),
        ("text", "postContent"),
        ("text", "story_body"),
        ("title", "webTitle"),
        ("title", "post_title"),
        ("author", "author_name"),
        ("url", "article_url"),
        ("source", "source_name"),
        ("section", "sectionName"),
    ],
)
def test_keys_are_read_as_words(field: str, key: str) -> None:
    assert rank(field, key) is not None


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("text", "content_type"),
        ("text", "text_length"),
        ("text", "context"),
        ("title", "image_title"),
        ("url", "image_url"),
        ("author", "authority"),
        ("text", "related_content"),
    ],
)
def test_keys_that_only_contain_a_word_are_none(field: str, key: str) -> None:
    assert rank(field, key) is None


@pytest.mark.parametrize(
    "value",
    [
        "2021-03-05T10:00:00Z",
        {"$date": "2021-03-05T10:00:00Z"},
        {"$numberLong": "1614938400000"},
        {"$date": {"$numberLong": "1614938400000"}},
        "1614938400",
        1614938400000,
        ["2021-03-05"],
        "Fri Mar 05 10:00:00 +0000 2021",
        "Fri, 5 Mar 2021 10:00:00 GMT",
        "20210305",
    ],
)
def test_days_of_any_form(article: One, value: object) -> None:
    found = article(json.dumps({"title": "Tram", "publish_date": value, "text": STORY}), "a.json")
    assert (found.date, found.date_from) == (DAY, "metadata")


def test_a_day_of_publishing_beats_a_plain_one_and_that_beats_one_of_making(article: One) -> None:
    record = {"title": "Tram", "text": STORY, "created": "2021-01-01", "date": "2021-02-02"}
    assert str(article(json.dumps(record), "a.json").date) == "2021-02-02"
    assert article(json.dumps(record | {"date_publish": "2021-03-05"}), "a.json").date == DAY
    bare = {"title": "Tram", "text": STORY, "date_modify": "2021-01-01"}
    assert article(json.dumps(bare), "a.json").date is None


def test_styled_runs_are_one_text(read: Read) -> None:
    runs = [
        "Fog closed the ",
        {"type": "bold", "text": "eastern basin"},
        " of the port. ",
        {"type": "link", "text": "https://h.example/fog", "href": "x"},
    ]
    messages = [
        {"id": 1, "type": "service", "date": "2022-03-01", "text": ""},
        {"id": 2, "type": "message", "date": "2022-03-01", "from": "Harbour Alerts", "text": runs},
        {"id": 3, "type": "message", "date": "2022-03-02", "from": "Harbour Alerts", "text": STORY},
    ]
    first, second = read(json.dumps({"name": "Harbour Alerts", "messages": messages}), "t.json").articles
    assert first.text == "Fog closed the eastern basin of the port. https://h.example/fog"
    assert (first.title_inferred, first.source, str(second.date)) == (True, "Harbour Alerts", "2022-03-02")


def test_whole_paragraphs_of_a_list_stay_paragraphs(article: One) -> None:
    for value in (["One came.", "Two left."], [{"text": "One came."}, {"text": "Two left."}]):
        assert "One came.\n\nTwo left." in article(json.dumps({"title": "T", "body": value}), "a.json").text


ESCAPED = (
    "AT&amp;T said on Monday that it&#8217;s &quot;sorry&quot; to leave Port Amber, where 400 people work."
)
PLAIN = 'AT&T said on Monday that it’s "sorry" to leave Port Amber, where 400 people work.'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps({"title": "It&rsquo;s over: AT&amp;T leaves", "text": ESCAPED})),
        (
            "a.jsonl",
            json.dumps({"title": {"rendered": "It&#8217;s over: AT&amp;amp;T leaves"}, "text": ESCAPED}),
        ),
        ("a.csv", f'title,text\nIt&#x2019;s over: AT&amp;T leaves,"{ESCAPED}"\n'),
    ],
)
def test_character_references_left_in_texts_are_resolved(article: One, name: str, content: str) -> None:
    found = article(content, name)
    assert found.title == "It’s over: AT&T leaves"
    assert found.text.endswith(PLAIN)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (
            "R&D is how we write it; &amp; is how HTML writes &",
            "R&D is how we write it; &amp; is how HTML writes &",
        ),
        ("Q&A: it&#8217;s &ldquo;new&rdquo;, &lt;b&gt;", "Q&A: it’s “new”, &lt;b&gt;"),
        ("cats &dogs; and &amp;c", "cats &dogs; and &c"),
        ("&#27;[31mred&#0;", "[31mred\ufffd"),
        ("AT&amp;amp;T", "AT&T"),
        ("Tom & Jerry", "Tom & Jerry"),
    ],
)
def test_references_are_left_where_they_may_be_meant(written: str, seen: str) -> None:
    assert unescaped(written) == seen


def test_what_an_object_lacks_is_taken_from_the_one_around_it(article: One) -> None:
    answer = {
        "results": [
            {
                "webPublicationDate": "2021-03-05T23:30:00Z",
                "webUrl": "https://paper.example/x",
                "fields": {"headline": "Tram stops", "byline": "Aino Virtanen", "bodyText": STORY},
            }
        ]
    }
    found = article(json.dumps(answer), "a.json")
    assert (found.title, found.date, found.source) == ("Tram stops", DAY, "paper.example")


def test_a_name_beats_an_address_as_source_and_an_address_becomes_its_host(article: One) -> None:
    record = {"title": "T", "text": STORY, "source": "https://www.bohemia.example/otters"}
    assert article(json.dumps(record), "a.json").source == "bohemia.example"
    assert article(json.dumps(record | {"site_name": "Bohemia Daily"}), "a.json").source == "Bohemia Daily"


def test_a_lead_is_the_text_where_there_is_no_other(article: One) -> None:
    doc = {
        "abstract": STORY,
        "lead_paragraph": STORY + " It ran again at noon.",
        "headline": {"main": "Tram"},
        "pub_date": "2021-03-05T10:00:21+0000",
        "keywords": [{"name": "a", "value": "b"}],
    }
    found = article(json.dumps({"response": {"docs": [doc]}}), "a.json")
    assert (found.title, found.date) == ("Tram", DAY)
    assert "ran again" in found.text


def test_raw_json_is_never_shown(read: Read) -> None:
    reading = read('{"alpha": "beta gamma", "delta": 1}', "a.json")
    assert (reading.articles, reading.status) == ((), SkipStatus.SKIP)


def test_the_parts_of_a_file_that_grows_keep_their_ids(read: Read) -> None:
    old = [{"title": f"Story {n}", "url": f"https://x.example/{n}", "text": STORY} for n in range(3)]
    new = {"title": "New", "url": "https://x.example/new", "text": STORY}
    for keys in (("title", "url", "text"), ("title", "text")):
        lines = [json.dumps({key: record[key] for key in keys}) for record in old]
        first = json.dumps({key: new[key] for key in keys})
        before = {one.title: one.id for one in read("\n".join(lines), "d.jsonl").articles}
        after = {one.title: one.id for one in read("\n".join([first, *lines]), "d.jsonl").articles}
        assert len(set(after.values())) == 4
        assert {title: after[title] for title in before} == before


def test_equal_parts_have_ids_of_their_own(read: Read) -> None:
    line = json.dumps({"title": "Twice", "text": STORY})
    assert len({one.id for one in read(f"{line}\n{line}\n", "d.jsonl").articles}) == 2


# -- tables --------------------------------------------------------------------------------------------------

TABLE = (
    "id{0}title{0}publication{0}author{0}date{0}content\n"
    '1{0}Frost{0}Loire Echo{0}Camille Roux{0}2021-03-05{0}"Frost came, growers said.\n\n""We lit '
    'candles."""\n'
    "2{0}Bus{0}Loire Echo{0}Jean Masson{0}2021-03-06{0}A bus struck the bridge.\n"
)


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "a.csv"), ("\t", "a.tsv"), (";", "a.csv"), (",", "a.txt")]
)
def test_the_rows_of_a_table_are_articles(read: Read, delimiter: str, name: str) -> None:
    first, second = read(TABLE.format(delimiter), name).articles
    assert (first.title, first.date, first.source) == ("Frost", DAY, "Loire Echo")
    assert '"We lit candles."' in first.text and "Camille Roux" in first.text
    assert (second.part, second.title) == ("3", "Bus")


def test_a_table_of_numbers_is_left_out_and_a_column_can_be_named(read: Read) -> None:
    table = "year,rain,remarks\n2020,17,The rain fell on Monday in Port Amber.\n"
    reading = read(table, "rain.csv")
    assert (reading.articles, reading.status) == ((), SkipStatus.SKIP)
    assert "json_fields" in reading.reason
    assert read(table, "rain.csv", json_fields={"text": "remarks"}).articles


def test_prose_with_commas_is_no_table(article: One) -> None:
    text = "Content, date, title and author: the clerk read them all.\n\nThe council met, and left."
    assert article(text).text == text


def test_a_table_of_a_million_columns_is_not_read(read: Read) -> None:
    assert "columns" in read("text," * 1_000_000 + "\n", "wide.csv").reason


# -- feeds, notes, XML ---------------------------------------------------------------------------------------

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Valley Gazette</title>
<item><title>Dam &amp;quot;holds&amp;quot;</title><link>https://g.example/1</link>
<dc:creator>Nela Horak</dc:creator>
<pubDate>Fri, 05 Mar 2021 06:30:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Engineers filled the basin.</p><p>It held.</p>]]></content:encoded></item>
<item><title>Second</title><description>&lt;p&gt;The centre stays open.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Fjord Bulletin</title>
<updated>2022-08-01T00:00:00Z</updated>
<entry><title>Tunnel</title><id>urn:1</id><published>2021-03-05T10:00:00+02:00</published>
<updated>2021-04-01T11:00:00+02:00</updated><author><name>Liv Aas</name></author>
<content type="html">&lt;p&gt;The tunnel opens late.&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize("name", ["feed", "feed.xml", "feed.rss", "feed.html"])
def test_the_entries_of_a_feed_are_articles(read: Read, name: str) -> None:
    first, second = read(RSS, name).articles
    assert (first.title, first.date, first.source) == ('Dam "holds"', DAY, "Valley Gazette")
    assert first.text.endswith("Engineers filled the basin.\n\nIt held.") and "Nela Horak" in first.text
    assert (second.title, second.text) == ("Second", "Second\n\nThe centre stays open.")
    (entry,) = read(ATOM, name).articles
    assert (entry.title, entry.date, entry.source) == ("Tunnel", DAY, "Fjord Bulletin")
    assert "<" not in entry.text


def test_entities_of_a_feed_are_never_expanded(read: Read) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    item = "<item><title>x</title><description>&b;&f; end</description></item>"
    feed = f"<?xml version='1.0'?>{bomb}<rss><channel>{item}</channel></rss>"
    shown = "".join(one.text for one in read(feed, "a.xml").articles)
    assert "haha" not in shown and "root:" not in shown


def test_a_feed_that_is_cut_gives_what_is_there(read: Read) -> None:
    assert read(RSS[:-60], "feed.xml").articles[0].title == 'Dam "holds"'


def test_the_notes_of_an_export_are_articles(read: Read) -> None:
    note = (
        "<note><title>Quarry</title><created>20210305T070000Z</created><note-attributes><author>Ruta</author>"
        "<source-url>https://www.post.example/q</source-url></note-attributes><content><![CDATA[<en-note>"
        "<div>The quarry goes to court.</div><en-media hash='1'/></en-note>]]></content>"
        "<resource><data encoding='base64'>" + "QUJD" * 5000 + "</data></resource></note>"
    )
    first, _ = read(f"<?xml version='1.0'?><en-export>{note}{note}</en-export>", "clip.enex").articles
    assert (first.title, first.date, first.source) == ("Quarry", DAY, "post.example")
    assert "QUJD" not in first.text and "goes to court" in first.text


def test_xml_of_another_shape_is_read_by_its_names(article: One, read: Read) -> None:
    attributes = "sitename='Bohemia Daily' title='Otters' date='2021-03-05'"
    doc = f"<doc {attributes}><main><p>{STORY}</p><p>End.</p></main></doc>"
    found = article("<?xml version='1.0'?>" + doc, "o.xml")
    assert (found.title, found.date, found.source) == ("Otters", DAY, "Bohemia Daily")
    assert f"{STORY}\n\nEnd." in found.text
    rows = "".join(f"<row><headline>H{n}</headline><body>{STORY}</body></row>" for n in range(2))
    assert [one.title for one in read(f"<table>{rows}</table>", "o.xml").articles] == ["H0", "H1"]
    assert (
        read("<?xml version='1.0'?><settings><theme>dark</theme></settings>", "s.xml").status
        is SkipStatus.SKIP
    )


# -- web archives, subtitles, rich text ----------------------------------------------------------------------


def warc(*records: tuple[str, str, str, str]) -> bytes:
    parts = []
    for kind, address, content_type, body in records:
        content = body.encode()
        if kind == "response":
            content = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n".encode() + content
        record_type = "application/http; msgtype=response" if kind == "response" else content_type
        parts.append(
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n"
            "WARC-Date: 2021-05-30T10:11:12Z\r\n"
            f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {record_type}\r\n"
            f"Content-Length: {len(content)}\r\n\r\n".encode()
            + content
            + b"\r\n\r\n"
        )
    return b"".join(parts)


PAGES = (
    ("request", "https://hill.example/c", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
    (
        "response",
        "https://hill.example/c",
        "text/html; charset=utf-8",
        f"<html><head><title>Bridge reopens</title></head><body><h1>Bridge reopens</h1><p>{STORY}</p></body>",
    ),
    ("response", "https://hill.example/c.css", "text/css", "p{color:red}"),
    ("conversion", "https://hill.example/d", "text/plain", f"Goats block the road\n\n{STORY}"),
)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_pages_of_a_web_archive_are_articles(read: Read, pack: Callable[[bytes], bytes]) -> None:
    first, second = read(pack(warc(*PAGES)), "crawl.warc").articles
    assert (first.title, first.source, first.part, first.date) == (
        "Bridge reopens",
        "hill.example",
        "https://hill.example/c",
        None,
    )
    assert second.title == "Goats block the road"


def test_a_damaged_web_archive_keeps_what_came_before(read: Read, capfd: pytest.CaptureFixture[str]) -> None:
    reading = read(warc(*PAGES) + b"rubbish\r\n" * 3, "crawl.warc")
    assert len(reading.articles) == 2
    assert reading.status is SkipStatus.BROKEN
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("lie", [50, -50, 1000, 10**7, 10**12, -(10**6)])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_record_that_says_a_wrong_length_takes_no_other_with_it(
    read: Read, lie: int, pack: Callable[[bytes], bytes]
) -> None:
    pages = [
        ("conversion", f"https://hill.example/{n}", "text/plain", f"Goats block road {n}\n\n{STORY}")
        for n in range(4)
    ]
    records = [warc(page) for page in pages]
    size = int(records[1].split(b"Content-Length: ")[1].split(b"\r")[0])
    records[1] = records[1].replace(b"Content-Length: %d" % size, b"Content-Length: %d" % (size + lie))
    reading = read(pack(b"".join(records)), "crawl.warc")
    assert [one.title for one in reading.articles] == [f"Goats block road {n}" for n in range(4)]
    assert all(one.text.endswith(STORY) for one in reading.articles)
    assert reading.status is None


def test_a_web_archive_is_read_to_its_end_and_around_what_is_no_record(read: Read) -> None:
    whole = warc(*PAGES[1:2], *PAGES[3:])
    cut = read(whole[:-60], "crawl.warc")
    assert [one.title for one in cut.articles] == ["Bridge reopens", "Goats block the road"]
    assert (cut.status, "ends within a record" in cut.reason) == (SkipStatus.BROKEN, True)
    between = read(warc(PAGES[1]) + b"rubbish\r\n" * 9 + b"\r\n" + warc(PAGES[3]), "crawl.warc")
    assert [one.title for one in between.articles] == ["Bridge reopens", "Goats block the road"]
    assert between.status is SkipStatus.BROKEN
    quoted = (PAGES[3][0], PAGES[3][1], "text/plain", f"{STORY}\n\nWARC/1.0\r\nWARC-Type: x\n\n{STORY}")
    one = read(warc(quoted, PAGES[1]), "crawl.warc")
    assert len(one.articles) == 2 and one.articles[0].text.count(STORY) == 2
    for size in (17 << 20, web_archive._LARGEST_RECORD + 1000):
        large = ("resource", "https://hill.example/v", "video/mp4", "x" * size)
        found = read(warc(large, PAGES[1], large), "crawl.warc")
        assert (len(found.articles), found.status) == (1, None)


def test_subtitles_are_read_as_speech(article: One) -> None:
    srt = (
        "1\n00:00:01,000 --> 00:00:04,200\n<i>The minister,</i>\n\n"
        "2\n00:00:04,300 --> 00:00:07,900\ntold reporters"
    )
    assert (
        article(srt + "\nthat 12 bridges open.\n", "a.srt").text
        == "The minister, told reporters that 12 bridges open."
    )
    vtt = (
        "WEBVTT\nKind: captions\n\n00:01.000 --> 00:04.000\nthe <c>minister</c>\n\n"
        "00:04.000 --> 00:05.000\nthe minister\ntold"
    )
    assert article(vtt, "a").text == "the minister told"


def test_rich_text_is_text(article: One) -> None:
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\b Caf\'e9 stays}\par\par"
    rtf = head + r" A court sided with Plze\u328? on Monday.\par}"
    found = article(rtf, "a")
    assert found.title == "Café stays"
    assert "Plzeň" in found.text and "Times" not in found.text


def test_the_keys_of_front_matter_are_read_as_words(article: One) -> None:
    front = (
        "---\ntitle: Otters\nauthor: By Jana Novotna\nurl: https://www.b.example/o\nsitename: Bohemia Daily\n"
    )
    for name in ("o.md", "o.txt"):
        found = article(f'{front}date: "2021-03-05"\n---\nOtters\n{STORY}\n', name)
        assert (found.title, found.date, found.source) == ("Otters", DAY, "Bohemia Daily")
        assert (found.author, found.origin.url) == ("Jana Novotna", "https://www.b.example/o")
        assert found.text.count("Otters") == 1


@pytest.mark.parametrize("name", ["news.parquet", "train-00000-of-00001", "news.txt"])
def test_the_rows_of_a_parquet_table_are_articles(read: Read, news: str, name: str) -> None:
    day = dt.datetime(2025, 3, 3, 10, 30, tzinfo=dt.UTC)
    table = pyarrow.table(
        {
            "headline": ["Crane mended", "Ferry sold", "Without a text"],
            "article_text": pyarrow.array([news.encode(), (news + " Sold.").encode(), None]),
            "published": pyarrow.array([day, day, day], pyarrow.timestamp("ns", tz="UTC")),
            "authors": [["Ana Reyes"], ["Tom Hale"], []],
            "url": ["https://desk.example/1", "https://desk.example/2", None],
            "embedding": [[0.5] * 4] * 3,
        }
    )
    content = io.BytesIO()
    parquet.write_table(table, content)
    first, second = read(content.getvalue(), name).articles
    assert (first.title, str(first.date), first.author) == ("Crane mended", "2025-03-03", "Ana Reyes")
    assert first.origin.url == "https://desk.example/1"
    assert first.origin.published == "2025-03-03T10:30:00+00:00"
    assert (second.title, second.part) == ("Ferry sold", "2")


def test_a_parquet_table_without_texts_is_named(read: Read) -> None:
    content = io.BytesIO()
    parquet.write_table(pyarrow.table({"price": [1.5], "volume": [2]}), content)
    assert "without a text column" in read(content.getvalue(), "prices.parquet").reason


@pytest.mark.parametrize(("between", "name"), [("", "a.json"), ("\n\n", "a.json"), (",\n", "a.jsonl")])
def test_records_one_after_the_other_are_read_whatever_parts_them(
    read: Read, news: str, between: str, name: str
) -> None:
    records = [json.dumps({"title": f"Ferry {n}", "text": f"{n} {news}"}, indent=1) for n in range(3)]
    if name == "a.jsonl":
        records = [" ".join(record.split("\n")) for record in records]
    reading = read(between.join(records) + between, name)
    assert [one.title for one in reading.articles] == ["Ferry 0", "Ferry 1", "Ferry 2"]
    assert (reading.status, len({one.id for one in reading.articles})) == (None, 3)


NAMES = ("title", "text", "date")
TWO = [("Tram stops", STORY, "2021-03-05"), ("Tram runs", STORY.replace("stopped", "ran"), "2021-03-06")]


@pytest.mark.parametrize(
    "keys",
    [
        ("titulo", "cuerpo", "fecha"),
        ("titre", "texte", "date_publication"),
        ("titolo", "testo", "data_pubblicazione"),
        ("titulo", "conteudo", "data"),
        ("заголовок", "текст", "дата"),
        ("标题", "正文", "发布时间"),
    ],
)
def test_keys_of_other_languages_are_read(read: Read, keys: tuple[str, ...]) -> None:
    rows = [dict(zip(keys, row, strict=True)) for row in TWO]
    for value in (rows, {keys[1]: rows}, rows[0]):
        first = read(json.dumps(value), "a.json").articles[0]
        assert (first.title, first.date) == ("Tram stops", DAY)


@pytest.mark.parametrize(
    "table",
    [
        {name: [row[place] for row in TWO] for place, name in enumerate(NAMES)},
        {name: {"0": TWO[0][place], "1": TWO[1][place]} for place, name in enumerate(NAMES)},
        {"columns": NAMES, "index": [0, 1], "data": TWO},
    ],
)
def test_a_table_written_column_by_column_has_an_article_a_row(read: Read, table: object) -> None:
    found = read(json.dumps(table), "a.json").articles
    assert [(each.title, str(each.date)) for each in found] == [(title, day) for title, _, day in TWO]


@pytest.mark.parametrize(
    "record",
    [
        {"title": ["Tram stops"], "text": [STORY, "It ran again at noon."], "date": ["2021-03-05"]},
        {"title": {"rendered": "Tram stops"}, "text": {"rendered": STORY}, "date": {"iso": "2021-03-05"}},
    ],
)
def test_a_record_of_lists_or_wrapped_values_is_one_article(article: One, record: object) -> None:
    found = article(json.dumps(record), "a.json")
    assert (found.title, found.date) == ("Tram stops", DAY)


def test_entities_in_a_field_are_read(article: One) -> None:
    found = article(json.dumps({"title": "Tram &#8211; R&amp;D", "text": f"{STORY} &copy; A&B;c"}), "a.json")
    assert found.title == "Tram – R&D" and found.text.endswith("© A&B;c")


def test_the_title_of_a_json_feed_is_the_source(read: Read) -> None:
    feed = {"title": "The Tram", "home_page_url": "https://t.example", "items": [{"content_text": STORY}] * 2}
    assert {each.source for each in read(json.dumps(feed), "a.json").articles} == {"The Tram"}


def test_what_stands_before_a_fault_in_a_list_is_read(read: Read) -> None:
    whole = ", ".join(json.dumps({"title": title, "text": text}) for title, text, _ in TWO)
    comma = read(f"[{whole}, ]", "a.json")
    assert len(comma.articles) == 2 and "all articles" in comma.reason
    cut = read(f'[{whole}, {{"title": "Tram', "a.json")
    assert len(cut.articles) == 2 and "after 2 articles" in cut.reason


PAIR = (
    {
        "title": "Herring moved",
        "date": "2024-03-05",
        "text": "The porters moved forty barrels of herring on Monday.",
    },
    {
        "title": "Quay mended",
        "date": "2024-03-06",
        "text": "Nine divers have mended the old quay below the pier.",
    },
)


@pytest.mark.parametrize("name", ["a.json-seq", "a.json", "a.jsonl", "a"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_sequence_of_json_texts_is_read(read: Read, name: str, indent: int | None) -> None:
    found = read("".join(f"\x1e{json.dumps(each, indent=indent)}\n" for each in PAIR), name)
    assert [one.title for one in found.articles] == ["Herring moved", "Quay mended"]
    assert found.reason == ""


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a"])
def test_objects_that_follow_each_other_without_a_line_end_are_numbered(read: Read, name: str) -> None:
    articles = read("".join(map(json.dumps, PAIR)), name).articles
    assert [(one.part, one.title) for one in articles] == [("1", "Herring moved"), ("2", "Quay mended")]


def test_a_text_that_begins_with_a_bracket_is_no_json(article: One, news: str) -> None:
    assert article(f"[1] The council of the harbour met.\n\n{news}", "a.txt").text.startswith("[1]")


def test_the_record_within_a_search_hit_is_no_source(read: Read) -> None:
    hits = [{"_index": "news", "_id": str(n), "_source": each} for n, each in enumerate(PAIR)]
    for content in (json.dumps({"hits": {"hits": hits}}), "\n".join(map(json.dumps, hits))):
        articles = read(content, "a.json").articles
        assert [(one.title, one.source) for one in articles] == [
            ("Herring moved", None),
            ("Quay mended", None),
        ]


def test_the_title_of_a_json_feed_without_an_address_is_the_source(read: Read) -> None:
    items = [
        {"id": str(n), "content_text": each["text"], "title": each["title"]} for n, each in enumerate(PAIR)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Gazette", "items": items}
    assert {one.source for one in read(json.dumps(feed), "feed.json").articles} == {"Harbour Gazette"}


@pytest.mark.parametrize(("delimiter", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv")])
def test_a_table_without_a_header_is_read_by_its_cells(read: Read, delimiter: str, name: str) -> None:
    rows = [
        (
            f"https://quay.example/{n}",
            each["date"],
            "Ana Reyes",
            each["title"],
            f"{each['text']}\nSo it, was; said.",
        )
        for n, each in enumerate(PAIR)
    ]
    table = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    articles = read(table, name).articles
    assert [(one.part, one.title, str(one.date)) for one in articles] == [
        ("1", "Herring moved", "2024-03-05"),
        ("2", "Quay mended", "2024-03-06"),
    ]
    assert [one.author for one in articles] == [None, None]
    assert articles[0].origin.url == "https://quay.example/0"


def test_a_list_of_addresses_without_a_header_is_no_table_of_articles(read: Read) -> None:
    street = "Quay Street {}, 12345 Northgate on the River, County of the Coast, Kingdom"
    found = read("\n".join(f'Ana Reyes {n},"{street.format(n)}",0123' for n in range(9)), "a.csv")
    assert not found.articles and "without a text column" in found.reason


def test_a_table_for_excel_may_say_what_parts_its_cells(read: Read) -> None:
    rows = "\r\n".join(f'"{each["title"]}";{each["date"]};"{each["text"]}"' for each in PAIR)
    articles = read(f"sep=;\r\ntitle;date;text\r\n{rows}\r\n", "a.csv").articles
    assert [one.title for one in articles] == ["Herring moved", "Quay mended"]


def test_a_header_between_two_tables_is_no_article(read: Read) -> None:
    table = "title,date,text\n" + "".join(f"{each['title']},{each['date']},{each['text']}\n" for each in PAIR)
    assert len(read(table + table.replace("barrels", "boxes"), "a.csv").articles) == 4


def test_a_story_of_an_agency_in_nitf_has_its_headline_day_and_writer(article: One) -> None:
    story = (
        '<nitf><head><title>Herring</title><docdata><doc-id id-string="x7"/>'
        '<date.issue norm="20240305T100000Z"/></docdata>'
        '<pubdata name="The Quay" ex-ref="https://quay.example/7"/></head>'
        "<body><body.head><hedline><hl1>Herring moved</hl1></hedline><byline>By Ana Reyes</byline>"
        "<dateline><location>Port Amber</location></dateline></body.head>"
        '<body.content><block class="lead_paragraph"><p>The lead.</p></block>'
        '<block class="full_text"><p>The lead.</p><p>The porters moved forty barrels.</p></block>'
        "</body.content></body></nitf>"
    )
    found = article(story, "a.xml")
    assert (found.title, str(found.date), found.author, found.source) == (
        "Herring moved",
        "2024-03-05",
        "Ana Reyes",
        "The Quay",
    )
    assert found.origin.url == "https://quay.example/7"
    assert found.text.count("The lead.") == 1 and "forty barrels" in found.text


def test_every_item_of_a_news_message_is_a_story(read: Read) -> None:
    items = "".join(
        f'<newsItem guid="urn:{n}"><contentMeta><contentCreated>{each["date"]}T10:00:00Z</contentCreated>'
        f"<headline>{each['title']}</headline><by>By Ana Reyes</by></contentMeta>"
        f"<contentSet><inlineXML><html><body><p>{each['text']}</p></body></html></inlineXML></contentSet>"
        "</newsItem>"
        for n, each in enumerate(PAIR)
    )
    space = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
    message = f"<newsMessage {space}><itemSet>{items}</itemSet></newsMessage>"
    articles = read(message, "a.xml").articles
    assert [(one.title, str(one.date), one.author) for one in articles] == [
        ("Herring moved", "2024-03-05", "Ana Reyes"),
        ("Quay mended", "2024-03-06", "Ana Reyes"),
    ]


def test_pictures_in_an_export_of_wordpress_are_no_articles(read: Read) -> None:
    def item(title: str, text: str, kind: str) -> str:
        said = f"<title>{title}</title><pubDate>Tue, 05 Mar 2024 10:00:00 +0000</pubDate>"
        return f"<item>{said}<description>{text}</description><wp:post_type>{kind}</wp:post_type></item>"

    items = item("Herring moved", PAIR[0]["text"], "post") + item("herring.jpg", "", "attachment")
    space = 'xmlns:wp="http://wordpress.org/export/1.2/"'
    feed = f'<rss version="2.0" {space}><channel><title>Quay</title>{items}</channel></rss>'
    assert [one.title for one in read(feed, "a.xml").articles] == ["Herring moved"]


@pytest.mark.parametrize(
    ("feed", "address"),
    [
        ('<feed xml:base="https://wire.example/news/">{}</feed>', "https://wire.example/news/5"),
        ('<feed><link href="https://wire.example/"/>{}</feed>', "https://wire.example/5"),
        ('<feed><link rel="self" href="https://hub.example/"/>{}</feed>', None),
    ],
)
def test_a_relative_link_of_an_entry_is_below_the_feeds_address(
    article: One, feed: str, address: str | None
) -> None:
    entry = f'<entry><title>Tram stops</title><link href="5"/><content>{STORY}</content></entry>'
    assert article(feed.format(f"<title>The Wire</title>{entry}"), "news.atom").origin.url == address
