"""What a user corrects of entities: Correction, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from seedread_index.model.article import EntityType
from seedread_index.model.entity import fold_name

CorrectionKind = Literal["merge", "alias", "split", "retype", "hide"]


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of entities, by their names; `type` may be left out where a name has only one.

    merge: the whole entity `name` is `into`; alias: the spelling `name` means `into`; split: the spelling
    `name` is an entity of its own; retype: the entity is of the type `to`; hide: the entity is not shown.
    `line` is where the correction starts in the user's file, 0 while it is in none.
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
                return f"{self.name}{kind} is {self.into}"
            case "alias":
                return f"the spelling {self.name} means {self.into}"
            case "split":
                return f"{self.name}{kind} stands for itself"
            case "retype":
                return f"{self.name}{kind} is of type {self.to}"
            case _:
                return f"{self.name}{kind} is hidden"

    def contradicts(self, other: Correction) -> bool:
        """Whether this correction and an earlier one cannot both be meant."""
        mine, its = fold_name(self.name), fold_name(other.name)
        same = mine == its and (self.type is None or other.type is None or self.type == other.type)
        target, its_target = fold_name(self.into), fold_name(other.into)
        joins = ("merge", "alias")
        if self.do in joins and other.do in joins:
            circle = mine == its_target and its == target and self.into_type in (None, other.type, self.type)
            return circle or (same and self.do == other.do and target != its_target)
        if {self.do, other.do} == {"retype"}:
            return same and self.to != other.to
        return same and {self.do, other.do} in ({"split", "alias"}, {"split", "merge"})


@dataclass(frozen=True, slots=True)
class CorrectionResult:
    """What a correction says in words, and what of the corrections does not fit this archive."""

    correction: str
    problems: tuple[str, ...] = ()
