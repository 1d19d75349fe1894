"""What programs write as JSON or nearly so: its records, however they are laid out and their keys spelt."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable

import pytest

from seedread_index.extract.decoding.source import Source
from seedread_index.extract.extractor import FileReading, drafts_in
from seedread_index.extract.records.keys import rank
from seedread_index.extract.records.values import date_of
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SkipStatus

Read = Callable[..., FileReading]
One = Callable[..., Article]
DAY = dt.date(2021, 3, 5)
LEAD = "The tram to Port Amber stopped for an hour on Monday, the works said."
REST = "Two cars will be sold in the spring, and the line will close at night from April."
STORY = f"{LEAD}\n\n{REST}"


def records(count: int = 2) -> list[dict[str, str]]:
    """Articles as a crawler has them."""
    return [{"title": f"Tram stops {n}", "text": f"{STORY} {n}.", "date": "2021-03-05"} for n in range(count)]


def assert_read(found: FileReading, count: int = 2) -> None:
    assert (found.status, found.reason) == (None, "")
    assert [each.title for each in found.articles] == [f"Tram stops {n}" for n in range(count)]
    assert {each.date for each in found.articles} == {DAY}


@pytest.mark.parametrize(
    "form",
    [
        "callback({});",
        "/**/ jQuery11_7({})",
        "/**/typeof handle === 'function' && handle({});",
        "var articles = {};\n",
        "const articles={}",
        "window.__STATE__ = {};",
        'window["news"] = {};',
        "module.exports = {};",
        "export default {}\n",
        ")]}}',\n{}",
        "for(;;);{}",
        "// exported\n{}",
        "/* exported */ {}",
        "<script>var data = {};</script>",
    ],
)
@pytest.mark.parametrize("name", ["news.json", "news.txt"])
def test_json_that_a_program_loads_is_read(read: Read, form: str, name: str) -> None:
    assert_read(read(form.format(json.dumps(records())), name))


@pytest.mark.parametrize("around", [("load(", ");"), ("var a = ", ";")])
def test_large_json_that_a_program_loads_is_read_piece_by_piece(around: tuple[str, str]) -> None:
    data = json.dumps({"items": records(60)}).join(around).encode()
    stream = drafts_in(Source(io.BytesIO(data), 8192, head=4096), b"news.json", EngineSettings())
    assert [each.title for each in stream] == [each["title"] for each in records(60)]
    assert stream.found.reason == ""


def test_a_script_is_read_only_where_it_loads_dated_articles(read: Read) -> None:
    tweets = [{"tweet": {"full_text": LEAD, "created_at": "Fri Mar 05 10:00:00 +0000 2021", "id_str": "1"}}]
    archive = f"window.YTD.tweets.part0 = {json.dumps(tweets)}"
    assert [each.date for each in read(archive, "tweets.js").articles] == [DAY]
    labels = f"window.labels = {json.dumps({'title': 'Settings', 'text': LEAD})};"
    assert read(labels, "labels.js").status is SkipStatus.SKIP
    assert "program source" in read("function f() { return {}; }", "f.js").reason


def test_prose_with_brackets_stays_prose(article: One) -> None:
    text = f"Update (\n[Editors: see the note below]\n{STORY}\n"
    assert "[Editors" in article(text).text


def test_what_python_and_the_shell_of_mongodb_print_is_read(read: Read) -> None:
    lines = "\n".join(map(repr, records()))
    assert_read(read(lines, "print.jsonl"))
    assert_read(read(repr(records()), "print.json"))
    shell = "\n".join(
        json.dumps(each)
        .replace('"2021-03-05"', 'ISODate("2021-03-05T10:00:00Z")')
        .replace("{", '{"_id": ObjectId("5"), ')
        for each in records()
    )
    assert_read(read(shell, "shell.json"))


def test_a_list_of_a_record_a_line_with_a_comma_too_many_is_whole(read: Read) -> None:
    lines = "[\n" + "".join(f"{json.dumps(each)},\n" for each in records()) + "]\n"
    assert_read(read(lines, "news.json"))


@pytest.mark.parametrize(
    "value",
    [
        1614938400,
        1614938400000,
        1614938400000000,
        1614938400000000000,
        "1614938400",
        "1614938400000",
        "/Date(1614938400000)/",
        "/Date(1614938400000+0100)/",
        20210305,
        20210305101500,
        "20210305T101500Z",
        44260,
        "44260.5",
        {"seconds": 1614938400, "nanos": 0},
        {"_seconds": 1614938400},
        [2021, 3, 5, 10, 0, 0, 4, 64, 0],
        {"date-parts": [[2021, 3, 5]]},
        {"en-US": "2021-03-05"},
    ],
)
def test_days_in_every_form(value: object) -> None:
    assert date_of(value) == DAY


@pytest.mark.parametrize("value", [5, 12345, 99999, True, "12345", {"id": 5}, [1, 2, 3], 0.5])
def test_other_numbers_are_no_days(value: object) -> None:
    assert date_of(value) is None


@pytest.mark.parametrize(
    ("field", "keys"),
    [
        (
            "date",
            "firstPublished first_published_at og:published_time dc.date.issued dcterms_created"
            " versionCreated versioncreated go_live_date published_parsed createdTimestampUsec tstamp ts unix"
            " when pubdt rawDate estimated_published publish_time_us fecha_noticia datum_artikel",
        ),
        ("title", "title_en titulo_noticia titre_article hed hdline resolved_title ueberschrift headlines"),
        (
            "text",
            "body_nitf content_elements text_clean text_en texto_noticia corps_texte txt body_md sections",
        ),
        ("author", "story_authors authors bylines news_author"),
        ("url", "requested_url given_url responded_url"),
        ("source", "src channelTitle container-title origin"),
        ("section", "rubrik ressort sección rubrique"),
    ],
)
def test_keys_in_more_spellings(field: str, keys: str) -> None:
    assert [key for key in keys.split() if rank(field, key) is None] == []


@pytest.mark.parametrize(
    ("field", "keys"),
    [
        ("date", "version edition is_published live display seconds de title_date_format"),
        ("text", "text_type content_id content_length element body_color"),
        ("title", "title_id titles_count heading_level"),
    ],
)
def test_keys_of_something_else(field: str, keys: str) -> None:
    assert [key for key in keys.split() if rank(field, key) is not None] == []


COLUMNS = ["title", "text", "date"]
ROWS = [list(each.values()) for each in records()]


@pytest.mark.parametrize(
    "laid_out",
    [
        [COLUMNS, *ROWS],
        {"columns": COLUMNS, "rows": ROWS},
        {
            **{key: ["n"] for key in ("columns", "fields", "header", "headers", "cols")},
            "vars": COLUMNS,
            "rows": ROWS,
        },
        {"news": {"columns": [{"name": name} for name in COLUMNS], "values": ROWS}},
        {"fields": COLUMNS, "data": ROWS, "truncated": False},
        [json.dumps(each) for each in records()],
        {"a1": records()[0], "a2": records()[1]},
        {
            "export": {
                "date": "2022-01-01",
                "title": "Trams",
                "items": {"a1": records()[0], "a2": records()[1]},
            }
        },
        [
            {"title": {"en-US": each["title"]}, "body": {"en-US": each["text"]}, "date": DAY.isoformat()}
            for each in records()
        ],
        [
            {"text": each["text"], "meta": {"title": each["title"], "date": each["date"]}}
            for each in records()
        ],
        [{**each, "text": None, "sentences": [LEAD, f"{REST} {each['title']}."]} for each in records()],
    ],
)
def test_records_laid_out_in_other_ways(read: Read, laid_out: object) -> None:
    assert_read(read(json.dumps(laid_out), "news.json"))


def test_rows_without_a_header_are_told_by_their_cells(read: Read) -> None:
    rows = "\n".join(json.dumps([each["title"], each["text"], each["date"]]) for each in records(4))
    assert_read(read(rows, "rows.jsonl"), 4)


def test_texts_under_their_names_are_articles(read: Read) -> None:
    texts = {f"https://wire.example/{n}": f"{STORY} {STORY} The {n}th car." for n in range(3)}
    found = read(json.dumps(texts), "texts.json").articles
    assert [each.origin.url for each in found] == list(texts)
    assert {each.source for each in found} == {"wire.example"}


@pytest.mark.parametrize(
    "record",
    [
        {
            "name": "Tram stops 0",
            "description": STORY,
            "url": "https://wire.example/0",
            "datePublished": "2021-03-05",
        },
        {
            "headline": {"main": "Tram stops 0", "print_headline": "Trams"},
            "lead_paragraph": STORY,
            "pub_date": "2021-03-05T10:00:00+0000",
        },
        {"document": STORY, "tika_metadata_dc_title": "Tram stops 0", "dcterms_created": "2021-03-05"},
    ],
)
def test_records_under_other_keys(article: One, record: dict[str, str]) -> None:
    found = article(json.dumps([record]), "a.json")
    assert (found.title, found.date) == ("Tram stops 0", DAY)
    assert REST in found.text


@pytest.mark.parametrize("key", ["sections", "pages"])
def test_pieces_of_a_text_are_one_article(article: One, key: str) -> None:
    pieces = [{"heading": "Cars", "text": LEAD}, {"heading": "Nights", "text": REST}]
    found = article(json.dumps({"title": "Tram stops", "date": "2021-03-05", key: pieces}), "a.json")
    assert (found.title, found.date) == ("Tram stops", DAY)
    assert LEAD in found.text
    assert REST in found.text


def test_pieces_that_are_articles_stay_articles(read: Read) -> None:
    paper = {"title": "The Wire", "sections": [{"title": "Town", "articles": records()}]}
    assert_read(read(json.dumps(paper), "paper.json"))


def test_what_stands_around_a_nested_text_is_handed_down_more_than_one_level(article: One) -> None:
    post = {
        "title": "Tram stops",
        "publishedAt": 1614938400000,
        "content": {"model": {"paragraphs": [LEAD, REST]}},
    }
    found = article(json.dumps({"payload": {"value": post}}), "post.json")
    assert (found.title, found.date) == ("Tram stops", DAY)


def test_a_text_that_was_cut_off_gives_way_to_the_whole_one(article: One) -> None:
    record = {"title": "Tram stops", "content": f"{LEAD[:62]}… [+1234 chars]", "full_content": STORY}
    assert REST in article(json.dumps(record), "a.json").text


@pytest.mark.parametrize(
    "record",
    [
        {"source": {"uri": "wire.example", "title": "The Wire"}},
        {"origin": {"streamId": "s", "title": "The Wire", "htmlUrl": "https://wire.example"}},
        {"account": {"name": "The Wire"}},
    ],
)
def test_a_source_with_its_details(article: One, record: dict[str, object]) -> None:
    assert article(json.dumps({**records()[0], **record}), "a.json").source == "The Wire"


@pytest.mark.parametrize(
    "feed",
    [
        {"title": "The Wire", "id": "feed/1", "items": records()},
        {"feed": {"title": "The Wire", "link": "https://wire.example"}, "entries": records()},
        {"rss": {"channel": {"title": "The Wire", "link": "https://wire.example", "item": records()}}},
    ],
)
def test_the_title_of_a_feed_in_json_is_the_source(read: Read, feed: object) -> None:
    found = read(json.dumps(feed), "feed.json")
    assert_read(found)
    assert {each.source for each in found.articles} == {"The Wire"}
