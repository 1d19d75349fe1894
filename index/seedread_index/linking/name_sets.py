"""The entities of a shared archive as sets of names, and the user's corrections as moves between them.

Articles keep each name by the fullest form that it has there (`Name`) and by the spellings that stand for
that form. An entity has names as a whole; a spelling that a correction takes out goes by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from seedread_index.linking import keys
from seedread_index.linking.correction_targets import name_problem, no_such_spelling, target_of
from seedread_index.linking.shared_names import Name
from seedread_index.model.article import EntityType
from seedread_index.model.correction import Correction
from seedread_index.model.entity import LINKED, fold_name

Key = tuple[str, str]
"""Type and key that an entity is founded on."""


class Spelled(NamedTuple):
    """A spelling that stands for a name in articles, with the key of the spelling itself."""

    text: str
    key: str


class Part(NamedTuple):
    """One spelling of a name, where the name's other spellings are of other entities."""

    name: Name
    spelled: Spelled


class NameSet(NamedTuple):
    """The names of an entity: those that it has as a whole, and spellings of others."""

    names: frozenset[Name]
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class Founded:
    """An entity before it is corrected: what it is founded on, how it is shown, how often it is mentioned."""

    id: str
    founded_on: Key
    shown: str
    mentions: int


EMPTY = NameSet(frozenset(), frozenset())


def apart_id(kind: EntityType, key: str) -> str:
    """The id of the entity that a spelling is of once it was split off."""
    return keys.entity_id(kind, f"{key}\0apart")


def founded_on(identity: str, kind: EntityType, shown: str, names: Iterable[Name]) -> Key:
    """The type and key that an entity is founded on, from its id and its names."""
    for name in names:
        if identity in (keys.entity_id(kind, name.key), apart_id(kind, name.key)):
            return kind.value, name.key
    return kind.value, keys.key_of(kind, shown)


def names_meant(correction: Correction) -> Iterator[Name]:
    """The names as articles keep them that a correction may speak of."""
    for name in filter(None, (correction.name, correction.into)):
        for kind in sorted(LINKED):
            key = keys.key_of(kind, name)
            yield Name(kind.value, keys.block_of(kind, key), key)


