"""Corrections of entities that editors share with all readers of a shared archive.

Each is a document of its own, whose id follows from the correction and the editor. The linker applies them in
the order in which they were shared.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import pwd
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.entities.document import Forms, shown_name, spellings_of
from seedread_index.engines.opensearch.transport.access import Access
from seedread_index.engines.opensearch.transport.connection import Action, Connection
from seedread_index.linking import keys
from seedread_index.linking.corrections_file import CorrectionsFile, as_table, from_table
from seedread_index.linking.name_sets import EMPTY, Founded, Key, NameSet, NameSets, names_meant
from seedread_index.linking.shared_names import Name
from seedread_index.model.article import EntityType
from seedread_index.model.correction import Correction
from seedread_index.model.entity import fold_name
from seedread_index.model.errors import ArchiveError, CorrectionError
from seedread_index.server_address import ServerAddress


def share(address: ServerAddress, access: Access, path: Path) -> int:
    """Have a server keep the corrections of entities in a file; how many they are. Those that are there stay.

    Raises CorrectionError, and ArchiveError where the editor may not write them.
    """
    corrections = [each for each in CorrectionsFile.load(path).corrections if each.do != "add"]
    editor, now = _editor(access), dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    with closing(Connection(address, access)) as connection:
        known = {each["_id"]: each["_source"].get("at", now) for each in _documents(connection)}
        actions: list[Action] = []
        for place, correction in enumerate(corrections):
            table = as_table(correction)
            identity = _id(editor, table)
            kept = {"by": editor, "at": known.get(identity, now), "place": place, "correction": table}
            actions.append(({"index": {"_id": identity}}, kept))
        _write(connection, actions)
    return len(corrections)


def unshare(address: ServerAddress, access: Access) -> int:
    """Have a server forget all corrections that an editor shared; how many they were. Raises ArchiveError."""
    editor = _editor(access)
    with closing(Connection(address, access)) as connection:
        mine = [each["_id"] for each in _documents(connection) if each["_source"].get("by") == editor]
        _write(connection, [({"delete": {"_id": each}}, None) for each in mine])
    return len(mine)


def _write(connection: Connection, actions: list[Action]) -> None:
    index = layout.corrections_index(connection.address.name)
    if actions and (refused := connection.bulk(index, actions, refresh=True).refused):
        raise ArchiveError(f"the server refused corrections: {refused[0]}", "see the server's log")


def shared(connection: Connection) -> tuple[list[Correction], list[str]]:
    """The corrections that are shared, in order, and what is wrong with those that cannot be read."""
    found: dict[Correction, None] = {}
    problems = []
    for each in sorted((document["_source"] for document in _documents(connection)), key=_order):
        table = each.get("correction")
        try:
            correction = from_table(table if isinstance(table, dict) else {})
        except CorrectionError as problem:
            problems.append(f"a correction that {each.get('by', 'somebody')} shared: {problem.message}")
        else:
            if isinstance(correction, Correction):
                found.setdefault(correction)
    return list(found), problems


def _order(document: Mapping[str, Any]) -> tuple[str, str, int]:
    """When a correction was shared, by whom, and which of several at once; of a damaged document what it
    has of that."""
    place = document.get("place")
    return str(document.get("at")), str(document.get("by")), place if isinstance(place, int) else 0


@dataclass(frozen=True, slots=True)
class Linked:
    """An entity as linking and corrections made it."""

    founded: Founded
    names: NameSet
    hidden: bool = False

    def shown(self, forms: Forms) -> str | None:
        """The name that it is shown by; None where nothing mentions it or it is hidden."""
        spellings = spellings_of(self.names, forms)
        shown = spellings.total() and not self.hidden
        return shown_name(self.founded.founded_on, spellings) if shown else None


def corrected(
    members: Mapping[Key, Sequence[Name]], forms: Forms, corrections: Sequence[Correction]
) -> tuple[list[Linked], list[str]]:
    """The entities of some names with corrections applied, and what of these does not fit, in words."""
    spoken_of = _spoken_of(members, forms, corrections) if corrections else {}
    linked = [_linked(key, names) for key, names in sorted(members.items()) if key not in spoken_of]
    sets = NameSets(corrections)
    for each in (_linked(key, members[key]) for key in spoken_of):
        spellings = {name: tuple(forms[name].spellings) for name in each.names.names}
        mentions = spellings_of(each.names, forms).total()
        founded = replace(each.founded, shown=each.shown(forms) or each.founded.shown, mentions=mentions)
        sets.add(founded, each.names, spellings)
    problems = sets.apply()
    linked += [
        Linked(sets.entities[each], names, each in sets.hidden)
        for each, names in sets.sets().items()
        if names != EMPTY
    ]
    return linked, problems


def _linked(key: Key, names: Sequence[Name]) -> Linked:
    founded = Founded(keys.entity_id(EntityType(key[0]), key[1]), key, key[1], 0)
    return Linked(founded, NameSet(frozenset(names), frozenset()))


def _spoken_of(
    members: Mapping[Key, Sequence[Name]], forms: Forms, corrections: Sequence[Correction]
) -> dict[Key, None]:
    """The entities that corrections speak of, and those that a change of type may lead to."""
    meant = {name for each in corrections for name in names_meant(each)}
    called = {fold_name(name) for each in corrections for name in (each.name, each.into) if name}
    types = {each.to.value for each in corrections if each.do == "retype" and each.to is not None}

    def is_meant(name: Name) -> bool:
        return name in meant or any(fold_name(each.text) in called for each in forms[name].spellings)

    found = {key: None for key, names in sorted(members.items()) if any(map(is_meant, names))}
    return found | {(to, key): None for _, key in found for to in sorted(types) if (to, key) in members}


def _documents(connection: Connection) -> list[dict[str, Any]]:
    """Every correction that is shared. Raises ArchiveError where they are too many."""
    index = layout.corrections_index(connection.address.name)
    body = {"query": {"match_all": {}}, "size": layout.WINDOW, "track_total_hits": True}
    nothing = {"hits": {"hits": [], "total": {"value": 0}}}
    found = connection.ask("POST", f"/{index}/_search", body, missing=nothing)["hits"]
    if found["total"]["value"] > layout.WINDOW:
        raise ArchiveError(
            f"more than {layout.WINDOW:,} corrections are shared", f"delete some from {index} on the server"
        )
    documents: list[dict[str, Any]] = found["hits"]
    return documents


def _id(editor: str, table: dict[str, str]) -> str:
    said = json.dumps([editor, sorted(table.items())])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _editor(access: Access) -> str:
    """Who shares corrections: the user of the server, else the account on this machine."""
    if access.user:
        return access.user
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
