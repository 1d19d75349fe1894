"""The protocol of an index engine: what sync and search use of it, whichever it is.

Analyzed documents (`document`) go in; a plan is asked, a query with words as terms and names as entities. An
engine says which articles match it, in what order. One on this machine stands beside a catalogue with what
changes without a text (DocValues: order, near-duplicates, entities); a server keeps these itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from seedread_index.engines.document import Document
from seedread_index.engines.query_ast import Dates, Everything
from seedread_index.model.deadline import Deadline
from seedread_index.model.results import Rows, Sort

FACETS = ("person", "place", "org", "group", "source", "author", "year", "lang")
"""What can be counted over the articles that match a plan; entities go by their ids."""


class Vocabulary(Protocol):
    """The words of an archive, each with the number of articles that have it."""

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix`, most frequent first."""

    def matching(self, prefix: str, glob: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and match a pattern of * and ?, most frequent first."""

    def between(self, prefix: str, shortest: int, longest: int, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and have so many characters, most frequent first."""

    def known(self, words: Iterable[str]) -> list[tuple[str, int]]:
        """Those of some words that the archive has."""

    def every(self, prefix: str) -> Iterator[tuple[str, int]]:
        """All words that start with `prefix`, in the order of their letters."""


class FacetCount(NamedTuple):
    """A value and how many articles have it; the id of an entity where entities are counted."""

    value: str
    articles: int


Facets = Mapping[str, Sequence[FacetCount]]
"""The most frequent values by what was counted, most first, years newest first."""


@dataclass(frozen=True, slots=True)
class Order:
    """The order of rows: `group` puts near-duplicates under the best of them, `proximity` raises articles
    where neighbouring words of a question stand near each other."""

    sort: Sort = "relevance"
    group: bool = True
    proximity: bool = False


class DocValues(Protocol):
    """What a catalogue knows of the articles of one commit, by rank: newest first, then by path."""

    @property
    def generation(self) -> int:
        """The number of the commit."""

    def __len__(self) -> int:
        """How many articles there are, those included that are not indexed yet."""

    def ids(self, ranks: Sequence[int]) -> list[str]:
        """Ids of articles."""

    def ranks(self, keys: Sequence[int]) -> array[int]:
        """Ranks of articles by their keys (`article_keys.keys_of`); -1 for one that the catalogue lacks."""

    def groups(self) -> Mapping[int, int]:
        """Near-duplicates: the rank of the representative of each in a group, its own included."""

    def order(self, sort: Sort) -> Sequence[int]:
        """A number for each rank, by which articles are sorted by title or path."""

    def dropped(self) -> list[str]:
        """Ids that an index may still hold although the catalogue has let them go."""

    def mentioning(self, entities: Iterable[str]) -> Set[int]:
        """Ranks of the articles that mention any of some entities where it counts."""

    def documents(self, ranks: Sequence[int]) -> Iterator[tuple[int, Document]]:
        """The documents of articles with their ranks, in the order asked; gone ones are left out."""

    def facets(self, ranks: Sequence[int], fields: Sequence[str], most: int, deadline: Deadline) -> Facets:
        """The `most` most frequent values of each field over articles; exact where the deadline holds."""


class IndexReader(Protocol):
    """One commit of an index, open for reading; its methods may be called from any thread.

    Once a deadline has passed, an answer holds what was found so far: all of it right, some may be missing.
    """

    @property
    def generation(self) -> int:
        """A number that grows with every commit that readers can see."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the archive."""

    def total(self) -> int:
        """How many articles can be found."""

    def find(self, plan: Plan, order: Order, deadline: Deadline) -> Rows:
        """The articles that match a plan, in order."""

    def count(self, plan: Plan, deadline: Deadline) -> int:
        """How many articles match a plan, near-duplicates included."""

    def facets(self, plan: Plan, fields: Sequence[str], most: int, deadline: Deadline) -> Facets:
        """The `most` most frequent values of each field over all articles that match a plan."""

    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first `limit` terms of a field that start with a prefix."""

    def close(self) -> None:
        """Close the files."""


class FullText(Protocol):
    """The index of one archive in an engine. Every method raises DamagedError where files are damaged."""

    engine: str
    """The name of the engine."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the documents."""

    def reader(self, values: DocValues) -> IndexReader:
        """The last commit, open for reading, beside what the catalogue knows."""

    def apply(self, documents: Iterable[Document], gone_ids: Iterable[str] = ()) -> None:
        """Put documents in place of those with the same ids and drop the gone ones, with the next commit."""

    def commit(self) -> None:
        """Make all that was applied lasting and visible, or nothing of it."""

    def discard(self) -> None:
        """Forget what was applied since the last commit."""

    def build(self, batches: Iterable[Sequence[Document]], processes: int = 2) -> Iterator[list[str]]:
        """Take many documents in as fast as the engine can; yields the ids of each commit as it is made.
        Documents whose process ended over them are left out."""

    def count(self) -> int:
        """How many documents there are."""

    def check(self) -> None:
        """Read everything through; raises DamagedError."""

    def close(self) -> None:
        """Close the files."""


class Engine(Protocol):
    """An index engine: what it can tell of a folder without opening it, and the way to open it."""

    @property
    def name(self) -> str:
        """What users call it."""

    def version(self) -> str | None:
        """The version of its library, None where that is not installed."""

    def checksums(self, folder: Path) -> str:
        """Whether the files in a folder are as they were written, at a quick look: ok, damaged, unchecked."""

    def exists(self, folder: Path) -> bool:
        """Whether a full text of today's version is in a folder; says nothing of what it holds."""

    def is_sound(self, folder: Path) -> bool:
        """Whether the files of a full text are as they were written; for the holder of the write lock.

        Every file is hashed where a reader met damage, else those whose times are not the ones noted; files
        of which nothing is known are noted as they are."""

    def damaged_files(self, folder: Path) -> list[str]:
        """The files that are not as they were written, each hashed in full."""

    def open(self, folder: Path, *, writable: bool) -> FullText:
        """The full text in a folder; an empty one where a reader finds none. Raises ArchiveError (the library
        is missing, or others could have written to the folder), and DamagedError."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms that follow each other, any of the alternatives in each slot; `slop` as in a phrase.

    `written` is how the query wrote it; `cut` is how many words matched a pattern that was cut to the most
    frequent ones, else 0; `form` are the exact terms (`document`) of a word, or of its parts: articles with
    them in turn rank first.
    """

    field: str | None
    slots: tuple[frozenset[str], ...]
    slop: int | None
    written: str
    cut: int = 0
    form: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entities:
    """Articles that mention any of these entities."""

    ids: tuple[str, ...]
    written: str


@dataclass(frozen=True, slots=True)
class Quotations:
    """Articles (by their ids) with quotations: by whom or about whom, and what is matched inside them."""

    field: str
    name: str
    entities: tuple[str, ...]
    words: Plan | None
    articles: tuple[str, ...]

    @property
    def written(self) -> str:
        """How the query wrote it."""
        return f"{self.field}:{self.name}"


@dataclass(frozen=True, slots=True)
class Kept:
    """Articles (by their ids) of which the user keeps something."""

    field: str
    value: str
    articles: tuple[str, ...]

    @property
    def written(self) -> str:
        """How the query wrote it."""
        return f"{self.field}:{self.value}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the parts."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any of the parts; `written` is how the query wrote what they are alternatives for, else ""."""

    parts: tuple[Plan, ...]
    written: str = ""


@dataclass(frozen=True, slots=True)
class Without:
    """What does not match the part."""

    part: Plan


@dataclass(frozen=True, slots=True)
class Within:
    """What matches the part where plain words are looked for in `field` in place of the whole article."""

    field: str
    part: Plan


PlanLeaf = Terms | Entities | Quotations | Kept | Dates | Everything
Plan = PlanLeaf | AllOf | AnyOf | Without | Within


def wanted(plan: Plan) -> Iterator[PlanLeaf]:
    """The leaves that a hit matches; what the query excludes is left out."""
    match plan:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from wanted(part)
        case Without():
            return
        case Within(_, part):
            yield from wanted(part)
        case _:
            yield plan
