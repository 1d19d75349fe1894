"""The entities of a shared archive, as its linker wrote them and the reader corrects them.

Articles hold names (`linking.shared_names.Name`), and an entity is the names that linking gave it, so that
linking rewrites no article.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.entities.document import (
    HIDDEN,
    PARTS,
    SPELLED,
    Overlay,
    Owners,
    Stored,
    mentioning,
    names_of,
)
from seedread_index.engines.opensearch.entities.listing import KEYS, ORDERS, Asked, mentions_as
from seedread_index.engines.opensearch.entities.overlay import OwnCorrections
from seedread_index.engines.opensearch.index import Hits, Query, SharedIndex
from seedread_index.engines.opensearch.layout import HEADS
from seedread_index.model.article import NAMED_TYPES, EntityType
from seedread_index.model.entity import FILTER_CHARACTERS, FILTER_WORDS, Entity, Relation, fold_name

_KEPT = 2_000
"""Entities that are kept after they were fetched."""
_AT_ONCE = 500
_ORDERED = ("id", "type", "name", "folded", "articles", "mentions", "first", "rising")
"""What lists are ordered by."""


class ServerEntities:
    """Entities, found and counted; from any thread."""

    def __init__(self, index: SharedIndex, corrections: OwnCorrections | None = None) -> None:
        self._index = index
        self._corrections = corrections
        self._overlaid = Overlay({})
        self._overlaying = threading.Lock()
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Stored] = OrderedDict()
        self._owners: OrderedDict[str, Owners] = OrderedDict()
        self._kept_of = 0
        self._overlaid_of = 0

    def problems(self) -> tuple[str, ...]:
        """What of the reader's corrections does not fit the archive, in words."""
        return self._overlay().problems

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
        kinds = NAMED_TYPES if types is None else types
        if not kinds:
            return []
        asked = Asked(tuple(kinds), words)
        return list(map(self._entity, self._listed(asked, sort if sort in ORDERS else "count", limit)))

    def entity(self, entity_id: str) -> Entity | None:
        """One entity."""
        found = self.stored([entity_id])
        return self._entity(found[entity_id]) if entity_id in found else None

    def resolve(self, name: str, types: Sequence[EntityType] | None = None) -> list[str]:
        """Ids of the entities that go by a name, most mentioned first; by a part of it where none has it."""
        folded, kinds = fold_name(name), tuple(types or ())
        for asked in (Asked(kinds, name=folded), Asked(kinds, part=folded)):
            found = self._listed(asked, "count", layout.WINDOW) if folded else []
            if found:
                in_full = bool(asked.name)
                ranks = {each["id"]: -mentions_as(each, folded, whole=in_full) for each in found}
                found.sort(key=lambda each: (ranks[each["id"]], -each["mentions"], each["id"]))
                return [each["id"] for each in found]
        return []

    def called(self, name: str, types: Sequence[EntityType]) -> list[Entity]:
        """Entities of these types that go by a name in full, most mentioned first."""
        folded = fold_name(name)
        if not types or not folded:
            return []
        return list(map(self._entity, self._listed(Asked(tuple(types), name=folded), "count", _AT_ONCE)))

    def mentioning(self, entity_ids: Sequence[str]) -> Query:
        """The query of the articles that mention any of some entities where it counts."""
        return mentioning(self.stored(entity_ids).values())

    def owners(self, names: Iterable[str]) -> Owners:
        """The entities that names are of; a name that is not linked yet is of none."""
        overlay = self._overlay()
        wanted = set(names)
        found = Owners()
        for stored in overlay.having(wanted):
            found.add(stored["id"], stored, wanted & overlay.names)
        others = sorted(wanted - overlay.names)
        with self._lock:
            known = {each: self._owners[each] for each in others if each in self._owners}
        missing = [each for each in others if each not in known]
        for start in range(0, len(missing), _AT_ONCE):
            some = set(missing[start : start + _AT_ONCE])
            asked: Query = {"terms": {HEADS: sorted(some)}}
            hits = self._found(asked, layout.WINDOW)
            fresh: defaultdict[str, Owners] = defaultdict(Owners)
            for hit in hits:
                stored = hit["_source"]["entity"]
                for name in some.intersection(hit["_source"][HEADS]):
                    fresh[name].add(hit["_id"], stored, {name})
            self._keep({hit["_id"]: hit["_source"]["entity"] for hit in hits})
            known |= fresh
            with self._lock:
                self._owners.update(fresh)
                while len(self._owners) > 10 * _KEPT:
                    self._owners.popitem(last=False)
        for each in known.values():
            found.whole |= each.whole
            found.parts |= each.parts
        return found

    def counted(self, query: Query, counts: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
        """In how many articles that match a query entities are, from how often their names are, by type."""
        overlay = self._overlay()
        owners = self.owners(name for each in counts.values() for name in each)
        names: defaultdict[str, list[int]] = defaultdict(list)
        for of_kind in counts.values():
            for name, count in of_kind.items():
                for each in owners.every(name):
                    names[each].append(count)
        for stored in overlay.stored():  # of another type than its names are
            if any(each.partition("\x1f")[0] not in counts for each in names_of(stored)):
                names.setdefault(stored["id"], [])
        found: dict[str, Counter[str]] = {kind: Counter() for kind in counts}
        several = []
        for each, stored in self.stored(list(names)).items():
            if stored.get(HIDDEN) or stored["type"] not in found:
                continue
            if len(stored[HEADS]) == 1 and not stored.get(PARTS) and names[each]:
                found[stored["type"]][each] = names[each][0]
            else:  # what has several names may have two of them in one article
                several.append(stored)
        for start in range(0, len(several), _AT_ONCE):
            some = {each["id"]: each for each in several[start : start + _AT_ONCE]}
            filters = {each: mentioning([stored]) for each, stored in some.items()}
            body = {"query": query, "size": 0, "aggs": {"entities": {"filters": {"filters": filters}}}}
            buckets = self._index.search(body)["aggregations"]["entities"]["buckets"]
            for each, bucket in buckets.items():
                if bucket["doc_count"]:
                    found[some[each]["type"]][each] = int(bucket["doc_count"])
        return found

    # -- inside ------------------------------------------------------------------------------------------

    def _listed(self, asked: Asked, sort: str, limit: int | None, fields: Sequence[str] = ()) -> list[Stored]:
        """Stored entities in an order, or some of their fields; beyond the server's window from the last one
        on."""
        source = {"_source": [*_ORDERED, *(f"entity.{each}" for each in fields)]} if fields else {}
        overlay = self._overlay()
        query = asked.query()
        if overlay.documents:
            query["bool"]["must_not"] = [{"ids": {"values": list(overlay.documents)}}]
        found: list[Mapping[str, Any]] = []
        last: dict[str, Any] = {}
        while limit is None or len(found) < limit:
            size = layout.WINDOW if limit is None else min(layout.WINDOW, limit - len(found))
            hits = self._found(query, size, ORDERS[sort], **last, **source)
            found += [hit["_source"] for hit in hits]
            if len(hits) < size:
                break
            last = {"search_after": hits[-1]["sort"]}
        corrected = [each for each in overlay.documents.values() if asked.fits(each)]
        if corrected:
            found = sorted((*found, *corrected), key=KEYS[sort])
        return [each["entity"] for each in found[:limit]]

    def _found(self, query: Query, size: int, sort: Sequence[Any] = (), **more: Any) -> Hits:
        """Entities as the server keeps them, without what only corrections need."""
        place = layout.entities_index(self._index.name)
        return self._index.found(place, query, size, sort, **({"_source": {"excludes": [SPELLED]}} | more))

    def stored(self, ids: Sequence[str]) -> dict[str, Stored]:
        """What is stored of entities by their ids, kept for the next time."""
        corrected = self._overlay().documents
        with self._lock:
            found = {each: self._kept[each] for each in ids if each in self._kept}
        found |= {each: corrected[each]["entity"] for each in ids if each in corrected}
        missing = [each for each in dict.fromkeys(ids) if each not in found]
        for start in range(0, len(missing), _AT_ONCE):
            asked: Query = {"ids": {"values": missing[start : start + _AT_ONCE]}}
            hits = self._found(asked, _AT_ONCE)
            fresh = {hit["_id"]: hit["_source"]["entity"] for hit in hits}
            self._keep(fresh)
            found |= fresh
        return found

    def _overlay(self) -> Overlay:
        """What the reader corrected; what was fetched is forgotten once there is something newer."""
        generation = self._index.generation()
        with self._lock:
            if generation != self._kept_of:
                self._kept.clear()
                self._owners.clear()
                self._kept_of = generation
        if self._corrections is not None:
            with self._overlaying:
                if generation != self._overlaid_of:
                    self._overlaid = self._corrections.overlay(self._index)
                    self._overlaid_of = generation
        return self._overlaid

    def _keep(self, fresh: Mapping[str, Stored]) -> None:
        with self._lock:
            self._kept.update(fresh)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)

    def _entity(self, stored: Stored) -> Entity:
        overlay = self._overlaid
        related = []
        for identity, kind, name in stored["related"]:
            corrected = overlay.documents.get(identity)
            if corrected is None:
                related.append(Relation(identity, kind, name))
            elif corrected["mentions"]:
                related.append(Relation(identity, kind, corrected["name"]))
        return Entity(
            id=stored["id"],
            name=stored["name"],
            type=EntityType(stored["type"]),
            articles=stored["articles"],
            mentions=stored["mentions"],
            aliases=tuple(text for text, _ in stored["shares"] if text != stored["name"]),
            related=tuple(related),
            first=_day(stored["first"]),
            last=_day(stored["last"]),
        )


def _day(ordinal: int | None) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None
