"""Walking marked places by their offsets."""

from __future__ import annotations

from seedread.widgets.reader.highlights import (
    index_at,
    index_before,
    index_from,
    next_mention,
    previous_mention,
    sorted_spans,
)
from seedread_index.model.article import EntityType, Mention, Span

SPANS = (Span(2, 5), Span(8, 9), Span(20, 30))
NAMES = (
    Mention(0, 5, "Putin", "PERSON", "p"),
    Mention(10, 15, "Syria", "GPE", "s"),
    Mention(20, 25, "Putin", "PERSON", "p"),
    Mention(30, 34, "2020", "DATE", None),
    Mention(40, 48, "Mr Putin", "PERSON", "p"),
    Mention(50, 54, "Acme", "ORG", None),
    Mention(60, 64, "ACME", "ORG", None),
)
TYPES = frozenset({EntityType.PERSON, EntityType.PLACE})


def test_spans_are_ordered_and_those_outside_the_text_are_dropped() -> None:
    assert sorted_spans([Span(*each) for each in ((8, 9), (2, 5), (2, 5), (7, 7), (9, 99), (-1, 3))], 10) == (
        Span(2, 5),
        Span(8, 9),
    )


def test_a_span_is_found_at_from_and_before_an_offset() -> None:
    assert [index_at(SPANS, offset) for offset in (1, 2, 4, 5, 29, 30)] == [None, 0, 0, None, 2, None]
    assert [index_from(SPANS, offset) for offset in (0, 2, 3, 21)] == [0, 0, 1, None]
    assert [index_before(SPANS, offset) for offset in (2, 3, 99)] == [None, 0, 2]


def test_names_are_walked_by_the_types_shown() -> None:
    walked, at = [], -1
    while name := next_mention(NAMES, at, TYPES):
        walked.append(name.start)
        at = name.start
    assert walked == [0, 10, 20, 40]
    assert previous_mention(NAMES, 40, TYPES) == NAMES[2]
    assert previous_mention(NAMES, 0, TYPES) is None


def test_the_same_entity_is_followed_whatever_its_spelling() -> None:
    assert next_mention(NAMES, 20, frozenset(), NAMES[0]) == NAMES[4]
    assert previous_mention(NAMES, 20, frozenset(), NAMES[0]) == NAMES[0]


def test_a_name_without_an_entity_is_followed_by_its_spelling() -> None:
    assert next_mention(NAMES, 50, frozenset(), NAMES[5]) == NAMES[6]
