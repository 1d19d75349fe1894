"""The entities of an archive on a server, as its linker wrote them.

Articles hold names (`documents.Name`), and an entity is the names that linking gave it, so that linking
writes no article anew.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.index import Query, SharedIndex
from seedread_index.engines.opensearch.layout import HEADS
from seedread_index.engines.opensearch.queries import among, heads_of, read_heads
from seedread_index.model.article import NAMED_TYPES, EntityType
from seedread_index.model.entity import (
    FILTER_CHARACTERS,
    FILTER_WORDS,
    AliasShare,
    CoMention,
    Entity,
    EntityCard,
    Relation,
    fold_name,
)

_KEPT = 2_000
"""Entities that are kept after they were fetched."""
_AT_ONCE = 500
_MOST_MONTHS = 10_000
_ON_CARD, _LATEST = 20, 1_000
_SHARED = 1_000
"""Names that are counted beside an entity's before they are put together to entities."""
_ORDERS: dict[str, list[Any]] = {
    "count": [{"mentions": "desc"}, {"articles": "desc"}, {"name": "asc"}, {"id": "asc"}],
    "articles": [{"articles": "desc"}, {"mentions": "desc"}, {"name": "asc"}, {"id": "asc"}],
    "name": [{"folded": "asc"}, {"type": "asc"}, {"id": "asc"}],
    "first": [{"first": {"order": "desc", "missing": "_last"}}, {"mentions": "desc"}, {"id": "asc"}],
    "rising": [{"rising": "desc"}, {"mentions": "desc"}, {"id": "asc"}],
}


