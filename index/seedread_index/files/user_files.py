"""The one careful reader and writer of the user's own files: settings, corrections, places, histories.

They are readable by nobody else (0700 folders, 0600 files). A named pipe never blocks, a giant file fills no
memory, a TOML text nested without end is refused, and every fault names its line. A file is replaced in one
step; what a killed process left half written is swept.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import secrets
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seedread_index.model.errors import SeedreadError

MAX_BYTES = 4 * 1024 * 1024
"""More than anybody writes by hand; larger files are refused."""
_MOST_STATE = 64 * 1024 * 1024
"""Bytes of a file of state: half a million articles marked as read."""
_DEEPEST = 50
"""Tables and lists inside each other, and the parts of a dotted key."""
_PART = ".part"
_LEFTOVER = r"\.{}\.[0-9a-f]{{16}}\.part"
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_QUOTED = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_DOTTED = re.compile(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{_DEEPEST}}}")
_TOML_TABLE = re.compile(r"""\s*\[\s*((?:"[^"]*"|'[^']*'|[^\[\]"'])+?)\s*\]""")
_TOML_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^."'\s]+))\s*(?:\.|$)""")
_TOML_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*(?:=|\.)""")
_HEADERS = "\n"
"""Stands for the table of all headers; no table has the name."""
_NESTING = re.compile(r"[\[\]{}\n]")
_LINE = re.compile(r"line (\d+)")


class UserFileError(SeedreadError):
    """A file of the user's that cannot be read; `line` is where, None where no line is to blame."""

    def __init__(self, message: str, hint: str = "", line: int | None = None) -> None:
        super().__init__(message, hint)
        self.line = line


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file. Raises FileNotFoundError and UserFileError; never waits."""
    try:
        _refuse_irregular(os.stat(path).st_mode)  # opening some devices does something
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            _refuse_irregular(os.fstat(descriptor).st_mode)
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise
    except OSError as problem:
        raise UserFileError(f"cannot be read: {problem.strerror}", "check its permissions") from problem
    if len(data) > limit:
        raise UserFileError(f"is larger than {limit:,} bytes", "shorten the file")
    return data


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """The UTF-8 text of a regular file, its line ends as they are; the mark before the text is left out.

    Raises FileNotFoundError and UserFileError.
    """
    data = read_bytes(path, limit)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise UserFileError("is not UTF-8", "save the file as UTF-8", line) from problem


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML text; raises UserFileError with the line that is wrong."""
    _refuse_depth(text)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # a number of 5,000 digits is a plain ValueError
        at = _LINE.search(str(problem))
        line = int(at[1]) if at else None
        raise UserFileError(f"is not valid TOML: {problem}", "fix the TOML", line) from problem


class TomlLines:
    """The lines, counted from 1, of the keys of a TOML text."""

    def __init__(self, source: str) -> None:
        self._lines: dict[tuple[str, str], int] = {}
        table = ""
        for number, line in enumerate(source.splitlines(), start=1):
            if header := _TOML_TABLE.match(line):
                parts = ["".join(found) for found in _TOML_PART.findall(header[1])] or [header[1]]
                table = ".".join(parts)
                self._lines.setdefault(("", parts[0]), number)
                self._lines.setdefault((".".join(parts[:-1]), parts[-1]), number)
                self._lines.setdefault((_HEADERS, table), number)
            elif key := _TOML_KEY.match(line):
                self._lines.setdefault((table, key[1] or key[2] or key[3]), number)

    def of(self, table: str, key: str, otherwise: int = 1) -> int:
        """The line of a key of a table ("" for the top); the table's own line where the key is not found."""
        known = (self._lines.get(place) for place in ((table, key), (_HEADERS, table), ("", table)))
        return next((line for line in known if line), otherwise)


def write_file(path: Path, content: bytes) -> None:
    """Replace a whole file in one step, for the user alone; a link stays and its target is replaced.

    Raises OSError.
    """
    target = Path(os.path.realpath(path))
    make_private_folder(target.parent)
    sweep(target)
    descriptor, fresh = _fresh(target)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(descriptor)
            fresh.replace(target)  # while the lock is still held
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def replace_file(path: Path, content: str) -> None:
    """Write a whole file in one step, so that a reader or a crash sees the old one or the new one.

    Raises OSError.
    """
    write_file(path, _encoded(content))


@contextlib.contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Change a file while no other session does: reading it and replacing it are one step. Raises OSError."""
    make_private_folder(path.parent)
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path.with_name(f".{path.name}.lock"), flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def append_line(path: Path, line: str, *, durable: bool = False) -> None:
    """Add one line to a file; two processes that do so at once do not mix their lines. Raises OSError.

    With `durable` it is on the disk when this returns.
    """
    make_private_folder(path.parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path} is not a regular file")
        data = _encoded(f"{line}\n")
        if os.write(descriptor, data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_whole(path: Path) -> str:
    """The text of a file of state, bytes that are not UTF-8 kept. Raises OSError."""
    sweep(path)
    try:
        return read_bytes(path, _MOST_STATE).decode("utf-8", "surrogateescape")
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


def sweep(path: Path) -> None:
    """Delete what killed processes left of replacing a file; one that is being written holds a lock."""
    target = Path(os.path.realpath(path))
    ours = re.compile(_LEFTOVER.format(re.escape(target.name)))
    with contextlib.suppress(OSError):
        for name in filter(ours.fullmatch, os.listdir(target.parent)):
            _sweep_one(target.parent / name)


def _sweep_one(leftover: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(leftover, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                leftover.unlink()
        finally:
            os.close(descriptor)


def _fresh(target: Path) -> tuple[int, Path]:
    """A new locked file beside another; made again where a sweep came between making and locking it."""
    while True:
        fresh = target.with_name(f".{target.name}.{secrets.token_hex(8)}{_PART}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if fresh.exists():
            return descriptor, fresh
        os.close(descriptor)


def _refuse_irregular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = _KINDS.get(stat.S_IFMT(mode), "a special file")
        raise UserFileError(f"is {kind}, not a file", "put a regular file in its place, or remove it")


def _refuse_depth(text: str) -> None:
    """Raise UserFileError where tables nest so deeply that reading them costs the stack or hours."""
    bare = _QUOTED.sub(lambda match: "x" + "\n" * match[0].count("\n"), text)
    if dotted := _DOTTED.search(bare):
        line = bare.count("\n", 0, dotted.start()) + 1
        raise UserFileError(f"has a key of more than {_DEEPEST} parts", "shorten the key", line)
    depth, line = 0, 1
    for match in _NESTING.finditer(bare):
        sign = match[0]
        line += sign == "\n"
        depth += (sign in "[{") - (sign in "]}")
        if depth > _DEEPEST:
            raise UserFileError(f"nests more than {_DEEPEST} deep", "use fewer levels", line)


def make_private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each 0700. Raises OSError."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
