"""Guards the cache: only its owner may write there, because what lies in it is trusted.

The owner is this account, root, or one that the user trusts. A cache that several accounts read has the group
and the mode of the folder that was named for it, without the right to write for others.

Every folder from the archive's own up to the user's home folder (for a cache elsewhere, up to the root of the
disk) is opened from the descriptor of the one above it and judged by its own, so that nobody can put another
folder in the place of one that was looked at. The last descriptor leads to the folder that was judged.
"""

from __future__ import annotations

import os
import pwd
import shlex
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from seedread_index.files.error_translation import translate_os_error
from seedread_index.files.user_files import make_private_folder
from seedread_index.model.errors import ArchiveError
from seedread_index.text.sanitize import clean_line

_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_ELSEWHERE = "choose another cache with --cache or XDG_CACHE_HOME"
_READING = stat.S_IRGRP | stat.S_IROTH
_ENTERING = _READING | stat.S_IXGRP | stat.S_IXOTH
_trusted: set[int] = set()


def trust(owners: Iterable[str]) -> None:
    """Trust what these accounts, given by name or number, have written, for as long as the process runs.

    Raises ArchiveError for a name that no account has.
    """
    for owner in owners:
        try:
            _trusted.add(int(owner) if owner.isdecimal() else pwd.getpwnam(owner).pw_uid)
        except (KeyError, OverflowError):
            shown = clean_line(owner)
            raise ArchiveError(
                f"unknown account: {shown}", "correct engine.trusted_owners in the settings"
            ) from None


def other_owner(path: Path) -> str | None:
    """The name of the account that a file or folder belongs to where that is not this one; else None."""
    try:
        owner = path.stat().st_uid
    except OSError:
        return None
    if owner == os.geteuid():
        return None
    try:
        return clean_line(pwd.getpwuid(owner).pw_name)
    except KeyError:
        return str(owner)


def file_mode(folder: Path) -> int:
    """The mode for a file in a folder of the cache: who may look into that may read it.

    None but its owner may write it. Raises OSError.
    """
    return 0o600 | folder.stat().st_mode & _READING


def make_like(folder: Path, model: Path) -> None:
    """Make a folder and those missing above it, with the group and the mode of another; none may write but
    the owner. Raises ArchiveError."""
    try:
        found = model.stat()
        if not folder.parent.is_dir():
            make_like(folder.parent, model)
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            os.chown(folder, -1, found.st_gid)
            entering = found.st_mode & _ENTERING
            folder.chmod(0o700 | entering | (stat.S_ISGID if entering else 0))
    except OSError as error:
        raise translate_os_error(error, folder) from error


def make_inside(folder: Path) -> None:
    """Make a folder inside the archive's own, like that one, and refuse one that is not safe.

    Raises ArchiveError.
    """
    if folder.parent.is_dir():
        make_like(folder, folder.parent)
    make_private(folder)


@contextmanager
def mask_of(folder: Path) -> Iterator[None]:
    """Have this process, and those it starts, make files that those may read who may look into a folder."""
    before = os.umask(0o077)
    os.umask(before & ~(folder.stat().st_mode & _ENTERING) | _OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def make_private(folder: Path) -> None:
    """Make the archive's cache folder, 0700, and refuse one that is not safe."""
    try:
        make_private_folder(folder)
    except OSError as error:
        raise translate_os_error(error, folder) from error
    refuse_foreign(folder)


def refuse_foreign(path: Path) -> None:
    """Raise ArchiveError for a file or folder that others own or may write; a folder with those above it."""
    try:
        found = path.lstat()
        if stat.S_ISDIR(found.st_mode):
            os.close(open_folder(path))
        else:
            _judge(found, path, last=True)
    except FileNotFoundError:
        return
    except OSError as error:
        raise translate_os_error(error, path) from error


def open_folder(folder: Path) -> int:
    """The descriptor of a folder that only trusted users could have written to or put in its place.

    Raises FileNotFoundError, and ArchiveError where it or a folder above it is not safe.
    """
    above = Path(os.path.realpath(folder.parent))
    parts = [*above.parts[1:], folder.name]
    judged_from = _outside_home(above)
    here = Path(above.anchor)
    descriptor = os.open(here, _FOLDER)
    try:
        for number, part in enumerate(parts, start=1):
            here /= part
            last = number == len(parts)
            _refuse_link(here, descriptor, part)
            inner = os.open(part, _FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
            if number > judged_from:
                _judge(os.fstat(descriptor), here, last=last)
    except FileNotFoundError:
        os.close(descriptor)
        raise
    except OSError as error:
        os.close(descriptor)
        raise translate_os_error(error, here) from error
    except ArchiveError:
        os.close(descriptor)
        raise
    return descriptor


def path_of(descriptor: int, folder: Path) -> Path:
    """A path to the folder behind a descriptor that stays its path whatever is moved.

    Where the system has none, the folder's own, which nobody but trusted users can change.
    """
    pinned = Path(f"/proc/self/fd/{descriptor}")
    try:
        same = os.path.samestat(os.stat(pinned), os.fstat(descriptor))
    except OSError:
        same = False
    return pinned if same else folder


@contextmanager
def unswapped(folder: Path) -> Iterator[None]:
    """Raise ArchiveError where a folder was swapped while something in it was opened by its path.

    For SQLite, which follows every link before it opens a file and so cannot be given a descriptor's path.
    """
    try:
        descriptor = open_folder(folder)
    except FileNotFoundError as error:
        raise translate_os_error(error, folder) from error
    try:
        yield
        try:
            same = os.path.samestat(os.stat(folder), os.fstat(descriptor))
        except OSError:
            same = False
        if not same:
            raise ArchiveError(f"the index {folder} was moved while it was opened", "try again")
    finally:
        os.close(descriptor)


def _outside_home(above: Path) -> int:
    """How many folders from the root of the disk are not judged: those down to the home folder.

    Who can write there has the user's whole account already.
    """
    home = Path(os.path.realpath(os.path.expanduser("~")))
    return len(home.parts) - 1 if above.is_relative_to(home) else 0


def _refuse_link(here: Path, above: int, name: str) -> None:
    if stat.S_ISLNK(os.stat(name, dir_fd=above, follow_symlinks=False).st_mode):
        raise ArchiveError(f"the index {here} is a link, and is not followed", _hint(here))


def _judge(found: os.stat_result, path: Path, *, last: bool) -> None:
    """Raise ArchiveError where others own a file or folder, or may write to it.

    In a folder with the sticky bit others may add but not replace, which is enough for those above the last.
    """
    what = "the index" if last else "the folder"
    if stat.S_ISLNK(found.st_mode):
        raise ArchiveError(f"the index {path} is a link, and is not followed", _hint(path))
    if found.st_uid not in (os.geteuid(), 0, os.stat("/").st_uid) and found.st_uid not in _trusted:
        hint = _hint(path) if last else _ELSEWHERE
        raise ArchiveError(
            f"{what} {path} belongs to another user ({other_owner(path)}), and is not trusted",
            f"if you trust that user, add the name to engine.trusted_owners in the settings; else {hint}",
        )
    if found.st_mode & _OTHERS and (last or not found.st_mode & stat.S_ISVTX):
        raise ArchiveError(
            f"{what} {path} is writable by other users, and is not trusted",
            f"run: chmod go-w {shlex.quote(str(path))}",
        )


def _hint(path: Path) -> str:
    return f"delete {path} or {_ELSEWHERE}; the index is then rebuilt"
