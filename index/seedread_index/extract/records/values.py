"""What the values of a record are: wrappers taken off, dates of any form, styled runs joined to a text."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from seedread_index.extract.records.keys import LANGUAGES, folded
from seedread_index.extract.segmentation.header.date_lines import metadata_date
from seedread_index.extract.web.plain_text import LOOKS_LIKE_MARKUP, text_of
from seedread_index.text.dates import real_date
from seedread_index.text.word_lists import listed

_DEEPEST = 12
_WRAPPERS = ("$date", "$numberlong", "$numberint", "$oid", "$t", "#text", "_text", "__text")
_TEXT_KEYS = (
    "rendered",
    "text",
    "plaintext",
    "value",
    "content",
    "insert",
    "main",
    "html",
    "body",
    "children",
    "nodes",
    "blocks",
    "ops",
    "paragraphs",
    "p",
    "items",
    "elements",
    "default",
    "processed",
    "raw",
    "basic",
    "sentences",
    "data",
)
_LINE_KEYS = (
    "name",
    "main",
    "original",
    "rendered",
    "title",
    "value",
    "text",
    "displayname",
    "label",
    "term",
    "default",
    "basic",
    "by",
)
_INLINE = listed(
    "text plain bold italic link strong em i b u a span underline strikethrough code mention"
    " hashtag email texturl textlink spoiler customemoji phone cashtag url emphasis"
)
_LOCALE = re.compile(rf"[a-z]{{2}}[-_][A-Z]{{2}}|{'|'.join(LANGUAGES - {'id'})}")
"""The language under which a content system keeps a value: {"en-US": …}."""

_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?=[T\s]|$)")
_SERIAL = re.compile(r"\s*(\d{5})(?:[.,]\d+)?\s*")
_SECONDS = re.compile(r"\s*(?:/Date\()?(\d{10}|\d{13}|\d{16}|\d{19})(?:[.,]\d+)?(?:(?:[+-]\d{4})?\)/)?\s*")
"""Since 1970, in seconds down to nanoseconds; .NET writes "/Date(1614938400000+0100)/"."""
_ASCTIME = re.compile(
    r"\s*[A-Z][a-z]{2},? ([A-Z][a-z]{2}) +(\d{1,2}) [\d:]{5,8}(?: [A-Z]{2,5}| [+-]\d{4})? (\d{4})\s*"
)
_ADDRESS = re.compile(r"(?:https?:)?//[^\s/]+", re.IGNORECASE)
_HOST = re.compile(r"(?=.{4,80}$)(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}", re.IGNORECASE)
_MOST_DATE = 200
_PARTS_OF_DAY = {
    word: part
    for part, words in (
        ("year", "year jahr año ano année annee anno jaar rok год 年"),
        ("month", "month monat mes mês mois mese maand miesiąc месяц 月"),
        ("day", "day tag dia día jour giorno dag dzień день 日"),
    )
    for word in words.split()
}
_DATE_KEYS = ("value", "iso", "date", "datetime", "text", "raw", "dateparts", "seconds", "basic", "default")
_DAY_0, _FIRST_SERIAL, _LAST_SERIAL = dt.date(1899, 12, 30), 29_221, 62_091
"""The day before the first in a spreadsheet, and the serial numbers of 1980 to 2069."""


def unwrapped(value: Any) -> Any:
    """A value out of what a database or a converter wraps it in: {"$date": …}, {"#text": …}."""
    for _ in range(_DEEPEST):
        if not isinstance(value, dict) or not value or len(value) > 2:
            return value
        name = next((key for key in value if str(key).casefold() in _WRAPPERS), None)
        if name is None and all(_LOCALE.fullmatch(str(key)) for key in value):
            name = next(iter(value))
        if name is None:
            return value
        value = value[name]
    return value


def date_of(value: Any) -> dt.date | None:
    """The day that a value gives; numbers and digits of 10 places and more are a time since 1970."""
    value = unwrapped(value)
    if isinstance(value, list):
        return _listed_date(value)
    if isinstance(value, dict):
        inner = {folded(str(key)): one for key, one in value.items()}
        return next((found for key in _DATE_KEYS if (found := date_of(inner.get(key)))), None)
    if isinstance(value, str):
        if iso := _ISO.match(value):
            return real_date(int(iso[1]), int(iso[2]), int(iso[3]))
        if seconds := _SECONDS.fullmatch(value):
            return _since_1970(int(seconds[1]))
        if serial := _SERIAL.fullmatch(value):
            return serial_day(int(serial[1]))
        if match := _ASCTIME.fullmatch(value):
            return metadata_date(f"{match[2]} {match[1]} {match[3]}")
        if len(value) > _MOST_DATE:
            return None
        return metadata_date(value) or _mail_date(value)
    return _of_number(value) if isinstance(value, (int, float)) else metadata_date(value)


def _of_number(value: float) -> dt.date | None:
    """The day of a number: its digits, a serial of a spreadsheet, or a time since 1970."""
    if isinstance(value, bool):
        return None
    if 1900_01_01 <= value < 2100_01_01 or 1900_01_01_00_00_00 <= value < 2100_01_01_00_00_00:
        return metadata_date(str(int(value)))
    return serial_day(value) or _since_1970(value)


def _since_1970(value: float) -> dt.date | None:
    """The day of a time since 1970 in seconds, or in milli-, micro- or nanoseconds by its size."""
    while value > 1e14:
        value /= 1000
    return metadata_date(value)


def serial_day(value: float) -> dt.date | None:
    """The day of a spreadsheet's serial number, which counts from the end of 1899; None where it is none."""
    return _DAY_0 + dt.timedelta(days=int(value)) if _FIRST_SERIAL <= value < _LAST_SERIAL else None


