"""Cuts the fragments of an article that show its hits best."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seedread_index.model.article import Article, PassageKind, Span
from seedread_index.model.results import Snippet

WIDTH = 240
"""Characters of a snippet, about three lines of a terminal."""
_LEAD = 60
"""Characters shown before the first mark of a snippet at most, where its sentence does not start nearer."""
_WALLS = (PassageKind.BOILERPLATE, PassageKind.TITLE, PassageKind.DATE, PassageKind.BYLINE)


@dataclass(frozen=True, slots=True)
class Weights:
    """What makes one fragment of an article better than another. Chosen by hand."""

    different: int = 4
    """What each different form among the hits in a fragment is worth."""
    most_hits: int = 4
    """Up to so many hits of a fragment each add 1."""
    body: int = 2
    """What it is worth that the first hit is in the body."""
    candidates: int = 24
    """Hits of the article around which a fragment is tried."""
    looked_at: int = 12
    """Hits that are counted in a fragment at most."""


WEIGHTS = Weights()
_EDGES = re.compile(r"\n\s*|(?<=[.!?…。！？])[\"'”’)\]]*\s+")


def snippets_of(
    article: Article, spans: Sequence[Span], count: int, *, width: int = WIDTH
) -> tuple[Snippet, ...]:
    """The best fragments, at most `count`, in the order of the text; the opening where nothing is marked."""
    if count <= 0:
        return ()
    if not spans:
        return (_opening(article, width),)
    windows = _windows(article, spans, width)
    chosen: list[Span] = []
    for window in sorted(windows, key=lambda each: (-windows[each], each)):
        if all(window.end <= other.start or window.start >= other.end for other in chosen):
            chosen.append(window)
            if len(chosen) == count:
                break
    return tuple(_snippet(article, window, spans) for window in sorted(chosen))


def _windows(article: Article, spans: Sequence[Span], width: int) -> dict[Span, float]:
    """Fragments that begin about a hit, each with what it is worth."""
    body = [passage for passage in article.passages if passage.kind is PassageKind.BODY]
    windows: dict[Span, float] = {}
    for index, span in enumerate(spans[: WEIGHTS.candidates]):
        window = _window(article, spans, index, width)
        inside = []
        for other in spans[index : index + WEIGHTS.looked_at]:
            if other.end > window.end:
                break
            inside.append(article.text[other.start : other.end].lower())
        in_body = any(passage.start <= span.start < passage.end for passage in body)
        worth = WEIGHTS.different * len(set(inside)) + min(len(inside), WEIGHTS.most_hits)
        windows[window] = max(windows.get(window, 0), worth + WEIGHTS.body * in_body)
    return windows


def _window(article: Article, spans: Sequence[Span], index: int, width: int) -> Span:
    """The stretch to show around a hit: from the start of its sentence or some words before it."""
    text, span = article.text, spans[index]
    home = _home(article, span)
    start = max(home.start, span.start - _LEAD)
    if start > home.start:
        edge = None
        for match in _EDGES.finditer(text, max(home.start, span.start - width // 2), span.start):
            edge = match.end()
        if edge is not None and edge <= span.start:
            start = edge if span.start - edge <= width // 2 else start
        if edge is None or start != edge:
            start = _next_word(text, start, span.start)
    end = min(max(_reach(article, start, width), span.end), max(home.end, span.end))
    if end < home.end and end > span.end:
        end = _last_word(text, end, span.end)
    return _trimmed(text, Span(start, end), span)


def _home(article: Article, span: Span) -> Span:
    """The stretch that a fragment keeps within: no boilerplate, no headline or date beside it."""
    start, end = 0, len(article.text)
    for passage in article.passages:
        if passage.start < span.end and span.start < passage.end:
            if passage.kind is PassageKind.BOILERPLATE:
                return Span(passage.start, passage.end)
            if passage.kind in _WALLS:
                start = passage.start
        elif passage.end <= span.start and passage.kind in _WALLS:
            start = passage.end
        elif passage.start >= span.end and passage.kind is PassageKind.BOILERPLATE:
            end = min(end, passage.start)
    return Span(start, end)


def _next_word(text: str, start: int, limit: int) -> int:
    at = start
    while at < limit and not text[at].isspace():
        at += 1
    while at < limit and text[at].isspace():
        at += 1
    return at if at < limit or start == limit else start


def _last_word(text: str, end: int, limit: int) -> int:
    at = end
    while at > limit and not text[at - 1].isspace() and not text[at].isspace():
        at -= 1
    return at if at > limit else end


def _trimmed(text: str, window: Span, keep: Span) -> Span:
    start, end = window
    while start < keep.start and text[start].isspace():
        start += 1
    while end > keep.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _opening(article: Article, width: int) -> Snippet:
    """The start of the body."""
    kinds = (PassageKind.BODY,) if article.of_kind(PassageKind.BODY) else tuple(PassageKind)
    passages = article.of_kind(*kinds)
    start = passages[0].start if passages else 0
    end = min(_reach(article, start, width), passages[0].end if len(passages) == 1 else len(article.text))
    home = _home(article, Span(start, start))
    end = min(end, home.end) if home.end > start else end
    if end < len(article.text):
        end = _last_word(article.text, end, start)
    return _snippet(article, _trimmed(article.text, Span(start, end), Span(start, start)), ())


def _reach(article: Article, start: int, width: int) -> int:
    """Where a fragment of so many characters ends that a reader sees."""
    end = start + width
    for unseen in article.unseen:
        if unseen.start >= end:
            break
        if unseen.end > start:
            end += unseen.end - max(unseen.start, start)
    return end


def _snippet(article: Article, window: Span, spans: Sequence[Span]) -> Snippet:
    """A fragment of what is seen, each run of white space one blank, and its marks in that."""
    start, end = window
    kept: list[int] = []
    text = ""
    for first, last in _seen(article, window):
        for at in range(first, last):
            character = " " if article.text[at].isspace() else article.text[at]
            if character != " " or (text and text[-1] != " "):
                text += character
                kept.append(at)
    marks = tuple(
        Span(bisect_left(kept, max(span.start, start)), bisect_left(kept, min(span.end, end)))
        for span in spans
        if span.start < end and span.end > start
    )
    return Snippet(text, start, end, marks)


def _seen(article: Article, window: Span) -> Iterator[tuple[int, int]]:
    """The stretches of a fragment that a reader sees."""
    at = window.start
    for unseen in article.unseen:
        if at < unseen.end and unseen.start < window.end:
            yield at, unseen.start
            at = unseen.end
    yield at, window.end
