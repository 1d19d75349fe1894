"""Corrections of entities and articles as a screen makes them: one after the other, reported, undone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from seedread.screens.command_screen import CommandScreen
from seedread.screens.requests import Corrected, CorrectionEnded, CorrectionStarted
from seedread_index.model.correction import ArticleCorrection, Correction, CorrectionResult

_PATIENCE = 20.0
"""Seconds to wait for another writer."""


async def undo(screen: CommandScreen, times: int) -> None:
    """Undo the last corrections, each with all that one key press of this session made."""
    steps = screen.session.corrected
    undo_one = partial(screen.session.archive.undo, wait=_PATIENCE)
    count = sum(steps.pop() if steps else 1 for _ in range(times))
    await _make_corrections(screen, [undo_one] * count, undoing=True)


async def correct(screen: CommandScreen, *corrections: Correction | ArticleCorrection) -> None:
    """Make corrections, which one `undo` takes back together."""
    make = partial(screen.session.archive.correct, wait=_PATIENCE)
    await _make_corrections(screen, [partial(make, each) for each in corrections])


async def _make_corrections(
    screen: CommandScreen,
    corrections: Sequence[Callable[[], CorrectionResult | None]],
    *,
    undoing: bool = False,
) -> None:
    """Make corrections while the background work pauses, report them, and untick what they changed."""
    screen.notify_user("correcting")
    screen.release_keys()
    screen.post_message(CorrectionStarted())
    made: list[str] = []
    problems: tuple[str, ...] = ()
    try:
        for make in corrections:
            result = await asyncio.to_thread(make)
            if result is None:
                screen.notify_user("there is no correction to take back")
                return
            made.append(result.correction)
            problems = result.problems
    finally:
        screen.post_message(CorrectionEnded())
        if made:
            if not undoing:
                screen.session.corrected.append(len(made))
            screen.untick()
            lead = "taken back: " if undoing else ""
            screen.notify_user(lead + "; ".join((*made, *problems)), problem=bool(problems))
            screen.post_message(Corrected())
