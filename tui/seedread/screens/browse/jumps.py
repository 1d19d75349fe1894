"""The places that were left by a jump, and the way back from another screen to where one came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

_MOST_JUMPS = 100
_MOST_STEPS = 8
"""Steps that are kept; the screens of each stay in memory."""


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


@dataclass(slots=True)
class Origin:
    """Where a search or an article was opened from: the place below, and the screens that were open above it.

    `article` is set while what was opened is the article itself: the way back skips the list.
    """

    place: Jump
    screens: tuple[Screen[Any], ...]
    article: bool


class Trail:
    """The steps that `back` takes, the last one first; without any the list is the first screen."""

    def __init__(self) -> None:
        self._steps: list[Origin] = []

    def __bool__(self) -> bool:
        return bool(self._steps)

    @property
    def screens(self) -> Iterator[Screen[Any]]:
        """The screens of all steps."""
        return (screen for step in self._steps for screen in step.screens)

    @property
    def leads_out_of_article(self) -> bool:
        """Whether the way back leads from the article to where it was opened, and not to the list."""
        return bool(self._steps) and self._steps[-1].article

    def add(self, step: Origin) -> tuple[Screen[Any], ...]:
        """Note a step; the screens of one that is too old to be kept are given back."""
        self._steps.append(step)
        return self._steps.pop(0).screens if len(self._steps) > _MOST_STEPS else ()

    def take(self) -> Origin | None:
        """The last step, which is no longer kept; None at the first screen."""
        return self._steps.pop() if self._steps else None

    def go_to_list(self) -> None:
        """The list of what was opened is shown: it is on the way back now."""
        if self._steps:
            self._steps[-1].article = False
