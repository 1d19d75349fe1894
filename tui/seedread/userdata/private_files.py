"""Files of the user's own, readable by nobody else: 0700 folders, 0600 files, replaced in one step."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from seedread_index.files.user_files import UserFileError, make_private_folder, read_bytes, sweep, write_file

_MOST = 64 * 1024 * 1024
"""Bytes of a file of state: half a million articles marked as read."""


def state_root() -> Path:
    """Where places, histories and read marks live."""
    import platformdirs

    return Path(platformdirs.user_state_dir("seedread", appauthor=False))


def replace_file(path: Path, content: str) -> None:
    """Write a whole file in one step, so that a reader or a crash sees the old one or the new one.

    Raises OSError.
    """
    write_file(path, _encoded(content))


def append_line(path: Path, line: str) -> None:
    """Add one line to a file; two processes that do so at once do not mix their lines. Raises OSError."""
    make_private_folder(path.parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path} is not a regular file")
        os.write(descriptor, _encoded(f"{line}\n"))
    finally:
        os.close(descriptor)


def read_whole(path: Path) -> str:
    """The text of a file of state, bytes that are not UTF-8 kept. Raises OSError."""
    sweep(path)
    try:
        return read_bytes(path, _MOST).decode("utf-8", "surrogateescape")
    except UserFileError as problem:
        raise OSError(f"{path} {problem.message}") from problem


def read_lines(path: Path) -> list[str]:
    """The lines of a file; none where it cannot be read."""
    try:
        return read_whole(path).splitlines()
    except OSError:
        return []


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")
