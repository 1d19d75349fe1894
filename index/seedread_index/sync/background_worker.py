"""The program of the background process: syncs an archive, runs the model, and ends with its parent."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seedread_index.archive_folder import ArchiveFolder
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import LockedError, SeedreadError
from seedread_index.model.status import Progress, Stage, SyncReport, Writer
from seedread_index.processes.frames import Kind, Link
from seedread_index.sync.background import Event

Options = tuple[tuple[str, ...], ArchiveFolder, EngineSettings, bool]
"""Roots, the archive's files, settings, and whether to run the model."""
_NICENESS = 10
_RETRY = 0.5
"""Seconds between two looks whether another writer has ended."""
_REPORT_EVERY = 0.1
"""Seconds between two words of progress in one stage."""


@dataclass(slots=True)
class Orders:
    """What the parent has asked for since: to stop, and which articles the model should read first."""

    stop: threading.Event = field(default_factory=threading.Event)
    first: list[str] = field(default_factory=list)

    def listen(self, link: Link) -> None:
        """Obey what the parent says; the end of the input means that it is gone."""
        for word, value in link.jobs():
            if word == "cancel":
                self.stop.set()
            elif word == "first":
                self.first.append(value)
        os._exit(0)


class Work:
    """The work on one archive, told of to the parent."""

    def __init__(self, options: Options, orders: Orders, link: Link) -> None:
        roots, self._folder, self._settings, self._annotate = options
        self._roots = [Path(root) for root in roots]
        self._orders = orders
        self._link = link
        self._reported: tuple[Stage | None, float] = (None, 0.0)

    def run(self) -> None:
        """Sync, then annotate; waits while another process writes."""
        try:
            self._patiently(self.sync)
            if self._annotate and not self._orders.stop.is_set():
                self._patiently(self.annotate)
        except SeedreadError as error:
            self._report(error)

    def sync(self) -> None:
        """Bring text, rules and links up to date."""
        from seedread_index.sync.sync import sync

        report: SyncReport = sync(
            self._roots,
            self._folder,
            self._settings,
            progress=self._progress,
            cancelled=self._orders.stop.is_set,
        )
        self._report(report)

    def annotate(self) -> None:
        """Run the model over what it has not read."""
        from seedread_index.sync.sync import annotate

        annotate(
            self._folder,
            self._settings,
            progress=self._progress,
            cancelled=self._orders.stop.is_set,
            first=self._orders.first,
        )

    def _patiently(self, work: Any) -> None:
        waiting = None
        while not self._orders.stop.is_set():
            try:
                work()
            except LockedError as error:
                if waiting != (waiting := Writer(error.pid or 0, error.since or "")):
                    self._report(waiting)
                self._orders.stop.wait(_RETRY)
            else:
                return

    def _progress(self, progress: Progress) -> None:
        stage, at = self._reported
        now = time.monotonic()
        if stage != progress.stage or now - at >= _REPORT_EVERY or progress.done == progress.total:
            self._reported = (progress.stage, now)
            self._report(progress)

    def _report(self, event: Event) -> None:
        """Send an event; nobody listening is no fault here."""
        try:
            self._link.send(event, Kind.PART)
        except BrokenPipeError:
            os._exit(0)


def main() -> None:
    """Work as the first value says."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    link = Link(tied=False)
    options = next(link.jobs(), None)
    if options is None:
        return
    orders = Orders()
    threading.Thread(target=orders.listen, args=(link,), name="orders", daemon=True).start()
    Work(options, orders, link).run()


if __name__ == "__main__":
    main()
