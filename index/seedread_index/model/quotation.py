"""Quotations: what somebody says in an article, who it is, and for whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from seedread_index.model.article import Span


class QuotationKind(StrEnum):
    """How a statement stands in the text: in quotation marks, partly so, or in the article's own words."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words that name who speaks; `entity` and `name` are None where nobody is told."""

    text: str
    start: int
    end: int
    entity: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A statement in an article (by its id), with what is shown beside it.

    Offsets are those of `Article.text`; a direct one has its quotation marks. `cue` is the verb of saying,
    `for_whom` the id of the entity that a spokesman speaks for, `mentions` those of the entities inside it.
    """

    article: str
    path: str
    date: dt.date | None
    title: str
    source: str | None
    text: str
    start: int
    end: int
    kind: QuotationKind
    cue: str | None
    speaker: Speaker | None
    for_whom: str | None
    confidence: float
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A statement in the text of one article; offsets in code points of it, end exclusive.

    A direct one has its quotation marks, a mixed or indirect one is the reported clause. `speaker` are the
    words that name who speaks, here or where he or she was named before; `named` is the number of the mention
    among the article's that these words stand for, `for_whom` of the one that a spokesman speaks for.
    """

    start: int
    end: int
    kind: QuotationKind
    cue: Span | None
    speaker: Span | None
    named: int | None
    for_whom: int | None
    confidence: float
