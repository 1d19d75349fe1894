"""Links the names of a shared archive: one linker for all of its indexers, by today's clustering.

Articles are not written anew: an entity is a document of its own with the names that are of it. The names of
the archive are held in memory meanwhile, some hundreds of bytes each.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.entities.document import (
    RECENT_DAYS,
    Form,
    Forms,
    Tally,
    as_asked,
    entity_document,
    mentioning,
    stored_entity,
    tallied,
    tally,
)
from seedread_index.engines.opensearch.layout import FORMS, HEADS, USES
from seedread_index.engines.opensearch.transport.access import Access
from seedread_index.engines.opensearch.transport.connection import Connection
from seedread_index.linking import clustering
from seedread_index.linking.name_sets import Key, NameSet
from seedread_index.linking.shared_names import Name, Use
from seedread_index.model.article import EntityType
from seedread_index.model.errors import ArchiveError
from seedread_index.model.status import LinkReport, Progress, ProgressCallback, Stage
from seedread_index.server_address import ServerAddress
from seedread_index.sync.shared.shared_corrections import Linked, corrected, shared

_PIECE = 5_000
_COUNTED = 200
"""Entities that are counted by one request."""
_ACRONYM = 7
"""Letters of an acronym at most."""


def link_shared(
    address: ServerAddress,
    access: Access,
    *,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> LinkReport:
    """Link the names of a shared archive, and apply the corrections that editors share.

    Raises ArchiveError.
    """
    connection = Connection(address, access)
    try:
        connection.reach()
        linker = _Linker(connection, progress or (lambda _: None), cancelled or (lambda: False))
        return linker.run()
    finally:
        connection.close()


class _Linker:
    """One linking at work."""

    def __init__(
        self, connection: Connection, progress: ProgressCallback, cancelled: Callable[[], bool]
    ) -> None:
        self._connection = connection
        self._name = connection.address.name
        self._progress = progress
        self._cancelled = cancelled
        self._forms: dict[Key, Form] = {}
        self._expansions: defaultdict[Key, Counter[str]] = defaultdict(Counter)

    def run(self) -> LinkReport:
        """Read the names, cluster them, apply what is shared, write the entities."""
        corrections, problems = shared(self._connection)
        newest, total = self._read()
        owner = self._clustered()
        self._follow_majorities(owner)
        members: defaultdict[Key, list[Name]] = defaultdict(list)
        for key, entity in owner.items():
            members[entity].append(self._forms[key].name)
        forms = {form.name: form for form in self._forms.values()}
        entities, unfit = corrected(members, forms, corrections)
        share = self._recent(newest) / total if total else 0.0
        self._write(entities, forms, newest, share)
        return LinkReport(len(entities), len(corrections), (*problems, *unfit))

    # -- reading -----------------------------------------------------------------------------------------

    def _read(self) -> tuple[int, int]:
        """Read the names; the newest day, and how many articles have one."""
        dated = {"range": {layout.DAY: {"gt": 0}}}
        found = self._ask({"query": dated, "size": 0, "track_total_hits": True, "aggs": {"last": _max_day()}})
        newest = int(found["aggregations"]["last"]["value"] or 0)
        for kept, bucket in self._values(FORMS, {}):
            name = Name.parse(kept)
            self._forms[name.type, name.key] = Form(name, articles=int(bucket["doc_count"]))
        days = {
            "dated": {"filter": dated, "aggs": {"first": {"min": {"field": layout.DAY}}, "last": _max_day()}}
        }
        recent = {"recent": {"filter": {"range": {layout.DAY: {"gte": newest - RECENT_DAYS, "gt": 0}}}}}
        for kept, bucket in self._values(HEADS, days | recent):
            name = Name.parse(kept)
            form = self._forms.setdefault((name.type, name.key), Form(name))
            form.counted, form.recent = int(bucket["doc_count"]), int(bucket["recent"]["doc_count"])
            first, last = (bucket["dated"][each]["value"] for each in ("first", "last"))
            form.first, form.last = (None if day is None else int(day) for day in (first, last))
        for kept, bucket in self._values(USES, {}):
            use, articles = Use.parse(kept), int(bucket["doc_count"])
            form = self._forms.setdefault((use.name.type, use.name.key), Form(use.name))
            form.add(use, articles)
            if use.key != use.name.key:
                self._expansions[use.name.type, use.key][use.name.key] += articles
        return newest, int(found["hits"]["total"]["value"])

    def _values(self, name: str, inner: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every value of a keyword with what is counted of it, in the order of the values."""
        after: dict[str, Any] = {}
        done = 0
        while not self._cancelled():
            source = [{"value": {"terms": {"field": name}}}]
            composite = {"composite": {"size": _PIECE, "sources": source, **after}, "aggs": inner}
            found = self._ask({"size": 0, "aggs": {"values": composite}})["aggregations"]["values"]
            yield from ((bucket["key"]["value"], bucket) for bucket in found["buckets"])
            done += len(found["buckets"])
            self._progress(Progress(Stage.LINK, done, None))
            if "after_key" not in found:
                return
            after = {"after": found["after_key"]}
        raise ArchiveError("linking was interrupted", "finished work is kept; run it again")

    def _recent(self, newest: int) -> int:
        since = {"range": {layout.DAY: {"gte": newest - RECENT_DAYS, "gt": 0}}}
        return int(self._ask({"query": since, "size": 0, "track_total_hits": True})["hits"]["total"]["value"])

    def _ask(self, body: dict[str, Any]) -> Any:
        return self._connection.patiently("POST", f"/{layout.articles_alias(self._name)}/_search", body)

    # -- linking -----------------------------------------------------------------------------------------

    def _clustered(self) -> dict[Key, Key]:
        """From each name to the one that its entity is founded on."""
        blocks: defaultdict[tuple[str, str], list[Form]] = defaultdict(list)
        for form in self._forms.values():
            if form.articles:
                blocks[form.name.type, form.name.block].append(form)
        found: dict[Key, Key] = {}
        for (kind, block), forms in blocks.items():
            acronyms = kind == EntityType.ORG and " " not in block and len(block) <= _ACRONYM
            given = [
                clustering.Form(
                    form.name.key,
                    form.articles,
                    self._expansions.get((kind, form.name.key), {}) if acronyms else {},
                )
                for form in forms
            ]
            for key, canonical in clustering.cluster(EntityType(kind), given).items():
                found[kind, key] = (kind, canonical)
        return found

    def _follow_majorities(self, owner: dict[Key, Key]) -> None:
        """Give names of several words that stand under several types to the one they mostly have."""
        types: defaultdict[str, list[str]] = defaultdict(list)
        for kind, key in owner:
            if " " in key:
                types[key].append(kind)
        names: defaultdict[Key, list[Key]] = defaultdict(list)
        for each, entity in owner.items():
            names[entity].append(each)
        for key, kinds in sorted(types.items()):
            if len(kinds) < 2:
                continue
            articles = {kind: self._forms[kind, key].articles for kind in sorted(kinds)}
            if (best := clustering.majority(articles)) is None:
                continue
            wanted = owner[best, key]
            for kind in kinds:
                rival = owner[kind, key]
                if rival != wanted:
                    moved = list(names[rival]) if rival[1] == key else [(kind, key)]
                    for each in moved:
                        owner[each] = wanted
                        names[rival].remove(each)
                        names[wanted].append(each)

    # -- writing -----------------------------------------------------------------------------------------

    def _write(self, entities: Sequence[Linked], forms: Forms, newest: int, share: float) -> None:
        """Put the entities, and take away those of earlier linkings that are none any more."""
        index, run = layout.entities_index(self._name), uuid.uuid4().hex
        places = (each for each in entities if each.founded.founded_on[0] == EntityType.PLACE)
        shown = {each.founded.id: name for each in places if (name := each.shown(forms))}
        written = 0
        for start in range(0, len(entities), _COUNTED):
            some = entities[start : start + _COUNTED]
            tallies = self._tallies(some, forms, newest)
            actions = []
            for each in some:
                counted = tallies[each.founded.id]
                stored = stored_entity(
                    each.founded, each.names, forms, counted, shown=shown.get, hidden=each.hidden
                )
                rising = counted.recent - counted.articles * share
                actions.append(({"index": {"_id": stored["id"]}}, entity_document(stored, rising, run)))
            if refused := self._connection.bulk(index, actions).refused:
                raise ArchiveError(f"the server refused entities: {refused[0]}", "see the server's log")
            written += len(some)
            self._progress(Progress(Stage.LINK, written, len(entities)))
        self._connection.patiently("POST", f"/{index}/_refresh")
        self._drop_others(index, run)
        now = dt.datetime.now(dt.UTC)
        beat = {
            "kind": "linker",
            layout.LABEL: "",
            "at": now.isoformat(timespec="seconds"),
            "articles": len(entities),
            "waiting": 0,
            "revision": int(now.timestamp() * 1000),
        }
        place = f"/{layout.indexers_index(self._name)}/_doc/linker"
        self._connection.patiently("PUT", place, beat, {"refresh": "true"})

    def _drop_others(self, index: str, run: str) -> None:
        """Delete the entities that an earlier linking put and this one did not."""
        others = {"query": {"bool": {"must_not": [{"term": {"run": run}}]}}, "size": _PIECE, "_source": False}
        while True:
            hits = self._connection.patiently("POST", f"/{index}/_search", others)["hits"]["hits"]
            if not hits:
                return
            self._connection.bulk(index, [({"delete": {"_id": hit["_id"]}}, None) for hit in hits])
            self._connection.patiently("POST", f"/{index}/_refresh")

    def _tallies(self, entities: Sequence[Linked], forms: Forms, newest: int) -> dict[str, Tally]:
        """The articles of each entity where it counts; those of several names are counted together."""
        found = {each.founded.id: _tally_of_one(each.names, forms) for each in entities}
        several = {
            each.founded.id: mentioning([as_asked(each.names, forms)])
            for each in entities
            if each.names.parts or sum(forms[name].counted > 0 for name in each.names.names) > 1
        }
        if several:
            recent = {"range": {layout.DAY: {"gte": newest - RECENT_DAYS, "gt": 0}}}
            answer = self._ask({"size": 0, "aggs": {"entities": tallied(several, recent)}})
            found |= {e: tally(b) for e, b in answer["aggregations"]["entities"]["buckets"].items()}
        return found


def _tally_of_one(names: NameSet, forms: Forms) -> Tally:
    """The articles of an entity of which one name at most counts anywhere."""
    for form in map(forms.__getitem__, names.names):
        if form.counted:
            return Tally(form.counted, form.recent, form.first, form.last)
    return Tally()


def _max_day() -> dict[str, Any]:
    return {"max": {"field": layout.DAY}}
