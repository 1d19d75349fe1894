"""The catalogue: an archive's articles, their files and metadata in one SQLite database."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from seedread_index.catalogue.article_rows import (
    ARTICLE_COLUMNS,
    HEADER_COLUMNS,
    article_of,
    header_of,
)
from seedread_index.catalogue.connection import Connection, connect_in_memory
from seedread_index.catalogue.database import Database
from seedread_index.catalogue.schema import create_tables
from seedread_index.model.article import Article, Header
from seedread_index.model.status import CopyFile, FileCounts, FileReport, Skipped, SkipStatus, Status
from seedread_index.text.sanitize import clean_line

_AT_ONCE = 500
"""How many values one statement asks for; SQLite allows 999 on old builds."""

_ROWS = 1000
"""How many rows are taken from a statement at a time."""

_FILES = """
    SELECT NULL, count(DISTINCT file), NULL, NULL, NULL, NULL, NULL FROM articles
    UNION ALL SELECT * FROM (
        SELECT relative, NULL, status, reason, own, articles.id, articles.path FROM (
            SELECT files.*, (SELECT id FROM articles WHERE file = files.number LIMIT 1) AS own,
                (SELECT min(article) FROM copies WHERE file = files.number) AS same
            FROM files
        ) LEFT JOIN articles ON articles.number = same
        WHERE status IS NOT NULL OR own IS NULL ORDER BY relative, root
    )
