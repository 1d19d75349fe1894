"""What passes between a sync and its children: files to read, articles to study, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass

from seedread_index.model.article import Article, Mention
from seedread_index.model.status import SkipStatus


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to read, and its articles to study at once; where its hash is still `known`, nothing is read."""

    path: bytes
    relative: bytes
    salt: bytes = b""
    known: bytes | None = None
    enrich: bool = True


@dataclass(frozen=True, slots=True)
class EnrichJob:
    """Articles, by their numbers in the catalogue at `path`, to study."""

    path: str
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Enrichment:
    """What is worked out from an article alone.

    Its mentions by rules, its sketch for near-duplicates, the fingerprints of its edges for repetition.
    """

    mentions: tuple[Mention, ...] = ()
    sketch: bytes = b""
    edges: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An article that was read, studied already or not."""

    article: Article
    enrich: Enrichment | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What became of a file, or a part of it: articles from the one numbered `first` on.

    `size` and `changed_ns` are as before the reading, None where there was none. `same` says that the content
    has the known hash.
    """

    size: int | None = None
    changed_ns: int | None = None
    hash: bytes | None = None
    same: bool = False
    first: int = 0
    articles: tuple[Prepared, ...] = ()
    status: SkipStatus | None = None
    reason: str = ""
