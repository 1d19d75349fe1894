"""Ends a process with its parent, however the parent ends."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Iterator

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the thread that started it ends (Linux); `parent` is its pid."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)  # The parent ended before the kernel was told.


class _ForksDie:
    """Whether forked children are to end with this process; Whoosh may fork some."""

    def __init__(self) -> None:
        self.registered = False
        self.wanted = False

    def before(self) -> None:
        self.parent = os.getpid()

    def in_child(self) -> None:
        if self.wanted:
            die_with_parent(self.parent)


_forks = _ForksDie()


@contextlib.contextmanager
def forks_die_with_me() -> Iterator[None]:
    """In the block, every child that this process forks ends with it."""
    if not _forks.registered:
        os.register_at_fork(before=_forks.before, after_in_child=_forks.in_child)
        _forks.registered = True
    _forks.wanted = True
    try:
        yield
    finally:
        _forks.wanted = False
