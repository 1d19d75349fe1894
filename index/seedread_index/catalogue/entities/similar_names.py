"""Names that may be of one: those that stand under more than one type, and persons who are spelled alike."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from seedread_index.linking.keys import core, first_name_alike
from seedread_index.model.article import EntityType
from seedread_index.model.entity import LINKED

_TYPES = ", ".join(f"'{kind}'" for kind in sorted(LINKED))


class Rival(NamedTuple):
    """One of the types that a name stands under: its entity's id and key, and articles with it as a head."""

    type: str
    entity: str
    entity_key: str
    articles: int


def spread_to_rivals(connection: sqlite3.Connection) -> None:
    """Add to the changed blocks those in which a changed name stands under another type.

    It may follow this type's majority, or no longer.
    """
    connection.execute(
        "INSERT INTO dirty_blocks SELECT DISTINCT m.type, m.block FROM dirty_names d "
        f"CROSS JOIN names n ON n.number = d.name CROSS JOIN names m ON m.type IN ({_TYPES}) "
        "AND m.key = n.key WHERE m.type <> n.type AND instr(n.key, ' ') AND NOT EXISTS "
        "(SELECT 1 FROM dirty_blocks b WHERE b.type = m.type AND b.block = m.block)"
    )


def portions_of_blocks(connection: sqlite3.Connection, most: int) -> list[int]:
    """The row of the last changed block of each portion: of so many names at most, or of a single block."""
    ends: list[int] = []
    names = most
    for block, count in connection.execute(
        "SELECT d.rowid, count(*) FROM dirty_blocks d CROSS JOIN names n ON n.type = d.type "
        "AND n.block = d.block GROUP BY d.rowid"
    ):
        if names + count > most:
            ends.append(block)
            names = 0
        ends[-1] = block
        names += count
    return ends


def rivals(connection: sqlite3.Connection) -> list[tuple[str, list[Rival]]]:
    """The names in the changed blocks that stand under more than one type, by key."""
    connection.execute("DROP TABLE IF EXISTS temp.rival_keys")
    connection.execute(
        "CREATE TEMP TABLE rival_keys AS SELECT DISTINCT n.key AS key FROM dirty_blocks d "
        "CROSS JOIN names n ON n.type = d.type AND n.block = d.block WHERE instr(n.key, ' ') "
        f"AND EXISTS (SELECT 1 FROM names m WHERE m.type IN ({_TYPES}) AND m.key = n.key "
        "AND m.type <> n.type)"
    )
    rows = connection.execute(
        "SELECT k.key, n.type, e.id, e.key, count(DISTINCT a.article) FROM rival_keys k "
        f"CROSS JOIN names n ON n.type IN ({_TYPES}) AND n.key = k.key "
        "CROSS JOIN entities e ON e.number = n.auto CROSS JOIN article_names a ON a.head = n.number "
        "GROUP BY k.key, n.type ORDER BY k.key, n.type"
    ).fetchall()
    found = [(key, [Rival(*row[1:]) for row in group]) for key, group in groupby(rows, key=itemgetter(0))]
    return [(key, types) for key, types in found if len(types) > 1]


def names_of(connection: sqlite3.Connection, entity: str) -> list[tuple[str, str]]:
    """Type and key of every name that linking gave an entity."""
    return connection.execute(
        "SELECT DISTINCT n.type, n.key FROM entities e CROSS JOIN names n ON n.auto = e.number "
        "WHERE e.id = ?",
        (entity,),
    ).fetchall()


def spelled_alike(connection: sqlite3.Connection, entity: str) -> list[str]:
    """Ids of other persons whom spellings of one name could mean, most mentioned first.

    Their surnames have one fold, and their first names the same consonants; or one is a lone surname.
    """
    mine = _person_keys(connection, "e.id = ?", entity)
    found: dict[str, int] = {}
    for block in sorted({block for _, _, block, _ in mine}):
        for other, key, _, mentions in _person_keys(connection, "n.block = ?", block):
            if other != entity and mentions and any(_alike(key, own) for _, own, _, _ in mine):
                found[other] = mentions
    return sorted(found, key=lambda each: (-found[each], each))


def _person_keys(connection: sqlite3.Connection, where: str, value: str) -> list[tuple[str, str, str, int]]:
    """Entity, key, block and mentions of the names of persons; hidden ones have no mentions."""
    return connection.execute(
        "SELECT DISTINCT e.id, n.key, n.block, e.mentions * (1 - e.hidden) FROM names n "
        f"JOIN entities e ON e.number = n.entity WHERE n.type = ? AND {where}",
        (EntityType.PERSON.value, value),
    ).fetchall()


def _alike(one: str, other: str) -> bool:
    """Whether two keys of one block can be one person's: not where they have other first names."""
    first, second = core(one), core(other)
    if len(first) == 1 or len(second) == 1:
        return first[-1] != second[-1] and len(first) != len(second)
    return first_name_alike(first[0], second[0])
