"""The fields that stand with a text in Markdown: front matter, or what a program of notes adds."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from seedread_index.extract.draft import HOSTILE, Draft, Found, broken, not_installed
from seedread_index.extract.formats.recognition import FRONT_OF_ORG
from seedread_index.extract.records.json_values import DECODER
from seedread_index.extract.records.keys import FIELDS, rank, words_of
from seedread_index.extract.records.record import Fields
from seedread_index.model.status import SkipStatus

_FRONT = re.compile(r"\s*^(---|\+\+\+)[ \t]*\n(.*?\n)?(?:\1|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)
_LONGEST_FRONT = 65_536
_JSON = re.compile(r'\s*\{\s*\n?\s*"')
_BROKEN = "has front matter that cannot be parsed; the text after it is read"
_JOPLIN = re.compile(r"(?:\A|\n\n)id: [0-9a-f]{32}\n((?:[a-z_]+:[^\n]*\n)+)type_: (\d+)\s*\Z")
_NOTE = "1"
_PROPERTIES = re.compile(r"\s*# [^\n]+\n\n((?:[A-Z][\w ]{1,40}: [^\n]+\n){2,40})(?=\n|\Z)")
_LEAST_KNOWN = 2
"""So many of the properties below a heading must be fields of an article."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a text, and where it begins and ends."""

    fields: dict[str, Any]
    start: int
    end: int


def front_matter(text: str) -> FrontMatter | Found | None:
    """The fields that stand with a text; None where none do, and what is found where they cannot be read."""
    start = text.lstrip("\ufeff \n")[:3]
    if start in {"---", "+++"}:
        front = _FRONT.match(text[:_LONGEST_FRONT])
        return _fenced(front, text) if front else None
    if start.startswith("{"):
        return _json(text)
    if front := FRONT_OF_ORG.match(text[:_LONGEST_FRONT]):
        return FrontMatter(_pairs(front[0].replace("#+", "")), front.end(), len(text))
    if note := _JOPLIN.search(text, max(0, len(text) - _LONGEST_FRONT)):
        return _joplin(note, text)
    if properties := _PROPERTIES.match(text):
        fields = _pairs(properties[1])
        known = sum(any(rank(field, key) is not None for field in FIELDS) for key in fields)
        return FrontMatter(fields, 0, len(text)) if known >= _LEAST_KNOWN else None
    return None


def is_day_of_clipping(found: Fields) -> bool:
    """Whether the only date of a note is that of its making, though it was clipped from a page."""
    key = dict(found.keys).get("date", "")
    return found.url is not None and "created" in words_of(key)


def _fenced(front: re.Match[str], text: str) -> FrontMatter | Found | None:
    fields = _toml(front[2] or "") if front[1] == "+++" else _yaml(front[2] or "")
    if isinstance(fields, Found):
        return fields
    if fields is None:
        return broken(_BROKEN, Draft(text[front.end() :]))
    return FrontMatter(fields, front.end(), len(text))


def _json(text: str) -> FrontMatter | None:
    """Front matter in JSON, as Hugo has it: an object with a text behind it."""
    if (opening := _JSON.match(text)) is None:
        return None
    try:
        fields, end = DECODER.raw_decode(text, text.index("{", 0, opening.end()))
    except (ValueError, RecursionError):
        return None
    return FrontMatter(fields, end, len(text)) if text[end:].strip() else None


def _joplin(note: re.Match[str], text: str) -> FrontMatter | Found:
    """A note of Joplin, its title in the first line and its fields at the end."""
    if note[2] != _NOTE:
        reason = "is a notebook, tag or attachment in an export of Joplin, not a note; skipped"
        return Found((), SkipStatus.SKIP, reason)
    title = text[: note.start()].lstrip().partition("\n")[0]
    start = text.index(title) + len(title)
    fields = _pairs(note[1])
    kept = {"title": title, "author": fields.get("author"), "url": fields.get("source_url")}
    kept["created"] = fields.get("user_created_time") or fields.get("created_time")
    return FrontMatter({key: value for key, value in kept.items() if value}, start, note.start())


def _pairs(lines: str) -> dict[str, Any]:
    pairs = (line.partition(":") for line in lines.split("\n"))
    return {key.strip().casefold(): value.strip() for key, colon, value in pairs if colon and value.strip()}


def _toml(source: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError):
        return None


def _yaml(source: str) -> dict[str, Any] | Found | None:
    try:
        import yaml
    except ImportError:
        return not_installed("reading front matter")
    try:
        loaded = yaml.safe_load(source)
    except (*HOSTILE, yaml.YAMLError):
        return None
    return {str(key).casefold(): value for key, value in loaded.items()} if isinstance(loaded, dict) else None
