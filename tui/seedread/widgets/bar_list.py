"""A chart of bars: a row has its name, a bar in one or several parts, and the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from seedread.widgets.line_list import Line, LineList
from seedread.widgets.rendering.cells import clipped, sanitized

_LARGEST_SHARE = 3
"""A name has at most one part in this many of the width."""
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_FILLS = ("█", "▓", "░")
_ASCII_FILLS = ("#", "=", "-")


@dataclass(frozen=True, slots=True)
class BarLine(Line):
    """A row of the chart: its name is `text`, `counts` are the parts of its bar."""

    counts: tuple[int, ...] = ()


class BarList(LineList, inherit_bindings=False):
    """Rows with bars, all on one scale; the parts of a bar differ in their fill as well as their colour."""

    DEFAULT_CSS = """
    BarList {
        & > .bar-list--part-0 { color: $primary; }
        & > .bar-list--part-1 { color: $warning; }
        & > .bar-list--part-2 { color: $secondary; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"bar-list--part-{number}" for number in range(len(_FILLS))}

    _names = 0
    _most = 1

    def set_lines(self, lines: Sequence[Line], *, cursor: int | None = None) -> None:
        """Replace the rows; the longest bar takes the room there is."""
        bars = [line for line in lines if isinstance(line, BarLine)]
        self._names = max((cell_len(sanitized(line.text)) for line in bars), default=0)
        self._most = max((sum(line.counts) for line in bars), default=0) or 1
        super().set_lines(lines, cursor=cursor)

    def segments(self, line: Line, style: Style, width: int) -> list[Segment]:
        """Name, bar and number of a row."""
        if not isinstance(line, BarLine):
            return super().segments(line, style, width)
        names = min(self._names, max(1, width // _LARGEST_SHARE))
        name = clipped(sanitized(line.text), names, self.ellipsis)
        numbers = "  ".join(f"{count:,}" for count in line.counts)
        room = max(0, width - names - len(numbers) - 4)
        return [
            Segment(f" {name}{' ' * (names - cell_len(name))} ", style),
            *self._bar(line.counts, room, style),
            Segment(f" {numbers}", style),
        ]

    def _bar(self, counts: tuple[int, ...], room: int, style: Style) -> list[Segment]:
        ascii_only = self.ellipsis.isascii()
        if len(counts) == 1:
            return [Segment(_single(counts[0], self._most, room, ascii_only), style + self._part(0, style))]
        fills = _ASCII_FILLS if ascii_only else _FILLS
        drawn, done, cells = [], 0, 0
        for number, count in enumerate(counts):
            done += count
            stop = max(round(done * room / self._most), cells + (count > 0))  # what there is shows
            drawn.append(Segment(fills[number] * (stop - cells), style + self._part(number, style)))
            cells = stop
        return drawn

    def _part(self, number: int, style: Style) -> Style:
        if style.reverse:
            return Style.null()
        return self.get_component_rich_style(f"bar-list--part-{number}", partial=True)


def _single(count: int, most: int, room: int, ascii_only: bool) -> str:
    """A bar of one part, drawn to an eighth of a cell; what there is shows."""
    if not count:
        return ""
    if ascii_only:
        return _ASCII_FILLS[0] * max(1, round(count * room / most))
    full, rest = divmod(max(1, round(count * room * 8 / most)), 8)
    return _EIGHTHS[8] * full + (_EIGHTHS[rest] if rest else "")