class ServerEntities:
    """Entities and their cards; from any thread."""

    def __init__(self, index: SharedIndex) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Mapping[str, Any]] = OrderedDict()
        self._of_name: OrderedDict[str, str] = OrderedDict()
        self._kept_of = 0

    # -- entities ----------------------------------------------------------------------------------------

    def entities(
        self,
        *,
        types: Sequence[EntityType] | None = None,
        filter: str = "",
        sort: str = "count",
        limit: int | None = None,
    ) -> list[Entity]:
        """Entities whose name or alias has all words of `filter`; `types` None means the named ones."""
        words = list(dict.fromkeys(fold_name(filter).split()))
        if len(words) > FILTER_WORDS or len(filter) > FILTER_CHARACTERS:
            return []
        filters: list[Query] = [_of_types(NAMED_TYPES if types is None else types)]
        filters += [{"wildcard": {"spellings": {"value": f"*{_plain(word)}*"}}} for word in words]
        return list(map(_entity, self._listed(filters, _ORDERS.get(sort, _ORDERS["count"]), limit)))

    def entity(self, entity_id: str) -> Entity | None:
        """One entity."""
        found = self.stored([entity_id])
        return _entity(found[entity_id]) if entity_id in found else None

    def resolve(self, name: str, types: Sequence[EntityType] | None = None) -> list[str]:
        """Ids of the entities that go by a name, most mentioned first; by a part of it where none has it."""
        folded = fold_name(name)
        kinds = [_of_types(types)] if types else []
        whole: Query = {"term": {"spellings": folded}}
        plain = _plain(folded)
        part: Query = {
            "bool": {
                "should": [
                    {"wildcard": {"spellings": {"value": pattern}}}
                    for pattern in (f"{plain} *", f"* {plain}", f"* {plain} *")
                ],
                "minimum_should_match": 1,
            }
        }
        for condition in (whole, part):
            found = self._listed([condition, *kinds], _ORDERS["count"], layout.WINDOW)
            if found:
                in_full = condition is whole
                ranks = {each["id"]: -_mentions_as(each, folded, whole=in_full) for each in found}
                found.sort(key=lambda each: (ranks[each["id"]], -each["mentions"], each["id"]))
                return [each["id"] for each in found]
        return []

    def called(self, name: str, types: Sequence[EntityType]) -> list[Entity]:
        """Entities of these types that go by a name in full, most mentioned first."""
        filters: list[Query] = [{"term": {"spellings": fold_name(name)}}, _of_types(types)]
        return list(map(_entity, self._listed(filters, _ORDERS["count"], _AT_ONCE)))

    def names_of(self, entity_ids: Sequence[str]) -> list[str]:
        """The names of some entities, as articles are kept by."""
        return [name for each in self.stored(entity_ids).values() for name in each[HEADS]]

    def of_names(self, names: Iterable[str]) -> dict[str, str]:
        """The ids of the entities that names are of; a name that is not linked yet is left out."""
        wanted = list(dict.fromkeys(names))
        self._renew()
        with self._lock:
            found = {each: self._of_name[each] for each in wanted if each in self._of_name}
        missing = [each for each in wanted if each not in found]
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            asked: Query = {"terms": {HEADS: some}}
            hits = self._index.found(layout.entities_index(self._index.name), asked, _AT_ONCE)
            known = {name: hit["_id"] for hit in hits for name in hit["_source"]["entity"][HEADS]}
            self._keep({hit["_id"]: hit["_source"]["entity"] for hit in hits})
            fresh = {each: known[each] for each in some if each in known}
            found |= fresh
            with self._lock:
                self._of_name.update(fresh)
                while len(self._of_name) > 10 * _KEPT:
                    self._of_name.popitem(last=False)
        return found

    def counted(self, query: Query, counts: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
        """In how many articles that meet a query entities are, from how often their names are, by type."""
        entity_of = self.of_names(name for each in counts.values() for name in each)
        found: dict[str, Counter[str]] = {}
        several: dict[str, str] = {}
        for kind, of_kind in counts.items():
            names: dict[str, list[str]] = {}
            for name in of_kind:
                if name in entity_of:
                    names.setdefault(entity_of[name], []).append(name)
            found[kind] = Counter({each: sum(map(of_kind.__getitem__, names[each])) for each in names})
            stored = self.stored(list(names))
            several |= {each: kind for each in names if len(stored[each][HEADS]) > 1}
        # What has several names may have two of them in one article.
        ids = list(several)
        for start in range(0, len(ids), _AT_ONCE):
            some = self.stored(ids[start : start + _AT_ONCE])
            filters = {each: among(HEADS, stored[HEADS]) for each, stored in some.items()}
            body = {"query": query, "size": 0, "aggs": {"entities": {"filters": {"filters": filters}}}}
            buckets = self._index.search(body)["aggregations"]["entities"]["buckets"]
            for each, bucket in buckets.items():
                found[several[each]][each] = int(bucket["doc_count"])
        return found

    # -- cards -------------------------------------------------------------------------------------------

    def card(self, entity_id: str) -> EntityCard | None:
        """Everything that an entity's card shows, but where the dates of reports lie."""
        stored = self.stored([entity_id]).get(entity_id)
        if stored is None:
            return None
        months = {"terms": {"field": layout.MONTH, "size": _MOST_MONTHS, "order": {"_key": "asc"}}}
        body = {
            "query": among(HEADS, stored[HEADS]),
            "size": _LATEST,
            "_source": False,
            "sort": [{layout.DAY: "desc"}, {layout.BY_PATH: "asc"}, {layout.KEY: "asc"}],
            "aggs": {"months": months},
        }
        answer = self._index.search(body)
        counted = answer["aggregations"]["months"]["buckets"]
        return EntityCard(
            entity=_entity(stored),
            aliases=tuple(AliasShare(text, count) for text, count in stored["shares"]),
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
        query = among(HEADS, stored[HEADS])
        types = [kind.value for kind in NAMED_TYPES]
        body = {"query": query, "size": 0, "aggs": {kind: heads_of(kind, _SHARED) for kind in types}}
        counts, _ = read_heads(self._index.search(body)["aggregations"], types)
        totals = Counter[str]()
        for of_kind in self.counted(query, counts).values():
            totals.update(of_kind)
        totals.pop(entity_id, None)
        known = self.stored(list(totals))
        rows = [CoMention(_entity(known[each]), count) for each, count in totals.items()]
        rows.sort(key=lambda row: (-row.articles, -row.entity.mentions, row.entity.name, row.entity.id))
        return rows if limit < 0 else rows[:limit]

    def articles_mentioning(self, entity_ids: Sequence[str], *, together: bool, most: int) -> list[str]:
        """The newest articles that mention any of some entities, or all of them."""
        each = [among(HEADS, self.names_of([entity_id])) for entity_id in entity_ids]
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

    def _listed(self, filters: list[Query], sort: list[Any], limit: int | None) -> list[Mapping[str, Any]]:
        """Stored entities in an order; beyond the server's window from the last one on."""
        query: Query = {"bool": {"filter": [{"range": {"mentions": {"gt": 0}}}, *filters]}}
        found: list[Mapping[str, Any]] = []
        last: dict[str, Any] = {}
        while limit is None or len(found) < limit:
            size = layout.WINDOW if limit is None else min(layout.WINDOW, limit - len(found))
            hits = self._index.found(layout.entities_index(self._index.name), query, size, sort, **last)
            found += [hit["_source"]["entity"] for hit in hits]
            if len(hits) < size:
                break
            last = {"search_after": hits[-1]["sort"]}
        return found

    def stored(self, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """What the server stores of entities by their ids, kept for the next time."""
        self._renew()
        with self._lock:
            found = {each: self._kept[each] for each in ids if each in self._kept}
        missing = [each for each in dict.fromkeys(ids) if each not in found]
        for start in range(0, len(missing), _AT_ONCE):
            asked: Query = {"ids": {"values": missing[start : start + _AT_ONCE]}}
            hits = self._index.found(layout.entities_index(self._index.name), asked, _AT_ONCE)
            fresh = {hit["_id"]: hit["_source"]["entity"] for hit in hits}
            self._keep(fresh)
            found |= fresh
        return found

    def _renew(self) -> None:
        """Forget what was fetched once there is something newer."""
        generation = self._index.generation()
        with self._lock:
            if generation != self._kept_of:
                self._kept.clear()
                self._of_name.clear()
                self._kept_of = generation

    def _keep(self, fresh: Mapping[str, Mapping[str, Any]]) -> None:
        with self._lock:
            self._kept.update(fresh)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def _entity(stored: Mapping[str, Any]) -> Entity:
    relations = tuple(Relation(*each) for each in stored["related"])
    return Entity(
        id=stored["id"],
        name=stored["name"],
        type=EntityType(stored["type"]),
        articles=stored["articles"],
        mentions=stored["mentions"],
        aliases=tuple(text for text, _ in stored["shares"] if text != stored["name"]),
        related=relations,
        first=_day(stored["first"]),
        last=_day(stored["last"]),
    )


def _day(ordinal: int | None) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None


def _of_types(types: Sequence[EntityType]) -> Query:
    return {"terms": {"type": [kind.value for kind in types]}}


def _plain(folded: str) -> str:
    """A folded name with what is a pattern for the server taken as it is."""
    return "".join(f"\\{each}" if each in "*?\\" else each for each in folded)


def _mentions_as(stored: Mapping[str, Any], folded: str, *, whole: bool) -> int:
    """How many of an entity's mentions are spelled by a name, or have it as a part."""
    inside = "" if whole else " "
    wanted = f"{inside}{folded}{inside}"
    spelled = ((f"{inside}{fold_name(text)}{inside}", count) for text, count in stored["shares"])
    return sum(count for text, count in spelled if (text == wanted if whole else wanted in text))
