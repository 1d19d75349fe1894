"""Folding: what is alike for a search, and the way back to the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedread_index.text.folding import fold, folded
from seedread_index.text.tokenizer import Located, surface_forms, terms_of, tokens


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Erdoğan", "erdogan"),
        (unicodedata.normalize("NFD", "Erdoğan"), "erdogan"),
        ("ﬁnance", "finance"),
        ("Ｆｕｌｌ", "full"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("İSTANBUL", "istanbul"),
        ("Diyarbakır", "diyarbakir"),
        ("co\u00adoperate", "cooperate"),
        ("مُحَمَّد", "محمد"),
        ("محـمد", "محمد"),
        (unicodedata.normalize("NFD", "한국"), "한국"),
        ("ｶﾞｽ", "ガス"),
        ("か\u3099", "が"),
        ("O’Brien", "o'brien"),
        ("Łódź", "lodz"),
        ("Ørsted", "orsted"),
        ("ΟΔΟΣ", "οδοσ"),
        ("Ёлка", "елка"),
        ("Pfizer™", "pfizer™"),
        ("CO₂", "co2"),
        ("Đà Nẵng", "da nang"),
    ],
)
def test_spellings_of_a_word_are_folded_into_one(written: str, plain: str) -> None:
    assert folded(written) == plain
    assert fold(written).text == plain


@given(st.text(max_size=80))
def test_folding_with_and_without_the_way_back_is_the_same(text: str) -> None:
    assert fold(text).text == folded(text)


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet="aßﬁé e\u0301\u00adİ한\u1112\u1161\u11abｶﾞ中ก็’'s.U", max_size=40))
def test_every_folded_stretch_leads_back_to_text_that_folds_to_it(text: str) -> None:
    flat = fold(text)
    for index, character in enumerate(flat.text):
        start, end = flat.span(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert character in folded(text[start:end])


@given(st.text(alphabet="aß ﬁé\u0301İU.S,0123' ’中国กขx+#\n-", max_size=60))
def test_index_and_places_cut_a_text_into_the_same_terms(text: str) -> None:
    located = Located(text)
    assert located.terms == terms_of(surface_forms(text))
    spans = [located.span(index) for index in range(len(located.terms))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)


def test_tokens_stand_where_their_words_do() -> None:
    text = "Putin’s U.S. visit; l’homme, C++ at AT&T for 1,000,000."
    found = [(token.term, text[token.start : token.end]) for token in tokens(text)]
    assert found == [
        ("putin", "Putin"),
        ("us", "U.S"),
        ("visit", "visit"),
        ("l", "l"),
        ("homm", "homme"),
        ("c++", "C++"),
        ("at", "at"),
        ("at", "AT"),
        ("t", "T"),
        ("for", "for"),
        ("1000000", "1,000,000"),
    ]
