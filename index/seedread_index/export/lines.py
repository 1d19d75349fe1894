"""Records as lines: JSON that no terminal obeys, CSV that no spreadsheet runs, cells of one line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable

from seedread_index.text import sanitize

_UNSAFE = re.compile(f"[{sanitize.ALL_UNSAFE}{sanitize.INVISIBLE}]")
_BREAKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(value: object, *, unicode: bool = True, indent: int | None = None) -> str:
    """JSON that no terminal can mistake for commands: what is not to be seen is escaped, nothing is lost."""
    text = json.dumps(value, ensure_ascii=not unicode, indent=indent)
    return _UNSAFE.sub(_escaped, text) if unicode else text


def csv_line(cells: Iterable[object]) -> str:
    """A line of CSV, with its end, that a spreadsheet takes no formula from."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([spreadsheet_safe(cell) for cell in cells])
    return buffer.getvalue()


def spreadsheet_safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: such text gets an apostrophe in front."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(_FORMULA):
        return "'" + cell
    return "" if cell is None else cell


def flat(value: object) -> object:
    """A value for one cell, on one line: lists joined, flags as yes or nothing, null as nothing."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return ", ".join(str(flat(item)) for item in value)
    if isinstance(value, dict):
        return flat(value.get("name") or value.get("text") or next(iter(value.values()), ""))
    return value


def one_line(text: str) -> str:
    """A text with line ends and tabs as spaces, its length unchanged."""
    return text.translate(_BREAKS)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
