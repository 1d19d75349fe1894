"""What a format's reader hands back: drafts of articles, and what was lost."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from seedread_index.reading.draft import Draft
from seedread_index.status import SkipStatus

HOSTILE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What parsers raise over hostile files beside their own errors; RecursionError is a RuntimeError."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The drafts in a file; with a `status` other than None, `reason` says what is wrong and what to do."""

    drafts: tuple[Draft, ...] = ()
    status: SkipStatus | None = None
    reason: str = ""


def broken(reason: str, *drafts: Draft) -> Found:
    """A damaged file, with what could be had of it."""
    return Found(drafts, SkipStatus.BROKEN, reason)


def empty(reason: str = "holds no text; nothing to do") -> Found:
    """A file without text."""
    return Found((), SkipStatus.EMPTY, reason)


def binary(reason: str = "is not text; nothing to do") -> Found:
    """A file whose bytes are no text."""
    return Found((), SkipStatus.BINARY, reason)


def not_installed(what: str) -> Found:
    """A file of a format whose library is not installed."""
    return Found((), SkipStatus.SKIP, f"{what} needs: pip install 'seedread[formats]'")
