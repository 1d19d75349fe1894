"""Standard error: what a command says to a person, cleaned, with a caret under the place of a fault."""

from __future__ import annotations

import contextlib
import os
from typing import TextIO

from seedread_index.model.errors import QueryError, SeedreadError

_WINDOW = 60


class Talk:
    """Says things on standard error, each line led by the program's name; never fails."""

    def __init__(self, stream: TextIO | None, name: str = "seedread") -> None:
        self.stream = stream
        self.name = name
        self.quiet = False
        self.verbose = False
        self._passing = ""

    @property
    def interactive(self) -> bool:
        """Whether a terminal shows what is said."""
        return self.stream is not None and self.stream.isatty()

    def say(self, text: str) -> None:
        """Something worth knowing; --quiet leaves it out."""
        if not self.quiet:
            self._write(f"{self.name}: {safe(text)}")

    def detail(self, text: str) -> None:
        """Something that only --verbose asks for."""
        if self.verbose:
            self._write(f"{self.name}: {safe(text)}")

    def warn(self, text: str) -> None:
        """Something that is always said."""
        self._write(f"{self.name}: {safe(text)}")

    def plain(self, text: str) -> None:
        """A line that the program's name does not lead."""
        self._write(safe(text))

    def error(self, error: SeedreadError, query: str | None = None) -> None:
        """An error: what happened, where in the query, what to do next."""
        self.warn(error.message)
        if query is not None and isinstance(error, QueryError):
            for line in caret(query, error.position):
                self._write(f"  {line}")
        if error.hint:
            self._write(f"  {safe(error.hint)}")

    def passing(self, text: str) -> None:
        """A short ASCII line that stands until something else is said; none where the text is empty."""
        if self.stream is None or text == self._passing:
            return
        with contextlib.suppress(OSError, ValueError):
            text = text[: max(os.get_terminal_size(self.stream.fileno()).columns - 1, 0)]
            shorter = len(text) < len(self._passing)
            self.stream.write("\r" + text + ("\x1b[K" if shorter else ""))
            self.stream.flush()
            self._passing = text

    def _write(self, line: str) -> None:
        if self.stream is None:
            return
        self.passing("")
        with contextlib.suppress(OSError, ValueError):
            encoding = self.stream.encoding or "utf-8"
            self.stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")
            self.stream.flush()


def safe(text: str) -> str:
    """A text on one line without anything that a terminal could obey."""
    if text.isascii() and text.isprintable():
        return text
    from seedread_index.archive import clean_line

    return clean_line(text)


def caret(query: str, position: int) -> tuple[str, str]:
    """The stretch of a query around a position (in code points), and a line with a caret under it."""
    position = max(0, min(position, len(query)))
    start = max(0, position - _WINDOW)
    stop = position + _WINDOW
    before = ("…" if start else "") + safe(query[start:position])
    after = safe(query[position:stop]) + ("…" if stop < len(query) else "")
    return before + after, " " * cells(before) + "^"


def cells(text: str) -> int:
    """How many terminal cells a cleaned text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
