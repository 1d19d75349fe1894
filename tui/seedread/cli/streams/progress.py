"""How far a sync or the entity engine has come: a line on standard error, once the work takes a moment."""

from __future__ import annotations

import os
import time
from types import TracebackType

from seedread.cli.streams.stderr import Talk
from seedread_index.model.status import Progress, Stage

_MOMENT = 0.4
_APART = 0.5
"""Seconds between two updates, which over a slow line are bytes that something else has to wait for."""
_NAMES = {
    Stage.WALK: "scanning folders",
    Stage.READ: "reading",
    Stage.INDEX: "indexing",
    Stage.ANNOTATE: "finding names",
    Stage.LINK: "linking names",
}


class ProgressBar:
    """A callback for progress; draws only on a terminal, only when not quiet, only after a moment."""

    def __init__(self, talk: Talk) -> None:
        self._wanted = (
            talk.interactive and not talk.quiet and os.environ.get("TERM", "dumb") not in {"", "dumb"}
        )
        self._talk = talk
        self._due = time.monotonic() + _MOMENT

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._talk.passing("")

    def __call__(self, progress: Progress) -> None:
        """Take note of how far the work has come."""
        if self._wanted and (now := time.monotonic()) >= self._due:
            self._due = now + _APART
            self._talk.passing(worded(progress))


def worded(progress: Progress) -> str:
    """Progress in words, with a total where it is known."""
    name = _NAMES[progress.stage]
    if not progress.total:
        return f"{name} {progress.done:,}" if progress.done else name
    return f"{name} {progress.done:,}/{progress.total:,} ({progress.done * 100 // progress.total} %)"
