"""The list of facets: groups of values, each with its count right beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from seedread.widgets.line_list import Line, LineList
from seedread.widgets.rendering.cells import clipped, sanitized

_MARGIN = 2


@dataclass(frozen=True, slots=True)
class FacetLine(Line):
    """A row of the list: a value with how many articles have it, or a head.

    `mark` shows whether it narrows the results; `look` is the type of name that it is drawn as.
    """

    count: int | None = None
    mark: str = ""
    look: str = ""


class FacetList(LineList, inherit_bindings=False):
    """Rows with counts; the cursor passes over the heads."""

    DEFAULT_CSS = """
    FacetList {
        padding: 0;
        & > .line-list--cursor { text-style: none; }
        &:focus > .line-list--cursor { text-style: reverse; }
        & > .facet-list--field { text-style: bold; }
        & > .facet-list--mark { color: $warning; text-style: bold; }
        &:ansi > .facet-list--mark { color: ansi_default; }
        & > .facet-list--count { text-style: none; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "facet-list--field",
        "facet-list--mark",
        "facet-list--count",
    }

    _digits = 1

    def set_lines(self, lines: Sequence[Line], *, cursor: int | None = None) -> None:
        """Replace the rows."""
        counts = [line.count for line in lines if isinstance(line, FacetLine) and line.count is not None]
        self._digits = len(f"{max(counts, default=0):,}")
        super().set_lines(lines, cursor=cursor)

    def move(self, rows: int) -> None:
        """Move the cursor by rows, over heads."""
        super().move(rows)
        step = 1 if rows > 0 else -1
        while self._is_head(self.cursor) and 0 <= self.cursor + step < len(self.lines):
            self.cursor += step
        self.leave_head()

    def leave_head(self) -> None:
        """Put the cursor on the row below a head."""
        while self._is_head(self.cursor) and self.cursor + 1 < len(self.lines):
            self.cursor += 1

    def next_group(self, step: int) -> None:
        """Move the cursor to the first row of the next group, or with -1 of the one before."""
        row = self.cursor
        if step < 0:  # up to the head of this group, then to the one before
            while row > 0 and not self._is_head(row):
                row -= 1
        row += step
        while 0 <= row < len(self.lines) and not self._is_head(row):
            row += step
        if 0 <= row < len(self.lines):
            self.cursor = row
            self.leave_head()

    def _is_head(self, row: int) -> bool:
        return 0 <= row < len(self.lines) and self.lines[row].kind == "head"

    def segments(self, line: Line, style: Style, width: int) -> list[Segment]:
        """Mark, count and value of a row; heads stand out by one margin."""
        if not isinstance(line, FacetLine):
            return super().segments(line, style, width)
        blank = Segment(" " * min(width, _MARGIN), style)
        parts = {name: self._part(name) for name in (line.look, "mark", "count") if name}
        if style.reverse:  # under the cursor a row is of one colour
            parts = dict.fromkeys(parts, Style.null())
        look = style + parts.get(line.look, Style.null())
        if line.count is None and not line.mark:
            text = clipped(sanitized(line.text), max(0, width - _MARGIN), self.ellipsis)
            return [blank, Segment(text, look)]
        count = "" if line.count is None else f"{line.count:>{self._digits},}  "
        before = [
            blank,
            Segment(f"{line.mark:<2}", style + parts["mark"]),
            Segment(count, style + parts["count"]),
        ]
        room = max(0, width - sum(segment.cell_length for segment in before))
        return [*before, Segment(clipped(sanitized(line.text), room, self.ellipsis), look)]

    def _part(self, name: str) -> Style:
        own = name in ("field", "mark", "count")
        return self.get_component_rich_style(f"{'facet' if own else 'line'}-list--{name}", partial=True)
