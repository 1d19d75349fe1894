"""What sync and search use of an index engine, whichever it is: Engine, FullText, Snapshot, Vocabulary.

And what goes in and out: a Document is what a full text takes of an article, a Plan is a query made ready for
one commit of the index (words as terms, names as entities).
Scoring is not behind this protocol: it reads the postings of a Whoosh snapshot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from seedread_index.engines.query_ast import Dates, Everything
from seedread_index.model.article import Article, PassageKind, Span


class Vocabulary(Protocol):
    """The words of an archive by their surface forms, each with the number of articles that have it."""

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix`, most frequent first."""

    def matching(self, prefix: str, glob: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and match a pattern of * and ?, most frequent first."""

    def between(self, prefix: str, shortest: int, longest: int, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and have so many characters, most frequent first."""

    def known(self, words: Iterable[str]) -> list[tuple[str, int]]:
        """Those of some words that the archive has."""


class Snapshot(Protocol):
    """One commit of a full text, open for reading."""

    def count(self) -> int:
        """How many documents there are."""

    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first `limit` terms of a field that start with a prefix."""

    def close(self) -> None:
        """Close the files."""


class FullText(Protocol):
    """The documents of one archive in an engine. Every method raises DamagedError where files are damaged."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the documents."""

    def update(self, documents: Iterable[Document], gone_ids: Iterable[str] = ()) -> None:
        """Put documents in place of those with the same ids and drop the gone ones, in one commit."""

    def build(self, batches: Iterable[Sequence[Document]], processes: int = 2) -> Iterator[list[str]]:
        """Take many documents in by several processes; yields the ids of each commit as it is made.

        Documents whose process ended over them are left out.
        """

    def count(self) -> int:
        """How many documents there are."""

    def snapshot(self) -> Snapshot:
        """The last commit, open for reading."""

    def check(self) -> None:
        """Read everything through; raises DamagedError."""

    def close(self) -> None:
        """Close the files."""


class Engine(Protocol):
    """An index engine: what it can tell of a folder without opening it, and the way to open it."""

    def exists(self, folder: Path) -> bool:
        """Whether a full text of today's version is in a folder; says nothing of what it holds."""

    def is_sound(self, folder: Path) -> bool:
        """Whether the files of a full text are as they were written; for the holder of the write lock.

        Every file is hashed where a reader met damage, else those whose times are not the ones noted.
        Files of which nothing is known yet, or not any more, are noted as they are.
        """

    def damaged_files(self, folder: Path) -> list[str]:
        """The files that are not as they were written, each hashed in full."""

    def open(self, folder: Path, *, writable: bool) -> FullText:
        """The full text in a folder; an empty one where a reader finds none.

        Raises ArchiveError for a folder that others could have written to, and DamagedError.
        """


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """An article as the full-text index takes it.

    `text` is the whole text and `boilerplate` the stretches of it that a search leaves out. `head_end` is
    where the headline inside the text ends, 0 where the text has none.
    """

    id: str
    title: str
    title_inferred: bool
    text: str
    boilerplate: tuple[Span, ...]
    head_end: int
    date: dt.date | None
    source: str | None
    path: str
    lang: str
    author: str | None = None
    url: str | None = None


def document_of(article: Article) -> Document:
    """The document of an article."""
    headlines = article.of_kind(PassageKind.TITLE)
    return Document(
        article.id,
        article.title,
        article.title_inferred,
        article.visible_text,
        hidden_spans(article),
        headlines[-1].end if headlines else 0,
        article.date,
        article.source,
        article.path,
        article.lang,
        article.author,
        article.origin.url,
    )


def hidden_spans(article: Article) -> tuple[Span, ...]:
    """The stretches of an article's text that a search leaves out."""
    return tuple(Span(passage.start, passage.end) for passage in article.of_kind(PassageKind.BOILERPLATE))


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms that follow each other, any of the alternatives in each slot; `slop` as in a phrase.

    `said` is how the query wrote it; `cut` tells how many words a pattern met when it was cut to the most
    frequent ones, else 0.
    """

    field: str | None
    slots: tuple[frozenset[str], ...]
    slop: int | None
    said: str
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Entities:
    """Articles that mention any of these entities."""

    ids: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the parts."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any of the parts."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What does not meet the part."""

    part: Plan


PlanLeaf = Terms | Entities | Dates | Everything
Plan = PlanLeaf | AllOf | AnyOf | Without


def wanted(plan: Plan) -> Iterator[PlanLeaf]:
    """The leaves that a hit is met by; what the query excludes is left out."""
    match plan:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from wanted(part)
        case Without():
            return
        case _:
            yield plan
