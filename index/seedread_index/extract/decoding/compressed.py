"""gzip, bzip2, xz and Zstandard: inflated in bounded memory, whatever they claim."""

from __future__ import annotations

import bz2
import lzma
import zlib
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from seedread_index.extract.formats.recognition import packed_as
from seedread_index.model.format_libraries import ZSTANDARD

_CHUNK = 1 << 16
_PIECE = 1 << 22
_BOMB_RATIO = 250
"""Text shrinks to a hundredth at best; more than this is a bomb."""

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
