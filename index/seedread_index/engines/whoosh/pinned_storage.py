"""The files of a trusted folder by its descriptor, so that no other folder can come in its place.

What is pickled in them may name the few classes that an index needs, and no others.
"""

from __future__ import annotations

import os
import pickle
import secrets
import weakref
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from whoosh.codec import whoosh3
from whoosh.filedb import filestore, structfile

from seedread_index.files.trusted_folders import file_mode, make_like, open_folder, path_of

_FileStorage: Any = filestore.FileStorage
_StructFile: Any = structfile.StructFile
_CLASSES: dict[tuple[str, str], Any] = {
    ("whoosh.codec.whoosh3", "W3Segment"): whoosh3.W3Segment,
    ("collections", "defaultdict"): defaultdict,
    ("builtins", "int"): int,
    ("builtins", "set"): set,
}
_opened: ContextVar[list[Any] | None] = ContextVar("files opened by this thread", default=None)
_CODEC = "_Codec"
"""The class of ours that segments name: by its name alone, since modules may move."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class that an index may name; anything else is refused before it is imported."""
        if module.startswith("seedread_index.") and name == _CODEC:
            from seedread_index.engines.whoosh import segment_writer

            return segment_writer._Codec
        if (known := _CLASSES.get((module, name))) is None:
            raise pickle.UnpicklingError(f"an index holds no {module}.{name}")
        return known


class IndexFile(_StructFile):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's file, except that what is pickled in it cannot name classes that an index does not need."""

    def read_pickle(self) -> Any:
        """The pickled object at the current place."""
        return _Unpickler(self.file).load()


@contextmanager
def closing_on_error() -> Iterator[None]:
    """Close the index files opened inside where an error comes out; Whoosh leaves them half open."""
    opened: list[Any] = []
    token = _opened.set(opened)
    try:
        yield
    except BaseException:
        for file in opened:
            if not file.is_closed:
                file.close()
        raise
    finally:
        _opened.reset(token)


def open_reader(index: Any) -> Any:
    """A reader of the last commit, opened in one attempt.

    `index.reader()` tries ten times where a writer removes files meanwhile, and leaves those of each failed
    attempt open. Raises OSError, FileNotFoundError in that case.
    """
    contents = index._read_toc()
    return index._reader(index.storage, contents.schema, contents.segments, contents.generation)


class PinnedStorage(_FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's storage in the folder behind a descriptor, which is closed with the last reader of it."""

    def __init__(self, descriptor: int, folder: Path) -> None:
        super().__init__(str(path_of(descriptor, folder)))
        self.descriptor = descriptor
        weakref.finalize(self, os.close, descriptor).atexit = False

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **options: Any) -> Any:
        """A new file that those may read who may look into the folder."""

        def private(path: str, flags: int) -> int:
            return os.open(path, flags | (os.O_EXCL if excl else 0), file_mode(Path(self.folder)))

        return _StructFile(open(self._fpath(name), mode, opener=private), name=name, **options)

    def open_file(self, name: str, **options: Any) -> Any:
        """A file to read; what is pickled in it may name few classes."""
        file = IndexFile(open(self._fpath(name), "rb"), name=name, **options)  # noqa: SIM115 - Whoosh closes it
        if (opened := _opened.get()) is not None:
            opened.append(file)
        return file

    def lock(self, name: str) -> Any:
        """A lock whose file none but its owner may write; only writers ask for one."""
        mode = file_mode(Path(self.folder))
        descriptor = os.open(self._fpath(name), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, mode)
        try:
            os.fchmod(descriptor, mode)  # it may be one of an older version
        finally:
            os.close(descriptor)
        return super().lock(name)

    def temp_storage(self, name: str | None = None) -> Any:
        """A folder for temporary files, which may be looked into by whom this one may."""
        name = name or f"{secrets.token_hex(8)}.tmp"
        make_like(Path(self.folder, name), Path(self.folder))
        return super().temp_storage(name)


def pinned(folder: Path, known: PinnedStorage | None = None) -> PinnedStorage | None:
    """The storage in a folder, the known one where that is still it; None where there is no folder.

    Raises ArchiveError where the folder or one above it is not safe.
    """
    try:
        descriptor = open_folder(folder)
    except FileNotFoundError:
        return None
    if known is not None and os.path.samestat(os.fstat(descriptor), os.fstat(known.descriptor)):
        os.close(descriptor)
        return known
    return PinnedStorage(descriptor, folder)
