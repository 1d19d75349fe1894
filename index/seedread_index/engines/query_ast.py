"""The parts of a parsed query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seedread_index.text.tokenizer import QueryWord

TEXT_FIELDS = ("title", "body", "source", "author", "section", "path", "url", "lang")
ENTITY_FIELDS = ("entity", "person", "place", "org", "group")
DATE_FIELDS = ("date", "since", "until")
QUOTATION_FIELDS = ("said", "about")
"""The fields of what somebody says, and of whom it is about."""
KEPT_FIELDS = ("is", "tag", "collection", "note")
"""The fields of what the user keeps of articles."""
IN = "in"
"""The field that names a part of the texts."""
FIELDS = (*TEXT_FIELDS, *DATE_FIELDS, *ENTITY_FIELDS, *QUOTATION_FIELDS, *KEPT_FIELDS, IN)


@dataclass(frozen=True, slots=True)
class KeptAs:
    """What the user keeps of articles: `is` starred, read or unread, a tag, or a word in notes."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Word:
    """One written word; `completing` while it may go on. Words such as O'Brien are several that follow on;
    `joined` is what they are without the marks between."""

    field: str | None
    text: str
    words: tuple[QueryWord, ...]
    completing: bool = False
    position: int = 0
    joined: QueryWord | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, or stand near each other with at most `slop` words between them."""

    field: str | None
    text: str
    words: tuple[QueryWord, ...]
    slop: int | None = None
    completing: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with * or ?; `prefix` is what comes before the first of them."""

    field: str | None
    prefix: str
    glob: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Regex:
    """Words that a regular expression matches from their first letter to their last."""

    field: str | None
    pattern: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word spelt with so many mistakes at most; two letters swapped are one mistake."""

    field: str | None
    text: str
    distance: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """An entity by any of its names; `field` says of which type."""

    field: str
    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation by somebody, or about one; `words` is a query that matches inside it, "" for any."""

    field: str
    name: str
    words: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Dates:
    """Articles dated from `first` to `last`, either of which may be open."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class BoilerplateMarker:
    """`in:boilerplate` as it was written; with what stands beside it, it becomes one `InBoilerplate`."""

    position: int = 0


@dataclass(frozen=True, slots=True)
class InBoilerplate:
    """Articles whose boilerplate alone matches the part."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What does not match the part."""

    part: Node


Words = Word | Phrase | Pattern | Regex | Fuzzy
Leaf = Everything | Words | Named | Quoted | KeptAs | Dates | BoilerplateMarker
Node = Leaf | And | Or | Not | InBoilerplate


def narrowed(node: Node, by: Node) -> Node:
    """A query narrowed to the articles that match another one as well."""
    if isinstance(node, Everything):
        return by
    if isinstance(by, Everything):
        return node
    parts, others = (each.parts if isinstance(each, And) else (each,) for each in (node, by))
    return And((*parts, *others))
