"""What is marked in an article: names, hits, found words and the current ones, as layers over a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.style import Style

from seedread.widgets.document import Look
from seedread.widgets.layout import Line
from seedread.widgets.painting import Layer, reaching
from seedread_index.article import EntityType, Mention, Span


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
