"""JSON values one by one, from lines, a list or an object, so that no more than one is held."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from seedread_index.extract.decoding.source import LONGEST_LINE, lines_of
from seedread_index.extract.records.json_values import (
    BEFORE,
    CLOSING,
    DECODER,
    INVALID,
    TooLongError,
    bare,
    value_of_line,
)
from seedread_index.extract.records.keys import FIELDS, rank
from seedread_index.extract.records.nested import DEEPEST
from seedread_index.extract.records.record import Fields, fields_of

_MOST_KEYS = 500
_BLOCK = 1 << 20
_BRACKETS = " \t\r\n\x1e[],;"
"""A line of nothing but these begins or ends a list of which each line is an element."""

_SOME, _SOME_LINES = 200, 50
_BLANK = re.compile(f"[{BEFORE}]*")


def is_json(text: str, *, whole: bool = True) -> bool:
    """Whether a text, or the head of one, is JSON, or its first lines each are."""
    text = bare(text)
    head = text.lstrip(BEFORE)
    if not head.startswith(("{", "[")):
        return False
    if (whole and _is_value(text)) or are_lines(head):
        return True
    pieces = JsonPieces(io.StringIO(head))
    return (
        sum(piece.key is None for piece in pieces) > bool(pieces.error)
        if whole
        else any(True for _ in pieces)
    )


def are_lines(text: str, *, whole: bool = False) -> bool:
    """Whether a text is one JSON value a line, by its first lines; a `whole` one that is a value is not."""
    lines = [line for line in itertools.islice(lines_of(io.StringIO(text, newline="\n")), _SOME) if line]
    lines = [line for line in lines if line.strip(_BRACKETS)][:_SOME_LINES]
    good = sum(_is_value(line) for line in lines)
    if whole and good < len(lines):
        return good > 0 and not _is_value(text)
    return good > 0 and good * 2 >= len(lines)


def _is_value(text: str) -> bool:
    try:
        return isinstance(value_of_line(text), (dict, list))
    except INVALID:
        return False


class JsonLines:
    """The values of the lines of a text, with their numbers; counts those that are no JSON or too long."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self.good = self.bad = self.too_long = 0
        self.error: BaseException | None = None

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        for number, line in enumerate(lines_of(self._text), 1):
            if line is None:
                self.too_long += 1
                continue
            if line.strip(_BRACKETS) == "":
                continue
            try:
                value = value_of_line(line)
            except INVALID as error:
                self.bad += 1
                self.error = self.error or error
            else:
                self.good += isinstance(value, (dict, list))
                yield number, value

    @property
    def lost(self) -> str:
        """What is said of the lines that were not read; empty where all were."""
        faults = []
        if self.bad:
            lines = "line that is" if self.bad == 1 else "lines that are"
            faults.append(f"{self.bad:,} {lines} not valid JSON")
        if self.too_long:
            lines = "line" if self.too_long == 1 else "lines"
            faults.append(f"{self.too_long:,} {lines} longer than {LONGEST_LINE >> 20} MiB")
        return f"has {' and '.join(faults)}; " if faults else ""


class Piece(NamedTuple):
    """What a text of JSON holds at a place: a value under a key, or one of a list that is gone into.

    `path` are the keys to the object or list that holds it. At the end of an object that is gone into comes a
    piece without key and value.
    """

    path: tuple[str, ...]
    key: str | int | None
    value: Any


class JsonPieces:
    """What the lists or objects that a text is hold, one after the other; `error` is what ended it too soon.

    Objects and lists within an object that are longer than a block of a MiB are gone into; all others are
    held.
    """

    def __init__(self, text: io.TextIOBase, *, in_program: bool = False) -> None:
        """`in_program` says that a program may go on behind the value."""
        self._text = text
        self._after = CLOSING if in_program else ""
        self._buffer = ""
        self._place = 0
        self._ended = False
        self.error: BaseException | None = None

    def __iter__(self) -> Iterator[Piece]:
        try:
            while (sign := self._next_sign()) in {"[", "{"}:
                yield from self._elements(()) if sign == "[" else self._members(())
            if sign not in self._after:
                raise ValueError("trailing data")
        except INVALID as error:
            self.error = error

    def _elements(self, path: tuple[str, ...]) -> Iterator[Piece]:
        self._place += 1
        for number in itertools.count():
            if self._next_sign() in {"]", ""}:
                break
            yield Piece(path, number, self._value())
            if self._next_sign() == ",":
                self._place += 1
        self._take("]")

    def _members(self, path: tuple[str, ...]) -> Iterator[Piece]:
        self._place += 1
        while self._next_sign() == '"':
            key = self._value()
            self._take(":")
            sign = self._next_sign()
            inner = (*path, key)
            if sign not in {"{", "["} or len(path) >= DEEPEST or not self._is_long():
                yield Piece(path, key, self._value())
            elif sign == "{":
                yield from self._members(inner)
            else:
                yield from self._elements(inner)
            if self._next_sign() == ",":
                self._place += 1
        self._take("}")
        yield Piece(path, None, None)

    def _take(self, sign: str) -> None:
        if (found := self._next_sign()) != sign:
            raise ValueError(f"{sign} is missing" if found else "it is truncated")
        self._place += 1

    def _is_long(self) -> bool:
        """Whether the value that begins here does not end within a block."""
        while len(self._buffer) - self._place < _BLOCK and self._read(0):
            pass
        if len(self._buffer) - self._place < _BLOCK:
            return False
        try:
            DECODER.raw_decode(self._buffer, self._place)
        except ValueError:
            return True
        return False

    def _value(self) -> Any:
        """The value that begins here; more is read until it is whole."""
        while True:
            try:
                value, end = DECODER.raw_decode(self._buffer, self._place)
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
        if self._ended:
            return False
        if held > LONGEST_LINE:
            raise TooLongError(f"a value longer than {LONGEST_LINE >> 20} MiB")
        more = self._text.read(max(_BLOCK, held))
        self._buffer = self._buffer[self._place :] + more
        self._place = 0
        self._ended = not more
        return bool(more)


class Around:
    """What is kept of the objects that a large file is gone into: their own fields, by the path to each."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._own: dict[tuple[str, ...], dict[str, Any]] = {}
        self._fields: dict[tuple[str, ...], Fields] = {}
        self._with_articles: set[tuple[str, ...]] = set()
        self.is_notebook = False
        """Whether it is a notebook of program cells."""

    def note(self, piece: Piece) -> None:
        """Keep a value that may be a field."""
        key = str(piece.key)
        own = self._own.setdefault(piece.path, {})
        if len(own) < _MOST_KEYS and any(rank(field, key) is not None for field in FIELDS):
            own[key] = piece.value
            self._fields.pop(piece.path, None)
        self.is_notebook |= not piece.path and key == "nbformat"

    def fields(self, path: tuple[str, ...]) -> Fields:
        """The fields so far of the object at a path."""
        if path not in self._fields:
            self._fields[path] = fields_of(self._own.get(path, {}), self._names)
        return self._fields[path]

    def hold(self, path: tuple[str, ...]) -> None:
        """Note that the object at a path holds an article."""
        self._with_articles.update(path[:end] for end in range(len(path) + 1))

    def end(self, path: tuple[str, ...]) -> tuple[dict[str, Any], bool]:
        """What was kept of an object that has ended, and whether it holds an article."""
        self._fields.pop(path, None)
        return self._own.pop(path, {}), path in self._with_articles
