"""Syncs again whenever the folders of an archive change."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from seedread_index.model.errors import ArchiveError, LockedError
from seedread_index.model.status import SyncReport
from seedread_index.sync.scan.walk import is_tool_folder

_TICK_MS = 500
_QUIET_MS = 1_600
"""Changes that follow one another closely are one sync."""


class Synced(Protocol):
    """What is watched: an archive."""

    roots: tuple[Path, ...]

    def sync(self, *, cancelled: Callable[[], bool] | None = None) -> SyncReport: ...


class _Stop:
    """Looks like an event to watchfiles, and is set when the caller says so."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self.is_set = cancelled


def watch(
    archive: Synced,
    *,
    cancelled: Callable[[], bool] | None = None,
    idle: Callable[[], None] | None = None,
) -> Iterator[SyncReport]:
    """What each sync did, beginning with one now, until cancelled; `idle` is called at each tick without one.

    A change that comes while another process writes is looked at again at the next tick. Raises ArchiveError
    where the system cannot watch.
    """
    import watchfiles

    stopped = cancelled or (lambda: False)
    changes = watchfiles.watch(
        *archive.roots,
        watch_filter=_Filter(archive.roots),
        debounce=_QUIET_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        stop_event=_Stop(stopped),
        raise_interrupt=False,
        ignore_permission_denied=True,
    )
    pending = True
    try:
        for changed in changes:
            pending = pending or bool(changed)
            if not pending:
                if idle is not None:
                    idle()
                continue
            try:
                report = archive.sync(cancelled=stopped)
            except LockedError:
                continue
            pending = False
            yield report
    except OSError as error:
        raise ArchiveError(
            f"the folders cannot be watched: {error.strerror or error}",
            "raise fs.inotify.max_user_watches, or run `seedread index` when they change",
        ) from error


class _Filter:
    """Leaves out what a sync would leave out: hidden folders and those of tools."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = [os.fsencode(root) for root in roots]

    def __call__(self, _: object, path: str) -> bool:
        name = os.fsencode(path)
        for root in self._roots:
            if name.startswith(root.rstrip(b"/") + b"/"):
                folders = name[len(root) :].strip(b"/").split(b"/")[:-1]
                return not any(is_tool_folder(folder) for folder in folders)
        return True
