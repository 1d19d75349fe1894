"""One row of the result list as segments: the title line and the snippet lines under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from seedread.widgets.cells import clipped, defused
from seedread.widgets.painting import painted
from seedread.widgets.signs import Signs
from seedread.widgets.snippet_window import after_title, joined, windowed
from seedread.widgets.wrapping import wrap
from seedread_index.results import Hit

MARKS = 4
"""Cells before the title: cursor, tick, unread and a space."""
_DATE_FROM = 40
_SOURCE_FROM = 64
_SOURCE_SHARE = 4


@dataclass(frozen=True, slots=True)
class Brush:
    """What rows are drawn with: the style below everything, that of each component, and the signs."""

    blank: Style
    look: Callable[[str], Style]
    sign: Signs


@dataclass(frozen=True, slots=True)
class RowState:
    """What a row looks like besides its hit."""

    cursor: bool
    ticked: bool
    read: bool


def title_segments(hit: Hit, state: RowState, width: int, brush: Brush) -> list[Segment]:
    """Marks, date, title, and at the right edge near-duplicates and source."""
    blank, look, sign = brush.blank, brush.look, brush.sign
    over = look("cursor") if state.cursor else Style.null()
    line = blank + over
    marks = width > MARKS * 2
    segments = [Segment(sign.cursor if state.cursor else " ", blank + look("bar") if state.cursor else blank)]
    if marks:
        segments += [
            Segment(sign.ticked if state.ticked else " ", blank + look("tick")),
            Segment(" " if state.read else sign.unread, blank + look("unread")),
            Segment(" ", blank),
        ]
    left = width - (MARKS if marks else 1)
    plain = {"date", "source", "read", "title"} if state.cursor else set()

    def of(name: str) -> Style:
        return line if name in plain else line + look(name) + over

    if width >= _DATE_FROM:
        date = hit.date.isoformat() if hit.date else f"{sign.dash:^10}"
        segments.append(Segment(f"{date}  ", of("date")))
        left -= 12
    tail = _tail(hit, width, sign)
    left -= cell_len(tail) + 2 if tail else 0
    style = of("inferred" if hit.title_inferred else "read" if state.read else "title")
    title = defused(hit.title)
    if hit.title_inferred:
        title = f"{sign.inferred} {title}"
    title = clipped(title, left, sign.ellipsis)
    segments.append(Segment(title + " " * (left - cell_len(title)), style))
    if tail:
        segments.append(Segment(f"  {tail}", of("source")))
    return segments


def _tail(hit: Hit, width: int, sign: Signs) -> str:
    """How many near-duplicates there are, and the source where there is room for it."""
    parts: list[str] = []
    if hit.variants:
        parts.append(f"+{len(hit.variants)}")
    if hit.source and width >= _SOURCE_FROM:
        parts.append(clipped(defused(hit.source), width // _SOURCE_SHARE, sign.ellipsis))
    return " ".join(parts)


def snippet_segments(hit: Hit, lines: int, width: int, brush: Brush) -> list[list[Segment]]:
    """The lines under a title, the first mark always in view."""
    blank, look, sign = brush.blank, brush.look, brush.sign
    margin = MARKS if width > MARKS * 2 else 0
    room = max(1, width - margin - 1)
    whole = joined(hit.snippets, sign.ellipsis)
    if hit.title_inferred:
        whole = after_title(whole, defused(hit.title), sign.ellipsis)
    part = windowed(whole.text, whole.marks, room * lines, sign.ellipsis)
    spans = wrap(part.text, room)
    if len(spans) > lines:
        part = windowed(whole.text, whole.marks, max(1, room * lines - room // 4), sign.ellipsis)
        spans = wrap(part.text, room)[:lines]
    indent = Segment(" " * margin, blank)
    base = blank + look("snippet")
    layers = [(start, end, look("mark")) for start, end in part.marks]
    found: list[list[Segment]] = []
    for first, last in spans:
        inside = [
            (max(start, first) - first, min(end, last) - first, style)
            for start, end, style in layers
            if start < last and end > first
        ]
        found.append([indent, *painted(part.text[first:last], base, inside)])
    found += [[Segment(" ", blank)] for _ in range(lines - len(found))]
    return found
