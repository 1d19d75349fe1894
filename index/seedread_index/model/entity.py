"""What an archive knows of a person, place or organisation: Entity, its card, and the key of a name."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from seedread_index.model.article import EntityType

LINKED = frozenset({EntityType.PERSON, EntityType.PLACE, EntityType.ORG, EntityType.GROUP, EntityType.EVENT})
"""Types whose mentions belong to entities; dates and sums do not."""

FILTER_WORDS, FILTER_CHARACTERS = 100, 10_000
"""The most that a filter of names takes, far more than any name has; SQLite has limits of its own."""


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
    spelled_alike: tuple[Entity, ...] = ()
    """Other persons who may be this one under another spelling; only the spelling suggests it."""


Months = tuple[tuple[tuple[int, int], int], ...]
"""Articles by (year, month), oldest first."""


def by_month(dates: Iterable[str | None]) -> Months:
    """How many articles are dated in each month, oldest first; dates are ISO 8601 or None."""
    return tuple(sorted(Counter((int(date[:4]), int(date[5:7])) for date in dates if date).items()))


_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_INITIALS = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)")
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


@lru_cache(maxsize=20_000)
def fold_name(name: str) -> str:
    """The key of a name, without case, diacritics, punctuation, leading article and possessive."""
    if name.isascii():
        text = " ".join(name.replace("`", "'").lower().split())
        if text.replace(" ", "").isalpha():
            return _ARTICLE.sub("", text)
    else:
        text = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
        text = "".join(c for c in text if not unicodedata.combining(c)).translate(_LETTERS)
        text = " ".join(text.split())
    text = _ARTICLE.sub("", _POSSESSIVE.sub("", text))
    text = _INITIALS.sub("", text).replace("'", "").replace("&", " and ")
    folded = " ".join(_PUNCTUATION.sub(" ", text).split())
    return folded or " ".join(name.split()).casefold()
