"""A small check of JSON against the shapes of docs/contract.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], bool]


def one_of(*values: object) -> Check:
    return lambda found: found in values


def many(check: Any) -> list[Any]:
    return [check]


def maybe(check: Any) -> tuple[Any]:
    return (check,)


def matching(pattern: str) -> Check:
    return lambda found: isinstance(found, str) and re.fullmatch(pattern, found) is not None


HEX = matching("[0-9a-f]+")
DATE = matching(r"\d{4}-\d\d-\d\d")
TYPES = one_of("person", "place", "org", "group", "time", "money", "event", "other")
KINDS = one_of("title", "date", "byline", "credit", "body", "boilerplate")
SPAN: Check = lambda found: len(found) == 2 and 0 <= found[0] <= found[1]  # noqa: E731

FROM = one_of("text", "metadata", "table", "correction")
ORIGIN = {
    "author": maybe(str),
    "authors": many(str),
    "url": maybe(str),
    "section": maybe(str),
    "published": maybe(str),
}
ARTICLE = {
    "schema": one_of(1),
    "id": HEX,
    "path": str,
    "path_hex": HEX,
    "part": maybe(str),
    "copies": many(str),
    "title": matching(".+"),
    "title_inferred": bool,
    "date": maybe(DATE),
    "date_from": maybe(one_of("text", "metadata", "table", "path", "correction")),
    "source": maybe(str),
    **ORIGIN,
    "part_id": maybe(str),
    "title_from": maybe(FROM),
    "source_from": maybe(FROM),
    "author_from": maybe(FROM),
    "lang": str,
    "text": str,
    "passages": many({"start": int, "end": int, "kind": KINDS}),
    "mentions": many(
        {
            "start": int,
            "end": int,
            "text": str,
            "label": matching("[A-Z_]+"),
            "type": TYPES,
            "entity": maybe(HEX),
        }
    ),
    "neutralised": int,
}
HIT = {
    "schema": one_of(1),
    "id": HEX,
    "path": str,
    "title": matching(".+"),
    "date": maybe(DATE),
    "source": maybe(str),
    **ORIGIN,
    "score": (int, float),
    "hits": int,
    "spans": many(SPAN),
    "snippets": many({"text": str, "start": int, "end": int, "marks": many(SPAN)}),
}
RESULTS = {
    "schema": one_of(1),
    "query": str,
    "explained": str,
    "total": int,
    "more_with_forms": int,
    "with_forms": maybe(str),
    "elapsed_ms": (int, float),
    "hits": many(HIT),
}
ENTITY = {
    "schema": one_of(1),
    "id": HEX,
    "name": matching(".+"),
    "type": TYPES,
    "articles": int,
    "mentions": int,
    "aliases": many(str),
    "related": many({"id": HEX, "kind": one_of("demonym")}),
}
STATUS = {
    "schema": one_of(1),
    "folders": many(str),
    "articles": int,
    "searchable": int,
    "annotated": int,
    "engine": str,
    "owner": maybe(str),
    "changed_at": maybe(matching(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")),
    "writer": maybe({"pid": int, "since": str}),
    "skipped": many(
        {
            "path": str,
            "path_hex": HEX,
            "status": one_of("empty", "binary", "broken", "skip", "denied", "retry"),
            "reason": matching(".+"),
        }
    ),
    "files": {"seen": int, "read": int, "copies": int, "left_out": int},
    "left_out": many({"rule": str, "count": int}),
    "metadata_table": maybe(str),
    "index_engine": {
        "name": one_of("whoosh", "tantivy"),
        "version": maybe(str),
        "checksums": one_of("ok", "damaged", "unchecked"),
    },
    "corrections": {"articles": int, "not_applied": int},
}
CORRECTION = {
    "schema": one_of(1),
    "do": one_of("title", "date", "source", "author", "boilerplate", "body", "no_name"),
    "articles": many({"path": str, "part": maybe(str), "id": HEX}),
    "value": maybe(str),
    "text": maybe(str),
    "line": int,
    "problem": maybe(str),
}


def assert_shape(found: Any, shape: Any, where: str = "$") -> None:
    """Fail where a value has not the shape; fields may be more, never fewer."""
    if isinstance(shape, dict):
        assert isinstance(found, dict), where
        for name, inner in shape.items():
            assert name in found, f"{where}.{name} is missing"
            assert_shape(found[name], inner, f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(found, list), where
        for position, item in enumerate(found):
            assert_shape(item, shape[0], f"{where}[{position}]")
    elif isinstance(shape, tuple) and len(shape) == 1:
        if found is not None:
            assert_shape(found, shape[0], where)
    elif isinstance(shape, (type, tuple)):
        assert isinstance(found, shape), f"{where} is {found!r}"
        assert shape is not int or not isinstance(found, bool), where
    else:
        assert shape(found), f"{where} is {found!r}"


FIELDS = one_of("title", "date", "source", "author", "url", "section")
PLACE = {
    "value": maybe(str),
    "from": maybe(one_of("text", "metadata", "table", "path", "correction")),
    "where": maybe(str),
}
EXPLANATION = {
    "schema": one_of(1),
    "id": HEX,
    "path": str,
    "path_hex": HEX,
    "part": maybe(str),
    "file": one_of("read", "changed", "gone", "unreadable"),
    "note": maybe(str),
    "format": maybe(str),
    "read_as": maybe(str),
    "recognised_by": maybe(str),
    "fields": many(
        {
            "field": FIELDS,
            **PLACE,
            "beaten": many(PLACE),
        }
    ),
    "passages": many(
        {"start": int, "end": int, "kind": KINDS, "why": maybe(str), "signs": many(str), "text": str}
    ),
}
