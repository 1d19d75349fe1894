"""gzip, bzip2, xz and Zstandard: inflated in bounded memory, whatever they claim; and packages.

A package is a document that is a zip file of XML, read member by member and never unpacked to disk.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from seedread_index.extract.draft import HOSTILE, Found, broken, not_installed
from seedread_index.extract.formats.recognition import packed_as
from seedread_index.model.format_libraries import ZSTANDARD

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_CHUNK = 1 << 16
_PIECE = 1 << 22
_BOMB_RATIO = 250
"""Text shrinks to a hundredth at best, and XML hardly further; more than this is a bomb."""

_BOMB_SIZE = 8 << 20
_WINDOW_LOG = 27


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Inflated:
    """What a compressed file held; `damage` says in words what was wrong, empty where nothing was."""

    data: bytes
    damage: str = ""
    bomb: bool = False


def inflate(data: bytes, ending: str, limit: int) -> Inflated:
    """Inflate all members of a file to at most `limit` bytes; raises ImportError for a missing library."""
    parts: list[bytes] = []
    total = 0
    rest = data
    while rest:
        inflater = _inflater(ending)
        fed = 0
        try:
            while not inflater.eof:
                chunk = rest[fed : fed + _CHUNK] if inflater.needs_input else b""
                fed += len(chunk)
                piece = inflater.decompress(chunk, min(_PIECE, limit - total + 1))
                parts.append(piece)
                total += len(piece)
                if total > limit or (
                    total > _BOMB_SIZE and total > _BOMB_RATIO * (len(data) - len(rest) + fed)
                ):
                    return Inflated(b"", "inflates beyond all measure", bomb=True)
                if not piece and inflater.needs_input and fed >= len(rest) and not inflater.eof:
                    return Inflated(b"".join(parts), "ends too soon")
        except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError, _zstd_error()):
            return Inflated(b"".join(parts), "is damaged")
        rest = (inflater.unused_data + rest[fed:]).lstrip(b"\0")
        if rest and packed_as(rest) != ending:
            return Inflated(b"".join(parts), "has rubbish after its end")
    return Inflated(b"".join(parts))


def _zstandard() -> Any:
    """The module for Zstandard. Raises ImportError where there is none."""
    return import_module(ZSTANDARD)


def _inflater(ending: str) -> _Inflater:
    if ending == ".bz2":
        return bz2.BZ2Decompressor()
    if ending == ".xz":
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=256 << 20)
    if ending == ".zst":
        zstd = _zstandard()
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})  # type: ignore[no-any-return]  # by its name
    return _Gzip()


def _zstd_error() -> type[Exception]:
    """What a damaged file of Zstandard raises, where its library is there."""
    try:
        return _zstandard().ZstdError  # type: ignore[no-any-return]  # by its name
    except ImportError:
        return zlib.error


class _Gzip:
    """One gzip member by zlib, with the interface of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class Refused(Exception):
    """A document that is not read, with the reason as its message."""


class Package:
    """The members of a zip file, at most so many bytes of them; one alone is at most `largest`."""

    def __init__(self, archive: zipfile.ZipFile, limit: int, largest: int, part: str) -> None:
        self._archive = archive
        self._left = limit
        self._largest = largest
        self._part = part
        self.names = frozenset(archive.namelist())

    def member(self, name: str) -> bytes:
        """The content of a member; raises Refused for a bomb, KeyError for one that is not there."""
        entry = self._archive.getinfo(name)
        if entry.flag_bits & 1:
            raise Refused("is encrypted; save a copy without protection")
        most = min(self._left, self._largest)
        with self._archive.open(entry) as file:
            content = file.read(most + 1)
        packed = max(entry.compress_size, 1)
        if len(content) > most or (len(content) > 1 << 20 and len(content) > _BOMB_RATIO * packed):
            raise Refused(f"has a {self._part} that inflates beyond all measure; it is not read")
        self._left -= len(content)
        return content

    def xml(self, name: str) -> _Element:
        """A member as XML, without entities, external files or a network."""
        from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )
        root = etree.fromstring(self.member(name), parser)
        if root is None:
            raise Refused(f"has a damaged {name}")
        return root


def read_package(
    data: bytes, limit: int, kind: str, read: Callable[[Package], Found], *, largest: int, part: str
) -> Found:
    """Read a zipped document with `read`; `kind` and `part` name it and its members in what is reported."""
    try:
        from lxml import etree
    except ImportError:
        return not_installed(f"reading {kind}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read(Package(archive, limit, largest, part))
    except Refused as refused:
        return broken(str(refused))
    except (*HOSTILE, zipfile.BadZipFile, zipfile.LargeZipFile, etree.LxmlError) as error:
        return broken(f"is a damaged {kind} ({type(error).__name__}); fetch it again")


def local(element: _Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
