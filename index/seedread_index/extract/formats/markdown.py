"""Markdown with its front matter."""

from __future__ import annotations

import re

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import Draft, Found, binary, empty
from seedread_index.extract.formats.front_matter import front_matter, is_day_of_clipping
from seedread_index.extract.reasons import FieldPlace, Where
from seedread_index.extract.records.record import fields_of
from seedread_index.extract.records.values import host_of
from seedread_index.extract.segmentation import Shape
from seedread_index.extract.segmentation.markup import seen_in

_HEADED, _HOST = (FieldPlace("title", Where.HEADING),), FieldPlace("source", Where.HOST)
_HEADING = re.compile(r"\s*(?:#[ \t]+(?P<first>[^\n]+?)[ \t]*#*[ \t]*|(?P<under>[^\n]+)\n=+[ \t]*)(?:\n|$)")


def read_markdown(data: bytes) -> Found:
    """Read a Markdown file with or without front matter in YAML, TOML or JSON, or the fields of a note."""
    decoded = decode(data)
    if decoded is None:
        return binary()
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    front = front_matter(text)
    if isinstance(front, Found):
        return front
    if front is None:
        return Found((Draft(text, title=_heading(text), shape=Shape.MARKDOWN, provenance=_HEADED),))
    body = text[front.start : front.end]
    found = fields_of(
        {key: str(value) if _is_number(value) else value for key, value in front.fields.items()},
        {},
        of_text=True,
    )
    title = seen_in(found.title) if found.title else _heading(body)
    if not body.strip() and not title:
        return empty()
    clipped = is_day_of_clipping(found)
    return Found(
        (
            Draft(
                body,
                title=title,
                date=None if clipped else found.date,
                published=None if clipped else found.published,
                author=seen_in(found.author) if found.author else None,
                source=found.source or host_of(found.url),
                lang=found.lang,
                url=found.url,
                section=found.section,
                shape=Shape.MARKDOWN,
                provenance=(
                    *(FieldPlace(field, Where.KEY, key) for field, key in found.keys),
                    *_HEADED,
                    _HOST,
                ),
            ),
        )
    )


def _is_number(value: object) -> bool:
    """Whether a value is a number, as YAML reads a title like 1984."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _heading(text: str) -> str | None:
    """The heading of the first level that a text opens with, as a reader sees it."""
    heading = _HEADING.match(text)
    return seen_in(f"# {heading['first'] or heading['under']}") if heading else None
