"""What the card of an entity of a shared archive shows, and who is named with whom."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.entities.document import HIDDEN, PARTS, Stored, mentioning
from seedread_index.engines.opensearch.entities.listing import Asked
from seedread_index.engines.opensearch.entities.store import ServerEntities
from seedread_index.engines.opensearch.index import Query
from seedread_index.engines.opensearch.queries import heads_of, read_heads
from seedread_index.export.graph import EntityPair, PairCount, count_pairs, in_order
from seedread_index.linking.shared_names import Use
from seedread_index.model.article import NAMED_TYPES, EntityType
from seedread_index.model.entity import AliasShare, CoMention, EntityCard
from seedread_index.model.errors import QueryError

_MOST_MONTHS = 10_000
_ON_CARD, _LATEST = 20, 1_000
_SHARED = 1_000
"""Names that are counted beside an entity's before they are put together to entities."""
_PAIRED = (2_000, 20_000)
"""Entities, the most frequent, whose pairs are counted first, where not all pairs are wanted."""
_MOST_PAIRS = 3_000_000
"""Pairs that are counted at most: some 300 bytes each."""
_COUNTED = ("id", "articles", layout.HEADS, PARTS)
"""What of an entity is needed to count its pairs."""


def _most_shared(row: CoMention) -> tuple[Any, ...]:
    return -row.articles, -row.entity.mentions, row.entity.name, row.entity.id


