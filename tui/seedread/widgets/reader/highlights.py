"""The highlights of an article (matches, found words, mentions): jumping between them, their styles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from rich.style import Style

from seedread.widgets.reader.blocks import LineKind
from seedread.widgets.reader.layout import Line
from seedread.widgets.rendering.painting import Layer
from seedread_index.model.article import EntityType, Mention, Span


def sorted_spans(spans: Sequence[Span], length: int) -> tuple[Span, ...]:
    """Spans by their start, each once, those outside the text or empty left out."""
    if all(0 <= start < end <= length for start, end in spans) and all(
        before < after for before, after in pairwise(spans)
    ):
        return tuple(spans)
    inside = {Span(*span) for span in spans if 0 <= span[0] < span[1] <= length}
    return tuple(sorted(inside))


def index_at(spans: Sequence[Span], offset: int) -> int | None:
    """The span that holds an offset."""
    at = bisect_right(spans, offset, key=_start) - 1
    return at if at >= 0 and offset < spans[at].end else None


def index_from(spans: Sequence[Span], offset: int) -> int | None:
    """The first span at or after an offset."""
    at = bisect_left(spans, offset, key=_start)
    return at if at < len(spans) else None


def index_before(spans: Sequence[Span], offset: int) -> int | None:
    """The last span that starts before an offset."""
    at = bisect_left(spans, offset, key=_start) - 1
    return at if at >= 0 else None


def next_mention(
    mentions: Sequence[Mention], offset: int, types: frozenset[EntityType], like: Mention | None = None
) -> Mention | None:
    """The first mention of these types that starts after an offset; with `like` one of the same entity."""
    for at in range(bisect_right(mentions, offset, key=_mention_start), len(mentions)):
        if _is_wanted(mentions[at], types, like):
            return mentions[at]
    return None


def previous_mention(
    mentions: Sequence[Mention], offset: int, types: frozenset[EntityType], like: Mention | None = None
) -> Mention | None:
    """The last mention of these types that starts before an offset; with `like` one of the same entity."""
    for at in range(bisect_left(mentions, offset, key=_mention_start) - 1, -1, -1):
        if _is_wanted(mentions[at], types, like):
            return mentions[at]
    return None


def _is_wanted(mention: Mention, types: frozenset[EntityType], like: Mention | None) -> bool:
    if like is None:
        return mention.type in types
    if like.entity is not None:
        return mention.entity == like.entity
    return mention.type is like.type and mention.text.casefold() == like.text.casefold()


def _start(span: Span) -> int:
    return span.start


def _mention_start(mention: Mention) -> int:
    return mention.start


COMPONENTS = {
    f"reader--{name}"
    for name in (*LineKind, *EntityType, "mention", "hit", "find", "current", "here", "kept", "selection")
}
"""Every component class: looks of lines, types of names, and marks."""

CSS = """
Reader {
    & > .reader--title { text-style: bold; }
    & > .reader--inferred { text-style: italic; }
    & > .reader--meta, & > .reader--byline { text-style: dim; }
    & > .reader--credit, & > .reader--boilerplate { text-style: dim; }
    & > .reader--fold { text-style: dim italic; }
    & > .reader--badge { color: $warning; text-style: bold; }
    & > .reader--person { color: $primary; text-style: bold; }
    & > .reader--place { color: $secondary; text-style: underline; }
    & > .reader--org { color: $accent; text-style: bold underline; }
    & > .reader--group { color: $accent; text-style: italic; }
    & > .reader--time, & > .reader--money { color: $secondary; text-style: italic; }
    & > .reader--event, & > .reader--other { color: $primary; text-style: underline; }
    & > .reader--kept { color: $success; text-style: underline italic; }
    & > .reader--selection { text-style: reverse not bold not underline not italic; }
    & > .reader--mention { text-style: reverse italic; }
    & > .reader--hit { color: $warning; text-style: reverse not bold not underline not italic; }
    &:ansi > .reader--hit { background: ansi_black; }
    & > .reader--find { color: $secondary; text-style: reverse not bold not underline not italic; }
    & > .reader--current { color: $error; text-style: bold underline reverse not italic; }
    &:ansi > .reader--current { background: ansi_bright_white; }
    & > .reader--here { color: $error; text-style: bold; }
}
"""


LOOKS = {
    EntityType.PERSON: "$primary bold",
    EntityType.PLACE: "$secondary underline",
    EntityType.ORG: "$accent bold underline",
    EntityType.GROUP: "$accent italic",
    EntityType.TIME: "$secondary italic",
    EntityType.MONEY: "$secondary italic",
    EntityType.EVENT: "$primary underline",
}
"""What each type of name looks like, for a legend; as in the style sheet above."""

Spanned = TypeVar("Spanned")


_OVERLAP = 16
"""How many spans back one may still reach into a line."""


def overlapping(
    spans: Sequence[Spanned], start: int, end: int, bounds: Callable[[Spanned], tuple[int, int]]
) -> list[Spanned]:
    """The spans, ordered by their start, that reach into [start, end), in code points of the text."""
    first = bisect_left(spans, start, key=lambda span: bounds(span)[0])
    found = [span for span in spans[max(0, first - _OVERLAP) : first] if bounds(span)[1] > start]
    while first < len(spans) and bounds(spans[first])[0] < end:
        found.append(spans[first])
        first += 1
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Kept passages below, then names, hits, found words, the selection, the current ones on top.

    All are ordered by their start.
    """

    mentions: Sequence[Mention]
    types: frozenset[EntityType]
    hits: Sequence[Span]
    found: Sequence[Span]
    mention: Mention | None
    current: Span | None
    kept: Sequence[Span] = ()
    selection: Span | None = None

    def layers(self, line: Line, style_of: Callable[[str], Style]) -> list[Layer]:
        """The layers over a line; lines whose words are not in the text have none."""
        if line.start >= line.end or line.label or line.kind is LineKind.FOLD:
            return []
        marked = [
            (span.start, span.end, "kept")
            for span in self.kept
            if span.start < line.end and span.end > line.start
        ]
        marked += [
            (mention.start, mention.end, str(mention.type))
            for mention in overlapping(self.mentions, line.start, line.end, _mention_bounds)
            if mention.type in self.types
        ]
        for name, spans in (("hit", self.hits), ("find", self.found)):
            marked += [
                (start, end, name) for start, end in overlapping(spans, line.start, line.end, _span_bounds)
            ]
        chosen = (("selection", self.selection), ("mention", self.mention), ("current", self.current))
        for name, place in chosen:
            if place is not None and place.start < line.end and place.end > line.start:
                marked.append((place.start, place.end, name))
        return [
            (max(start, line.start) - line.start, min(end, line.end) - line.start, style_of(name))
            for start, end, name in marked
        ]


def _mention_bounds(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _span_bounds(span: Span) -> tuple[int, int]:
    return span
