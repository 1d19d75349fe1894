"""Quotations: what somebody says in an article, who it is, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seedread_index.model.article import Span


class QuotationKind(StrEnum):
    """How a statement stands in the text: in quotation marks, partly so, or in the article's own words."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


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
