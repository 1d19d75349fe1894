"""Files of the user's own, readable by nobody else: 0700 folders, 0600 files, replaced in one step."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from seedread_index.private_folders import make_private_folder


def state_root() -> Path:
    """Where places, histories and read marks live."""
    import platformdirs

    return Path(platformdirs.user_state_dir("seedread", appauthor=False))


def replace_file(path: Path, content: str) -> None:
    """Write a whole file in one step, so that a reader or a crash sees the old one or the new one.

    Raises OSError.
    """
    make_private_folder(path.parent)
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content.encode("utf-8", "surrogateescape"))
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def append_line(path: Path, line: str) -> None:
    """Add one line to a file; two processes that do so at once do not mix their lines. Raises OSError."""
    make_private_folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode("utf-8", "surrogateescape"))
    finally:
        os.close(descriptor)


def read_lines(path: Path) -> list[str]:
    """The lines of a file; none where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