def _listed_date(value: list[Any]) -> dt.date | None:
    """The day of a list: of dates, of the parts of one as in CSL, or of its numbers as in feedparser."""
    parts = [int(one) if isinstance(one, str) and one.isdecimal() else one for one in value[:3]]
    if len(parts) == 3 and all(isinstance(one, int) and not isinstance(one, bool) for one in parts):
        return real_date(*parts) if 1400 < parts[0] < 2200 else date_of(value[0])
    return next((found for one in value[:3] if (found := date_of(one))), None)


def published_of(value: Any) -> str | None:
    """The time that a value gives in ISO 8601, with the zone as given; None for a day alone."""
    value = unwrapped(value)
    if not isinstance(value, str) or len(value) > _MOST_DATE:
        return None
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(value.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found.isoformat() if found.tzinfo is not None else None
    return None


def _mail_date(value: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def line_of(value: Any, depth: int = 0) -> str | None:
    """A short field as one string: itself, a list joined by commas, or an object's name.

    `depth` is how many lists and objects it stands in; it ends where they are nested too deeply.
    """
    value = unwrapped(value)
    if isinstance(value, list):
        names = [name for one in value[:6] if (name := line_of(one, depth + 1))] if depth < _DEEPEST else []
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        if depth >= _DEEPEST:
            return None
        inner = {folded(str(key)): one for key, one in value.items()}
        for first, last in (("firstname", "lastname"), ("given", "family")):
            if parts := [str(inner[key]) for key in (first, last) if inner.get(key)]:
                return " ".join(parts)
        found = next((found for key in _LINE_KEYS if (found := line_of(inner.get(key), depth + 1))), None)
        return found or (line_of(next(iter(inner.values())), depth + 1) if len(inner) == 1 else None)
    if isinstance(value, str):
        plain = text_of(value) if LOOKS_LIKE_MARKUP.search(value) else value
        return " ".join(plain.split()) or None
    return None


def day_in_parts(record: Mapping[str, Any]) -> dt.date | None:
    """The day that a record gives under keys of its year, month and day, which may have decimals."""
    given = {part: value for key, value in record.items() if (part := _PARTS_OF_DAY.get(str(key).casefold()))}
    try:
        return real_date(*(int(re.split("[.,]", str(given[part]))[0]) for part in ("year", "month", "day")))
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def identity_of(value: Any) -> str | None:
    """A record's own id as a string; None for what cannot be one."""
    value = unwrapped(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return str(value).strip()[:300] or None


def address_of(value: Any) -> str | None:
    """The web address that a value holds."""
    value = unwrapped(value)
    if isinstance(value, list):
        return next((found for one in value[:6] if (found := address_of(one))), None)
    if isinstance(value, dict):
        inner = {folded(str(key)): one for key, one in value.items()}
        return address_of(inner.get("href") or inner.get("url") or inner.get("link"))
    if not isinstance(value, str):
        return None
    address = value.strip()
    plain = address.lower().startswith(("http://", "https://")) and len(address.split()) == 1
    return address[:2000] if plain else None


def host_of(value: str | None) -> str | None:
    """The host of an address, or of a bare host name, without its `www.`; None for anything else."""
    if not value:
        return None
    bare = value.strip()
    if _HOST.fullmatch(bare):
        return bare.lower().removeprefix("www.")
    if not _ADDRESS.match(bare):
        return None
    try:
        host = urlsplit(bare).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def text_in(value: Any, depth: int = 0) -> str:
    """The text that a reader sees in a value: a string, paragraphs, or styled runs joined as they are.

    Empty `depth` levels down where that is too deep.
    """
    value = unwrapped(value)
    if isinstance(value, str):
        return text_of(value) if LOOKS_LIKE_MARKUP.search(value) else value
    if depth >= _DEEPEST:
        return ""
    if isinstance(value, dict):
        return _text_in_object(value, depth)
    if not isinstance(value, list):
        return ""
    pieces = [(one, piece) for one in value if (piece := text_in(one, depth + 1))]
    if not pieces:
        return ""
    if _are_runs(value, [piece for _, piece in pieces]):
        return "".join(piece for _, piece in pieces)
    return "\n\n".join(piece.strip() for _, piece in pieces if piece.strip())


def _text_in_object(value: dict[str, Any], depth: int) -> str:
    inner = {folded(str(key)): one for key, one in value.items()}
    for key in _TEXT_KEYS:
        if key in inner and (found := text_in(inner[key], depth + 1)).strip():
            return found
    if "type" in inner or "href" in inner:
        return ""
    prose = [one for one in value.values() if isinstance(one, str) and len(one.split()) > 4]
    return "\n\n".join(text_in(one, depth + 1) for one in prose)


def _are_runs(value: list[Any], pieces: list[str]) -> bool:
    """Whether the pieces of a list are runs of one text rather than paragraphs of their own."""
    objects = [one for one in value if isinstance(one, dict)]
    if objects and len(objects) < len(value):
        return True
    kinds = (one.get("type", one.get("_type")) for one in objects)
    inline = [folded(kind) in _INLINE for kind in kinds if isinstance(kind, str)]
    if objects and len(inline) == len(objects):
        return all(inline)
    if any("insert" in one for one in objects):
        return True
    if len(pieces) < 2:
        return False
    jointed = sum(
        before != before.rstrip() or after != after.lstrip() for before, after in itertools.pairwise(pieces)
    )
    return jointed * 2 > len(pieces) - 1
