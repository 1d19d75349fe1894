"""How far a sync or the entity engine has come: a bar on standard error, once the work takes a moment."""

from __future__ import annotations

import os
import time
from types import TracebackType
from typing import TYPE_CHECKING

from seedread.cli.talk import Talk
from seedread_index.status import Progress, Stage

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_MOMENT = 0.4
_NAMES = {
    Stage.WALK: "looking at the folders",
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
        self._started = time.monotonic()
        self._bar: Bar | None = None
        self._tasks: dict[Stage, TaskID] = {}

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        """Take note of how far the work has come."""
        if not self._wanted or time.monotonic() - self._started < _MOMENT:
            return
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
        task = self._tasks.get(progress.stage)
        if task is None:
            task = self._bar.add_task(_NAMES[progress.stage], total=progress.total)
            self._tasks[progress.stage] = task
        self._bar.update(task, completed=progress.done, total=progress.total)


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, markup=False, highlight=False),
        transient=True,
    )
