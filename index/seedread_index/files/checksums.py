"""Checksums of an index's files, kept in a small file beside them.

A file whose size and times are those noted is taken to be unchanged; otherwise its bytes are hashed
(BLAKE2b, 16 bytes). The change time (st_ctime) cannot be put back, so that whatever writes to a file is
noticed when the index is opened; bits that turn on the disk itself are found by a check in full.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from seedread_index.files.error_translation import is_shortage, translate_os_error
from seedread_index.files.trusted_folders import file_mode

_BLOCK = 1 << 20
DAMAGE_MARK = "damaged"
"""The empty file that a reader leaves where it met damage: the next writer then checks everything in full."""


@dataclass(frozen=True, slots=True)
class FileChecksum:
    """A file as it was written: bytes, times (ns since the epoch) and the BLAKE2b of its content in hex."""

    size: int
    mtime_ns: int
    ctime_ns: int
    digest: str


def checksum_of(path: Path) -> FileChecksum:
    """The checksum of a file as it is now. Raises OSError."""
    hashed = hashlib.blake2b(digest_size=16)
    with path.open("rb", buffering=0) as file:
        found = os.fstat(file.fileno())
        while block := file.read(_BLOCK):
            hashed.update(block)
    return FileChecksum(found.st_size, found.st_mtime_ns, found.st_ctime_ns, hashed.hexdigest())


Checksums = Mapping[str, FileChecksum | None]
"""Checksums by file name; None for a file that is being written."""


class ChecksumFile:
    """The file that holds the checksums of others in its folder, and a copy should it be damaged itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._copies = (path, path.with_name(f"{path.name}.copy"))
        self._hashed: dict[str, FileChecksum] = {}
        """Files whose times are not those noted, as after a restore, with the checksum they have now."""

    def load(self) -> dict[str, FileChecksum | None] | None:
        """What it holds; None where neither copy is there and sound: then nothing is known.

        Raises ShortageError where no file can be opened now.
        """
        for path in self._copies:
            try:
                own, _, body = path.read_bytes().partition(b"\n")
            except OSError as error:
                if is_shortage(error):
                    raise translate_os_error(error, path) from error
                continue
            if own == _digest(body):
                entries = json.loads(body)
                return {name: FileChecksum(*entry) if entry else None for name, entry in entries.items()}
        return None

    def store(self, entries: Checksums) -> None:
        """Write what it is to hold, each copy in one step. Raises OSError."""
        body = json.dumps(
            {name: entry and astuple(entry) for name, entry in sorted(entries.items())}
        ).encode()
        for path in reversed(self._copies):
            fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file_mode(fresh.parent))
            with open(descriptor, "wb") as file:
                file.write(_digest(body) + b"\n" + body)
            fresh.replace(path)

    def note_all(self) -> None:
        """Note every file of the folder as it is, but for locks and marks. Raises OSError."""
        passed_over = (*(path.name for path in self._copies), DAMAGE_MARK)
        files = [
            path for path in self.path.parent.iterdir() if path.is_file() and path.name not in passed_over
        ]
        lasting = [path for path in files if not path.name.endswith(("LOCK", ".new", "-journal"))]
        self.store({path.name: checksum_of(path) for path in lasting})

    def remove(self) -> None:
        """Delete it: from now on nothing is known of the files. Raises OSError."""
        for path in self._copies:
            path.unlink(missing_ok=True)

    def damaged(self, names: Iterable[str] | None = None, *, full: bool = False) -> list[str]:
        """The files, of `names` or of all noted, that are not as they were written.

        What a writer changes meanwhile is no damage: a file is damaged only if its entry stays the same.
        Raises ShortageError where no file can be opened now.
        """
        entries = self.load()
        if entries is None:
            return []
        wanted = entries if names is None else {name: entries.get(name) for name in names}
        found = []
        for name, entry in wanted.items():
            if entry is None or self._intact(name, entry, full=full):
                continue
            again = self.load()
            if again is not None and again.get(name) == entry:
                found.append(name)
        return found

    def _intact(self, name: str, entry: FileChecksum, *, full: bool) -> bool:
        path = self.path.parent / name
        try:
            found = path.stat()
            times = found.st_mtime_ns, found.st_ctime_ns
            if found.st_size != entry.size:
                return False
            for known in (entry, self._hashed.get(name)):
                if not full and known is not None and times == (known.mtime_ns, known.ctime_ns):
                    return known.digest == entry.digest
            self._hashed[name] = actual = checksum_of(path)
            return actual.digest == entry.digest
        except OSError as error:
            if is_shortage(error):
                raise translate_os_error(error, path) from error
            return False


def mark_damage(folder: Path) -> None:
    """Leave the mark of damage, where the folder can be written."""
    try:
        os.close(os.open(folder / DAMAGE_MARK, os.O_WRONLY | os.O_CREAT, file_mode(folder)))
    except OSError:
        return


def is_marked(folder: Path) -> bool:
    """Whether a reader met damage here."""
    return (folder / DAMAGE_MARK).exists()


def clear_mark(folder: Path) -> None:
    """Take the mark away."""
    (folder / DAMAGE_MARK).unlink(missing_ok=True)


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).hexdigest().encode()
