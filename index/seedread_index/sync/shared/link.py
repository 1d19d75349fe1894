"""Links the names of a shared archive: one linker for all of its indexers, by today's clustering.

Articles are not rewritten: an entity is a document of its own with the names that are of it. The names of
the archive are held in memory meanwhile, some hundreds of bytes each.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
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
    spelled_as,
    spellings_of,
    stored_entity,
    tallied,
    tally,
    together,
)
from seedread_index.engines.opensearch.index import SharedIndex
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
_WRITTEN = 500
"""Entities that are written by one request."""
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
        """Read the names of all articles, in one pass; the newest day, and how many articles have one."""
        dated = {"range": {layout.DAY: {"gt": 0}}}
        found = self._ask({"query": dated, "size": 0, "track_total_hits": True, "aggs": {"last": _max_day()}})
        newest = int(found["aggregations"]["last"]["value"] or 0)
        fields = (FORMS, HEADS, USES, layout.DAY)
        articles = SharedIndex(self._connection).through({"match_all": {}}, fields, patient=True)
        for done, values in enumerate(articles):
            self._take_in(values, newest - RECENT_DAYS)
            if done % _PIECE == 0:
                self._progress(Progress(Stage.LINK, done, None))
                if self._cancelled():
                    raise ArchiveError("linking was interrupted", "finished work is kept; run it again")
        return newest, int(found["hits"]["total"]["value"])

    def _take_in(self, values: Mapping[str, Sequence[Any]], since: int) -> None:
        """Take in the names of one article; one of the day `since` or later is recent."""
        day = int(values.get(layout.DAY, (0,))[0])
        for kept in values.get(FORMS, ()):
            self._form(Name.parse(kept)).articles += 1
        for kept in values.get(HEADS, ()):
            form = self._form(Name.parse(kept))
            form.counted += 1
            if day > 0:
                form.recent += day >= since
                form.first = min(form.first or day, day)
                form.last = max(form.last or day, day)
        for kept in values.get(USES, ()):
            use = Use.parse(kept)
            self._form(use.name).add(use, 1)
            if use.key != use.name.key:
                self._expansions[use.name.type, use.key][use.name.key] += 1

    def _form(self, name: Name) -> Form:
        place = name.type, name.key
        if place not in self._forms:
            self._forms[place] = Form(name)
        return self._forms[place]

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
        tallies = self._tallies(entities, forms, newest)
        written = 0
        for start in range(0, len(entities), _WRITTEN):
            some = entities[start : start + _WRITTEN]
            actions = []
            for each in some:
                counted = tallies[each.founded.id]
                stored = stored_entity(
                    each.founded, each.names, forms, counted, shown=shown.get, hidden=each.hidden
                )
                rising = counted.recent - counted.articles * share
                document = entity_document(stored, rising, run, spelled_as(each.names, forms))
                actions.append(({"index": {"_id": stored["id"]}}, document))
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
            each.founded.id: each.names
            for each in entities
            if each.names.parts or sum(forms[name].counted > 0 for name in each.names.names) > 1
        }
        recent = {"range": {layout.DAY: {"gte": newest - RECENT_DAYS, "gt": 0}}}
        mentions = {each: spellings_of(names, forms).total() for each, names in several.items()}
        for batch in together(mentions):
            asked = {each: as_asked(several[each], forms) for each in batch}
            filters = {each: mentioning([names]) for each, names in asked.items()}
            body = {"query": mentioning(asked.values()), "size": 0, "aggs": {"e": tallied(filters, recent)}}
            counted = self._ask(body)["aggregations"]["e"]["buckets"]
            found |= {each: tally(bucket) for each, bucket in counted.items()}
        return found


def _tally_of_one(names: NameSet, forms: Forms) -> Tally:
    """The articles of an entity of which one name at most counts anywhere."""
    for form in map(forms.__getitem__, names.names):
        if form.counted:
            return Tally(form.counted, form.recent, form.first, form.last)
    return Tally()


def _max_day() -> dict[str, Any]:
    return {"max": {"field": layout.DAY}}
