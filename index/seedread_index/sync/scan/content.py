"""Reads a file's bytes once more when it changes meanwhile, and tells them apart by hash."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass

_TRIES = 4
_RACY_NS, _RACY_COARSE_NS = 100_000_000, 2_000_000_000
"""Within this time of a change another one may have the same time: clocks tick, some disks' every 2 s."""
UNSURE = -1
"""The time stored for a file that has to be looked into at the next sync."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes with their size and time; `changed_ns` is UNSURE for a file in motion.

    The time is that of the last change to the file or its properties, which nobody can set back.
    """

    data: bytes
    hash: bytes
    size: int
    changed_ns: int


def content_of(path: bytes, limit: int) -> Content | None:
    """A regular file's content; None for anything else and for more than `limit` bytes. Raises OSError."""
    for _ in range(_TRIES):
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY
        descriptor = os.open(path, flags)
        read_ns = time.time_ns()
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode) or before.st_size > limit:
                return None
            data = file.read(limit + 1)
            after = os.fstat(descriptor)
        if len(data) > limit:
            return None
        changed_ns = after.st_ctime_ns
        still = (before.st_size, before.st_ctime_ns) == (after.st_size, changed_ns)
        if still and len(data) == before.st_size:
            break
    near = _RACY_NS if changed_ns % 1_000_000_000 else _RACY_COARSE_NS
    racy = not still or abs(read_ns - changed_ns) < near
    return Content(data, hash_of(data), before.st_size, UNSURE if racy else changed_ns)


def hash_of(data: bytes) -> bytes:
    """The hash by which a file's content is told."""
    return hashlib.blake2b(data, digest_size=16).digest()
