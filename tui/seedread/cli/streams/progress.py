"""The progress line on standard error, once the work takes a moment."""

from __future__ import annotations

import os
import time
from types import TracebackType

from seedread.cli.streams.stderr import Messages
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

    def __init__(self, messages: Messages) -> None:
        self._wanted = (
            messages.interactive and not messages.quiet and os.environ.get("TERM", "dumb") not in {"", "dumb"}
        )
        self._messages = messages
        self._due = time.monotonic() + _MOMENT

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._messages.transient("")

    def __call__(self, progress: Progress) -> None:
        """Take note of how far the work has come."""
        if self._wanted and (now := time.monotonic()) >= self._due:
            self._due = now + _APART
            self._messages.transient(progress_text(progress))


def progress_text(progress: Progress) -> str:
    """Progress as text, with a total where it is known."""
    name = _NAMES[progress.stage]
    if not progress.total:
        return f"{name} {progress.done:,}" if progress.done else name
    return f"{name} {progress.done:,}/{progress.total:,} ({progress.done * 100 // progress.total} %)"
