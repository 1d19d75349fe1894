"""What the browse screen knows of the work on its archive, and how it starts, watches and ends it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from functools import partial

from textual.message import Message

from seedread.screens.browse.background_work import Work, WorkUpdate
from seedread.screens.browse.panes import BrowseFrame
from seedread.terminal.process import return_memory

_RETURN_EVERY = 30.0
"""Seconds after which memory that is free is given back to the system."""


class WorkUpdated(Message):
    """The background work was polled."""

    def __init__(self, update: WorkUpdate) -> None:
        super().__init__()
        self.update = update


class BackgroundController:
    """Owns the background work of the screen's archive, and what is known of it."""

    def __init__(self, frame: BrowseFrame) -> None:
        self._frame = frame
        self._polling = False
        self._returned = time.monotonic()
        self.work = Work(frame.session.archive)
        """The work itself; its methods may block."""
        self.activity = ""
        """What it is doing, empty when all is done."""
        self.fraction: float | None = None
        self.counts: tuple[int, int] | None = None
        """How much of that is done, where it is known; how many articles there are, and have a date."""
        self.syncing = True
        """Whether the folders are still being looked at, so that more may be found soon."""

    @property
    def is_empty(self) -> bool:
        """Whether the archive is known to have no articles yet."""
        return self.counts is not None and not self.counts[0]

    def start(self, report: Callable[[str], None] | None = None) -> None:
        """Look for new files, and run the NER model, in a child process; `report` hears when that begins."""
        self._frame.in_background(partial(self._start, report), "work")

    async def _start(self, report: Callable[[str], None] | None) -> None:
        begun = await asyncio.to_thread(self.work.start)
        await self.poll(None)
        if report is not None:
            report(
                "Looking for new and changed files"
                if begun
                else "New and changed files are looked for after this step"
            )

    def pause(self) -> None:
        """Have the child process end after its next commit."""
        self.work.cancel()

    def cancel(self) -> bool:
        """Stop the work after its current step; False when there is none."""
        return self.work.cancel()

    def prioritise(self, article_id: str) -> None:
        """Let the NER model annotate this article next."""
        self._frame.in_background(partial(asyncio.to_thread, self.work.prioritise, article_id), "first")

    async def poll(self, generation: int | None) -> bool:
        """Post a WorkUpdated of what is new since a generation, unless the last poll is still waiting.

        False where nothing can be new: then nothing is posted. All that may block is done in a thread.
        """
        if self._polling:
            return True
        self._polling = True
        try:
            if await asyncio.to_thread(self._look, generation):
                return False
            update = await asyncio.to_thread(self.work.poll, generation)
            self.activity, self.fraction = update.activity, update.fraction
            self.counts = update.counts or self.counts
            self._frame.session.finding_names = update.activity if update.names_missing else ""
            self._frame.post_message(WorkUpdated(update))
            return True
        finally:
            self._polling = False

    def _look(self, generation: int | None) -> bool:
        """Whether a poll would find nothing new; now and then free memory is given back with it."""
        if (now := time.monotonic()) - self._returned >= _RETURN_EVERY:
            self._returned = now
            return_memory()
        return self.work.is_quiet(generation)

    def end_sync(self) -> bool:
        """Note that nothing more is to be found; whether that is news."""
        before, self.syncing = self.syncing, False
        return before

    def close(self) -> None:
        """End the work without waiting for it: it ends when this process does, at the latest."""
        threading.Thread(target=self.work.close, name="end of work", daemon=True).start()
