"""Text with little markup: Markdown with its front matter, and subtitles (SRT, WebVTT)."""

from __future__ import annotations

import re
from itertools import pairwise

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


_TIME = re.compile(
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{3})\s+-->\s+(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{3})"
)
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE)
_HEADER = re.compile(r"(?:NOTE|STYLE|REGION)\b|(?:Kind|Language|X-TIMESTAMP-MAP)\s*[:=]")
_PAUSE = 2.0
"""Seconds of silence after which a new paragraph begins."""

_LONG = 600
_ENDS = (".", "!", "?", "…", '"', "”", "。")


def read_subtitles(data: bytes) -> Found:
    """Read subtitles; lines that roll up and are shown again are read once."""
    decoded = decode(data)
    if decoded is None:
        return binary()
    paragraphs = [""]
    before: list[str] = []
    ended = 0.0
    for start, end, lines in _cues(decoded.text.replace("\r\n", "\n").replace("\r", "\n")):
        fresh = lines
        for size in range(min(len(before), len(lines)), 0, -1):
            if before[-size:] == lines[:size]:
                fresh = lines[size:]
                break
        full = len(paragraphs[-1]) > _LONG and paragraphs[-1].endswith(_ENDS)
        if fresh and paragraphs[-1] and (start - ended > _PAUSE or full):
            paragraphs.append("")
        for line in fresh:
            paragraphs[-1] = f"{paragraphs[-1]} {line}".strip()
        before, ended = lines or before, end
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return Found((Draft(text),)) if text else empty("is a subtitle file without words; skipped")


def _cues(text: str) -> list[tuple[float, float, list[str]]]:
    """The start, the end and the lines of every cue."""
    cues: list[tuple[float, float, list[str]]] = []
    all_lines = text.split("\n")
    for line, following in pairwise([*all_lines, ""]):
        if match := _TIME.match(line.strip()):
            cues.append((_seconds(match, 1), _seconds(match, 5), []))
        elif (
            cues
            and not _HEADER.match(line)
            and not (line.strip().isdigit() and _TIME.match(following.strip()))
        ):
            plain = " ".join(_TAG.sub("", line).split())
            if plain:
                cues[-1][2].append(plain)
    return cues


def _seconds(match: re.Match[str], first: int) -> float:
    hours, minutes, seconds, thousandths = (int(match[first + n] or 0) for n in range(4))
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
