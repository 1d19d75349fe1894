"""Text fitted to the width of the terminal; pipes get whole lines."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from seedread.cli.streams.stderr import cells
from seedread.cli.streams.stdout import Output
from seedread_index.model.article import Span

_WORD = re.compile(r"\S+\s*|\s+")
_NARROWEST = 20


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
    """The parts of marks that lie in [start, end), told from its start."""
    clipped = ((max(mark.start, start), min(mark.end, end)) for mark in marks)
    return [Span(a - start, b - start) for a, b in clipped if a < b]
