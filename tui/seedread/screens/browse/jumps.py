"""The places that were left by a jump, for the way back and forward."""

from __future__ import annotations

from dataclasses import dataclass

_MOST_JUMPS = 100


@dataclass(frozen=True, slots=True)
class Jump:
    """A place to come back to: the query with its filter, the article, and the offset when it was open."""

    query: str
    filter: str
    article: str | None
    offset: int | None


class Jumps:
    """The places before each jump, to go back and forth between them."""

    def __init__(self) -> None:
        self._back: list[Jump] = []
        self._forward: list[Jump] = []

    def leave(self, here: Jump) -> None:
        """Note a place that is being left by a jump."""
        if not self._back or self._back[-1] != here:
            self._back.append(here)
            del self._back[:-_MOST_JUMPS]
        self._forward.clear()

    def back(self, here: Jump) -> Jump | None:
        """The place before; None at the oldest."""
        while self._back:
            there = self._back.pop()
            if there != here:
                self._forward.append(here)
                return there
        return None

    def forward(self, here: Jump) -> Jump | None:
        """The place after; None at the newest."""
        if not self._forward:
            return None
        self._back.append(here)
        return self._forward.pop()
