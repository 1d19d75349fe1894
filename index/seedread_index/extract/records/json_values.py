"""A value of JSON, and what is nearly one: in a script or a call, or as Python or a database prints it."""

from __future__ import annotations

import ast
import io
import json
import re
from typing import Any

BEFORE = "\ufeff \t\r\n\x1e"
"""What may stand before a value: blanks, and the mark of RFC 7464 for each of a sequence."""

_COMMENTS = r"(?:[\ufeff\s]|//[^\n]{0,500}\n|/\*.{0,2000}?\*/|<script[^>]{0,200}>)*"
_NAME = r"[A-Za-z_$][\w$]{0,80}(?:\.[\w$]{1,80}|\[[\"'][^\"'\]]{1,80}[\"']\])*"
_OPENING = re.compile(
    rf"{_COMMENTS}"
    r"(?:\)\]\}'[^\n\[{]{0,40}|(?:for\s*\(;;\)|while\s*\((?:1|true)\))\s*;?|&&&START&&&|throw 1;"
    rf"|(?:(?:var|let|const|export|module)\b[ .]?)*\s*(?:default\b|{_NAME}\s*=)(?:\s*{_NAME}\s*=)?"
    rf"|(?:typeof\s[^\n(]{{1,120}}&&\s*)?{_NAME}\s*(?:&&\s*{_NAME}\s*)?\()?"
    rf"{_COMMENTS}(?=[\[{{])",
    re.DOTALL,
)
"""What stands before a value that a program loads: an assignment, a call (JSONP), a guard, a comment."""

CLOSING = " \t\r\n;)"
"""What stands behind such a value."""

_SCRIPT_END = re.compile(r"\s*</script>\s*\Z", re.IGNORECASE)
_HEAD = 8000
_LEAST, _MOST = 60, 4 << 20
_MOST_DIGITS = 400
_OF_PYTHON = re.compile(r"[\[({]\s*(?:[\[({]\s*)*'")
_SHELL = re.compile(
    r"\b(?:ObjectId|ISODate|Number(?:Long|Int|Decimal)|UUID|new Date)\(\s*(\"[^\"\\]*\"|'[^'\\]*'|\d+)\s*\)"
)
"""The types of MongoDB's shell."""

_PYTHON_TIME = re.compile(r"\bdatetime\.date(?:time)?\((\d{4}), (\d{1,2}), (\d{1,2})[^()]{0,60}\)")


def opening(head: str) -> int:
    """How many characters at the start of a text stand before its JSON; 0 for none, or without JSON."""
    if head[:40].lstrip(BEFORE)[:1] in {"{", "["}:
        return 0
    match = _OPENING.match(head[:_HEAD])
    return match.end() if match else 0


def may_be_json(head: str) -> bool:
    """Whether a text begins as JSON does, alone or in a script or a call."""
    return head[:200].lstrip(BEFORE)[:1] in {"{", "["} or opening(head) > 0


def bare(text: str) -> str:
    """A text without what a program needs around its JSON."""
    start = opening(text)
    return _SCRIPT_END.sub("", text[start:]).rstrip(CLOSING) if start else text


def past_opening(text: io.TextIOBase, head: str) -> io.TextIOBase:
    """A text of which the head is known, read up to where its JSON begins."""
    text.read(opening(head))
    return text


def value_of_dialect(text: str) -> Any:
    """The value of a text as MongoDB's shell or Python prints it. Raises ValueError for any other."""
    if _LEAST < len(text) < _MOST and _OF_PYTHON.match(text):
        try:
            return ast.literal_eval(_PYTHON_TIME.sub(_quoted_day, without_shell_types(text)))
        except (SyntaxError, TypeError, MemoryError, RecursionError) as error:
            raise ValueError("not a value") from error
    raise ValueError("not a value")


def without_shell_types(text: str) -> str:
    """A text without the types that MongoDB's shell writes around values."""
    return _SHELL.sub(r"\1", text) if "(" in text else text


def _quoted_day(match: re.Match[str]) -> str:
    return f"'{match[1]}-{int(match[2]):02}-{int(match[3]):02}'"


INVALID = (ValueError, RecursionError, MemoryError)
"""What is raised over text that is no JSON, or more of it than can be held."""


class TooLongError(ValueError):
    """A value that is too long to be held."""


def _integer(digits: str) -> int | str:
    """An integer, or its digits where there are more than Python converts."""
    return int(digits) if len(digits) < _MOST_DIGITS else digits


DECODER = json.JSONDecoder(parse_int=_integer, strict=False)


def value_of_json(text: str) -> Any:
    """The value that a text is. Raises one of INVALID."""
    return DECODER.decode(text.strip(BEFORE))


def value_of_line(line: str) -> Any:
    """The value of a line, without the comma of one that was cut out of a list. Raises one of INVALID."""
    line = line.rstrip()
    line = line[:-1] if line.endswith(("},", "],")) else line
    try:
        return value_of_json(line)
    except INVALID:
        plain = without_shell_types(line)
        if plain != line:
            return value_of_json(plain)
        try:
            return value_of_dialect(line)
        except ValueError:
            pass
        raise


def invalid(error: BaseException | None) -> str:
    """What is said of a file that is no JSON."""
    if isinstance(error, MemoryError):
        return "is JSON that needs more memory than was available; save it as JSON lines"
    if isinstance(error, TooLongError):
        return f"has {error}; save it as JSON lines"
    detail = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:80]
    return f"is not valid JSON ({detail}); fetch it again"
