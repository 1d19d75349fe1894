"""The writing side of linking: names of articles, blocks to link again, entities and their counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.schema import ensure
from seedread_index.catalogue.entities.similar_names import portions_of_blocks, spread_to_rivals
from seedread_index.catalogue.entities.stored_mentions import StoredMention, encoded, found
from seedread_index.model.entity import fold_name

_NAMES_IN_MEMORY = 40_000
"""Up to so many names are looked up in memory while an archive is linked, some 10 MB."""
_NAMES_AN_ARTICLE = 50
"""From one article to link for so many names on, all names are read at once instead of one by one."""
_NAMES_AT_ONCE, _AT_ONCE, _ACRONYM = 4_000, 500, 7
"""Names that are linked at once, ids that are looked up at once, and letters of an acronym at most."""

LINKING = "linking"
"""The note in a catalogue whose linking has begun and not ended."""


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
    """A key of a block: articles with it as the fullest form, and fuller keys that stood for it elsewhere;
    the id of the entity that linking gave it before, and whether all its spellings have that."""

    key: str
    articles: int
    expansions: dict[str, int]
    entity: str | None
    settled: bool


class CanonicalEntity(NamedTuple):
    """An entity to be: its id, the key that founds it, a fixed name if it has one, its country's id."""

    id: str
    type: str
    key: str
    shown: str | None
    country: str | None


class Change(NamedTuple):
    """A key that gets another entity than before, or none."""

    type: str
    key: str
    before: str | None
    canonical_entity: CanonicalEntity | None


