"""Blocks: the lines of a text that belong together, put back together, with the way back to the file.

A block is what a reader sees as one thing: a paragraph, a heading, an entry of a menu. Its text is one line,
whatever the file's own lines are; every offset of it leads back to one of the file. Segmentation, search,
names and the reader work on the same blocks, so that a name or a phrase runs over a line's end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from seedread_index.extract.segmentation.lines import (
    SENTENCE_END,
    Line,
    Shape,
    columns,
    lines_of,
    shape_of,
    width_of,
)
from seedread_index.extract.segmentation.visible import Visible, visible_dump, visible_markdown

_UNSPACED = re.compile(r"[\u2e80-\u312f\u31f0-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef]")
_STARTS_OPEN = re.compile(r"[,;.:!?%)\]’”»…、。，；：！？）」』]|['’][a-z]{1,2}\b|[-–—]\s")
_ENDS_OPEN = re.compile(r"(?:[,(\[“„«‘/、，（「『]|\s[-–—])$")
_NEW = re.compile(r"[*+•·▪◦‣–—-]\s|\d{1,3}[.)]\s|#{1,6}\s|\|")
_PROSE_WORDS = 7
_LONG = 45
_MOST_LINES = 200
"""So many lines at most make a block."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text: `text` as a reader sees it, `spans` of the file that it was put together from.

    `starts` are the offsets in `text` at which the spans begin; what lies between two spans is a blank or
    nothing. `linked` is the share of its characters that are links (known of Markdown only).
    """

    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    text: str
    after_blank: bool
    indent: int = 0
    linked: float = 0.0
    heading: int = 0
    bullet: bool = False
    lines: int = 1
    extent: tuple[int, int] = field(default=(0, 0))
    """The whole of its lines in the file, with marks that a reader does not see."""

    @property
    def start(self) -> int:
        """Where the block begins in the file."""
        return self.extent[0]

    @property
    def end(self) -> int:
        """Where the block ends in the file."""
        return self.extent[1]

    def offset(self, place: int) -> int:
        """The offset in the file of a place in the block's text."""
        index = bisect_right(self.starts, place) - 1
        start, end = self.spans[index]
        return min(start + place - self.starts[index], end)


def blocks_of(text: str, start: int = 0, shape: Shape | None = None) -> tuple[Shape, list[Block]]:
    """The shape of a text from `start` on, and its blocks in order: each visible character is in one."""
    lines = lines_of(text, start)
    shape = shape or shape_of(text, lines)
    if shape is Shape.BLOCKS:
        return shape, [_single(text, line) for line in lines]
    if shape is Shape.MARKDOWN:
        return shape, _markdown(text, lines)
    if shape is Shape.NODES:
        return shape, [_joined(text, run) for run in _node_runs(text, lines)]
    visible = visible_dump if shape is Shape.DUMP else None
    width = width_of(text, lines)
    return shape, [_joined(text, run, visible) for run in _row_runs(text, lines, width)]


def _single(text: str, line: Line) -> Block:
    span = (line.start, line.end)
    return Block((span,), (0,), text[line.start : line.end], line.gap > 0, line.indent, extent=span)


def _markdown(text: str, lines: Sequence[Line]) -> list[Block]:
    """A block a line, or of the lines of one wrapped paragraph."""
    return [_joined(text, run, visible_markdown) for run in _markdown_runs(text, lines)]


