"""Records in the form that the options ask for: JSON, CSV, a template, NUL-ended names or text.

Text is fitted to the width of the terminal; pipes get whole lines.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from seedread.cli.context import Context
from seedread.cli.parser import UsageError, did_you_mean
from seedread.cli.streams.stderr import cells, safe
from seedread.cli.streams.stdout import Output, Record
from seedread_index.export.lines import flat
from seedread_index.model.article import Span

_PIECE = re.compile(r"\{\{|\}\}|\{(\w*)\}|\\([tnr\\0])|[{}]")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "0": "\0", "\\": "\\"}

Lines = Callable[[], Iterable[str]]
_WORD = re.compile(r"\S+\s*|\s+")
_NARROWEST = 20


class Records:
    """Writes records one by one; JSON documents wait for `close`.

    On a terminal `head` stands above the first record that is written as text: what its columns are.
    """

    def __init__(
        self, context: Context, columns: Sequence[str], fields: Sequence[str] = (), *, head: str = ""
    ) -> None:
        self._out: Output = context.out
        self._head = context.paint("faint", head) if self._out.interactive else ""
        options = context.options
        self._kind = next(
            (kind for kind in ("json", "jsonl", "csv", "null") if getattr(options, kind)), "text"
        )
        self._columns = columns
        self._template: Template | None = None
        if options.format is not None:
            self._kind = "format"
            self._template = Template(options.format, fields or columns)
        self._kept: list[Record] = []
        self.written = 0
        if self._kind == "csv":
            self._out.row(columns)

    @property
    def textual(self) -> bool:
        """Whether people read this: no data format was asked for."""
        return self._kind == "text"

    @property
    def nested(self) -> bool:
        """Whether records are JSON, which needs no flat cells."""
        return self._kind in {"json", "jsonl"}

    def write(self, record: Record, lines: Lines, file: Callable[[], Path | None] | None = None) -> None:
        """One record; `lines` gives it as text for people, `file` its true file name."""
        self.written += 1
        if self._kind == "json":
            self._kept.append(record)
        elif self._kind == "jsonl":
            self._out.json(record)
        elif self._kind == "csv":
            self._out.row(flat(record.get(column)) for column in self._columns)
        elif self._template is not None:
            self._out.line(self._template.fill(record))
        elif self._kind == "null":
            path = file() if file else None
            if path is not None:
                self._out.raw(os.fsencode(path) + b"\0")
        else:
            if self._head and self.written == 1:
                self._out.line(self._head)
            for line in lines():
                self._out.line(line)

    def close(self, document: Callable[[list[Record]], object]) -> None:
        """Write the JSON document around the records, where one was asked for."""
        if self._kind == "json":
            self._out.json(document(self._kept), indent=2 if self._out.interactive else None)


class Template:
    """A line with {fields}; `\\t`, `\\n` and doubled braces as usual."""

    def __init__(self, text: str, fields: Sequence[str]) -> None:
        self._text = text
        for match in _PIECE.finditer(text):
            name = match[1]
            if match[0] in {"{", "}"}:
                raise UsageError(
                    f"--format: unmatched {match[0]} at character {match.start() + 1}",
                    f"write fields as {{name}}, and {match[0] * 2} for the character itself",
                )
            if name is not None and name not in fields:
                raise UsageError(
                    f"--format: unknown field {{{safe(name)}}}",
                    did_you_mean(name, fields, "fields: " + ", ".join(sorted(set(fields)))),
                )

    def fill(self, record: Record) -> str:
        """The line for one record."""

        def piece(match: re.Match[str]) -> str:
            if match[2]:
                return _ESCAPES[match[2]]
            if match[1] is None:
                return match[0][0]
            return str(flat(record.get(match[1])))

        return _PIECE.sub(piece, self._text)


def columns(out: Output) -> int | None:
    """The width of the terminal in cells; None where standard output is no terminal."""
    if not out.interactive:
        return None
    try:
        width = os.get_terminal_size(1).columns
    except OSError:
        return None
    return max(width, _NARROWEST) if width else None


def cut(text: str, width: int) -> str:
    """A text of at most `width` cells; an ellipsis stands for what is gone from its end."""
    if cells(text) <= width:
        return text
    kept = text[: max(0, width - 1)]
    while kept and cells(kept) > width - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrapped(text: str, marks: Sequence[Span], width: int | None) -> list[tuple[str, list[Span]]]:
    """A text in lines of at most `width` cells where its words allow, each with its own part of the marks."""
    if width is None:
        return [(text, list(marks))]
    lines: list[tuple[int, int]] = []
    start = used = 0
    for match in _WORD.finditer(text):
        if used and used + cells(match[0].rstrip()) > width:
            lines.append((start, match.start()))
            start, used = match.start(), 0
        used += cells(match[0])
    lines.append((start, len(text)))
    return [(text[a:b].rstrip(), _within(marks, a, b)) for a, b in lines]


def _within(marks: Sequence[Span], start: int, end: int) -> list[Span]:
    """The parts of marks that lie in [start, end), counted from its start."""
    clipped = ((max(mark.start, start), min(mark.end, end)) for mark in marks)
    return [Span(a - start, b - start) for a, b in clipped if a < b]
