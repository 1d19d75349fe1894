"""The few signs that widgets draw, in Unicode and in ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
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


UNICODE = Signs("▌", "▶", "✓", "•", "~", "…", "–", "▸", "!", " · ")
ASCII = Signs(">", ">", "x", "*", "~", ">", "-", "+", "!", " | ")


def signs(ascii_only: bool) -> Signs:
    """The signs to draw with."""
    return ASCII if ascii_only else UNICODE
