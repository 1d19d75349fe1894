"""What a reader does not see: marks and addresses of Markdown, hyphens at the ends of lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from seedread_index.model.article import UNSEEN, Article, PassageKind

Read = Callable[..., Article]


def seen(article: Article) -> str:
    return article.visible_text.replace(UNSEEN, "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a [harbour wall](https://x.example/w?utm_source=y) of stone", "a harbour wall of stone"),
        ("the **harbour**master and *his* __men__", "the harbourmaster and his men"),
        ("the [[Port of Amber|port]] and [[Lorne]]", "the port and Lorne"),
        (r"it re\-opened on 5\. May", "it re-opened on 5. May"),
        ("seen ![a ship](/img/ship.png) there", "seen  there"),
        ("2 * 3 and snake_case stay", "2 * 3 and snake_case stay"),
    ],
)
def test_links_and_marks_of_markdown_have_no_width(article: Read, written: str, shown: str) -> None:
    text = f"The council met on Tuesday and looked at {written}, the clerk said afterwards.\n"
    found = article(text, "a.md")
    assert found.text == text
    assert seen(found) == text.replace(written, shown)
    assert len(found.visible_text) == len(text)


def test_a_heading_and_its_repeat_are_read_without_marks(article: Read, news: str) -> None:
    found = article(
        f"---\ntitle: Night ferries\nauthor: '[[Irene Example]]'\n---\n# Night *ferries*\n\n{news}", "a.md"
    )
    assert (found.title, found.title_inferred, found.author) == ("Night ferries", False, "Irene Example")
    (title,) = found.of_kind(PassageKind.TITLE)
    assert found.text[title.start : title.end] == "# Night *ferries*"
    assert seen(found).lstrip().startswith("Night ferries\n")


def test_the_rows_of_a_table_at_the_end_are_the_articles(article: Read, news: str) -> None:
    found = article(f"{news}\n\n| Ship | Flag |\n|---|---|\n| Aurora | Malta |\n", "a.md")
    assert found.passages[-1].kind is PassageKind.BODY


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "The fire was destruc-\ntive, the brigade said of it.",
            "The fire was destructive, the brigade said of it.",
        ),
        ("The well-\nknown captain came on board then.", "The well-known captain came on board then."),
        (
            "The co-operation went on, and co-\noperation is good.",
            "The co-operation went on, and co-operation is good.",
        ),
        (
            "They came from Saint-\nLorne to see it all happen.",
            "They came from Saint-\nLorne to see it all happen.",
        ),
    ],
)
def test_a_word_parted_at_a_lines_end_is_one(article: Read, written: str, shown: str) -> None:
    found = article(written)
    assert found.text == written
    assert seen(found) == shown
    assert len(found.passages) == 1


def test_line_breaks_inside_a_paragraph_are_blanks_for_names(article: Read) -> None:
    text = (
        "The council met on Monday evening in the old school to hear what Irene\n"
        "Example had to say about the bridge that nobody in the village had asked\n"
        "for, and which would cost no less than twelve million, officials said\n"
        "before the vote, although no member had been asked about that at all.\n"
    )
    found = article(text)
    assert "Irene Example" in found.flowing_text
    assert len(found.flowing_text) == len(text)


def test_the_bullets_of_a_list_are_seen(article: Read, news: str) -> None:
    found = article(f"{news}\n\n* the *first* thing\n* the second thing\n", "a.md")
    assert seen(found).endswith("* the first thing\n* the second thing\n")