class ServerCards(ServerEntities):
    """Entities and their cards; from any thread."""

    def card(self, entity_id: str) -> EntityCard | None:
        """Everything that an entity's card shows, but where the dates of reports lie."""
        stored = self.stored([entity_id]).get(entity_id)
        if stored is None:
            return None
        months = {"terms": {"field": layout.MONTH, "size": _MOST_MONTHS, "order": {"_key": "asc"}}}
        body = {
            "query": mentioning([stored]),
            "size": _LATEST,
            "_source": False,
            "sort": [{layout.DAY: "desc"}, {layout.BY_PATH: "asc"}, {layout.KEY: "asc"}],
            "aggs": {"months": months},
        }
        answer = self._index.search(body)
        counted = answer["aggregations"]["months"]["buckets"]
        return EntityCard(
            entity=self._entity(stored),
            aliases=tuple(AliasShare(text, count) for text, count in stored["shares"] if count),
            months=tuple(
                ((int(bucket["key"][:4]), int(bucket["key"][5:7])), int(bucket["doc_count"]))
                for bucket in counted
            ),
            co_mentions=tuple(self.co_mentions(entity_id, _ON_CARD)),
            latest=tuple(hit["_id"] for hit in answer["hits"]["hits"]),
        )

    def co_mentions(self, entity_id: str, limit: int = 50) -> list[CoMention]:
        """Entities that share articles with one, most first, of the names that are frequent there; a negative
        limit means all entities, for which the articles are gone through."""
        stored = self.stored([entity_id]).get(entity_id)
        if stored is None:
            return []
        if limit < 0:
            pairs = self.pairs(entity_id=entity_id)
            others = ((p.b if p.a.id == entity_id else p.a, p.articles) for p in pairs)
            return sorted((CoMention(*each) for each in others), key=_most_shared)
        query = mentioning([stored])
        types = [kind.value for kind in NAMED_TYPES]
        body = {"query": query, "size": 0, "aggs": {kind: heads_of(kind, _SHARED) for kind in types}}
        counts, _ = read_heads(self._index.search(body)["aggregations"], types)
        totals = Counter[str]()
        for of_kind in self.counted(query, counts).values():
            totals.update(of_kind)
        totals.pop(entity_id, None)
        known = self.stored(list(totals))
        rows = [CoMention(self._entity(known[each]), count) for each, count in totals.items()]
        return sorted(rows, key=_most_shared)[:limit]

    def pairs(
        self,
        types: Sequence[EntityType] | None = None,
        entity_id: str | None = None,
        *,
        least: int = 1,
        most: int | None = None,
    ) -> list[EntityPair]:
        """The pairs of entities of some types in at least `least` articles, most first; with `entity_id` only
        its own. Goes through the articles. Raises QueryError where there are too many pairs to hold."""
        one = self.stored([entity_id]).get(entity_id) if entity_id is not None else None
        if entity_id is not None and (one is None or one.get(HIDDEN)):
            return []
        asked = Asked(tuple(NAMED_TYPES if types is None else types))
        for limit in (*(_PAIRED if most is not None else ()), None):
            found = self._listed(asked, "articles", limit, _COUNTED)
            entities = [each for each in found if each["articles"] >= least]
            if one is not None and all(each["id"] != entity_id for each in entities):
                entities.append(one)
            pairs = self._counted_pairs(entities, one, least, most)
            rarest = found[-1]["articles"] if limit is not None and len(found) == limit else 0
            if rarest < least or (most is not None and len(pairs) >= most and pairs[-1].articles > rarest):
                break  # no entity beyond those is in as many articles as the last pair
        known = self.stored(sorted({entities[at]["id"] for each in pairs for at in (each.a, each.b)}))
        ends = (
            (known.get(entities[each.a]["id"]), known.get(entities[each.b]["id"]), each) for each in pairs
        )
        named = (
            EntityPair(self._entity(a), self._entity(b), each.articles, each.first, each.last)
            for a, b, each in ends
            if a is not None and b is not None
        )
        return in_order(named, most)

    def articles_mentioning(self, entity_ids: Sequence[str], *, together: bool, most: int) -> list[str]:
        """The newest articles that mention any of some entities, or all of them."""
        each = [self.mentioning([entity_id]) for entity_id in entity_ids]
        if not each:
            return []
        joined: Query = {"filter": each} if together else {"should": each, "minimum_should_match": 1}
        body = {
            "query": {"bool": joined},
            "size": min(most, layout.WINDOW),
            "_source": False,
            "sort": [{layout.DAY: "desc"}, {layout.BY_PATH: "asc"}, {layout.KEY: "asc"}],
        }
        return [hit["_id"] for hit in self._index.search(body)["hits"]["hits"]]

    # -- inside ------------------------------------------------------------------------------------------

    def _counted_pairs(
        self, entities: Sequence[Stored], one: Stored | None, least: int, most: int | None
    ) -> list[PairCount]:
        """The pairs among some entities, by their places; with `one` its own."""
        at_one = None if one is None else next(n for n, e in enumerate(entities) if e["id"] == one["id"])
        dates: dict[int, str | None] = {}
        query: Query = {"exists": {"field": layout.HEADS}} if one is None else mentioning([one])
        named = self._named(query, entities, dates)
        try:
            return count_pairs(named, dates, one=at_one, least=least, most=most, bound=_MOST_PAIRS)
        except OverflowError:
            raise QueryError(
                f"more than {_MOST_PAIRS:,} pairs are mentioned together",
                "add -n 100 for the most frequent, --least 5, or --type person",
            ) from None

    def _named(
        self, query: Query, entities: Sequence[Stored], dates: dict[int, str | None]
    ) -> Iterator[tuple[int, list[int]]]:
        """The articles that match a query by a number, each with the places of those of some entities that it
        mentions where it counts; its day is in `dates` meanwhile."""
        whole: dict[str, int] = {}
        parts: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for at, stored in enumerate(entities):
            whole |= dict.fromkeys(stored[layout.HEADS], at)
            for name, text, *_ in stored.get(PARTS, ()):
                parts[name][text] = at
        fields = [layout.HEADS, layout.DAY, *([layout.USES] if parts else [])]
        for number, values in enumerate(self._index.through(query, fields)):
            found = {whole[each] for each in values.get(layout.HEADS, ()) if each in whole}
            for use in map(Use.parse, values.get(layout.USES, ())):
                if use.counted and use.text in parts.get(str(use.name), ()):
                    found.add(parts[str(use.name)][use.text])
            dates.clear()
            (day,) = values.get(layout.DAY, (0,))
            dates[number] = dt.date.fromordinal(day).isoformat() if day > 0 else None
            yield number, sorted(found)
