"""Guards the cache folder: only its owner may write there, because what lies in it is trusted."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from seedread_index.errors import ArchiveError
from seedread_index.private_folders import make_private_folder
from seedread_index.storage.plainly import disk_said


def make_private(folder: Path) -> None:
    """Make the archive's cache folder, 0700, and refuse one that is not safe."""
    try:
        make_private_folder(folder)
    except OSError as error:
        raise disk_said(error, folder) from error
    refuse_foreign(folder)


def refuse_foreign(path: Path) -> None:
    """Raise ArchiveError for a file or folder of somebody else's, or one that others may write."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise disk_said(error, path) from error
    hint = f"delete {path} or name another cache with XDG_CACHE_HOME, and the index is built anew"
    if stat.S_ISLNK(found.st_mode):
        raise ArchiveError(f"the index {path} is a link, and is not followed", hint)
    if found.st_uid not in (os.geteuid(), 0):
        raise ArchiveError(f"the index {path} belongs to another user, and is not trusted", hint)
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise ArchiveError(f"the index {path} may be written by other users, and is not trusted", hint)
