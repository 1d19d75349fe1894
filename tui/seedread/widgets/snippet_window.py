"""The part of a snippet that fits a row, cut so that its first mark can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from seedread.widgets.cells import defused, fitting, graphemes, room
from seedread_index.article import Span
from seedread_index.results import Snippet

_LEAD = 3
"""Where a snippet is cut before its mark, the mark stands after one part in this many of the width."""


class Windowed(NamedTuple):
    """A text of at most the width asked for, and the marks in it."""

    text: str
    marks: tuple[Span, ...]


def joined(snippets: Sequence[Snippet], ellipsis: str) -> Windowed:
    """Several snippets as one text of one line."""
    text = ""
    marks: list[Span] = []
    for snippet in snippets:
        if text:
            text += f" {ellipsis} "
        marks += [Span(start + len(text), end + len(text)) for start, end in snippet.marks]
        text += defused(snippet.text)
    return Windowed(text, tuple(marks))


def after_title(whole: Windowed, title: str, ellipsis: str) -> Windowed:
    """The text without the opening words that stand in for a headline above it, unless a mark is in them."""
    stem = title.rstrip("….").rstrip()
    rest = whole.text.removeprefix(stem)
    if (
        not stem
        or rest == whole.text
        or not rest.strip()
        or any(mark.start < len(stem) for mark in whole.marks)
    ):
        return whole
    lead = len(rest) - len(rest.lstrip())
    shift = len(ellipsis) - len(stem) - lead
    return Windowed(
        ellipsis + rest[lead:], tuple(Span(start + shift, end + shift) for start, end in whole.marks)
    )


def windowed(text: str, marks: Sequence[Span], width: int, ellipsis: str) -> Windowed:
    """The text cut to `width` cells, its first mark in view; ellipses stand where something was cut."""
    lead = len(text) - len(text.lstrip())
    text = text[lead:].rstrip()
    marks = [Span(max(0, start - lead), min(end - lead, len(text))) for start, end in marks]
    marks = [mark for mark in marks if mark.start < mark.end]
    if room(text) <= width:
        return Windowed(text, tuple(marks))
    start = _start(text, marks[0], width) if marks else 0
    before = ellipsis if start else ""
    rest = text[start:]
    if room(before + rest) <= width:
        after, kept = "", len(rest)
    else:
        after = ellipsis
        kept = fitting(rest, width - room(before) - room(after))
        if marks and start + kept < marks[0].end:  # the mark alone is wider: signs give way to it
            before, after, kept = "", "", fitting(rest, width)
    shift = len(before) - start
    inside = [Span(max(start, first), min(last, start + kept)) for first, last in marks]
    return Windowed(
        before + rest[:kept] + after,
        tuple(Span(first + shift, last + shift) for first, last in inside if first < last),
    )


def _start(text: str, mark: Span, width: int) -> int:
    """Where to start so that the mark is in view: at the text's start if it can be, else at a word's."""
    if room(text[: mark.end]) < width:
        return 0
    lead = min(width // _LEAD, width - 2 - room(text[mark.start : mark.end]))
    if lead <= 0:
        return mark.start
    places = [start for start, _, _ in graphemes(text[: mark.start])]
    used = 0
    start = mark.start
    for place, following in zip(reversed(places), [mark.start, *reversed(places)], strict=False):
        used += room(text[place:following])
        if used > lead:
            break
        start = place
    word = text.find(" ", start, mark.start)
    return word + 1 if word >= 0 and start > 0 and not text[start - 1].isspace() else start
