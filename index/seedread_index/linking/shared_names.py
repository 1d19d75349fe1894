"""Names, mentions and quotations of an article as other archives understand them.

They go by what a name is, its type, block and key, in place of the numbers of one catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from seedread_index.model.article import Span

_PART = "\x1f"
"""Stands between the parts of a name as articles are kept by."""


class Name(NamedTuple):
    """The fullest form of a name in an article: its type, the block that it is linked in, its key."""

    type: str
    block: str
    key: str

    def __str__(self) -> str:
        return _PART.join(self)

    @classmethod
    def parse(cls, text: str) -> Name:
        """The name that a text says."""
        return cls(*text.split(_PART))


class Use(NamedTuple):
    """How often a spelling stands for a name in one article, where it counts."""

    name: Name
    text: str
    key: str
    counted: int

    def __str__(self) -> str:
        return _PART.join((*self.name, self.key, self.text, str(self.counted)))

    @classmethod
    def parse(cls, kept: str) -> Use:
        """The use that a text says."""
        kind, block, head, key, text, counted = kept.split(_PART)
        return cls(Name(kind, block, head), text, key, int(counted))


class SharedMention(NamedTuple):
    """A mention and the name that it is of; None: of no entity."""

    start: int
    end: int
    label: str
    name: Name | None


class SharedQuotation(NamedTuple):
    """A quotation, whose it is and for whom by their names, and the names inside it."""

    span: Span
    kind: str
    cue: Span | None
    speaker: Span | None
    confidence: float
    named: Name | None
    for_whom: Name | None
    about: tuple[Name, ...]


class Names(NamedTuple):
    """The names of one article."""

    uses: Sequence[Use] = ()
    mentions: Sequence[SharedMention] = ()
    quotations: Sequence[SharedQuotation] = ()
