"""A list of hits in their contexts, aligned, each row made when it is drawn: instant at any length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, overload

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from seedread.analysis.concordance import ContextLine
from seedread.widgets.line_list import Line, LineList
from seedread.widgets.rendering.cells import clipped, clipped_start, sanitized

_WIDE = 72
"""Cells from which the date of an article stands before its lines."""
_DATE = 12


class ContextRows(Sequence[Line]):
    """The rows of a concordance, each made of its line where it is asked for."""

    def __init__(self, lines: Sequence[ContextLine]) -> None:
        self.contexts = lines

    def __len__(self) -> int:
        return len(self.contexts)

    def __iter__(self) -> Iterator[Line]:
        return map(_row, self.contexts)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        return ContextRows(self.contexts[at]) if isinstance(at, slice) else _row(self.contexts[at])


def _row(line: ContextLine) -> Line:
    return Line(f"{line.left}{line.hit}{line.right}", target=line)


class ContextList(LineList, inherit_bindings=False):
    """Rows whose target is a line of a concordance have their hits one under the other."""

    DEFAULT_CSS = """
    ContextList {
        & > .context-list--hit { color: $warning; text-style: bold; }
        &:ansi > .context-list--hit { background: ansi_black; text-style: reverse not bold; }
        & > .context-list--date { text-style: dim; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"context-list--hit", "context-list--date"}

    def segments(self, line: Line, style: Style, width: int) -> list[Segment]:
        """Date, left context up to the middle, hit, right context."""
        found = line.target
        if not isinstance(found, ContextLine):
            return super().segments(line, style, width)
        hit, date = (Style.null(), Style.null()) if style.reverse else (self._part("hit"), self._part("date"))
        day = f" {found.date or ''!s:<{_DATE - 1}}" if width >= _WIDE else " "
        middle = len(day) + (width - len(day)) * 2 // 5
        room = max(0, middle - len(day))
        left = clipped_start(sanitized(found.left), room, self.ellipsis)
        shown = clipped(sanitized(found.hit), max(1, (width - middle) // 2), self.ellipsis)
        rest = max(0, width - middle - cell_len(shown))
        return [
            Segment(day, style + date),
            Segment(f"{' ' * max(0, room - cell_len(left))}{left}", style),
            Segment(shown, style + hit),
            Segment(clipped(sanitized(found.right), rest, self.ellipsis), style),
        ]

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"context-list--{name}", partial=True)
