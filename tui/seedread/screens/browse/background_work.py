"""The background work of an archive, seen from the screen: start it, ask for news, end it."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedread_index.archive import Archive
from seedread_index.model.errors import SeedreadError, archive_options
from seedread_index.model.status import Progress, Stage, SyncReport, Writer

if TYPE_CHECKING:
    from seedread_index.archive import Background

_LOOK_EVERY = 2.0
_CHECK_AFTER = 20.0
"""Seconds after the opening from which on the files of the index are checked in full."""
_NICENESS = 10
_WORDS = {
    Stage.WALK: "looking for files",
    Stage.READ: "reading",
    Stage.INDEX: "indexing",
    Stage.ANNOTATE: "finding names",
    Stage.LINK: "linking names",
}


@dataclass(frozen=True, slots=True)
class WorkUpdate:
    """What happened since the last look: `changed` when readers can see a newer state."""

    activity: str = ""
    changed: bool = False
    finished: bool = False
    problem: str = ""
    report: str = ""
    syncing: bool = False


class Work:
    """Sync and entity model in a child process; every method may block and belongs in a thread."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._background: Background | None = None
        self._lock = threading.Lock()
        self._looked = 0.0
        self._annotate = True
        self._committed = 0
        self._activity = ""
        self._report = ""
        self._again = False
        self._check: threading.Thread | None = None
        self._damaged: tuple[str, ...] = ()
        self.check_at = time.monotonic() + _CHECK_AFTER
        """When the files of the index may be checked, once, as soon as nothing writes to them."""
        self.syncing = True
        """Whether the folders are still being looked at."""

    def start(self) -> bool:
        """Start looking for new files and for names; whether that began at once.

        While it is still going on it is done once more afterwards; finding names pauses for it.
        """
        with self._lock:
            return self._begin_or_wait()

    def _begin_or_wait(self) -> bool:
        if self._background is not None and self._background.running:
            self._again = True
            self._make_way()
            return False
        self._begin()
        return True

    def _begin(self) -> None:
        self._close()
        self._again = False
        self._annotate = self._archive.engine() != "rules"
        self._background = self._archive.background(annotate=self._annotate)
        self._committed = 0
        self._activity = "looking for files"
        self.syncing = True
        self._background.start()
        if not self._annotate and self._archive.settings.ner_model != "rules":
            self._report = "names are found by rules alone; the extra seedread[entities] finds more"

    def _make_way(self) -> None:
        """Let the search for names end at its next commit when the folders are to be looked at again."""
        if self._again and not self.syncing and self._background is not None:
            self._background.cancel()

    def first(self, article_id: str) -> None:
        """Let the entity model look at this article next."""
        with self._lock:
            if self._background is not None:
                self._background.prioritise(article_id)

    def cancel(self) -> bool:
        """Stop the work after its current step; False when there is none."""
        with self._lock:
            pending, self._again = self._again, False
            if self._background is None or not self._background.running:
                return pending
            self._background.cancel()
            return True

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._background is not None:
            self._background.close()
            self._background = None

    def poll(self, shown: int | None) -> WorkUpdate:
        """What is new since the generation that is shown.

        Looks at the archive every two seconds and after commits, at the child's events each time.
        """
        with self._lock:
            problem, committed = self._take_events()
            running = self._background is not None and self._background.running
            finished = bool(self._activity) and not running
            if self._again and not running and not finished:  # its last events were taken by then
                self._begin()
                running = True
            if not running:
                self._activity = ""
                self.syncing &= self._background is None
            changed = False
            now = time.monotonic()
            if finished or committed or now - self._looked >= _LOOK_EVERY:
                self._looked = now
                try:
                    generation = self._archive.generation()
                except SeedreadError as error:
                    generation, problem = 0, error.message
                changed = shown is not None and generation > shown
            if not problem:
                problem = self._told_of_damage(quiet=not running and not self.syncing)
            report, self._report = self._report, ""
            return WorkUpdate(self._activity, changed, finished, problem, report, self.syncing)

    def _told_of_damage(self, *, quiet: bool) -> str:
        """Which files a check in full found damaged, in words, and their healing begun; mostly empty.

        The check is made once, while nothing is written, in a thread that no end of the program waits for.
        """
        damaged, self._damaged = self._damaged, ()
        if quiet and self._check is None and time.monotonic() >= self.check_at:
            self._check = threading.Thread(target=self._check_files, name="check", daemon=True)
            self._check.start()
        if not damaged:
            return ""
        self._begin_or_wait()
        command = f"seedread index{archive_options(self._archive.roots)} --repair"
        return f"the index is damaged ({', '.join(damaged[:3])}): run `{command}`"

    def _check_files(self) -> None:
        if sys.platform == "linux":  # elsewhere a thread has no priority of its own
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        self._damaged = self._archive.changed_files()

    def _take_events(self) -> tuple[str, bool]:
        """Take in what the child told: what went wrong, and whether more can be read now."""
        problem, committed = "", False
        for event in self._background.poll() if self._background is not None else ():
            if isinstance(event, Progress):
                committed |= event.committed > self._committed
                self._committed = event.committed
                self._activity = told(event)
            elif isinstance(event, SyncReport):
                self._report = reported(event) or self._report
                self.syncing = False
                self._make_way()
                committed = True
                self._activity = "finding names" if self._annotate else ""
            elif isinstance(event, Writer):
                self._activity = f"waiting for process {event.pid}, which writes to this archive"
            else:
                problem = f"{event.message}: {event.hint}" if event.hint else event.message
        return problem, committed


def told(progress: Progress) -> str:
    """Progress in words."""
    words = _WORDS[progress.stage]
    return f"{words} {progress.done}/{progress.total}" if progress.total else words


def reported(report: SyncReport) -> str:
    """What a sync did, in words; empty when it found nothing to do."""
    counts = ((report.added, "new"), (report.changed, "changed"), (report.removed, "gone"))
    parts = [f"{count} {word}" for count, word in counts if count]
    if parts and report.skipped:
        parts.append(f"{report.skipped} skipped: seedread status tells why")
    return ", ".join(parts)
