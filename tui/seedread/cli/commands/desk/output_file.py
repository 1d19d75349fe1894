"""Files that commands write for the user: whole or not at all, and never among the articles."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from seedread.cli.parser import UsageError
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive


def write_output(archive: Archive, name: str, data: bytes) -> None:
    """Write a file that was named on the command line. Raises UsageError."""
    target = Path(os.path.realpath(name))
    for root in archive.roots:
        if target == root or root in target.parents:
            raise UsageError(f"{safe(name)} lies among the articles", "name a file outside of their folder")
    try:
        if _is_special(target):
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as problem:
        raise UsageError(
            f"{safe(name)} cannot be written: {problem.strerror}", "name another file"
        ) from problem


def _is_special(target: Path) -> bool:
    """Whether there is a device or a pipe, which cannot be replaced."""
    with contextlib.suppress(OSError):
        return not stat.S_ISREG(target.stat().st_mode)
    return False


def _replace(target: Path, data: bytes) -> None:
    """Put a file in place in one step, with the mode of the one before or what the umask leaves."""
    descriptor, fresh = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(fresh, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~umask)
        os.replace(fresh, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(fresh)
        raise
