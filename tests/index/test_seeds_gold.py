"""The entity engine against the hand annotation of the two seeds."""

from __future__ import annotations

from typing import Any

from seedread_index.archive import Archive
from seedread_index.model.article import NAMED_TYPES, entity_type

Spans = set[tuple[str, int, int, str]]


def gold_spans(gold: dict[str, Any]) -> Spans:
    return {
        (name, mention["start"], mention["end"], entity_type(mention["type"]))
        for name, document in gold["docs"].items()
        for mention in document["mentions"]
        if entity_type(mention["type"]) in NAMED_TYPES
    }


def found_spans(archive: Archive) -> Spans:
    return {
        (article.path, mention.start, mention.end, mention.type)
        for article in archive.articles(archive.ids())
        for mention in article.mentions
        if mention.type in NAMED_TYPES
    }


def f1(gold: Spans, found: Spans) -> float:
    return 2 * len(gold & found) / (len(gold) + len(found))


def test_the_model_finds_the_names_of_the_seeds(
    annotated_archive: Archive, seeds_gold: dict[str, Any]
) -> None:
    assert f1(gold_spans(seeds_gold), found_spans(annotated_archive)) >= 0.97


def test_rules_alone_find_most_names_of_the_seeds(seeds_archive: Archive, seeds_gold: dict[str, Any]) -> None:
    assert f1(gold_spans(seeds_gold), found_spans(seeds_archive)) >= 0.6


def test_the_leaders_are_one_entity_each_across_both_seeds(
    annotated_archive: Archive, seeds_gold: dict[str, Any]
) -> None:
    entity_at = {
        (article.path, mention.start, mention.end): mention.entity
        for article in annotated_archive.articles(annotated_archive.ids())
        for mention in article.mentions
    }
    for name in ("Vladimir Putin", "Recep Tayyip Erdogan", "Bashar al-Assad"):
        of_gold = {
            (path, mention["start"], mention["end"])
            for path, document in seeds_gold["docs"].items()
            for mention in document["mentions"]
            if mention["entity"] == name
        }
        assert {path for path, _, _ in of_gold} == set(seeds_gold["docs"])
        ids = {entity_at.get(place) for place in of_gold}
        assert len(ids) == 1, name
        (entity,) = ids
        assert entity is not None
        assert {place for place, found in entity_at.items() if found == entity} == of_gold
