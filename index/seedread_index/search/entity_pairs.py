"""The entities that articles name together."""

from __future__ import annotations

from collections.abc import Sequence

from seedread_index.export.graph import EntityPair, count_pairs
from seedread_index.model.article import NAMED_TYPES, EntityType
from seedread_index.search.stores import ArticleStore, EntityStore


def entity_pairs(
    catalogue: ArticleStore,
    mentions: EntityStore,
    types: Sequence[EntityType] | None,
    entity_id: str | None,
    *,
    least: int,
    most: int | None,
) -> list[EntityPair]:
    """The pairs of entities of some types in at least `least` articles, most first; see ArchiveReader."""
    wanted = {kind.value for kind in (NAMED_TYPES if types is None else types)}
    known, named = mentions.entities_by_article()
    at = {identity: number for number, (identity, _) in enumerate(known)}
    one = None
    if entity_id is not None and (found := mentions.entity(entity_id)) is not None:
        one = at.get(found.id)
    if entity_id is not None and one is None:
        return []
    shown = {number for number, (_, kind) in enumerate(known) if kind in wanted or number == one}
    chosen = ((article, [n for n in entities if n in shown]) for article, entities in named)
    pairs = count_pairs(chosen, dict(catalogue.values(["date"])), one=one, least=least, most=most)
    numbers = sorted({number for pair in pairs for number in (pair.a, pair.b)})
    entities = {number: mentions.entity(known[number][0]) for number in numbers}
    return [
        EntityPair(a, b, pair.articles, pair.first, pair.last)
        for pair in pairs
        if (a := entities[pair.a]) is not None and (b := entities[pair.b]) is not None
    ]
