"""Runs of lines that belong together, by the shape of a text, and the blocks that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedread_index.extract.segmentation.blocks import UNSPACED, Block, joined
from seedread_index.extract.segmentation.header.bylines import is_by_label
from seedread_index.extract.segmentation.lines import (
    SENTENCE_END,
    Line,
    Shape,
    columns,
    fills,
    lines_of,
    shape_of,
    visible_dump,
    visible_markdown,
    width_of,
)

_STARTS_OPEN = re.compile(r"[,;.:!?%)\]’”»…、。，；：！？）」』]|['’][a-z]{1,2}\b|[-–—]\s")
_ENDS_OPEN = re.compile(r"(?:[,(\[“„«‘/、，（「『]|\s[-–—])$")
_NEW = re.compile(r"[*+•·▪◦‣–—-]\s|\d{1,3}[.)]\s|#{1,6}\s|\|")
_HYPHEN = re.compile(r"[^\W_][-\u2010]|\.[-\u2010]")
_PROSE_WORDS = 7
_LONG, _MOST_PIECES = 45, 8
_MOST_LINES = 200
"""So many lines at most make a block."""


def blocks_of(text: str, start: int = 0, shape: Shape | None = None) -> tuple[Shape, list[Block]]:
    """The shape of a text from `start` on, and its blocks in order: each visible character is in one."""
    lines = lines_of(text, start)
    shape = shape or shape_of(text, lines)
    if shape is Shape.BLOCKS:
        return shape, [joined(text, run) for run in _hyphenated_runs(text, lines)]
    if shape is Shape.MARKDOWN:
        return shape, _markdown(text, lines)
    if shape is Shape.NODES:
        return shape, [joined(text, run) for run in _node_runs(text, lines)]
    visible = visible_dump if shape is Shape.DUMP else None
    width = width_of(text, lines)
    return shape, [joined(text, run, visible) for run in _row_runs(text, lines, width)]


def _markdown(text: str, lines: Sequence[Line]) -> list[Block]:
    """A block a line, or of the lines of one wrapped paragraph."""
    return [joined(text, run, visible_markdown) for run in _markdown_runs(text, lines)]


def _hyphenated_runs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Each line for itself, but for those that end with a word's hyphen."""
    run: list[Line] = []
    for line in lines:
        if run and not (line.gap == 0 and _is_parted(text, run[-1].end, line.start)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_parted(text: str, end: int, start: int) -> bool:
    """Whether a line ends in a word's hyphen; behind a number or a full stop a small letter must follow."""
    if not _HYPHEN.match(text, end - 2) or not text[start].isalpha():
        return False
    return text[end - 2].isalpha() or text[start].islower()


def _markdown_runs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of a paragraph: a following line without a mark of its own, where the first does not end."""
    run: list[Line] = []
    for line in lines:
        if run and not (
            line.gap == 0
            and len(run) < _MOST_LINES
            and line.indent == run[0].indent
            and fills(text, run[-1], _LONG)
            and not _NEW.match(text, line.start)
            and not _NEW.match(text, run[0].start)
            and (text[line.start].islower() or not SENTENCE_END.search(text, run[-1].end - 3, run[-1].end))
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _node_runs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of text nodes that make a paragraph: a piece goes on where the next begins in mid-sentence."""
    run: list[Line] = []
    for index, line in enumerate(lines):
        ahead = lines[index + 1 : index + _MOST_PIECES]
        if run and not (len(run) < _MOST_LINES and _goes_on(text, run, line, ahead)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _begins_within(text: str, line: Line) -> bool:
    """Whether a line begins in mid-sentence."""
    return line.gap == 0 and (text[line.start].islower() or _STARTS_OPEN.match(text, line.start) is not None)


def _closes(text: str, pieces: Sequence[Line], length: int) -> bool:
    """Whether pieces, with so many characters before them, make a sentence: names may stand amid it."""
    for place, line in enumerate(pieces):
        name = line.gap == 0 and place + 1 < len(pieces) and _begins_within(text, pieces[place + 1])
        if place and not (name or _begins_within(text, line)):
            return False
        length += line.end - line.start
        if SENTENCE_END.search(text, max(line.start, line.end - 6), line.end):
            return length >= _LONG
    return False


def _goes_on(text: str, run: Sequence[Line], line: Line, ahead: Sequence[Line]) -> bool:
    """Whether a text node belongs to the paragraph before it; `ahead` are the next ones."""
    following = ahead[0] if ahead else None
    if line.gap > 0:
        return False
    last = run[-1]
    if is_by_label(text[line.start : line.end]):
        return False
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
        return prose or line.end - line.start >= _LONG or _closes(text, (line, *ahead), length)
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
    room = 2 if UNSPACED.match(word) else columns(word) + 1
    reach = last.indent + columns(text[last.start : last.end])
    if reach + room > width:
        return True
    ends = SENTENCE_END.search(text, max(last.start, last.end - 6), last.end)
    return not ends and text[line.start].islower() and reach >= 0.6 * width
