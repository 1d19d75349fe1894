"""The tables of mentions, names and entities, beside the catalogue's own, and the one of entities by article.

The latter has a row per article with the entities that count in it, so that counts over many articles are
quick. They are automatic ones; what corrections make of them is worked in when they are counted.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from seedread_index.catalogue.entities import quotation_store
from seedread_index.model import versions

_AT_ONCE = 500
_KEPT = "SELECT article, entities FROM article_entities"
_BY_NAMES = (
    "SELECT DISTINCT a.article, n.entity FROM article_names a CROSS JOIN names n ON n.number = a.head "
    "WHERE a.counted > 0 AND n.entity IS NOT NULL"
)

TABLES = (
    """CREATE TABLE IF NOT EXISTS mention_sets(
        article INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE,
        engine TEXT NOT NULL,
        linked INTEGER NOT NULL DEFAULT 0,
        mentions TEXT NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS mention_sets_engine ON mention_sets(engine, article)",
    "CREATE INDEX IF NOT EXISTS mention_sets_unlinked ON mention_sets(article) WHERE linked = 0",
    # Raw spans of a model: a text is never shown to the same model twice.
    """CREATE TABLE IF NOT EXISTS model_spans(
        content_hash TEXT NOT NULL,
        engine TEXT NOT NULL,
        spans TEXT NOT NULL,
        PRIMARY KEY(content_hash, engine)
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS entities(
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL,
        key TEXT NOT NULL,
        shown TEXT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        articles INTEGER NOT NULL DEFAULT 0,
        mentions INTEGER NOT NULL DEFAULT 0,
        first TEXT,
        last TEXT,
        mentioned_first TEXT,
        mentioned_last TEXT,
        country TEXT,
        hidden INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX IF NOT EXISTS entities_count ON entities(mentions DESC, name)",
    "CREATE INDEX IF NOT EXISTS entities_folded ON entities(folded)",
    # One row per spelling and type: `auto` is the entity that linking gives it, `entity` the corrected one.
    """CREATE TABLE IF NOT EXISTS names(
        number INTEGER PRIMARY KEY,
        type TEXT NOT NULL,
        text TEXT NOT NULL,
        key TEXT NOT NULL,
        block TEXT NOT NULL,
        folded TEXT NOT NULL,
        auto INTEGER REFERENCES entities(number),
        entity INTEGER REFERENCES entities(number),
        UNIQUE(type, text)
    )""",
    "CREATE INDEX IF NOT EXISTS names_key ON names(type, key)",
    "CREATE INDEX IF NOT EXISTS names_block ON names(type, block)",
    "CREATE INDEX IF NOT EXISTS names_folded ON names(folded)",
    "CREATE INDEX IF NOT EXISTS names_entity ON names(entity)",
    "CREATE INDEX IF NOT EXISTS names_auto ON names(auto)",
    "CREATE INDEX IF NOT EXISTS names_mended ON names(number) WHERE entity IS NOT auto",
    # A name in an article and the fullest form of it there; `counted` leaves boilerplate and credits out.
    """CREATE TABLE IF NOT EXISTS article_names(
        article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
        name INTEGER NOT NULL REFERENCES names(number),
        head INTEGER NOT NULL REFERENCES names(number),
        counted INTEGER NOT NULL,
        total INTEGER NOT NULL,
        first TEXT,
        last TEXT,
        PRIMARY KEY(article, name, head)
    ) WITHOUT ROWID""",
    # Wide enough that counting reads no row of the table.
    "CREATE INDEX IF NOT EXISTS article_names_of_head ON article_names(head, article, counted)",
    "CREATE INDEX IF NOT EXISTS article_names_days ON article_names(head, first, last, counted) "
    "WHERE first IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS article_names_name ON article_names(name, head)",
    """CREATE TABLE IF NOT EXISTS aliases(
        entity INTEGER NOT NULL REFERENCES entities(number),
        name INTEGER NOT NULL REFERENCES names(number),
        mentions INTEGER NOT NULL,
        articles INTEGER NOT NULL,
        PRIMARY KEY(entity, name)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS aliases_name ON aliases(name)",
    # The automatic entities that count in an article, as an array of 32-bit numbers in native order: what
    # co-mentions and facets are counted from. Corrections leave it alone.
    """CREATE TABLE IF NOT EXISTS article_entities(
        article INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE,
        entities BLOB NOT NULL
    )""",
    # Articles whose row there has to be computed again once the names are linked.
    """CREATE TABLE IF NOT EXISTS stale_articles(
        article INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE
    )""",
    # Ids that an entity had before it was founded on a fuller name.
    "CREATE TABLE IF NOT EXISTS entity_moves(old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS dirty_names(name INTEGER PRIMARY KEY)",
    """CREATE TRIGGER IF NOT EXISTS article_names_gone AFTER DELETE ON article_names BEGIN
        INSERT OR IGNORE INTO dirty_names VALUES(OLD.name);
        INSERT OR IGNORE INTO dirty_names VALUES(OLD.head);
    END""",
    # What counts, and what a weekday means, hang on the passages and the date of an article.
    """CREATE TRIGGER IF NOT EXISTS passages_changed AFTER UPDATE OF passages ON texts
    WHEN OLD.passages IS NOT NEW.passages BEGIN
        UPDATE mention_sets SET linked = 0 WHERE article = NEW.article;
    END""",
    """CREATE TRIGGER IF NOT EXISTS date_changed AFTER UPDATE OF date ON articles
    WHEN OLD.date IS NOT NEW.date BEGIN
        UPDATE mention_sets SET linked = 0 WHERE article = NEW.number;
    END""",
)

_DROPPED = (
    "mention_sets",
    "stale_articles",
    "article_entities",
    "article_names",
    "aliases",
    "names",
    "entities",
    "entity_moves",
    "dirty_names",
)
"""Tables that can be made again without the model."""


def present(connection: sqlite3.Connection) -> bool:
    """Whether the tables are there, of this version or of one that can be read as it is."""
    return _version(connection) in (versions.ENTITY_TABLES, *versions.ENTITY_TABLES_UPGRADABLE)


def ensure(connection: sqlite3.Connection) -> None:
    """Create missing tables, and recreate those of another version. Call in a transaction."""
    found = _version(connection)
    if found == versions.ENTITY_TABLES:
        return
    if found not in versions.ENTITY_TABLES_UPGRADABLE:
        for table in (*quotation_store.DROPPED, *_DROPPED):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute("DROP INDEX IF EXISTS article_names_head")
    for statement in (*TABLES, *quotation_store.TABLES):
        connection.execute(statement)
    connection.execute("INSERT OR IGNORE INTO stale_articles SELECT DISTINCT article FROM article_names")
    refresh_articles(connection)
    connection.execute("INSERT OR REPLACE INTO meta VALUES('entity_tables', ?)", (versions.ENTITY_TABLES,))


def _version(connection: sqlite3.Connection) -> int | None:
    """The version of the tables that are there; None without any."""
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'entity_tables'").fetchone()
    except sqlite3.OperationalError:
        return None
    return row[0] if row else None


def refresh_articles(connection: sqlite3.Connection, most: int = -1) -> bool:
    """Note again which automatic entities count in the stale articles, or so many of them at most; whether
    some are left. Call in a transaction."""
    (last,) = connection.execute(
        "SELECT max(article) FROM (SELECT article FROM stale_articles ORDER BY article LIMIT ?)", (most,)
    ).fetchone()
    rows = connection.execute(
        "SELECT s.article, n.auto FROM stale_articles s CROSS JOIN article_names a ON a.article = s.article "
        "CROSS JOIN names n ON n.number = a.head WHERE s.article <= ? AND a.counted > 0 "
        "AND n.auto IS NOT NULL ORDER BY s.article",
        (last,),
    )
    connection.execute(
        "DELETE FROM article_entities WHERE article IN "
        "(SELECT article FROM stale_articles WHERE article <= ?)",
        (last,),
    )
    connection.executemany(
        "INSERT INTO article_entities VALUES(?, ?)",
        (
            (article, array("I", sorted({entity for _, entity in group})).tobytes())
            for article, group in groupby(rows, key=itemgetter(0))
        ),
    )
    connection.execute("DELETE FROM stale_articles WHERE article <= ?", (last,))
    return connection.execute("SELECT 1 FROM stale_articles LIMIT 1").fetchone() is not None


def entities_by_article(
    connection: sqlite3.Connection, articles: Sequence[int] | None = None
) -> Iterator[tuple[int, Iterable[int]]]:
    """The entities that count in each of some articles, None: of all; by number, each once, in no order."""
    if not _is_kept(connection):
        rows = connection.execute(f"{_BY_NAMES} ORDER BY a.article")
        wanted = None if articles is None else frozenset(articles)
        for article, group in groupby(rows, key=itemgetter(0)):
            if wanted is None or article in wanted:
                yield article, [entity for _, entity in group]
        return
    moved, divided = _corrected(connection)
    kept: Iterable[tuple[int, bytes]] = (
        connection.execute(_KEPT)
        if articles is None
        else among(connection, f"{_KEPT} WHERE article", articles)
    )
    for article, blob in kept:
        numbers = array("I", blob)
        if not moved:
            yield article, numbers
            continue
        found = {moved.get(number, number) for number in numbers} | divided.get(article, frozenset())
        yield article, [each for each in found if each is not None]


def count_entities(connection: sqlite3.Connection, articles: Iterable[int]) -> Counter[int]:
    """In how many of the articles each entity, by its number, is mentioned where it counts."""
    counts: Counter[int] = Counter()
    for _, found in entities_by_article(connection, list(articles)):
        counts.update(found)
    return counts


def _is_kept(connection: sqlite3.Connection) -> bool:
    """Whether there is the table: an index of an earlier version has it from its next sync on."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'article_entities'").fetchone()
    return found is not None


def mentioning(connection: sqlite3.Connection, entity: int) -> list[int]:
    """Numbers of the articles that mention an entity where it counts."""
    rows = connection.execute(
        "SELECT DISTINCT a.article FROM names n CROSS JOIN article_names a ON a.head = n.number "
        "WHERE n.entity = ? AND a.counted > 0",
        (entity,),
    ).fetchall()
    return [row[0] for row in rows]


def among(connection: sqlite3.Connection, select: str, values: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows of `select … IN (values)`, in no order."""
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(values), _AT_ONCE):
        chunk = values[start : start + _AT_ONCE]
        rows += connection.execute(f"{select} IN ({','.join('?' * len(chunk))})", chunk).fetchall()
    return rows


def _corrected(
    connection: sqlite3.Connection,
) -> tuple[dict[int, int | None], dict[int, frozenset[int | None]]]:
    """What corrections make of automatic entities: those that are wholly another one now; and of those whose
    names belong to several (they are None in the first), by article the ones that count there."""
    moved: dict[int, int | None] = {}
    divided: defaultdict[int, set[int | None]] = defaultdict(set)
    for (auto,) in connection.execute(
        "SELECT DISTINCT auto FROM names INDEXED BY names_mended "
        "WHERE entity IS NOT auto AND auto IS NOT NULL"
    ).fetchall():
        entities = connection.execute("SELECT DISTINCT entity FROM names WHERE auto = ?", (auto,)).fetchall()
        if len(entities) == 1:
            moved[auto] = entities[0][0]
            continue
        moved[auto] = None
        for article, entity in connection.execute(
            "SELECT DISTINCT a.article, n.entity FROM names n CROSS JOIN article_names a "
            "ON a.head = n.number WHERE n.auto = ? AND a.counted > 0",
            (auto,),
        ).fetchall():
            divided[article].add(entity)
    return moved, {article: frozenset(found) for article, found in divided.items()}
