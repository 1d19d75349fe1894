"""JSON and JSON lines: one article or many, in fields that their keys' words or the settings name."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import Draft, Drafts, Found, binary, broken
from seedread_index.extract.records.exports.telegram import CHAT, is_chat
from seedread_index.extract.records.identity import identified
from seedread_index.extract.records.json_stream import (
    Around,
    JsonLines,
    JsonPieces,
    Piece,
    are_lines,
)
from seedread_index.extract.records.json_values import (
    BEFORE,
    INVALID,
    TooLongError,
    bare,
    invalid,
    opening,
    past_opening,
    value_of_dialect,
    value_of_json,
    without_shell_types,
)
from seedread_index.extract.records.nested import (
    are_alike,
    articles_in_value,
    drafts_in,
    in_records,
    is_nested_article,
)
from seedread_index.extract.records.record import Fields, draft_of, fields_of
from seedread_index.model.status import SkipStatus

_NO_ARTICLE = "is JSON without articles; name its fields in json_fields"
_NO_ARTICLES = "is JSON lines without articles; name their fields in json_fields"
_FIRST_MEMBERS = 12
"""By so many members of a large object it is told whether it holds records by their ids."""
_NOTEBOOK = "is a notebook of program cells (Jupyter); export it as Markdown to read it"


def read_json(source: Source, names: Mapping[str, str]) -> Drafts:
    """Read a JSON file: an article, a list of them, or either somewhere inside.

    Of a large file the lines, the elements of a list or what an object holds are read one after the other.
    """
    decoded = source.decoded()
    if decoded is None:
        return binary()
    if is_chat(decoded.text):
        return Found((), SkipStatus.SKIP, CHAT)
    if not source.is_whole:
        start = opening(decoded.text)
        head = decoded.text[start:].lstrip(BEFORE)
        lines = not start and not head.startswith("[") and are_lines(head)
        text = source.text() if lines or head.startswith(("[", "{")) else None
        if text is not None and lines:
            return (yield from _lines(text, names))
        if text is not None:
            return (yield from _pieces(past_opening(text, decoded.text), names, in_program=start > 0))
        decoded = decode(source.all())
    return (yield from _whole(decoded.text if decoded else "", names))


def read_loaded(source: Source, name: bytes, names: Mapping[str, str], otherwise: str) -> Drafts:
    """Read the JSON that a script loads, as Twitter's archives have it, if it holds an article with a day.

    Any other file is left out for the reason given by `otherwise`.
    """
    decoded = source.decoded() if name.lower().endswith(b".js") else None
    if decoded is not None and opening(decoded.text):
        stream = read_json(source, names)
        try:
            first = next(stream)
        except StopIteration as end:
            found: Found = end.value
            if found.reason == CHAT or any(draft.date for draft in found.drafts):
                return found
        else:
            if first.date:
                yield first
                return (yield from stream)
    return Found((), SkipStatus.SKIP, otherwise)


def read_json_lines(source: Source, names: Mapping[str, str]) -> Drafts:
    """Read a file with one JSON value a line; good lines survive bad ones."""
    decoded = source.decoded()
    if decoded is None:
        return binary()
    if not decoded.text.strip():
        return Found((), SkipStatus.EMPTY, "contains no text")
    text = source.text() if are_lines(decoded.text, whole=source.is_whole) else None
    return (yield from _lines(text, names) if text is not None else read_json(source, names))


def _whole(text: str, names: Mapping[str, str]) -> Drafts:
    text = bare(text)
    if not text.strip():
        return broken("is an empty file, not JSON")
    try:
        loaded = value_of_json(text)
    except INVALID as error:
        if drafts := _of_dialect(text, names):
            return Found(drafts)
        stream = io.StringIO(text, newline="\n")
        if not are_lines(text):
            several = str(error).startswith("Extra data")  # a value with more behind it
            return (yield from _pieces(stream, names, None if several else error))
        return (yield from _lines(stream, names, error))
    if isinstance(loaded, dict) and {"nbformat", "cells"} <= loaded.keys():
        return Found((), SkipStatus.SKIP, _NOTEBOOK)
    drafts = articles_in_value(loaded, names)
    if not drafts and not isinstance(loaded, (dict, list)):
        return broken(_NO_ARTICLE)
    return Found(drafts) if drafts else Found((), SkipStatus.SKIP, _NO_ARTICLE)


def _of_dialect(text: str, names: Mapping[str, str]) -> tuple[Draft, ...]:
    """The articles in what MongoDB's shell or Python has printed; none in anything else."""
    plain = without_shell_types(text)
    try:
        loaded = value_of_json(plain) if plain != text else value_of_dialect(text)
    except INVALID:
        return ()
    return articles_in_value(loaded, names)


def _lines(text: io.TextIOBase, names: Mapping[str, str], error: BaseException | None = None) -> Drafts:
    """The articles of JSON lines, line by line; `error` is why the whole is no JSON."""
    records = JsonLines(text)
    drafts = 0
    for draft in identified(in_records(records, names)):
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


def _pieces(
    text: io.TextIOBase,
    names: Mapping[str, str],
    error: BaseException | None = None,
    *,
    in_program: bool = False,
) -> Drafts:
    """The articles in a list or an object, piece by piece; `error` is why the whole is no JSON."""
    drafts = 0
    elements = JsonPieces(text, in_program=in_program)
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
            for draft in in_records(records, names, len(path) + 1, handed, deep=len(path) > 1):
                around.hold(path)
                yield draft
            continue
        first = list(itertools.islice(group, _FIRST_MEMBERS))
        many = are_alike([piece.value for piece in first if isinstance(piece.value, dict)])
        for piece in itertools.chain(first, group):
            if piece.key is None:
                yield from _at_end(path, around, names, ".".join(path) or str(next(objects)))
                continue
            around.note(piece)
            inner = isinstance(piece.value, dict)
            if not inner and not isinstance(piece.value, list):
                continue
            outer = around.fields(path)
            handed = outer if inner and not many else Fields(source=outer.source, lang=outer.lang)
            for draft in drafts_in(piece.value, names, f"{part}{piece.key}", len(path) + 1, handed):
                around.hold(path)
                yield draft


def _at_end(path: tuple[str, ...], around: Around, names: Mapping[str, str], part: str) -> Iterator[Draft]:
    """The article that a large object is itself; one that holds others needs a text of its own."""
    own, holds = around.end(path)
    fields, outer = fields_of(own, names), around.fields(path[:-1]) if path else None
    if not (holds and fields.weak) and is_nested_article(fields, own, len(path), alike=False, around=outer):
        around.hold(path)
        yield draft_of(fields, part, outer or Fields())
