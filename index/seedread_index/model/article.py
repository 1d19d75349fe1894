"""The values that extraction gives and every other folder uses: Article, Passage, Mention."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, NamedTuple

DateFrom = Literal["text", "metadata", "table", "path", "correction"]
"""Where the date of an article was found."""


class Span(NamedTuple):
    """A stretch of a text: offsets in code points, end exclusive."""

    start: int
    end: int


class PassageKind(StrEnum):
    """The kind of a passage of an article; see docs/contract.md."""

    TITLE = "title"
    DATE = "date"
    BYLINE = "byline"
    CREDIT = "credit"
    BODY = "body"
    BOILERPLATE = "boilerplate"


OF_HEADER = frozenset({PassageKind.TITLE, PassageKind.DATE, PassageKind.BYLINE})
"""The kinds of passages that give an article's title, date and author."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text of one kind; passages are ordered and never overlap."""

    start: int
    end: int
    kind: PassageKind


class EntityType(StrEnum):
    """The types that users see; `entity_type` maps OntoNotes labels to them."""

    PERSON = "person"
    PLACE = "place"
    ORG = "org"
    GROUP = "group"
    TIME = "time"
    MONEY = "money"
    EVENT = "event"
    OTHER = "other"


NAMED_TYPES = (EntityType.PERSON, EntityType.PLACE, EntityType.ORG, EntityType.GROUP)
"""The types that are highlighted and counted by default."""

_TYPE_OF_LABEL = {
    "PERSON": EntityType.PERSON,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "ORG": EntityType.ORG,
    "NORP": EntityType.GROUP,
    "DATE": EntityType.TIME,
    "TIME": EntityType.TIME,
    "MONEY": EntityType.MONEY,
    "PERCENT": EntityType.MONEY,
    "EVENT": EntityType.EVENT,
}
LABEL_OF_TYPE = {
    EntityType.PERSON: "PERSON",
    EntityType.PLACE: "GPE",
    EntityType.ORG: "ORG",
    EntityType.GROUP: "NORP",
    EntityType.EVENT: "EVENT",
}
"""The label of a mention of which only the type is known."""


