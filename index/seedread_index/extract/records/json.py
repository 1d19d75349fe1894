"""JSON and JSON lines: one article or many, in fields under common names or as the settings map them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import Draft, Found, binary, broken
from seedread_index.extract.formats.plain_html import LOOKS_LIKE_MARKUP, text_of
from seedread_index.extract.segmentation.dates import metadata_date
from seedread_index.model.status import SkipStatus

_NAMES = {
    "text": (
        "text articlebody body content maintext fulltext bodytext articletext contenttext plaintext rawtext"
        " story paragraphs bodyhtml contenthtml html selftext message transcript article description summary"
        " abstract"
    ),
    "title": "title headline heading subject name ogtitle",
    "date": (
        "date datepublished published publishedat publisheddate publicationdate pubdate publishdate datetime"
        " createdat created timestamp time issued postedat posted firstpublished webpublicationdate"
    ),
    "author": "author authors byline creator writer by",
    "source": "source publisher sitename site outlet newspaper publication sourcename domain feed",
    "url": "url link canonicalurl weburl permalink uri sourceurl",
    "lang": "lang language locale inlanguage",
}
_WANTED = {field: tuple(names.split()) for field, names in _NAMES.items()}
_WEAK = ("description", "summary", "abstract", "message", "article", "name")
_DEEPEST = 8
_MOST_DIGITS = 400
_NO_ARTICLE = "is JSON that holds no article; name its fields in json_fields"


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
        if decoded.text.count("\n") and len(lines := _read_lines(decoded.text, fields).drafts) > 1:
            return Found(lines)
        return broken(f"is not valid JSON ({_message_for(error)}); fetch it again")
    drafts = tuple(_drafts(loaded, fields, ""))
    if len(drafts) == 1:
        drafts = (_without_part(drafts[0]),)
    if not drafts and isinstance(loaded, dict) and any(isinstance(value, str) for value in loaded.values()):
        return Found((Draft(decoded.text),))
    if not drafts and not isinstance(loaded, (dict, list)):
        return broken(_NO_ARTICLE)
    return Found(drafts) if drafts else Found((), SkipStatus.SKIP, _NO_ARTICLE)


def read_json_lines(data: bytes, fields: Mapping[str, str]) -> Found:
    """Read a file with one JSON value a line; good lines survive bad ones."""
    decoded = decode(data)
    if decoded is None:
        return binary()
    if not decoded.text.strip():
        return Found((), SkipStatus.EMPTY, "holds no text; nothing to do")
    found = _read_lines(decoded.text, fields)
    return found if found.drafts else read_json(data, fields)


def _read_lines(text: str, fields: Mapping[str, str]) -> Found:
    drafts: list[Draft] = []
    bad = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            loaded = _loads(line)
        except (ValueError, RecursionError, MemoryError):
            bad += 1
            continue
        found = list(_drafts(loaded, fields, str(number)))
        drafts.extend(found)
    if bad and drafts:
        return broken(f"has {bad} lines that are not valid JSON; the others are read", *drafts)
    return Found(tuple(drafts))


def _loads(text: str) -> Any:
    return json.loads(text, parse_int=_integer, strict=False)


def _integer(digits: str) -> int | str:
    """An integer, or its digits where there are more than Python converts."""
    return int(digits) if len(digits) < _MOST_DIGITS else digits


def _message_for(error: BaseException) -> str:
    return "nested too deeply" if isinstance(error, (RecursionError, MemoryError)) else str(error)[:80]


def _drafts(value: Any, fields: Mapping[str, str], part: str, depth: int = 0) -> Iterator[Draft]:
    """Every article in a JSON value; `part` is the path of keys and places to it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if (draft := _draft(value, fields, part)) is not None:
            yield draft
            return
        items: Iterator[tuple[Any, Any]] = iter(value.items())
    elif isinstance(value, list):
        items = iter(enumerate(value))
    else:
        return
    for key, inner in items:
        if isinstance(inner, (dict, list)):
            yield from _drafts(inner, fields, f"{part}.{key}" if part else str(key), depth + 1)


def _draft(record: dict[str, Any], fields: Mapping[str, str], part: str) -> Draft | None:
    """The article that an object is, or None where it has no text of its own."""
    folded = {_folded(key): value for key, value in record.items()}
    text = _text(_value(record, folded, fields, "text"))
    if not text.strip() or (_only_weak(folded, fields) and _holds_records(record)):
        return None
    url = _line(_value(record, folded, fields, "url"))
    return Draft(
        text,
        part=part or None,
        title=_line(_value(record, folded, fields, "title")),
        date=metadata_date(_value(record, folded, fields, "date")),
        author=_line(_value(record, folded, fields, "author")),
        source=_line(_value(record, folded, fields, "source")) or _host(url),
        lang=_line(_value(record, folded, fields, "lang")),
    )


def _value(record: dict[str, Any], folded: dict[str, Any], fields: Mapping[str, str], field: str) -> Any:
    """The value of an article's field: by the user's mapping, else under the first common name."""
    if path := fields.get(field):
        value: Any = record
        for key in [path] if path in record else path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            return value
    for name in _WANTED[field]:
        value = folded.get(name)
        if value and (field != "text" or _text(value).strip()):
            return value
    return None


def _only_weak(folded: dict[str, Any], fields: Mapping[str, str]) -> bool:
    """Whether the only text is a description or the like, which feeds have as well."""
    strong = (name for name in _WANTED["text"] if name not in _WEAK)
    return "text" not in fields and not any(folded.get(name) for name in strong)


def _holds_records(record: dict[str, Any]) -> bool:
    return any(isinstance(value, list) and value and isinstance(value[0], dict) for value in record.values())


def _text(value: Any, depth: int = 0) -> str:
    """The text of a field: a string, or all strings in a list or object; markup is taken off."""
    if isinstance(value, str):
        return text_of(value) if LOOKS_LIKE_MARKUP.search(value) else value
    if isinstance(value, (list, dict)) and depth < _DEEPEST:
        inner = value.values() if isinstance(value, dict) else value
        if (
            isinstance(value, list)
            and depth == 0
            and any(isinstance(one, dict) and "title" in one for one in value)
        ):
            return ""
        return "\n\n".join(piece for one in inner if (piece := _text(one, depth + 1)).strip())
    return ""


def _line(value: Any) -> str | None:
    """A short field as one string: itself, the first of a list, or an object's name."""
    if isinstance(value, list):
        names = [name for one in value[:6] if (name := _line(one))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        folded = {_folded(key): inner for key, inner in value.items()}
        return next(
            (_line(folded[key]) for key in ("name", "rendered", "title", "value", "text") if folded.get(key)),
            None,
        )
    return value.strip() or None if isinstance(value, str) else None


def _folded(key: str) -> str:
    """A key without case and joints: "date_published" and "datePublished" are one."""
    return "".join(character for character in key.casefold() if character.isalnum())


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _without_part(draft: Draft) -> Draft:
    return Draft(
        draft.text,
        title=draft.title,
        date=draft.date,
        author=draft.author,
        source=draft.source,
        lang=draft.lang,
    )
