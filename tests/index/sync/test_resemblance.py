"""Near-duplicates: edited copies are alike, other texts are not, and groups do not hang on the order."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.files import known_files, root_numbers
from seedread_index.catalogue.repetitions import group_count, put_fingerprints, put_sketch, repeated
from seedread_index.catalogue.upsert import ScannedFile, remove, take
from seedread_index.model.article import Article, Passage, PassageKind, article_id
from seedread_index.model.status import Progress, Stage
from seedread_index.sync.passes.repetitions import (
    WEIGHTS,
    _shadow_of,
    bands,
    group_duplicates,
    groups,
    likeness,
    may_be_alike,
    shingles,
    sketch,
)
from seedread_index.text.chunks import bare_words

CHOICE = random.Random(7)
WORDS = [f"word{number}" for number in range(3000)]


def text_of(count: int) -> str:
    return " ".join(CHOICE.choices(WORDS, k=count))


def article_of(text: str) -> Article:
    passages = (Passage(0, len(text), PassageKind.BODY),)
    return Article(article_id(b"a", None), "a", b"a", None, "T", True, None, None, None, "en", text, passages)


def test_shadows_rule_out_no_near_duplicates() -> None:
    chance = random.Random(3)
    ruled_out = 0
    for _ in range(400):
        size = chance.choice((20, 300, 3000))
        one = frozenset(chance.getrandbits(32) for _ in range(size))
        kept = chance.sample(sorted(one), chance.randint(1, size))
        other = frozenset((*kept, *(chance.getrandbits(32) for _ in range(chance.randint(0, size)))))
        may_be = _shadow_of(one).may_be_like(_shadow_of(other))
        assert may_be or not likeness(one, other)
        ruled_out += not may_be
    assert ruled_out > 100
    assert _shadow_of(one).may_be_like(None)


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


@given(
    st.integers(20, 400), st.integers(20, 400), st.integers(0, 400), st.integers(0, 64), st.integers(0, 2**20)
)
def test_sketches_are_weighed_as_whole_ones_are(
    one: int, other: int, common: int, spread: int, seed: int
) -> None:
    """The quick look at what two sketches share rules out none that sorting all their hashes would not."""
    choice = random.Random(seed)
    both = choice.sample(range(2**32), min(one, other, common))
    mine = frozenset(both + choice.sample(range(2**32), one - len(both)))
    theirs = frozenset(both + choice.sample(range(spread * 2**20, 2**32), other - len(both)))
    first, second = sketch(mine), sketch(theirs)
    if not first or not second:
        return
    hashes, its = (set(array("I", each)[1:]) for each in (first, second))
    least = set(sorted(hashes | its)[: WEIGHTS.sketch])
    share = len(hashes & its & least) / len(least)
    contained = share * (len(mine) + len(theirs)) / (1 + share) >= WEIGHTS.sketch_containment * min(
        len(mine), len(theirs)
    )
    expected = share >= WEIGHTS.resemblance - WEIGHTS.margin or (
        contained and share >= WEIGHTS.least_resemblance / 2
    )
    assert may_be_alike(first, second) == may_be_alike(second, first) == expected


Put = Callable[..., list[Progress]]


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """An empty catalogue."""
    made = Catalogue.open(tmp_path / "cache" / "catalogue.db", writable=True)
    yield made
    made.close()


@pytest.fixture
def put(catalogue: Catalogue) -> Put:
    """A function that stores articles and groups them: "a1" and "a5" are nearly the same, "b1" is another."""
    texts = {name: text_of(200) for name in "abc"}

    def put(*names: str, gone: Sequence[str] = ()) -> list[Progress]:
        told: list[Progress] = []
        with catalogue.transaction():
            (root,) = root_numbers(catalogue, [b"/news"])
            files = {known: each.number for known, each in known_files(catalogue, root).items()}
            for name in gone:
                remove(catalogue, files[name.encode()])
            for name in names:
                article = replace(
                    article_of(texts[name[0]] + " " + " ".join(WORDS[: int(name[1:])])),
                    id=name,
                    path_bytes=name.encode(),
                )
                file = ScannedFile(root, name.encode(), name, 1, 1, name.encode())
                for number in take(catalogue, file, [article]).written.values():
                    made = sketch(shingles(article))
                    put_sketch(catalogue, number, made, bands(made))
        group_duplicates(catalogue, told.append)
        return told

    return put


def all_pairs(catalogue: Catalogue) -> list[tuple[int, int, float]]:
    return catalogue.connection().execute("SELECT * FROM pairs").fetchall()


def test_new_articles_are_compared_with_old_ones_and_each_other_and_progress_is_told(
    catalogue: Catalogue, put: Put
) -> None:
    told = put("a1", "b1", "a5") + put("c1", "b5", "a9", "a12")
    leaders = catalogue.groups()
    assert [len({*leaders.values()}), len(leaders)] == [2, 4]
    assert all(one[0] == other[0] for one, other in leaders.items())
    assert len(all_pairs(catalogue)) == 6 + 1
    assert [(each.stage, each.done, each.total) for each in told] == [
        (Stage.COMPARE, 0, 3),
        (Stage.COMPARE, 0, 4),
    ]


def test_groups_of_a_catalogue_of_the_version_before_are_made_anew(catalogue: Catalogue, put: Put) -> None:
    put("a1", "a5", "b1", "c1", "c5")
    connection = catalogue.connection()
    kept = "number IN (SELECT number FROM articles WHERE id LIKE 'c%')"
    connection.execute(f"DELETE FROM pairs WHERE first IN (SELECT number FROM articles WHERE {kept})")
    groups_before = {one: other for one, other in catalogue.groups().items() if one[0] != "c"}
    connection.execute(f"UPDATE articles SET leader = NULL WHERE NOT {kept}")
    connection.execute("DROP TABLE stale_groups")
    connection.execute("DROP TRIGGER pair_gone")
    connection.execute("PRAGMA user_version = 9")
    upgraded = Catalogue.open(catalogue.path, writable=True)
    group_duplicates(upgraded)
    assert upgraded.groups() == groups_before
    upgraded.close()


@pytest.mark.parametrize(("seed", "most"), [(0, 1000), (1, 1000), (2, 1), (3, 4)])
def test_groups_after_changes_are_those_made_of_all_pairs_anew(
    catalogue: Catalogue, put: Put, monkeypatch: pytest.MonkeyPatch, seed: int, most: int
) -> None:
    monkeypatch.setattr("seedread_index.catalogue.repetitions._MANY", most)
    choice = random.Random(seed)
    here: set[str] = set()
    for _ in range(6):
        gone = choice.sample(sorted(here), len(here) // 3)
        here.difference_update(gone)
        new = {f"{choice.choice('abc')}{choice.randrange(60)}" for _ in range(4)} - here
        put(*sorted(new), gone=gone)
        here |= new
        ids = catalogue.ids_of(number for number, _ in catalogue.order())
        anew = groups(all_pairs(catalogue), ids)
        assert catalogue.groups() == {ids[member]: ids[leader] for member, leader in anew.items()}


def test_only_groups_in_which_something_changed_are_made_anew(
    catalogue: Catalogue, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def noted(pairs: Iterable[tuple[int, int, float]], names: Mapping[int, str]) -> dict[int, int]:
        looked_at.extend(sorted(names.values()))
        return groups(pairs, names)

    put("a1", "a5", "b1", "b5", "b9")
    monkeypatch.setattr("seedread_index.sync.passes.repetitions.groups", noted)
    put("c1")
    assert looked_at == []
    put("a9")
    assert looked_at == ["a1", "a5", "a9"]
    put(gone=["b1"])
    assert looked_at[3:] == ["b5", "b9"]


def test_an_article_that_goes_on_as_its_copy_is_grouped_by_its_new_name(
    catalogue: Catalogue, put: Put
) -> None:
    put("a01", "a05", "a1")
    assert catalogue.groups() == {"a05": "a01"}
    put(gone=["a01"])
    assert catalogue.groups() == {"a1": "a05"}


def test_paragraphs_of_copies_of_one_story_count_once(catalogue: Catalogue, put: Put) -> None:
    put("a1", "a5", "b1", "c1")
    with catalogue.transaction():
        for number, name in catalogue.order():
            put_fingerprints(catalogue, number, [7, 8] if name != "c1" else [8])
    assert group_count(catalogue) == 3
    assert repeated(catalogue, 3) == {8}
    assert repeated(catalogue, 2) == {7, 8}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s “Ann’s” day—no…\u00a0yes_2", ["it", "s", "ann", "s", "day", "no", "yes_2"]),
        ("Straße, café-bar", ["strasse", "café", "bar"]),
        ("粮食 ok, 走", ["粮", "食", "ok", "走"]),
    ],
)
def test_words_are_the_same_whatever_else_a_text_is_written_in(text: str, words: list[str]) -> None:
    assert bare_words(text) == words
    assert bare_words(f"{text} ä") == [*words, "ä"]
