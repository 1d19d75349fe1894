"""Corrections by the user: Correction of entities, ArticleCorrection of articles, and their results."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Literal

from seedread_index.model.article import EntityType, Span, article_id
from seedread_index.model.entity import fold_name

CorrectionKind = Literal["merge", "alias", "split", "retype", "hide", "add"]
ArticleCorrectionKind = Literal["title", "date", "source", "author", "boilerplate", "body", "no_name"]

CLEAR = "none"
"""What users type to clear a field."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of entities, by their names; `type` may be left out where a name has only one.

    merge: merge entity `name` into `into`; alias: the spelling `name` means `into`; split: make the spelling
    `name` a separate entity; retype: change the type to `to`; hide: hide the entity; add: find `name` as an
    entity of the type everywhere. `line` is where the correction starts in the user's file, 0 if it is not
    in the file.
    """

    do: CorrectionKind
    name: str
    type: EntityType | None = None
    into: str = ""
    into_type: EntityType | None = None
    to: EntityType | None = None
    line: int = field(default=0, compare=False)

    def __str__(self) -> str:
        """The correction in words, for a status line."""
        kind = f" ({self.type})" if self.type else ""
        match self.do:
            case "merge":
                return f"merged {self.name}{kind} into {self.into}"
            case "alias":
                return f"added the spelling {self.name} to {self.into}"
            case "split":
                return f"split off {self.name}{kind}"
            case "retype":
                return f"changed the type of {self.name}{kind} to {self.to}"
            case "add":
                return f"added the name {self.name}{kind}"
            case _:
                return f"hid {self.name}{kind}"

    def contradicts(self, other: Correction) -> bool:
        """Whether this correction contradicts an earlier one."""
        mine, its = fold_name(self.name), fold_name(other.name)
        same = mine == its and (self.type is None or other.type is None or self.type == other.type)
        target, its_target = fold_name(self.into), fold_name(other.into)
        joins = ("merge", "alias")
        if self.do in joins and other.do in joins:
            circle = mine == its_target and its == target and self.into_type in (None, other.type, self.type)
            return circle or (same and self.do == other.do and target != its_target)
        if {self.do, other.do} == {"retype"}:
            return same and self.to != other.to
        if {self.do, other.do} == {"add"}:
            return mine == its and self.type != other.type
        return same and {self.do, other.do} in ({"split", "alias"}, {"split", "merge"}, {"add", "hide"})


@dataclass(frozen=True, slots=True)
class CorrectionResult:
    """A correction in words, and the corrections that cannot be applied to this archive."""

    correction: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleCorrection:
    """One correction of articles, given by their ids.

    title, date, source, author: set the field to `value`, a date as YYYY-MM-DD; None clears it. boilerplate,
    body: mark the passage `span` of one article as that, in code points of its text, end exclusive; no_name:
    mark the words there as not a name.
    """

    do: ArticleCorrectionKind
    articles: tuple[str, ...]
    value: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ArticleName:
    """How the user's file refers to an article: its path relative to its root, and the id of its part.

    `given_id` is its id where the two do not make it: a path that is not UTF-8, or one of two roots.
    """

    path: str
    part: str | None = None
    given_id: str | None = None

    @property
    def id(self) -> str:
        """The id of the article."""
        return self.given_id or article_id(os.fsencode(self.path), self.part)


@dataclass(frozen=True, slots=True)
class TextQuote:
    """A passage by its words, after the TextQuoteSelector of the W3C's Web Annotation Data Model.

    `text` is the passage or, of a long one, its beginning; `before` and `after` stand around it. `start` and
    `length` are in code points of the article's text; `hash` is that of the whole passage where it is long.
    """

    text: str
    before: str
    after: str
    start: int
    length: int
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class KeptArticleCorrection:
    """A correction of articles as the user's file keeps it; `line` is where it starts there, 0 in no file."""

    do: ArticleCorrectionKind
    articles: tuple[ArticleName, ...]
    value: str | None = None
    quote: TextQuote | None = None
    line: int = field(default=0, compare=False)

    def __str__(self) -> str:
        """The correction in words, for a status line."""
        name = self.articles[0].path
        if more := len({each.path for each in self.articles}) - 1:
            name += f" and {more:,} more"
        if self.quote is None:
            return f"set the {self.do} of {name} to {self.value or 'none'}"
        words = " ".join(self.quote.text.split())
        shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
        what = "not a name" if self.do == "no_name" else self.do
        return f"marked “{shown}” in {name} as {what}"


_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ListedCorrection:
    """A correction of articles in the user's file, and why it is not applied; empty where it is."""

    correction: KeptArticleCorrection
    problem: str = ""
