"""JSON values one by one, from lines or from a list, so that no more than one is held."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from seedread_index.extract.decoding.source import LONGEST_LINE, lines_of

_MOST_DIGITS = 400
_BLOCK = 1 << 20
_BLANK = re.compile(r"[\ufeff \t\r\n]*")
INVALID = (ValueError, RecursionError, MemoryError)
"""What is raised over text that is no JSON, or more of it than can be held."""


class TooLongError(ValueError):
    """A value that is too long to be held."""


def _integer(digits: str) -> int | str:
    """An integer, or its digits where there are more than Python converts."""
    return int(digits) if len(digits) < _MOST_DIGITS else digits


_DECODER = json.JSONDecoder(parse_int=_integer, strict=False)


def value_of_json(text: str) -> Any:
    """The value that a text is. Raises one of INVALID."""
    return _DECODER.decode(text.lstrip("\ufeff"))


def invalid(error: BaseException | None) -> str:
    """What is said of a file that is no JSON."""
    if isinstance(error, MemoryError):
        return "is JSON that needs more memory than there was; save it as JSON lines"
    if isinstance(error, TooLongError):
        return f"has {error}; save it as JSON lines"
    detail = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:80]
    return f"is not valid JSON ({detail}); fetch it again"


class JsonLines:
    """The values of the lines of a text, with their numbers; counts those that are no JSON."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self.good = self.bad = 0
        self.error: BaseException | None = None

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        for number, line in enumerate(lines_of(self._text), 1):
            if line is not None and not line.strip():
                continue
            try:
                value = value_of_json(_too_long() if line is None else line)
            except INVALID as error:
                self.bad += 1
                self.error = self.error or error
            else:
                self.good += isinstance(value, (dict, list))
                yield number, value


class JsonList:
    """The values of the list that a text is; `error` is what ended them before its end."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self._buffer = ""
        self._place = 0
        self.error: BaseException | None = None

    def __iter__(self) -> Iterator[Any]:
        try:
            self._next_sign()
            self._place += 1
            while self._next_sign() not in {"]", ""}:
                yield self._value()
                if self._next_sign() == ",":
                    self._place += 1
            if self._place >= len(self._buffer):
                raise ValueError("it ends too soon")
        except INVALID as error:
            self.error = error

    def _value(self) -> Any:
        """The value that begins here; more is read until it is whole."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._place)
            except ValueError:
                if not self._read(len(self._buffer) - self._place):
                    raise
                continue
            if end == len(self._buffer) and self._read(0):
                continue  # A number may go on.
            self._place = end
            return value

    def _next_sign(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            match = _BLANK.match(self._buffer, self._place)
            self._place = match.end() if match else self._place
            if self._place < len(self._buffer):
                return self._buffer[self._place]
            if not self._read(0):
                return ""

    def _read(self, held: int) -> bool:
        """Read more, as much again as is `held` of a value; False at the end."""
        if held > LONGEST_LINE:
            _too_long()
        more = self._text.read(max(_BLOCK, held))
        self._buffer = self._buffer[self._place :] + more
        self._place = 0
        return bool(more)


def _too_long() -> str:
    raise TooLongError(f"a value longer than {LONGEST_LINE >> 20} MiB")
