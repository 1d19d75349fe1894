"""The writing side of linking: names of articles, blocks to link again, entities and their counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from seedread_index.entity import fold_name
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.entity_schema import ensure


class NameRow(NamedTuple):
    """A spelling of a type, its key and the block that the key is linked in."""

    type: str
    text: str
    key: str
    block: str


class NameUse(NamedTuple):
    """A name in one article, the fullest form of it there, and what counts of it."""

    name: NameRow
    head: NameRow
    counted: int
    total: int
    first: str | None
    last: str | None


class FormRow(NamedTuple):
    """A key of a block: articles with it as the fullest form, and fuller keys that stood for it elsewhere."""

    key: str
    articles: int
    expansions: dict[str, int]


class Founding(NamedTuple):
    """An entity to be: its id, the key that founds it, a fixed name if it has one, its country's id."""

    id: str
    type: str
    key: str
    shown: str | None
    country: str | None


class LinkStore:
    """Writes what linking finds; every method is called inside a transaction of the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        with catalogue.transaction():
            ensure(catalogue.connection())

    # -- inside articles ---------------------------------------------------------------------------------

    def unlinked(self, limit: int) -> list[tuple[int, list[tuple[int, int, str]]]]:
        """Articles whose mentions are not linked yet: number and (start, end, label) of each mention."""
        rows = self.catalogue.connection().execute(
            "SELECT article, mentions FROM mention_sets WHERE linked = 0 ORDER BY article LIMIT ?", (limit,)
        )
        return [
            (number, [(entry[0], entry[1], entry[2]) for entry in json.loads(data)])
            for number, data in rows.fetchall()
        ]

    def put_names(
        self,
        article: int,
        mentions: Sequence[tuple[int, int, str]],
        heads: Sequence[NameRow | None],
        uses: Iterable[NameUse],
    ) -> None:
        """Store the names of an article, and with each of its mentions the name of its fullest form."""
        connection = self.catalogue.connection()
        uses = list(uses)
        numbers = self._numbers({row for use in uses for row in (use.name, use.head)})
        connection.execute("DELETE FROM article_names WHERE article = ?", (article,))
        connection.executemany(
            "INSERT OR REPLACE INTO article_names VALUES(?, ?, ?, ?, ?, ?, ?)",
            [(article, numbers[u.name], numbers[u.head], u.counted, u.total, u.first, u.last) for u in uses],
        )
        entries = [
            [start, end, label] if head is None else [start, end, label, numbers[head]]
            for (start, end, label), head in zip(mentions, heads, strict=True)
        ]
        connection.execute(
            "UPDATE mention_sets SET linked = 1, mentions = ? WHERE article = ?",
            (json.dumps(entries, separators=(",", ":")), article),
        )

    def _numbers(self, rows: set[NameRow]) -> dict[NameRow, int]:
        connection = self.catalogue.connection()
        numbers: dict[NameRow, int] = {}
        for row in sorted(rows):
            found = connection.execute(
                "SELECT number FROM names WHERE type = ? AND text = ?", (row.type, row.text)
            ).fetchone()
            if found is None:
                found = connection.execute(
                    "INSERT INTO names(type, text, key, block, folded) VALUES(?, ?, ?, ?, ?) "
                    "RETURNING number",
                    (*row, fold_name(row.text)),
                ).fetchone()
            numbers[row] = found[0]
        return numbers

    # -- across the archive ------------------------------------------------------------------------------

    def dirty_blocks(self) -> list[tuple[str, str]]:
        """The blocks in which some name's articles have changed since they were last linked."""
        rows = self.catalogue.connection().execute(
            "SELECT DISTINCT type, block FROM dirty_names JOIN names ON number = name ORDER BY type, block"
        )
        return [(kind, block) for kind, block in rows.fetchall()]

    def forms(self, kind: str, block: str, *, weigh: bool, expand: bool) -> list[FormRow]:
        """The keys of a block that stand for themselves somewhere; counts only where they are asked for."""
        connection = self.catalogue.connection()
        counted = "count(DISTINCT article)" if weigh else "1"
        rows = connection.execute(
            f"SELECT key, {counted} FROM names JOIN article_names ON head = number "
            "WHERE type = ? AND block = ? GROUP BY key"
            if weigh
            else "SELECT key, 0 FROM names WHERE type = ? AND block = ? "
            "AND EXISTS (SELECT 1 FROM article_names WHERE head = number) GROUP BY key",
            (kind, block),
        ).fetchall()
        forms = [FormRow(key, articles, {}) for key, articles in rows]
        for form in forms if expand else ():
            form.expansions.update(
                connection.execute(
                    "SELECT h.key, count(DISTINCT article) FROM names n JOIN article_names a ON "
                    "a.name = n.number "
                    "JOIN names h ON h.number = a.head WHERE n.type = ? AND n.key = ? AND h.key IS "
                    "NOT n.key GROUP BY h.key",
                    (kind, form.key),
                ).fetchall()
            )
        return forms

    def assign(self, kind: str, block: str, founders: Mapping[str, Founding]) -> None:
        """Give each key of a block the entity that linking found for it; keys that are left out have none."""
        connection = self.catalogue.connection()
        before = connection.execute(
            "SELECT names.key, auto, id FROM names LEFT JOIN entities ON entities.number = auto "
            "WHERE names.type = ? AND block = ?",
            (kind, block),
        ).fetchall()
        numbers = {founding: self.entity(founding) for founding in sorted(set(founders.values()), key=_id)}
        for key, auto, old in before:
            founding = founders.get(key)
            number = numbers[founding] if founding else None
            if auto == number:
                continue
            connection.execute(
                "INSERT OR IGNORE INTO touched_entities SELECT entity FROM names "
                "WHERE type = ? AND key = ? AND entity IS NOT NULL",
                (kind, key),
            )
            connection.execute(
                "UPDATE names SET auto = ?, entity = ? WHERE type = ? AND key = ?",
                (number, number, kind, key),
            )
            if old and founding:
                connection.execute("INSERT OR REPLACE INTO entity_moves VALUES(?, ?)", (old, founding.id))
        connection.executemany("DELETE FROM entity_moves WHERE old = ?", [(f.id,) for f in numbers])

    def entity(self, founding: Founding) -> int:
        """The number of an entity, made where it is new."""
        connection = self.catalogue.connection()
        row = connection.execute("SELECT number FROM entities WHERE id = ?", (founding.id,)).fetchone()
        if row is None:
            name = founding.shown or founding.key
            row = connection.execute(
                "INSERT INTO entities(id, type, key, shown, name, folded, country) VALUES(?, ?, ?, "
                "?, ?, ?, ?) "
                "RETURNING number",
                (*founding[:4], name, fold_name(name), founding.country),
            ).fetchone()
        return int(row[0])

    def begin(self) -> None:
        """Prepare the list of entities whose counts will have changed."""
        connection = self.catalogue.connection()
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched_entities(number INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM touched_entities")

    def finish(self) -> int:
        """Count the touched entities again, with their aliases and names; how many have mentions."""
        connection = self.catalogue.connection()
        connection.execute(
            "INSERT OR IGNORE INTO touched_entities SELECT entity FROM names JOIN dirty_names ON "
            "name = number "
            "WHERE entity IS NOT NULL"
        )
        connection.execute("DELETE FROM dirty_names")
        connection.execute("DELETE FROM aliases WHERE entity IN (SELECT number FROM touched_entities)")
        connection.execute(
            "INSERT INTO aliases SELECT h.entity, a.name, sum(a.counted), count(DISTINCT "
            "nullif(a.article * (a.counted > 0), 0)) "
            "FROM touched_entities t JOIN names h ON h.entity = t.number JOIN article_names a ON "
            "a.head = h.number "
            "GROUP BY h.entity, a.name"
        )
        connection.execute(
            "UPDATE entities SET articles = 0, mentions = 0, first = NULL, last = NULL, "
            "mentioned_first = NULL, "
            "mentioned_last = NULL WHERE number IN (SELECT number FROM touched_entities)"
        )
        rows = connection.execute(
            "SELECT count(DISTINCT a.article), sum(a.counted), min(articles.date), "
            "max(articles.date), min(a.first), "
            "max(a.last), t.number FROM touched_entities t JOIN names h ON h.entity = t.number "
            "JOIN article_names a ON a.head = h.number JOIN articles ON articles.number = a.article "
            "WHERE a.counted > 0 GROUP BY t.number"
        ).fetchall()
        connection.executemany(
            "UPDATE entities SET articles = ?, mentions = ?, first = ?, last = ?, mentioned_first = ?, "
            "mentioned_last = ? WHERE number = ?",
            rows,
        )
        self._name_touched()
        return len(rows)

    def _name_touched(self) -> None:
        """Show each touched entity by the commonest spelling of the key it was founded on."""
        connection = self.catalogue.connection()
        rows = connection.execute(
            "SELECT e.number, n.key = e.key, a.mentions, n.text, n.text = upper(n.text) FROM "
            "touched_entities t "
            "JOIN entities e ON e.number = t.number AND e.shown IS NULL JOIN aliases a ON a.entity = "
            "e.number "
            "JOIN names n ON n.number = a.name"
        ).fetchall()
        best: dict[int, tuple[int, int, bool, str]] = {}
        for number, founding, mentions, text, loud in rows:
            rank = (founding, mentions, not loud, text)
            best[number] = max(best.get(number, rank), rank)
        connection.executemany(
            "UPDATE entities SET name = ?, folded = ? WHERE number = ?",
            [(rank[3], fold_name(rank[3]), number) for number, rank in best.items()],
        )


def _id(founding: Founding) -> str:
    return founding.id
