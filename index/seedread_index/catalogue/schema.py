"""The tables of the catalogue, their version, and how a new catalogue comes into being."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from seedread_index.catalogue.connection import connect
from seedread_index.files.error_translation import translated_errors
from seedread_index.files.trusted_folders import file_mode
from seedread_index.model import versions
from seedread_index.model.errors import REBUILD_HINT, ArchiveError, DamagedError

_APPLICATION = 0x53454452  # "SEDR"
_LOOKS = 3

TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE roots(number INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
CREATE TABLE files(
    number INTEGER PRIMARY KEY,
    root INTEGER NOT NULL REFERENCES roots(number) ON DELETE CASCADE,
    relative BLOB NOT NULL,
    salt BLOB NOT NULL DEFAULT x'',
    size INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    hash BLOB,
    status TEXT,
    reason TEXT NOT NULL DEFAULT '',
    shown TEXT NOT NULL DEFAULT '',
    UNIQUE(root, relative)
);
CREATE INDEX files_relative ON files(relative);
CREATE INDEX files_status ON files(status) WHERE status IS NOT NULL;
CREATE TABLE articles(
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file INTEGER NOT NULL REFERENCES files(number) ON DELETE CASCADE,
    part TEXT,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    title_inferred INTEGER NOT NULL,
    date TEXT,
    date_from TEXT,
    source TEXT,
    author TEXT,
    origin TEXT,
    draft BLOB,
    lang TEXT NOT NULL,
    neutralised INTEGER NOT NULL,
    words INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    identity BLOB NOT NULL UNIQUE,
    leader INTEGER,
    indexed INTEGER NOT NULL DEFAULT 0,
    studied INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL DEFAULT 0,
    grouped INTEGER NOT NULL DEFAULT 0,
    checksum BLOB
);
CREATE INDEX articles_file ON articles(file);
CREATE INDEX articles_order ON articles(date DESC, path, id);
CREATE INDEX articles_todo ON articles(indexed, studied, settled, grouped);
CREATE INDEX articles_leader ON articles(leader) WHERE leader IS NOT NULL;
CREATE TABLE texts(
    article INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE,
    text BLOB NOT NULL,
    passages TEXT NOT NULL,
    checksum BLOB
);
CREATE TABLE copies(
    id TEXT PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files(number) ON DELETE CASCADE,
    part TEXT,
    path TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
    draft BLOB
);
CREATE INDEX copies_file ON copies(file);
CREATE INDEX copies_article ON copies(article);
CREATE TABLE dropped(id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE edges(
    article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
    fingerprint INTEGER NOT NULL,
    PRIMARY KEY(article, fingerprint)
) WITHOUT ROWID;
CREATE INDEX edges_fingerprint ON edges(fingerprint);
CREATE TABLE boilerplate(fingerprint INTEGER PRIMARY KEY);
CREATE TABLE signatures(
    article INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE,
    signature BLOB NOT NULL
);
CREATE TABLE bands(
    band INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
    PRIMARY KEY(band, article)
) WITHOUT ROWID;
CREATE INDEX bands_article ON bands(article);
CREATE TABLE pairs(
    first INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
    second INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
    likeness REAL NOT NULL,
    PRIMARY KEY(first, second)
) WITHOUT ROWID;
CREATE INDEX pairs_second ON pairs(second);
"""

STALE_GROUPS = """
CREATE TABLE IF NOT EXISTS stale_groups(article INTEGER PRIMARY KEY);
CREATE TRIGGER IF NOT EXISTS pair_gone AFTER DELETE ON pairs BEGIN
    INSERT OR IGNORE INTO stale_groups VALUES(OLD.first), (OLD.second); END;
"""
"""Articles whose near-duplicates, or whose id, changed since the groups were made."""

CORRECTED = """
CREATE TABLE corrected(
    article INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE,
    original TEXT NOT NULL,
    applied TEXT NOT NULL,
    problems TEXT NOT NULL DEFAULT ''
);
"""
"""What the user's corrections changed of an article as it was read, and which were applied."""


def create(path: Path) -> None:
    """Make an empty catalogue at `path`, whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    with translated_errors(path.parent):
        for leftover in (
            fresh,
            fresh.with_name(fresh.name + "-journal"),
            path.with_name(path.name + "-journal"),
        ):
            leftover.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file_mode(fresh.parent)))
        connection = connect(fresh, writable=True)
        try:
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {versions.CATALOGUE}")
            connection.execute("BEGIN IMMEDIATE")
            # Counting on from the clock, the generation grows even when a catalogue replaces another.
            create_tables(connection, time.time_ns() // 1_000_000)
            connection.execute("COMMIT")
        finally:
            connection.close()
        fresh.with_name(fresh.name + "-journal").unlink(missing_ok=True)
        fresh.replace(path)


def create_tables(connection: sqlite3.Connection, generation: int) -> None:
    """Make the empty tables, as of a generation."""
    for statement in (TABLES + STALE_GROUPS + CORRECTED).split(";\n"):
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES('generation', ?)", (generation,))


def verify(path: Path, connection: sqlite3.Connection) -> None:
    """Raise DamagedError for a catalogue that is cut short, foreign or of another version."""
    # The file is not opened here: closing it would drop the locks of this process's other connections.
    for _ in range(_LOOKS):
        pages, page = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
        )
        try:
            # After the count, since a writer may have made the file grow meanwhile.
            size = path.stat().st_size
        except OSError as error:
            raise ArchiveError(f"the index cannot be read: {error.strerror}", REBUILD_HINT) from error
        if size >= pages * page:
            break
    else:
        raise DamagedError("the index is truncated", REBUILD_HINT)
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise DamagedError("the index was not made by seedread", REBUILD_HINT)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found != versions.CATALOGUE:
        raise DamagedError(
            f"the index has format {found}, this seedread needs {versions.CATALOGUE}", REBUILD_HINT
        )


def needs_upgrade(connection: sqlite3.Connection) -> bool:
    """Whether a catalogue is of a version that can be brought up to this one."""
    found = [
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    ]
    return found[0] == _APPLICATION and found[1] in versions.CATALOGUE_UPGRADABLE


def upgrade(connection: sqlite3.Connection) -> None:
    """Give an older catalogue the columns and tables that it lacks, empty at first."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if needs_upgrade(connection):
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 5:
                for table in ("articles", "texts"):
                    connection.execute(f"ALTER TABLE {table} ADD COLUMN checksum BLOB")
            if version < 7:
                connection.execute("ALTER TABLE articles ADD COLUMN author TEXT")
            if version < 8:
                for addition in ("articles ADD COLUMN origin TEXT", "articles ADD COLUMN draft BLOB"):
                    connection.execute(f"ALTER TABLE {addition}")
                connection.execute("ALTER TABLE copies ADD COLUMN draft BLOB")
            if version < 9:
                connection.execute(CORRECTED)
            for statement in STALE_GROUPS.split(";\n"):
                connection.execute(statement)
            connection.execute(
                "INSERT OR IGNORE INTO stale_groups SELECT first FROM pairs UNION SELECT second FROM pairs "
                "UNION SELECT number FROM articles WHERE leader IS NOT NULL"
            )
            connection.execute(f"PRAGMA user_version = {versions.CATALOGUE}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def sound(connection: sqlite3.Connection) -> str:
    """What SQLite's own check finds wrong; empty when nothing is."""
    rows = connection.execute("PRAGMA integrity_check(5)").fetchall()
    return "" if rows == [("ok",)] else "; ".join(str(row[0]) for row in rows)
