"""The writing side of mending: names moved from the entity that linking found to the one the user wants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seedread_index.catalogue.entities.link_store import LinkStore
from seedread_index.model.article import EntityType


class CorrectionStore:
    """Moves names between entities; every method is called inside a transaction of the catalogue."""

    def __init__(self, links: LinkStore) -> None:
        self.entity = links.entity
        self._connection = links.catalogue.connection()

    def uncorrect(self) -> dict[int, int | None]:
        """Put each name back to its automatic entity, show what is hidden; what was corrected."""
        before = self._corrected()
        self._connection.execute("UPDATE names SET entity = auto WHERE entity IS NOT auto")
        self._connection.execute("UPDATE entities SET hidden = 0 WHERE hidden = 1")
        return before

    def touch_changes(self, before: dict[int, int | None]) -> bool:
        """Have the entities counted again whose names differ from before; whether there are any."""
        after = self._corrected()
        changed = {
            number
            for number in before.keys() | after.keys()
            if before.get(number, -1) != after.get(number, -1)
        }
        for number in changed:
            (auto,) = self._connection.execute(
                "SELECT auto FROM names WHERE number = ?", (number,)
            ).fetchone()
            for entity in {auto, before.get(number), after.get(number)} - {None}:
                self._connection.execute("INSERT OR IGNORE INTO touched_entities VALUES(?)", (entity,))
        return bool(changed)

    def called(self, keys: Iterable[tuple[str, str]], folded: str) -> list[int]:
        """Entities with a name of a (type, key) pair, else of that spelling, most mentioned first."""
        kinds = []
        found: dict[int, None] = {}
        for kind, key in keys:
            kinds.append(kind)
            rows = self._connection.execute(
                "SELECT DISTINCT e.number FROM names n JOIN entities e ON e.number = n.entity "
                "WHERE n.type = ? AND n.key = ?",
                (kind, key),
            ).fetchall()
            found.update((row[0], None) for row in rows)
        if not found:
            rows = self._connection.execute(
                "SELECT number FROM entities WHERE folded = ? AND number IN (SELECT entity FROM names) "
                f"AND type IN ({','.join('?' * len(kinds))})",
                (folded, *kinds),
            ).fetchall()
            found.update((row[0], None) for row in rows)
        weight = dict(
            self._connection.execute(
                f"SELECT number, mentions FROM entities WHERE number IN ({','.join('?' * len(found))})",
                list(found),
            ).fetchall()
        )
        return sorted(found, key=lambda number: (-weight[number], number))

    def canonical(self, entity: int) -> tuple[EntityType, str]:
        """The type of an entity and the key that it was founded on."""
        kind, key = self._connection.execute(
            "SELECT type, key FROM entities WHERE number = ?", (entity,)
        ).fetchone()
        return EntityType(kind), key

    def spelled(self, folded: str, kind: EntityType | None) -> list[tuple[int, str, str]]:
        """Number, type and key of the names of that folded spelling that stand for themselves somewhere."""
        rows = self._connection.execute(
            "SELECT number, type, key FROM names WHERE folded = ? AND auto IS NOT NULL ORDER BY number",
            (folded,),
        ).fetchall()
        return [(number, each, key) for number, each, key in rows if kind in (None, EntityType(each))]

    def move(self, source: int, target: int) -> None:
        """Give all names of one entity to another."""
        self._connection.execute("UPDATE names SET entity = ? WHERE entity = ?", (target, source))

    def give(self, names: Sequence[int], target: int) -> None:
        """Give some names to an entity."""
        self._connection.executemany(
            "UPDATE names SET entity = ? WHERE number = ?", [(target, n) for n in names]
        )

    def hide(self, entity: int) -> None:
        """Leave an entity out of lists and highlights."""
        self._connection.execute("UPDATE entities SET hidden = 1 WHERE number = ?", (entity,))

    def relink(self, spellings: Iterable[tuple[str | None, str]]) -> None:
        """Have the articles that use a folded spelling (of a type, None: of any) linked anew."""
        for kind, folded in spellings:
            self._connection.execute(
                "UPDATE mention_sets SET linked = 0 WHERE article IN (SELECT a.article FROM names n "
                "JOIN article_names a ON a.name = n.number WHERE n.folded = ? AND coalesce(?, "
                "n.type) = n.type)",
                (folded, kind),
            )

    def _corrected(self) -> dict[int, int | None]:
        rows = self._connection.execute(
            "SELECT number, entity FROM names WHERE entity IS NOT auto"
        ).fetchall()
        return dict(rows)
