"""A query made ready for one commit of the index: words as terms, names as entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seedread_index.engines.query_ast import Dates, Everything


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
