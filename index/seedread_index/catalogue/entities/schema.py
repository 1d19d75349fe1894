"""The tables of mentions, names and entities, beside the catalogue's own."""

from __future__ import annotations

import sqlite3

from seedread_index.model import versions

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
    # One row a spelling and type; `auto` is the entity that linking gives it, `entity` the one after mending.
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
    "CREATE INDEX IF NOT EXISTS article_names_head ON article_names(head, article)",
    "CREATE INDEX IF NOT EXISTS article_names_name ON article_names(name, head)",
    """CREATE TABLE IF NOT EXISTS aliases(
        entity INTEGER NOT NULL REFERENCES entities(number),
        name INTEGER NOT NULL REFERENCES names(number),
        mentions INTEGER NOT NULL,
        articles INTEGER NOT NULL,
        PRIMARY KEY(entity, name)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS aliases_name ON aliases(name)",
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

_DROPPED = ("mention_sets", "article_names", "aliases", "names", "entities", "entity_moves", "dirty_names")
"""Tables that can be made again without the model."""


def present(connection: sqlite3.Connection) -> bool:
    """Whether the tables of this version are there."""
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'entity_tables'").fetchone()
    except sqlite3.OperationalError:
        return False
    return row is not None and row[0] == versions.ENTITY_TABLES


def ensure(connection: sqlite3.Connection) -> None:
    """Make the tables where they are missing, those of another version anew. Call in a transaction."""
    if present(connection):
        return
    for table in _DROPPED:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in TABLES:
        connection.execute(statement)
    connection.execute("INSERT OR REPLACE INTO meta VALUES('entity_tables', ?)", (versions.ENTITY_TABLES,))
