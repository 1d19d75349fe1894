"""Reads a file's bytes once more when it changes meanwhile, and tells them apart by hash."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass

_TRIES = 4
_RACY_NS = 2_000_000_000
"""Within this time of its change a file may change again and keep its time (some disks count in 2 s)."""
UNSURE = -1
"""The time stored for a file that has to be looked into at the next sync."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes with their size and time; `mtime_ns` is UNSURE for a file in motion."""

    data: bytes
    hash: bytes
    size: int
    mtime_ns: int


def content_of(path: bytes, limit: int) -> Content | None:
    """A regular file's content; None for anything else and for more than `limit` bytes. Raises OSError."""
    for _ in range(_TRIES):
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY
        descriptor = os.open(path, flags)
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode) or before.st_size > limit:
                return None
            data = file.read(limit + 1)
            after = os.fstat(descriptor)
        if len(data) > limit:
            return None
        still = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
        if still and len(data) == before.st_size:
            break
    racy = not still or abs(time.time_ns() - before.st_mtime_ns) < _RACY_NS
    return Content(data, hash_of(data), before.st_size, UNSURE if racy else before.st_mtime_ns)


def hash_of(data: bytes) -> bytes:
    """The hash by which a file's content is told."""
    return hashlib.blake2b(data, digest_size=16).digest()