class NameSets:
    """Which names are of which entities; corrections are applied in the order of their file."""

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self.corrections = corrections
        self.entities: dict[str, Founded] = {}
        self.hidden: set[str] = set()
        self._owner: dict[Name, str] = {}
        self._owner_of_part: dict[Part, str] = {}
        self._spellings: dict[Name, Sequence[Spelled]] = {}
        self._held: defaultdict[str, set[Name]] = defaultdict(set)
        self._held_parts: defaultdict[str, set[Part]] = defaultdict(set)
        self._keyed: defaultdict[Key, dict[Name, None]] = defaultdict(dict)
        self._spelled_so: defaultdict[str, dict[Name, None]] = defaultdict(dict)
        """The names that have a spelling, by its folded text."""
        self._parts_keyed: defaultdict[Key, dict[Part, None]] = defaultdict(dict)
        self._parts_spelled_so: defaultdict[str, dict[Part, None]] = defaultdict(dict)
        self._shown_so: defaultdict[str, dict[str, None]] = defaultdict(dict)
        """Entities by the folded text of what they are shown by."""
        self._apart = {(c.type, fold_name(c.name)) for c in corrections if c.do in ("alias", "split")}

    def add(self, entity: Founded, names: NameSet, spellings: Mapping[Name, Sequence[Spelled]]) -> None:
        """Take in an entity with its names, and the spellings of these in the archive."""
        self._found(entity)
        for name in names.names:
            self._give(name, entity.id)
        for part in names.parts:
            self._give_part(part, entity.id)
        for name in {*names.names, *(part.name for part in names.parts)}:
            self._spellings[name] = spellings.get(name, ())
            self._keyed[name.type, name.key][name] = None
            for each in self._spellings[name]:
                self._spelled_so[fold_name(each.text)][name] = None

    def sets(self) -> dict[str, NameSet]:
        """The names of each entity now."""
        names: defaultdict[str, set[Name]] = defaultdict(set)
        parts: defaultdict[str, set[Part]] = defaultdict(set)
        divided: defaultdict[Name, set[str]] = defaultdict(set)
        for part, owner in self._owner_of_part.items():
            divided[part.name].add(owner)
        for name, owner in self._owner.items():
            if divided[name] <= {owner}:
                names[owner].add(name)
                continue
            rest = (Part(name, each) for each in self._spellings[name])
            parts[owner].update(part for part in rest if part not in self._owner_of_part)
        for part, owner in self._owner_of_part.items():
            if part.name not in names[owner]:
                parts[owner].add(part)
        return {
            each: NameSet(frozenset(names.get(each, ())), frozenset(parts.get(each, ())))
            for each in self.entities
        }

    def apply(self) -> list[str]:
        """Apply the corrections; what does not fit the archive, in words."""
        problems = []
        for correction in self.corrections:
            if problem := self._apply(correction):
                where = f"line {correction.line} " if correction.line else ""
                problems.append(f"{where}({correction}): {problem}")
        return problems

    # -- corrections -------------------------------------------------------------------------------------

    def _apply(self, correction: Correction) -> str:
        """Apply one correction; why not, where it does not fit."""
        if correction.do == "add":
            return "indexers find the names of a shared archive; add it there, and publish again"
        if correction.do in ("alias", "split"):
            return self._apply_to_spelling(correction)
        source, problem = self._find(correction.name, correction.type)
        if source is None:
            return problem
        if correction.do == "hide":
            self.hidden.add(source)
        elif correction.do == "retype" and correction.to is not None:
            kind, key = self.entities[source].founded_on
            if kind != correction.to:
                self._move(
                    source, self._entity(keys.entity_id(correction.to, key), (correction.to.value, key))
                )
        elif correction.do == "merge":
            target, problem = target_of(self._find, correction)
            if target is None:
                return problem
            self._move(source, target)
        return ""

    def _apply_to_spelling(self, correction: Correction) -> str:
        """Give every name spelled so (case and diacritics aside) to another entity, or to one of its own."""
        found = self._spelled(fold_name(correction.name), correction.type)
        if not found:
            return no_such_spelling(correction.name)
        target: str | None = None
        if correction.do == "alias":
            target, problem = target_of(self._find, correction)
            if target is None:
                return problem
        for (kind, key), taken in found.items():
            own = target or self._entity(apart_id(EntityType(kind), key), (kind, key))
            for each in taken:
                if isinstance(each, Part):
                    self._give_part(each, own)
                else:
                    self._give(each, own)
        return ""

    def _spelled(self, folded: str, kind: EntityType | None) -> dict[Key, list[Name | Part]]:
        """What has a folded spelling, by type and key: whole names, and spellings of fuller names."""
        found: defaultdict[Key, list[Name | Part]] = defaultdict(list)
        for name in self._spelled_so.get(folded, ()):
            if kind not in (None, name.type):
                continue
            spellings = self._spellings[name]
            same = [each for each in spellings if fold_name(each.text) == folded]
            own = {fold_name(each.text) for each in spellings if each.key == name.key}
            if name in self._owner and own == {folded}:
                self._set_apart(name, folded)
                found[name.type, name.key].append(name)
                same = [each for each in same if Part(name, each) in self._owner_of_part]
            for each in same:
                found[name.type, each.key].append(Part(name, each))
        return found

    def _set_apart(self, name: Name, but: str) -> None:
        """Have the short forms that a correction speaks of stay where they are while their name moves."""
        for each in self._spellings[name]:
            folded, part = fold_name(each.text), Part(name, each)
            apart = {(None, folded), (EntityType(name.type), folded)} & self._apart
            if apart and folded != but and part not in self._owner_of_part:
                self._give_part(part, self._owner[name])

    def _move(self, source: str, target: str) -> None:
        """Give all names of one entity to another."""
        for name in list(self._held[source]):
            self._give(name, target)
        for part in list(self._held_parts[source]):
            self._give_part(part, target)

    def _give(self, name: Name, entity: str) -> None:
        if name in self._owner:
            self._held[self._owner[name]].discard(name)
        self._owner[name] = entity
        self._held[entity].add(name)

    def _give_part(self, part: Part, entity: str) -> None:
        if part in self._owner_of_part:
            self._held_parts[self._owner_of_part[part]].discard(part)
        self._owner_of_part[part] = entity
        self._held_parts[entity].add(part)
        self._parts_keyed[part.name.type, part.spelled.key][part] = None
        self._parts_spelled_so[fold_name(part.spelled.text)][part] = None

    def _entity(self, identity: str, key: Key) -> str:
        """An entity by its id, made where there is none."""
        if identity not in self.entities:
            self._found(Founded(identity, key, key[1], 0))
        return identity

    def _found(self, entity: Founded) -> None:
        self.entities[entity.id] = entity
        self._shown_so[fold_name(entity.shown)][entity.id] = None

    def _find(self, name: str, kind: EntityType | None) -> tuple[str | None, str]:
        """The entity that goes by a name: by its key or a spelling; else why there is none."""
        kinds = [each for each in sorted(LINKED) if kind in (None, each)]
        found = self._with_key({(each.value, keys.key_of(each, name)) for each in kinds})
        found = found or self._shown(fold_name(name), kinds)
        if problem := name_problem(name, kind, len(found)):
            return None, problem
        return min(found, key=lambda each: (-self.entities[each].mentions, each)), ""

    def _with_key(self, wanted: set[Key]) -> set[str]:
        """Entities with a name, or a spelling of one that went by itself, of one of some types and keys."""
        found = set()
        for key in wanted:
            for name in self._keyed.get(key, ()):
                own = [Part(name, each) for each in self._spellings[name] if each.key == name.key]
                whole = not own or any(part not in self._owner_of_part for part in own)
                if name in self._owner and whole:
                    found.add(self._owner[name])
            found.update(self._owner_of_part[part] for part in self._parts_keyed.get(key, ()))
        return found

    def _shown(self, folded: str, kinds: Sequence[EntityType]) -> set[str]:
        """Entities of some types that are shown by a folded name or have a name spelled so."""
        owners = {
            self._owner[name]
            for name in self._spelled_so.get(folded, ())
            if name in self._owner
            and any(e.key == name.key and fold_name(e.text) == folded for e in self._spellings[name])
        }
        owners |= {self._owner_of_part[part] for part in self._parts_spelled_so.get(folded, ())}
        shown = self._shown_so.get(folded, ())
        owners |= {each for each in shown if self._held[each] or self._held_parts[each]}
        return {each for each in owners if self.entities[each].founded_on[0] in kinds}
