"""The background work of an archive: sync and NER model in a child process, and what they report."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedread.wording import freshness, progress_text, sync_news
from seedread_index.archive import Archive
from seedread_index.model.errors import SeedreadError, archive_options
from seedread_index.model.status import Progress, Stage, SyncReport, Writer
from seedread_index.shared_archive import SharedArchive

if TYPE_CHECKING:
    from seedread_index.archive import Background

_GENERATION_EVERY = 2.0
_CHECK_AFTER = 20.0
"""Seconds after the opening from which on the files of the index are checked in full."""
_NICENESS = 10


@dataclass(frozen=True, slots=True)
class WorkUpdate:
    """What happened since the last poll; `changed` when readers can see a newer state.

    `fraction` is how much of the activity is done, `counts` how many articles there are and have a date.
    """

    activity: str = ""
    changed: bool = False
    finished: bool = False
    problem: str = ""
    report: str = ""
    syncing: bool = False
    fraction: float | None = None
    counts: tuple[int, int] | None = None
    names_missing: bool = False
    """Whether names are still to be found in articles that are known, or articles still to be read."""


_BEFORE_NAMES = frozenset({Stage.READ, Stage.INDEX, Stage.ANNOTATE, Stage.LINK})
"""What has to be done before all names are found."""


class Work:
    """Sync and NER model in a child process; every method may block and belongs in a thread."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._background: Background | None = None
        self._lock = threading.Lock()
        self._polled = 0.0
        self._seen: object = ()
        self._stamp: object = ()
        self._generation = 0
        self._annotate = True
        self._committed = 0
        self._activity = ""
        self._fraction: float | None = None
        self._counts: tuple[int, int] | None = None
        self._names_missing = False
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

        While it is still running it is done once more afterwards; finding names pauses for it.
        """
        with self._lock:
            return self._begin_or_wait()

    def _begin_or_wait(self) -> bool:
        if self._background is not None and self._background.running:
            self._again = True
            self._yield_to_sync()
            return False
        self._begin()
        return True

    def _begin(self) -> None:
        self._close()
        self._again = False
        self._annotate = self._archive.engine() != "rules"
        self._background = self._archive.background(annotate=self._annotate)
        self._committed = 0
        self._activity = "scanning folders"
        self.syncing = True
        self._background.start()
        if isinstance(self._archive, SharedArchive):
            with contextlib.suppress(SeedreadError):  # which is said when something is asked for
                self._report = freshness(self._archive.status().indexers, dt.datetime.now(dt.UTC))
        elif not self._annotate and self._archive.settings.ner_model != "rules":
            self._report = "Names are found by rules only; seedread doctor shows how to find more"

    def _yield_to_sync(self) -> None:
        """Let the search for names end at its next commit when the folders are to be looked at again."""
        if self._again and not self.syncing and self._background is not None:
            self._background.cancel()

    def prioritise(self, article_id: str) -> None:
        """Let the NER model annotate this article next."""
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

    def is_quiet(self, shown: int | None) -> bool:
        """Whether a poll would find nothing new: nothing is at work, and no commit has come."""
        running = self._background is not None and self._background.running
        due = self._check is None and time.monotonic() >= self.check_at
        if running or due or self.syncing or self._activity or self._again or self._report or self._damaged:
            return False
        return (shown is None or shown >= self._generation) and self._archive.stamp() == self._stamp

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
                self._activity, self._names_missing = "", False
                self.syncing &= self._background is None
            changed = False
            now = time.monotonic()
            if finished or committed or now - self._polled >= _GENERATION_EVERY:
                self._polled = now
                before, self._seen = self._seen, self._archive.stamp()
                self._stamp = self._seen if self._seen == before else ()  # since times of files are coarse
                try:
                    self._generation = self._archive.generation()
                    self._counts = self._archive.counts()
                except SeedreadError as error:
                    self._generation, problem = 0, error.message
                changed = shown is not None and self._generation > shown
            if not problem:
                problem = self._report_damage(quiet=not running and not self.syncing)
            report, self._report = self._report, ""
            news = (problem, report, self.syncing, self._fraction, self._counts)
            return WorkUpdate(self._activity, changed, finished, *news, self._names_missing)

    def _report_damage(self, *, quiet: bool) -> str:
        """Which files a full check found damaged, in words, while their repair begins; mostly empty.

        The check runs once, while nothing is written, in a thread that the program's end does not wait for.
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
        """Handle the child's events: what went wrong, and whether more can be read now."""
        problem, committed = "", False
        for event in self._background.poll() if self._background is not None else ():
            if isinstance(event, Progress):
                committed |= event.committed > self._committed
                self._committed = event.committed
                self._activity = progress_text(event)
                self._names_missing = event.stage in _BEFORE_NAMES
                self._fraction = event.done / event.total if event.total else None
            elif isinstance(event, SyncReport):
                self._report = sync_news(event, ":files") or self._report
                self.syncing = False
                self._yield_to_sync()
                committed, self._fraction = True, None
                self._activity = "finding names" if self._annotate else ""
                self._names_missing = self._annotate
            elif isinstance(event, Writer):
                self._activity = f"waiting for process {event.pid} to finish indexing"
            else:
                problem = f"{event.message}: {event.hint}" if event.hint else event.message
        return problem, committed
