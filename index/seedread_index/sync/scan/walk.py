"""The walk over an archive's folders: which files there are to read, and which paths are left out and why."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from seedread_index.files.error_translation import may_pass
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError
from seedread_index.model.status import SkipStatus
from seedread_index.sync.scan.companions import companions_of
from seedread_index.text.sanitize import clean_line

_PATH_MAX = 4096
_SYSTEM = (b"/proc", b"/sys", b"/dev")
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Found(NamedTuple):
    """A path that the walk met: a regular file at `path` to read, or one left out for `reason`.

    `relative` is relative to the root numbered `root`; `unknown` marks what could not be looked at: below
    it nothing may be taken for gone.
    """

    root: int
    relative: bytes
    path: bytes
    size: int = 0
    changed_ns: int = 0
    status: SkipStatus | None = None
    reason: str = ""
    unknown: bool = False


class Walk:
    """One walk over all roots in a settled order; each folder is entered once, by whatever name."""

    def __init__(self, roots: Sequence[Path], settings: EngineSettings) -> None:
        self._roots = [os.fsencode(root) for root in roots]
        self._settings = settings
        self._excludes = Excludes(settings.exclude)
        self._entered: set[tuple[int, int]] = set()
        self._bases: list[bytes] = []

    def __iter__(self) -> Iterator[Found]:
        stats = [_root_stat(root) for root in self._roots]
        self._bases = [
            root for root, found in zip(self._roots, stats, strict=True) if stat.S_ISDIR(found.st_mode)
        ]
        for number, (root, found) in enumerate(zip(self._roots, stats, strict=True)):
            if stat.S_ISDIR(found.st_mode):
                yield from self._folders(number, root)
            elif self._parent_entered(root):
                continue
            else:
                yield self._file(number, os.path.basename(root), root, found)

    def _parent_entered(self, path: bytes) -> bool:
        try:
            parent = os.stat(os.path.dirname(path))
        except OSError:
            return False
        return (parent.st_dev, parent.st_ino) in self._entered

    def _folders(self, root: int, base: bytes) -> Iterator[Found]:
        """Walk one root: its own folders first, then those that links lead to, so that a link never wins."""
        own: list[tuple[bytes, bytes]] = [(b"", base)]
        linked: list[tuple[bytes, bytes]] = []
        while own or linked:
            relative, path = own.pop() if own else linked.pop(0)
            below: list[tuple[bytes, bytes]] = []
            yield from self._folder(root, relative, path, below, linked)
            own.extend(reversed(below))

    def _folder(
        self,
        root: int,
        relative: bytes,
        path: bytes,
        below: list[tuple[bytes, bytes]],
        linked: list[tuple[bytes, bytes]],
    ) -> Iterator[Found]:
        try:
            here = os.stat(path)
            if (here.st_dev, here.st_ino) in self._entered:
                if relative:
                    yield self._out(root, relative, path, "leads to a folder that is read under another name")
                return
            self._entered.add((here.st_dev, here.st_ino))
            with os.scandir(path) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if not relative:
                raise _root_failed(path, error) from error
            if error.errno not in (errno.ENOENT, errno.ENOTDIR):
                yield self._failed(root, relative, path, error, what="folder")
            return
        companions = companions_of(ordered)
        for entry in ordered:
            name: bytes = entry.name
            child = relative + b"/" + name if relative else name
            child_path = os.path.join(path, name)
            if page := companions.get(name):
                shown = clean_line(os.fsdecode(page))
                yield self._out(root, child, child_path, f"files that belong to the saved page {shown}")
                continue
            try:
                yield from self._entry(root, child, entry, below, linked)
            except OSError as error:
                if error.errno not in (errno.ENOENT, errno.ENOTDIR):
                    yield self._failed(root, child, child_path, error, what="file")

    def _entry(
        self,
        root: int,
        relative: bytes,
        entry: os.DirEntry[bytes],
        below: list[tuple[bytes, bytes]],
        linked: list[tuple[bytes, bytes]],
    ) -> Iterator[Found]:
        path = entry.path
        if entry.is_symlink():
            yield from self._link(root, relative, path, linked)
            return
        folder = entry.is_dir(follow_symlinks=False)
        if reason := self._left_out(relative, folder=folder):
            yield self._out(root, relative, path, reason)
        elif folder:
            if len(path) >= _PATH_MAX - 1:
                yield self._out(
                    root, relative, path, "its path is longer than the system can open; shorten it"
                )
            else:
                below.append((relative, path))
        else:
            yield self._file(root, relative, path, entry.stat(follow_symlinks=False))

    def _link(
        self, root: int, relative: bytes, path: bytes, linked: list[tuple[bytes, bytes]]
    ) -> Iterator[Found]:
        try:
            target = os.path.realpath(path, strict=True)
            found = os.stat(target)
        except OSError as error:
            if error.errno == errno.ELOOP:
                reason = "a circular link"
            elif error.errno in (errno.ENOENT, errno.ENOTDIR):
                reason = "a broken link: its target does not exist"
            else:
                reason = f"a link that cannot be followed: {error.strerror}"
            if may_pass(error):
                yield self._failed(root, relative, path, error, what="link")
            else:
                yield self._out(root, relative, path, reason)
            return
        folder = stat.S_ISDIR(found.st_mode)
        if any(_inside(target, system) for system in _SYSTEM):
            yield self._out(root, relative, path, "a link into a folder of the system")
        elif (
            not any(_inside(target, base) for base in self._bases) and not self._settings.follow_links_outside
        ):
            yield self._out(
                root, relative, path, "a link out of the folder; set follow_links_outside to follow it"
            )
        elif reason := self._left_out(relative, folder=folder):
            yield self._out(root, relative, path, reason)
        elif folder:
            linked.append((relative, target))
        else:
            yield self._file(root, relative, target, found)

    def _left_out(self, relative: bytes, *, folder: bool) -> str:
        name = relative.rpartition(b"/")[2]
        if folder and is_tool_folder(name):
            return "a hidden folder, or one that belongs to a tool"
        if not folder and is_tool_file(name):
            return "a file that belongs to the system or a tool"
        if self._excludes.match(relative, folder=folder):
            return "excluded by the setting exclude"
        return ""

    def _file(self, root: int, relative: bytes, path: bytes, found: os.stat_result) -> Found:
        if not stat.S_ISREG(found.st_mode):
            kind = next((name for test, name in _SPECIAL if test(found.st_mode)), "a special file")
            return self._out(root, relative, path, f"{kind}, which is never opened")
        if len(path) >= _PATH_MAX:
            return self._out(root, relative, path, "its path is longer than the system can open; shorten it")
        return Found(root, relative, path, found.st_size, found.st_ctime_ns)

    @staticmethod
    def _out(root: int, relative: bytes, path: bytes, reason: str) -> Found:
        return Found(root, relative, path, status=SkipStatus.SKIP, reason=reason)

    @staticmethod
    def _failed(root: int, relative: bytes, path: bytes, error: OSError, *, what: str) -> Found:
        if error.errno == errno.ENAMETOOLONG:
            return Walk._out(root, relative, path, "its path is longer than the system can open; shorten it")
        status = SkipStatus.DENIED if error.errno in (errno.EACCES, errno.EPERM) else SkipStatus.BROKEN
        reason = f"this {what} cannot be read ({error.strerror}); check its permissions"
        if may_pass(error):
            status = SkipStatus.RETRY
            reason = f"this {what} cannot be read ({error.strerror}); the next update tries again"
        return Found(root, relative, path, status=status, reason=reason, unknown=True)


def _inside(path: bytes, base: bytes) -> bool:
    return path == base or path.startswith(base.rstrip(b"/") + b"/")


def _root_stat(root: bytes) -> os.stat_result:
    try:
        return os.stat(root)
    except OSError as error:
        raise _root_failed(root, error) from error


def _root_failed(root: bytes, error: OSError) -> ArchiveError:
    shown = clean_line(os.fsdecode(root))
    return ArchiveError(
        f"{shown} cannot be read: {error.strerror}", "check that it exists, and its permissions"
    )


_TOOL_FOLDERS = frozenset(
    (b"node_modules", b"__pycache__", b"__MACOSX", b"venv", b"site-packages", b"lost+found", b"$RECYCLE.BIN")
)
_TOOL_FILES = frozenset((b".DS_Store", b"Thumbs.db", b"desktop.ini", b".directory", b".localized"))


def is_tool_folder(name: bytes) -> bool:
    """Whether a folder of this name is hidden or a tool's, and nobody's articles."""
    return name.startswith(b".") or name in _TOOL_FOLDERS


def is_tool_file(name: bytes) -> bool:
    """Whether a file of this name is one that a file manager leaves behind."""
    return name in _TOOL_FILES


class Excludes:
    """The user's patterns, as in a .gitignore; raises ArchiveError for one that cannot be read."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._spec = None
        if not any(pattern.strip() for pattern in patterns):
            return
        from pathspec import GitIgnoreSpec

        try:
            self._spec = GitIgnoreSpec.from_lines(patterns)
        except ValueError as error:
            raise ArchiveError(
                f"the setting exclude has an invalid pattern: {error}", "fix the pattern"
            ) from error

    def match(self, relative: bytes, *, folder: bool) -> bool:
        """Whether a path is left out; folders match patterns that end in a slash too."""
        if self._spec is None:
            return False
        path = os.fsdecode(relative)
        return self._spec.match_file(path + "/" if folder else path)
