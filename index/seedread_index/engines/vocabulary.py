"""The words of an archive by their surface forms and how many articles have them, kept on disk."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from seedread_index.files.error_translation import translated_errors
from seedread_index.files.trusted_folders import file_mode, unswapped
from seedread_index.model import versions

FILE_NAME = f"words{versions.VOCABULARY}.db"
_SCHEMA = """CREATE TABLE IF NOT EXISTS words (
    word TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID"""
_ADD = """INSERT INTO words VALUES (?, ?)
    ON CONFLICT (word) DO UPDATE SET articles = articles + excluded.articles"""
_LONGEST_PATTERN = 50_000
_PIECE = 5_000
"""Words that are read at once."""


class Vocabulary:
    """Words with counts; the counts only ever grow, they order suggestions and nothing else."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self.path = folder / FILE_NAME
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        with translated_errors(self.path):
            if writable:
                self._connection = _connected(self.path, writable=True)
            elif self.path.exists():
                self._connection = _connected(self.path, writable=False)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def add(self, counts: Mapping[str, int]) -> None:
        """Count more articles for each word, in one commit."""
        with self._lock, translated_errors(self.path):
            if self._connection is not None:
                with self._connection:
                    self._connection.executemany(_ADD, sorted(counts.items()))

    def clear(self) -> None:
        """Forget every word."""
        with self._lock, translated_errors(self.path):
            if self._connection is not None:
                with self._connection:
                    self._connection.execute("DELETE FROM words")

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` in most articles, most first."""
        return self._ask(
            "SELECT word, articles FROM words WHERE word >= ? AND word < ?"
            " ORDER BY articles DESC, word LIMIT ?",
            (prefix, after(prefix), limit),
        )

    def matching(self, prefix: str, glob: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and match a pattern of * and ?, most first.

        None match a pattern that is longer than SQLite takes (50,000 bytes, sqlite.org/limits.html).
        """
        if len(glob.encode("utf-8", "replace")) > _LONGEST_PATTERN:
            return []
        return self._ask(
            "SELECT word, articles FROM words WHERE word >= ? AND word < ? AND word GLOB ?"
            " ORDER BY articles DESC, word LIMIT ?",
            (prefix, after(prefix), glob, limit),
        )

    def between(self, prefix: str, shortest: int, longest: int, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and have so many characters, most first."""
        return self._ask(
            "SELECT word, articles FROM words WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?"
            " ORDER BY articles DESC, word LIMIT ?",
            (prefix, after(prefix), shortest, longest, limit),
        )

    def known(self, words: Iterable[str]) -> list[tuple[str, int]]:
        """Those of `words` that there are."""
        wanted = list(words)
        found: list[tuple[str, int]] = []
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            positions = ",".join("?" * len(part))
            found += self._ask(f"SELECT word, articles FROM words WHERE word IN ({positions})", tuple(part))
        return found

    def every(self, prefix: str) -> Iterator[tuple[str, int]]:
        """All words that start with `prefix`, in the order of their letters, read in pieces."""
        last, end = prefix, after(prefix)
        inclusive = True
        while True:
            found = self._ask(
                f"SELECT word, articles FROM words WHERE word {'>=' if inclusive else '>'} ? AND word < ?"
                " ORDER BY word LIMIT ?",
                (last, end, _PIECE),
            )
            yield from found
            if len(found) < _PIECE:
                return
            last, inclusive = found[-1][0], False

    def _ask(self, query: str, values: tuple[object, ...]) -> list[tuple[str, int]]:
        with self._lock, translated_errors(self.path):
            if self._connection is None:
                return []
            rows: list[tuple[str, int]] = self._connection.execute(query, values).fetchall()
            return rows


def after(prefix: str) -> str:
    """The first text, in the order of code points, that comes after all that start with `prefix`."""
    for index in range(len(prefix) - 1, -1, -1):
        code = ord(prefix[index]) + 1
        if 0xD800 <= code <= 0xDFFF:
            code = 0xE000
        if code <= 0x10FFFF:
            return prefix[:index] + chr(code)
    return "\U0010ffff" * 8


def _connected(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A connection to a file of a trusted folder, which only its owner may read. Raises ArchiveError."""
    with ExitStack() as undo:
        with unswapped(path.parent):
            connection = undo.enter_context(closing(_open(path, writable=writable)))
        undo.pop_all()
        return connection


def _open(path: Path, *, writable: bool) -> sqlite3.Connection:
    if writable:
        descriptor = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, file_mode(path.parent)
        )
        os.close(descriptor)
    uri = f"{path.absolute().as_uri()}?mode={'rw' if writable else 'ro'}"
    timeout = 30 if writable else 5
    connection = sqlite3.connect(uri, uri=True, timeout=timeout, check_same_thread=False)
    try:
        if writable:
            path.chmod(file_mode(path.parent))
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_SCHEMA)
            connection.commit()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def sound_vocabulary(folder: Path) -> bool:
    """Whether the words of a folder can be read through; True where there are none."""
    path = folder / FILE_NAME
    if not path.exists():
        return True
    try:
        connection = _connected(path, writable=False)
    except sqlite3.DatabaseError:
        return False
    try:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
