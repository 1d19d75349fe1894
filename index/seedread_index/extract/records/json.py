"""JSON and JSON lines: one article or many, in fields that their keys' words or the settings name."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source, lines_of
from seedread_index.extract.draft import Draft, Drafts, Found, binary, broken
from seedread_index.extract.records.identity import identified
from seedread_index.extract.records.json_stream import (
    BEFORE,
    DEEPEST,
    INVALID,
    Around,
    JsonLines,
    JsonPieces,
    Piece,
    TooLongError,
    invalid,
    value_of_json,
)
from seedread_index.extract.records.keys import rank
from seedread_index.extract.records.record import Fields, draft_of, fields_of, holds_articles, is_article
from seedread_index.extract.records.values import rows_of
from seedread_index.model.status import SkipStatus

_NO_ARTICLE = "is JSON without articles; name its fields in json_fields"
_NO_ARTICLES = "is JSON lines without articles; name their fields in json_fields"
_NOTEBOOK = "is a notebook of program cells (Jupyter); export it as Markdown to read it"
_PROSE, _LONG_PROSE = 60, 200
"""An object of nothing but a text is an article with so many characters: alone in its file, or deep in it."""
_SOME, _SOME_LINES = 200, 50


def read_json(source: Source, names: Mapping[str, str]) -> Drafts:
    """Read a JSON file: an article, a list of them, or either somewhere inside.

    Of a large file the lines, the elements of a list or what an object holds are read one after the other.
    """
    decoded = source.decoded()
    if decoded is None:
        return binary()
    if not source.is_whole:
        head = decoded.text.lstrip(BEFORE)
        lines = not head.startswith("[") and _are_lines(head)
        text = source.text() if lines or head.startswith(("[", "{")) else None
        if text is not None:
            return (yield from (_lines if lines else _pieces)(text, names))
        decoded = decode(source.all())
    return (yield from _whole(decoded.text if decoded else "", names))


def read_json_lines(source: Source, names: Mapping[str, str]) -> Drafts:
    """Read a file with one JSON value a line; good lines survive bad ones."""
    decoded = source.decoded()
    if decoded is None:
        return binary()
    if not decoded.text.strip():
        return Found((), SkipStatus.EMPTY, "contains no text")
    text = source.text() if _are_lines(decoded.text, whole=source.is_whole) else None
    return (yield from _lines(text, names) if text is not None else read_json(source, names))


def articles_in_values(
    values: Iterable[tuple[str, Any]], names: Mapping[str, str], around: Fields, depth: int
) -> Iterator[Draft]:
    """The articles in values that come one after the other with their parts, `depth` levels down."""
    return _in_records(values, names, depth, around, deep=depth > 2)


def articles_in_value(loaded: Any, names: Mapping[str, str]) -> tuple[Draft, ...]:
    """The articles in what a file of JSON, or of anything that was turned into it, holds."""
    drafts = list(_drafts(rows_of(loaded), names, ""))
    if len(drafts) == 1:
        return (replace(drafts[0], part=None, part_id=None),)
    return tuple(identified(drafts))


def is_json(text: str, *, whole: bool = True) -> bool:
    """Whether a text, or the head of one, is JSON, or its first lines each are."""
    head = text.lstrip(BEFORE)
    if not head.startswith(("{", "[")):
        return False
    if (whole and _is_value(text)) or _are_lines(head):
        return True
    pieces = JsonPieces(io.StringIO(head))
    return (
        sum(piece.key is None for piece in pieces) > bool(pieces.error)
        if whole
        else any(True for _ in pieces)
    )


def _whole(text: str, names: Mapping[str, str]) -> Drafts:
    if not text.strip():
        return broken("is an empty file, not JSON")
    try:
        loaded = value_of_json(text)
    except INVALID as error:
        stream = io.StringIO(text, newline="\n")
        if not _are_lines(text):
            several = str(error).startswith("Extra data")  # a value with more behind it
            return (yield from _pieces(stream, names, None if several else error))
        return (yield from _lines(stream, names, error))
    if isinstance(loaded, dict) and {"nbformat", "cells"} <= loaded.keys():
        return Found((), SkipStatus.SKIP, _NOTEBOOK)
    drafts = articles_in_value(loaded, names)
    if not drafts and not isinstance(loaded, (dict, list)):
        return broken(_NO_ARTICLE)
    return Found(drafts) if drafts else Found((), SkipStatus.SKIP, _NO_ARTICLE)


def _are_lines(text: str, *, whole: bool = False) -> bool:
    """Whether a text is one JSON value a line, by its first lines; a `whole` one that is a value is not."""
    lines = [line for line in itertools.islice(lines_of(io.StringIO(text, newline="\n")), _SOME) if line]
    lines = [line for line in lines if line.strip()][:_SOME_LINES]
    good = sum(_is_value(line.rstrip().rstrip(",")) for line in lines)
    if whole and good < len(lines):
        return good > 0 and not _is_value(text)
    return good > 0 and good * 2 >= len(lines)


def _is_value(text: str) -> bool:
    try:
        return isinstance(value_of_json(text), (dict, list))
    except INVALID:
        return False


def _lines(text: io.TextIOBase, names: Mapping[str, str], error: BaseException | None = None) -> Drafts:
    """The articles of JSON lines, line by line; `error` is why the whole is no JSON."""
    records = JsonLines(text)
    drafts = 0
    for draft in identified(_in_records(records, names)):
        drafts += 1
        yield draft
    if records.lost and drafts:
        return broken(f"{records.lost}the others are read")
    if drafts:
        return Found()
    if records.good > records.bad:
        return Found((), SkipStatus.SKIP, _NO_ARTICLES if records.good > 1 else _NO_ARTICLE)
    if records.too_long:
        return broken(f"{records.lost}split such lines into smaller ones")
    return broken(invalid(error or records.error))


def _pieces(text: io.TextIOBase, names: Mapping[str, str], error: BaseException | None = None) -> Drafts:
    """The articles in a list or an object, piece by piece; `error` is why the whole is no JSON."""
    drafts = 0
    elements = JsonPieces(text)
    around = Around(names)
    found = identified(_in_pieces(elements, around, names))
    held = list(itertools.islice(found, 2))
    if len(held) == 1:
        held = [replace(held[0], part=None, part_id=None)]
    for draft in itertools.chain(held, found):
        drafts += 1
        yield draft
    if around.is_notebook:
        return Found((), SkipStatus.SKIP, _NOTEBOOK)
    if elements.error:
        if not drafts:
            return broken(invalid(elements.error))
        after = f"after {drafts:,} article{'s' * (drafts != 1)}, which {'are' if drafts != 1 else 'is'} read"
        if isinstance(elements.error, TooLongError):
            return broken(f"has {elements.error} {after}; save it as JSON lines")
        return broken(f"is not valid JSON {after}; fetch it again")
    if error:
        return broken(invalid(error) if not drafts else "is not valid JSON, but all articles in it are read")
    return Found() if drafts else Found((), SkipStatus.SKIP, _NO_ARTICLE)


def _in_pieces(pieces: Iterable[Piece], around: Around, names: Mapping[str, str]) -> Iterator[Draft]:
    """The articles in what a large list or object holds, or objects that follow each other."""
    objects = itertools.count(1)
    for (path, listed), group in itertools.groupby(
        pieces, lambda piece: (piece.path, isinstance(piece.key, int))
    ):
        part = "".join(f"{key}." for key in path)
        if listed:
            outer = around.fields(path[:-1]) if path else None
            handed = Fields(source=outer.source, lang=outer.lang) if outer else None
            records = ((f"{part}{piece.key}", piece.value) for piece in group)
            for draft in _in_records(records, names, len(path) + 1, handed, deep=len(path) > 1):
                around.hold(path)
                yield draft
            continue
        for piece in group:
            if piece.key is None:
                yield from _at_end(path, around, names, ".".join(path) or str(next(objects)))
                continue
            around.note(piece)
            inner = isinstance(piece.value, dict)
            if not inner and not isinstance(piece.value, list):
                continue
            outer = around.fields(path)
            handed = outer if inner else Fields(source=outer.source, lang=outer.lang)
            for draft in _drafts(piece.value, names, f"{part}{piece.key}", len(path) + 1, handed):
                around.hold(path)
                yield draft


def _at_end(path: tuple[str, ...], around: Around, names: Mapping[str, str], part: str) -> Iterator[Draft]:
    """The article that a large object is itself; one that holds others needs a text of its own."""
    own, holds = around.end(path)
    fields, outer = fields_of(own, names), around.fields(path[:-1]) if path else None
    if not (holds and fields.weak) and _is_article(fields, own, len(path), alike=False, around=outer):
        around.hold(path)
        yield draft_of(fields, part, outer or Fields())


def _in_records(
    records: Iterable[tuple[int | str, Any]],
    names: Mapping[str, str],
    depth: int = 0,
    around: Fields | None = None,
    *,
    deep: bool = False,
) -> Iterator[Draft]:
    """The articles in the values of a list or of lines; whether they are alike the first of them tell.

    A `deep` list is within an object that is within another one: that its objects are alike says nothing.
    """
    waiting = iter(records)
    first = list(itertools.islice(waiting, _SOME))
    alike = not deep and _are_alike([value for _, value in first if isinstance(value, (dict, list))])
    for part, value in itertools.chain(first, waiting):
        yield from _drafts(value, names, str(part), depth, around, alike=alike)


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
    if depth > DEEPEST:
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