def entity_type(label: str) -> EntityType:
    """The coarse type of an OntoNotes label; labels that are not shown are OTHER."""
    return _TYPE_OF_LABEL.get(label, EntityType.OTHER)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of an article's text that names something; `label` is OntoNotes', `entity` an entity's id."""

    start: int
    end: int
    text: str
    label: str
    entity: str | None = None

    @property
    def type(self) -> EntityType:
        """The coarse type of the label."""
        return entity_type(self.label)

    def of_type(self, kind: EntityType | None) -> Mention:
        """The same mention labelled as its entity's type, where that is known and another one."""
        if kind in (None, self.type) or kind not in LABEL_OF_TYPE:
            return self
        return replace(self, label=LABEL_OF_TYPE[kind])


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from beyond its file, and where its fields were read.

    `published` is ISO 8601 with the zone as given. `part_id` identifies the article among the parts of its
    file: its own id, its address or a hash of its text. The `…_from` are "text", "metadata", "table",
    "correction" or None.
    """

    url: str | None = None
    section: str | None = None
    published: str | None = None
    part_id: str | None = None
    title_from: str | None = None
    source_from: str | None = None
    author_from: str | None = None


def authors_of(author: str | None) -> list[str]:
    """The separate names in an author line; the whole line if it may be one name with a comma in it."""
    names = [name.strip() for name in re.split(r", | and | & |; ", author or "")]
    several = len(names) > 1 and all(" " in name for name in names)
    return (names if several else [author]) if author else []


UNSEEN = "\u00ad"
"""Replaces a character that is not displayed: a soft hyphen, which is not part of a word."""

_MOST_JOINED = 200
"""A passage of more line breaks is a run of lines, not a paragraph."""


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """One article as read and cleaned; every offset is in code points of `text`.

    `path` is relative to its root and cleaned for display, `path_bytes` are its true bytes. `part` is the
    line or key inside a file of several articles. `title` is never empty; `title_inferred` says that the
    file has no headline and the opening sentence is used. `author` is as in the byline or the metadata,
    several names separated by commas. `unseen` are the stretches inside passages, in order, that are not
    displayed: marks and addresses of Markdown, buttons in a dump, a hyphen at a line's end.
    """

    id: str
    path: str
    path_bytes: bytes
    part: str | None
    title: str
    title_inferred: bool
    date: dt.date | None
    date_from: DateFrom | None
    source: str | None
    lang: str
    text: str
    passages: tuple[Passage, ...]
    neutralised: int = 0
    mentions: tuple[Mention, ...] = ()
    copies: tuple[str, ...] = ()
    author: str | None = None
    origin: Origin = Origin()
    unseen: tuple[Span, ...] = ()

    @property
    def content_hash(self) -> str:
        """Identity of the text: equal for exact copies."""
        return content_hash(self.text)

    @property
    def visible_text(self) -> str:
        """The text with UNSEEN for each character that is not displayed; offsets are the same."""
        return _replaced(self.text, self.unseen, UNSEEN)

    @property
    def flowing_text(self) -> str:
        """The text with blanks for unseen characters and line breaks in paragraphs; offsets are the same."""
        text = _replaced(self.text, self.unseen, " ")
        pieces: list[str] = []
        at = 0
        for passage in self.passages:
            if 0 < text.count("\n", passage.start, passage.end) <= _MOST_JOINED:
                pieces += (text[at : passage.start], text[passage.start : passage.end].replace("\n", " "))
                at = passage.end
        return "".join((*pieces, text[at:])) if pieces else text

    def of_kind(self, *kinds: PassageKind) -> tuple[Passage, ...]:
        """The passages of the given kinds, in order."""
        return tuple(passage for passage in self.passages if passage.kind in kinds)


def _replaced(text: str, spans: Sequence[Span], character: str) -> str:
    """A text of the same length with one character in place of each of some spans'."""
    if not spans:
        return text
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], character * (end - start))
        at = end
    return "".join((*pieces, text[at:]))


def content_hash(text: str) -> str:
    """A hex hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def article_id(relative_path: bytes, part: str | None, salt: bytes = b"") -> str:
    """The id of an article: a hex hash of its path relative to its root and its part.

    `salt` distinguishes equal relative paths in two roots of one archive; the first one read has none.
    """
    digest = hashlib.sha256(relative_path + b"\0" + (part or "").encode("utf-8", "surrogatepass"))
    if salt:
        digest.update(b"\0" + salt)
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of an article that lists show, without its text; `words` excludes boilerplate."""

    id: str
    number: int
    path: str
    title: str
    title_inferred: bool
    date: dt.date | None
    source: str | None
    lang: str
    neutralised: int
    words: int
    author: str | None = None
    origin: Origin = Origin()


class SeenIds:
    """Which ids have come: by a hash of each, in eight bytes, where a set takes a hundred."""

    def __init__(self) -> None:
        self._portions: dict[int, bytearray] = {}

    def __contains__(self, each: str) -> bool:
        portion, written = self._place(each)
        return _holds(portion, written)

    def add(self, each: str) -> bool:
        """Note an id, and say whether it is new."""
        portion, written = self._place(each)
        new = not _holds(portion, written)
        if new:
            portion += written
        return new

    def _place(self, each: str) -> tuple[bytearray, bytes]:
        """Where the hash of an id stands, and the hash; of a million ids a portion has 2 KB."""
        hashed = hash(each)
        portion = self._portions.setdefault(hashed % 4096, bytearray())
        return portion, hashed.to_bytes(8, "little", signed=True)


def _holds(portion: bytearray, written: bytes) -> bool:
    place = portion.find(written)
    while place % len(written) and place >= 0:
        place = portion.find(written, place + 1)
    return place >= 0
