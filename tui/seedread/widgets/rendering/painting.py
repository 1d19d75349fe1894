"""Painting a line: styles laid over each other, as segments of whole graphemes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from seedread.widgets.reader.document import Look
from seedread.widgets.reader.layout import Line
from seedread.widgets.rendering.cells import is_plain, snapped
from seedread_index.model.article import EntityType, Mention, Span

Layer = tuple[int, int, Style]
"""Start and end in the line's text, and the style laid over what lies below."""
Spanned = TypeVar("Spanned")
_OVERLAP = 16
"""How many spans back one may still reach into a line."""


def painted(text: str, base: Style, layers: Sequence[Layer]) -> list[Segment]:
    """The segments of `text`, a later layer over an earlier one; no layer parts a grapheme."""
    if not text:
        return []
    if not layers:
        return [Segment(text, base)]
    if not is_plain(text):
        layers = [(*snapped(text, start, end), style) for start, end, style in layers]
    cuts = {0, len(text)}
    for start, end, _ in layers:
        cuts.add(max(0, min(start, len(text))))
        cuts.add(max(0, min(end, len(text))))
    places = sorted(cuts)
    segments: list[Segment] = []
    for first, last in pairwise(places):
        style = base
        for start, end, over in layers:
            if start <= first and last <= end:
                style += over
        segments.append(Segment(text[first:last], style))
    return segments


def strip_of(segments: list[Segment], width: int, blank: Style) -> Strip:
    """A strip of exactly `width` cells; what does not fit is cut, half a wide character becomes a space."""
    used = 0
    kept: list[Segment] = []
    for segment in segments:
        cells = segment.cell_length
        if used + cells > width:
            kept.append(Segment(set_cell_size(segment.text, width - used), segment.style))
            used = width
            break
        kept.append(segment)
        used += cells
    if used < width:
        kept.append(Segment(" " * (width - used), blank))
    return Strip(kept, width)


def reaching(
    spans: Sequence[Spanned], start: int, end: int, bounds: Callable[[Spanned], tuple[int, int]]
) -> list[Spanned]:
    """The spans, ordered by their start, that reach into [start, end)."""
    first = bisect_left(spans, start, key=lambda span: bounds(span)[0])
    found = [span for span in spans[max(0, first - _OVERLAP) : first] if bounds(span)[1] > start]
    while first < len(spans) and bounds(spans[first])[0] < end:
        found.append(spans[first])
        first += 1
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Names below, then hits, then found words, the current ones on top; all ordered by their start."""

    mentions: Sequence[Mention]
    types: frozenset[EntityType]
    hits: Sequence[Span]
    found: Sequence[Span]
    mention: Mention | None
    current: Span | None

    def layers(self, line: Line, look: Callable[[str], Style]) -> list[Layer]:
        """The layers over a line; lines whose words are not in the text have none."""
        if line.start >= line.end or line.label or line.look is Look.FOLD:
            return []
        marked = [
            (mention.start, mention.end, str(mention.type))
            for mention in reaching(self.mentions, line.start, line.end, _mention_bounds)
            if mention.type in self.types
        ]
        for name, spans in (("hit", self.hits), ("find", self.found)):
            marked += [
                (start, end, name) for start, end in reaching(spans, line.start, line.end, _span_bounds)
            ]
        for name, place in (("mention", self.mention), ("current", self.current)):
            if place is not None and place.start < line.end and place.end > line.start:
                marked.append((place.start, place.end, name))
        return [
            (max(start, line.start) - line.start, min(end, line.end) - line.start, look(name))
            for start, end, name in marked
        ]


def _mention_bounds(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _span_bounds(span: Span) -> tuple[int, int]:
    return span