"""
"""How many files gave articles; then each that gave none, or only a part, with the id of one that it gave,
and the id and path of one that it has a copy of."""


class Catalogue(Database):
    """An archive's catalogue: articles and files over its database."""

    # -- articles ----------------------------------------------------------------------------------------

    def article(self, article_id: str) -> Article | None:
        """The article of that id, an exact copy's id included; without mentions."""
        found = self.articles([article_id])
        return found[0] if found else None

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles in the order asked, without mentions; missing ones are left out."""
        numbers = self.numbers(ids)
        found = self.by_number(numbers.values())
        return [found[numbers[i]] for i in ids if i in numbers and numbers[i] in found]

    def by_number(self, numbers: Iterable[int]) -> dict[int, Article]:
        """Articles by their numbers, without mentions."""
        rows = self.among(
            f"SELECT {ARTICLE_COLUMNS} FROM articles JOIN files ON files.number = articles.file "
            "JOIN texts ON texts.article = articles.number WHERE articles.number",
            numbers,
        )
        copies: dict[int, list[str]] = {}
        for number, path in self.among(
            "SELECT article, path FROM copies WHERE article", (row[0] for row in rows)
        ):
            copies.setdefault(number, []).append(path)
        with self._marking():
            return dict(article_of(row, copies) for row in rows)

    def headers(self, ids: Sequence[str]) -> list[Header]:
        """What lists show, in the order asked; missing ones are left out."""
        rows = self.among(f"SELECT {HEADER_COLUMNS} FROM articles WHERE id", ids)
        with self._marking():
            found = {header.id: header for header in map(header_of, rows)}
        return [found[i] for i in ids if i in found]

    def ids(self) -> list[str]:
        """Every article once (exact copies are folded), newest first, undated ones last, then by path."""
        return [article_id for _, article_id in self.order()]

    def order(self) -> list[tuple[int, str]]:
        """Number and id of every article in that order."""
        rows: list[tuple[int, str]] = (
            self.connection()
            .execute("SELECT number, id FROM articles ORDER BY date DESC, path, id")
            .fetchall()
        )
        return rows

    def dropped(self) -> list[str]:
        """Ids that the full text may still hold and must let go."""
        return [row[0] for row in self.connection().execute("SELECT id FROM dropped").fetchall()]

    def values(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The number and the named values of every article, as they are stored."""
        cursor = self.connection().execute(f"SELECT number, {', '.join(names)} FROM articles")
        while rows := cursor.fetchmany(_ROWS):
            yield from rows

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """Numbers by id; an exact copy's id gives the number of the article that stands for it."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, int] = dict(self.among("SELECT id, number FROM articles WHERE id", wanted))
        missing = [i for i in wanted if i not in found]
        found.update(self.among("SELECT id, article FROM copies WHERE id", missing))
        return found

    def ids_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Ids by number."""
        return dict(self.among("SELECT number, id FROM articles WHERE number", numbers))

    def groups(self) -> dict[str, str]:
        """Near-duplicates: from an article's id to its group's representative, which is left out itself."""
        rows = self.connection().execute(
            "SELECT member.id, leader.id FROM articles AS member JOIN articles AS leader "
            "ON leader.number = member.leader WHERE member.leader IS NOT NULL"
        )
        return dict(rows.fetchall())

    def find(self, path: bytes) -> list[str]:
        """Ids of the articles in a file, named by its path relative to a root or by its absolute path."""
        where: list[tuple[str, tuple[Any, ...]]] = []
        if not path.startswith(b"/"):
            where.append(("relative = ?", (os.path.normpath(path),)))
        for number, root in self.connection().execute("SELECT number, path FROM roots").fetchall():
            for base in {bytes(root), os.path.dirname(root)}:
                prefix = base.rstrip(b"/") + b"/"
                if path.startswith(prefix):
                    where.append(("root = ? AND relative = ?", (number, path[len(prefix) :])))
        ids: dict[str, None] = {}
        for condition, values in where:
            rows = self.connection().execute(
                "SELECT articles.id FROM files JOIN articles ON articles.file = files.number "
                f"WHERE {condition} "
                "UNION ALL SELECT articles.id FROM files JOIN copies ON copies.file = files.number "
                f"JOIN articles ON articles.number = copies.article WHERE {condition}",
                values * 2,
            )
            ids.update((row[0], None) for row in rows.fetchall())
        return list(ids)

    # -- the archive as a whole --------------------------------------------------------------------------

    def status(self, folders: tuple[str, ...], *, engine: str) -> Status:
        """How much there is, how fresh, and what was skipped; annotation and writer are not known here."""
        counts = (
            self.connection().execute("SELECT count(*), coalesce(sum(indexed), 0) FROM articles").fetchone()
        )
        return Status(
            folders=folders,
            articles=counts[0],
            searchable=counts[1],
            annotated=0,
            engine=engine,
            changed_at=self.meta("changed_at"),
            writer=None,
            skipped=self.skipped(),
            files=self._file_counts(),
            left_out=self._left_out(),
            metadata_table=self._metadata_table(),
        )

    def counts(self) -> tuple[int, int]:
        """How many articles there are, and how many of them have a date."""
        found = self.connection().execute("SELECT count(*), count(date) FROM articles").fetchone()
        return int(found[0]), int(found[1])

    def files(self) -> FileReport:
        """What became of every file, by one look at the tables, so that the numbers add up."""
        left_out, in_part, copies = [], [], []
        statuses = {each.value: each for each in SkipStatus}
        (_, read, *_), *rows = self.connection().execute(_FILES).fetchall()
        for relative, _, status, reason, own, same, copy_of in rows:
            path = clean_line(os.fsdecode(relative))
            kind = statuses[status or SkipStatus.EMPTY]
            if own is not None:
                in_part.append(Skipped(path, bytes(relative), kind, reason, own))
            elif same is not None:
                copies.append(CopyFile(path, bytes(relative), copy_of, same))
            else:
                left_out.append(Skipped(path, bytes(relative), kind, reason))
        counts = FileCounts(read + len(copies) + len(left_out), read, len(copies), len(left_out))
        return FileReport(counts, tuple(left_out), tuple(in_part), tuple(copies))

    def _file_counts(self) -> FileCounts:
        seen, read, copies = (
            self.connection()
            .execute(
                "SELECT (SELECT count(*) FROM files), (SELECT count(DISTINCT file) FROM articles), "
                "(SELECT count(DISTINCT file) FROM copies WHERE file NOT IN (SELECT file FROM articles))"
            )
            .fetchone()
        )
        return FileCounts(seen, read, copies, seen - read - copies)

    def _left_out(self) -> tuple[tuple[str, int], ...]:
        """How many files gave no article, by the status that says why."""
        rows = self.connection().execute(
            "SELECT coalesce(status, 'empty'), count(*) FROM files WHERE number NOT IN "
            "(SELECT file FROM articles UNION SELECT file FROM copies) GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return tuple((rule, count) for rule, count in rows.fetchall())

    def _metadata_table(self) -> str | None:
        """The first table of metadata that the files were read beside."""
        tables = self.meta("metadata_tables")
        return clean_line(json.loads(tables)[0][0]) if tables else None

    def skipped(self) -> tuple[Skipped, ...]:
        """The paths that gave no article, or only a part of one, with the reasons."""
        rows = self.connection().execute(
            "SELECT shown, relative, status, reason FROM files WHERE status IS NOT NULL "
            "ORDER BY relative, root"
        )
        return tuple(
            Skipped(shown, bytes(relative), SkipStatus(status), reason)
            for shown, relative, status, reason in rows.fetchall()
        )

    def among(self, select: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        """The rows of `select … IN (values)`, in no order."""
        wanted = list(values)
        rows: list[tuple[Any, ...]] = []
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(chunk))
            rows += self.connection().execute(f"{select} IN ({marks})", chunk).fetchall()
        return rows


class EmptyCatalogue(Catalogue):
    """The catalogue of an archive that was never synced: without articles, in memory alone."""

    def __init__(self) -> None:
        super().__init__(Path("catalogue.db"), writable=False)

    def generation(self) -> int:
        """0, which is before the generation of every commit."""
        return 0

    def _connect(self) -> Connection:
        connection = connect_in_memory()
        create_tables(connection, 0)
        return connection
