"""Every passage has the reason of the rule that made it, every field the place where it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.message import EmailMessage

import pytest

from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import Draft, Reading, reading_of
from seedread_index.extract.extractor import drafts_in
from seedread_index.extract.reasons import FieldPlace, Kinds, Reason, Where
from seedread_index.extract.segmentation import segment
from seedread_index.model.engine_settings import EngineSettings

PROSE = (
    "The old crane fell into the harbour at noon on Monday, the port office said in a statement.",
    "Nobody was hurt when the crane fell, and the quay was open again on Tuesday, said the office.",
    "The crane had stood on the quay since the harbour was built, and was to be moved in the spring.",
)
ARTICLE = "\n\n".join(
    (
        "Skip to content",
        "Old harbour crane falls",
        "March 3, 2025",
        "By Jane Doe",
        *PROSE,
        "Read more: The ferry that came back",
        "Subscribe to our newsletter for more stories",
        "© 2025 Harbour Gazette",
    )
)
MENU = ["Home", "Politics", "Sport", "Culture", "Weather", "Login", "Subscribe", "Search", "Opinion"]
PAGE = "\n".join(
    (
        *[
            "Home",
            "Politics",
            "Sport",
            "Culture",
            "Weather",
            "Login",
            "Subscribe",
            "Search",
            "Opinion",
            "World",
        ],
        "Old harbour crane falls",
        "March 3, 2025",
        *PROSE,
        *["Share", "Tweet", "Print", "Contact", "Terms", "Privacy", "About", "Jobs", "Help"],
    )
)
LABELLED = "\n".join(
    ("SOURCE: Harbour Gazette", "TITLE: Old crane falls", "PUBLISHED: 3 March 2025", "", *PROSE[:2])
)
TEXTS = (ARTICLE, PAGE, LABELLED, f"date 2025-03-03\n{PROSE[0]}\n{PROSE[1]}", "Words", "")


def whys(text: str) -> dict[str, Reason]:
    """The reasons of a text's passages by their first words."""
    found = segment(text)
    pairs = zip(found.passages, found.reasons, strict=True)
    return {text[passage.start : passage.end][:20]: reason for passage, reason in pairs}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("title", [None, "Old harbour crane falls"])
@pytest.mark.parametrize("running_heads", ["", "Harbour Gazette, page 3"])
def test_each_passage_has_a_reason_of_its_kind(text: str, title: str | None, running_heads: str) -> None:
    reading = reading_of(Draft(text, title=title, author="Jane Doe", running_heads=running_heads), b"a.txt")
    if reading is None:
        assert not title
        return
    kinds = [passage.kind for passage in reading.article.passages]
    assert kinds == [reason.kind for reason in reading.reasons]


def test_the_rules_of_a_text_are_named() -> None:
    found = whys(ARTICLE)
    assert found["Skip to content"] is Reason.ABOVE_HEADLINE
    assert found["Old harbour crane fa"] is Reason.HEADLINE
    assert found["March 3, 2025"] is Reason.DATE_LINE
    assert found["By Jane Doe"] is Reason.BYLINE
    assert found["The old crane fell i"] is Reason.TEXT
    assert found["Subscribe to our new"] is Reason.FOOTER


def test_the_rules_of_a_page_are_named() -> None:
    found = whys(PAGE)
    assert found["Politics"] is found["Terms"] is Reason.OFF_PAGE
    assert found["The old crane fell i"] is Reason.WITHIN_PAGE
    assert found["Old harbour crane fa"] is Reason.PAGE_HEADLINE


def test_the_rules_of_labelled_lines_are_named() -> None:
    found = whys(LABELLED)
    assert found["TITLE:"] is Reason.LABEL
    assert found["Old crane falls"] is Reason.LABELLED_TITLE
    assert found["3 March 2025"] is Reason.LABELLED_DATE


def test_a_kind_is_never_set_without_its_reason() -> None:
    kinds = Kinds([Reason.TEXT])
    with pytest.raises(TypeError):
        kinds[0] = Reason.FOOTER.kind
    kinds.mark(0, Reason.FOOTER)
    assert (kinds[0], kinds.reasons) == (Reason.FOOTER.kind, [Reason.FOOTER])


def reading(data: bytes, name: bytes) -> Reading:
    """The only article of a file."""
    (draft,) = drafts_in(Source.of(data), name, EngineSettings())
    found = reading_of(draft, name)
    assert found is not None
    return found


def places(data: bytes, name: bytes) -> Mapping[str, FieldPlace]:
    """Where the fields of a file's only article were read, by field; the surest place of each."""
    (draft,) = drafts_in(Source.of(data), name, EngineSettings())
    return {place.field: place for place in reversed(draft.provenance)}