class LinkStore:
    """Writes what linking finds; every method is called inside a transaction of the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._known: dict[tuple[str, str], int] = {}
        self._complete = False
        self._noted: set[int] = set()
        """Numbers of names that were met since: their keys are those of today."""
        self._next: int | None = None
        with catalogue.transaction():
            ensure(catalogue.connection())

    # -- inside articles ---------------------------------------------------------------------------------

    def unlinked(self, limit: int) -> list[tuple[int, list[StoredMention]]]:
        """Articles whose mentions are not linked yet: number, and the mentions as they were found."""
        rows = self.catalogue.connection().execute(
            "SELECT article, mentions FROM mention_sets WHERE linked = 0 ORDER BY article LIMIT ?", (limit,)
        )
        return [(number, found(data)) for number, data in rows.fetchall()]

    def put_names(
        self,
        article: int,
        mentions: Sequence[StoredMention],
        heads: Sequence[NameRow | None],
        uses: Iterable[NameUse],
    ) -> None:
        """Store the names of an article, and with each of its mentions the name of its fullest form."""
        connection, uses = self.catalogue.connection(), list(uses)
        numbers = self._numbers({row for use in uses for row in (use.name, use.head)})
        connection.execute("DELETE FROM article_names WHERE article = ?", (article,))
        connection.execute("INSERT OR IGNORE INTO stale_articles VALUES(?)", (article,))
        connection.executemany(
            "INSERT OR REPLACE INTO article_names VALUES(?, ?, ?, ?, ?, ?, ?)",
            [(article, numbers[u.name], numbers[u.head], u.counted, u.total, u.first, u.last) for u in uses],
        )
        # New rows are noted here and not by a trigger: names are many and mostly the same.
        fresh = set(numbers.values()) - self._noted
        connection.executemany("INSERT OR IGNORE INTO dirty_names VALUES(?)", [(n,) for n in fresh])
        self._noted |= fresh
        named = [
            mention._replace(name=None if head is None else numbers[head])
            for mention, head in zip(mentions, heads, strict=True)
        ]
        connection.execute(
            "UPDATE mention_sets SET linked = 1, mentions = ? WHERE article = ?",
            (encoded(named), article),
        )

    def _numbers(self, rows: set[NameRow]) -> dict[NameRow, int]:
        """The numbers of names, new ones stored."""
        connection = self.catalogue.connection()
        if self._next is None:
            self._next, count = connection.execute(
                "SELECT coalesce(max(number), 0) + 1, count(*) FROM names"
            ).fetchone()
            self._complete = count <= min(_NAMES_IN_MEMORY, _NAMES_AN_ARTICLE * self._waiting())
            if self._complete:
                for number, kind, text in connection.execute("SELECT number, type, text FROM names"):
                    self._known[kind, text] = number
        if len(self._known) > _NAMES_IN_MEMORY:
            self._complete = False
            for name in list(self._known)[: _NAMES_IN_MEMORY // 2]:
                del self._known[name]
        new = []
        for row in rows:
            number = self._known.get((row.type, row.text))
            if number is None or number not in self._noted:
                number = self._stored(row) if number is not None or not self._complete else None
            if number is None:
                number = self._next
                new.append((number, *row, fold_name(row.text)))
                self._next += 1
            self._known[row.type, row.text] = number
        connection.executemany(
            "INSERT INTO names(number, type, text, key, block, folded) VALUES(?, ?, ?, ?, ?, ?)", new
        )
        return {row: self._known[row.type, row.text] for row in rows}

    def _waiting(self) -> int:
        """How many articles are to be linked."""
        rows = self.catalogue.connection().execute("SELECT count(*) FROM mention_sets WHERE linked = 0")
        return int(rows.fetchone()[0])

    def _stored(self, row: NameRow) -> int | None:
        """The number of a name that was stored, with the key and the block that it has now."""
        connection = self.catalogue.connection()
        found = connection.execute(
            "SELECT number, key, block FROM names WHERE type = ? AND text = ?", (row.type, row.text)
        ).fetchone()
        if found is None:
            return None
        number: int = found[0]
        if found[1:] != (row.key, row.block):
            connection.execute(
                "UPDATE names SET key = ?, block = ? WHERE number = ?", (row.key, row.block, number)
            )
        return number

    # -- across the archive ------------------------------------------------------------------------------

    def begin(self) -> None:
        """Note the blocks in which some name's articles have changed since they were last linked.

        Where the linking before was stopped halfway, all entities are to be counted.
        """
        connection = self.catalogue.connection()
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched_entities(number INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM touched_entities")
        if self.catalogue.meta(LINKING):
            connection.execute("INSERT INTO touched_entities SELECT number FROM entities")
        connection.execute("DROP TABLE IF EXISTS temp.dirty_blocks")
        connection.execute(
            "CREATE TEMP TABLE dirty_blocks AS SELECT DISTINCT type, block FROM dirty_names "
            "CROSS JOIN names ON names.number = dirty_names.name"
        )
        spread_to_rivals(connection)
        self.catalogue.set_meta(LINKING, 1)

    def dirty(self, beyond: int = 0) -> bool:
        """Whether the articles of more names than so many have changed since the last linking."""
        rows = self.catalogue.connection().execute("SELECT 1 FROM dirty_names LIMIT 1 OFFSET ?", (beyond,))
        return rows.fetchone() is not None

    def blocks(self, weighed: str, acronyms: str) -> Iterator[list[tuple[str, list[FormRow]]]]:
        """Type and forms of each block that has changed, in portions that may be assigned one by one.

        Articles are counted for the type `weighed` only, for others they are one or none; for keys of one
        short word of the type `acronyms` they are counted, too, and there are expansions."""
        connection = self.catalogue.connection()
        for start, end in pairwise((0, *portions_of_blocks(connection, _NAMES_AT_ONCE))):
            rows = connection.execute(
                "SELECT n.type, n.block, n.key, min(e.id), count(*) = count(n.auto) AND min(n.auto) = "
                "max(n.auto), CASE WHEN n.type = ? OR (n.type = ? AND length(n.block) <= ? AND NOT "
                "instr(n.block, ' ')) THEN (SELECT count(DISTINCT a.article) FROM names m "
                "CROSS JOIN article_names a ON a.head = m.number WHERE m.type = n.type AND m.key = n.key) "
                "ELSE max(EXISTS (SELECT 1 FROM article_names a WHERE a.head = n.number)) END "
                "FROM dirty_blocks d CROSS JOIN names n ON n.type = d.type AND n.block = d.block "
                "LEFT JOIN entities e ON e.number = n.auto WHERE d.rowid > ? AND d.rowid <= ? "
                "GROUP BY n.type, n.block, n.key",
                (weighed, acronyms, _ACRONYM, start, end),
            ).fetchall()
            portion = []
            for (kind, block), group in groupby(rows, key=itemgetter(0, 1)):
                forms = [FormRow(key, n, {}, entity, bool(settled)) for *_, key, entity, settled, n in group]
                if kind == acronyms and " " not in block and len(block) <= _ACRONYM:
                    for form in forms:
                        form.expansions.update(self._expansions(kind, form.key))
                portion.append((kind, forms))
            yield portion

    def _expansions(self, kind: str, key: str) -> list[tuple[str, int]]:
        rows = self.catalogue.connection().execute(
            "SELECT h.key, count(DISTINCT a.article) FROM names n CROSS JOIN article_names a "
            "ON a.name = n.number CROSS JOIN names h ON h.number = a.head "
            "WHERE n.type = ? AND n.key = ? AND h.key IS NOT n.key GROUP BY h.key",
            (kind, key),
        )
        return rows.fetchall()

    def assign(self, changes: Sequence[Change]) -> None:
        """Give keys the entities that linking found for them; ids that this ends lead on to the new ones."""
        connection = self.catalogue.connection()
        numbers = self._entities(
            {c.canonical_entity.id: c.canonical_entity for c in changes if c.canonical_entity is not None}
        )
        connection.executemany(
            "INSERT OR IGNORE INTO touched_entities SELECT entity FROM names "
            "WHERE type = ? AND key = ? AND entity IS NOT NULL",
            [(change.type, change.key) for change in changes if change.before],
        )
        targets = [
            numbers[change.canonical_entity.id] if change.canonical_entity else None for change in changes
        ]
        connection.executemany(
            "INSERT OR IGNORE INTO touched_entities VALUES(?)", [(number,) for number in numbers.values()]
        )
        connection.executemany(
            "INSERT OR IGNORE INTO stale_articles SELECT a.article FROM names n "
            "CROSS JOIN article_names a ON a.head = n.number WHERE n.type = ? AND n.key = ?",
            [(change.type, change.key) for change in changes if change.before],
        )
        connection.executemany(
            "UPDATE names SET auto = ?, entity = ? WHERE type = ? AND key = ?",
            [(n, n, change.type, change.key) for n, change in zip(targets, changes, strict=True)],
        )
        connection.executemany(
            "INSERT OR REPLACE INTO entity_moves VALUES(?, ?)",
            [
                (c.before, c.canonical_entity.id)
                for c in changes
                if c.before and c.canonical_entity and c.before != c.canonical_entity.id
            ],
        )
        connection.executemany(
            "DELETE FROM entity_moves WHERE old = ?", [(identity,) for identity in numbers]
        )

    def entity(self, wanted: CanonicalEntity) -> int:
        """The number of an entity, made where it is new."""
        return self._entities({wanted.id: wanted})[wanted.id]

    def _entities(self, wanted: dict[str, CanonicalEntity]) -> dict[str, int]:
        """The numbers of entities by their ids, new ones stored."""
        connection = self.catalogue.connection()
        numbers: dict[str, int] = {}
        ids = sorted(wanted)
        for start in range(0, len(ids), _AT_ONCE):
            chunk = ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(chunk))
            numbers.update(
                connection.execute(f"SELECT id, number FROM entities WHERE id IN ({marks})", chunk).fetchall()
            )
        new = [wanted[identity] for identity in ids if identity not in numbers]
        (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM entities").fetchone()
        numbers.update((each.id, number) for number, each in enumerate(new, last + 1))
        connection.executemany(
            "INSERT INTO entities(number, id, type, key, shown, country, name, folded) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            [(numbers[f.id], *f, f.shown or f.key, fold_name(f.shown or f.key)) for f in new],
        )
        return numbers
