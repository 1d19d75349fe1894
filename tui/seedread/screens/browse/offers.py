"""The completions that Tab goes through in the query line."""

from __future__ import annotations

from collections.abc import Sequence

Offer = tuple[str, int, int]
"""A completion and the stretch of the line that it takes the place of."""


class Offers:
    """What completes a line, and which of it stands there now."""

    def __init__(self) -> None:
        self._offers: Sequence[Offer] = ()
        self._base = ""
        self._step = -1
        self._value = ""

    def belong_to(self, line: str) -> bool:
        """Whether the line is as the last offer left it."""
        return bool(self._offers) and line == self._value

    def begin(self, line: str, offers: Sequence[Offer]) -> None:
        """Offer these for a line."""
        self._offers, self._base, self._step = offers, line, -1

    def following(self) -> tuple[str, int] | None:
        """The line with the next offer in it, and where the cursor belongs; None when there is none."""
        if not self._offers:
            return None
        self._step = (self._step + 1) % len(self._offers)
        text, start, end = self._offers[self._step]
        self._value = f"{self._base[:start]}{text}{self._base[end:]}"
        return self._value, start + len(text)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is offered."""
        return tuple(text for text, _, _ in self._offers)
