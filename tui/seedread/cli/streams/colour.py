"""Colour for standard output: a few SGR styles, off where nobody asked for them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedread_index.model.article import Span

_STYLES = {"title": "1", "mark": "1;4", "path": "36", "date": "32", "faint": "2", "good": "32", "bad": "1;31"}


def wanted(choice: str, interactive: bool, environ: Mapping[str, str] | None = None) -> bool:
    """Whether to colour: by the option, NO_COLOR, FORCE_COLOR, TERM and whether a terminal looks."""
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

    on: bool

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.on and text else text

    def marked(self, text: str, marks: Sequence[Span]) -> str:
        """Text with its marks styled; marks are ordered and do not overlap."""
        if not self.on:
            return text
        pieces: list[str] = []
        done = 0
        for start, end in marks:
            pieces += (text[done:start], self("mark", text[start:end]))
            done = end
        return "".join((*pieces, text[done:]))
