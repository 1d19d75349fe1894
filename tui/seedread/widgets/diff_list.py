"""Two texts beside each other, or one under the other where there is no room, their changed words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from seedread.analysis.word_diff import Pair, Side
from seedread.widgets.line_list import Line, LineList
from seedread.widgets.rendering.cells import sanitized
from seedread.widgets.rendering.painting import Layer, painted
from seedread.widgets.rendering.wrapping import wrap
from seedread_index.model.article import Span

SIDE_BY_SIDE = 100
"""Cells from which the texts stand beside each other."""
_MARGIN = 2
_SIGNS = {"old": "-", "new": "+", "same": " "}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line's worth of one text, and where in it the changed words stand; `look` is old, new or same."""

    text: str
    changed: tuple[Span, ...] = ()
    look: str = "same"


@dataclass(frozen=True, slots=True)
class DiffLine(Line):
    """A row: a stretch of the old text and of the new one; one alone takes the whole width where `alone`."""

    old: Stretch | None = None
    new: Stretch | None = None
    alone: bool = False


class DiffList(LineList, inherit_bindings=False):
    """Rows of two texts; changed words differ in style as well as in colour."""

    DEFAULT_CSS = """
    DiffList {
        & > .diff-list--old { color: $error; text-style: strike bold; }
        & > .diff-list--new { color: $success; text-style: underline bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"diff-list--old", "diff-list--new"}

    def segments(self, line: Line, style: Style, width: int) -> list[Segment]:
        """Both stretches, or the one that stands alone, each after a sign where something differs."""
        if not isinstance(line, DiffLine):
            return super().segments(line, style, width)
        if line.alone:
            return self._column(line.new or line.old, style, width)
        half = width // 2
        return [*self._column(line.old, style, half), *self._column(line.new, style, width - half)]

    def _column(self, stretch: Stretch | None, style: Style, width: int) -> list[Segment]:
        if stretch is None:
            return [Segment(" " * width, style)]
        over = Style.null()
        if stretch.look != "same":
            over = self.get_component_rich_style(f"diff-list--{stretch.look}", partial=True)
        layers: list[Layer] = [(*span, over) for span in stretch.changed]
        sign = _SIGNS[stretch.look] if stretch.changed else " "
        text = [Segment(f"{sign:<{_MARGIN}}", style + over), *painted(stretch.text, style, layers)]
        used = _MARGIN + cell_len(stretch.text)
        return [*text, Segment(" " * max(0, width - used), style)]


def diff_rows(old: str, new: str, pairs: Sequence[Pair], width: int) -> Iterator[DiffLine]:
    """The rows of two texts at a width, an empty one between paragraphs; the target is the row's pair."""
    beside = width >= SIDE_BY_SIDE
    room = max(1, (width // 2 if beside else width) - _MARGIN - 1)
    for number, pair in enumerate(pairs):
        if number:
            yield DiffLine("", target=None)
        left = _stretches(old, pair.old, room, "old")
        right = _stretches(new, pair.new, room, "new")
        if beside:
            for first, second in zip_longest(left, right):
                yield DiffLine(_words(first, second), target=pair, old=first, new=second)
        else:
            for each in [*left, *right] if pair.changed else right:
                yield DiffLine(each.text, target=pair, new=each, alone=True)


def _words(*stretches: Stretch | None) -> str:
    return " ".join(each.text for each in stretches if each is not None)


def _stretches(text: str, side: Side | None, room: int, look: str) -> list[Stretch]:
    """A paragraph in lines of a width."""
    if side is None:
        return []
    shown = sanitized(text[side.start : side.end])
    return [
        Stretch(shown[first:last], tuple(_within(side, first, last)), look if side.changed else "same")
        for first, last in wrap(shown, room)
    ]


def _within(side: Side, first: int, last: int) -> Iterator[Span]:
    """The changed words of [first, last), counted from its start."""
    for span in side.changed:
        start, end = max(span.start - side.start, first), min(span.end - side.start, last)
        if start < end:
            yield Span(start - first, end - first)
