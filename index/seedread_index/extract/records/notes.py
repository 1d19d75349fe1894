"""Evernote exports (ENEX): every note is an article."""

from __future__ import annotations

import re

from seedread_index.extract.draft import Draft, Found, empty
from seedread_index.extract.reasons import Told, Where, told
from seedread_index.extract.records.record import with_identities
from seedread_index.extract.records.values import address_of, date_of, host_of
from seedread_index.extract.records.xml_elements import elements, local
from seedread_index.extract.web.plain_text import text_of

_RESOURCE = re.compile(r"<(data|recognition|alternate-data)\b[^>]*>.*?</\1>", re.DOTALL)
_PROLOGUE = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>")
_MEDIA = re.compile(r"<en-(?:media|todo|crypt)\b[^>]*>")
_TOLD = (
    *told(Where.ELEMENT, title="title", date="created", author="author", url="source-url"),
    Told("source", Where.HOST),
)


def read_notes(text: str) -> Found:
    """Read an export; attached files are left out, a clipped page's day is that of its clipping."""
    drafts: list[Draft] = []
    for note in elements(_RESOURCE.sub("", text), "note"):
        found = {local(child): "".join(child.itertext()).strip() for child in note}
        attributes = {
            local(one): "".join(one.itertext()).strip()
            for child in note
            if local(child) == "note-attributes"
            for one in child
        }
        url = address_of(attributes.get("source-url"))
        drafts.append(
            Draft(
                text_of(_MEDIA.sub(" ", _PROLOGUE.sub("", found.get("content", "")))),
                part=str(len(drafts) + 1),
                title=" ".join(found.get("title", "").split()) or None,
                date=date_of(found.get("created")),
                author=attributes.get("author") or None,
                source=host_of(url),
                url=url,
                part_id=None,
                told=_TOLD,
            )
        )
    if not drafts:
        return empty("is an export of notes without notes; nothing to do")
    return Found(with_identities(drafts))
