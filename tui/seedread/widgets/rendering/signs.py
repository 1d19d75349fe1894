"""The few signs that widgets draw, in Unicode and in ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Symbols:
    """Signs of one cell each, the separator and the arrows aside."""

    cursor: str
    here: str
    ticked: str
    unread: str
    inferred: str
    ellipsis: str
    dash: str
    folded: str
    alert: str
    separator: str


UNICODE = Symbols("▌", "▶", "✓", "•", "~", "…", "–", "▸", "!", " · ")
ASCII = Symbols(">", ">", "x", "*", "~", ">", "-", "+", "!", " | ")


def symbols(ascii_only: bool) -> Symbols:
    """The signs to draw with."""
    return ASCII if ascii_only else UNICODE
