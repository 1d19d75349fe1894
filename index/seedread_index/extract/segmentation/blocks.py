"""Blocks: the lines of a text that belong together, put back together, with the way back to the file.

A block is what a reader sees as one thing: a paragraph, a heading, an entry of a menu. Its text is one line,
whatever the file's own lines are; every offset of it leads back to one of the file. Segmentation, search,
names and the reader work on the same blocks, so that a name or a phrase runs over a line's end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from seedread_index.extract.segmentation.lines import Line
from seedread_index.extract.segmentation.markup import Visible
from seedread_index.extract.segmentation.words import word_set
from seedread_index.model.article import Span

UNSPACED = re.compile(r"[\u2e80-\u312f\u31f0-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef]")
_BULLET = re.compile(r"\s*(?:[-*+•·]|\d{1,3}[.)])\s+")
_MARKS = re.compile(r"\S(?:[^\n]*\S)?")
_HYPHENS = "-\u2010\u00ad"
_HEAD, _TAIL = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
_PREFIXES, _WITHIN = word_set("hyphenated"), word_set("within_compounds")


class Block(NamedTuple):
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
    extent: tuple[int, int] = (0, 0)
    """The whole of its lines in the file, with marks that a reader does not see."""

    glued: tuple[int, ...] = ()
    """Where in the file a line goes on in the next one in mid-word."""

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


def unseen_of(block: Block, text: str) -> Iterator[Span]:
    """What a reader does not see inside a block: all but its spans, bullets, and blanks between lines."""
    if block.spans == (block.extent,) and block.text:
        return
    at = block.start
    for start, end in (*block.spans, (block.end, block.end)) if block.text else ((block.end, block.end),):
        if start > at:
            gap = text[at:start]
            if at in block.glued or ("\n" not in gap and gap.strip() and not _BULLET.fullmatch(gap)):
                yield Span(at, start)
            elif "\n" in gap:
                yield from (Span(at + m.start(), at + m.end()) for m in _MARKS.finditer(gap))
        at = max(at, end)


def single(text: str, line: Line) -> Block:
    """The block of one line as it is."""
    span = (line.start, line.end)
    return Block((span,), (0,), text[line.start : line.end], line.gap > 0, line.indent, extent=span)


def joined(
    text: str, run: Sequence[Line], visible: Callable[[str, int, int], Visible] | None = None
) -> Block:
    """The block of a run of lines."""
    if visible is None and len(run) == 1:
        return single(text, run[0])
    spans: list[tuple[int, int]] = []
    glued: list[int] = []
    linked = heading = 0
    bullet = False
    shown = _seen_of(text, run, visible) if visible else [Visible(((one.start, one.end),)) for one in run]
    for number, seen in enumerate(shown):
        linked += seen.linked
        if number == 0:
            heading, bullet = seen.heading, seen.bullet
        elif spans and seen.spans and (edge := _glued_at(text, spans[-1], seen.spans[0])) is not None:
            spans[-1] = (spans[-1][0], edge)
            glued.append(edge)
        spans += seen.spans
    extent = (run[0].start, run[-1].end)
    starts, joined = _put_together(text, spans, glued)
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
        tuple(glued),
    )


def _seen_of(text: str, run: Sequence[Line], visible: Callable[[str, int, int], Visible]) -> list[Visible]:
    """What is seen of each line of a run; where one breaks off in a link, the run is looked at as a whole."""
    if not any(breaks_off(text, line) for line in run[:-1]):
        return [visible(text, line.start, line.end) for line in run]
    whole = visible(text, run[0].start, run[-1].end)
    found: list[Visible] = []
    for line in run:
        inside = ((max(start, line.start), min(end, line.end)) for start, end in whole.spans)
        spans = tuple((start, end) for start, end in inside if start < end)
        found.append(Visible(spans, 0 if found else whole.linked, whole.heading, whole.bullet))
    return found


def breaks_off(text: str, line: Line) -> bool:
    """Whether a line of Markdown ends in a link's words or in its address."""
    if text.count("[", line.start, line.end) > text.count("]", line.start, line.end):
        return True
    closed = text.rfind("](", line.start, line.end)
    return closed >= 0 and text.find(")", closed, line.end) < 0


def _put_together(
    text: str, spans: Sequence[tuple[int, int]], glued: Container[int]
) -> tuple[list[int], str]:
    """Where each span begins in the text of a block, and that text: lines are parted by a blank."""
    starts: list[int] = []
    pieces: list[str] = []
    length = 0
    for index, (first, last) in enumerate(spans):
        before = spans[index - 1] if index else None
        parted = before is not None and "\n" in text[before[1] : first] and before[1] not in glued
        if before and parted and _spaced(text, before, (first, last)):
            pieces.append(" ")
            length += 1
        starts.append(length)
        pieces.append(text[first:last])
        length += last - first
    return starts, "".join(pieces)


def _glued_at(text: str, before: tuple[int, int], after: tuple[int, int]) -> int | None:
    """Where a line ends that goes on in the next one in mid-word, None for one that does not.

    A hyphen at the end parts a word, and is dropped unless the text has the word with it elsewhere, or it
    stands behind a prefix that takes one. Scripts without blanks go on from line to line.
    """
    end, start = before[1], after[0]
    if end - before[0] < 2 or after[0] == after[1]:
        return None
    if UNSPACED.match(text[end - 1]) and UNSPACED.match(text[start]):
        return end
    if text[end - 1] not in _HYPHENS or not text[start].islower():
        return None
    if not text[end - 2].isalpha():
        return end if text[end - 2].isdigit() or text[end - 2] == "." else None
    head, tail = _HEAD.search(text, max(before[0], end - 30), end - 1), _TAIL.match(text, start, after[1])
    if head is None or tail is None:
        return None
    first, second = head[0].casefold(), tail[0].casefold()
    folded = _folded(text)
    if f"{first}-{second}" in folded or (first in _WITHIN and text[max(head.start() - 1, 0)] in _HYPHENS):
        return end
    return end - 1 if f"{first}{second}" in folded or first not in _PREFIXES else end


@lru_cache(maxsize=1)
def _folded(text: str) -> str:
    return text.casefold()


def _spaced(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a blank belongs between two spans: not in scripts without blanks, nor before a comma."""
    if before[0] == before[1] or after[0] == after[1]:
        return False
    first, second = text[before[1] - 1], text[after[0]]
    if UNSPACED.match(first) and UNSPACED.match(second):
        return False
    return second not in ",.;:!?)]’”»%" and first not in "([“„«"
