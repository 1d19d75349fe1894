"""What an archive knows of a person, place or organisation: Entity and the card that tells of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seedread_index.article import EntityType


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie to another entity: `kind` is "demonym" (Turkish to Turkey)."""

    id: str
    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that articles mention; counts leave boilerplate and credits out."""

    id: str
    name: str
    type: EntityType
    articles: int
    mentions: int
    aliases: tuple[str, ...] = ()
    related: tuple[Relation, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AliasShare:
    """One spelling of an entity and how many of its mentions use it."""

    text: str
    mentions: int


@dataclass(frozen=True, slots=True)
class CoMention:
    """An entity that shares articles with another, and how many."""

    entity: Entity
    articles: int


@dataclass(frozen=True, slots=True, eq=False)
class EntityCard:
    """Everything that an entity's card shows; `months` counts articles by (year, month), oldest first."""

    entity: Entity
    aliases: tuple[AliasShare, ...]
    months: tuple[tuple[tuple[int, int], int], ...]
    co_mentions: tuple[CoMention, ...]
    latest: tuple[str, ...]
    """Ids of its articles, newest first."""
    mentioned_first: dt.date | None = None
    mentioned_last: dt.date | None = None
