"""Evernote exports (ENEX): every note is an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from seedread_index.extract.draft import Draft, Drafts, Found, empty
from seedread_index.extract.reasons import Told, Where, told
from seedread_index.extract.records.record import identified
from seedread_index.extract.records.values import address_of, date_of, host_of
from seedread_index.extract.records.xml_elements import elements, local
from seedread_index.extract.web.plain_text import text_of

_RESOURCE = re.compile(r"<(data|recognition|alternate-data)\b[^<>]{0,500}>")
_LONGEST_TAG = 600
_PROLOGUE = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>")
_MEDIA = re.compile(r"<en-(?:media|todo|crypt)\b[^>]*>")
_TOLD = (
    *told(Where.ELEMENT, title="title", date="created", author="author", url="source-url"),
    Told("source", Where.HOST),
)


def read_notes(text: Iterable[str]) -> Drafts:
    """Read an export; attached files are left out, a clipped page's day is that of its clipping."""
    count = 0
    for count, draft in enumerate(identified(_notes(text)), 1):  # noqa: B007  # counted
        yield draft
    return Found() if count else empty("is an export of notes without notes; nothing to do")


def _without_resources(text: Iterable[str]) -> Iterator[str]:
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


def _notes(text: Iterable[str]) -> Iterator[Draft]:
    for number, note in enumerate(elements(_without_resources(text), "note"), 1):
        found = {local(child): "".join(child.itertext()).strip() for child in note}
        attributes = {
            local(one): "".join(one.itertext()).strip()
            for child in note
            if local(child) == "note-attributes"
            for one in child
        }
        url = address_of(attributes.get("source-url"))
        yield Draft(
            text_of(_MEDIA.sub(" ", _PROLOGUE.sub("", found.get("content", "")))),
            part=str(number),
            title=" ".join(found.get("title", "").split()) or None,
            date=date_of(found.get("created")),
            author=attributes.get("author") or None,
            source=host_of(url),
            url=url,
            part_id=None,
            told=_TOLD,
        )
