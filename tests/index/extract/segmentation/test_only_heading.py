"""The only heading of the first level that a page has is its headline, unless it names the site."""

from __future__ import annotations

from seedread_index.extract.segmentation import Shape, segment

MENU = "".join(f"  * [Section {number}](/section-{number})\n" for number in range(16))
BODY = """The ferry across the Arle will run for another year, the council decided on Monday by nine to four.

Fares will rise by a tenth, and Anna Pell, who kept the minutes, said that the last boat will leave at nine.

A third plan will be heard in the autumn, the council said, if the county agrees to pay for half of it.
"""
STANDFIRST = "How the council of Upper Arle decided on the fares of the ferry"


def title(text: str) -> str | None:
    return segment(f"{MENU}\n{text}\n{BODY}", shape=Shape.MARKDOWN).title


def test_a_heading_with_words_of_the_article_is_the_headline_however_far_above() -> None:
    notices = "Join us\n\nShare\n\nWe apologize, this video has failed to load.\n\n" * 3
    head = f"# Ferry to run for another year\n\n{notices}### Fares will rise: council\n\n3 March 2025\n"
    assert title(head) == "Ferry to run for another year"


def test_a_heading_right_above_another_line_is_the_headline_without_words_of_the_article() -> None:
    assert title(f"# Easy crossing\n\n## {STANDFIRST}\n") == "Easy crossing"


def test_the_name_of_a_site_is_no_headline() -> None:
    site = f"# Arle Observer\n\n## {STANDFIRST}\n\n3 March 2025\n"
    assert title(site.replace("Arle Observer", "[Arle Observer](/)")) == STANDFIRST
    named = segment(f"{MENU}\n{site}\n{BODY}\n© 2025 Arle Observer\n", shape=Shape.MARKDOWN)
    assert named.title == STANDFIRST
