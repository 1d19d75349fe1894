"""Exports of notes (Evernote), whose notes are articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from seedread_index.extract.draft import Draft
from seedread_index.extract.reasons import FieldPlace, Where, provenance
from seedread_index.extract.records.values import address_of, date_of, host_of
from seedread_index.extract.records.xml_elements import XmlEvents, elements, local
from seedread_index.extract.web.plain_text import text_of

_RESOURCE = re.compile(r"<(data|recognition|alternate-data)\b[^<>]{0,500}>")
_LONGEST_TAG = 600
_PROLOGUE = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>")
_MEDIA = re.compile(r"<en-(?:media|todo|crypt)\b[^>]*>")
_OF_NOTE = (
    *provenance(Where.ELEMENT, title="title", date="created", author="author", url="source-url"),
    FieldPlace("source", Where.HOST),
)


def without_resources(text: Iterable[str]) -> Iterator[str]:
    """The text without what is attached to the notes, which may be larger than all of them."""
    held, inside = "", ""
    for piece in text:
        held += piece
        while True:
            if inside:
                end = held.find(inside)
                if end < 0:
                    held = held[-_LONGEST_TAG:]
                    break
                held, inside = held[end + len(inside) :], ""
            elif begin := _RESOURCE.search(held):
                yield held[: begin.start()]
                held, inside = held[begin.end() :], f"</{begin[1]}>"
            else:
                yield held[:-_LONGEST_TAG]
                held = held[-_LONGEST_TAG:]
                break
    if not inside:
        yield held


def notes_of(events: XmlEvents) -> Iterator[Draft]:
    """The notes of an export; attached files are left out.

    The day on which a page was clipped counts only where the page does not say its own.
    """
    for number, note in enumerate(elements(events, "note"), 1):
        found = {local(child): "".join(child.itertext()).strip() for child in note}
        attributes = {
            local(one): "".join(one.itertext()).strip()
            for child in note
            if local(child) == "note-attributes"
            for one in child
        }
        url = address_of(attributes.get("source-url"))
        created = date_of(found.get("created"))
        yield Draft(
            text_of(_MEDIA.sub(" ", _PROLOGUE.sub("", found.get("content", "")))),
            part=str(number),
            title=" ".join(found.get("title", "").split()) or None,
            date=None if url else created,
            made=created if url else None,
            author=attributes.get("author") or None,
            source=host_of(url),
            url=url,
            part_id=None,
            provenance=_OF_NOTE,
        )
