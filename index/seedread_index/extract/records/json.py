"""JSON and JSON lines: one article or many, in fields that their keys' words or the settings name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import Draft, Found, binary, broken
from seedread_index.extract.records.keys import rank
from seedread_index.extract.records.record import (
    Fields,
    draft_of,
    fields_of,
    holds_articles,
    is_article,
    with_identities,
)
from seedread_index.model.status import SkipStatus

_DEEPEST = 8
_MOST_DIGITS = 400
_NO_ARTICLE = "is JSON that holds no article; name its fields in json_fields"
_NOTEBOOK = "is a notebook of program cells (Jupyter); export it as Markdown to read it"
_PROSE, _LONG_PROSE = 60, 200
"""An object of nothing but a text is an article with so many characters: alone in its file, or deep in it."""
_SOME = 200


def read_json(data: bytes, fields: Mapping[str, str]) -> Found:
    """Read a JSON file: an article, a list of them, or either somewhere inside."""
    decoded = decode(data)
    if decoded is None:
        return binary()
    if not decoded.text.strip():
        return broken("is empty where JSON should be")
    try:
        loaded = _loads(decoded.text)
    except (ValueError, RecursionError, MemoryError) as error:
        lines = _read_lines(decoded.text, fields)
        if lines is not None and (lines.drafts or lines.status is SkipStatus.SKIP):
            return lines
        return broken(f"is not valid JSON ({_message_for(error)}); fetch it again")
    if isinstance(loaded, dict) and "nbformat" in loaded and "cells" in loaded:
        return Found((), SkipStatus.SKIP, _NOTEBOOK)
    drafts = articles_in_value(loaded, fields)
    if not drafts and not isinstance(loaded, (dict, list)):
        return broken(_NO_ARTICLE)
    return Found(drafts) if drafts else Found((), SkipStatus.SKIP, _NO_ARTICLE)


def articles_in_value(loaded: Any, names: Mapping[str, str]) -> tuple[Draft, ...]:
    """The articles in what a file of JSON, or of anything told in its terms, holds."""
    drafts = list(_drafts(loaded, names, ""))
    if len(drafts) == 1:
        return (replace(drafts[0], part=None, part_id=None),)
    return with_identities(drafts)


def read_json_lines(data: bytes, fields: Mapping[str, str]) -> Found:
    """Read a file with one JSON value a line; good lines survive bad ones."""
    decoded = decode(data)
    if decoded is None:
        return binary()
    if not decoded.text.strip():
        return Found((), SkipStatus.EMPTY, "holds no text; nothing to do")
    found = _read_lines(decoded.text, fields)
    return found if found is not None and found.drafts else read_json(data, fields)


def is_json(text: str) -> bool:
    """Whether a text is JSON, or its first lines each are."""
    head = text.lstrip("\ufeff \t\r\n")
    if not head.startswith(("{", "[")):
        return False
    lines = [line for line in head[: _SOME * 1000].split("\n")[:_SOME] if line.strip()]
    for candidate in (lines[0], text):
        try:
            loaded = _loads(candidate)
        except (ValueError, RecursionError, MemoryError):
            continue
        if isinstance(loaded, (dict, list)) and (candidate is text or len(lines) == 1 or loaded):
            return True
    return False


def _read_lines(text: str, fields: Mapping[str, str]) -> Found | None:
    """The articles of JSON lines; None where fewer than two lines are JSON objects."""
    records: list[tuple[int, Any]] = []
    bad = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append((number, _loads(line)))
        except (ValueError, RecursionError, MemoryError):
            bad += 1
    objects = [value for _, value in records if isinstance(value, (dict, list))]
    alike = _are_alike(objects)
    drafts = [
        draft for number, value in records for draft in _drafts(value, fields, str(number), alike=alike)
    ]
    if bad and drafts:
        lines = "line that is" if bad == 1 else "lines that are"
        return broken(f"has {bad} {lines} not valid JSON; the others are read", *with_identities(drafts))
    if drafts:
        return Found(with_identities(drafts))
    if len(objects) > bad and len(objects) > 1:
        return Found(
            (), SkipStatus.SKIP, "is JSON lines that hold no article; name their fields in json_fields"
        )
    return None


def _loads(text: str) -> Any:
    return json.loads(text, parse_int=_integer, strict=False)


def _integer(digits: str) -> int | str:
    """An integer, or its digits where there are more than Python converts."""
    return int(digits) if len(digits) < _MOST_DIGITS else digits


def _message_for(error: BaseException) -> str:
    return "nested too deeply" if isinstance(error, (RecursionError, MemoryError)) else str(error)[:80]


def _drafts(
    value: Any,
    names: Mapping[str, str],
    part: str,
    depth: int = 0,
    around: Fields | None = None,
    *,
    alike: bool = False,
) -> Iterator[Draft]:
    """Every article in a JSON value; `part` is the path of keys and places to it.

    `around` are the fields of the object that holds this one, `alike` says that it is one of a list of many
    objects with the same keys.
    """
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        inner_alike = depth <= 1 and _are_alike(value)
        for place, inner in enumerate(value):
            if isinstance(inner, (dict, list)):
                inner_part = f"{part}.{place}" if part else str(place)
                yield from _drafts(inner, names, inner_part, depth + 1, around, alike=inner_alike)
        return
    if not isinstance(value, dict):
        return
    fields = fields_of(value, names)
    if _is_article(fields, value, depth, alike=alike, around=around):
        yield draft_of(fields, part or None, around or Fields())
        return
    for key, inner in value.items():
        if isinstance(inner, (dict, list)):
            handed = fields if isinstance(inner, dict) else Fields(source=fields.source, lang=fields.lang)
            inner_part = f"{part}.{key}" if part else str(key)
            yield from _drafts(inner, names, inner_part, depth + 1, handed)


def _is_article(
    fields: Fields, record: dict[str, Any], depth: int, *, alike: bool, around: Fields | None
) -> bool:
    if not fields.text.strip() or (fields.weak and any(map(holds_articles, record.values()))):
        return False
    if is_article(fields, alike=alike):
        return True
    if fields.weak:
        return False
    beside = around is not None and bool(around.title or around.date or around.url)
    named = depth == 0 and any(
        rank(name, str(key)) is not None for key in record for name in ("title", "date")
    )
    return beside or named or len(fields.text) >= (_PROSE if depth == 0 else _LONG_PROSE)


def _are_alike(values: list[Any]) -> bool:
    """Whether a list is of two objects or more that share their keys."""
    if len(values) < 2 or not all(isinstance(value, dict) for value in values):
        return False
    keys = set(values[0])
    return all(len(keys & set(value)) * 2 >= len(keys | set(value)) for value in values[:_SOME])
