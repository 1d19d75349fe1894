"""Why an article is what it is: where its fields come from, and which rule gave each passage its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from seedread_index.model.article import Article, PassageKind


class FileState(StrEnum):
    """The state of the file that is re-read to explain its article."""

    READ = "read"
    CHANGED = "changed"
    """Its text differs from the index; the explanation describes the file as it is now."""

    GONE = "gone"
    UNREADABLE = "unreadable"
    ELSEWHERE = "elsewhere"
    """It lies with an indexer of a shared archive."""


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a field: `origin` is as in `date_from` of the contract, `where` the place in words."""

    value: str
    origin: str | None
    where: str | None

    @property
    def place(self) -> str:
        """Where the value was read, in words; empty where that is not known."""
        kind = _ORIGINS.get(self.origin or "", "")
        if not kind or not self.where or self.where == kind:
            return kind or self.where or ""
        return f"{kind} ({self.where})"


_ORIGINS = {
    "text": "the text",
    "metadata": "the metadata",
    "table": "the metadata table",
    "path": "the path of the file",
    "correction": "you",
}


@dataclass(frozen=True, slots=True)
class ExplainedField:
    """A field of an article with the value that is used, and the values that it overrides."""

    name: str
    chosen: FieldValue | None
    others: tuple[FieldValue, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the value comes from, and which others it overrides, one sentence each."""
        place = self.chosen.place if self.chosen is not None else ""
        chosen = self.chosen.origin if self.chosen is not None else None
        beats = "you override" if chosen == "correction" else f"{_ORIGINS.get(chosen or '', 'it')} overrides"
        if self.chosen is None:
            beats = "not taken from"
        others = tuple(f"{beats} {other.place}: {other.value}" for other in self.others)
        return (f"from {place}", *others) if place else others


@dataclass(frozen=True, slots=True)
class ExplainedPassage:
    """A passage of an article and the rule that made it one, in words; offsets in code points, end exclusive.

    `signs` are what the rule's vocabulary found in it. `why` is None where the file could not be read again.
    """

    start: int
    end: int
    kind: PassageKind
    why: str | None = None
    signs: tuple[str, ...] = ()

    @property
    def because(self) -> str:
        """The rule and what it found, in words."""
        return f"{self.why or ''} ({', '.join(self.signs)})" if self.signs else self.why or ""


@dataclass(frozen=True, slots=True, eq=False)
class ArticleExplanation:
    """An article with its reasons; without those of the rules where its file is gone or cannot be read.

    `format` is what the file was read as, by its name in `index --dry-run`; `read_as` and `recognised_by`
    say it in words. `note` says what is to be known of the file, in a sentence or not at all.
    """

    article: Article
    state: FileState
    fields: tuple[ExplainedField, ...]
    passages: tuple[ExplainedPassage, ...]
    format: str | None = None
    read_as: str | None = None
    recognised_by: str | None = None
    note: str = ""

    @property
    def runs(self) -> Iterator[tuple[ExplainedPassage, ...]]:
        """The passages, those in a row together that have one kind for one reason."""
        for _, run in groupby(self.passages, lambda each: (each.kind, each.because)):
            yield tuple(run)
