"""The layout: lines at a width, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedread.widgets.reader.blocks import LineKind
from seedread.widgets.reader.document import Document
from seedread.widgets.reader.layout import Layout, Line, LinePosition
from seedread.widgets.rendering.cells import ASCII, UNICODE
from seedread_index.model.article import Article, PassageKind

Make = Callable[..., Article]

NOTICE = "Support us"


def current_layout(article: Article, *, measure: int = 40, width: int = 40, folded: bool = True) -> Layout:
    return Layout(Document(article), measure, width, folded, UNICODE)


def all_lines(layout: Layout) -> list[Line]:
    return [line for section in range(layout.document.sections + 1) for line in layout.lines(section)]


def shown(layout: Layout) -> list[str]:
    return [line.label or layout.document.text[line.start : line.end] for line in all_lines(layout)]


def test_the_header_says_title_date_source_and_length(article_of: Make) -> None:
    lines = shown(current_layout(article_of("The mayor came. " * 100, neutralised=2), measure=72, width=72))
    assert lines[:4] == [
        "Mayor opens the new bridge",
        "2020-02-28 · The Daily Example · 300 words · 1 min",
        "! 2 unsafe characters replaced",
        "",
    ]


def test_an_inferred_title_is_marked(article_of: Make) -> None:
    layout = current_layout(
        article_of("The mayor came.", title="The mayor", inferred=True, date=None), width=72, measure=72
    )
    assert shown(layout)[:2] == ["~ The mayor", "undated · The Daily Example · 3 words · 1 min · no headline"]
    assert layout.lines(0)[0].kind is LineKind.INFERRED


def test_a_headline_in_the_text_keeps_its_offsets(article_of: Make) -> None:
    article = article_of(
        "\nBridge opens\n\nThe mayor came.",
        title="Bridge opens",
        passages=[("Bridge opens", PassageKind.TITLE)],
    )
    layout = current_layout(article)
    assert layout.lines(0)[0] == Line(1, 13, LineKind.TITLE)
    assert layout.locate(8) == LinePosition(0, 0)


def test_hostile_titles_are_defused(article_of: Make) -> None:
    assert "\x1b" not in "".join(shown(current_layout(article_of("x", title="Bad \x1b[2J title"))))


def test_the_lines_of_an_item_hang_under_its_words(article_of: Make) -> None:
    text = "- Fishermen want deeper water near the old pier and cheaper diesel\n12. Short"
    lines = [line for line in all_lines(current_layout(article_of(text))) if line.kind is LineKind.BODY]
    assert [line.indent for line in lines] == [0, 2, 0]
    assert [text[line.start : line.end] for line in lines] == [
        "- Fishermen want deeper water near the",
        "old pier and cheaper diesel",
        "12. Short",
    ]


def test_the_date_before_the_text_is_said_once(article_of: Make) -> None:
    article = article_of(
        "date 2020-02-28 The bridge is open.", passages=[("date 2020-02-28", PassageKind.DATE)]
    )
    assert shown(current_layout(article))[-1] == "The bridge is open."
    assert shown(current_layout(article, folded=False))[-2:] == ["date 2020-02-28", "The bridge is open."]


def test_boilerplate_is_one_line_until_it_is_unfolded(article_of: Make) -> None:
    notices = "\n".join(f"{NOTICE} {number}" for number in range(3000))
    article = article_of(f"Body.\n\n{notices}\nThe end.", passages=[(notices, PassageKind.BOILERPLATE)])
    folded = [
        line
        for line in all_lines(current_layout(article))
        if line.kind not in (LineKind.META, LineKind.TITLE, LineKind.BLANK)
    ]
    assert [line.kind for line in folded] == [LineKind.BODY, LineKind.FOLD, LineKind.BODY]
    assert shown(current_layout(article))[-4:] == ["", notices, "", "The end."]
    assert article.text[folded[1].start : folded[1].end] == notices
    whole = [
        line for line in all_lines(current_layout(article, folded=False)) if line.kind is LineKind.BOILERPLATE
    ]
    assert len(whole) == 3000


def test_boilerplate_that_starts_before_a_section_border_is_shown_once(article_of: Make) -> None:
    filler = "\n\n".join("word " * 20 for _ in range(200))
    article = article_of(f"{filler}\n\n{NOTICE}", passages=[("\n\n" + NOTICE, PassageKind.BOILERPLATE)])
    assert [line.kind for line in all_lines(current_layout(article))].count(LineKind.FOLD) == 1


def test_tables_use_the_whole_width_and_prose_the_measure(article_of: Make) -> None:
    row = "Reds" + " " * 30 + "12" + " " * 20 + "3"
    layout = current_layout(article_of(f"{'word ' * 30}\n{row}"), measure=20, width=60)
    assert row in shown(layout)
    assert all(len(line) <= 20 for line in shown(layout) if line != row)


def test_walking_down_and_up_meets_the_same_lines(article_of: Make) -> None:
    layout = current_layout(
        article_of("\n".join(f"Paragraph {number} goes on and on." for number in range(2000)))
    )
    place, places = layout.first, []
    while place != layout.last:
        places.append(place)
        place = layout.forward(place, 1)
    assert len(places) == len(all_lines(layout)) - 1
    for expected in reversed(places):
        place = layout.back(place, 1)
        assert place == expected
    assert layout.back(place, 5) == layout.first
    assert layout.forward(layout.first, 10**9) == layout.last


@pytest.mark.parametrize("symbols", [UNICODE, ASCII])
def test_ascii_symbols_are_ascii(article_of: Make, symbols: object) -> None:
    layout = Layout(Document(article_of("x")), 40, 40, True, symbols)  # type: ignore[arg-type]
    assert "".join(line.label for line in layout.lines(0)).isascii() is (symbols is ASCII)


PIECES = ["The mayor opened the bridge. ", "漢字漢字", "\n", "\n\n", "a    b    c", " ", "👨‍👩‍👧", "x" * 30]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.integers(1, 60), st.integers(1, 60))
@settings(max_examples=60)
def test_every_visible_character_has_one_line_and_is_found_there(text: str, measure: int, width: int) -> None:
    article = Article("a", "a", b"a", None, "T", False, None, None, None, "en", text, ())
    layout = current_layout(article, measure=measure, width=width)
    seen = [0] * len(text)
    for section in range(1, layout.document.sections + 1):
        for number, line in enumerate(layout.lines(section)):
            for offset in range(line.start, line.end):
                seen[offset] += 1
            if line.end > line.start:
                assert layout.locate(line.start) == LinePosition(section, number)
                assert layout.locate(line.end - 1) == LinePosition(section, number)
    assert all(count == 1 or (count == 0 and text[at].isspace()) for at, count in enumerate(seen))


def test_the_header_names_the_author(article_of: Make) -> None:
    article = replace(article_of("The mayor came.\x1b"), author="Jane\x1b Doe, Bo Roe")
    facts = shown(current_layout(article, measure=72, width=72))[1]
    assert facts == "2020-02-28 · By Jane\ufffd Doe, Bo Roe · The Daily Example · 3 words · 1 min"
    crowd = replace(article, author="Jane Doe, " * 100)
    assert sum(len(line.label) for line in current_layout(crowd).lines(0)) < 300


def test_a_headline_far_into_the_text_is_on_top_and_found_there(article_of: Make) -> None:
    menu = "\n".join(f"Section {number}" for number in range(900))
    text = f"{menu}\n\nBridge opens\n\nThe mayor came."
    article = article_of(
        text,
        title="Bridge opens",
        passages=[(menu, PassageKind.BOILERPLATE), ("Bridge opens", PassageKind.TITLE)],
    )
    layout = current_layout(article)
    assert layout.lines(0)[0] == Line(len(menu) + 2, len(menu) + 14, LineKind.TITLE)
    assert layout.locate(text.index("opens")) == LinePosition(0, 0)
    assert not layout.hides(text.index("opens"))
    assert [line.kind for line in all_lines(layout)].count(LineKind.TITLE) == 1
