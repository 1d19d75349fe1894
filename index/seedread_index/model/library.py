"""What the user keeps: stars, tags, notes and collections; and the key that identifies an article."""

from __future__ import annotations

from dataclasses import dataclass

from seedread_index.model.correction import TextQuote
from seedread_index.model.errors import SeedreadError


class LibraryError(SeedreadError):
    """Something that the library cannot store, or does not have."""


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """How the library identifies an article: the hash of its text, and where it was at that time.

    `file` is the absolute path of its file, with surrogate escapes for bytes that are not UTF-8; `part` is
    what identifies it among the articles of that file, None where it has one. `path` is the path relative to
    its root, cleaned for display, and `title` its headline then.
    """

    hash: str
    file: str
    part: str | None
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note on an article, or on a passage of it where there is a `quote`; `at` is ISO 8601 in UTC.

    Without a `text` it is a passage that was starred.
    """

    id: str
    article: ArticleKey
    text: str
    quote: TextQuote | None
    at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the user keeps of one article: when it was starred, tags, notes, collections, starred passages."""

    article: ArticleKey
    starred_at: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    collections: tuple[str, ...] = ()
    passages: tuple[Note, ...] = ()

    @property
    def keeps_anything(self) -> bool:
        """Whether anything is kept at all."""
        return bool(self.starred_at or self.tags or self.notes or self.collections or self.passages)


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """A change of the library: what was done, in words, how many articles it affected, and its id in the
    journal, "" if nothing was changed."""

    description: str
    articles: int = 0
    n: str = ""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name; `added` is when it was saved (ISO 8601, UTC), None if it was left out by hand."""

    name: str
    query: str
    added: str | None = None


@dataclass(frozen=True, slots=True)
class SavedSearchCount:
    """A saved search with how many articles of an archive match it, near-duplicates one by one.

    `new` is how many of them no alert has shown, None if no alert has run in the archive; `problem` says why
    the query cannot be answered, else "".
    """

    search: SavedSearch
    total: int = 0
    new: int | None = None
    problem: str = ""
