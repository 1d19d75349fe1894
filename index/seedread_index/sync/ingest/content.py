"""A file as it is taken in: its size, time and hash, and its bytes, which are read while it is open."""

from __future__ import annotations

import hashlib
import os
import time
from typing import IO

from seedread_index.extract.decoding.source import Source, open_regular
from seedread_index.extract.extractor import MANY
from seedread_index.model.engine_settings import EngineSettings

_BLOCK = 1 << 20
_TRIES = 4
_RACY_NS, _RACY_COARSE_NS = 100_000_000, 2_000_000_000
"""Within this time of a change another one may have the same time: clocks tick, some disks' every 2 s."""
UNSURE = -1
"""The time stored for a file that has to be looked into at the next sync."""


class Content:
    """A file that is open to be read, with its size and time; `changed_ns` is UNSURE for a file in motion.

    The time is that of the last change to the file or its properties, which nobody can set back.
    """

    def __init__(self, file: IO[bytes], settings: EngineSettings) -> None:
        self._file = file
        self._read_ns = time.time_ns()
        self._before = os.fstat(file.fileno())
        self.size = self._before.st_size
        self.source = Source(_UpTo(file, self.size), settings.max_file_size)

    def close(self) -> None:
        """Close it."""
        self._file.close()

    def is_still(self) -> bool:
        """Whether it is as it was when its reading began."""
        now = os.fstat(self._file.fileno())
        return (self.size, self._before.st_ctime_ns) == (now.st_size, now.st_ctime_ns)

    @property
    def is_cut(self) -> bool:
        """Whether what is held of it is not as long as it was said to be."""
        return self.source.is_whole and len(self.source.head) != self.size

    @property
    def changed_ns(self) -> int:
        """When it was changed; UNSURE where it may be changed again without a change of that time."""
        changed_ns = self._before.st_ctime_ns
        near = _RACY_NS if changed_ns % 1_000_000_000 else _RACY_COARSE_NS
        racy = not self.is_still() or self.is_cut or abs(self._read_ns - changed_ns) < near
        return UNSURE if racy else changed_ns

    def hash(self) -> bytes:
        """The hash by which the content is told. Raises OSError."""
        if self.source.is_whole:
            return hash_of(self.source.head)
        hashed = hashlib.blake2b(digest_size=16)
        for start in range(0, self.size, _BLOCK):
            hashed.update(os.pread(self._file.fileno(), min(_BLOCK, self.size - start), start))
        return hashed.digest()


class _UpTo:
    """A file up to a place, so that what is appended meanwhile is left for the next time."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._left = size

    def read(self, size: int, /) -> bytes:
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        return data


def content_of(path: bytes, settings: EngineSettings) -> Content | None:
    """A regular file's content; None for anything else and for one beyond all limits. Raises OSError."""
    for attempt in range(_TRIES):
        file = open_regular(path)
        if file is None:
            return None
        content = Content(file, settings)
        if content.size > settings.max_file_size * MANY:
            content.close()
            return None
        if (
            not content.source.is_whole
            or attempt == _TRIES - 1
            or (content.is_still() and not content.is_cut)
        ):
            return content
        content.close()
    return None


def hash_of(data: bytes) -> bytes:
    """The hash by which a file's content is told."""
    return hashlib.blake2b(data, digest_size=16).digest()
