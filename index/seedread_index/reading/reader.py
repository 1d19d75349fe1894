"""Reading one file: its bytes, within bounds, into the articles that it holds."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass

from seedread_index.article import Article
from seedread_index.reading.decode import decode
from seedread_index.reading.draft import Draft, article_of
from seedread_index.settings import EngineSettings
from seedread_index.status import SkipStatus


@dataclass(frozen=True, slots=True, eq=False)
class FileReading:
    """What a file gave; with a `status` other than None, `reason` says in a sentence what to do next.

    Articles may come with a status BROKEN: a part of the file was lost.
    """

    articles: tuple[Article, ...]
    status: SkipStatus | None = None
    reason: str = ""


def read_file(path: bytes, relative: bytes, settings: EngineSettings) -> FileReading:
    """Read a regular file; `relative` is its path under its root. Never raises for what is in it or on disk."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY)
    except PermissionError:
        return _skipped(SkipStatus.DENIED, "may not be read; check its permissions")
    except FileNotFoundError:
        return _skipped(SkipStatus.SKIP, "is gone")
    except OSError as error:
        return _skipped(SkipStatus.SKIP, f"cannot be opened: {error.strerror}")
    with os.fdopen(descriptor, "rb") as file:
        try:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return _skipped(SkipStatus.SKIP, "is not a regular file")
            if found.st_size > settings.max_file_size:
                return _too_large(settings)
            data = file.read(settings.max_file_size + 1)
        except OSError as error:
            return _skipped(SkipStatus.BROKEN, f"cannot be read: {error.strerror}; check the disk")
    if len(data) > settings.max_file_size:
        return _too_large(settings)
    return read_bytes(data, relative, settings)


def read_bytes(data: bytes, relative: bytes, settings: EngineSettings) -> FileReading:
    """Read the content of a file; never raises, whatever the bytes are."""
    decoded = decode(data)
    if decoded is None:
        return _skipped(SkipStatus.BINARY, "is not text; nothing to do")
    article = article_of(Draft(decoded.text), relative)
    if article is None:
        return _skipped(SkipStatus.EMPTY, "holds no text; nothing to do")
    return FileReading((article,))


def _too_large(settings: EngineSettings) -> FileReading:
    megabytes = settings.max_file_size // (1024 * 1024)
    return _skipped(SkipStatus.SKIP, f"is larger than {megabytes} MiB; raise max_file_size to read it")


def _skipped(status: SkipStatus, reason: str) -> FileReading:
    return FileReading((), status, reason)
