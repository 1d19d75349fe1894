"""What a reader's own corrections make of the entities of a shared archive; nothing is written there.

Only the entities that a correction speaks of are fetched, and of these only those whose names change are
counted again: as the others, they are as of the last linking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.entities.document import (
    HIDDEN,
    PARTS,
    RECENT_DAYS,
    SPELLED,
    Form,
    Overlay,
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
    together,
)
from seedread_index.engines.opensearch.index import Hits, Query, SharedIndex
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

_VALUES_AT_ONCE, _NAMES_AT_ONCE = 2_000, 100
_MOST_SPELLINGS = 5_000
_LONGEST = 450
"""Characters of a name that a pattern has at most: the server takes a thousand, its marks included."""


class OwnCorrections:
    """The reader's file of corrections of a shared archive."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = Overlay({})
        self._of: object = None
        self._fetched: _Fetched | None = None

    def state(self) -> object:
        """Something that changes with the file."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def overlay(self, index: SharedIndex) -> Overlay:
        """What the corrections make of the entities as they were linked; of an unreadable file what it made
        before."""
        linked = index.linked()
        state = self.state(), linked
        if state == self._of:
            return self._last
        try:
            file = CorrectionsFile.load(self._path)
        except CorrectionError:
            return self._last
        unfit = [
            f"line {each.line} ({each}): not applied to a shared archive; correct articles where they "
            "are indexed"
            for each in file.articles
        ]
        if self._fetched is None or self._fetched.linked != linked:
            self._fetched = _Fetched(index, linked)
        problems = (*file.conflicts(), *unfit)
        self._last = _Correcting(self._fetched).overlay(file.corrections, problems)
        self._of = state
        return self._last


class _Fetched:
    """What was fetched of entities since a linking, so that another correction costs little more."""

    def __init__(self, index: SharedIndex, linked: object) -> None:
        self.linked = linked
        self.forms: dict[Name, Form] = {}
        self.stored: dict[str, Stored] = {}
        self._counts: dict[NameSet, tuple[Tally, float]] = {EMPTY: (Tally(), 0.0)}
        self._index = index
        self._asked: defaultdict[str, set[str]] = defaultdict(set)
        self._newest: tuple[int, float] | None = None

    def have(self, field: str, values: Iterable[str]) -> None:
        """Fetch the entities with any of some values, and how their names are spelled."""
        missing = sorted({layout.keyword(each) for each in values} - self._asked[field])
        self._asked[field].update(missing)
        for start in range(0, len(missing), _VALUES_AT_ONCE):
            query = {"terms": {field: missing[start : start + _VALUES_AT_ONCE]}}
            last: dict[str, Any] = {}
            while True:
                place = layout.entities_index(self._index.name)
                hits = self._index.found(place, query, layout.WINDOW, [{"id": "asc"}], **last)
                self._take_in(hits)
                if len(hits) < layout.WINDOW:
                    break
                last = {"search_after": hits[-1]["sort"]}

    def _take_in(self, hits: Hits) -> None:
        """Take in entities; where an earlier version linked them, their spellings are counted."""
        for hit in hits:
            document = hit["_source"]
            stored: Stored = document["entity"]
            if stored["id"] in self.stored:
                continue
            self.stored[stored["id"]] = stored
            tally = Tally(stored["articles"], 0, stored["first"], stored["last"])
            self._counts[names_in(stored)] = tally, document["rising"]
            for name, spellings in document.get(SPELLED, {}).items():
                of_name = Name.parse(name)
                self.forms.setdefault(of_name, Form(of_name)).take_in(spellings)
        names = sorted(_names_of(map(names_in, self.stored.values())) - self.forms.keys())
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
            form = self.forms[name] = Form(name)
            for bucket in found[str(at)]["spelled"]["buckets"]:
                use = Use.parse(bucket["key"])
                if use.name == name:
                    form.add(use, int(bucket["doc_count"]))

    def counts(self, sets: Iterable[NameSet]) -> Mapping[NameSet, tuple[Tally, float]]:
        """The articles of entities with these names, and how much they are on the rise."""
        missing = {each: spellings_of(each, self.forms).total() for each in sets if each not in self._counts}
        for batch in together(missing):
            self._count(batch)
        return self._counts

    def _count(self, sets: Sequence[NameSet]) -> None:
        """Count the articles of entities; only those of any of them are looked at."""
        if self._newest is None:
            self._newest = self._look()
        newest, share = self._newest
        asked = {str(at): as_asked(each, self.forms) for at, each in enumerate(sets)}
        filters = {at: mentioning([each]) for at, each in asked.items()}
        recent = {"range": {DAY: {"gte": newest - RECENT_DAYS, "gt": 0}}}
        body = {"query": mentioning(asked.values()), "size": 0, "aggs": {"e": tallied(filters, recent)}}
        buckets = self._index.search(body)["aggregations"]["e"]["buckets"]
        for at, each in enumerate(sets):
            counted = tally(buckets[str(at)])
            self._counts[each] = counted, counted.recent - counted.articles * share

    def _look(self) -> tuple[int, float]:
        """The newest day, and the share of the articles that are recent."""
        dated = {"range": {DAY: {"gt": 0}}}
        newest = {"last": {"max": {"field": DAY}}}
        found = self._index.search({"query": dated, "size": 0, "track_total_hits": True, "aggs": newest})
        last, total = int(found["aggregations"]["last"]["value"] or 0), int(found["hits"]["total"]["value"])
        recent = {"range": {DAY: {"gte": last - RECENT_DAYS, "gt": 0}}}
        found = self._index.search({"query": recent, "size": 0, "track_total_hits": True})
        return last, int(found["hits"]["total"]["value"]) / total if total else 0.0


class _Correcting:
    """One application of corrections to what a server has."""

    def __init__(self, fetched: _Fetched) -> None:
        self._fetched = fetched

    def overlay(self, corrections: Sequence[Correction], problems: Sequence[str]) -> Overlay:
        """Apply the corrections of a file, in which there are some problems already."""
        if not corrections:
            return Overlay({}, problems=tuple(problems))
        self._fetch(corrections)
        sets, before = NameSets(corrections), {}
        spellings = {name: tuple(form.spellings) for name, form in self._fetched.forms.items()}
        for stored in self._fetched.stored.values():
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
        return Overlay.of(documents, frozenset(map(str, moved)), (*problems, *found))

    def _fetch(self, corrections: Sequence[Correction]) -> None:
        """Fetch the entities that corrections speak of, and those that they may make and that are there."""
        fetched = self._fetched
        fetched.have(HEADS, {str(name) for each in corrections for name in names_meant(each)})
        called = {fold_name(name) for each in corrections for name in (each.name, each.into) if name}
        fetched.have("spellings", called)
        types = {each.to for each in corrections if each.do == "retype" and each.to is not None}
        made = {
            keys.entity_id(to, founded_as(stored).founded_on[1])
            for stored in fetched.stored.values()
            for to in types
        }
        split = {fold_name(each.name) for each in corrections if each.do == "split"}
        made |= {
            apart_id(EntityType(name.type), spelled.key)
            for name, form in fetched.forms.items()
            for spelled in form.spellings
            if fold_name(spelled.text) in split
        }
        fetched.have("id", made - fetched.stored.keys())
        known: set[str] = set()
        while names := {part[0] for e in fetched.stored.values() for part in e.get(PARTS, ())} - known:
            known |= names  # each of them is of other entities as well
            fetched.have(HEADS, names)

    def _documents(self, sets: NameSets, changed: Mapping[str, NameSet]) -> dict[str, dict[str, Any]]:
        """The documents of the entities that are not as the server has them."""
        counts, forms = self._fetched.counts(changed.values()), self._fetched.forms
        shown = self._countries(sets, changed)
        documents = {}
        for identity, names in changed.items():
            counted, rising = counts[names]
            hidden = identity in sets.hidden
            founded = sets.entities[identity]
            stored = stored_entity(founded, names, forms, counted, shown=shown.get, hidden=hidden)
            documents[identity] = entity_document(stored, rising)
        return documents

    def _countries(self, sets: NameSets, changed: Mapping[str, NameSet]) -> dict[str, str]:
        """The names of the countries, by id, of the peoples among some entities, where mentioned."""
        kinds = (sets.entities[each].founded_on for each in changed)
        wanted = {
            keys.entity_id(EntityType.PLACE, country)
            for kind, key in kinds
            if (country := keys.country_of(EntityType(kind), key))
        }
        stored = self._fetched.stored
        self._fetched.have("id", wanted - stored.keys())
        shown = {}
        for each in wanted - sets.hidden:
            if each in changed:
                spellings = spellings_of(changed[each], self._fetched.forms)
                if spellings.total():
                    shown[each] = shown_name(sets.entities[each].founded_on, spellings)
            elif each in stored and stored[each]["mentions"]:
                shown[each] = stored[each]["name"]
        return shown


def _names_of(sets: Iterable[NameSet]) -> set[Name]:
    """All names that entities have, or have spellings of."""
    return {name for each in sets for name in (*each.names, *(part.name for part in each.parts))}


def _spellings(name: Name) -> Query:
    """The aggregation of how a name is spelled, how often in one article."""
    start = "".join(c if c.isalnum() or not c.isascii() else f"\\{c}" for c in f"{name}\x1f"[:_LONGEST])
    size = _MOST_SPELLINGS
    values = {"field": USES, "include": f"{start}.*", "size": size, "shard_size": size}
    spelled = {"terms": {**values, "execution_hint": "map"}}
    return {"filter": {"term": {FORMS: str(name)}}, "aggs": {"spelled": spelled}}