def _markdown_runs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of a paragraph: a following line without a mark of its own, where the first does not end."""
    run: list[Line] = []
    for line in lines:
        if run and not (
            line.gap == 0
            and len(run) < _MOST_LINES
            and line.indent == run[0].indent
            and run[-1].end - run[-1].start >= _LONG
            and not _NEW.match(text, line.start)
            and not _NEW.match(text, run[0].start)
            and (text[line.start].islower() or not SENTENCE_END.search(text, run[-1].end - 3, run[-1].end))
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _joined(
    text: str, run: Sequence[Line], visible: Callable[[str, int, int], Visible] | None = None
) -> Block:
    """The block of a run of lines."""
    if visible is None and len(run) == 1:
        return _single(text, run[0])
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    pieces: list[str] = []
    length = linked = heading = 0
    bullet = False
    for number, line in enumerate(run):
        seen = visible(text, line.start, line.end) if visible else Visible(((line.start, line.end),))
        linked += seen.linked
        if number == 0:
            heading, bullet = seen.heading, seen.bullet
        elif pieces and seen.spans and _spaced(text, spans[-1], seen.spans[0]):
            pieces.append(" ")
            length += 1
        for first, last in seen.spans:
            spans.append((first, last))
            starts.append(length)
            pieces.append(text[first:last])
            length += last - first
    joined = "".join(pieces)
    extent = (run[0].start, run[-1].end)
    return Block(
        tuple(spans) or (extent,),
        tuple(starts) or (0,),
        joined,
        run[0].gap > 0,
        run[0].indent,
        min(1.0, linked / max(1, len(joined.strip()))),
        heading,
        bullet,
        len(run),
        extent,
    )


def _spaced(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a blank belongs between two spans: not in scripts without blanks, nor before a comma."""
    if before[0] == before[1] or after[0] == after[1]:
        return False
    first, second = text[before[1] - 1], text[after[0]]
    if _UNSPACED.match(first) and _UNSPACED.match(second):
        return False
    return second not in ",.;:!?)]’”»%" and first not in "([“„«"


def _node_runs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of text nodes that make a paragraph: a piece goes on where the next begins in mid-sentence."""
    run: list[Line] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if run and not (len(run) < _MOST_LINES and _goes_on(text, run, line, following)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _goes_on(text: str, run: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Whether a text node belongs to the paragraph before it."""
    if line.gap > 0:
        return False
    last = run[-1]
    length = sum(piece.end - piece.start for piece in run)
    if _STARTS_OPEN.match(text, line.start):
        return length > 12 or line.end - line.start > _LONG
    ends = SENTENCE_END.search(text, max(last.start, last.end - 6), last.end) is not None
    long = length >= _LONG
    if _ENDS_OPEN.search(text[last.start : last.end][-3:]):
        return long or line.end - line.start >= _LONG
    if ends:
        return False
    prose = long and text[run[0].start : last.end].count(" ") >= _PROSE_WORDS
    if text[line.start].islower():
        return prose or line.end - line.start >= _LONG
    if not prose or following is None or following.gap:
        return False
    return bool(
        _STARTS_OPEN.match(text, following.start)
        or (text[following.start].islower() and following.end - following.start > 3)
    )


def _row_runs(text: str, lines: Sequence[Line], width: int) -> Iterator[list[Line]]:
    """Runs of rows that make a paragraph: a row goes on where the next word had no room in it."""
    run: list[Line] = []
    for line in lines:
        if run and not (len(run) < _MOST_LINES and _row_goes_on(text, run, line, width)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _row_goes_on(text: str, run: Sequence[Line], line: Line, width: int) -> bool:
    """Whether a row belongs to the paragraph of the rows before it."""
    last = run[-1]
    if line.gap > 0 or (_NEW.match(text, line.start) and text[line.start] not in "–—-"):
        return False
    hanging = _NEW.match(text, run[0].start)
    margin = run[0].indent + (hanging.end() - hanging.start() if hanging else 0)
    if abs(line.indent - (run[1].indent if len(run) > 1 else margin)) > (3 if hanging else 1):
        return False
    word = text[line.start : line.end].split(None, 1)[0]
    room = 2 if _UNSPACED.match(word) else columns(word) + 1
    reach = last.indent + columns(text[last.start : last.end])
    if reach + room > width:
        return True
    ends = SENTENCE_END.search(text, max(last.start, last.end - 6), last.end)
    return not ends and text[line.start].islower() and reach >= 0.6 * width
