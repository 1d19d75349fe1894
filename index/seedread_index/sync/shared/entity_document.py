"""Entities as a server keeps them, made of the names that linking put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.layout import HEADS
from seedread_index.linking import keys
from seedread_index.linking.shared_names import Name
from seedread_index.model.article import EntityType
from seedread_index.model.entity import fold_name

Key = tuple[str, str]
"""Type and key of a name."""


@dataclass(slots=True)
class Form:
    """What the archive has of a name: articles with it at all and where it counts, first and last day."""

    name: Name
    articles: int = 0
    counted: int = 0
    recent: int = 0
    first: int | None = None
    last: int | None = None
    spellings: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Mentions by spelling and the spelling's own key."""


def shown_name(entity: Key, forms: Sequence[Form]) -> tuple[str, int]:
    """The name that an entity is shown by, and how often it is mentioned: of countries and peoples a fixed
    one, of others the commonest spelling of the key that it was founded on."""
    shares: Counter[tuple[str, str]] = Counter()
    for form in forms:
        shares.update(form.spellings)
    ranks = [(key == entity[1], count, text != text.upper(), text) for (text, key), count in shares.items()]
    best = max(ranks, default=(False, 0, False, entity[1]))
    fixed = keys.display_name(EntityType(entity[0]), entity[1])
    return fixed or best[3], sum(shares.values())


def stored_entity(
    entity: Key, forms: Sequence[Form], articles: int, mentioned: Mapping[Key, tuple[str, int]]
) -> dict[str, Any]:
    """An entity as it is given back."""
    kind, key = EntityType(entity[0]), entity[1]
    shares: Counter[str] = Counter()
    for form in forms:
        for (text, _), count in form.spellings.items():
            shares[text] += count
    country = keys.country_of(kind, key)
    place = (EntityType.PLACE.value, country or "")
    related = []
    if country and place in mentioned:
        related = [[keys.entity_id(EntityType.PLACE, country), "demonym", mentioned[place][0]]]
    days = [day for form in forms for day in (form.first, form.last) if day is not None]
    name, mentions = shown_name(entity, forms)
    return {
        "id": keys.entity_id(kind, key),
        "name": name,
        "type": kind.value,
        "articles": articles,
        "mentions": mentions,
        "first": min(days, default=None),
        "last": max(days, default=None),
        "shares": sorted(shares.items(), key=lambda each: (-each[1], each[0])),
        "related": related,
        HEADS: sorted(str(form.name) for form in forms),
    }


def entity_document(stored: dict[str, Any], forms: Sequence[Form], share: float, run: str) -> dict[str, Any]:
    """The document of an entity: what it is found by, and what is given back."""
    spellings = {fold_name(text) for text, _ in stored["shares"]} | {fold_name(stored["name"])}
    recent = sum(form.recent for form in forms)
    return {
        **{
            name: stored[name]
            for name in ("id", "type", "name", "articles", "mentions", "first", "last", HEADS)
        },
        "folded": fold_name(stored["name"]),
        "spellings": sorted(layout.keyword(each) for each in spellings),
        "rising": recent - stored["articles"] * share,
        "run": run,
        "entity": stored,
    }
