"""The program of the background process: syncs an archive, runs the model, and ends with its parent."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seedread_index.errors import LockedError, SeedreadError
from seedread_index.settings import EngineSettings
from seedread_index.status import Progress, Stage, SyncReport
from seedread_index.syncing.messages import Event, line_of, writer_of

_NICENESS = 10
_RETRY = 0.5
"""Seconds between two looks whether another writer has ended."""
_TELL_EVERY = 0.1
"""Seconds between two words of progress in one stage."""


@dataclass(slots=True)
class Orders:
    """What the parent has asked for since: to stop, and which articles the model should read first."""

    stop: threading.Event = field(default_factory=threading.Event)
    first: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Obey lines on the standard input; its end means that the parent is gone."""
        for line in sys.stdin:
            word, _, rest = line.strip().partition(" ")
            if word == "cancel":
                self.stop.set()
            elif word == "first" and rest:
                self.first.append(rest)
        os._exit(0)


class Work:
    """The work on one archive, told of on the standard output."""

    def __init__(self, options: dict[str, Any], orders: Orders) -> None:
        self._roots = [Path(root) for root in options["roots"]]
        self._folder = Path(options["folder"])
        self._mending = Path(options["mending_file"]) if options["mending_file"] else None
        settings = options["settings"]
        self._settings = EngineSettings(**settings | {"exclude": tuple(settings["exclude"])})
        self._annotate = options["annotate"]
        self._orders = orders
        self._told: tuple[Stage | None, float] = (None, 0.0)

    def run(self) -> None:
        """Sync, then annotate; waits while another process writes."""
        try:
            self._patiently(self.sync)
            if self._annotate and not self._orders.stop.is_set():
                self._patiently(self.annotate)
        except SeedreadError as error:
            tell(error)

    def sync(self) -> None:
        """Bring text, rules and links up to date."""
        from seedread_index.syncing.sync import sync

        report: SyncReport = sync(
            self._roots,
            self._folder,
            self._settings,
            mending_file=self._mending,
            progress=self._progress,
            cancelled=self._orders.stop.is_set,
        )
        tell(report)

    def annotate(self) -> None:
        """Run the model over what it has not read."""
        from seedread_index.storage.catalogue import Catalogue
        from seedread_index.syncing.annotation import annotate_pending
        from seedread_index.syncing.lock import WriteLock

        lock = WriteLock(self._folder)
        lock.acquire(0)
        try:
            catalogue = Catalogue.open(self._folder / "catalogue.db", writable=True)
            try:
                annotate_pending(
                    catalogue,
                    self._settings,
                    mending_file=self._mending,
                    progress=self._progress,
                    cancelled=self._orders.stop.is_set,
                    first=self._orders.first,
                )
            finally:
                catalogue.close()
        finally:
            lock.release()

    def _patiently(self, work: Any) -> None:
        waiting = None
        while not self._orders.stop.is_set():
            try:
                work()
            except LockedError as error:
                if waiting != (waiting := writer_of(error)):
                    tell(waiting)
                self._orders.stop.wait(_RETRY)
            else:
                return

    def _progress(self, progress: Progress) -> None:
        stage, at = self._told
        now = time.monotonic()
        if stage != progress.stage or now - at >= _TELL_EVERY or progress.done == progress.total:
            self._told = (progress.stage, now)
            tell(progress)


def tell(event: Event) -> None:
    """Write an event; nobody listening is no fault here."""
    try:
        sys.stdout.write(line_of(event))
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(0)


def main() -> None:
    """Read the options from the first line of the standard input and work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    line = sys.stdin.readline()
    if not line:
        return
    orders = Orders()
    threading.Thread(target=orders.listen, name="orders", daemon=True).start()
    Work(json.loads(line), orders).run()


if __name__ == "__main__":
    main()
