"""The JSON shapes of quotations, cards, library, notes and saved searches (docs/contract.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from seedread.cli.output.json_shapes import SCHEMA, Shape, entity
from seedread.cli.streams.stderr import Messages
from seedread_index.archive import Archive, clean_line
from seedread_index.model.article import Span
from seedread_index.model.entity import EntityCard
from seedread_index.model.library import Kept, LibraryError, Note, SavedSearchCount
from seedread_index.model.quotation import Quotation

if TYPE_CHECKING:
    from seedread_index.model.article import Header


MARKS = ("tags", "starred", "read")
"""What the user's marks add to the shape of an article."""


class Marks:
    """The user's marks on the articles of an archive, as they were when this was made.

    A library that cannot be read is reported, and no article has marks then.
    """

    def __init__(self, archive: Archive, messages: Messages) -> None:
        self._kept: Mapping[str, Kept] = {}
        self._read = archive.read_ids()
        try:
            self._kept = archive.library().here()
        except LibraryError as error:
            messages.warning(f"cannot show stars and tags: {error.message}")

    def of(self, article_id: str) -> Shape:
        """The marks on one article, for its shape."""
        kept = self._kept.get(article_id)
        return {
            "tags": list(kept.tags) if kept else [],
            "starred": bool(kept and kept.starred_at),
            "read": article_id in self._read,
        }


def kept(value: Kept, header: Header | None) -> Shape:
    """The shape of what is kept of an article; `header` is None where it is not in this archive."""
    return {
        "schema": SCHEMA,
        "id": header.id if header else None,
        "path": header.path if header else value.article.path,
        "file": clean_line(value.article.file),
        "title": header.title if header else value.article.title,
        "date": header.date.isoformat() if header and header.date else None,
        "starred_at": value.starred_at,
        "tags": list(value.tags),
        "notes": [note.id for note in value.notes],
        "collections": list(value.collections),
        "passages": [{"star": each.id, "text": each.quote.text} for each in value.passages if each.quote],
    }


def note(value: Note, article_id: str | None, place: Span | None) -> Shape:
    """The shape of one row of `note --list`; `place` is where its passage stands in the text of today."""
    return {
        "schema": SCHEMA,
        "note": value.id,
        "id": article_id,
        "path": value.article.path,
        "title": value.article.title,
        "text": value.text,
        "quote": value.quote.text if value.quote else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "drifted": value.quote is not None and place is None and article_id is not None,
        "at": value.at,
    }


def saved_search(value: SavedSearchCount) -> Shape:
    """The shape of one row of `saved`."""
    return {
        "schema": SCHEMA,
        "name": value.search.name,
        "query": value.search.query,
        "added": value.search.added,
        "total": value.total,
        "new": value.new,
    }


def quotation(value: Quotation) -> Shape:
    """The shape of one row of `quotes`."""
    speaker = value.speaker
    return {
        "schema": SCHEMA,
        "article": value.article,
        "path": value.path,
        "date": value.date.isoformat() if value.date else None,
        "text": value.text,
        "start": value.start,
        "end": value.end,
        "kind": value.kind.value,
        "cue": value.cue,
        "speaker": speaker and asdict(speaker),
        "for": value.for_whom,
        "title": value.title,
        "source": value.source,
        "confidence": value.confidence,
        "mentions": list(value.mentions),
    }


def card(value: EntityCard) -> Shape:
    """The shape of an entity's card: the entity, its spellings, and what it appears with."""
    return {
        **entity(value.entity),
        "spellings": [{"text": each.text, "mentions": each.mentions} for each in value.aliases],
        "months": [
            {"month": f"{year:04}-{month:02}", "articles": count} for (year, month), count in value.months
        ],
        "mentioned_with": [
            {
                "id": each.entity.id,
                "name": each.entity.name,
                "type": each.entity.type.value,
                "articles": each.articles,
            }
            for each in value.co_mentions
        ],
        "latest": list(value.latest),
        "spelled_alike": [{"id": each.id, "name": each.name} for each in value.spelled_alike],
    }
