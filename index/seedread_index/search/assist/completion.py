"""Completes the word, field or name at the cursor of a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedread_index.engines.query_ast import ENTITY_FIELDS, FIELDS
from seedread_index.model.article import EntityType
from seedread_index.model.deadline import Deadline
from seedread_index.search.facets import quoted
from seedread_index.search.query.lexer import sound
from seedread_index.text.folding import folded

if TYPE_CHECKING:
    from seedread_index.catalogue.entities.mentions import MentionStore
    from seedread_index.engines.whoosh.vocabulary import Vocabulary

_LAST = re.compile(r'(?:^|(?<=[\s(\-+!]))(?![\-+!])(?:([a-z]+):)?("?)([^\s"()]*|(?<=")[^"]*)$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in place of `start`..`end` of the query; `kind` is word, field or an entity's type, and
    `articles` how many articles have it (0 for a field)."""

    text: str
    start: int
    end: int
    kind: str
    articles: int = 0


def complete(
    text: str,
    cursor: int,
    limit: int,
    vocabulary: Vocabulary,
    mentions: MentionStore | None,
    *,
    deadline: Deadline,
) -> list[Completion]:
    """Completions at `cursor`, best first: fields and names before words; those found before the deadline."""
    cursor = max(0, min(cursor, len(text)))
    match = _LAST.search(sound(text[:cursor]))
    if match is None:
        return []
    field, quote, typed = (match[1] or "").lower(), match[2], match[3]
    if field and field not in FIELDS:
        field = ""
    start = match.start(2)
    found: list[Completion] = []
    if not field and not quote and typed:
        found += [
            Completion(f"{name}:", start, cursor, "field")
            for name in FIELDS
            if name.startswith(typed.lower())
        ]
    if mentions is not None and (field in ENTITY_FIELDS or (not field and len(typed) > 1)):
        found += _names(field, typed, (start, cursor), limit, mentions)
    if field in ("", "title", "body") and len(typed) > 1 and not deadline.over():
        seen = {completion.text.lower() for completion in found}
        for word, articles in vocabulary.starting(folded(typed), limit):
            if word not in seen:
                found.append(Completion(quote + word, start, cursor, "word", articles))
    return found[:limit]


def _names(
    field: str, typed: str, place: tuple[int, int], limit: int, mentions: MentionStore
) -> list[Completion]:
    types = [EntityType(field)] if field in ENTITY_FIELDS and field != "entity" else None
    wanted = folded(typed)
    found = []
    for entity in mentions.entities(types=types, filter=typed, sort="count", limit=limit * 4):
        names = folded(entity.name).split()
        if wanted and not any(
            folded(entity.name).startswith(wanted) or name.startswith(wanted) for name in names
        ):
            continue
        prefix = "" if field else "entity:"
        found.append(Completion(prefix + quoted(entity.name), *place, str(entity.type), entity.articles))
    return found[: limit if field else 3]
