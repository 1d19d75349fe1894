"""What is written of entities once names are linked: corrections moved over them, and their counts.

A correction moves names from the entity that linking found to the one the user wants; counts, aliases and
shown names of the entities that linking or a correction touched are worked out again from the names of
articles.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.link_store import LINKING, LinkStore
from seedread_index.catalogue.entities.schema import refresh_articles
from seedread_index.model.article import EntityType
from seedread_index.model.entity import fold_name

_AT_ONCE = 2000
"""How many entities are counted at once."""


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
        """Entities with a name of a (type, key) pair, else of that spelling, most mentioned first.

        A spelling is that of a name of theirs, or the name that is fixed for them: what else they are shown
        by is worked out once corrections are applied. Mentions are those that linking found, so that a file
        of corrections means the same whichever was applied before.
        """
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
            marks = ",".join("?" * len(kinds))
            rows = self._connection.execute(
                "SELECT e.number FROM names n JOIN entities e ON e.number = n.entity "
                f"WHERE n.folded = ? AND e.type IN ({marks}) UNION "
                "SELECT number FROM entities WHERE folded = ? AND shown IS NOT NULL "
                f"AND number IN (SELECT entity FROM names) AND type IN ({marks})",
                (folded, *kinds, folded, *kinds),
            ).fetchall()
            found.update((row[0], None) for row in rows)
        if len(found) < 2:
            return list(found)
        marks = ",".join("?" * len(found))
        ranked = self._connection.execute(
            "SELECT e.number FROM entities e LEFT JOIN names n ON n.auto = e.number "
            f"LEFT JOIN article_names a ON a.head = n.number WHERE e.number IN ({marks}) "
            "GROUP BY e.number ORDER BY coalesce(sum(a.counted), 0) DESC, e.id",
            list(found),
        )
        return [number for (number,) in ranked]

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
        """Have the articles that use a folded spelling (of a type, None: of any) linked again."""
        for kind, folded in spellings:
            self._connection.execute(
                "UPDATE mention_sets SET linked = 0 WHERE article IN (SELECT a.article FROM names n "
                "JOIN article_names a ON a.name = n.number WHERE n.folded = ? AND coalesce(?, "
                "n.type) = n.type)",
                (folded, kind),
            )

    def relink_saying(self, words: Iterable[str]) -> None:
        """Have the articles whose text contains any of some words, cased as they are, linked again."""
        for word in words:
            self._connection.execute(
                "UPDATE mention_sets SET linked = 0 WHERE article IN "
                "(SELECT article FROM texts WHERE instr(text, ?))",
                (word,),
            )

    def _corrected(self) -> dict[int, int | None]:
        rows = self._connection.execute(
            "SELECT number, entity FROM names WHERE entity IS NOT auto"
        ).fetchall()
        return dict(rows)


def count_touched(catalogue: Catalogue) -> None:
    """Count the touched entities again, with their aliases and names, some of them in a commit; linking ends.

    In a transaction of the caller's all is one commit.
    """
    connection = catalogue.connection()
    with catalogue.transaction():
        connection.execute(
            "INSERT OR IGNORE INTO touched_entities SELECT n.entity FROM dirty_names d "
            "CROSS JOIN names n ON n.number = d.name WHERE n.entity IS NOT NULL"
        )
    rows = connection.execute("SELECT number FROM touched_entities ORDER BY number")
    touched = array("I", (number for (number,) in rows))
    for start in range(0, len(touched), _AT_ONCE):
        some = touched[start : start + _AT_ONCE]
        with catalogue.transaction():
            _list_aliases(connection, some[0], some[-1])
            _count(connection, some[0], some[-1])
            _name(connection, some[0], some[-1])
    more = True
    while more:
        with catalogue.transaction():
            more = refresh_articles(connection, _AT_ONCE)
    with catalogue.transaction():
        connection.execute("DELETE FROM dirty_names")
        catalogue.set_meta(LINKING, 0)
        catalogue.bump()


def _list_aliases(connection: sqlite3.Connection, first: int, last: int) -> None:
    """List the names of the touched entities of a range of numbers; they have no counts until then."""
    some = "(SELECT number FROM touched_entities WHERE number BETWEEN ? AND ?)"
    connection.execute(f"DELETE FROM aliases WHERE entity IN {some}", (first, last))
    # A name has one fullest form in an article, so that each row of it there is an article of its own.
    connection.execute(
        "INSERT INTO aliases SELECT h.entity, a.name, sum(a.counted), sum(a.counted > 0) "
        "FROM touched_entities t CROSS JOIN names h ON h.entity = t.number "
        "CROSS JOIN article_names a ON a.head = h.number WHERE t.number BETWEEN ? AND ? "
        "GROUP BY h.entity, a.name",
        (first, last),
    )
    connection.execute(
        "UPDATE entities SET articles = 0, mentions = 0, first = NULL, last = NULL, "
        f"mentioned_first = NULL, mentioned_last = NULL WHERE number IN {some}",
        (first, last),
    )


def _count(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Count the touched entities of a range of numbers."""
    rows = connection.execute(
        "SELECT count(*), sum(m.counted), min(articles.date), max(articles.date), m.number FROM ("
        "SELECT t.number AS number, a.article AS article, sum(a.counted) AS counted FROM touched_entities t "
        "CROSS JOIN names h ON h.entity = t.number CROSS JOIN article_names a ON a.head = h.number "
        "WHERE t.number BETWEEN ? AND ? AND a.counted > 0 GROUP BY t.number, a.article) m "
        "CROSS JOIN articles ON articles.number = m.article GROUP BY m.number",
        (first, last),
    ).fetchall()
    connection.executemany(
        "UPDATE entities SET articles = ?, mentions = ?, first = ?, last = ? WHERE number = ?", rows
    )
    mentioned = connection.execute(
        "SELECT min(a.first), max(a.last), t.number FROM touched_entities t "
        "CROSS JOIN names h ON h.entity = t.number CROSS JOIN article_names a ON a.head = h.number "
        "WHERE t.number BETWEEN ? AND ? AND a.first IS NOT NULL AND a.counted > 0 GROUP BY t.number",
        (first, last),
    ).fetchall()
    connection.executemany(
        "UPDATE entities SET mentioned_first = ?, mentioned_last = ? WHERE number = ?", mentioned
    )


def _name(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Show each touched entity of a range by the commonest spelling of the key it was founded on."""
    rows = connection.execute(
        "SELECT e.number, n.key = e.key, a.mentions, n.text, n.text = upper(n.text) FROM "
        "touched_entities t CROSS JOIN entities e ON e.number = t.number AND e.shown IS NULL "
        "CROSS JOIN aliases a ON a.entity = e.number CROSS JOIN names n ON n.number = a.name "
        "WHERE t.number BETWEEN ? AND ?",
        (first, last),
    ).fetchall()
    best: dict[int, tuple[int, int, bool, str]] = {}
    for number, canonical_entity, mentions, text, loud in rows:
        rank = (canonical_entity, mentions, not loud, text)
        best[number] = max(best.get(number, rank), rank)
    connection.executemany(
        "UPDATE entities SET name = ?, folded = ? WHERE number = ?",
        [(rank[3], fold_name(rank[3]), number) for number, rank in best.items()],
    )
