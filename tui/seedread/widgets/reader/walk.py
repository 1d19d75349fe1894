"""Walking the marked places of an article: hits, found words and mentions, by offsets alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from seedread_index.model.article import EntityType, Mention, Span


def ordered(spans: Sequence[Span], length: int) -> tuple[Span, ...]:
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
        if _wanted(mentions[at], types, like):
            return mentions[at]
    return None


def previous_mention(
    mentions: Sequence[Mention], offset: int, types: frozenset[EntityType], like: Mention | None = None
) -> Mention | None:
    """The last mention of these types that starts before an offset; with `like` one of the same entity."""
    for at in range(bisect_left(mentions, offset, key=_mention_start) - 1, -1, -1):
        if _wanted(mentions[at], types, like):
            return mentions[at]
    return None


def _wanted(mention: Mention, types: frozenset[EntityType], like: Mention | None) -> bool:
    if like is None:
        return mention.type in types
    if like.entity is not None:
        return mention.entity == like.entity
    return mention.type is like.type and mention.text.casefold() == like.text.casefold()


def _start(span: Span) -> int:
    return span.start


def _mention_start(mention: Mention) -> int:
    return mention.start
