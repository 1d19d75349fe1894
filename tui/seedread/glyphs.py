"""The few signs that are drawn, and their stand-ins where the locale cannot show them."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Signs of the status line and the panels."""

    dot: str = "·"
    dash: str = "–"
    ellipsis: str = "…"
    caret: str = "^"
    ticked: str = "✓"
    bars: str = "▁▂▃▄▅▆▇█"

    @property
    def ascii_only(self) -> bool:
        """Whether these are the stand-ins."""
        return self.dot.isascii()


UNICODE = Glyphs()
ASCII = Glyphs(dot="|", dash="-", ellipsis=">", ticked="x", bars=".:-=+*#@")


def choose(wanted: str) -> Glyphs:
    """The signs for a setting: "unicode", "ascii", or what the locale's encoding can show ("auto")."""
    if wanted == "auto":
        wanted = "unicode" if locale_is_utf8() else "ascii"
    return UNICODE if wanted == "unicode" else ASCII


def locale_is_utf8() -> bool:
    """Whether the environment's locale writes UTF-8; Python's UTF-8 mode does not count."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if value := os.environ.get(name):
            return "utf8" in value.lower().replace("-", "")
    return locale.getpreferredencoding(False).lower().replace("-", "") == "utf8"
