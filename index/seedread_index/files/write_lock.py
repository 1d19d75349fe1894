"""The write lock of an archive: one writer at a time, and others learn which."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import time
from pathlib import Path

from seedread_index.files.error_translation import translate_os_error
from seedread_index.files.trusted_folders import file_mode, make_private, refuse_foreign
from seedread_index.model.errors import ArchiveError, LockedError
from seedread_index.model.status import Writer

_POLL = 0.1

_held: set[int] = set()


def _close_in_child() -> None:
    """Give up a forked child's share of the locks, or it would hold them after its parent was killed."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_close_in_child)


class WriteLock:
    """A lock on a file in an archive's folder; the system releases it with the process, however that ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = path.parent
        self._descriptor: int | None = None

    def writer(self) -> Writer | None:
        """Who writes to the archive now; None where nobody does."""
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _writer_in(os.pread(descriptor, 200, 0))
        except OSError:
            return None
        else:
            return None
        finally:
            os.close(descriptor)

    def acquire(self, wait: float | None = 0) -> None:
        """Take the lock, waiting so many seconds for another writer (None: without limit).

        Raises LockedError with who holds it, and ArchiveError where the cache cannot be written.
        """
        make_private(self._folder)
        refuse_foreign(self._path)
        until = None if wait is None else time.monotonic() + wait
        while not self._taken():
            if until is not None and time.monotonic() >= until:
                raise _locked(self.writer())
            time.sleep(_POLL)

    def release(self) -> None:
        """Let the lock go."""
        if self._descriptor is not None:
            _held.discard(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    def _taken(self) -> bool:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            descriptor = os.open(self._path, flags, file_mode(self._folder))
        except OSError as error:
            raise translate_os_error(error, self._folder) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            there = os.stat(self._path)
        except (BlockingIOError, FileNotFoundError):
            os.close(descriptor)
            return False
        except OSError as error:
            os.close(descriptor)
            raise ArchiveError(
                f"the archive cannot be locked: {error.strerror}",
                "choose a cache folder on another disk with XDG_CACHE_HOME",
            ) from error
        if (there.st_dev, there.st_ino) != (os.fstat(descriptor).st_dev, os.fstat(descriptor).st_ino):
            os.close(descriptor)  # The folder was forgotten and made again between the two calls.
            return False
        since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "since": since}).encode(), 0)
        except OSError as error:
            os.close(descriptor)
            raise translate_os_error(error, self._folder) from error
        self._descriptor = descriptor
        _held.add(descriptor)
        return True


def _writer_in(content: bytes) -> Writer | None:
    try:
        report = json.loads(content)
        return Writer(int(report["pid"]), str(report["since"]))
    except (ValueError, KeyError, TypeError):
        return Writer(0, "")  # It has only just taken the lock and not yet said who it is.


def _locked(writer: Writer | None) -> LockedError:
    if writer is None or not writer.pid:
        return LockedError(
            "another seedread is already indexing this archive", "try again, or use --wait to wait"
        )
    return LockedError(
        f"seedread process {writer.pid} is already indexing this archive (since {writer.since})",
        "use --wait to wait, or --no-sync to search what is indexed",
        writer.pid,
        writer.since,
    )
