"""Lists of entities: what is looked for and in what order, on the server and in what the reader corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seedread_index.engines.opensearch.entities.document import Stored
from seedread_index.engines.opensearch.index import Query
from seedread_index.model.article import EntityType
from seedread_index.model.entity import fold_name

ORDERS: dict[str, list[Any]] = {
    "count": [{"mentions": "desc"}, {"articles": "desc"}, {"name": "asc"}, {"id": "asc"}],
    "articles": [{"articles": "desc"}, {"mentions": "desc"}, {"name": "asc"}, {"id": "asc"}],
    "name": [{"folded": "asc"}, {"type": "asc"}, {"id": "asc"}],
    "first": [{"first": {"order": "desc", "missing": "_last"}}, {"mentions": "desc"}, {"id": "asc"}],
    "rising": [{"rising": "desc"}, {"mentions": "desc"}, {"id": "asc"}],
}
KEYS: dict[str, Callable[[Mapping[str, Any]], tuple[Any, ...]]] = {
    "count": lambda each: (-each["mentions"], -each["articles"], each["name"], each["id"]),
    "articles": lambda each: (-each["articles"], -each["mentions"], each["name"], each["id"]),
    "name": lambda each: (each["folded"], each["type"], each["id"]),
    "first": lambda each: (-(each["first"] or 0), -each["mentions"], each["id"]),
    "rising": lambda each: (-each["rising"], -each["mentions"], each["id"]),
}
"""The same orders, of documents that the server does not have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What entities are looked for: of some types (empty: any), with words, a whole name or a part of one."""

    types: Sequence[EntityType] = ()
    words: Sequence[str] = ()
    name: str = ""
    part: str = ""

    def query(self) -> Query:
        """The query of the server's entities."""
        filters: list[Query] = [{"range": {"mentions": {"gt": 0}}}]
        if self.types:
            filters.append({"terms": {"type": [kind.value for kind in self.types]}})
        filters += [_wildcards(f"*{_plain(word)}*") for word in self.words]
        if self.name:
            filters.append({"term": {"spellings": self.name}})
        if self.part:
            plain = _plain(self.part)
            filters.append(_wildcards(f"{plain} *", f"* {plain}", f"* {plain} *"))
        return {"bool": {"filter": filters}}

    def fits(self, document: Mapping[str, Any]) -> bool:
        """Whether a document that the server does not have is one of them."""
        spellings = document["spellings"]
        return (
            document["mentions"] > 0
            and (not self.types or document["type"] in self.types)
            and all(any(word in each for each in spellings) for word in self.words)
            and (not self.name or self.name in spellings)
            and (not self.part or any(f" {self.part} " in f" {each} " for each in spellings))
        )


def _wildcards(*patterns: str) -> Query:
    either = [{"wildcard": {"spellings": {"value": pattern}}} for pattern in patterns]
    return {"bool": {"should": either, "minimum_should_match": 1}}


def _plain(folded: str) -> str:
    """A folded name with what is a pattern for the server taken as it is."""
    return "".join(f"\\{each}" if each in "*?\\" else each for each in folded)


def mentions_as(stored: Stored, folded: str, *, whole: bool) -> int:
    """How many of an entity's mentions are spelled by a name, or have it as a part."""
    inside = "" if whole else " "
    wanted = f"{inside}{folded}{inside}"
    spelled = ((f"{inside}{fold_name(text)}{inside}", count) for text, count in stored["shares"])
    return sum(count for text, count in spelled if (text == wanted if whole else wanted in text))
