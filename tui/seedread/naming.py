"""Queries and counts in words: `person:"Vladimir Putin"`, "1,204 articles"."""

from __future__ import annotations

from seedread_index.model.article import EntityType

_FIELDS = {
    EntityType.PERSON: "person",
    EntityType.PLACE: "place",
    EntityType.ORG: "org",
    EntityType.GROUP: "group",
}


def named(name: str, kind: EntityType) -> str:
    """The query for articles that mention somebody or something: person:"Vladimir Putin"."""
    quoted = name.replace('"', " ").strip()
    field = _FIELDS.get(kind)
    return f'{field}:"{quoted}"' if field else f'"{quoted}"'


def counted(count: int, noun: str) -> str:
    """A number with its noun: "1 article", "1,204 articles"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def excluding(query: str, named_query: str) -> str:
    """A query that excludes what another one matches."""
    query = query.strip()
    return f"({query}) -{named_query}" if " OR " in query else f"{query} -{named_query}".strip()
