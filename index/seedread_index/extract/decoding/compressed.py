"""gzip, bzip2, xz and Zstandard: inflated in bounded memory, whatever they claim; and packages.

A package is a document that is a zip file of XML, read member by member and never unpacked to disk.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from seedread_index.extract.decoding.source import Bytes
from seedread_index.extract.draft import HOSTILE, Found, broken, not_installed
from seedread_index.extract.formats.recognition import packed_as
from seedread_index.model.installation import ZSTANDARD

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_CHUNK = 1 << 14
"""So few bytes that a bomb is known by what the first of them inflate to."""
_PIECE = 1 << 22
_BOMB_RATIO = 250
"""Text shrinks to a hundredth at best, and XML hardly further; more than this is a bomb."""

_BOMB_SIZE = 8 << 20
_MAGIC = 8
_WINDOW_LOG = 27


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Inflated:
    """What a compressed file holds, inflated while it is read, at most `limit` bytes.

    At the end `damage` says in words what was wrong and what to do, empty where nothing was. Raises
    ImportError for a missing library.
    """

    def __init__(self, file: Bytes, ending: str, limit: int) -> None:
        self._file = file
        self._ending = ending
        self._limit = limit
        self._fed = self._given = 0
        self._pieces = self._inflated(_inflater(ending))
        self._held = b""
        self.damage = ""
        self.bomb = self.is_full = False
        """Whether it inflates beyond what any text does, or `is_full` beyond the limit."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        if not self._held:
            self._held = next(self._pieces, b"")
        given, self._held = self._held[:size], self._held[size:]
        return given

    def _inflated(self, inflater: _Inflater) -> Iterator[bytes]:
        """The inflated pieces of all members."""
        rest = b""
        try:
            while True:
                while not inflater.eof:
                    if inflater.needs_input and not rest:
                        rest = self._file.read(_CHUNK)
                        self._fed += len(rest)
                    chunk, rest = (rest, b"") if inflater.needs_input else (b"", rest)
                    piece = inflater.decompress(chunk, _PIECE)
                    room = self._limit - self._given
                    if not self._takes(len(piece)):
                        yield piece[: 0 if self.bomb else room]
                        return
                    if piece:
                        yield piece
                    elif not chunk and not inflater.eof and inflater.needs_input:
                        self.damage = "is truncated; fetch it again"
                        return
                rest = self._next_member(inflater.unused_data + rest)
                if not rest:
                    return
                if packed_as(rest) != self._ending:
                    self.damage = "has trailing data; fetch it again"
                    return
                inflater = _inflater(self._ending)
        except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError, _zstd_error()):
            self.damage = "is damaged; fetch it again"

    def _takes(self, size: int) -> bool:
        """Whether so many bytes more are within bounds."""
        self._given += size
        self.bomb = self._given > _BOMB_SIZE and self._given > _BOMB_RATIO * self._fed
        if self.bomb:
            self.damage = "expands beyond the limit (possible zip bomb); read as far as possible"
        elif self._given > self._limit:
            self.is_full = True
            self.damage = "expands to more than max_inflated_size; raise that to read all of it"
        return not self.damage

    def _next_member(self, rest: bytes) -> bytes:
        """What stands behind a member, the zeros of a tape left out; empty at the end."""
        rest = rest.lstrip(b"\0")
        while len(rest) < _MAGIC and (more := self._file.read(_CHUNK)):
            self._fed += len(more)
            rest = (rest + more).lstrip(b"\0")
        return rest


def _zstandard() -> Any:
    """The module for Zstandard. Raises ImportError where there is none."""
    return import_module(ZSTANDARD)


def _inflater(ending: str) -> _Inflater:
    if ending == ".bz2":
        return bz2.BZ2Decompressor()
    if ending in {".xz", ".lzma"}:
        form = lzma.FORMAT_XZ if ending == ".xz" else lzma.FORMAT_ALONE
        return lzma.LZMADecompressor(form, memlimit=256 << 20)
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


_SUBSET = re.compile(rb"(<!DOCTYPE[^>\[]{0,1000})\[.*?\]\s*>", re.DOTALL)
"""The declarations within a document: its own entities, of which none is expanded."""


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
            raise Refused(f"has a {self._part} that expands beyond the limit (possible zip bomb); not read")
        self._left -= len(content)
        return content

    def xml(self, name: str) -> _Element:
        """A member as XML, without entities, external files or a network."""
        from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )
        root = etree.fromstring(_SUBSET.sub(rb"\1>", self.member(name), count=1), parser)
        if root is None:
            raise Refused(f"has a damaged {name}")
        if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
            raise Refused(f"has a {self._part} that is nested too deeply or too long; it is not read")
        return root


def read_package(
    data: bytes, limit: int, kind: str, read: Callable[[Package], Found], *, largest: int, part: str
) -> Found:
    """Read a zipped document with `read`; `kind` and `part` name it and its members in what is reported.

    `limit` bytes are what its members may inflate to in all, `largest` what each may.
    """
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
