"""Styled segments and strips of whole graphemes, from text and layers of style."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from seedread.widgets.rendering.cells import is_plain, snap_to_graphemes

Layer = tuple[int, int, Style]
"""Start and end in the line's text, and the style drawn over what lies below."""


def painted(text: str, base: Style, layers: Sequence[Layer]) -> list[Segment]:
    """The segments of `text`, a later layer over an earlier one; no layer parts a grapheme."""
    if not text:
        return []
    if not layers:
        return [Segment(text, base)]
    if not is_plain(text):
        layers = [(*snap_to_graphemes(text, start, end), style) for start, end, style in layers]
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


def without_zero_width(segments: list[Segment]) -> list[Segment]:
    """The segments without spaces of no width, which stand for what is not seen of a text."""
    if not any("\u200b" in segment.text for segment in segments):
        return segments
    return [Segment(segment.text.replace("\u200b", ""), segment.style) for segment in segments]


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
