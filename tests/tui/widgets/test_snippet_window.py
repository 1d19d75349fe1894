"""The window of a snippet: its first mark is in view at any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from seedread.widgets.results.result_row import Windowed, after_title, joined, windowed
from seedread_index.model.article import Span
from seedread_index.model.results import Snippet

WORDS = st.lists(
    st.sampled_from(["the ", "mayor ", "漢字", "👨‍👩‍👧 ", "e\u0301", "مرحبا ", "— "]), min_size=0, max_size=40
).map("".join)


@given(
    WORDS,
    st.sampled_from(["Kremlin", "漢字", "e\u0301"]),
    WORDS,
    st.integers(1, 80),
    st.sampled_from(["…", ">"]),
)
def test_the_hit_can_be_seen_however_narrow_the_row(
    before: str, hit: str, after: str, width: int, ellipsis: str
) -> None:
    text = before + hit + after
    mark = Span(len(before), len(before) + len(hit))
    part = windowed(text, [mark], width, ellipsis)
    assert cell_len(part.text) <= width
    if width >= cell_len(hit):
        assert part.text[part.marks[0].start : part.marks[0].end] == hit
    elif width > 1:
        assert part.marks and hit.startswith(part.text[slice(*part.marks[0])])


def test_a_text_that_fits_is_left_alone() -> None:
    assert windowed("The mayor came", [Span(4, 9)], 20, "…") == ("The mayor came", (Span(4, 9),))


def test_a_late_hit_moves_the_window_to_a_word() -> None:
    text = "One two three four five six seven eight nine ten hit eleven twelve thirteen"
    part = windowed(text, [Span(49, 52)], 30, "…")
    assert part.text.startswith("…") and part.text.endswith("…")
    assert part.text[1:].split()[0] in text.split()
    assert "hit" in part.text


def test_a_text_without_marks_is_cut_at_its_end() -> None:
    assert windowed("One two three", [], 8, "…").text == "One two…"


def test_opening_words_that_stand_as_title_are_not_said_twice() -> None:
    whole = Windowed("The mayor opened the bridge today.", (Span(21, 27),))
    shorter = after_title(whole, "The mayor opened…", "…")
    assert shorter.text == "…the bridge today."
    assert [shorter.text[start:end] for start, end in shorter.marks] == ["bridge"]
    assert after_title(whole, "The mayor opened the bridge…", "…") == whole
    assert after_title(whole, "Another title", "…") == whole
    assert after_title(whole, "The mayor opened the bridge today.", "…") == whole


def test_snippets_are_joined_and_made_safe() -> None:
    snippets = (Snippet("a hit\nhere", 0, 10, (Span(2, 5),)), Snippet("b\x1b hit", 20, 26, (Span(3, 6),)))
    text, marks = joined(snippets, "…")
    assert text == "a hit here … b� hit"
    assert [text[start:end] for start, end in marks] == ["hit", "hit"]


@pytest.mark.parametrize(
    ("text", "title", "left"),
    [
        ("Of doubt. Of trying harder", "Of doubt", "Of trying harder"),
        ("Of doubt.” Of trying harder", "Of doubt", "Of trying harder"),
        ("Of doubt. “Of trying harder”", "Of doubt", "“Of trying harder”"),
        ("Of doubt, of pain", "Of doubt…", "…, of pain"),
        ("Of doubt 3.5 percent", "Of doubt…", "…3.5 percent"),
        ("Of doubt.", "Of doubt", "Of doubt."),
    ],
)
def test_what_is_left_after_a_title_begins_with_a_word(text: str, title: str, left: str) -> None:
    mark = Span(text.index("Of d") + len(text) - 3, len(text))
    rest = after_title(Windowed(text, (mark,)), title, "…")
    assert rest.text == left
    assert [rest.text[start:end] for start, end in rest.marks] == [text[mark.start : mark.end]]
