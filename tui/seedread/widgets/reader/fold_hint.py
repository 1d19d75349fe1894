"""The line that stands for folded boilerplate."""

from __future__ import annotations

from seedread.widgets.rendering.cells import clipped
from seedread.widgets.rendering.signs import Symbols


def fold_hint(lines: int, key: str, width: int, sign: Symbols) -> str:
    """How many lines are folded and which key unfolds them, in at most `width` cells."""
    words = f"{lines:,} line{'' if lines == 1 else 's'} of boilerplate"
    return clipped(f"{sign.folded} {words}{sign.separator}{key} unfolds", width, sign.ellipsis)
