"""One row of the result list as segments: the title line and the snippet lines under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from seedread.widgets.rendering.cells import (
    MORE,
    Glyphs,
    clipped,
    fitting_length,
    graphemes,
    max_cell_len,
    sanitized,
)
from seedread.widgets.rendering.painting import painted
from seedread.widgets.rendering.wrapping import wrap
from seedread_index.model.article import Span
from seedread_index.model.results import Hit, Snippet

MARKS = 3
"""Cells before the title: cursor, tick or unread, and a space."""
_FACTS_FROM = 40
"""A pane of fewer cells shows titles alone."""
_TITLE_SHARE = 2
"""Only the date may take from a title more than one part in this many of the width."""
_SOURCE_SHARE = 4


@dataclass(frozen=True, slots=True)
class Brush:
    """What rows are drawn with: the style below everything, that of each component, and the signs."""

    blank: Style
    style_of: Callable[[str], Style]
    glyphs: Glyphs


@dataclass(frozen=True, slots=True)
class RowState:
    """What a row looks like besides its hit."""

    cursor: bool
    ticked: bool
    read: bool
    kept: str = ""
    """What is kept of the article: a star, tags, notes."""


def row_segments(
    hit: Hit, state: RowState, width: int, brush: Brush, *, titles: int, snippets: int
) -> list[list[Segment]]:
    """The lines of a row: a title of at most `titles` lines, and snippet in those that are left."""
    lines = title_segments(hit, state, width, brush, titles)
    left = titles + snippets - len(lines)
    return lines + (snippet_segments(hit, left, width, brush) if left else [])


def title_segments(hit: Hit, state: RowState, width: int, brush: Brush, most: int = 1) -> list[list[Segment]]:
    """Marks, title, and at the right edge what is known of the article, in lines of `width` cells.

    Of two lines the second holds the end of the title and what is known, where one has no room for both.
    """
    blank, style_of, glyphs = brush.blank, brush.style_of, brush.glyphs
    over = style_of("cursor") if state.cursor else Style.null()
    line = blank + over
    marks = [
        Segment(glyphs.cursor if state.cursor else " ", blank + style_of("bar") if state.cursor else blank)
    ]
    left = width - 1
    if width > MARKS * 2:
        sign, look = (
            (glyphs.ticked, "tick") if state.ticked else (" " if state.read else glyphs.unread, "unread")
        )
        marks += [Segment(sign, blank + style_of(look)), Segment(" ", blank)]
        left = width - MARKS
    plain = {"facts", "read", "title"} if state.cursor else set()

    def of(name: str) -> Style:
        return line if name in plain else line + style_of(name) + over

    style = of("inferred" if hit.title_inferred else "read" if state.read else "title")
    lead = f"{glyphs.inferred} " if hit.title_inferred else ""
    whole = lead + sanitized(hit.title)
    starts = _line_starts(hit, state.kept, whole, left, glyphs) if most > 1 else (0,)
    lines = []
    for start, stop in zip(starts, [*starts[1:], None], strict=True):
        rest, room, tail = whole[start:stop].rstrip(), left, ""
        if stop is None and width >= _FACTS_FROM:
            tail = _facts(hit, state.kept, width * len(starts), left - max_cell_len(rest), glyphs)
            room -= cell_len(tail) + 2 if tail else 0
        title = clipped(rest, room, glyphs.ellipsis)
        kept = len(title) - (1 if title.endswith(glyphs.ellipsis) else 0)
        shift = len(lead) - start
        places = ((max(0, first + shift), min(last + shift, kept)) for first, last in hit.title_marks)
        layers = [(first, last, style_of("mark")) for first, last in places if first < last]
        segments = [*painted(title + " " * (room - cell_len(title)), style, layers)]
        if tail:
            segments.append(Segment(f"  {tail}", of("facts")))
        lines.append([*(marks if start == 0 else [Segment(" " * (width - left), blank)]), *segments])
    return lines


def _line_starts(hit: Hit, kept: str, title: str, room: int, glyphs: Glyphs) -> tuple[int, ...]:
    """Where the lines of a title begin: two where one has no room for it and its date."""
    needed = cell_len(_facts(hit, kept, room * 2, 0, glyphs)) if room + MARKS >= _FACTS_FROM else 0
    if max_cell_len(title) + (needed + 2 if needed else 0) <= room:
        return (0,)
    spans = wrap(title, room)
    return (0, spans[1][0] if len(spans) > 1 else len(title))


def _facts(hit: Hit, kept: str, width: int, free: int, glyphs: Glyphs) -> str:
    """What is kept of the article, near-duplicates, hits, source and date, those that there are.

    The title goes first: of these only what is kept and the date take room from it, the date in a wide pane;
    the others stand where the title leaves `free` cells.
    """
    parts = [clipped(sanitized(kept), max(1, width // _SOURCE_SHARE), glyphs.ellipsis)] if kept else []
    date = hit.date.isoformat() if hit.date else ""
    if date and (width >= _FACTS_FROM * _TITLE_SHARE or cell_len("  ".join((*parts, date))) + 2 <= free):
        parts.append(date)
    before = len(parts) - (1 if date and date in parts else 0)
    others = (
        clipped(sanitized(hit.source or ""), width // _SOURCE_SHARE, glyphs.ellipsis),
        f"{hit.hits:,} hit{'s' * (hit.hits > 1)}" if hit.hits else "",
        f"{MORE}{len(hit.variants)} near-duplicate{'s' * (len(hit.variants) > 1)}" if hit.variants else "",
    )
    for each in filter(None, others):  # the date is the last column: nothing else stands in its place
        if (before < len(parts) or not date) and cell_len("  ".join((*parts, each))) + 2 <= free:
            parts.insert(before, each)
    if hit.variants and not any("near-duplicate" in part for part in parts):
        parts.insert(before, f"{MORE}{len(hit.variants)}")
    return "  ".join(parts)


def snippet_segments(hit: Hit, lines: int, width: int, brush: Brush) -> list[list[Segment]]:
    """The lines under a title, the first mark always in view."""
    blank, style_of, glyphs = brush.blank, brush.style_of, brush.glyphs
    margin = MARKS if width > MARKS * 2 else 0
    measure = max(1, width - margin - 1)
    whole = joined(hit.snippets, glyphs.ellipsis)
    if hit.title_inferred:
        whole = after_title(whole, sanitized(hit.title), glyphs.ellipsis)
    part = windowed(whole.text, whole.marks, measure * lines, glyphs.ellipsis)
    spans = wrap(part.text, measure)
    if len(spans) > lines:
        part = windowed(whole.text, whole.marks, max(1, measure * lines - measure // 4), glyphs.ellipsis)
        spans = wrap(part.text, measure)[:lines]
    indent = Segment(" " * margin, blank)
    base = blank + style_of("snippet")
    bright = Style(dim=False) + style_of("mark")
    layers = [(start, end, bright) for start, end in part.marks]
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
        text += sanitized(snippet.text)
    return Windowed(text, tuple(marks))


_SENTENCE_END = re.compile(r"\s*[.…!?。！？]+[\"'”’»)\]]*(?:\s+|$)")
"""What ends the sentence that stands in for a headline, where the title leaves it out."""


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
    ended = _SENTENCE_END.match(rest)
    kept = rest[ended.end() :] if ended else rest.lstrip()
    if not kept:
        return whole
    before = "" if ended else ellipsis
    shift = len(before) + len(kept) - len(whole.text)
    return Windowed(before + kept, tuple(Span(start + shift, end + shift) for start, end in whole.marks))


def windowed(text: str, marks: Sequence[Span], width: int, ellipsis: str) -> Windowed:
    """The text cut to `width` cells, its first mark in view; ellipses stand where something was cut."""
    lead = len(text) - len(text.lstrip())
    text = text[lead:].rstrip()
    marks = [Span(max(0, start - lead), min(end - lead, len(text))) for start, end in marks]
    marks = [mark for mark in marks if mark.start < mark.end]
    if max_cell_len(text) <= width:
        return Windowed(text, tuple(marks))
    start = _start(text, marks[0], width) if marks else 0
    before = ellipsis if start else ""
    rest = text[start:]
    if max_cell_len(before + rest) <= width:
        after, kept = "", len(rest)
    else:
        after = ellipsis
        kept = fitting_length(rest, width - max_cell_len(before) - max_cell_len(after))
        if marks and start + kept < marks[0].end:  # the mark alone is wider: signs give way to it
            before, after, kept = "", "", fitting_length(rest, width)
    shift = len(before) - start
    inside = [Span(max(start, first), min(last, start + kept)) for first, last in marks]
    return Windowed(
        before + rest[:kept] + after,
        tuple(Span(first + shift, last + shift) for first, last in inside if first < last),
    )


def _start(text: str, mark: Span, width: int) -> int:
    """Where to start so that the mark is in view: at the text's start if it can be, else at a word's."""
    if max_cell_len(text[: mark.end]) < width:
        return 0
    lead = min(width // _LEAD, width - 2 - max_cell_len(text[mark.start : mark.end]))
    if lead <= 0:
        return mark.start
    places = [start for start, _, _ in graphemes(text[: mark.start])]
    used = 0
    start = mark.start
    for place, following in zip(reversed(places), [mark.start, *reversed(places)], strict=False):
        used += max_cell_len(text[place:following])
        if used > lead:
            break
        start = place
    word = text.find(" ", start, mark.start)
    return word + 1 if word >= 0 and start > 0 and not text[start - 1].isspace() else start
