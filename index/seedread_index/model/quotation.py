"""Quotations: what somebody says in an article, who it is, and for whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from seedread_index.model.article import Span


class QuotationKind(StrEnum):
    """How something is quoted: in quotation marks, partly in quotation marks, or in the article's words."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words that name the speaker; `entity` and `name` are None if the speaker is unknown."""

    text: str
    start: int
    end: int
    entity: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in an article (by its id), with what is shown beside it.

    Offsets are those of `Article.text`; a direct one has its quotation marks. `cue` is the verb of saying,
    `for_whom` the id of the entity that a spokesperson speaks for, `mentions` are the entities in it.
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
    """A quotation in the text of one article; offsets in code points, end exclusive.

    A direct one includes its quotation marks, a mixed or indirect one is the reported clause. `speaker` are
    the words that name the speaker, here or earlier in the text; `named` is the number of the mention in the
    article that these words refer to, `for_whom` of the one that a spokesperson speaks for.
    """

    start: int
    end: int
    kind: QuotationKind
    cue: Span | None
    speaker: Span | None
    named: int | None
    for_whom: int | None
    confidence: float
