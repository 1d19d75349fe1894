"""Standard output: text, JSON, CSV, raw names and colour, safe for a terminal and quiet when cut off."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from seedread_index.model.article import Span

from seedread_index.export.lines import as_json, csv_line

Record = Mapping[str, Any]


class ReaderGone(Exception):
    """The reader of standard output closed it, as `head` does."""


class OutputError(Exception):
    """Standard output cannot be written to, a full disk for instance."""


class Output:
    """Writes to a text stream by its bytes; raises ReaderGone when nobody reads any more."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._buffer = getattr(stream, "buffer", None)
        encoding = getattr(stream, "encoding", None) or "utf-8"
        self.encoding = encoding
        self._unicode = encoding.lower().replace("_", "-") in {"utf-8", "utf8"}

    @property
    def interactive(self) -> bool:
        """Whether standard output is a terminal."""
        return self._stream is not None and self._stream.isatty()

    def line(self, text: str = "", end: str = "\n") -> None:
        """A line of cleaned text; characters that the terminal's encoding lacks become question marks."""
        self.raw((text + end).encode(self.encoding, "replace"))

    def json(self, value: object, *, indent: int | None = None) -> None:
        """A value as JSON on one line, or indented; invisible and control characters are escaped."""
        self.raw(as_json(value, unicode=self._unicode, indent=indent).encode("utf-8") + b"\n")

    def row(self, cells: Iterable[object]) -> None:
        """A line of CSV."""
        self.raw(csv_line(cells).encode("utf-8", "replace"))

    def raw(self, data: bytes) -> None:
        """Bytes as they are; a terminal sees them at once. Raises OutputError."""
        if self._stream is None:
            return
        try:
            if self._buffer is None:
                self._stream.write(data.decode(self.encoding, "replace"))
            else:
                self._buffer.write(data)
            if self.interactive:
                self._stream.flush()
        except BrokenPipeError as error:
            raise ReaderGone from error
        except OSError as error:
            raise OutputError(error.strerror or str(error)) from error

    def flush(self) -> None:
        """Hand over everything written so far. Raises OutputError."""
        if self._stream is None:
            return
        try:
            self._stream.flush()
        except BrokenPipeError as error:
            raise ReaderGone from error
        except OSError as error:
            raise OutputError(error.strerror or str(error)) from error


_STYLES = {"title": "1", "mark": "1;4", "path": "36", "date": "32", "faint": "2", "good": "32", "bad": "1;31"}


def colour_enabled(choice: str, interactive: bool, environ: Mapping[str, str] | None = None) -> bool:
    """Whether to colour: by the option, NO_COLOR, FORCE_COLOR, TERM and whether it is a terminal."""
    environ = os.environ if environ is None else environ
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return interactive and environ.get("TERM", "") not in {"", "dumb"}


@dataclass(frozen=True, slots=True)
class Painter:
    """Wraps text in a named style, or leaves it as it is."""

    enabled: bool

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.enabled and text else text

    def marked(self, text: str, marks: Sequence[Span]) -> str:
        """Text with its marks styled; marks are ordered and do not overlap."""
        if not self.enabled:
            return text
        pieces: list[str] = []
        done = 0
        for start, end in marks:
            pieces += (text[done:start], self("mark", text[start:end]))
            done = end
        return "".join((*pieces, text[done:]))
