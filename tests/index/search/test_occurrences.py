"""Finding words by their beginnings: the same places as by cutting the whole text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedread_index.model.deadline import Deadline, unlimited
from seedread_index.search.highlight.occurrences import beginnings_of, occurrences
from seedread_index.text.folding import fold
from seedread_index.text.stems import plain, term_of
from seedread_index.text.tokenizer import Located, surface_forms, terms_of, words_from

_ENDS = ("", "s", "es", "ed", "ing", "ly", "y", "ies", "ied", "ing", "ation", "ational", "ability", "ize",
         "izer", "iveness", "fulness", "ement", "ogy", "ency", "ance", "al", "ic", "'s")  # fmt: skip
_PIECES = st.sampled_from(
    ["govern", "governs", "Government's", "dying", "die", "U.S.", "us", "u.s.e.d", "1,000", "1000", "C++",
     "C#", "中国人", "国", "กขค", "é", "ﬁne", "fine", "Straße", "-", "/", ".", ",", "'", "…", " ", " ", " ",
     "\n", "x"]
)  # fmt: skip


def cut_whole(text: str, slots: list[frozenset[str]]) -> list[tuple[int, int]]:
    located = Located(text)
    return [
        (located.span(at).start, located.span(at + len(slots) - 1).end)
        for at in range(len(located.terms) - len(slots) + 1)
        if all(term in slot for term, slot in zip(located.terms[at:], slots, strict=False))
    ]


@given(st.lists(_PIECES, max_size=30).map("".join), st.data())
def test_words_and_phrases_are_sighted_where_the_whole_text_has_them(text: str, data: st.DataObject) -> None:
    terms = Located(text).terms or ["x"]
    at = data.draw(st.integers(0, len(terms) - 1))
    phrase = terms[at : at + data.draw(st.integers(1, 3))]
    slots = [frozenset([term, *data.draw(st.sets(st.sampled_from(terms), max_size=2))]) for term in phrase]
    flat = fold(text)
    sighted = [tuple(flat.span(start, end)) for start, end in occurrences(flat.text, slots, unlimited())]
    assert sighted == cut_whole(text, slots)


@given(st.from_regex(r"[a-z]{1,9}", fullmatch=True), st.sampled_from(_ENDS))
@example("d", "ying")
@example("sk", "ies")
@example("us", "ability")
def test_every_word_begins_as_its_stem_says(start: str, end: str) -> None:
    (word,) = surface_forms(start + end)
    assert any(word.startswith(each) for each in beginnings_of(term_of(word)))


@pytest.mark.parametrize("word", ["U.S.", "1,234,567", "12,345", "C++", "b2b", "10", "1234"])
def test_words_that_hold_marks_begin_as_their_terms_say(word: str) -> None:
    (surface_form,) = surface_forms(word)
    assert plain(surface_form) in terms_of([surface_form])
    assert any(surface_form.startswith(each) for each in beginnings_of(term_of(surface_form)))


def test_a_long_run_without_spaces_is_looked_at_once() -> None:
    run = "needle." * 30_000
    assert len(list(occurrences(run, [frozenset(["needl"])], unlimited()))) == 30_000


def test_a_word_is_cut_once_however_many_phrases_may_begin_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = []

    def counted(flat: str, at: int, until: int) -> Iterator[tuple[str, int, int]]:
        for word in words_from(flat, at, until):
            cut.append(word)
            yield word

    monkeypatch.setattr("seedread_index.search.highlight.occurrences.words_from", counted)
    slots = [frozenset(["the"])] * 20
    assert len(list(occurrences("the " * 300, slots, unlimited()))) == 281
    assert len(cut) == 300
    cut.clear()
    assert not list(occurrences("the cat " * 300, slots, unlimited()))
    assert len(cut) <= 600


def test_phrases_that_are_never_met_end_at_the_deadline() -> None:
    ticks = iter(range(1000))
    deadline = Deadline(10, lambda: float(next(ticks)))
    assert not list(occurrences("the cat " * 300, [frozenset(["the"]), frozenset(["dog"])], deadline))
    assert deadline.passed
