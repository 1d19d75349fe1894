"""Standard error: messages for people, sanitized, with a caret under the position of an error.

And the progress line, once the work takes a moment.
"""

from __future__ import annotations

import contextlib
import os
import time
from types import TracebackType
from typing import TextIO

from seedread.wording import progress_text
from seedread_index.model.errors import QueryError, SeedreadError
from seedread_index.model.status import Progress

_WINDOW = 60
_MOMENT = 0.4
_APART = 0.5
"""Seconds between two updates, which over a slow line are bytes that something else has to wait for."""


class Messages:
    """Writes messages to standard error, each line after the program's name; never fails."""

    def __init__(self, stream: TextIO | None, name: str = "seedread") -> None:
        self.stream = stream
        self.name = name
        self.quiet = False
        self.verbose = False
        self._transient = ""

    @property
    def interactive(self) -> bool:
        """Whether standard error is a terminal."""
        return self.stream is not None and self.stream.isatty()

    def info(self, text: str) -> None:
        """A message that --quiet suppresses."""
        if not self.quiet:
            self._write(f"{self.name}: {safe(text)}")

    def detail(self, text: str) -> None:
        """A message for --verbose alone."""
        if self.verbose:
            self._write(f"{self.name}: {safe(text)}")

    def warning(self, text: str) -> None:
        """A message that is always printed."""
        self._write(f"{self.name}: {safe(text)}")

    def plain(self, text: str) -> None:
        """A line without the program's name."""
        self._write(safe(text))

    def error(self, error: SeedreadError, query: str | None = None) -> None:
        """An error: what happened, where in the query, what to do next."""
        self.warning(error.message)
        if query is not None and isinstance(error, QueryError):
            for line in caret(query, error.position):
                self._write(f"  {line}")
        if error.hint:
            self._write(f"  {safe(error.hint)}")

    def transient(self, text: str) -> None:
        """A short ASCII line that the next message replaces; an empty text removes it."""
        if self.stream is None or text == self._transient:
            return
        with contextlib.suppress(OSError, ValueError):
            text = text[: max(os.get_terminal_size(self.stream.fileno()).columns - 1, 0)]
            shorter = len(text) < len(self._transient)
            self.stream.write("\r" + text + ("\x1b[K" if shorter else ""))
            self.stream.flush()
            self._transient = text

    def _write(self, line: str) -> None:
        if self.stream is None:
            return
        self.transient("")
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
    """The part of a query around a position (in code points), and a line with a caret under it."""
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


class ProgressBar:
    """A callback for progress; draws only on a terminal, only when not quiet, only after a moment."""

    def __init__(self, messages: Messages) -> None:
        self._wanted = (
            messages.interactive and not messages.quiet and os.environ.get("TERM", "dumb") not in {"", "dumb"}
        )
        self._messages = messages
        self._due = time.monotonic() + _MOMENT

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._messages.transient("")

    def __call__(self, progress: Progress) -> None:
        """Take note of how far the work has come."""
        if self._wanted and (now := time.monotonic()) >= self._due:
            self._due = now + _APART
            self._messages.transient(progress_text(progress) + _share(progress))


def _share(progress: Progress) -> str:
    return f" ({progress.done * 100 // progress.total} %)" if progress.total else ""
