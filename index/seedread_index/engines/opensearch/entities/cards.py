"""What the card of an entity of a shared archive shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.entities.document import mentioning
from seedread_index.engines.opensearch.entities.store import ServerEntities
from seedread_index.engines.opensearch.index import Query
from seedread_index.engines.opensearch.queries import heads_of, read_heads
from seedread_index.model.article import NAMED_TYPES
from seedread_index.model.entity import AliasShare, CoMention, EntityCard

_MOST_MONTHS = 10_000
_ON_CARD, _LATEST = 20, 1_000
_SHARED = 1_000
"""Names that are counted beside an entity's before they are put together to entities."""


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
        """Entities that share articles with one, most first; a negative limit means all that are counted."""
        stored = self.stored([entity_id]).get(entity_id)
        if stored is None:
            return []
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
        rows.sort(key=lambda row: (-row.articles, -row.entity.mentions, row.entity.name, row.entity.id))
        return rows if limit < 0 else rows[:limit]

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
