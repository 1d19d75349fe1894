"""The few symbols that the reader draws besides text, and their stand-ins in ASCII."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass

from seedread.terminal.renderer.widths import ambiguous_in_doubt


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Symbols of one cell each, `separator` and `bars` aside."""

    cursor: str = "▌"
    here: str = "▶"
    ticked: str = "✓"
    unread: str = "•"
    inferred: str = "~"
    folded: str = "▸"
    alert: str = "!"
    caret: str = "^"
    dot: str = "·"
    dash: str = "–"
    ellipsis: str = "…"
    bars: str = "▁▂▃▄▅▆▇█"
    """The bars of a chart, the lowest first."""

    @property
    def ascii_only(self) -> bool:
        """Whether these are the stand-ins."""
        return self.dot.isascii()

    @property
    def separator(self) -> str:
        """What stands between two facts on one line."""
        return f" {self.dot} "


UNICODE = Glyphs()
ASCII = Glyphs(
    cursor=">",
    here=">",
    ticked="x",
    unread="*",
    folded="+",
    dot="|",
    dash="-",
    ellipsis=">",
    bars=".:-=+*#@",
)


def glyphs(ascii_only: bool) -> Glyphs:
    """The symbols to draw with."""
    return ASCII if ascii_only else UNICODE


def choose(setting: str) -> Glyphs:
    """The symbols for a setting: "unicode", "ascii", or "auto".

    "auto" is ASCII where the locale's encoding lacks the symbols, and where they may take two cells.
    """
    return glyphs(
        setting == "ascii" or (setting == "auto" and (not locale_is_utf8() or ambiguous_in_doubt()))
    )


def locale_is_utf8() -> bool:
    """Whether the environment's locale writes UTF-8; Python's UTF-8 mode does not count."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if value := os.environ.get(name):
            return "utf8" in value.lower().replace("-", "")
    return locale.getpreferredencoding(False).lower().replace("-", "") == "utf8"
