"""Notes of programs that clip pages: front matter and its dialects, fields below a heading or at the end."""

from __future__ import annotations

from collections.abc import Callable

from seedread_index.extract.extractor import FileReading
from seedread_index.model.article import Article

Read = Callable[..., FileReading]
One = Callable[..., Article]
TEXT = "The clerks of the river office counted ninety barges on Monday, they said in a statement.\n"
URL = "https://river.example/2023/barges"
JOPLIN = (
    "Barges counted\n\n{text}\nid: 0a1b2c3d4e5f60718293a4b5c6d7e8f9\nparent_id: \n"
    "created_time: 2024-01-04T10:00:00.000Z\nauthor: Petra Lindholm\nsource_url: {url}\nis_todo: 0\n"
    "type_: {kind}"
)


def test_the_source_of_a_clipped_note_is_the_address_of_its_page(article: One) -> None:
    found = article(
        f"---\ntitle: Barges counted\nsource: {URL}\npublished: 2023-11-14\n---\n\n{TEXT}", "a.md"
    )
    assert (found.origin.url, found.source, str(found.date)) == (URL, "river.example", "2023-11-14")


def test_a_site_named_by_its_address_is_no_page(article: One) -> None:
    found = article(f"---\ntitle: Barges counted\nsource: https://river.example/\n---\n\n{TEXT}", "a.md")
    assert (found.origin.url, found.source) == (None, "river.example")


def test_the_day_of_clipping_is_not_that_of_the_article(article: One) -> None:
    clipped = article(f"---\ntitle: Barges\nsource: {URL}\ncreated: 2024-01-05\n---\n\n{TEXT}", "a.md")
    assert clipped.date is None
    assert (
        str(article(f"---\ntitle: Barges\ncreated: 2024-01-05\n---\n\n{TEXT}", "b.md").date) == "2024-01-05"
    )


def test_fields_may_stand_in_an_object_of_the_front_matter(article: One) -> None:
    front = "tags: [clippings]\nmeta:\n  published: 2023-11-14 09:12\n  author:\n    name: Petra Lindholm"
    found = article(f"---\n{front}\n---\n\n# Barges counted\n\n{TEXT}", "a.md")
    assert (found.title, str(found.date), found.author) == ("Barges counted", "2023-11-14", "Petra Lindholm")


def test_front_matter_in_json(article: One) -> None:
    found = article('{\n  "title": "Barges counted",\n  "date": "2023-11-14T09:12:00Z"\n}\n\n' + TEXT, "a.md")
    assert (found.title, str(found.date)) == ("Barges counted", "2023-11-14")
    assert "{" not in found.text


def test_keywords_of_org_mode(article: One) -> None:
    head = "#+TITLE: Barges counted\n#+AUTHOR: Petra Lindholm\n#+DATE: <2023-11-14 Tue>\n\n"
    found = article(head + TEXT, "a.org")
    assert (found.title, str(found.date), found.author) == ("Barges counted", "2023-11-14", "Petra Lindholm")
    assert "#+" not in found.text


def test_the_fields_of_a_note_of_joplin_stand_at_its_end(article: One) -> None:
    found = article(JOPLIN.format(text=TEXT, url=URL, kind=1), "0a1b.md")
    assert (found.title, found.author, found.origin.url) == ("Barges counted", "Petra Lindholm", URL)
    assert found.date is None
    assert "parent_id" not in found.text


def test_a_notebook_of_joplin_is_left_out(read: Read) -> None:
    found = read(JOPLIN.format(text="", url="", kind=2), "0a1b.md")
    assert not found.articles
    assert "Joplin" in found.reason


def test_the_properties_of_a_page_of_notion(article: One) -> None:
    days = "Created: January 5, 2024 10:12 AM\nPublished: November 14, 2023\n"
    rows = f"{days}URL: {URL}\nPublisher: River News\n"
    found = article(f"# Barges counted\n\n{rows}\n{TEXT}", "a 1a2b.md")
    assert (found.title, str(found.date), found.source) == ("Barges counted", "2023-11-14", "River News")
    assert found.origin.url == URL
