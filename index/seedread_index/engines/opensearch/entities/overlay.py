"""What a reader's own corrections make of the entities of a shared archive; nothing is written there.

Only the entities that a correction speaks of are fetched and counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.entities.document import (
    HIDDEN,
    PARTS,
    RECENT_DAYS,
    Form,
    Stored,
    Tally,
    as_asked,
    entity_document,
    founded_as,
    mentioning,
    names_in,
    shown_name,
    spellings_of,
    stored_entity,
    tallied,
    tally,
)
from seedread_index.engines.opensearch.index import Query, SharedIndex
from seedread_index.engines.opensearch.layout import DAY, FORMS, HEADS, USES
from seedread_index.engines.opensearch.queries import among
from seedread_index.linking import keys
from seedread_index.linking.corrections_file import CorrectionsFile
from seedread_index.linking.name_sets import EMPTY, NameSet, NameSets, apart_id, names_meant
from seedread_index.linking.shared_names import Name, Use
from seedread_index.model.article import EntityType
from seedread_index.model.correction import Correction
from seedread_index.model.entity import fold_name
from seedread_index.model.errors import CorrectionError

_NAMES_AT_ONCE, _ENTITIES_AT_ONCE = 100, 200
_MOST_SPELLINGS = 5_000
_LONGEST = 450
"""Characters of a name that a pattern has at most: the server takes a thousand, its marks included."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """Entities in the place of those that the server has by these ids."""

    documents: Mapping[str, Mapping[str, Any]]
    """As the server keeps entities, those included that no name is left of."""
    names: frozenset[str] = frozenset()
    """The names as articles keep them that are of these entities, or a spelling of which is."""
    problems: tuple[str, ...] = ()

    def stored(self) -> Iterator[Stored]:
        """The entities."""
        return (each["entity"] for each in self.documents.values())


class OwnCorrections:
    """The reader's file of corrections of a shared archive."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = Overlay({})

    def state(self) -> object:
        """Something that changes with the file."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def overlay(self, index: SharedIndex) -> Overlay:
        """What the corrections make of the entities now; of an unreadable file what it made before."""
        try:
            file = CorrectionsFile.load(self._path)
        except CorrectionError:
            return self._last
        unfit = [
            f"line {each.line} ({each}): not applied to a shared archive; correct articles where they "
            "are indexed"
            for each in file.articles
        ]
        self._last = _Correcting(index).overlay(file.corrections, (*file.conflicts(), *unfit))
        return self._last


class _Correcting:
    """One application of corrections to what a server has now."""

    def __init__(self, index: SharedIndex) -> None:
        self._index = index
        self._forms: dict[Name, Form] = {}
        self._stored: dict[str, Stored] = {}

    def overlay(self, corrections: Sequence[Correction], problems: Sequence[str]) -> Overlay:
        """Apply the corrections of a file, in which there are some problems already."""
        if not corrections:
            return Overlay({}, problems=tuple(problems))
        self._fetch(corrections)
        sets, before = NameSets(corrections), {}
        spellings = {name: tuple(form.spellings) for name, form in self._forms.items()}
        for stored in self._stored.values():
            before[stored["id"]] = names_in(stored)
            sets.add(founded_as(stored), before[stored["id"]], spellings)
            if stored.get(HIDDEN):
                sets.hidden.add(stored["id"])
        found = sets.apply()
        after = sets.sets()
        changed = {each for each in after if each in sets.hidden or after[each] != before.get(each, EMPTY)}
        moved = _names_of(each[entity] for each in (before, after) for entity in changed & each.keys())
        sharing = {each: after[each] for each in after if each in changed or moved & _names_of([after[each]])}
        documents = self._documents(sets, sharing)
        names = frozenset(map(str, moved))
        return Overlay(documents, names, (*problems, *found))

    # -- fetching ----------------------------------------------------------------------------------------

    def _fetch(self, corrections: Sequence[Correction]) -> None:
        """Fetch the entities that corrections speak of, and those that they may make and that are there."""
        meant = sorted({str(name) for each in corrections for name in names_meant(each)})
        called = sorted({fold_name(name) for each in corrections for name in (each.name, each.into) if name})
        either: list[Query] = [
            {"terms": {HEADS: list(map(layout.keyword, meant))}},
            {"terms": {"spellings": list(map(layout.keyword, called))}},
        ]
        self._take_in({"bool": {"should": either, "minimum_should_match": 1}})
        types = {each.to for each in corrections if each.do == "retype" and each.to is not None}
        made = {
            keys.entity_id(to, founded_as(stored).founded_on[1])
            for stored in self._stored.values()
            for to in types
        }
        split = {fold_name(each.name) for each in corrections if each.do == "split"}
        made |= {
            apart_id(EntityType(name.type), spelled.key)
            for name, form in self._forms.items()
            for spelled in form.spellings
            if fold_name(spelled.text) in split
        }
        if missing := sorted(made - self._stored.keys()):
            self._take_in({"ids": {"values": missing}})
        known: set[str] = set()
        while names := {part[0] for each in self._stored.values() for part in each.get(PARTS, ())} - known:
            known |= names  # each of them is of other entities as well
            self._take_in({"terms": {HEADS: sorted(names)}})

    def _take_in(self, query: Query) -> None:
        """Fetch entities, and what the articles have of their names."""
        hits = self._index.found(layout.entities_index(self._index.name), query, layout.WINDOW)
        fresh = {hit["_id"]: hit["_source"]["entity"] for hit in hits}
        self._stored |= fresh
        names = sorted(_names_of(map(names_in, fresh.values())) - self._forms.keys())
        for start in range(0, len(names), _NAMES_AT_ONCE):
            self._count_spellings(names[start : start + _NAMES_AT_ONCE])

    def _count_spellings(self, names: Sequence[Name]) -> None:
        """Fetch how often each spelling stands for some names."""
        body = {
            "query": among(FORMS, list(map(str, names))),
            "size": 0,
            "aggs": {str(at): _spellings(name) for at, name in enumerate(names)},
        }
        found = self._index.search(body)["aggregations"]
        for at, name in enumerate(names):
            form = self._forms[name] = Form(name)
            for bucket in found[str(at)]["buckets"]:
                use = Use.parse(bucket["key"])
                if use.name == name:
                    form.add(use, int(bucket["doc_count"]))

    # -- making ------------------------------------------------------------------------------------------

    def _documents(self, sets: NameSets, changed: Mapping[str, NameSet]) -> dict[str, dict[str, Any]]:
        """The documents of the entities that are not as the server has them."""
        newest, total = self._newest()
        tallies, recent = self._tallies(changed, newest)
        share = recent / total if total else 0.0
        shown = self._countries(sets, changed)
        documents = {}
        for identity, names in changed.items():
            founded, counted = sets.entities[identity], tallies[identity]
            hidden = identity in sets.hidden
            stored = stored_entity(founded, names, self._forms, counted, shown=shown.get, hidden=hidden)
            documents[identity] = entity_document(stored, counted.recent - counted.articles * share, "")
        return documents

    def _newest(self) -> tuple[int, int]:
        """The newest day, and how many articles have one."""
        body = {
            "query": {"range": {DAY: {"gt": 0}}},
            "size": 0,
            "track_total_hits": True,
            "aggs": {"last": {"max": {"field": DAY}}},
        }
        found = self._index.search(body)
        return int(found["aggregations"]["last"]["value"] or 0), int(found["hits"]["total"]["value"])

    def _tallies(self, changed: Mapping[str, NameSet], newest: int) -> tuple[dict[str, Tally], int]:
        """The articles of entities, and how many of all articles are recent."""
        recent = {"range": {DAY: {"gte": newest - RECENT_DAYS, "gt": 0}}}
        tallies: dict[str, Tally] = {}
        ids, of_all = list(changed), 0
        for start in range(0, len(ids), _ENTITIES_AT_ONCE):
            some = ids[start : start + _ENTITIES_AT_ONCE]
            filters = {each: mentioning([as_asked(changed[each], self._forms)]) for each in some}
            body = {"size": 0, "aggs": {"recent": {"filter": recent}, "entities": tallied(filters, recent)}}
            found = self._index.search(body)["aggregations"]
            of_all = int(found["recent"]["doc_count"])
            tallies |= {each: tally(bucket) for each, bucket in found["entities"]["buckets"].items()}
        return tallies, of_all

    def _countries(self, sets: NameSets, changed: Mapping[str, NameSet]) -> dict[str, str]:
        """The names of the countries, by id, of the peoples among some entities, where mentioned."""
        kinds = (sets.entities[each].founded_on for each in changed)
        wanted = {
            keys.entity_id(EntityType.PLACE, country)
            for kind, key in kinds
            if (country := keys.country_of(EntityType(kind), key))
        }
        if missing := sorted(wanted - self._stored.keys()):
            self._take_in({"ids": {"values": missing}})
        shown = {}
        for each in wanted - sets.hidden:
            if each in changed:
                spellings = spellings_of(changed[each], self._forms)
                if spellings.total():
                    shown[each] = shown_name(sets.entities[each].founded_on, spellings)
            elif each in self._stored and self._stored[each]["mentions"]:
                shown[each] = self._stored[each]["name"]
        return shown


def _names_of(sets: Iterable[NameSet]) -> set[Name]:
    """All names that entities have, or have spellings of."""
    return {name for each in sets for name in (*each.names, *(part.name for part in each.parts))}


def _spellings(name: Name) -> Query:
    """The aggregation of how a name is spelled, how often in one article."""
    start = "".join(c if c.isalnum() or not c.isascii() else f"\\{c}" for c in f"{name}\x1f"[:_LONGEST])
    size = _MOST_SPELLINGS
    values = {"field": USES, "include": f"{start}.*", "size": size, "shard_size": size}
    return {"terms": {**values, "execution_hint": "map"}}
