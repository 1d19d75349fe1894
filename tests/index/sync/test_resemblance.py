"""Near-duplicates: edited copies are alike, other texts are not, and groups do not hang on the order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedread_index.model.article import Article, Passage, PassageKind, article_id
from seedread_index.sync.passes.repetitions import bands, groups, likeness, may_be_alike, shingles, sketch

CHOICE = random.Random(7)
WORDS = [f"word{number}" for number in range(3000)]


def text_of(count: int) -> str:
    return " ".join(CHOICE.choices(WORDS, k=count))


def article_of(text: str) -> Article:
    passages = (Passage(0, len(text), PassageKind.BODY),)
    return Article(article_id(b"a", None), "a", b"a", None, "T", True, None, None, None, "en", text, passages)


def alike(one: str, other: str) -> float:
    first, second = shingles(article_of(one)), shingles(article_of(other))
    return likeness(first, second)


STORY = text_of(400)
OTHER = text_of(400)


@pytest.mark.parametrize(
    "edited",
    [
        STORY.upper().replace(" ", "\n"),
        STORY + " " + text_of(60),
        " ".join(STORY.split()[:200]),
        " ".join(STORY.split()[100:] + STORY.split()[:100]),
        "GENEVA (Reuters) — " + STORY,
    ],
    ids=["case and spaces", "paragraph added", "cut in half", "reordered", "dateline"],
)
def test_edited_copies_are_alike_and_their_sketches_do_not_rule_it_out(edited: str) -> None:
    assert alike(STORY, edited) > 0
    first, second = sketch(shingles(article_of(STORY))), sketch(shingles(article_of(edited)))
    assert may_be_alike(first, second)
    assert set(bands(first)) & set(bands(second))


def test_other_texts_and_texts_joined_from_two_are_not_alike() -> None:
    joined = " ".join(STORY.split()[:200] + OTHER.split()[200:])
    assert alike(STORY, OTHER) == alike(STORY, joined) == alike(OTHER, joined) == 0
    assert not may_be_alike(sketch(shingles(article_of(STORY))), sketch(shingles(article_of(OTHER))))


def test_a_brief_inside_a_long_roundup_is_no_copy_of_it() -> None:
    assert alike(" ".join(STORY.split()[:40]), STORY) == 0


def test_short_texts_have_no_sketch() -> None:
    assert sketch(shingles(article_of("Ministers met in Geneva on Thursday."))) == b""


def test_scripts_without_spaces_have_shingles_too() -> None:
    chinese = "两国外交部长星期四在日内瓦举行会谈，就粮食走廊问题展开第一轮谈判。据港务局统计，一月份减少。"
    assert alike(chinese, chinese.replace("，", ", ")) > 0.9


def test_a_chain_does_not_tie_together_texts_that_have_nothing_in_common() -> None:
    names = {1: "a", 2: "b", 3: "c", 4: "d"}
    assert groups([(1, 2, 0.9), (2, 3, 0.9), (3, 4, 0.7)], names) == {1: 2, 3: 2}


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.floats(0.65, 1.0)), max_size=20), st.randoms()
)
def test_groups_do_not_hang_on_the_order_of_pairs(
    found: list[tuple[int, int, float]], shuffled: random.Random
) -> None:
    pairs = list(
        {(min(a, b), max(a, b)): (min(a, b), max(a, b), like) for a, b, like in found if a != b}.values()
    )
    names = {number: f"id{number}" for number in range(10)}
    made = groups(pairs, names)
    shuffled.shuffle(pairs)
    assert groups(pairs, names) == made
    assert not set(made) & set(made.values())