def test_fields_in_a_text_say_where_they_stand() -> None:
    provenance = {each.field: each.where for each in reversed(reading(ARTICLE.encode(), b"a.txt").provenance)}
    assert provenance == {
        "title": Where.HEADLINE,
        "date": Where.DATE_LINE,
        "source": Where.RIGHTS,
        "author": Where.BYLINE,
    }
    provenance = {each.field: each.where for each in reading(LABELLED.encode(), b"a.txt").provenance}
    assert provenance["title"] is provenance["date"] is provenance["source"] is Where.LABEL
    placed = f"HARBOUR TOWN, 3 March 2025 - {PROSE[0]}\n\n{PROSE[1]}"
    assert reading(placed.encode(), b"a.txt").provenance[0] == FieldPlace("date", Where.DATELINE)


def test_fields_of_a_page_name_the_tag_or_the_linked_data() -> None:
    head = (
        '<meta property="og:title" content="Old harbour crane falls">'
        '<meta property="article:published_time" content="2025-03-03">'
        '<meta property="og:site_name" content="Harbour Gazette">'
        '<meta name="author" content="Jane Doe">'
    )
    body = "".join(f"<p>{each}</p>" for each in PROSE)
    page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    found = places(page.encode(), b"a.html")
    assert found["title"] == FieldPlace("title", Where.META_TAG, "og:title")
    assert found["date"] == FieldPlace("date", Where.META_TAG, "article:published_time")
    assert found["author"] == FieldPlace("author", Where.META_TAG, "author")
    assert found["source"] == FieldPlace("source", Where.META_TAG, "og:site_name")
    linked = {"@type": "NewsArticle", "headline": "Old crane falls", "datePublished": "2025-03-03"}
    head = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    page = f"<html><head>{head}</head><body><article><h1>Old crane falls</h1>{body}</article></body></html>"
    found = places(page.encode(), b"a.html")
    assert found["title"] == FieldPlace("title", Where.LINKED_DATA, "headline")
    assert found["date"] == FieldPlace("date", Where.LINKED_DATA, "datePublished")


def test_fields_of_a_record_name_its_keys() -> None:
    inner = {"headline": "Old crane falls", "maintext": " ".join(PROSE), "byline": "Jane Doe"}
    record = {"publisher": "Harbour Gazette", "date_publish": "2025-03-03", "doc": inner}
    found = places(json.dumps(record).encode(), b"a.json")
    assert found["title"] == FieldPlace("title", Where.KEY, "headline")
    assert found["author"] == FieldPlace("author", Where.KEY, "byline")
    assert found["date"] == FieldPlace("date", Where.OUTER_KEY, "date_publish")
    assert found["source"] == FieldPlace("source", Where.OUTER_KEY, "publisher")


def test_fields_of_a_letter_name_its_headers_and_its_paragraphs_their_rules() -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Jane Doe <jane@gazette.example>", "Re: crane"
    letter["Date"] = "Mon, 03 Mar 2025 10:00:00 +0000"
    letter.set_content(f"Tom wrote:\n\n> Is it true?\n\n{PROSE[0]}\n\nhttps://gazette.example\n\n-- \nJane\n")
    found = places(letter.as_bytes(), b"a.eml")
    assert found["title"] == FieldPlace("title", Where.HEADER, "Subject")
    assert found["source"].where is Where.SENDER
    reasons = reading(letter.as_bytes(), b"a.eml").reasons
    assert reasons == (
        Reason.ADDED_TITLE,
        Reason.ADDED_AUTHOR,
        Reason.QUOTED_FROM,
        Reason.QUOTED,
        Reason.LETTER,
        Reason.ADDRESSES,
        Reason.SIGNATURE,
    )


@pytest.mark.parametrize(
    ("data", "name", "field", "where"),
    [
        (f"---\ntitle: Crane\nby: Jane\n---\n{PROSE[0]}", b"a.md", "author", "key by"),
        (f"# Crane falls\n\n{PROSE[0]}", b"a.md", "title", "the heading"),
        (
            f"<rss><channel><title>Gazette</title><item><title>Crane</title><pubDate>Mon, 03 Mar 2025 "
            f"10:00:00 GMT</pubDate><description>{PROSE[0]}</description></item></channel></rss>",
            b"a.xml",
            "date",
            "element pubdate",
        ),
        (
            f"<rss><channel><title>Gazette</title><item><title>Crane</title><description>{PROSE[0]}"
            "</description></item></channel></rss>",
            b"a.xml",
            "source",
            "the title of the feed",
        ),
        (
            f"<en-export><note><title>Crane</title><content>{PROSE[0]}</content></note></en-export>",
            b"a.enex",
            "title",
            "element title",
        ),
    ],
)
def test_other_formats_name_the_place_of_a_field(data: str, name: bytes, field: str, where: str) -> None:
    assert places(data.encode(), name)[field].words == where


def test_a_name_with_braces_is_printed_as_it_is() -> None:
    assert FieldPlace("title", Where.KEY, "{0.__class__}").words == "key {0.__class__}"
