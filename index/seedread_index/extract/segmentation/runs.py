"""Runs of lines that belong together, by the shape of a text, and the blocks that they make."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from seedread_index.extract.segmentation.blocks import UNSPACED, Block, breaks_off, joined
from seedread_index.extract.segmentation.elements import elements_in
from seedread_index.extract.segmentation.header.bylines import is_by_label
from seedread_index.extract.segmentation.lines import (
    SENTENCE_END,
    Line,
    Shape,
    columns,
    fills,
    first_word,
    lines_of,
    shape_of,
    width_of,
    wrap_of,
)
from seedread_index.extract.segmentation.markup import is_reference, visible_dump, visible_markdown

_STARTS_OPEN = re.compile(r"[,;.:!?%)\]’”»…、。，；：！？）」』]|['’][a-z]{1,2}\b|[-–—]\s")
_ENDS_OPEN = re.compile(r"(?:[,(\[“„«‘/、，（「『]|\s[-–—])$")
_NEW = re.compile(r"[*+•·▪◦‣–—-]\s|\d{1,3}[.)]\s|#{1,6}\s|\|")
_HYPHEN = re.compile(r"[^\W_][-\u2010]|\.[-\u2010]")
_PROSE_WORDS = 7
_LONG, _MOST_PIECES = 45, 8
_AGREED = 0.3
"""Such a share of the long lines of Markdown agree on the column of wrapping: its links are not wrapped."""

_INDENT = 3
"""So far may rows of a paragraph stand in from each other, below an item's mark or a first row further in."""

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
    width = wrap_of(text, lines) or width_of(text, lines)
    if shape is Shape.WRAPPED:
        return shape, [joined(text, run) for run in _row_runs(text, lines, width)]
    shown, unseen = _apart(lines, lambda line: is_reference(text, line.start, line.end))
    return shape, _with_lines(
        [joined(text, run, visible_dump) for run in _row_runs(text, shown, width)], unseen
    )


def _markdown(text: str, lines: Sequence[Line]) -> list[Block]:
    """A block a line, or of the lines of one wrapped paragraph."""
    width = wrap_of(text, lines, _AGREED)
    if (elements := elements_in(text)) is None:
        return [joined(text, run, visible_markdown) for run in _markdown_runs(text, lines, width)]
    shown, unseen = _apart(lines, lambda line: elements.cover(text, line))
    return _with_lines(
        [joined(text, run, elements.visible) for run in _markdown_runs(text, shown, width)], unseen
    )


def _apart(lines: Sequence[Line], is_unseen: Callable[[Line], bool]) -> tuple[Sequence[Line], list[Line]]:
    """The lines of which something is seen, and the others; all and none where nothing would be left."""
    shown: list[Line] = []
    unseen: list[Line] = []
    gap = 0
    for line in lines:
        if is_unseen(line):
            unseen.append(line)
            gap = max(1, gap + line.gap)
        else:
            shown.append(line._replace(gap=line.gap + gap) if gap else line)
            gap = 0
    return (shown, unseen) if shown else (lines, [])


def _with_lines(blocks: list[Block], unseen: Sequence[Line]) -> list[Block]:
    """The blocks with lines that are not seen: each belongs to the block above it, the first ones below."""
    starts = [block.start for block in blocks]
    for line in unseen:
        place = max(0, bisect_right(starts, line.start) - 1)
        start, end = blocks[place].extent
        blocks[place] = blocks[place]._replace(extent=(min(start, line.start), max(end, line.end)))
    return blocks


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


def _markdown_runs(text: str, lines: Sequence[Line], width: int) -> Iterator[list[Line]]:
    """Lines of a paragraph: a following line without a mark of its own, where the first does not end."""
    run: list[Line] = []
    for line in lines:
        if run and not (
            line.gap == 0 and len(run) < _MOST_LINES and _markdown_goes_on(text, run, line, width)
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _markdown_goes_on(text: str, run: Sequence[Line], line: Line, width: int) -> bool:
    """Whether a line of Markdown belongs to the paragraph of the lines before it.

    In a text that is wrapped at a `width`, which is 0 if it is not, a line goes on where the next word had no
    room in it; two blanks or a backslash at its end break it.
    """
    last = run[-1]
    if line.gap > 0 or _NEW.match(text, line.start):
        return False
    if width:
        if breaks_off(text, last):
            return True
        if text.startswith("  ", last.end) or text[last.end - 1] == "\\":
            return False
        if _has_no_room(text, last, line, width):
            return True
    return (
        line.indent == run[0].indent
        and fills(text, last, _LONG)
        and not _NEW.match(text, run[0].start)
        and (text[line.start].islower() or not SENTENCE_END.search(text, last.end - 3, last.end))
    )


def _has_no_room(text: str, last: Line, line: Line, width: int) -> bool:
    """Whether the first word of a line had no room in the row before it."""
    word = first_word(text, line)
    room = 2 if UNSPACED.match(word) else columns(word) + 1
    return last.indent + columns(text[last.start : last.end]) + room > width


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
    apart = line.indent - (run[1].indent if len(run) > 1 else margin)
    first_indented = len(run) == 1 and apart < 0 and not SENTENCE_END.search(text, last.end - 1, last.end)
    if abs(apart) > (_INDENT if hanging or first_indented else 1):
        return False
    if _has_no_room(text, last, line, width):
        return True
    reach = last.indent + columns(text[last.start : last.end])
    ends = SENTENCE_END.search(text, max(last.start, last.end - 6), last.end)
    return not ends and text[line.start].islower() and reach >= 0.6 * width
