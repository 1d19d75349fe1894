"""A file as it is read: its head at hand, the rest as a stream, whole only within a limit; and its drafts."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import stat
import time
from collections.abc import Iterator
from typing import IO, Protocol

from seedread_index.extract.decoding.charset import Decoded, decode
from seedread_index.extract.draft import Draft, Drafts, Found
from seedread_index.text.dates import day_leads

HEAD = 8 << 20
"""By so many bytes a file's format and encoding are recognised; a file that has no more is held whole."""
LONGEST_LINE = 32 << 20
"""A line of more code points is no line of a table or of JSON."""
_BLOCK = 1 << 20
MANY = 20
"""A file that is read article by article may be so many times as large as one that has to be held whole."""
_TRIES = 4
_WIDE_LOOK = 1000
_RACY_NS, _RACY_COARSE_NS = 100_000_000, 2_000_000_000
"""Within this time of a change another one may have the same time: clocks tick, some disks' every 2 s."""
UNSURE = -1
"""The time stored for a file that has to be looked into at the next sync."""


class TooLargeError(Exception):
    """A file that can only be read whole is larger than its limit."""


class Bytes(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""


class Source:
    """Bytes that are read once, from their beginning to their end.

    `most` is how many of them may be held at once, where a format needs all.
    """

    def __init__(self, file: Bytes, most: int, head: int = HEAD, *, on_disk: IO[bytes] | None = None) -> None:
        """`on_disk` is the regular file that the bytes are of, where they are one's."""
        self._file = file
        self._on_disk = on_disk
        self._most = most
        read = _exactly(file, head + 1)
        self.head = read[:head]
        """The first bytes; all of them where the file `is_whole`."""
        self._held = read[head:]
        self.is_whole = not self._held
        """Whether the head is everything."""
        self._decoded: Decoded | None = None
        self._is_decoded = False

    @classmethod
    def of(cls, data: bytes) -> Source:
        """A source of bytes that are at hand."""
        return cls(io.BytesIO(data), len(data), len(data))

    def all(self) -> bytes:
        """All bytes. Raises TooLargeError for more than may be held."""
        data = self.head
        if not self.is_whole and len(data) < self._most:
            data = b"".join((data, self._held, _exactly(self._file, self._most - len(data))))
        if len(data) > self._most or (not self.is_whole and len(data) == len(self.head)):
            raise TooLargeError
        return data

    def blocks(self) -> Iterator[bytes]:
        """All bytes, block by block."""
        if self.head:
            yield self.head
        if self._held:
            yield self._held
        while block := self._file.read(_BLOCK):
            yield block

    def stream(self) -> IO[bytes]:
        """All bytes as a file."""
        return io.BufferedReader(BlocksFile(self.blocks()), _BLOCK)

    def anywhere(self) -> IO[bytes]:
        """All bytes as a file that can be read at any place. Raises TooLargeError where they cannot be held.

        A file on the disk is not held; after this it can be read in no other way.
        """
        if self.is_whole or self._on_disk is None:
            return io.BytesIO(self.all())
        return self._on_disk

    def decoded(self) -> Decoded | None:
        """The text of the head, with the encoding of all; None where the bytes are no text."""
        if not self._is_decoded:
            self._decoded, self._is_decoded = (
                decode(self.head if self.is_whole else _lines_of(self.head)),
                True,
            )
        return self._decoded

    def text(self, newline: str | None = "\n") -> io.TextIOBase | None:
        """All of the text as a file, with `newline` as `open` takes it; None where the bytes are no text.

        The head tells the encoding; bytes after it that do not fit are read one by one.
        """
        decoded = self.decoded()
        if decoded is None:
            return None
        if self.is_whole:
            if newline is None:
                return io.StringIO(with_line_feeds(decoded.text))
            return io.StringIO(decoded.text, newline=newline)
        errors = "seedread-latin" if decoded.encoding == "utf-8" else "replace"
        text = io.TextIOWrapper(self.stream(), decoded.encoding, errors, newline)
        text._CHUNK_SIZE = _BLOCK  # type: ignore[attr-defined]
        return text


def with_line_feeds(text: str) -> str:
    """A text with its lines ended by line feeds alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class DraftStream:
    """Drafts one by one, read with the day leading or not; at their end `found` says what was wrong."""

    def __init__(self, drafts: Drafts, *, day_first: bool) -> None:
        self._drafts = drafts
        self._day_first = day_first
        self.found = Found()

    def __iter__(self) -> Iterator[Draft]:
        while True:
            with day_leads(always=self._day_first):
                try:
                    draft = next(self._drafts)
                except StopIteration as end:
                    self.found = end.value
                    break
            yield draft
        yield from self.found.drafts


class Content:
    """A file that is open to be read, with its size and time; `changed_ns` is UNSURE for a file in motion.

    The time is that of the last change to the file or its properties, which nobody can set back.
    """

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._read_ns = time.time_ns()
        self._before = os.fstat(file.fileno())
        self.size = self._before.st_size
        self.source = Source(_UpTo(file, self.size), most, on_disk=file)

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
        """The hash that identifies the content. Raises OSError."""
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


def content_of(path: bytes, most: int) -> Content | None:
    """A regular file's content, of which `most` bytes may be held; None for anything else and for what is
    beyond all limits. Raises OSError."""
    for attempt in range(_TRIES):
        file = open_regular(path)
        if file is None:
            return None
        content = Content(file, most)
        if content.size > most * MANY:
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
    """The hash that identifies a file's content."""
    return hashlib.blake2b(data, digest_size=16).digest()


def open_regular(path: bytes) -> IO[bytes] | None:
    """Open a regular file to be read, never through a link; None for anything else. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    return None


def lines_of(text: io.TextIOBase, longest: int = LONGEST_LINE) -> Iterator[str | None]:
    """The lines of a text, without a byte order mark; None for one that is too long to be held."""
    start = "\ufeff"
    while line := text.readline(longest):
        if len(line) < longest or line.endswith(("\n", "\r")):
            yield line.lstrip(start) if start else line
        else:
            yield None
            while (line := text.readline(longest)) and not line.endswith(("\n", "\r")):
                pass
        start = ""


class BlocksFile(io.RawIOBase):
    """Blocks of bytes as a file."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._block = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io hands over
        while not self._block:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._block = memoryview(block)
        count = min(len(buffer), len(self._block))
        buffer[:count] = self._block[:count]
        self._block = self._block[count:]
        return count


def _exactly(file: Bytes, size: int) -> bytes:
    """So many bytes, or all that there are."""
    pieces = []
    while size > 0 and (piece := file.read(min(size, _BLOCK))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _lines_of(head: bytes) -> bytes:
    """The whole lines of a head, so that no character is cut in two."""
    end = head.rfind(b"\n")
    wide = b"\0" in head[:_WIDE_LOOK] or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head[: end - end % 2 if wide else end + 1] if end > 0 else head
