"""Which entity a correction is about, and why there is none: the same in an archive here and on a server."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from seedread_index.model.article import EntityType
from seedread_index.model.correction import Correction

_Id = TypeVar("_Id")
Find = Callable[[str, EntityType | None], tuple[_Id | None, str]]
"""Finds the entity with a name and a type (None: any); else says why there is none."""


def target_of(find: Find[_Id], correction: Correction) -> tuple[_Id | None, str]:
    """The entity that a merge or alias is into: of the type given, else of the source's, else of any."""
    target, problem = find(correction.into, correction.into_type or correction.type)
    if target is None and correction.into_type is None and correction.type is not None:
        return find(correction.into, None)
    return target, problem


def name_problem(name: str, kind: EntityType | None, count: int) -> str:
    """Why a name does not say which entity is meant, as `count` entities of a type have it; "" if it does."""
    if not count:
        return f"no article mentions {name}" + (f" as {kind}" if kind else "")
    if count > 1 and kind is None:
        return f"{name} is the name of several entities; give its type"
    return ""


def no_such_spelling(name: str) -> str:
    """Why a spelling cannot be corrected that no article has."""
    return f"no article contains {name}"
