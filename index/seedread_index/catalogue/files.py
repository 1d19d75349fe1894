"""The files of an archive as the catalogue knows them: roots, sizes, times, hashes and reasons."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from seedread_index.catalogue.article_rows import origin_of
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.article import Article, article_id
from seedread_index.model.status import SkipStatus


class KnownFile(NamedTuple):
    """A file as last read; `hash` is None where nothing was read, `changed_ns` -1 where it is in doubt."""

    number: int
    size: int
    changed_ns: int
    hash: bytes | None
    status: SkipStatus | None
    reason: str
    salt: bytes


def root_numbers(catalogue: Catalogue, roots: Sequence[bytes]) -> list[int]:
    """The numbers of the roots; call it inside a transaction."""
    connection = catalogue.connection()
    connection.executemany("INSERT OR IGNORE INTO roots(path) VALUES(?)", [(root,) for root in roots])
    numbers = dict(connection.execute("SELECT path, number FROM roots").fetchall())
    return [numbers[root] for root in roots]


def known_files(catalogue: Catalogue, root: int) -> dict[bytes, KnownFile]:
    """Every known file of a root by its relative path."""
    rows = catalogue.connection().execute(
        "SELECT relative, number, size, changed_ns, hash, status, reason, salt FROM files WHERE root = ?",
        (root,),
    )
    return {
        relative: KnownFile(
            number, size, changed_ns, file_hash, SkipStatus(status) if status else None, reason, salt
        )
        for relative, number, size, changed_ns, file_hash, status, reason, salt in rows.fetchall()
    }


def paths_of(catalogue: Catalogue, wanted_id: str) -> list[tuple[bytes, bytes]]:
    """The roots and relative paths of an article's files: its own first, then those of its exact copies."""
    return (
        catalogue.connection()
        .execute(
            "WITH wanted(number) AS (SELECT number FROM articles WHERE id = ?1 "
            "UNION SELECT article FROM copies WHERE id = ?1), "
            "places(id, file) AS (SELECT id, file FROM articles WHERE number IN wanted "
            "UNION ALL SELECT id, file FROM copies WHERE article IN wanted) "
            "SELECT roots.path, files.relative FROM places JOIN files ON files.number = places.file "
            "JOIN roots ON roots.number = files.root ORDER BY places.id <> ?1, files.relative",
            (wanted_id,),
        )
        .fetchall()
    )


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where the file of an article lies: its root, its path below that, the salt of its ids, its size."""

    root: bytes
    relative: bytes
    salt: bytes
    size: int


def place_of(catalogue: Catalogue, wanted_id: str) -> FilePlace | None:
    """Where the file lies that the article of this very id was read from."""
    row = (
        catalogue.connection()
        .execute(
            "SELECT roots.path, files.relative, files.salt, files.size FROM articles "
            "JOIN files ON files.number = articles.file JOIN roots ON roots.number = files.root "
            "WHERE articles.id = ?",
            (wanted_id,),
        )
        .fetchone()
    )
    return FilePlace(*row) if row else None


def moved_ids(catalogue: Catalogue, ids: Iterable[str]) -> dict[str, str]:
    """Ids that articles had when the parts of a file went by line or key, and their ids now.

    Since then what identifies a part in its file (its own id, address or content) makes the id; ids that
    are known, or of no article that there is, are left out.
    """
    unknown = set(ids)
    unknown -= catalogue.numbers(unknown).keys()
    if not unknown:
        return {}
    rows = catalogue.connection().execute(
        "SELECT one.id, one.part, files.relative, files.salt FROM (SELECT id, part, file FROM articles "
        "UNION ALL SELECT id, part, file FROM copies) one JOIN files ON files.number = one.file "
        "WHERE one.part IS NOT NULL"
    )
    before = ((article_id(relative, part, salt), now) for now, part, relative, salt in rows)
    return {old: now for old, now in before if old in unknown}


def all_places(catalogue: Catalogue) -> list[tuple[bytes, bytes]]:
    """The root and the relative path of every known file."""
    return (
        catalogue.connection()
        .execute("SELECT roots.path, files.relative FROM files JOIN roots ON roots.number = files.root")
        .fetchall()
    )


def touch(catalogue: Catalogue, stats: Iterable[tuple[int, int, int]]) -> None:
    """Store the sizes and times of files whose content is as it was: (size, changed_ns, number)."""
    catalogue.connection().executemany("UPDATE files SET size = ?, changed_ns = ? WHERE number = ?", stats)


def reconsider(catalogue: Catalogue, *, skipped_only: bool) -> None:
    """Make the next look at the files read them again, whatever their size and time."""
    condition = "WHERE status IS NOT NULL" if skipped_only else ""
    catalogue.connection().execute(f"UPDATE files SET changed_ns = -1, hash = NULL {condition}")


def reconsider_root(catalogue: Catalogue, root: int) -> None:
    """Make the next look at the files of a root read them again."""
    catalogue.connection().execute("UPDATE files SET changed_ns = -1, hash = NULL WHERE root = ?", (root,))


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """What other archives can know an article by: the hash of its text, its file, its part of that."""

    id: str
    hash: str
    file: bytes
    part: str | None
    path: str
    title: str


class PlacedArticles(Protocol):
    """Articles by what other archives can know them by, wherever they are kept."""

    def generation(self) -> int:
        """A number that grows with every commit that readers can see."""

    def article(self, article_id: str, /) -> Article | None:
        """An article without its mentions."""

    def find(self, path: bytes, /) -> list[str]:
        """Ids of the articles in a file."""

    def places(self, ids: Iterable[str], /) -> dict[str, ArticlePlace]:
        """Hash and file of articles by id; an exact copy's id gives the article that stands for it."""

    def ids_of_content(self, hashes: Iterable[str], /) -> dict[str, str]:
        """The ids of articles by the hashes of their texts."""


class CataloguePlaces:
    """The articles of a catalogue; implements `PlacedArticles`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.generation = catalogue.generation
        self.article = catalogue.article
        self.find = catalogue.find

    def places(self, ids: Iterable[str]) -> dict[str, ArticlePlace]:
        """Hash and file of articles by id; an exact copy's id gives the article that stands for it."""
        return article_places(self._catalogue, ids)

    def ids_of_content(self, hashes: Iterable[str]) -> dict[str, str]:
        """The ids of articles by the hashes of their texts."""
        return ids_of_content(self._catalogue, hashes)


def article_places(catalogue: Catalogue, ids: Iterable[str]) -> dict[str, ArticlePlace]:
    """Hash and file of articles by id; an exact copy's id gives the article that stands for it."""
    numbers = catalogue.numbers(ids)
    found = {
        row[0]: ArticlePlace(row[1], row[2], _file(row[3], row[4]), origin_of(row[5]).part_id, row[6], row[7])
        for row in catalogue.among(
            "SELECT articles.number, articles.id, content_hash, roots.path, files.relative, origin, "
            "articles.path, title FROM articles JOIN files ON files.number = articles.file "
            "JOIN roots ON roots.number = files.root WHERE articles.number",
            numbers.values(),
        )
    }
    return {wanted: found[number] for wanted, number in numbers.items() if number in found}


def ids_of_content(catalogue: Catalogue, hashes: Iterable[str]) -> dict[str, str]:
    """The ids of articles by the hashes of their texts."""
    return dict(catalogue.among("SELECT content_hash, id FROM articles WHERE content_hash", hashes))


def _file(root: bytes, relative: bytes) -> bytes:
    """The absolute path of a file below a root; a root that is a file is that."""
    if os.path.basename(root) == relative and not os.path.isdir(root):
        return root
    return os.path.join(root, relative)
